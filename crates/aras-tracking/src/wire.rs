//! What all SOAP calls share: elements by name, the fault as a refusal.

use std::borrow::Cow;
use std::io::Write;

#[cfg(feature = "query")]
use kervan_core::error::Unreadable;
#[cfg(feature = "query")]
use kervan_core::soap::{self, Fault};
#[cfg(feature = "query")]
use kervan_core::{BaseUrl, EncodeError, HttpRequest, Personal, ReadError};
use xml::attribute::OwnedAttribute;
use xml::namespace::Namespace;
use xml::writer::XmlEvent;
use yaserde::YaSerialize;
use yaserde::ser::Serializer;

#[cfg(feature = "query")]
use crate::login::Login;
#[cfg(feature = "query")]
use crate::rejection::{Kind, Rejection};

/// The namespace of both services' elements.
#[cfg(feature = "query")]
pub(crate) const NAMESPACE: &str = "http://tempuri.org/";

/// What an element holds.
pub(crate) enum Content {
    Text(String),
    Elements(Vec<Element>),
}

/// An element by its wire name.
pub(crate) struct Element {
    name: Cow<'static, str>,
    namespace: Option<&'static str>,
    content: Content,
}

impl Element {
    pub(crate) fn text(name: impl Into<Cow<'static, str>>, text: impl Into<String>) -> Self {
        let content = Content::Text(text.into());
        Self {
            name: name.into(),
            namespace: None,
            content,
        }
    }

    pub(crate) fn parent(name: impl Into<Cow<'static, str>>, children: Vec<Element>) -> Self {
        let content = Content::Elements(children);
        Self {
            name: name.into(),
            namespace: None,
            content,
        }
    }

    pub(crate) fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// The element as text, for a place where XML travels as a string.
    #[cfg(feature = "query")]
    pub(crate) fn to_document(&self) -> Result<String, EncodeError> {
        let plain = yaserde::ser::Config {
            perform_indent: false,
            write_document_declaration: false,
            indent_string: None,
        };
        // The error's own text is dropped: it may quote the request.
        yaserde::ser::to_string_with_config(self, &plain).map_err(|_| EncodeError::Value("body"))
    }
}

impl YaSerialize for Element {
    fn serialize<W: Write>(&self, writer: &mut Serializer<W>) -> yaserde::Result<()> {
        // The writer's own errors are dropped: they may quote the request.
        let unwritable = |_| yaserde::Error::custom("unwritable");
        let start = XmlEvent::start_element(&*self.name);
        let start = match self.namespace {
            Some(namespace) => start.default_ns(namespace),
            None => start,
        };
        writer.write(start).map_err(unwritable)?;
        match &self.content {
            Content::Text(text) => writer
                .write(XmlEvent::characters(text))
                .map_err(unwritable)?,
            Content::Elements(children) => {
                for child in children {
                    child.serialize(writer)?;
                }
            }
        }
        writer.write(XmlEvent::end_element()).map_err(unwritable)
    }

    fn serialize_attributes(
        &self,
        attributes: Vec<OwnedAttribute>,
        namespace: Namespace,
    ) -> yaserde::Result<(Vec<OwnedAttribute>, Namespace)> {
        Ok((attributes, namespace))
    }
}

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
