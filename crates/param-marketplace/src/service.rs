//! Param's protocol, once for all calls: address, login, envelope, result code, refusal, scrubbing.

use std::borrow::Cow;
use std::fmt;

use kervan_core::charset::DAMAGED;
use kervan_core::error::Unreadable;
use kervan_core::soap::{self, Answer, Call, Element, Fault, Row};
use kervan_core::{Drift, EncodeError, HttpRequest, Personal, ReadError, Reason, Reply};
use serde::de::DeserializeOwned;

use crate::credentials::Credentials;
use crate::endpoint::Endpoint;
use crate::ids::is_key;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::WireStatus;

impl kervan_core::Service for Settings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    type Body<'a> = Body;
    type Reading<'a> = Reading<'a>;

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

    fn write(&self, endpoint: &Endpoint, body: Body) -> Result<HttpRequest, EncodeError> {
        let call = endpoint.call();
        let Call {
            namespace,
            operation,
            ..
        } = call;
        let element = Element::parent(operation, body.elements).in_namespace(namespace);
        soap::request(endpoint.address(self).url(), call, &element)
    }

    fn reading<'a>(&'a self, endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading {
            settings: self,
            endpoint: *endpoint,
            reply,
        }
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

    /// Adds the merchant's key.
    pub(crate) fn merchant(self, settings: &Settings) -> Self {
        self.text("GUID", settings.merchant.0.expose())
    }

    /// Adds the marketplace's key.
    pub(crate) fn marketplace(self, settings: &Settings) -> Self {
        self.text("ETS_GUID", settings.marketplace.0.expose())
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
    #[cfg(feature = "payments")]
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

/// An answer that nobody has judged yet. Whatever takes a value out of it judges the result's code
/// first, and turns a refusal or a fault into an error. It does not print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) endpoint: Endpoint,
    pub(crate) reply: &'a Reply,
}

impl Reading<'_> {
    /// Reads a successful answer without a table.
    pub(crate) fn value<T: DeserializeOwned>(self) -> Result<(T, Drift), ReadError<Rejection>> {
        self.with_rows(|_| Ok(()))
    }

    /// Reads a successful answer; each row of its table goes to `rows`.
    ///
    /// Success is a number above zero. The HTTP status is ignored: the code alone decides.
    pub(crate) fn with_rows<T: DeserializeOwned>(
        self,
        rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
    ) -> Result<(T, Drift), ReadError<Rejection>> {
        let text = soap::body_text(self.reply)?;
        let document = match text.read(self.endpoint.call(), rows)? {
            Answer::Result(document) => document,
            Answer::Fault(fault) => return Err(self.fault(fault)),
        };
        let answer = document.around(self.endpoint.code, Some(self.endpoint.result))?;
        let status: WireStatus = answer.glance()?;
        if is_success(&status.code) {
            let (value, drift) = answer.read::<T>()?;
            return Ok((value, self.scrubbed(drift)));
        }
        // A refusal lacks most of what a success has; only what nobody reads is worth a note.
        let drift = answer.read::<T>().map(|(_, drift)| drift);
        let mut drift = drift.unwrap_or_default();
        drift.absent.clear();
        let message = self.message(status.message.as_deref());
        let rejection = Rejection::new(self.endpoint, &status.code, message, self.scrubbed(drift));
        Err(ReadError::Rejected(
            rejection.with_bank_code(status.bank_code.as_deref()),
        ))
    }

    /// Reads an answer whose result holds only text; `None` when it holds elements, or is a fault.
    pub(crate) fn bare<T: DeserializeOwned>(self) -> Result<Option<T>, Unreadable> {
        let text = soap::body_text(self.reply)?;
        Ok(match text.read(self.endpoint.call(), |_| Ok(()))? {
            Answer::Result(document) => document.read::<T>().ok().map(|(value, _)| value),
            Answer::Fault(_) => None,
        })
    }

    /// Reads an answer whose result holds only text and no code, or the fault.
    #[cfg(feature = "payments")]
    pub(crate) fn text<T: DeserializeOwned>(self) -> Result<(T, Drift), ReadError<Rejection>> {
        let text = soap::body_text(self.reply)?;
        match text.read(self.endpoint.call(), |_| Ok(()))? {
            Answer::Result(document) => {
                let (value, drift) = document.read::<T>()?;
                Ok((value, self.scrubbed(drift)))
            }
            Answer::Fault(fault) => Err(self.fault(fault)),
        }
    }

    /// The refusal that a fault is.
    pub(crate) fn fault(self, fault: Fault) -> ReadError<Rejection> {
        let message = self.message(fault.reason.as_ref().map(Personal::as_str));
        ReadError::Rejected(Rejection::fault(self.endpoint.operation, fault, message))
    }

    /// A text of the provider without login and keys.
    pub(crate) fn message(self, text: Option<&str>) -> Option<Personal> {
        text.map(|text| Personal::from(self.settings.scrub(text)))
    }

    /// A drift without login and keys.
    fn scrubbed(self, mut drift: Drift) -> Drift {
        drift.scrub(|text| self.settings.scrub(text));
        drift
    }

    /// The path of an element of the result.
    pub(crate) fn path(self, element: &str) -> String {
        self.endpoint.path(element)
    }

    /// A key that the next call needs.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the element, for a success without it.
    pub(crate) fn required_key<'t>(
        self,
        element: &'static str,
        text: Option<&'t str>,
    ) -> Result<&'t str, Unreadable> {
        let is_whole = |text: &&str| is_key(text) && !text.contains(DAMAGED);
        let key = text.map(str::trim).filter(is_whole);
        key.ok_or_else(|| Unreadable::at(self.path(element), Reason::Missing))
    }

    /// Compares an element that repeats the request with what was sent. An empty one repeats nothing.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] at the element: the answer is that of another call.
    pub(crate) fn check_echo(
        self,
        element: &'static str,
        said: Option<&str>,
        is_same: impl Fn(&str) -> bool,
    ) -> Result<(), Unreadable> {
        let said = said.map(str::trim).filter(|said| is_key(said));
        if said.is_none_or(is_same) {
            return Ok(());
        }
        let what = Cow::Borrowed("what was sent");
        Err(Unreadable::at(self.path(element), Reason::Unexpected(what)))
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// Whether a code says success: a number above zero.
pub(crate) fn is_success(code: &str) -> bool {
    code.trim().parse::<i32>().is_ok_and(|code| code > 0)
}
