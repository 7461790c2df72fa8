//! `fmt`: rustfmt over every crate.

use crate::util::{cargo, run as run_command};

pub(crate) fn run(check: bool) -> Result<(), String> {
    let mut command = cargo(["fmt", "--all"]);
    if check {
        command.arg("--check");
    }
    run_command(&mut command)
}
