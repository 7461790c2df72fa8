//! Walks over XML event by event: names with their namespaces, text put together, depth capped.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, NamespaceResolver, QName, ResolveResult};
use quick_xml::reader::Reader;

use crate::charset::DAMAGED;
use crate::tree::{Kind, MAX_DEPTH, Node};
use kervan_core::error::{Reason, Unreadable};

/// One step through a document. Comments and processing instructions are passed over.
pub(super) enum Step<'a> {
    Start(Element<'a>),
    /// The end of an element, and where its end tag begins.
    End(usize),
    Text(Cow<'a, str>),
    /// The document is complete.
    Done,
}

/// An element's start tag.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    /// Name without its prefix.
    pub(super) local: &'a str,
    /// Which of the namespaces asked for it is in.
    pub(super) space: Space,
    /// Whether it says that it has no value (`xsi:nil`).
    pub(super) nil: bool,
    /// Its attributes as written, if any of them holds a value of the answer.
    pub(super) attributes: &'a str,
    /// Where its content begins.
    pub(super) content: usize,
}

/// The namespaces that have a meaning here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Soap11,
    Soap12,
    Service,
    Schema,
    Diffgram,
    None,
    Other,
}

pub(super) struct Cursor<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    service: &'static str,
    /// The namespaces in effect, with a level for each element that declares some. Few do, so the rows of
    /// a table cost nothing here.
    namespaces: NamespaceResolver,
    /// The depths of the elements that have a level.
    levels: Vec<usize>,
    /// The last prefix that was resolved, until another element declares something.
    resolved: Option<(Option<&'a str>, Space)>,
    /// The bytes that were read without the reader.
    passed: usize,
    /// Whether the reader is between two tags, and has nothing more to say of the last one.
    is_between: bool,
    depth: usize,
    root_seen: bool,
    /// Whether letters of the text are damaged. In a name they could be anything.
    is_damaged: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, service: &'static str, is_damaged: bool) -> Self {
        let text = text.trim_start();
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self {
            reader,
            text,
            service,
            namespaces: NamespaceResolver::default(),
            levels: Vec::new(),
            resolved: None,
            passed: 0,
            is_between: false,
            depth: 0,
            root_seen: false,
            is_damaged,
        }
    }

    /// Returns whether letters of the text are damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// Returns the text between two places.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// Returns the next step.
    pub(super) fn next(&mut self) -> Result<Step<'a>, Unreadable> {
        loop {
            let at = self.position();
            self.is_between = false;
            // Matched as it is: to take the event out first would copy each of them.
            match self.reader.read_event() {
                Err(error) => return Err(broken(&error)),
                Ok(Event::Start(start)) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Unreadable::whole(Reason::TooDeep));
                    }
                    if self.depth == 1 && std::mem::replace(&mut self.root_seen, true) {
                        return Err(malformed());
                    }
                    let behind = at + 1 + start.name().as_ref().len();
                    let name = self.slice(at + 1, behind);
                    if self.is_damaged && name.contains(DAMAGED) {
                        return Err(Unreadable::whole(Reason::Charset));
                    }
                    let written = start.attributes_raw();
                    let mut attributes = Attributes::default();
                    if !written.is_empty() {
                        self.declare(&start, written)?;
                        attributes = Attributes::of(&start);
                    }
                    // Most names have no prefix, and are short.
                    let (prefix, local) = if name.bytes().all(|byte| byte != b':') {
                        (None, name)
                    } else {
                        let local = name.rsplit(':').next().unwrap_or(name);
                        (name.split(':').next(), local)
                    };
                    let space = self.space(prefix, name);
                    let nil = attributes.nil;
                    let attributes = if attributes.has_values {
                        self.slice(behind, behind + written.len()).trim()
                    } else {
                        ""
                    };
                    let content = self.position();
                    // The end of an element without contents is a step of its own, but no tag.
                    self.is_between = !self.slice(at, content).ends_with("/>");
                    return Ok(Step::Start(Element {
                        local,
                        space,
                        nil,
                        attributes,
                        content,
                    }));
                }
                Ok(Event::End(_)) => {
                    if self.levels.last() == Some(&self.depth) {
                        self.levels.pop();
                        self.namespaces.pop();
                        self.resolved = None;
                    }
                    self.depth = self.depth.saturating_sub(1);
                    self.is_between = true;
                    return Ok(Step::End(at));
                }
                Ok(Event::Text(text)) => {
                    let text = text.xml10_content();
                    if self.depth > 0 {
                        return Ok(Step::Text(text));
                    }
                    if self.is_damaged && text.contains(DAMAGED) {
                        return Err(Unreadable::whole(Reason::Charset));
                    }
                    if !text.trim().is_empty() {
                        return Err(malformed());
                    }
                }
                Ok(Event::CData(text)) if self.depth > 0 => {
                    return Ok(Step::Text(Cow::Owned(text.xml10_content().into_owned())));
                }
                Ok(Event::GeneralRef(reference)) if self.depth > 0 => {
                    let letter = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter,
                        Ok(None) => predefined(&reference.xml10_content()).ok_or_else(malformed)?,
                        Err(_) => return Err(malformed()),
                    };
                    return Ok(Step::Text(Cow::Owned(letter.to_string())));
                }
                Ok(Event::DocType(doctype)) => {
                    let page = doctype
                        .trim_start()
                        .to_ascii_lowercase()
                        .starts_with("html");
                    let reason = if page {
                        Reason::Page
                    } else {
                        Reason::Malformed
                    };
                    return Err(Unreadable::whole(reason));
                }
                Ok(Event::Eof) if self.depth > 0 => return Err(Unreadable::whole(Reason::CutOff)),
                Ok(Event::Eof) if !self.root_seen => return Err(malformed()),
                Ok(Event::Eof) => return Ok(Step::Done),
                Ok(Event::Decl(_) | Event::PI(_) | Event::Comment(_)) => {}
                _ => return Err(malformed()),
            }
        }
    }

    /// Reads the next element if it is a plain one, as nearly every column of a table is: behind
    /// whitespace, a name of ASCII without a prefix, no attributes, and a text without references and
    /// carriage returns. Returns its name and its text.
    ///
    /// Everything else is left for [`next`](Self::next), which says the same of a plain element, in three
    /// steps. So are elements whose namespace decides what they are.
    pub(super) fn plain_element(&mut self) -> Option<(&'a str, Node<'a>)> {
        if !self.is_between || self.depth == 0 || self.depth >= MAX_DEPTH {
            return None;
        }
        let ahead = self.text.get(self.position()..)?;
        let tag = ahead.trim_ascii_start().strip_prefix('<')?;
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        let end = tag.bytes().position(|byte| !is_of_name(byte))?;
        let (name, behind) = tag
            .split_at_checked(end)
            .filter(|(name, _)| !matches!(*name, "" | "schema" | "diffgram"))?;
        let content = behind.strip_prefix('>')?;
        let end = content.bytes().position(|byte| b"<&\r".contains(&byte))?;
        let (text, behind) = content.split_at_checked(end)?;
        let behind = behind.strip_prefix("</")?.strip_prefix(name)?;
        let behind = behind.strip_prefix('>')?;
        self.passed += ahead.len() - behind.len();
        *self.reader.get_mut() = behind.as_bytes();
        let value = Kind::Text(Cow::Borrowed(text));
        let raw = Some(text);
        Some((name, Node { raw, value }))
    }

    /// Passes over an element whose start was read.
    pub(super) fn skip(&mut self) -> Result<(), Unreadable> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    fn position(&self) -> usize {
        let read = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX);
        read.saturating_add(self.passed)
    }

    /// Opens a level for an element that declares namespaces.
    fn declare(&mut self, start: &BytesStart<'_>, attributes: &str) -> Result<(), Unreadable> {
        if attributes.contains("xmlns") {
            self.namespaces.push(start).map_err(|_| malformed())?;
            self.levels.push(self.depth);
            self.resolved = None;
        }
        Ok(())
    }

    /// Returns the namespace of an element by its name.
    fn space(&mut self, prefix: Option<&'a str>, name: &str) -> Space {
        match self.resolved {
            Some((known, space)) if known == prefix => space,
            _ => {
                let (namespace, _) = self.namespaces.resolve_element(QName(name));
                let space = space(&namespace, self.service);
                self.resolved = Some((prefix, space));
                space
            }
        }
    }
}

fn space(namespace: &ResolveResult<'_>, service: &str) -> Space {
    match namespace {
        ResolveResult::Bound(Namespace(name)) => match *name {
            super::call::SOAP_1_1 => Space::Soap11,
            super::call::SOAP_1_2 => Space::Soap12,
            "http://www.w3.org/2001/XMLSchema" => Space::Schema,
            "urn:schemas-microsoft-com:xml-diffgram-v1" => Space::Diffgram,
            name if name == service => Space::Service,
            _ => Space::Other,
        },
        ResolveResult::Unbound => Space::None,
        ResolveResult::Unknown(_) => Space::Other,
    }
}

/// The facts in the attributes of an element.
#[derive(Default)]
struct Attributes {
    /// Whether the element has no value. Prefixes are not resolved for this: nothing else is called `nil`.
    nil: bool,
    /// Whether any of them holds a value of the answer. Those with a prefix belong to the way in which it
    /// is written (`xsi:type`, `diffgr:id`), and so do names of namespaces.
    has_values: bool,
}

impl Attributes {
    fn of(start: &BytesStart<'_>) -> Self {
        let mut found = Self::default();
        for attribute in start.attributes().with_checks(false).flatten() {
            let (name, value) = (attribute.key.as_ref(), &*attribute.value);
            found.nil |=
                attribute.key.local_name().as_ref() == "nil" && matches!(value, "true" | "1");
            found.has_values |=
                !name.contains(':') && !matches!(name, "xmlns" | "nil") && !value.is_empty();
        }
        found
    }
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "apos" => '\'',
        "quot" => '"',
        _ => return None,
    })
}

fn malformed() -> Unreadable {
    Unreadable::whole(Reason::Malformed)
}

/// The error's own text is dropped: it may quote the answer.
fn broken(error: &Error) -> Unreadable {
    let cut_off = matches!(
        error,
        Error::IllFormed(IllFormedError::MissingEndTag(_))
            | Error::Syntax(
                SyntaxError::UnclosedTag
                    | SyntaxError::UnclosedCData
                    | SyntaxError::UnclosedComment
                    | SyntaxError::UnclosedSingleQuotedAttributeValue
                    | SyntaxError::UnclosedDoubleQuotedAttributeValue
            )
    );
    Unreadable::whole(if cut_off {
        Reason::CutOff
    } else {
        Reason::Malformed
    })
}
