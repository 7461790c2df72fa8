//! `rustdoc`: the documentation of every crate, without a warning.

use crate::util::{all_features, cargo, run as run_command};

pub(crate) fn run() -> Result<(), String> {
    let all = all_features()?;
    let mut command = cargo(["doc", "--workspace", "--no-deps", "--features", &all]);
    run_command(command.env("RUSTDOCFLAGS", "-D warnings"))
}
