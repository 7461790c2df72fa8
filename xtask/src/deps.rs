//! `deps`: licences, bans and sources by cargo-deny, unused dependencies by cargo-machete.
//!
//! Advisories stay apart: they change without a change here, and need a network.

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{cargo, in_ci, is_installed, run as run_command, skip};

const TOOLS: [(&str, &[&str]); 2] = [
    (
        "cargo-deny",
        &["deny", "check", "bans", "licenses", "sources"],
    ),
    ("cargo-machete", &["machete"]),
];

pub(crate) fn run(args: Args) -> Done {
    args.finish()?;
    let mut failed = Vec::new();
    for (tool, arguments) in TOOLS {
        if !is_installed(tool) {
            if in_ci() {
                failed.push(format!("{tool} is not installed").into());
            } else {
                skip(format_args!(
                    "{tool} is not installed; `cargo install --locked {tool}`"
                ));
            }
            continue;
        }
        // `cargo run` sets this, and cargo-machete then takes its own name for a folder.
        let command = &mut cargo(arguments);
        failed.extend(run_command(command.env_remove("CARGO_PKG_NAME")).err());
    }
    Failure::join(&failed)
}
