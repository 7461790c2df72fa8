//! `lint`: clippy twice, with every feature and with the default ones.

use crate::util::{all_features, cargo, run as run_command};

pub(crate) fn run() -> Result<(), String> {
    let clippy = ["clippy", "--workspace", "--all-targets"];
    let deny = ["--", "-D", "warnings"];
    let all = all_features()?;
    let every = run_command(cargo(clippy).args(["--features", &all]).args(deny));
    let default = run_command(cargo(clippy).args(deny));
    every.and(default)
}
