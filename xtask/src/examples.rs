//! `examples`: runs every example of the workspace to its end, or compiles each outside of it.

mod outside;

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use serde_json::Value;
use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::process::{beside, build_shared};
use xtask::workspace::{metadata, root};

/// The variables that send an example to a server outside of its process.
const PLACES: [&str; 3] = ["HOROZ_BASE_URL", "HOROZ_PROCESS_KEY", "KERVAN_SANDBOX"];

pub(crate) fn run(mut args: Args) -> Done {
    let is_outside = args.switch("--outside");
    args.finish()?;
    let metadata = metadata()?;
    if is_outside {
        return outside::check(&metadata);
    }
    build_shared(&["--examples"])?;
    let mut failures = Vec::new();
    for name in examples(&metadata).into_values().flatten() {
        failures.extend(run_one(name).err());
    }
    Failure::join(&failures)
}

/// Returns the names of the examples by their package.
fn examples(metadata: &Value) -> BTreeMap<&str, Vec<&str>> {
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in metadata["packages"].as_array().into_iter().flatten() {
        for target in package["targets"].as_array().into_iter().flatten() {
            let is_example = target["kind"][0] == "example";
            let names = package["name"].as_str().zip(target["name"].as_str());
            if let Some((package, name)) = names.filter(|_| is_example) {
                found.entry(package).or_default().push(name);
            }
        }
    }
    found
}

/// The arguments of an example; none, where it does something useful without.
fn arguments(name: &str) -> &'static [&'static str] {
    match name {
        "bulk_orders" => &["crates/horoz-shipping/examples/orders.csv"],
        "bulk_parcels" => &["crates/aras-tracking/examples/parcels.csv"],
        "explain_hash" => &["crates/param-marketplace/examples/question.json"],
        "track" => &["1234567890123"],
        _ => &[],
    }
}

fn run_one(name: &str) -> Done {
    let program = beside("examples")?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let mut command = Command::new(&program);
    command.args(arguments(name)).current_dir(root());
    for place in PLACES {
        command.env_remove(place);
    }
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    let printed = stdout.lines().count();
    println!("{name}: {}, {printed} lines", output.status);
    if output.status.success() && printed > 0 {
        return Ok(());
    }
    print!("{stdout}");
    print!("{}", String::from_utf8_lossy(&output.stderr));
    let message = format!("example `{name}`: {}, {printed} lines", output.status);
    Err(Failure::broken(message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_are_found_and_their_arguments_are_files() {
        let metadata = metadata().unwrap();
        let examples = examples(&metadata);
        assert_eq!(examples["haso-bnpl"], ["order"]);
        assert_eq!(examples["kervan-turkiye"], ["sellers"]);
        let names: Vec<&str> = examples.into_values().flatten().collect();
        for name in ["bulk_orders", "bulk_parcels", "explain_hash", "track"] {
            assert!(names.contains(&name), "{name}");
            let [argument] = arguments(name) else {
                panic!("{name} has one argument");
            };
            let is_file = root().join(argument).is_file();
            assert!(is_file || argument.chars().all(|c| c.is_ascii_digit()));
        }
    }
}
