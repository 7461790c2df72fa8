//! Reads the arguments of a command. An argument that the command does not ask for is an error.

use std::str::FromStr;

use crate::failure::{Done, Failure};

/// The arguments of a command.
#[derive(Debug)]
pub struct Args {
    command: &'static str,
    rest: Vec<String>,
}

impl Args {
    /// Returns the arguments of this command.
    pub fn new(command: &'static str, arguments: &[String]) -> Self {
        Self {
            command,
            rest: arguments.to_vec(),
        }
    }

    /// Takes a switch, and reports whether it was there.
    pub fn switch(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() < before
    }

    /// Takes the value of an option, as `--name value` or `--name=value`.
    ///
    /// # Errors
    ///
    /// Could not run, when the option has no value.
    pub fn value(&mut self, name: &str) -> Result<Option<String>, Failure> {
        let is_option = |argument: &String| {
            argument
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        let Some(at) = self.rest.iter().position(is_option) else {
            return Ok(None);
        };
        let argument = self.rest.remove(at);
        if let Some((_, value)) = argument.split_once('=') {
            return Ok(Some(value.to_owned()));
        }
        if self.rest.get(at).is_none_or(|next| next.starts_with("--")) {
            return Err(format!("`{name}` needs a value").into());
        }
        Ok(Some(self.rest.remove(at)))
    }

    /// Takes the value of an option that is a number.
    ///
    /// # Errors
    ///
    /// Could not run, when the option has no value or the value is not such a number.
    pub fn number<T: FromStr>(&mut self, name: &str) -> Result<Option<T>, Failure> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(format!("`{name}`: `{text}` is not a number that fits").into()),
        }
    }

    /// Takes the first argument that is not an option.
    pub fn positional(&mut self) -> Option<String> {
        let at = self
            .rest
            .iter()
            .position(|argument| argument == "-" || !argument.starts_with('-'))?;
        Some(self.rest.remove(at))
    }

    /// Takes all arguments as they are.
    pub fn into_rest(self) -> Vec<String> {
        self.rest
    }

    /// Refuses arguments that are left.
    ///
    /// # Errors
    ///
    /// Could not run, with the first argument that is left.
    pub fn finish(self) -> Done {
        let command = self.command;
        match self.rest.first() {
            None => Ok(()),
            Some(left) => Err(format!(
                "`{command}` does not know `{left}`; see `cargo xtask {command} --help`"
            )
            .into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        let arguments: Vec<_> = line.split(' ').map(str::to_owned).collect();
        Args::new("some", &arguments)
    }

    #[test]
    fn reads_switches_and_both_forms_of_a_value() {
        let mut given = args("--check --wheel a.whl --other=b=c");
        assert!(given.switch("--check"));
        assert!(!given.switch("--check"));
        assert_eq!(given.value("--wheel"), Ok(Some("a.whl".to_owned())));
        assert_eq!(given.value("--other"), Ok(Some("b=c".to_owned())));
        assert_eq!(given.value("--none"), Ok(None));
        assert_eq!(given.finish(), Ok(()));
    }

    #[test]
    fn a_value_is_not_the_next_switch() {
        assert!(args("--wheel --check").value("--wheel").is_err());
        assert!(args("--wheel").value("--wheel").is_err());
    }

    #[test]
    fn a_number_fits_its_type() {
        assert_eq!(args("--n 7").number::<u8>("--n"), Ok(Some(7)));
        assert!(args("--n 700").number::<u8>("--n").is_err());
        assert!(args("--n x").number::<u8>("--n").is_err());
    }

    #[test]
    fn what_is_left_is_an_error_that_names_the_help() {
        let mut given = args("--wheels x");
        assert_eq!(given.value("--wheel"), Ok(None));
        let message = given.finish().unwrap_err().to_string();
        assert_eq!(
            message,
            "`some` does not know `--wheels`; see `cargo xtask some --help`"
        );
    }
}
