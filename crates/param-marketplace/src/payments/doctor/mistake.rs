//! A mistake that explains a hash.

use std::borrow::Cow;

use kervan_core::Language;

/// A mistake that explains a hash, and the field with it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Mistake {
    /// The stable name of the mistake, for example `amount_with_point`.
    pub code: &'static str,
    /// The field's name at the provider; `None` when the mistake concerns the whole hash.
    pub field: Option<Cow<'static, str>>,
    pub(super) en: &'static str,
    pub(super) tr: &'static str,
}

impl Mistake {
    /// Returns the mistake as a sentence.
    pub fn text(&self, language: Language) -> String {
        let text = match language {
            Language::Turkish => self.tr,
            _ => self.en,
        };
        text.replace("{field}", self.field.as_deref().unwrap_or_default())
    }
}
