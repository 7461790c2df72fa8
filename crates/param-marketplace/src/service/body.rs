//! The elements of a request; login, keys and hash are added when it is written.

use std::borrow::Cow;
use std::fmt;

use kervan_core::EncodeError;
use kervan_turkiye::line;
use kervan_wire::soap::Element;

use crate::credentials::Credentials;
#[cfg(feature = "payments")]
use crate::payments::hash;
use crate::settings::Settings;
use crate::wire::ToText;
#[cfg(feature = "payments")]
use kervan_core::secret::REDACTED;

/// The elements of a request, in their order. It does not print their contents.
///
/// Texts become one line of composed letters here and nowhere else ([`line::sent`]), so that no call can forget
/// it, and so that a hash signs what is sent.
#[derive(Default)]
pub struct Body {
    parts: Vec<Part>,
}

/// A part of a request. Only the service knows login and keys.
enum Part {
    Text(&'static str, String),
    #[cfg(feature = "payments")]
    Card(&'static str, String),
    #[cfg(feature = "payments")]
    Hash(&'static str, Vec<String>),
    Group(&'static str, Body),
    Element(Element),
    Login,
    #[cfg(feature = "payments")]
    OfLogin(&'static str, fn(&Credentials) -> &str),
    Merchant,
    Marketplace,
}

impl Body {
    /// Starts without elements.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Starts with the login, which comes first in nearly every call.
    pub(crate) fn with_login() -> Self {
        Self::new().part(Part::Login)
    }

    /// Adds the login as three elements of the object itself.
    #[cfg(feature = "payments")]
    pub(crate) fn flat_login(self) -> Self {
        self.part(Part::OfLogin("Code", |it| it.client_code.expose()))
            .part(Part::OfLogin("User", |it| it.username.expose()))
            .part(Part::OfLogin("Pass", |it| it.password.expose()))
    }

    /// Adds an element with a text. A value that is absent is sent as an empty element.
    pub(crate) fn text(self, name: &'static str, text: impl ToText) -> Self {
        self.part(Part::Text(name, sent(&text)))
    }

    /// Adds an element with a text that is sent as it was given.
    #[cfg(feature = "payments")]
    pub(crate) fn verbatim(self, name: &'static str, text: String) -> Self {
        self.part(Part::Text(name, text))
    }

    /// Adds an element if its value is present.
    pub(crate) fn maybe(self, name: &'static str, text: Option<impl ToText>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds a part of a card, or the key of a stored card, as it was given. A dry run hides it.
    #[cfg(feature = "payments")]
    pub(crate) fn card(self, name: &'static str, text: &str) -> Self {
        self.part(Part::Card(name, text.to_owned()))
    }

    /// Adds a text of a card: the holder's name, the key of a stored card. A dry run hides it.
    #[cfg(feature = "payments")]
    pub(crate) fn card_text(self, name: &'static str, text: &str) -> Self {
        self.card(name, &line::sent(text))
    }

    /// Adds the hash of these values, which signs them with the login and the merchant's key.
    #[cfg(feature = "payments")]
    pub(crate) fn hash<const N: usize>(self, name: &'static str, values: [&dyn ToText; N]) -> Self {
        let values = values.map(sent);
        self.part(Part::Hash(name, values.into()))
    }

    /// Adds the merchant's key.
    pub(crate) fn merchant(self) -> Self {
        self.part(Part::Merchant)
    }

    /// Adds the marketplace's key.
    pub(crate) fn marketplace(self) -> Self {
        self.part(Part::Marketplace)
    }

    /// Adds an element with child elements.
    pub(crate) fn group(self, name: &'static str, inner: Self) -> Self {
        self.part(Part::Group(name, inner))
    }

    /// Adds the elements of a part that several calls share.
    #[cfg(feature = "payments")]
    pub(crate) fn and(mut self, mut other: Self) -> Self {
        self.parts.append(&mut other.parts);
        self
    }

    /// Adds an element.
    pub(crate) fn element(self, element: Element) -> Self {
        self.part(Part::Element(element))
    }

    fn part(mut self, part: Part) -> Self {
        self.parts.push(part);
        self
    }

    pub(super) fn elements(self, settings: &Settings) -> Result<Vec<Element>, EncodeError> {
        let parts = self.parts.into_iter();
        parts.map(|part| part.element(settings)).collect()
    }
}

impl Part {
    fn element(self, settings: &Settings) -> Result<Element, EncodeError> {
        Ok(match self {
            Self::Text(name, text) => Element::text(name, text),
            #[cfg(feature = "payments")]
            Self::Card(name, _) if settings.hide_cards => Element::text(name, REDACTED),
            #[cfg(feature = "payments")]
            Self::Card(name, text) => Element::text(name, text),
            Self::Group(name, body) => Element::parent(name, body.elements(settings)?),
            Self::Element(element) => element,
            Self::Login => login("G", &settings.credentials),
            #[cfg(feature = "payments")]
            Self::OfLogin(name, part) => Element::text(name, part(&settings.credentials)),
            Self::Merchant => Element::text("GUID", settings.merchant.0.expose()),
            Self::Marketplace => Element::text("ETS_GUID", settings.marketplace.0.expose()),
            #[cfg(feature = "payments")]
            Self::Hash(name, values) => {
                let values: Vec<_> = values.iter().map(String::as_str).collect();
                Element::text(name, hash::of_request(settings, &values)?)
            }
        })
    }
}

/// Returns a text as it is sent.
fn sent(text: &(impl ToText + ?Sized)) -> String {
    let text = text.to_text();
    // Most texts do not change, and need no second copy.
    match line::sent(&text) {
        Cow::Borrowed(line) if line.len() == text.len() => text.into_owned(),
        line => line.into_owned(),
    }
}

/// Builds the element with the login.
pub(crate) fn login(name: impl Into<Cow<'static, str>>, credentials: &Credentials) -> Element {
    let elements = vec![
        Element::text("CLIENT_CODE", credentials.client_code.expose()),
        Element::text("CLIENT_USERNAME", credentials.username.expose()),
        Element::text("CLIENT_PASSWORD", credentials.password.expose()),
    ];
    Element::parent(name, elements)
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}
