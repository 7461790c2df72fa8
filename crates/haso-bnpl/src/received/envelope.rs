//! The envelope of every answer and post: `Success`, `Errors`, `Data`.

use kervan_core::error::Unreadable;
use kervan_core::{Drift, Personal, Reason, Scrub};
use kervan_wire::tree::Value;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::value::{AnyObject, ValueExt as _};

/// The three members of an envelope, and the rest.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) success: bool,
    pub(crate) errors: Vec<Personal>,
    pub(crate) data: Value,
    /// The members beside the three, as an object.
    pub(crate) rest: Value,
    /// Notes about the body as a whole.
    pub(crate) drift: Drift,
}

#[derive(Deserialize)]
struct Whole<T> {
    #[serde(rename = "Data")]
    data: T,
}

impl Envelope {
    /// Takes an object apart.
    ///
    /// # Errors
    ///
    /// When `Success` is absent, or neither yes nor no.
    pub(crate) fn of(mut whole: Value) -> Result<Self, Unreadable> {
        let success = flag(&whole.take("Success")?)?;
        let errors = errors(whole.take("Errors")?.opened());
        let data = whole.take("Data")?.opened();
        Ok(Self {
            success,
            errors,
            data,
            rest: whole,
            drift: Drift::default(),
        })
    }

    /// Returns the text of `Data["message"]`, where pages put the code of a success.
    pub(crate) fn message(&self) -> Option<&str> {
        self.data.get("Message").and_then(Value::as_text)
    }

    /// Returns the texts that may hold a code although no page puts one there.
    pub(crate) fn undocumented(&self) -> impl Iterator<Item = &str> {
        let places = [
            self.data.get("Code"),
            self.rest.get("Message"),
            self.rest.get("Code"),
        ];
        places.into_iter().flatten().filter_map(Value::as_text)
    }

    /// Fills a type with `Data`, and notes members that the type does not read, beside `Data` too.
    pub(crate) fn read<T: DeserializeOwned>(
        self,
        scrub: &dyn Scrub,
    ) -> Result<(T, Drift), Unreadable> {
        let mut whole = self.rest;
        whole.put("Data", self.data);
        if !self.errors.is_empty() {
            // A success should have no errors. The drift keeps the texts of one that has some.
            let texts = self
                .errors
                .iter()
                .map(|text| Value::Text(text.as_str().to_owned()));
            whole.put("Errors", Value::List(texts.collect()));
        }
        let (whole, mut drift) = whole.fill::<Whole<T>>(scrub)?;
        drift.extend(self.drift);
        Ok((whole.data, drift))
    }

    /// Returns the drift of an answer with `Data` kept as it is: the members beside it, and odd forms in it.
    pub(crate) fn drift_beside_data(self, scrub: &dyn Scrub) -> Result<Drift, Unreadable> {
        let mut forms = Drift::default();
        self.data.note_forms("Data", &mut forms);
        forms.scrub(|text| scrub.scrub(text));
        let (AnyObject {}, mut drift) = self.rest.fill(scrub)?;
        drift.extend(forms);
        drift.extend(self.drift);
        Ok(drift)
    }
}

/// Reads yes or no, in the spellings of form posts.
fn flag(value: &Value) -> Result<bool, Unreadable> {
    let text = match value {
        Value::Flag(flag) => return Ok(*flag),
        Value::Text(text) => text.trim(),
        Value::Null => return Err(Unreadable::at("Success", Reason::Missing)),
        _ => "",
    };
    if text.eq_ignore_ascii_case("true") || text == "1" {
        Ok(true)
    } else if text.eq_ignore_ascii_case("false") || text == "0" {
        Ok(false)
    } else {
        Err(Unreadable::at(
            "Success",
            Reason::Unexpected("true or false".into()),
        ))
    }
}

/// Reads the texts of a list, or one text. An object becomes its message, or its JSON.
fn errors(value: Value) -> Vec<Personal> {
    let text = |value: Value| match value {
        Value::Flag(true) => Some("true".to_owned()),
        Value::Object(members) if members.is_empty() => None,
        Value::List(items) if !items.is_empty() => Some(Value::List(items).to_json()),
        Value::Text(text) if !kervan_turkiye::text::is_blank(&text) => Some(text),
        Value::Object(_) => match value.get("Message").and_then(Value::as_text) {
            Some(text) => Some(text.to_owned()),
            None => Some(value.to_json()),
        },
        _ => None,
    };
    let items = match value {
        Value::List(items) => items,
        other => vec![other],
    };
    items
        .into_iter()
        .filter_map(text)
        .map(Personal::from)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::received::value::parse_object;

    fn read(text: &str) -> Result<Envelope, Unreadable> {
        Envelope::of(parse_object(text).unwrap())
    }

    #[test]
    fn reads_yes_and_no_in_every_spelling() {
        for (text, success) in [
            ("true", true),
            (r#""True""#, true),
            (r#""1""#, true),
            ("1", true),
            ("false", false),
            (r#""FALSE""#, false),
            ("0", false),
        ] {
            assert_eq!(
                read(&format!(r#"{{"success": {text}}}"#)).unwrap().success,
                success,
                "{text}"
            );
        }
        for text in [
            r#"{"Success": "evet"}"#,
            r#"{"Success": []}"#,
            r#"{"Success": null}"#,
            "{}",
        ] {
            assert_eq!(read(text).unwrap_err().path(), "Success", "{text}");
        }
    }

    #[test]
    fn reads_errors_in_every_form() {
        for (text, wanted) in [
            ("null", &[][..]),
            (r#""""#, &[]),
            (r#""H223""#, &["H223"]),
            (r#"["a", null, "b"]"#, &["a", "b"]),
            (r#""[\"a\", \"b\"]""#, &["a", "b"]),
            (r#"[{"message": "a"}]"#, &["a"]),
            (r#"[["a"], {}]"#, &[r#"["a"]"#]),
            ("true", &["true"]),
            ("{}", &[]),
        ] {
            let envelope = read(&format!(r#"{{"Success": false, "Errors": {text}}}"#)).unwrap();
            let found: Vec<_> = envelope.errors.iter().map(Personal::as_str).collect();
            assert_eq!(found, wanted, "{text}");
        }
    }
}
