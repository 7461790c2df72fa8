//! The elements of a raw call, and how they are written.

use kervan_core::{Personal, Problems};
use kervan_wire::soap::{self, Element};
use kervan_wire::tree::MAX_DEPTH;

use crate::rules;
use crate::service::login;
use crate::settings::Settings;

/// One element of a raw call. `Debug` shows names only.
#[derive(Clone, Debug)]
pub struct RawElement {
    name: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Text(Personal),
    Children(Vec<RawElement>),
    Login,
    MarketplaceKey,
    MerchantKey,
}

impl RawElement {
    fn new(name: impl Into<String>, content: Content) -> Self {
        let name = name.into();
        Self { name, content }
    }

    /// Creates an element with a text, which may be empty.
    pub fn text(name: impl Into<String>, text: impl Into<Personal>) -> Self {
        Self::new(name, Content::Text(text.into()))
    }

    /// Creates an element with child elements.
    pub fn parent(name: impl Into<String>, children: impl Into<Vec<RawElement>>) -> Self {
        Self::new(name, Content::Children(children.into()))
    }

    /// Creates an element with the client's login, usually named `G`.
    pub fn login(name: impl Into<String>) -> Self {
        Self::new(name, Content::Login)
    }

    /// Creates an element with the client's key of the marketplace, usually named `ETS_GUID`.
    pub fn marketplace_key(name: impl Into<String>) -> Self {
        Self::new(name, Content::MarketplaceKey)
    }

    /// Creates an element with the client's key of the merchant, usually named `GUID`.
    pub fn merchant_key(name: impl Into<String>) -> Self {
        Self::new(name, Content::MerchantKey)
    }

    fn check(&self, path: &str, depth: usize, problems: &mut Problems) {
        if !is_name(&self.name) {
            problems.push(rules::RAW_NAME.at(path.to_owned()));
        }
        match &self.content {
            Content::Text(text) => {
                problems.extend(soap::not_carried(|| path.to_owned(), text.as_str()));
            }
            Content::Children(_) if depth == MAX_DEPTH => {
                let problem = rules::RAW_TOO_DEEP.at(path.to_owned());
                problems.push(problem.limit(MAX_DEPTH));
            }
            Content::Children(children) => check_all(children, path, depth + 1, problems),
            _ => {}
        }
    }

    pub(super) fn to_wire(&self, settings: &Settings) -> Element {
        let name = self.name.clone();
        match &self.content {
            Content::Text(text) => Element::text(name, text.as_str()),
            Content::Children(children) => {
                let children = children.iter().map(|child| child.to_wire(settings));
                Element::parent(name, children.collect())
            }
            Content::Login => login(name, &settings.credentials),
            Content::MarketplaceKey => Element::text(name, settings.marketplace.0.expose()),
            Content::MerchantKey => Element::text(name, settings.merchant.0.expose()),
        }
    }
}

pub(super) fn check_all(
    elements: &[RawElement],
    path: &str,
    depth: usize,
    problems: &mut Problems,
) {
    for (place, element) in elements.iter().enumerate() {
        element.check(&format!("{path}[{place}]"), depth, problems);
    }
}

/// Returns whether a name needs no escaping in XML: letters, digits, `_`, `-` and `.`, the first a letter
/// or `_`.
pub(super) fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    first && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}
