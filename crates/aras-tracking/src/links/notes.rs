//! The oddities that were found in a link.

use kervan_core::Rule;

/// The rules that a link breaks, each once, in the order found.
#[derive(Debug, Default)]
pub(crate) struct Notes(pub(super) Vec<&'static Rule>);

impl Notes {
    pub(super) fn add(&mut self, rule: &'static Rule) {
        if !self.0.contains(&rule) {
            self.0.push(rule);
        }
    }
}
