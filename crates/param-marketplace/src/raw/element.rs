//! The elements of a raw call, and how they are written.

use std::io::Write;

use kervan_core::soap::{self, CONTROL_CHARACTER};
use kervan_core::tree::MAX_DEPTH;
use kervan_core::{Personal, Problems};
use xml::writer::XmlEvent;
use yaserde::ser::Serializer;

use crate::rules;
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

    /// An element with a text, which may be empty.
    pub fn text(name: impl Into<String>, text: impl Into<Personal>) -> Self {
        Self::new(name, Content::Text(text.into()))
    }

    /// An element with others in it.
    pub fn parent(name: impl Into<String>, children: impl Into<Vec<RawElement>>) -> Self {
        Self::new(name, Content::Children(children.into()))
    }

    /// The client's login, usually as `G`.
    pub fn login(name: impl Into<String>) -> Self {
        Self::new(name, Content::Login)
    }

    /// The client's key of the marketplace, usually as `ETS_GUID`.
    pub fn marketplace_key(name: impl Into<String>) -> Self {
        Self::new(name, Content::MarketplaceKey)
    }

    /// The client's key of the merchant, usually as `GUID`.
    pub fn merchant_key(name: impl Into<String>) -> Self {
        Self::new(name, Content::MerchantKey)
    }

    fn check(&self, path: &str, depth: usize, problems: &mut Problems) {
        if !is_name(&self.name) {
            problems.push(rules::RAW_NAME.at(path.to_owned()));
        }
        match &self.content {
            Content::Text(text) if !soap::can_carry(text.as_str()) => {
                problems.push(CONTROL_CHARACTER.at(path.to_owned()));
            }
            Content::Children(_) if depth == MAX_DEPTH => {
                let problem = rules::RAW_TOO_DEEP.at(path.to_owned());
                problems.push(problem.limit(MAX_DEPTH));
            }
            Content::Children(children) => check_all(children, path, depth + 1, problems),
            _ => {}
        }
    }

    pub(super) fn write<W: Write>(
        &self,
        settings: &Settings,
        to: &mut Serializer<W>,
    ) -> yaserde::Result<()> {
        start(to, XmlEvent::start_element(self.name.as_str()))?;
        match &self.content {
            Content::Text(text) => characters(to, text.as_str())?,
            Content::Children(children) => {
                for child in children {
                    child.write(settings, to)?;
                }
            }
            Content::Login => {
                let login = &settings.credentials;
                let fields = [
                    ("CLIENT_CODE", &login.client_code),
                    ("CLIENT_USERNAME", &login.username),
                    ("CLIENT_PASSWORD", &login.password),
                ];
                for (name, value) in fields {
                    start(to, XmlEvent::start_element(name))?;
                    characters(to, value.expose())?;
                    end(to)?;
                }
            }
            Content::MarketplaceKey => characters(to, settings.marketplace.0.expose())?,
            Content::MerchantKey => characters(to, settings.merchant.0.expose())?,
        }
        end(to)
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

/// Whether a name stands for itself in XML: letters, digits, `_`, `-` and `.`, not first the last
/// two or a digit.
pub(super) fn is_name(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_');
    first && letters.all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

// The writer's own errors are dropped: they may quote the request.
fn unwritable() -> yaserde::Error {
    yaserde::Error::custom("unwritable")
}

pub(super) fn start<'a, W: Write>(
    to: &mut Serializer<W>,
    event: impl Into<XmlEvent<'a>>,
) -> yaserde::Result<()> {
    to.write(event).map_err(|_| unwritable())
}

fn characters<W: Write>(to: &mut Serializer<W>, text: &str) -> yaserde::Result<()> {
    to.write(XmlEvent::characters(text))
        .map_err(|_| unwritable())
}

pub(super) fn end<W: Write>(to: &mut Serializer<W>) -> yaserde::Result<()> {
    to.write(XmlEvent::end_element()).map_err(|_| unwritable())
}
