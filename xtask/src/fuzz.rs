//! Runs the fuzz targets for a while, each from the recorded payloads.

use std::fs;
use std::path::{Path, PathBuf};

use crate::util::{cargo, in_ci, is_installed, root, run as run_command, skip};

/// A target and the files of the fixtures that it starts from.
const TARGETS: &[(&str, &str, &str)] = &[
    ("soap", "param-marketplace", "response.http"),
    ("json", "horoz-shipping", "response.http"),
    (
        "param_model_callback",
        "param-marketplace/callback-3d-model",
        "callback.http",
    ),
    (
        "param_pay_callback",
        "param-marketplace/callback-3d-pay",
        "callback.http",
    ),
    ("link", "aras-tracking", "link.txt"),
    ("haso_callback", "haso-bnpl", "callback.http"),
    ("aras_page", "aras-tracking", "page.html"),
    ("aras_rows", "aras-tracking", "response.http"),
];

/// Runs every target for so many seconds, or one target for so many cases.
pub(crate) fn run(seconds: u32, only: Option<&str>, cases: Option<u64>) -> Result<(), String> {
    if !is_installed("cargo-fuzz") {
        let missing = "cargo-fuzz is not installed; `cargo install --locked cargo-fuzz`";
        if in_ci() {
            return Err(missing.to_owned());
        }
        skip(missing);
        return Ok(());
    }
    let seeds = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (target, provider, file) in TARGETS.iter().copied() {
        if only.is_some_and(|only| only != target) {
            continue;
        }
        let corpus = seeds.path().join(target);
        seed(&corpus, provider, file)?;
        println!("fuzz: {target}");
        let limit = match cases {
            Some(cases) => format!("-runs={cases}"),
            None => format!("-max_total_time={seconds}"),
        };
        // The stable compiler takes the fuzzer's flags with this variable.
        let mut command = cargo(["fuzz", "run", "--fuzz-dir", "fuzz", target]);
        command
            .arg(&corpus)
            .args(["--", &limit, "-timeout=5", "-max_len=65536", "-verbosity=0"]);
        run_command(
            command
                .arg("-print_final_stats=1")
                .env("RUSTC_BOOTSTRAP", "1"),
        )
        .map_err(|error| format!("{error}; what it found is in fuzz/artifacts/{target}"))?;
    }
    Ok(())
}

/// Copies the bodies of a provider's cases into a corpus.
fn seed(corpus: &Path, provider: &str, file: &str) -> Result<(), String> {
    let failure = |error: std::io::Error| format!("{}: {error}", corpus.display());
    fs::create_dir_all(corpus).map_err(failure)?;
    let root = root().join("fixtures/data").join(provider);
    for (number, path) in files(&root, file).into_iter().enumerate() {
        let contents = fs::read(&path).map_err(failure)?;
        let body = contents
            .windows(2)
            .position(|pair| pair == b"\n\n")
            .map_or(0, |at| at + 2);
        fs::write(corpus.join(number.to_string()), &contents[body..]).map_err(failure)?;
    }
    Ok(())
}

fn files(dir: &Path, name: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path, name));
        } else if path.file_name().is_some_and(|file| file == name) {
            found.push(path);
        }
    }
    found
}
