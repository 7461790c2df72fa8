//! What all SOAP calls share: how a request is written, the fault as a refusal.

#[cfg(feature = "query")]
use kervan_core::error::Unreadable;
#[cfg(feature = "query")]
use kervan_core::soap::{self, Element, Fault};
#[cfg(feature = "query")]
use kervan_core::{BaseUrl, EncodeError, HttpRequest, Personal, ReadError};

#[cfg(feature = "query")]
use crate::login::Login;
#[cfg(feature = "query")]
use crate::rejection::{Kind, Rejection};

/// The namespace of both services' elements.
#[cfg(feature = "query")]
pub(crate) const NAMESPACE: &str = "http://tempuri.org/";

/// Writes a request: the operation's element with these in it. The action is that of the service's
/// contract, where it has one, and the operation.
#[cfg(feature = "query")]
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

/// The refusal that a fault stands for.
#[cfg(feature = "query")]
pub(crate) fn fault(
    operation: &'static str,
    fault: &Fault,
    scrub: impl Fn(&str) -> String,
) -> ReadError<Rejection> {
    let inside = fault.code.rsplit(':').next() == Some("InternalServiceFault");
    let kind = if inside {
        Kind::InternalFault
    } else {
        Kind::Fault
    };
    let message = fault.reason.as_ref().map(Personal::as_str);
    let message = message.map(|text| Personal::from(scrub(text)));
    let code = scrub(&fault.code);
    ReadError::Rejected(Rejection::new(operation, &code, kind).message(message))
}

/// An error whose path holds no value of the login, which an answer may repeat as a name.
#[cfg(feature = "query")]
pub(crate) fn hidden(error: ReadError<Rejection>, login: &Login) -> ReadError<Rejection> {
    match error {
        ReadError::Unreadable(error) => {
            let path = login.scrub(error.path());
            ReadError::Unreadable(Unreadable::at(path, error.reason().clone()))
        }
        refusal @ ReadError::Rejected(_) => refusal,
    }
}
