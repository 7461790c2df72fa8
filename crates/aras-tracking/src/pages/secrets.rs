//! The credentials of an account link.

use kervan_core::{Scrub, Secret};
use kervan_wire::scrub::scrub_all;

/// The credentials in the address of an account link. They are sent to that address and to no other.
#[derive(Clone, Debug, Default)]
pub(super) struct LinkSecrets(Vec<Secret>);

impl LinkSecrets {
    pub(super) fn new(secrets: impl IntoIterator<Item = Secret>) -> Self {
        Self(secrets.into_iter().collect())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Secret> {
        self.0.iter()
    }
}

impl Scrub for LinkSecrets {
    fn scrub(&self, text: &str) -> String {
        scrub_all(text, &self.0)
    }
}
