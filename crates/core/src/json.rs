//! JSON bodies: written by serde, read with the path of what is wrong, leniently in form and
//! strictly in meaning.
//!
//! Reading accepts a number for a text and the reverse, one object for a list of one, and `null`
//! for an empty list, since gateways that convert from XML send all of these. Numbers keep their
//! digits: nothing passes through a float that is not read as one.
//!
//! What is refused: anything that is not JSON; a field of a struct that stands there twice; and, in
//! what a type reads, half of a surrogate pair (`\ud800`), a number that a float cannot hold, and
//! levels nested deeper than [`MAX_DEPTH`](crate::tree::MAX_DEPTH). What no type reads is only
//! checked to be JSON, so a new field cannot make an answer unreadable, whatever it holds.
//!
//! Wire types consist of structs, options, lists, texts, integers, and enums of plain or tagged
//! variants. Of the rest of serde, these differ from what its own formats do: a number reaches
//! `untagged`, `flatten` and internally tagged types as its digits in a text, keys of maps are
//! texts only, and a map keeps the last of two equal keys.

mod parse;

use std::borrow::Cow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::charset;
use crate::error::{EncodeError, Reason, Unreadable};
use crate::message::Reply;
use crate::tree::{Document, Drift};

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
    parse(&text)?.read()
}

/// Reads a text, as [`body_text`] gives it, into a document that can be looked at several times.
///
/// # Errors
///
/// [`Unreadable`] when it is not JSON.
pub fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    parse::document(text).map(Document::new)
}

/// Reads what a program has stored, such as a request that waits to be sent. Nothing is passed over:
/// a field that the type does not have is refused like one that is missing or stands there twice.
///
/// # Errors
///
/// [`Unreadable`] with the path of the field and the reason, never with a value.
pub fn from_stored<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    parse(text)?.read_strictly()
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

/// The body as text, in whatever charset it came.
///
/// # Errors
///
/// [`Unreadable`] when it is empty, a page for people, or no text in a known charset.
pub fn body_text(reply: &Reply) -> Result<Cow<'_, str>, Unreadable> {
    let declared = reply
        .header("content-type")
        .is_some_and(charset::declares_turkish);
    let text = charset::body_text(&reply.body, declared)?;
    match text.trim_start().as_bytes().first() {
        None => Err(Unreadable::whole(Reason::Empty)),
        Some(b'<') => Err(Unreadable::whole(Reason::Page)),
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
        assert_eq!(reason(&deep).1, "unexpected");
    }

    #[test]
    fn finds_the_object_around_a_key() {
        let read = |text| {
            let (row, drift): (Row, _) = parse(text)?.around("Ad", Some("r"))?.read()?;
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
