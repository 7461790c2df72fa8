//! The envelope: its names and namespaces, the answer or the fault in it.

use std::borrow::Cow;

use super::call::Call;
use super::cursor::{Cursor, Element, Space, Step};
use super::table::{self, Row};
use crate::tree::{Document, Kind, Node};
use kervan_core::error::{Reason, Unreadable};
use kervan_core::secret::Personal;

/// The contents of an envelope.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "SOAP knows these two")]
pub enum Contents<'a> {
    /// The answer of the operation. Paths begin with the answer's element, as `PayResponse`.
    Result(Document<'a>),
    /// The service failed.
    Fault(Fault),
}

/// A failure of the service. **It does not say whether the call happened.**
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The code as sent, as `soap:Server`.
    pub code: String,
    /// The text as sent. It may quote the request.
    pub reason: Option<Personal>,
}

pub(super) fn read<'a>(
    text: &'a str,
    call: Call,
    is_damaged: bool,
    mut rows: impl FnMut(Row<'_, 'a>) -> Result<(), Unreadable>,
) -> Result<Contents<'a>, Unreadable> {
    let mut cursor = Cursor::new(text, call.namespace, is_damaged);
    let soap = expect_root(&mut cursor)?;
    let body = loop {
        match next_child(&mut cursor)? {
            Some(child) if child.space == soap && child.local == "Body" => break child,
            Some(child) if child.space == soap && child.local == "Header" => cursor.skip()?,
            Some(_) => return Err(unexpected("an envelope with a body")),
            None => return Err(Unreadable::at("Body", Reason::Missing)),
        }
    };
    let Some(child) = next_child(&mut cursor)? else {
        return Err(Unreadable::at(body.local, Reason::Missing));
    };
    let answer = if child.space == soap && child.local == "Fault" {
        Contents::Fault(fault(&element(&mut cursor, child, &mut rows)?.value))
    } else if child.space == Space::Service
        && child.local.strip_suffix("Response") == Some(call.operation)
    {
        let node = element(&mut cursor, child, &mut rows)?;
        Contents::Result(Document::below(child.local, node))
    } else {
        return Err(unexpected("the answer of this operation"));
    };
    finish(&mut cursor)?;
    Ok(answer)
}

/// Reads a document without an envelope.
pub(super) fn document(text: &str, is_damaged: bool) -> Result<Document<'_>, Unreadable> {
    let mut cursor = Cursor::new(text, "", is_damaged);
    let root = match cursor.next()? {
        Step::Start(root) if root.local.eq_ignore_ascii_case("html") => {
            return Err(Unreadable::whole(Reason::Page));
        }
        Step::Start(root) => root,
        _ => return Err(unexpected("an element")),
    };
    let node = element(&mut cursor, root, &mut |_| Ok(()))?;
    finish(&mut cursor)?;
    Ok(Document::below(root.local, node))
}

fn unexpected(what: &'static str) -> Unreadable {
    Unreadable::whole(Reason::Unexpected(Cow::Borrowed(what)))
}

/// Reads the outermost start tag. Its version is that of the whole envelope.
fn expect_root(cursor: &mut Cursor<'_>) -> Result<Space, Unreadable> {
    match cursor.next()? {
        Step::Start(root) if root.local == "Envelope" => match root.space {
            soap @ (Space::Soap11 | Space::Soap12) => Ok(soap),
            _ => Err(unexpected("an envelope of SOAP 1.1 or 1.2")),
        },
        Step::Start(root) if root.local.eq_ignore_ascii_case("html") => {
            Err(Unreadable::whole(Reason::Page))
        }
        _ => Err(unexpected("an envelope of SOAP 1.1 or 1.2")),
    }
}

/// Returns the next child element, `None` at the end of its parent.
fn next_child<'a>(cursor: &mut Cursor<'a>) -> Result<Option<Element<'a>>, Unreadable> {
    loop {
        match cursor.next()? {
            Step::Start(element) => return Ok(Some(element)),
            Step::Text(text) if text.trim().is_empty() => {}
            Step::Text(_) => return Err(unexpected("elements")),
            Step::End(_) | Step::Done => return Ok(None),
        }
    }
}

/// Reads the ends of body and envelope, and that nothing follows.
fn finish(cursor: &mut Cursor<'_>) -> Result<(), Unreadable> {
    loop {
        match cursor.next()? {
            Step::End(_) => {}
            Step::Text(text) if text.trim().is_empty() => {}
            Step::Done => return Ok(()),
            Step::Start(_) | Step::Text(_) => return Err(unexpected("one answer")),
        }
    }
}

/// An element that is being read.
struct Open<'a> {
    element: Element<'a>,
    text: Cow<'a, str>,
    children: Vec<(Cow<'a, str>, Node<'a>)>,
    /// Whether a table was read inside. It leaves no node, so the element may hold something beside it.
    table: bool,
}

/// Reads an element whose start was read, without recursion.
fn element<'a>(
    cursor: &mut Cursor<'a>,
    start: Element<'a>,
    rows: &mut impl FnMut(Row<'_, 'a>) -> Result<(), Unreadable>,
) -> Result<Node<'a>, Unreadable> {
    let mut open = vec![Open::new(start)];
    loop {
        let Some(innermost) = open.last_mut() else {
            return Err(unexpected("an element"));
        };
        while let Some((name, node)) = cursor.plain_element() {
            innermost.add_child(name, node);
        }
        match cursor.next()? {
            Step::Start(child) if child.space == Space::Schema && child.local == "schema" => {
                innermost.table = true;
                cursor.skip()?;
            }
            Step::Start(child) if child.space == Space::Diffgram && child.local == "diffgram" => {
                innermost.table = true;
                table::rows(cursor, innermost.element.local, rows)?;
            }
            Step::Start(child) => open.push(Open::new(child)),
            Step::Text(text) => innermost.add_text(text),
            Step::End(at) => {
                let Some(closed) = open.pop() else {
                    return Err(unexpected("an element"));
                };
                let name = closed.element.local;
                let node = closed.into_node(cursor, at);
                match open.last_mut() {
                    Some(parent) => parent.add_child(name, node),
                    None => return Ok(node),
                }
            }
            Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
        }
    }
}

impl<'a> Open<'a> {
    fn new(element: Element<'a>) -> Self {
        Self {
            element,
            text: Cow::Borrowed(""),
            children: Vec::new(),
            table: false,
        }
    }

    fn add_text(&mut self, text: Cow<'a, str>) {
        if self.text.is_empty() {
            self.text = text;
        } else {
            self.text.to_mut().push_str(&text);
        }
    }

    /// Neighbours of one name become a list.
    fn add_child(&mut self, name: &'a str, node: Node<'a>) {
        match self.children.last_mut() {
            Some((last, earlier)) if last == name => earlier.append(node),
            _ => self.children.push((Cow::Borrowed(name), node)),
        }
    }

    fn into_node(self, cursor: &Cursor<'a>, end: usize) -> Node<'a> {
        let raw = cursor.slice(self.element.content, end);
        let is_blank = self.children.is_empty() && self.text.trim().is_empty();
        let value = if self.element.nil && !is_blank {
            Kind::Opaque(Reason::Unexpected("no value".into()))
        } else if is_blank && (self.element.nil || self.table) {
            Kind::Null
        } else if is_blank && !self.element.attributes.is_empty() {
            Kind::Markup(self.element.attributes)
        } else if self.children.is_empty() {
            Kind::Text(self.text)
        } else {
            Kind::Object(self.children)
        };
        let raw = Some(raw);
        Node { raw, value }
    }
}

/// Returns a fault of SOAP 1.1 (`faultcode`, `faultstring`) or 1.2 (`Code`/`Value`, `Reason`/`Text`).
fn fault(value: &Kind<'_>) -> Fault {
    let code = text_at(value, &["faultcode"]).or_else(|| text_at(value, &["Code", "Value"]));
    let reason = text_at(value, &["faultstring"]).or_else(|| text_at(value, &["Reason", "Text"]));
    Fault {
        code: code.unwrap_or_default().trim().to_owned(),
        reason: reason.map(Personal::from),
    }
}

fn text_at<'v>(value: &'v Kind<'_>, path: &[&str]) -> Option<&'v str> {
    match (value, path) {
        (Kind::Text(text), []) => Some(text),
        (Kind::List(items), _) => text_at(&items.first()?.value, path),
        (Kind::Object(members), [name, rest @ ..]) => {
            let (_, node) = members.iter().find(|(member, _)| member == name)?;
            text_at(&node.value, rest)
        }
        _ => None,
    }
}
