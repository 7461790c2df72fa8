//! A mistake that explains a hash.

use std::borrow::Cow;

use kervan_core::Language;

/// A mistake that explains a hash: what was done, and to which field.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The stable name of the mistake, as `amount_with_point`.
    pub code: &'static str,
    /// The field in the provider's names; `None` when it concerns the hash as a whole.
    pub field: Option<Cow<'static, str>>,
    pub(super) en: &'static str,
    pub(super) tr: &'static str,
}

impl Mistake {
    /// The mistake as a sentence.
    pub fn text(&self, language: Language) -> String {
        let text = match language {
            Language::Turkish => self.tr,
            _ => self.en,
        };
        text.replace("{field}", self.field.as_deref().unwrap_or_default())
    }
}
