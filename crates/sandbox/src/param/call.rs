//! A call, read from its envelope.

use kervan_spec::wire::xml::{self, Element};
use quick_xml::events::Event;
use quick_xml::reader::Reader;

use super::refusal::Refusal;
use crate::Kurus;

/// One call of one operation.
#[derive(Debug)]
pub(crate) struct Call {
    /// The element in the body, without its prefix.
    pub(crate) operation: String,
    element: Element,
}

impl Call {
    /// Reads the envelope; an error says what is wrong, and never repeats a value.
    pub(crate) fn read(body: &[u8]) -> Result<Self, String> {
        let root = xml::read(body)?;
        if root.name.local != "Envelope" {
            return Err("no envelope".to_owned());
        }
        let mut bodies = root.children;
        bodies.retain(|child| child.name.local == "Body");
        let mut calls = bodies.pop().map(|body| body.children).unwrap_or_default();
        match (calls.pop(), calls.is_empty(), bodies.is_empty()) {
            (Some(element), true, true) => Ok(Call {
                operation: element.name.local.clone(),
                element,
            }),
            _ => Err("no body with one element".to_owned()),
        }
    }

    /// Returns the name of the operation without reading the rest of the body.
    pub(crate) fn name(body: &[u8]) -> Option<String> {
        let mut reader = Reader::from_str(str::from_utf8(body).ok()?);
        let mut depth = 0;
        loop {
            match reader.read_event().ok()? {
                Event::Start(start) if depth == 2 => {
                    return Some(start.local_name().into_inner().to_owned());
                }
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                Event::Eof => return None,
                _ => {}
            }
        }
    }

    /// Returns the text at a path such as `G/CLIENT_CODE`, trimmed; empty when it is absent.
    pub(crate) fn text(&self, path: &str) -> String {
        let mut element = &self.element;
        for name in path.split('/') {
            match element.child(name) {
                Some(child) => element = child,
                None => return String::new(),
            }
        }
        element.text().trim().to_owned()
    }

    /// Returns whether there is an element at a path.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.element.child(name).is_some()
    }

    /// Returns an amount with a comma, which is above zero.
    pub(crate) fn amount(&self, path: &str) -> Result<Kurus, Refusal> {
        let form = || Refusal::code(-112, format!("{path}: not an amount with a comma"));
        let amount = Kurus::parse_comma(&self.text(path)).ok_or_else(form)?;
        if amount.is_positive() {
            Ok(amount)
        } else {
            Err(Refusal::code(-113, format!("{path}: not above zero")))
        }
    }

    /// Returns an amount with a dot, which may be zero.
    pub(crate) fn double(&self, path: &str) -> Result<Kurus, Refusal> {
        let form = || Refusal::code(-115, format!("{path}: more than two decimals"));
        Kurus::parse_dot(&self.text(path)).ok_or_else(form)
    }

    /// Returns a whole number; an empty or unreadable one is 0.
    pub(crate) fn number(&self, path: &str) -> i64 {
        self.text(path).parse().unwrap_or(0)
    }
}
