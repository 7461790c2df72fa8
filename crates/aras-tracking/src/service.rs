//! The protocol that both SOAP services share, once: request, envelope, fault, scrubbing.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::soap::{self, Answer, Call, Element, Fault, Row};
use kervan_core::{BaseUrl, Drift, EncodeError, HttpRequest, Personal, ReadError, Reply};

use crate::cell::Cell;
use crate::login::Login;
use crate::query::answer::QueryAnswer;
use crate::query::columns::QueryRow;
use crate::query::rows::{Content, Found, Told};
use crate::rejection::{Kind, Rejection};

/// The namespace of both services' elements.
const NAMESPACE: &str = "http://tempuri.org/";

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

/// An answer that nobody has opened yet. Its methods take the login out of everything that they return,
/// apart from the elements themselves. It does not print the answer.
#[derive(Clone, Copy)]
pub(crate) struct Envelope<'a> {
    /// The call's name in errors.
    pub(crate) name: &'static str,
    /// The operation's wire name.
    pub(crate) operation: &'static str,
    /// The element that holds the result.
    pub(crate) result: &'static str,
    pub(crate) login: &'a Login,
    pub(crate) reply: &'a Reply,
}

/// The elements of an answer, and how its text differed from its documentation.
pub(crate) struct Opened {
    pub(crate) elements: Vec<(String, Cell)>,
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
            Answer::Result(document) => document,
            Answer::Fault(fault) => return Err(self.fault(&fault)),
        };
        if document.is_blank() {
            return Ok(None);
        }
        match document.read::<Cell>()? {
            (Cell::Map(elements), drift) => Ok(Some(Opened { elements, drift })),
            _ => Err(self.missing().into()),
        }
    }

    /// Returns the rows that were found, or the refusal that a sentence in their place is.
    pub(crate) fn rows<R: QueryRow>(
        self,
        found: Found<'_, R>,
        content: Content,
    ) -> Result<QueryAnswer<R>, ReadError<Rejection>> {
        match found.finish(content)? {
            Told::Rows(answer) => Ok(answer),
            Told::Sentence(text) => Err(self.sentence(self.message(&text))),
        }
    }

    /// Returns the error of an answer without its result.
    pub(crate) fn missing(self) -> Unreadable {
        Unreadable::at(self.result, Reason::Missing)
    }

    /// Returns the path of an element of the result.
    pub(crate) fn path(self, element: &str) -> String {
        format!("{}.{element}", self.result)
    }

    /// Returns a text of the answer.
    pub(crate) fn text(self, text: &str) -> String {
        self.login.scrub(text)
    }

    /// Returns a text of the answer that may hold personal data.
    pub(crate) fn message(self, text: &str) -> Personal {
        Personal::from(self.text(text))
    }

    /// Returns a refusal with a code.
    pub(crate) fn refusal(
        self,
        code: &str,
        kind: Kind,
        message: Option<&str>,
    ) -> ReadError<Rejection> {
        let refusal = Rejection::new(self.name, &self.text(code), kind);
        ReadError::Rejected(refusal.message(message.map(|text| self.message(text))))
    }

    /// Returns the refusal that a message without a code is.
    pub(crate) fn sentence(self, message: Personal) -> ReadError<Rejection> {
        let refusal = Rejection::new(self.name, "sentence", Kind::Sentence);
        ReadError::Rejected(refusal.message(Some(message)))
    }

    fn fault(self, fault: &Fault) -> ReadError<Rejection> {
        let inside = fault.code.rsplit(':').next() == Some("InternalServiceFault");
        let kind = if inside {
            Kind::InternalFault
        } else {
            Kind::Fault
        };
        let reason = fault.reason.as_ref().map(Personal::as_str);
        self.refusal(&fault.code, kind, reason)
    }

    /// Returns an error whose path is without the login, which an answer may repeat as a name.
    pub(crate) fn hidden(self, error: ReadError<Rejection>) -> ReadError<Rejection> {
        match error {
            ReadError::Unreadable(error) => {
                let path = self.text(error.path());
                ReadError::Unreadable(Unreadable::at(path, error.reason().clone()))
            }
            refusal @ ReadError::Rejected(_) => refusal,
        }
    }
}
