//! SOAP 1.1: requests written by yaserde, answers read strictly in shape and leniently in form.
//!
//! An answer is read in one pass without recursion: the envelope and the names of its elements are
//! checked with their namespaces, document types are refused, depth is capped, and the rows of a
//! .NET `DataTable` are handed out one by one while they are read, so that a table costs no more
//! memory than the rows that are kept. Everything else becomes a [`Document`].

mod call;
mod cursor;
mod element;
mod envelope;
mod table;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, Event};
use yaserde::YaSerialize;

pub use self::call::Call;
use self::call::SOAP_1_1;
pub use self::element::Element;
pub use self::envelope::{Contents, Fault};
pub use self::table::{Row, Rows};
use crate::charset;
use crate::tree::{Document, Drift, Form, path};
use kervan_core::address::Url;
use kervan_core::error::{EncodeError, Reason, Unreadable};
use kervan_core::message::{HttpRequest, Reply};
use kervan_core::problem::{CONTROL_CHARACTER, Problem};
use kervan_core::secret::Scrub;

/// Returns whether XML carries every character of a text unchanged: no control characters but tab and line
/// feed, no carriage return, no U+FFFE and U+FFFF.
pub fn can_carry(text: &str) -> bool {
    let is_allowed = |&byte: &u8| byte >= b' ' || byte == b'\t' || byte == b'\n';
    // Without an early exit inside of a part, which would make it a loop over single bytes.
    let all_allowed = |part: &[u8]| part.iter().fold(true, |all, byte| all & is_allowed(byte));
    text.as_bytes().chunks(64).all(all_allowed)
        && (text.is_ascii() || !text.contains(['\u{fffe}', '\u{ffff}']))
}

/// Returns the problem of a text that XML does not carry unchanged.
pub fn not_carried<P: Into<Cow<'static, str>>>(
    path: impl FnOnce() -> P,
    text: &str,
) -> Option<Problem> {
    if can_carry(text) {
        return None;
    }
    let letter = text.chars().find(|letter| {
        let is_plain = *letter >= ' ' || matches!(letter, '\t' | '\n');
        !is_plain || matches!(letter, '\u{fffe}' | '\u{ffff}')
    });
    let code = letter.map_or(0, u32::from);
    Some(
        CONTROL_CHARACTER
            .at(path())
            .actual(format_args!("U+{code:04X}")),
    )
}

/// Writes a request: the operation's element in an envelope, and the headers of SOAP 1.1.
///
/// # Errors
///
/// [`EncodeError::Value`] when a text holds what XML cannot carry; see [`can_carry`].
pub fn request(
    url: Url,
    call: Call,
    operation: &impl YaSerialize,
) -> Result<HttpRequest, EncodeError> {
    let action = format!("\"{}{}\"", call.namespace, call.operation);
    let body = encode(operation)?;
    Ok(HttpRequest::post(url, "text/xml; charset=utf-8", body).header("SOAPAction", action))
}

/// Writes an envelope around an operation's element.
///
/// # Errors
///
/// [`EncodeError::Value`] when a text holds what XML cannot carry; see [`can_carry`].
pub fn encode(operation: &impl YaSerialize) -> Result<Vec<u8>, EncodeError> {
    let plain = yaserde::ser::Config {
        perform_indent: false,
        write_document_declaration: false,
        indent_string: None,
    };
    // The error's own text is dropped: it may quote the request.
    let unwritable = || EncodeError::Value("body");
    let mut writer = Writer::new(Vec::with_capacity(2048));
    let mut envelope = BytesStart::new(ENVELOPE);
    envelope.push_attribute(("xmlns:soap", SOAP_1_1));
    let head = [
        Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)),
        Event::Start(envelope),
        Event::Start(BytesStart::new(BODY)),
    ];
    for event in head {
        writer.write_event(event).map_err(|_| unwritable())?;
    }
    let start = writer.get_ref().len();
    yaserde::ser::serialize_with_writer(operation, writer.get_mut(), &plain)
        .map_err(|_| unwritable())?;
    let element = writer.get_ref().get(start..).map(std::str::from_utf8);
    if !element.is_some_and(|element| element.is_ok_and(can_carry)) {
        return Err(unwritable());
    }
    for name in [BODY, ENVELOPE] {
        let end = Event::End(BytesEnd::new(name));
        writer.write_event(end).map_err(|_| unwritable())?;
    }
    Ok(writer.into_inner())
}

const ENVELOPE: &str = "soap:Envelope";
const BODY: &str = "soap:Body";

/// The text of a body, in which damaged letters are U+FFFD. It does not print itself.
#[derive(Clone)]
pub struct Body<'a> {
    text: Cow<'a, str>,
    scrub: Option<&'a dyn Scrub>,
    is_misdeclared: bool,
    is_damaged: bool,
}

impl<'a> Body<'a> {
    /// Returns the same, with what may not be repeated hidden in every
    /// [`ForeignText`](kervan_core::ForeignText) and in the drift of what is read from it.
    #[must_use]
    pub fn scrubbed_by(mut self, scrub: &'a dyn Scrub) -> Self {
        self.scrub = Some(scrub);
        self
    }

    /// Returns whether the body is in another charset than it says.
    pub fn is_misdeclared(&self) -> bool {
        self.is_misdeclared
    }

    /// Reads an answer as [`read`] does. Its drift says what was wrong with the text.
    ///
    /// # Errors
    ///
    /// Those of [`read`].
    pub fn read<'t>(
        &'t self,
        call: Call,
        mut rows: impl FnMut(Row<'_, 't>) -> Result<(), Unreadable>,
    ) -> Result<Contents<'t>, Unreadable> {
        let rows = |row: Row<'_, 't>| rows(row.scrubbed_by(self.scrub));
        let answer = envelope::read(&self.text, call, self.is_damaged, rows)?;
        Ok(match answer {
            Contents::Result(document) => Contents::Result(self.noted(document)),
            fault @ Contents::Fault(_) => fault,
        })
    }

    /// Reads an XML document as [`document`] does. Its drift says what was wrong with the text.
    ///
    /// # Errors
    ///
    /// Those of [`document`].
    pub fn document(&self) -> Result<Document<'_>, Unreadable> {
        let document = envelope::document(&self.text, self.is_damaged)?;
        Ok(self.noted(document))
    }

    fn noted<'t>(&'t self, document: Document<'t>) -> Document<'t> {
        let mut drift = Drift::default();
        if self.is_misdeclared {
            drift.tolerate("", Form::Charset);
        }
        if self.is_damaged {
            document.each_text(&mut |steps, text| {
                if text.contains(charset::DAMAGED) {
                    drift.tolerate(&path(steps, None), Form::DamagedLetter);
                }
            });
        }
        document.noting(drift).maybe_scrubbed_by(self.scrub)
    }
}

impl Deref for Body<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("bytes", &self.text.len())
            .field("is_misdeclared", &self.is_misdeclared)
            .field("is_damaged", &self.is_damaged)
            .finish()
    }
}

/// Returns the body of a reply as text, in the charset that its bytes are in.
///
/// # Errors
///
/// [`Unreadable`] when it is empty, or holds a zero byte, as UTF-16 does.
pub fn body_text(reply: &Reply) -> Result<Body<'_>, Unreadable> {
    let in_header = reply
        .header("content-type")
        .is_some_and(charset::declares_turkish);
    let declared = in_header || declaration(&reply.body).is_some_and(charset::names_turkish);
    let read = charset::read(&reply.body, declared)?;
    if read.text.trim_start().is_empty() {
        return Err(Unreadable::whole(Reason::Empty));
    }
    Ok(Body {
        text: read.text,
        scrub: None,
        is_misdeclared: read.is_misdeclared,
        is_damaged: read.is_damaged,
    })
}

/// Returns the charset that an XML declaration names. An answer in UTF-8 that calls itself UTF-16, as .NET
/// texts do, is UTF-8 all the same.
fn declaration(body: &[u8]) -> Option<&str> {
    let head = &body[..body.len().min(200)];
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let declaration = std::str::from_utf8(&head[..end]).ok()?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value[1..].split(quote).next()
}

/// Reads an answer. Each row of a table in it goes to `rows` while it is read.
///
/// # Errors
///
/// [`Unreadable`]: not XML, not an envelope of SOAP 1.1 or 1.2, not the answer of this operation,
/// or what `rows` says.
pub fn read<'a>(
    text: &'a str,
    call: Call,
    rows: impl FnMut(Row<'_, 'a>) -> Result<(), Unreadable>,
) -> Result<Contents<'a>, Unreadable> {
    envelope::read(text, call, false, rows)
}

/// Reads an XML document that has no envelope, as one that an answer holds as text, or one of
/// which the envelope is not known. Paths begin with its outermost element. The rows of a table in
/// it are ignored.
///
/// # Errors
///
/// [`Unreadable`] when it is not XML, or a page for people.
pub fn document(text: &str) -> Result<Document<'_>, Unreadable> {
    envelope::document(text, false)
}

#[cfg(test)]
mod tests;
