//! Address, merchant, signature, and the switches for open points of the provider's documents.

pub(crate) mod method;
pub(crate) mod quirks;

use kervan_core::{BaseUrl, Scrub, Secret};
use kervan_wire::scrub::scrub_all;

pub use self::method::{Encoding, Field, Method, Source};
pub use self::quirks::{
    AmountRule, BirthDateForm, ItemNumbers, ItemPrices, ListForm, Quirks, RefundProof, SumRule,
};
use crate::credentials::Signing;

/// The settings that all calls of a client share.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Everything before the method's path. HASO gives it with the contract; it is not public.
    pub base: BaseUrl,
    /// The merchant's number, given by HASO. Wire: `merchantId`.
    pub merchant: String,
    /// Key and salt; without them no `requestToken` is sent.
    pub signing: Option<Signing>,
    /// Choices where the provider's documents contradict themselves or are silent.
    pub quirks: Quirks,
    /// Headers of every call, where the contract asks for some.
    pub headers: Vec<(&'static str, Secret)>,
    /// Whether tokens of single requests are hidden too.
    pub(crate) is_dry_run: bool,
}

impl Settings {
    /// Creates settings with every default.
    pub fn new(base: BaseUrl, merchant: impl Into<String>) -> Self {
        Self {
            base,
            merchant: merchant.into(),
            signing: None,
            quirks: Quirks::default(),
            headers: Vec::new(),
            is_dry_run: false,
        }
    }

    /// Replaces every credential.
    pub(crate) fn hidden(&self) -> Self {
        let headers = self.headers.iter();
        let headers = headers.map(|(name, _)| (*name, Secret::redacted()));
        let mut quirks = self.quirks.clone();
        for text in quirks.methods.values_mut().flat_map(Method::texts_mut) {
            *text = Secret::redacted();
        }
        Self {
            quirks,
            signing: self.signing.as_ref().map(|_| Signing::redacted()),
            headers: headers.collect(),
            is_dry_run: true,
            ..self.clone()
        }
    }
}

impl Scrub for Settings {
    /// Hides key and salt, the values of headers and the texts of changed field lists.
    fn scrub(&self, text: &str) -> String {
        let signing = self.signing.iter().flat_map(Signing::secrets);
        let listed = self.quirks.methods.values().flat_map(Method::texts);
        let headers = self.headers.iter().map(|(_, value)| value);
        scrub_all(text, signing.chain(headers).chain(listed))
    }
}
