//! Runs a list of commands, each in a process of its own, with its seconds and a summary.

#![expect(clippy::disallowed_methods, reason = "a step says its seconds")]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use xtask::failure::{Done, Failure};
use xtask::process::SKIPPED;
use xtask::workspace::root;

/// The arguments of one command.
pub(crate) type Step = &'static [&'static str];

struct StepResult {
    name: String,
    time: Duration,
    status: Option<i32>,
    skipped: Vec<String>,
}

/// Prints the steps as they would be typed.
pub(crate) fn list(steps: &[Step]) {
    for step in steps {
        println!("cargo xtask {}", step.join(" "));
    }
}

/// Runs all steps, also after one that fails.
pub(crate) fn run(steps: &[Step]) -> Done {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let started = Instant::now();
    let mut results = Vec::new();
    for step in steps {
        println!("\n=== {}", step.join(" "));
        let result = run_step(&program, step)?;
        println!("=== {}: {}", result.name, result.verdict());
        results.push(result);
    }
    println!("\nsummary");
    let width = results.iter().map(|result| result.name.len()).max();
    let width = width.unwrap_or_default();
    for result in &results {
        println!("  {:<width$}  {}", result.name, result.verdict());
        for skipped in &result.skipped {
            println!("  {:<width$}    {SKIPPED}{skipped}", "");
        }
    }
    println!("  {:<width$}  {}", "total", seconds(started.elapsed(), ""));
    let failures: Vec<_> = results.iter().filter_map(StepResult::failure).collect();
    Failure::join(&failures)
}

impl StepResult {
    fn verdict(&self) -> String {
        let word = match self.status {
            Some(0) => "ok",
            Some(2) => "NOT RUN",
            _ => "FAILED",
        };
        seconds(self.time, word)
    }

    fn failure(&self) -> Option<Failure> {
        match self.status {
            Some(0) => None,
            Some(2) => Some(format!("could not run: {}", self.name).into()),
            _ => Some(Failure::broken(format!("failed: {}", self.name))),
        }
    }
}

fn seconds(time: Duration, word: &str) -> String {
    format!("{word:<7} {:>7.1} s", time.as_secs_f64())
}

/// Shows the output of a step and keeps what it reports as skipped.
fn run_step(program: &Path, step: Step) -> Result<StepResult, Failure> {
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
        status: status.code(),
        skipped,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_ends_in_one_of_three_ways() {
        let result = |status| StepResult {
            name: "lint".to_owned(),
            time: Duration::from_millis(1500),
            status,
            skipped: Vec::new(),
        };
        assert_eq!(result(Some(0)).verdict(), "ok          1.5 s");
        assert_eq!(result(Some(0)).failure(), None);
        let broken = Failure::broken("failed: lint");
        for status in [Some(1), Some(101), None] {
            assert_eq!(result(status).failure().as_ref(), Some(&broken));
        }
        let not_run = result(Some(2)).failure().unwrap();
        assert_eq!(not_run, Failure::from("could not run: lint"));
    }
}
