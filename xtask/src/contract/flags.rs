//! The options of `contract-test`.

use std::path::PathBuf;

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A table for people.
    Human,
    /// One JSON object.
    Json,
    /// What CI systems read.
    Junit,
}

/// The options of `contract-test`.
#[derive(Debug)]
pub(crate) struct Flags {
    pub(crate) provider: Option<String>,
    pub(crate) operation: Option<String>,
    pub(crate) case: Option<String>,
    pub(crate) fixtures: PathBuf,
    pub(crate) format: Format,
}

impl Default for Flags {
    fn default() -> Self {
        Self {
            provider: None,
            operation: None,
            case: None,
            fixtures: fixtures::case::default_root(),
            format: Format::Human,
        }
    }
}

impl Flags {
    pub(crate) fn parse(args: &[String]) -> Result<Self, String> {
        let mut flags = Self::default();
        let mut args = args.iter();
        while let Some(flag) = args.next() {
            let (flag, given) = match flag.split_once('=') {
                Some((flag, value)) => (flag, Some(value.to_owned())),
                None => (flag.as_str(), None),
            };
            let mut value = || {
                given
                    .clone()
                    .or_else(|| args.next().cloned())
                    .ok_or(format!("{flag} needs a value"))
            };
            match flag {
                "--provider" => flags.provider = Some(value()?),
                "--operation" => flags.operation = Some(value()?),
                "--case" => flags.case = Some(value()?),
                "--fixtures" => flags.fixtures = value()?.into(),
                "--format" => {
                    flags.format = match value()?.as_str() {
                        "human" => Format::Human,
                        "json" => Format::Json,
                        "junit" => Format::Junit,
                        other => return Err(format!("no format `{other}`: human, json or junit")),
                    };
                }
                other => return Err(format!("unknown option `{other}`; see `cargo xtask`")),
            }
        }
        Ok(flags)
    }

    /// Whether a case is among the chosen ones.
    pub(crate) fn chooses(&self, provider: &str, operation: &str, case: &str) -> bool {
        let wanted = |choice: &Option<String>, name: &str| {
            choice.as_ref().is_none_or(|choice| choice == name)
        };
        self.provider
            .as_ref()
            .is_none_or(|choice| is_provider(choice, provider))
            && wanted(&self.operation, operation)
            && wanted(&self.case, case)
    }
}

/// Whether a choice names a provider: by its crate's name, or by that name's first word.
fn is_provider(choice: &str, provider: &str) -> bool {
    choice == provider || provider.split('-').next() == Some(choice)
}
