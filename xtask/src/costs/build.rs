//! The time of a clean build.

#![expect(
    clippy::disallowed_methods,
    reason = "build times are what it measures"
)]

use std::fmt;
use std::process::Command;
use std::time::Instant;

use xtask::failure::Failure;
use xtask::process::{cargo, output, run};
use xtask::scratch::Scratch;

use super::Set;

/// The duration of a build.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seconds {
    pub(super) wall: f64,
    pub(super) cpu: f64,
}

/// Builds a set in a temporary folder.
pub(super) fn time(set: &Set, release: bool) -> Result<Seconds, Failure> {
    let folder = Scratch::new()?;
    let mut command = cargo(["build", "--quiet", "--package", &set.package]);
    command.args(&set.flags);
    if release {
        command.arg("--release");
    }
    command.env("CARGO_TARGET_DIR", folder.path());
    let cpu_before = cpu_of_children()?;
    let started = Instant::now();
    run(&mut command)?;
    Ok(Seconds {
        wall: started.elapsed().as_secs_f64(),
        cpu: cpu_of_children()? - cpu_before,
    })
}

/// Seconds that the ended child processes have computed.
fn cpu_of_children() -> Result<f64, String> {
    let stat = std::fs::read_to_string("/proc/self/stat");
    let stat = stat.map_err(|error| format!("times can be measured on Linux only: {error}"))?;
    cpu_of(&stat).ok_or_else(|| "/proc/self/stat has another form".to_owned())
}

/// Reads user and system time of the children, in hundredths of a second: the 16th and 17th field.
/// The second field is a name in brackets that may hold blanks.
fn cpu_of(stat: &str) -> Option<f64> {
    let (_, after_name) = stat.rsplit_once(") ")?;
    let mut fields = after_name.split(' ').skip(13);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(f64::from(user + system) / 100.0)
}

/// The machine that measured.
pub(super) struct Machine {
    day: String,
    rustc: String,
    cores: usize,
}

impl Machine {
    pub(super) fn this() -> Result<Self, String> {
        let day = output(Command::new("date").arg("+%Y-%m-%d"))?;
        let rustc = output(Command::new("rustc").arg("--version"))?;
        let version = rustc.split(' ').nth(1).unwrap_or_default();
        let cores = std::thread::available_parallelism().map_err(|error| error.to_string())?;
        Ok(Self {
            day: day.trim().to_owned(),
            rustc: version.to_owned(),
            cores: cores.get(),
        })
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { day, rustc, cores } = self;
        write!(f, "{day}, rustc {rustc}, {cores} cores, x86-64 Linux")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_times_of_the_children() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194304 100 200 0 0 11 12 345 55 20 0 1 0 99";
        assert_eq!(cpu_of(stat), Some(4.0));
        assert_eq!(cpu_of("7 (a) S 1"), None);
    }
}
