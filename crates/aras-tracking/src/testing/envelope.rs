//! The envelope of answers, and the content type of everything that the carrier sends.

#[cfg(feature = "query")]
use kervan_core::Reply;
#[cfg(feature = "query")]
use kervan_wire::soap::{self, Element};

#[cfg(feature = "query")]
use crate::service::NAMESPACE;

/// The content type of posts and answers.
pub const CONTENT_TYPE: &str = "text/xml; charset=utf-8";

#[cfg(feature = "query")]
pub(super) fn reply(status: u16, body: Vec<u8>) -> Reply {
    let content_type = ("Content-Type".to_owned(), CONTENT_TYPE.to_owned());
    Reply::new(status, vec![content_type], body)
}

/// Writes the result of an operation in its envelope.
#[cfg(feature = "query")]
pub(super) fn answered(operation: &str, result: Element) -> Reply {
    let response = Element::parent(format!("{operation}Response"), vec![result]);
    let response = response.in_namespace(NAMESPACE);
    reply(200, soap::encode(&response).unwrap_or_default())
}
