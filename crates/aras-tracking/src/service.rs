//! The protocol that both SOAP services share, once: request, envelope, fault, scrubbing.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Answer, BaseUrl, Drift, EncodeError, ForeignText, HttpRequest, Personal, ReadError, Reply,
    Scrub as _,
};
use kervan_wire::soap::{self, Call, Contents, Element, Fault, Row};
use kervan_wire::tree::Value;

use crate::login::Login;
use crate::query::answer::QueryRows;
use crate::query::columns::QueryRow;
use crate::query::content::Content;
use crate::query::rows::{Found, Told};
use crate::rejection::{Rejection, RejectionKind};

/// The namespace of both services' elements.
pub(crate) const NAMESPACE: &str = "http://tempuri.org/";

/// Writes a request: the operation's element with these in it. The action is that of the service's
/// contract, where it has one, and the operation.
pub(crate) fn request(
    address: &BaseUrl,
    contract: &str,
    operation: &'static str,
    children: Vec<Element>,
) -> Result<HttpRequest, EncodeError> {
    let element = Element::parent(operation, children).in_namespace(NAMESPACE);
    let body = soap::encode(&element)?;
    let action = format!("\"{NAMESPACE}{contract}{operation}\"");
    let request = HttpRequest::post(address.url(), "text/xml; charset=utf-8", body);
    Ok(request.header("SOAPAction", action))
}

/// An answer that is not opened yet. Its methods hide the login in everything that they return, apart from
/// the elements themselves. It does not print the answer.
#[derive(Clone, Copy)]
pub(crate) struct Envelope<'a> {
    /// The call's name in errors.
    pub(crate) name: &'static str,
    /// The operation's wire name.
    pub(crate) operation: &'static str,
    pub(crate) login: &'a Login,
    pub(crate) reply: &'a Reply,
}

/// The elements of an answer, and how its text differed from its documentation.
pub(crate) struct Opened {
    pub(crate) elements: Vec<(String, Value)>,
    pub(crate) drift: Drift,
}

impl Envelope<'_> {
    /// Opens an answer. The rows of a table in it go to `rows`. `None` for an answer with nothing in it.
    ///
    /// # Errors
    ///
    /// [`ReadError`] for a fault, which is a refusal, and for anything but elements.
    pub(crate) fn open(
        self,
        rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
    ) -> Result<Option<Opened>, ReadError<Rejection>> {
        let body = soap::body_text(self.reply)?;
        let document = match body.read(Call::new(NAMESPACE, self.operation), rows)? {
            Contents::Result(document) => document,
            Contents::Fault(fault) => return Err(self.fault(&fault)),
        };
        if document.is_blank() {
            return Ok(None);
        }
        match document.read::<Value>()? {
            (Value::Object(elements), drift) => Ok(Some(Opened { elements, drift })),
            _ => Err(self.missing().into()),
        }
    }

    /// Returns the rows that were found, or a refusal for a sentence in their place.
    pub(crate) fn rows<R: QueryRow>(
        self,
        found: Found<'_, R>,
        content: Content,
    ) -> Result<Answer<QueryRows<R>>, ReadError<Rejection>> {
        match found.finish(content)? {
            Told::Rows(rows, drift) => Ok(self.answer(rows, drift)),
            Told::Sentence(text) => Err(self.sentence(self.message(&text))),
        }
    }

    /// Returns a successful answer.
    pub(crate) fn answer<T>(self, value: T, mut drift: Drift) -> Answer<T> {
        drift.scrub(|text| self.text(text));
        Answer::new(value, drift)
    }

    /// Returns the name of the element that holds the result: .NET names it after the operation.
    pub(crate) fn result(self) -> String {
        format!("{}Result", self.operation)
    }

    /// Returns whether an element of this name holds the result.
    pub(crate) fn is_result(self, name: &str) -> bool {
        name.strip_suffix("Result") == Some(self.operation)
    }

    /// Returns the error of an answer without its result.
    pub(crate) fn missing(self) -> Unreadable {
        Unreadable::at(self.result(), Reason::Missing)
    }

    /// Returns the path of an element of the result.
    #[cfg(feature = "shipments")]
    pub(crate) fn path(self, element: &str) -> String {
        format!("{}.{element}", self.result())
    }

    /// Returns a text of the answer.
    pub(crate) fn text(self, text: &str) -> String {
        self.login.scrub(text)
    }

    /// Returns a text that the service wrote for people.
    pub(crate) fn message(self, text: &str) -> ForeignText {
        ForeignText::new(text, self.login)
    }

    /// Returns a refusal with a code.
    pub(crate) fn refusal(
        self,
        code: &str,
        kind: RejectionKind,
        message: Option<&str>,
    ) -> ReadError<Rejection> {
        ReadError::Rejected(self.rejection(code, kind, message))
    }

    /// Returns a refusal with a code, as a value of its own.
    pub(crate) fn rejection(
        self,
        code: &str,
        kind: RejectionKind,
        message: Option<&str>,
    ) -> Rejection {
        let refusal = Rejection::new(self.name, &self.text(code), kind);
        refusal.message(message.map(|text| self.message(text)))
    }

    /// Returns the refusal for a message without a code.
    pub(crate) fn sentence(self, message: ForeignText) -> ReadError<Rejection> {
        let refusal = Rejection::new(self.name, "sentence", RejectionKind::Sentence);
        ReadError::Rejected(refusal.message(Some(message)))
    }

    fn fault(self, fault: &Fault) -> ReadError<Rejection> {
        let inside = fault.code.rsplit(':').next() == Some("InternalServiceFault");
        let kind = if inside {
            RejectionKind::InternalFault
        } else {
            RejectionKind::Fault
        };
        let reason = fault.reason.as_ref().map(Personal::as_str);
        self.refusal(&fault.code, kind, reason)
    }
}
