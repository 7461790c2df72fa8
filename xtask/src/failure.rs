//! Why a command failed, and the exit status that says so: 0 held, 1 broken, 2 could not run.

use std::fmt;
use std::process::ExitCode;

/// The result of a command.
pub type Done = Result<(), Failure>;

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "a command has these two ways to fail"
)]
pub enum Failure {
    /// Something does not hold. Exit status 1.
    Broken(String),
    /// Nothing was found out: wrong arguments, a missing file, a missing tool. Exit status 2.
    CouldNotRun(String),
}

impl Failure {
    /// Creates the failure of a check that does not hold.
    pub fn broken(message: impl Into<String>) -> Self {
        Self::Broken(message.into())
    }

    /// Returns the exit status.
    pub fn status(&self) -> u8 {
        match self {
            Self::Broken(_) => 1,
            Self::CouldNotRun(_) => 2,
        }
    }

    /// Joins the failures of several parts. One that is broken makes the whole broken.
    ///
    /// # Errors
    ///
    /// All messages in one, unless the list is empty.
    pub fn join(failures: &[Self]) -> Done {
        if failures.is_empty() {
            return Ok(());
        }
        let is_broken = failures.iter().any(|failure| failure.status() == 1);
        let messages: Vec<_> = failures.iter().map(ToString::to_string).collect();
        let message = messages.join("; ");
        Err(if is_broken {
            Self::Broken(message)
        } else {
            Self::CouldNotRun(message)
        })
    }
}

/// A plain message is about something that kept the command from running.
impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::CouldNotRun(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Self {
        Self::CouldNotRun(message.to_owned())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Broken(message) | Self::CouldNotRun(message) => f.write_str(message),
        }
    }
}

/// Prints why a command failed, and gives its exit status.
#[expect(
    clippy::print_stderr,
    reason = "a program of the command line prints its errors"
)]
pub fn exit(command: &str, done: &Done) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{command}: {failure}");
            ExitCode::from(failure.status())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_broken_part_breaks_the_whole() {
        let stopped = || Failure::from("a");
        assert_eq!(Failure::join(&[]), Ok(()));
        assert_eq!(Failure::join(&[stopped()]), Err(stopped()));
        let mixed = Failure::join(&[stopped(), Failure::broken("b")]);
        assert_eq!(mixed, Err(Failure::broken("a; b")));
    }
}
