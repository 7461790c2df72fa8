//! `fuzz`: runs the fuzz targets for a while, each from the bodies of the fixtures.

use std::fs;
use std::path::Path;
use std::process::Command;

use xtask::args::Args;
use xtask::failure::{Done, Failure};
use xtask::fuzzing::{TARGETS, Target};
use xtask::nearest;
use xtask::process::{cargo, in_ci, is_installed, run as run_command, skip};
use xtask::scratch::Scratch;
use xtask::workspace::root;

pub(crate) fn run(mut args: Args) -> Done {
    let seconds = args.number::<u32>("--seconds")?;
    let cases = args.number::<u64>("--cases")?;
    let only = args.value("--target")?;
    let with_sanitizer = args.switch("--sanitizer");
    let only_check = args.switch("--check");
    args.finish()?;
    if only_check {
        return check();
    }
    let limit = match (seconds, cases) {
        (Some(_), Some(_)) => return Err("`--seconds` or `--cases`, not both".into()),
        (seconds, None) => format!("-max_total_time={}", seconds.unwrap_or(10)),
        (None, Some(cases)) => format!("-runs={cases}"),
    };
    let targets = chosen(only.as_deref())?;
    if !is_installed("cargo-fuzz") {
        let missing = "cargo-fuzz is not installed; `cargo install --locked cargo-fuzz`";
        if in_ci() {
            return Err(missing.into());
        }
        skip(missing);
        return Ok(());
    }
    // One build for all targets.
    run_command(cargo_fuzz("build", with_sanitizer).args(only.as_deref()))?;
    let seeds = Scratch::new()?;
    let mut failed = Vec::new();
    for target in targets {
        let name = target.name;
        let corpus = seeds.path().join(name);
        seed(&corpus, &target)?;
        println!("fuzz: {name}");
        let mut command = cargo_fuzz("run", with_sanitizer);
        command.arg(name).arg(&corpus).args(["--", &limit]).args([
            "-timeout=5",
            "-max_len=65536",
            "-verbosity=0",
            "-print_final_stats=1",
        ]);
        if let Err(failure) = run_command(&mut command) {
            let found = format!("{failure}; what it found is in fuzz/artifacts/{name}");
            failed.push(match failure {
                Failure::Broken(_) => Failure::Broken(found),
                Failure::CouldNotRun(_) => failure,
            });
        }
    }
    Failure::join(&failed)
}

/// Compiles the programs of the targets without the fuzzer.
fn check() -> Done {
    // The versions of the workspace: what was compiled there is used again.
    let locks = [root().join("Cargo.lock"), root().join("fuzz/Cargo.lock")];
    fs::copy(&locks[0], &locks[1]).map_err(|error| format!("{}: {error}", locks[1].display()))?;
    let mut command = cargo(["check", "--manifest-path", "fuzz/Cargo.toml", "--bins"]);
    // In one folder with everything else.
    run_command(command.args(["--no-default-features", "--target-dir", "target"]))
}

/// Returns the targets to run: all, or the one that is named.
fn chosen(only: Option<&str>) -> Result<Vec<Target>, Failure> {
    let Some(only) = only else {
        return Ok(TARGETS.to_vec());
    };
    let found = TARGETS.iter().find(|target| target.name == only);
    found.map(|target| vec![*target]).ok_or_else(|| {
        let names = TARGETS.map(|target| target.name);
        let hint = nearest::hint(only, names);
        format!("no target `{only}`{hint}; all: {}", names.join(", ")).into()
    })
}

/// `cargo fuzz`. No crate here has unsafe code, so that the address sanitizer watches dependencies
/// only; without it the build takes a fraction of the time.
fn cargo_fuzz(command: &str, with_sanitizer: bool) -> Command {
    let sanitizer = if with_sanitizer { "address" } else { "none" };
    let mut cargo = cargo([
        "fuzz",
        command,
        "--fuzz-dir",
        "fuzz",
        "--sanitizer",
        sanitizer,
    ]);
    if !with_sanitizer {
        // A few seconds of fuzzing do not repay a minute of optimizing.
        cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    }
    // The stable compiler takes the fuzzer's flags with this variable.
    cargo.env("RUSTC_BOOTSTRAP", "1");
    cargo
}

/// Writes the seeds of a target into a corpus.
fn seed(corpus: &Path, target: &Target) -> Result<(), String> {
    let failure = |error: std::io::Error| format!("{}: {error}", corpus.display());
    fs::create_dir_all(corpus).map_err(failure)?;
    for (number, seed) in target.seeds()?.into_iter().enumerate() {
        fs::write(corpus.join(number.to_string()), seed).map_err(failure)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_target_is_a_file_and_has_seeds() {
        let mut sources: Vec<_> = fs::read_dir(root().join("fuzz/fuzz_targets"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
            .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        let mut targets = TARGETS.map(|target| target.name.to_owned()).to_vec();
        sources.sort();
        targets.sort();
        assert_eq!(sources, targets);
        for target in TARGETS {
            assert!(!target.seeds().unwrap().is_empty(), "{}", target.name);
        }
    }

    #[test]
    fn an_unknown_target_is_an_error() {
        assert_eq!(chosen(None).unwrap().len(), TARGETS.len());
        assert_eq!(chosen(Some("soap")).unwrap()[0].name, "soap");
        let failure = chosen(Some("jsn")).unwrap_err();
        assert_eq!(failure.status(), 2);
        assert!(failure.to_string().contains("nearest: `json`"), "{failure}");
    }
}
