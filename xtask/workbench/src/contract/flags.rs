//! The options of `contract-test`.

use std::path::PathBuf;

use xtask::args::Args;
use xtask::failure::Failure;
use xtask::nearest;

/// How the report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A table for people.
    Human,
    /// One JSON object.
    Json,
    /// The XML that CI systems read.
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
    /// Whether drift is listed that a case expects.
    pub(crate) drift: bool,
}

impl Default for Flags {
    fn default() -> Self {
        Self {
            provider: None,
            operation: None,
            case: None,
            fixtures: contract_kit::case::default_root(),
            format: Format::Human,
            drift: false,
        }
    }
}

impl Flags {
    pub(crate) fn parse(mut args: Args) -> Result<Self, Failure> {
        let default = Self::default();
        let flags = Self {
            provider: args.value("--provider")?,
            operation: args.value("--operation")?,
            case: args.value("--case")?,
            fixtures: args
                .value("--fixtures")?
                .map_or(default.fixtures, PathBuf::from),
            format: match args.value("--format")?.as_deref() {
                None => default.format,
                Some("human") => Format::Human,
                Some("json") => Format::Json,
                Some("junit") => Format::Junit,
                Some(other) => {
                    return Err(format!("no format `{other}`: human, json or junit").into());
                }
            },
            drift: args.switch("--drift"),
        };
        args.finish()?;
        Ok(flags)
    }

    /// Refuses names that nothing has, and names the nearest. `known` holds provider, operation and
    /// case, where an empty case is one without cases.
    pub(crate) fn check(&self, known: &[(&str, &str, &str)]) -> Result<(), String> {
        let mut left = known.to_vec();
        if let Some(choice) = &self.provider {
            left.retain(|(provider, ..)| is_provider(choice, provider));
            if left.is_empty() {
                return Err(unknown(
                    "provider",
                    choice,
                    known.iter().map(|(name, ..)| *name),
                ));
            }
        }
        if let Some(choice) = &self.operation {
            let before = left.clone();
            left.retain(|(_, operation, _)| operation == choice);
            if left.is_empty() {
                let names = before.iter().map(|(_, name, _)| *name);
                return Err(unknown("operation", choice, names));
            }
        }
        if let Some(choice) = &self.case
            && !left.iter().any(|(.., case)| case == choice)
        {
            let names = left.iter().map(|(.., name)| *name);
            return Err(unknown(
                "case",
                choice,
                names.filter(|name| !name.is_empty()),
            ));
        }
        Ok(())
    }

    /// Returns whether a chosen case may be put together from a family or the base of an operation.
    pub(crate) fn may_need(&self, provider: &str, operation: &str) -> bool {
        self.provider
            .as_ref()
            .is_none_or(|choice| is_provider(choice, provider))
            && (operation == "families"
                || self.operation.as_ref().is_none_or(|name| name == operation))
    }

    /// Returns whether a case is among the chosen ones.
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

/// Returns whether a choice names a provider: by its crate's name, or by that name's first word.
fn is_provider(choice: &str, provider: &str) -> bool {
    choice == provider || provider.split('-').next() == Some(choice)
}

/// Few names are all listed, of many the nearest.
fn unknown<'a>(what: &str, choice: &str, known: impl Iterator<Item = &'a str>) -> String {
    const FEW: usize = 5;
    let mut names: Vec<_> = known.collect();
    names.sort_unstable();
    names.dedup();
    let hint = nearest::hint(choice, names.iter().copied());
    let all = match names.len() {
        1..=FEW => format!("; all: `{}`", names.join("`, `")),
        _ => String::new(),
    };
    format!("no {what} `{choice}`{hint}{all}")
}
