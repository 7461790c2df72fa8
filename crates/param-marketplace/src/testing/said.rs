//! Writes an answer: its code, its elements and its table, in the envelope of the service.

use std::borrow::Cow;

use kervan_core::Reply;
use kervan_wire::soap::{self, Element};

use crate::endpoint::Endpoint;

/// An answer that is being written.
#[derive(Debug)]
#[must_use]
pub struct Said {
    endpoint: Endpoint,
    elements: Vec<Element>,
}

impl Said {
    pub(super) fn success(endpoint: Endpoint) -> Self {
        Self::of(endpoint, "1", "Başarılı")
    }

    pub(super) fn of(endpoint: Endpoint, code: &str, text: &str) -> Self {
        let [result, message] = *endpoint.status;
        let elements = vec![Element::text(result, code), Element::text(message, text)];
        Self { endpoint, elements }
    }

    /// Adds an element.
    pub(super) fn text(self, name: &'static str, text: impl Into<String>) -> Self {
        self.element(Element::text(name, text))
    }

    /// Adds an element, unless it has no value.
    pub(super) fn maybe<T: AsRef<str>>(self, name: &'static str, text: Option<T>) -> Self {
        match text {
            Some(text) => self.text(name, text.as_ref()),
            None => self,
        }
    }

    /// Adds the table with its rows; a column without a value is left out, as the platform does.
    pub(super) fn table(self, row_name: &'static str, rows: Vec<Row>) -> Self {
        let rows = rows.into_iter().map(|row| Element::parent(row_name, row.0));
        let set = Element::parent(DATA_SET, rows.collect());
        let diffgram = Element::parent("diffgram", vec![set])
            .in_namespace("urn:schemas-microsoft-com:xml-diffgram-v1");
        let table = self.endpoint.table;
        self.element(Element::parent(table, vec![diffgram]))
    }

    /// Adds an element with the columns of one row in it.
    pub(super) fn object(self, name: &'static str, row: Row) -> Self {
        self.element(Element::parent(name, row.0))
    }

    fn element(mut self, element: Element) -> Self {
        self.elements.push(element);
        self
    }

    pub(super) fn reply(self) -> Reply {
        let call = self.endpoint.call();
        let result = Element::parent(self.endpoint.result, self.elements);
        let name = Cow::Owned(format!("{}Response", call.operation));
        let response = Element::parent(name, vec![result]).in_namespace(call.namespace);
        let body = soap::encode(&response).unwrap_or_default();
        reply(200, without_namespace(&body))
    }
}

/// The element of a table that holds its rows.
const DATA_SET: &str = "NewDataSet";

/// Takes the data set out of the namespace around it, as the platform writes it. The writer of XML cannot
/// say that an element has no namespace.
fn without_namespace(body: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(body);
    let start = format!("<{DATA_SET}");
    text.replacen(&start, &format!("{start} xmlns=\"\""), 1)
        .into_bytes()
}

/// The columns of a row.
#[derive(Default)]
pub(super) struct Row(Vec<Element>);

impl Row {
    /// Adds a column, unless it has no value.
    pub(super) fn maybe<T: AsRef<str>>(mut self, name: &'static str, text: Option<T>) -> Self {
        let column = text.map(|text| Element::text(name, text.as_ref()));
        self.0.extend(column);
        self
    }
}

/// Returns an answer in XML.
pub(super) fn reply(status: u16, body: Vec<u8>) -> Reply {
    let content_type = (
        "Content-Type".to_owned(),
        "text/xml; charset=utf-8".to_owned(),
    );
    Reply::new(status, vec![content_type], body)
}
