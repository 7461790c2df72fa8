//! The names that plans, rules and waiting tests use, which are checked before anything is planned.

use super::{World, no_provider};
use crate::stand::Stand;
use crate::values::nearest::nearest;

impl World {
    /// Returns the names of a provider's operations, as plans and the log have them; empty for an unknown
    /// provider.
    pub fn operations(&self, provider: &str) -> Vec<String> {
        let stand = self.stand(provider);
        stand.map(Stand::operations).unwrap_or_default()
    }

    /// Refuses the name of a provider that is none of the four.
    #[cfg(feature = "server")]
    pub(crate) fn check_provider(&self, provider: Option<&str>) -> Result<(), String> {
        self.named(provider).map(|_| ())
    }

    /// Refuses the name of an operation that the provider does not have; without a provider, one that
    /// none of them has.
    pub(crate) fn check_operation(
        &self,
        provider: Option<&str>,
        operation: &str,
    ) -> Result<(), String> {
        let stands = self.named(provider)?;
        let known: Vec<String> = stands.iter().flat_map(|stand| stand.operations()).collect();
        if known.iter().any(|known| known == operation) {
            return Ok(());
        }
        let whose = provider.map_or("no provider has an".to_owned(), |name| {
            format!("{name} has no")
        });
        let nearest = nearest(operation, known.iter().map(String::as_str));
        Err(format!(
            "{whose} operation `{operation}`; the closest one is `{}`",
            nearest.unwrap_or_default()
        ))
    }

    /// Refuses the kind of a post that the provider does not send; without a provider, one that none of
    /// them sends. Without a kind, refuses a provider that sends nothing.
    pub(crate) fn check_kind(
        &self,
        provider: Option<&str>,
        kind: Option<&str>,
    ) -> Result<(), String> {
        let stands = self.named(provider)?;
        let known: Vec<&str> = stands
            .iter()
            .flat_map(|stand| stand.posts())
            .copied()
            .collect();
        let whose = provider.unwrap_or("no provider");
        if known.is_empty() {
            return Err(format!("{whose} sends no callbacks"));
        }
        match kind.filter(|kind| !known.contains(kind)) {
            None => Ok(()),
            Some(kind) => {
                let sends = if provider.is_some() {
                    "sends no"
                } else {
                    "sends a"
                };
                Err(format!(
                    "{whose} {sends} callback of the kind `{kind}`; the closest one is `{}`",
                    nearest(kind, known).unwrap_or_default()
                ))
            }
        }
    }

    /// Returns the provider of this name; all of them without a name.
    fn named(&self, provider: Option<&str>) -> Result<Vec<&dyn Stand>, String> {
        match provider {
            None => Ok(self.stands.iter().map(AsRef::as_ref).collect()),
            Some(name) => match self.stand(name) {
                Some(stand) => Ok(vec![stand]),
                None => Err(no_provider(name)),
            },
        }
    }
}
