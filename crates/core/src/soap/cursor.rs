//! Walks over XML event by event: names with their namespaces, text put together, depth capped.

use std::borrow::Cow;

use quick_xml::errors::{Error, IllFormedError, SyntaxError};
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::charset::DAMAGED;
use crate::error::{Reason, Unreadable};
use crate::tree::MAX_DEPTH;

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
    reader: NsReader<&'a [u8]>,
    text: &'a str,
    service: &'static str,
    depth: usize,
    root_seen: bool,
    /// Whether letters of the text are damaged. In a name they could be anything.
    is_damaged: bool,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, service: &'static str, is_damaged: bool) -> Self {
        let text = text.trim_start();
        let mut reader = NsReader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = true;
        Self {
            reader,
            text,
            service,
            depth: 0,
            root_seen: false,
            is_damaged,
        }
    }

    /// Whether letters of the text are damaged.
    pub(super) fn is_damaged(&self) -> bool {
        self.is_damaged
    }

    /// The text between two places.
    pub(super) fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    /// The next step.
    pub(super) fn next(&mut self) -> Result<Step<'a>, Unreadable> {
        loop {
            let at = self.position();
            let (namespace, event) = self.reader.read_resolved_event().map_err(|e| broken(&e))?;
            match event {
                Event::Start(start) => {
                    let space = space(&namespace, self.service);
                    let length = start.name().as_ref().len();
                    let written = start.attributes_raw().len();
                    let nil = written > 0 && is_nil(&start);
                    let has_values = written > 0 && has_values(&start);
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(Unreadable::whole(Reason::TooDeep));
                    }
                    if self.depth == 1 && std::mem::replace(&mut self.root_seen, true) {
                        return Err(malformed());
                    }
                    let name = self.slice(at + 1, at + 1 + length);
                    if self.is_damaged && name.contains(DAMAGED) {
                        return Err(Unreadable::whole(Reason::Charset));
                    }
                    let local = name.rsplit(':').next().unwrap_or(name);
                    let behind = at + 1 + length;
                    let attributes = if has_values {
                        self.slice(behind, behind + written).trim()
                    } else {
                        ""
                    };
                    let content = self.position();
                    return Ok(Step::Start(Element {
                        local,
                        space,
                        nil,
                        attributes,
                        content,
                    }));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Step::End(at));
                }
                Event::Text(text) => {
                    let text = text.xml10_content();
                    if self.depth > 0 {
                        return Ok(Step::Text(self.borrowed(at, text)));
                    }
                    if self.is_damaged && text.contains(DAMAGED) {
                        return Err(Unreadable::whole(Reason::Charset));
                    }
                    if !text.trim().is_empty() {
                        return Err(malformed());
                    }
                }
                Event::CData(text) if self.depth > 0 => {
                    return Ok(Step::Text(Cow::Owned(text.xml10_content().into_owned())));
                }
                Event::GeneralRef(reference) if self.depth > 0 => {
                    let letter = match reference.resolve_char_ref() {
                        Ok(Some(letter)) => letter,
                        Ok(None) => predefined(&reference.xml10_content()).ok_or_else(malformed)?,
                        Err(_) => return Err(malformed()),
                    };
                    return Ok(Step::Text(Cow::Owned(letter.to_string())));
                }
                Event::DocType(doctype) => {
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
                Event::Eof if self.depth > 0 => return Err(Unreadable::whole(Reason::CutOff)),
                Event::Eof if !self.root_seen => return Err(malformed()),
                Event::Eof => return Ok(Step::Done),
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                _ => return Err(malformed()),
            }
        }
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
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Borrows a text from the document where it stands there unchanged.
    fn borrowed(&self, at: usize, text: Cow<'_, str>) -> Cow<'a, str> {
        match self.slice(at, at + text.len()) {
            same if same == text => Cow::Borrowed(same),
            _ => Cow::Owned(text.into_owned()),
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

/// Whether an element says that it has no value. Prefixes are not resolved for this: nothing else
/// is called `nil`.
fn is_nil(start: &quick_xml::events::BytesStart<'_>) -> bool {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .any(|attribute| {
            attribute.key.local_name().as_ref() == "nil"
                && matches!(&*attribute.value, "true" | "1")
        })
}

/// Whether attributes of an element hold values of the answer. Those with a prefix belong to the way in
/// which it is written (`xsi:type`, `diffgr:id`), and so do names of namespaces.
fn has_values(start: &quick_xml::events::BytesStart<'_>) -> bool {
    start
        .attributes()
        .with_checks(false)
        .flatten()
        .any(|attribute| {
            let name = attribute.key.as_ref();
            !name.contains(':') && !matches!(name, "xmlns" | "nil") && !attribute.value.is_empty()
        })
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
