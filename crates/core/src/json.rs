//! JSON bodies: written by serde, read with the path of what is wrong, leniently in form and
//! strictly in meaning.
//!
//! Reading accepts a number for a text and the reverse, one object for a list of one, and `null`
//! for an empty list, since gateways that convert from XML send all of these. Numbers keep their
//! digits: nothing passes through a float. A field that stands there twice, a document nested
//! deeper than [`MAX_DEPTH`], and anything that is not JSON are refused.

mod drift;
mod node;
mod reader;

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::drift::{Drift, Unread};
pub use self::node::MAX_DEPTH;
use self::node::{Node, Value};
use crate::error::{EncodeError, Reason, Unreadable};
use crate::message::Reply;

/// Writes a body.
///
/// # Errors
///
/// [`EncodeError::Value`] when a value has no form in JSON.
pub fn encode(value: &impl Serialize) -> Result<Vec<u8>, EncodeError> {
    // Most bodies fit, and growing a vector step by step costs more than the room.
    let mut body = Vec::with_capacity(2048);
    serde_json::to_writer(&mut body, value).map_err(|_| EncodeError::Value("body"))?;
    Ok(body)
}

/// Reads the body of a reply, and notes what it held beyond the type and what never came.
///
/// # Errors
///
/// [`Unreadable`] with the path of the field in the provider's names.
pub fn decode<T: DeserializeOwned>(reply: &Reply) -> Result<(T, Drift), Unreadable> {
    let text = body_text(reply)?;
    Document::parse(&text)?.read()
}

/// A body that has been read once and can be looked at several times.
#[derive(Debug)]
pub struct Document<'a> {
    /// The member of the outermost object that holds the answer, if there is one.
    envelope: Option<Cow<'a, str>>,
    node: Node<'a>,
    beside: Vec<Unread>,
    /// What should have been the envelope.
    absent: Option<String>,
}

impl<'a> Document<'a> {
    /// Reads a text, as [`body_text`] gives it.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when it is not JSON.
    pub fn parse(text: &'a str) -> Result<Self, Unreadable> {
        Ok(Self {
            envelope: None,
            node: node::parse(text)?,
            beside: Vec::new(),
            absent: None,
        })
    }

    /// Narrows the document to the object that holds `key`: the outermost one, or the only member
    /// of it that is an object with that key. What stands beside it counts as unread.
    ///
    /// `documented` is the member where the object should stand, `None` for the outermost object.
    /// It is read wherever it stands; that it stands elsewhere is noted as drift.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when no object holds the key, or more than one does.
    pub fn around(self, key: &str, documented: Option<&str>) -> Result<Self, Unreadable> {
        let mut found = if self.node.has(key) {
            self
        } else {
            self.inside(key)?
        };
        if found.envelope.as_deref() != documented {
            found.absent = Some(documented.unwrap_or(key).to_owned());
        }
        Ok(found)
    }

    fn inside(self, key: &str) -> Result<Self, Unreadable> {
        let Value::Object(entries) = self.node.value else {
            return Err(Unreadable::whole(Reason::Unexpected("an object".into())));
        };
        let (mut holders, others): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|(_, member)| member.has(key));
        let reason = if holders.is_empty() {
            Reason::Missing
        } else {
            Reason::Twice
        };
        match (holders.pop(), holders.is_empty()) {
            (Some((name, node)), true) => Ok(Self {
                envelope: Some(name),
                node,
                beside: others
                    .iter()
                    .map(|(name, node)| Unread::new(name.to_string(), node.raw))
                    .collect(),
                absent: None,
            }),
            _ => Err(Unreadable::at(key, reason)),
        }
    }

    /// Fills a type.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path of the field.
    pub fn read<T: DeserializeOwned>(&self) -> Result<(T, Drift), Unreadable> {
        let (value, mut drift) = reader::read(&self.node, self.envelope.as_deref())?;
        drift.unread.extend(self.beside.iter().cloned());
        drift.absent.extend(self.absent.iter().cloned());
        Ok((value, drift))
    }
}

/// Writes an exact decimal as a JSON number, digit for digit.
///
/// For `#[serde(serialize_with = "kervan_core::json::number")]`.
///
/// # Errors
///
/// Those of the serializer.
#[cfg(feature = "decimal")]
pub fn number<const PLACES: u32, S: serde::Serializer>(
    value: &crate::decimal::Fixed<PLACES>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let digits = value.to_string();
    let raw: &serde_json::value::RawValue =
        serde_json::from_str(&digits).map_err(serde::ser::Error::custom)?;
    raw.serialize(serializer)
}

/// The body as text: UTF-8 with or without a byte-order mark, else Windows-1254 when it was
/// declared or when the bytes are no UTF-8.
///
/// # Errors
///
/// [`Unreadable`] when it is empty, a page for people, or no text in a known charset.
pub fn body_text(reply: &Reply) -> Result<String, Unreadable> {
    let whole = |reason| Err(Unreadable::whole(reason));
    let bytes = reply
        .body
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&reply.body);
    if bytes.contains(&0) {
        return whole(Reason::Charset);
    }
    let declared = reply
        .header("content-type")
        .is_some_and(crate::charset::declares_turkish);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if !declared || text.is_ascii() => text.to_owned(),
        _ => match crate::charset::decode_windows_1254(bytes) {
            Some(text) => text,
            None => return whole(Reason::Charset),
        },
    };
    let start = text.trim_start();
    match start.as_bytes().first() {
        None => whole(Reason::Empty),
        Some(b'<') => whole(Reason::Page),
        Some(_) => Ok(text),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Answer {
        #[serde(rename = "Kod")]
        code: String,
        #[serde(rename = "Adet")]
        count: Option<u32>,
        #[serde(rename = "Satir", default)]
        rows: Vec<Row>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(rename = "Ad")]
        name: String,
    }

    fn read(body: &[u8]) -> Result<(Answer, Drift), Unreadable> {
        decode(&Reply::new(200, Vec::new(), body.to_vec()))
    }

    fn reason(body: &[u8]) -> (String, &'static str) {
        let error = read(body).unwrap_err();
        (error.path().to_owned(), error.reason().name())
    }

    #[test]
    fn reads_numbers_as_texts_and_texts_as_numbers() {
        let (answer, _) = read(br#"{"Kod": 100, "Adet": "7", "Satir": {"Ad": 1.50}}"#).unwrap();
        assert_eq!((answer.code.as_str(), answer.count), ("100", Some(7)));
        assert_eq!(
            answer.rows,
            [Row {
                name: "1.50".to_owned()
            }]
        );
    }

    #[test]
    fn notes_what_nobody_reads_and_what_never_came() {
        let (_, drift) =
            read(br#"{"Kod": "1", "Satir": [{"Ad": "a", "Yeni": {"x": 1}}, {"Ad": "b"}]}"#)
                .unwrap();
        assert_eq!(drift.absent, ["Adet"]);
        let unread: Vec<_> = drift
            .unread
            .iter()
            .map(|u| (u.path.as_str(), u.value.as_str()))
            .collect();
        assert_eq!(unread, [("Satir[0].Yeni", r#"{"x": 1}"#)]);
    }

    #[test]
    fn reports_the_path_and_never_the_value() {
        assert_eq!(
            reason(br#"{"Kod": "1", "Satir": [{"Ad": "a"}, {}]}"#),
            ("Satir[1].Ad".into(), "missing")
        );
        assert_eq!(
            reason(br#"{"Kod": {"gizli": 1}}"#),
            ("Kod".into(), "unexpected")
        );
        assert_eq!(
            reason(br#"{"Kod": "1", "Adet": "gizli"}"#),
            ("Adet".into(), "unexpected")
        );
        assert_eq!(
            reason(br#"{"Kod": "1", "Kod": "2"}"#),
            ("Kod".into(), "twice")
        );
        let shown = format!("{:?}", read(br#"{"Kod": "1", "Adet": "gizli"}"#));
        assert!(!shown.contains("gizli"), "{shown}");
    }

    #[test]
    fn sorts_what_is_not_json() {
        assert_eq!(reason(b" \r\n").1, "empty");
        assert_eq!(reason(b" <!DOCTYPE html><html>").1, "page");
        assert_eq!(reason(br#"{"Kod": "1""#).1, "cut_off");
        assert_eq!(reason(br#"{"Kod": "1"} x"#).1, "malformed");
        assert_eq!(reason(b"tamam").1, "malformed");
        assert_eq!(reason(b"[]").1, "unexpected");
        assert_eq!(reason(b"{\0}").1, "charset");
        assert_eq!(reason("[".repeat(100_000).as_bytes()).1, "cut_off");
        let deep = [vec![b'['; 1000], vec![b']'; 1000]].concat();
        assert_eq!(reason(&deep).1, "too_deep");
    }

    #[test]
    fn finds_the_object_around_a_key() {
        let read = |text| {
            let (row, drift): (Row, _) = Document::parse(text)?.around("Ad", Some("r"))?.read()?;
            let unread = drift.unread.into_iter().map(|unread| unread.path);
            let absent = drift.absent.into_iter().map(|path| format!("no {path}"));
            let unread: Vec<_> = unread.chain(absent).collect();
            Ok((row.name, unread))
        };
        let found = |name: &str, unread: &[&str]| {
            Ok((
                name.to_owned(),
                unread.iter().map(ToString::to_string).collect(),
            ))
        };
        assert_eq!(read(r#"{"r": {"Ad": "a"}}"#), found("a", &[]));
        assert_eq!(read(r#"{"Ad": "a"}"#), found("a", &["no r"]));
        assert_eq!(read(r#"{"t": {"Ad": "a"}}"#), found("a", &["no r"]));
        assert_eq!(
            read(r#"{"x": 1, "r": {"Ad": "a", "y": 2}}"#),
            found("a", &["r.y", "x"])
        );
        let missing = Err(Unreadable::at("Ad", Reason::Missing));
        assert_eq!(read(r#"{"r": {"s": {"Ad": "a"}}}"#), missing);
        let twice = Err(Unreadable::at("Ad", Reason::Twice));
        assert_eq!(read(r#"{"r": {"Ad": "a"}, "s": {"Ad": "b"}}"#), twice);
        let error: Result<(String, Vec<String>), _> = read(r#"{"r": {"Ad": [1]}}"#);
        assert_eq!(error.unwrap_err().path(), "r.Ad");
    }

    #[test]
    fn reads_windows_1254_where_it_is_not_utf_8() {
        let (answer, _) = read(b"{\"Kod\": \"\xddSTANBUL\"}").unwrap();
        assert_eq!(answer.code, "İSTANBUL");
    }
}
