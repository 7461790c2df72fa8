//! Param's protocol, once for all calls: addresses, login, envelope.

use std::fmt;

use kervan_core::soap::{self, Call, Element};
use kervan_core::{EncodeError, HttpRequest, Reply};

use crate::credentials::Credentials;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::Page;

impl kervan_core::Service for Settings {
    type Rejection = Rejection;
    type Endpoint = Page;
    type Body<'a> = Body;
    type Reading<'a> = (&'a Self, &'a Reply);

    fn redacted(&self) -> Self {
        self.hidden()
    }

    fn status_hint(&self, status: u16) -> Option<&'static str> {
        match status {
            403 => Some("the machine's address may not be on the provider's list"),
            404 => Some("the address of the service may be that of a retired host"),
            _ => None,
        }
    }

    fn user_agent(&self) -> &'static str {
        concat!("param-marketplace/", env!("CARGO_PKG_VERSION"))
    }

    fn write(&self, endpoint: &Page, body: Body) -> Result<HttpRequest, EncodeError> {
        let call = endpoint.call();
        let Call {
            namespace,
            operation,
            ..
        } = call;
        let element = Element::parent(operation, body.elements).in_namespace(namespace);
        soap::request(endpoint.address(self).url(), call, &element)
    }

    fn reading<'a>(&'a self, _endpoint: &'a Page, reply: &'a Reply) -> Self::Reading<'a> {
        (self, reply)
    }
}

/// The elements of a request, in their order. It does not print their contents.
#[derive(Default)]
pub struct Body {
    elements: Vec<Element>,
}

impl Body {
    /// No elements yet.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// The login, which comes first in nearly every call.
    pub(crate) fn with_login(settings: &Settings) -> Self {
        Self::new().group("G", Self::login(&settings.credentials))
    }

    /// The elements of the login.
    pub(crate) fn login(credentials: &Credentials) -> Self {
        Self::new()
            .text("CLIENT_CODE", credentials.client_code.expose())
            .text("CLIENT_USERNAME", credentials.username.expose())
            .text("CLIENT_PASSWORD", credentials.password.expose())
    }

    /// Adds an element with a text. Without a text it is sent all the same.
    pub(crate) fn text(mut self, name: &'static str, text: impl Into<String>) -> Self {
        self.elements.push(Element::text(name, text));
        self
    }

    /// Adds an element if there is a text.
    pub(crate) fn maybe(self, name: &'static str, text: Option<impl Into<String>>) -> Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    /// Adds an element with others in it.
    pub(crate) fn group(mut self, name: &'static str, inner: Self) -> Self {
        self.elements.push(Element::parent(name, inner.elements));
        self
    }

    /// Adds the elements of a part that several calls share.
    pub(crate) fn and(mut self, mut part: Self) -> Self {
        self.elements.append(&mut part.elements);
        self
    }

    /// The elements in one of this name.
    pub(crate) fn into_element(self, name: String) -> Element {
        Element::parent(name, self.elements)
    }

    /// Adds an element.
    pub(crate) fn element(mut self, element: Element) -> Self {
        self.elements.push(element);
        self
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body").finish_non_exhaustive()
    }
}
