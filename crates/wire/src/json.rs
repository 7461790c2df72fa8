//! JSON bodies: written by serde, read with the path of what is wrong, leniently in form and
//! strictly in meaning.
//!
//! Reading accepts a number for a text and the reverse, one object for a list of one, and `null`
//! for an empty list, since gateways that convert from XML send all of these. Numbers keep their
//! digits: nothing passes through a float that is not read as one.
//!
//! [`decode`] and [`Body`] also read an answer with a damaged letter, a raw control character in a
//! text, or the name of a field in another letter case. Each of these is noted as drift.
//!
//! Reading rejects anything that is not JSON, and a duplicate field of a struct. In the values that a type
//! reads, it also rejects a number that a float cannot hold, and levels nested deeper than
//! [`MAX_DEPTH`](crate::tree::MAX_DEPTH). Values that no type reads are only checked to be JSON, so a new
//! field cannot make an answer unreadable, whatever it holds.
//!
//! Wire types consist of structs, options, lists, texts, integers, and enums of plain or tagged
//! variants. Of the rest of serde, these differ from its own formats: a number reaches
//! `untagged`, `flatten` and internally tagged types as its digits in a text, keys of maps are
//! texts only, and a map keeps the last of two equal keys.

mod parse;
mod repair;

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::charset;
use crate::tree::{Document, Drift, Form, path};
use kervan_core::error::{EncodeError, Reason, Unreadable};
use kervan_core::message::Reply;
use kervan_core::secret::Scrub;

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
    body_text(reply)?.parse()?.read()
}

/// Reads a text into a document that can be looked at several times. Names of fields are read in any
/// letter case.
///
/// # Errors
///
/// [`Unreadable`] when it is not JSON.
pub fn parse(text: &str) -> Result<Document<'_>, Unreadable> {
    parse::document(text).map(|node| Document::new(node).in_any_case())
}

/// The text of a body, in which damaged letters are U+FFFD and raw control characters are escaped. It does
/// not print itself.
#[derive(Clone)]
pub struct Body<'a> {
    text: Cow<'a, str>,
    scrub: Option<&'a dyn Scrub>,
    is_misdeclared: bool,
    /// Whether the text holds a damaged letter or a control character.
    is_repaired: bool,
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

    /// Reads the text into a document, which notes what was wrong with it.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] when it is not JSON.
    pub fn parse(&self) -> Result<Document<'_>, Unreadable> {
        let document = parse(&self.text)?;
        let mut drift = Drift::default();
        if self.is_misdeclared {
            drift.tolerate("", Form::Charset);
        }
        if self.is_repaired {
            document.each_text(&mut |steps, text| {
                for form in forms(text) {
                    drift.tolerate(&path(steps, None), form);
                }
            });
        }
        Ok(document.noting(drift).maybe_scrubbed_by(self.scrub))
    }
}

impl fmt::Debug for Body<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Body")
            .field("bytes", &self.text.len())
            .finish_non_exhaustive()
    }
}

impl Deref for Body<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

/// Returns the unexpected forms of a text.
pub fn forms(text: &str) -> impl Iterator<Item = Form> {
    let damaged = text.contains(charset::DAMAGED);
    let control = text.contains(|letter: char| letter < ' ');
    let damaged = damaged.then_some(Form::DamagedLetter);
    damaged
        .into_iter()
        .chain(control.then_some(Form::ControlCharacter))
}

/// Returns the same JSON text with raw control characters in its texts escaped and halves of surrogate pairs
/// replaced by U+FFFD; borrowed where it holds neither.
pub fn repaired(text: &str) -> Cow<'_, str> {
    repair::repaired(text)
}

/// Reads a value that a program has stored, such as a request that waits to be sent. Nothing is ignored:
/// a field that the type does not have is rejected like one that is missing or duplicate.
///
/// # Errors
///
/// [`Unreadable`] with the path of the field and the reason, never with a value.
pub fn from_stored<T: DeserializeOwned>(text: &str) -> Result<T, Unreadable> {
    parse(text)?.read_strictly()
}

/// Writes an exact decimal, which is one in its text, as a JSON number, digit for digit.
///
/// For `#[serde(serialize_with = "kervan_wire::json::number")]`.
///
/// # Errors
///
/// Those of the serializer.
pub fn number<T: fmt::Display, S: serde::Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let digits = value.to_string();
    let raw: &serde_json::value::RawValue =
        serde_json::from_str(&digits).map_err(serde::ser::Error::custom)?;
    raw.serialize(serializer)
}

/// Returns the body as text, in whatever charset it came.
///
/// # Errors
///
/// [`Unreadable`] when it is empty, a page for people, or no text in a known charset.
pub fn body_text(reply: &Reply) -> Result<Body<'_>, Unreadable> {
    let declared = reply
        .header("content-type")
        .is_some_and(charset::declares_turkish);
    body_of(&reply.body, declared)
}

/// Returns the same of a body without a reply around it, as of a post.
///
/// # Errors
///
/// Those of [`body_text`].
pub fn body_of(body: &[u8], declared_turkish: bool) -> Result<Body<'_>, Unreadable> {
    let read = charset::read(body, declared_turkish)?;
    match read.text.trim_start().as_bytes().first() {
        None => return Err(Unreadable::whole(Reason::Empty)),
        Some(b'<') => return Err(Unreadable::whole(Reason::Page)),
        Some(_) => {}
    }
    if read.is_damaged && repair::is_damaged_outside_of_texts(&read.text) {
        return Err(Unreadable::whole(Reason::Charset));
    }
    let repaired = match repaired(&read.text) {
        Cow::Owned(text) => Some(text),
        Cow::Borrowed(_) => None,
    };
    Ok(Body {
        scrub: None,
        is_misdeclared: read.is_misdeclared,
        is_repaired: read.is_damaged || repaired.is_some(),
        text: repaired.map_or(read.text, Cow::Owned),
    })
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
        assert_eq!(reason(b"{\"Kod\": \"1\"}\x81").1, "charset");
        assert_eq!(reason("{\"Ş\": \"1\", \u{fffd}}".as_bytes()).1, "malformed");
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

    fn tolerated(drift: &Drift) -> Vec<(&str, Form)> {
        let each = drift.tolerated.iter();
        each.map(|value| (value.path.as_str(), value.form))
            .collect()
    }

    #[test]
    fn r5_a_cut_letter_costs_that_letter_only() {
        let cut = |kod: &[u8]| {
            let row = "{\"Ad\": \"Şule\"}".as_bytes();
            [
                b"{\"Kod\": \"",
                kod,
                b"\", \"Adet\": 7, \"Satir\": [",
                row,
                b"]}",
            ]
            .concat()
        };
        for kod in [
            &b"BA\xc5"[..],
            b"BA\\ud83d",
            b"BA\xf0\x9f\x98",
            b"BA\\uDE00",
        ] {
            let (answer, drift) = read(&cut(kod)).unwrap();
            assert_eq!(
                (answer.code.as_str(), answer.count),
                ("BA\u{fffd}", Some(7))
            );
            assert_eq!(answer.rows[0].name, "Şule");
            assert_eq!(tolerated(&drift), [("Kod", Form::DamagedLetter)]);
        }
        let (answer, drift) = read(&cut(b"\\ud83d\\ude00")).unwrap();
        assert_eq!((answer.code.as_str(), drift.is_empty()), ("😀", true));
    }

    #[test]
    fn r7_control_characters_and_letter_case_are_read() {
        let text = b"{\"KOD\": \"a\tb\", \"Adet\": 7,\r\n\t\"satir\": [{\"Ad\": \"c\r\n\"}, {\"AD\": \"d\\t\"}]}";
        let (answer, drift) = read(text).unwrap();
        assert_eq!((answer.code.as_str(), answer.count), ("a\tb", Some(7)));
        let names: Vec<_> = answer.rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["c\r\n", "d\t"]);
        assert!(drift.unread.is_empty() && drift.absent.is_empty());
        let found = tolerated(&drift);
        for expected in [
            ("KOD", Form::LetterCase),
            ("KOD", Form::ControlCharacter),
            ("satir", Form::LetterCase),
            ("satir[0].Ad", Form::ControlCharacter),
            ("satir[1].AD", Form::LetterCase),
        ] {
            assert!(found.contains(&expected), "{expected:?} in {found:?}");
        }
        assert_eq!(reason(b"{\"Kod\": \"1\"\x0b}").1, "malformed");
    }

    #[test]
    fn r7_two_spellings_of_a_field_must_say_the_same() {
        let read = |text: &str| read(text.as_bytes()).map(|(answer, _)| answer.code);
        for text in [
            r#"{"kod": "1", "Kod": "1"}"#,
            r#"{"kod": null, "Kod": "1"}"#,
            r#"{"kod": "1", "Kod": ""}"#,
            r#"{"kod": "1", "KOD": null}"#,
        ] {
            assert_eq!(read(text).as_deref(), Ok("1"), "{text}");
        }
        for text in [
            r#"{"kod": "1", "Kod": "2"}"#,
            r#"{"kod": "1", "KOD": "2"}"#,
            r#"{"kod": "2", "KOD": "2", "Kod": "1"}"#,
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.path(), error.reason()), ("Kod", &Reason::Twice));
        }
        let stored = from_stored::<Row>(r#"{"ad": "x"}"#).unwrap_err();
        assert_eq!(stored.path(), "ad");
    }

    #[test]
    fn r6_a_value_that_decides_nothing_and_a_bad_row_cost_only_themselves() {
        use crate::tree::{Optional, ReadableRows};

        #[derive(Debug, Deserialize)]
        struct List {
            #[serde(rename = "Gun")]
            day: Option<Optional<u8>>,
            #[serde(rename = "Satir")]
            rows: ReadableRows<Row>,
        }

        let list = |text: &str| parse(text)?.read::<List>();
        let text =
            r#"{"Gun": "yarın", "Satir": [{"Ad": "a"}, null, {"Ad": [1]}, "x", {"Ad": "b"}]}"#;
        let (read, drift) = list(text).unwrap();
        assert_eq!(read.day.unwrap().get(), None);
        assert_eq!(read.rows.unread(), 3);
        let names: Vec<_> = read.rows.read().map(|row| row.name).collect();
        assert_eq!(names, ["a", "b"]);
        let unread: Vec<_> = drift
            .unread
            .iter()
            .map(|u| (u.path.as_str(), u.value.as_str()))
            .collect();
        assert_eq!(
            unread,
            [
                ("Gun", "\"yarın\""),
                ("Satir[1]", "null"),
                ("Satir[2]", r#"{"Ad": [1]}"#),
                ("Satir[3]", "\"x\"")
            ]
        );
        let (read, drift) = list(r#"{"Gun": "7", "Satir": []}"#).unwrap();
        assert_eq!(read.day.unwrap().get(), Some(7));
        assert!(read.rows.all().is_empty() && drift.is_empty());
        // A list of another shape is not an empty one.
        let error = list(r#"{"Satir": ["x", "y"]}"#).unwrap_err();
        assert_eq!(error.path(), "Satir");
    }

    #[test]
    fn r8_another_object_with_the_key_is_an_addition_if_it_agrees() {
        let read = |text| {
            let (row, drift): (Row, _) = parse(text)?.around("Ad", Some("r"))?.read()?;
            let unread = drift.unread.into_iter().map(|unread| unread.path);
            Ok((row.name, unread.collect::<Vec<_>>()))
        };
        for (text, beside) in [
            (r#"{"Ad": "a", "r": {"Ad": "a"}}"#, "Ad"),
            (r#"{"s": {"AD": " A "}, "r": {"Ad": "a"}}"#, "s"),
            (r#"{"Ad": null, "r": {"Ad": "a"}}"#, "Ad"),
        ] {
            assert_eq!(read(text), Ok(("a".to_owned(), vec![beside.to_owned()])));
        }
        let twice = Err(Unreadable::at("Ad", Reason::Twice));
        assert_eq!(read(r#"{"Ad": "b", "r": {"Ad": "a"}}"#), twice);
        assert_eq!(read(r#"{"r": {"Ad": "a"}, "r": {"Ad": "a"}}"#), twice);
    }

    #[test]
    fn reads_windows_1254_where_it_is_not_utf_8() {
        let (answer, _) = read(b"{\"Kod\": \"\xddSTANBUL\"}").unwrap();
        assert_eq!(answer.code, "İSTANBUL");
    }
}
