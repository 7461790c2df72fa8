//! `ledger`: kills programs in the middle of writes, and counts how often each has happened.

use xtask::args::Args;

use xtask::failure::Failure;
use xtask::process::{cargo, exit_status_of};

/// Output and exit status are the program's.
pub(crate) fn run(arguments: &[String]) -> Result<u8, Failure> {
    if let [first, rest @ ..] = arguments
        && first == "load"
    {
        return load(Args::new("ledger load", rest));
    }
    let mut command = cargo([
        "run",
        "--quiet",
        "--release",
        "--package",
        "ledger-proofs",
        "--",
    ]);
    exit_status_of(command.args(arguments))
}

/// The programs of a shop under load.
fn load(mut args: Args) -> Result<u8, Failure> {
    let minutes: u64 = args.number("--minutes")?.unwrap_or(10);
    let seed: u64 = args.number("--seed")?.unwrap_or(1);
    let on = args.value("--on")?.unwrap_or_else(|| "sqlite".to_owned());
    args.finish()?;
    let mut command = cargo([
        "test",
        "--quiet",
        "--package",
        "kervan-shop",
        "--test",
        "load",
    ]);
    command
        .args(["--", "--nocapture"])
        .env("SHOP_LOAD_SECONDS", (minutes * 60).to_string())
        .env("SHOP_LOAD_SEED", seed.to_string())
        .env("SHOP_LOAD_ON", on);
    exit_status_of(&mut command)
}
