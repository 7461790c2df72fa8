//! `ci`: the ordered list of checks that CI runs; the same on any machine.
//!
//! The tests themselves run before this, by the command that the README names; see `.ci/run`.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::util::{SKIPPED, root};

/// Cheap ones first, so that a slip shows early.
const STEPS: [&[&str]; 13] = [
    &["fmt", "--check"],
    &["tidy"],
    &["reference", "--check"],
    &["costs", "--check-counts"],
    &["contract-test"],
    &["fixtures", "regenerate", "--check"],
    &["lint"],
    &["rustdoc"],
    &["features"],
    &["test", "--alone"],
    &["deps"],
    &["bulk-trial", "--orders", "2000"],
    &["fuzz", "--seconds", "10"],
];

struct StepResult {
    name: String,
    time: Duration,
    passed: bool,
    skipped: Vec<String>,
}

pub(crate) fn run() -> Result<(), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut results = Vec::new();
    for step in STEPS {
        println!("\n=== {}", step.join(" "));
        let result = run_step(&program, step)?;
        println!("=== {}: {}", result.name, verdict(&result));
        results.push(result);
    }
    println!("\nsummary");
    for result in &results {
        println!("  {:<28} {}", result.name, verdict(result));
        for skipped in &result.skipped {
            println!("  {:<28}   {SKIPPED}{skipped}", "");
        }
    }
    let failed: Vec<_> = results
        .iter()
        .filter(|result| !result.passed)
        .map(|result| result.name.as_str())
        .collect();
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("failed: {}", failed.join(", ")))
    }
}

fn verdict(result: &StepResult) -> String {
    let word = if result.passed { "ok" } else { "FAILED" };
    format!("{word:<6} {:>7.1} s", result.time.as_secs_f64())
}

/// Runs a step in a process of its own, shows its output and keeps what it says it left out.
fn run_step(program: &Path, step: &[&str]) -> Result<StepResult, String> {
    let failure = |error: std::io::Error| format!("`{}`: {error}", step.join(" "));
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(step)
        .current_dir(root())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(failure)?;
    let mut skipped = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).split(b'\n') {
            let line = line.map_err(failure)?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            if let Some(what) = line.strip_prefix(SKIPPED) {
                skipped.push(what.to_owned());
            }
        }
    }
    let status = child.wait().map_err(failure)?;
    skipped.dedup();
    Ok(StepResult {
        name: step.join(" "),
        time: started.elapsed(),
        passed: status.success(),
        skipped,
    })
}
