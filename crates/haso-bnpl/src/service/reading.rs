//! Judges the answer of a call, and reads it with key and salt hidden in its texts.

use std::fmt;

use kervan_core::error::Unreadable;
use kervan_core::{
    Answer, Drift, ForeignText, Form, Personal, ReadError, Reason, Reply, Scrub as _,
};
use kervan_wire::json;
use kervan_wire::tree::Value;
use serde::de::DeserializeOwned;

use super::verdict;
use crate::browser::handover::Handover;
use crate::codes::{self, RESULT_CODES, RejectionKind, SUCCESS};
use crate::endpoint::Endpoint;
use crate::received::envelope::Envelope;
use crate::received::value::{AnyObject, ValueExt as _, parse_object};
use crate::rejection::Rejection;
use crate::settings::Settings;

/// The output of a call, or the reason why it is absent.
pub(crate) type Read<T> = Result<Answer<T>, ReadError<Rejection>>;

/// An answer that is not judged yet. Every method that takes a value out of it judges it first. It does not
/// print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub(crate) settings: &'a Settings,
    endpoint: &'a Endpoint,
    reply: &'a Reply,
}

impl<'a> Reading<'a> {
    pub(super) fn new(settings: &'a Settings, endpoint: &'a Endpoint, reply: &'a Reply) -> Self {
        Self {
            settings,
            endpoint,
            reply,
        }
    }

    /// Reads the envelope of a success, or the refusal.
    ///
    /// A success has an HTTP status from 200 to 299, `Success`, nothing in `Errors`, and no code but `RS100`
    /// in a message. The success of a write also lacks any refusing value. A refusal is read whatever the
    /// HTTP status. An answer that contradicts itself is unreadable.
    pub(crate) fn success(self) -> Result<Success<'a>, ReadError<Rejection>> {
        let text = json::body_text(self.reply)?;
        let mut success = self.judged(Envelope::of(parse_object(&text)?)?)?;
        if text.is_misdeclared() {
            success.envelope.drift.tolerate("", Form::Charset);
        }
        if !self.reply.is_success() {
            return Err(Unreadable::whole(Reason::Unexpected("a successful status".into())).into());
        }
        let message = success.envelope.message();
        if self.endpoint.says_success && message.is_none_or(|text| text.trim() != SUCCESS) {
            return Err(Unreadable::at("Data.Message", Reason::Missing).into());
        }
        Ok(success)
    }

    /// Reads the same where a refusal may repeat the request's own numbers. A number that looks like a
    /// code is not a code.
    pub(crate) fn success_without_echo(
        self,
        own: &[&str],
    ) -> Result<Success<'a>, ReadError<Rejection>> {
        self.success().map_err(|error| match error {
            ReadError::Rejected(mut no) if own.iter().any(|own| no.is_echo_of(own)) => {
                no.unlist();
                ReadError::Rejected(no)
            }
            other => other,
        })
    }

    /// Reads a success into a type.
    pub(crate) fn answer<T: DeserializeOwned>(self) -> Read<T> {
        Ok(self.success()?.read()?)
    }

    /// Reads a success with undocumented contents, as JSON text. Numbers of the request that the answer
    /// repeats, by the names of their members, must have their own values.
    pub(crate) fn undocumented(self, own: &[(&'static str, &str)]) -> Read<Option<Personal>> {
        let success = self.success()?;
        success.check_numbers(own)?;
        Ok(success.undocumented()?)
    }

    /// Reads any answer but a refusal in JSON and an error's status.
    pub(crate) fn handover(self) -> Read<Handover> {
        let Reply { status, body, .. } = self.reply;
        let text = String::from_utf8_lossy(body);
        // A page is handed over; an envelope has to be a success.
        let whole = parse_object(&text).ok();
        if let Some(whole) = whole.filter(|whole| whole.get("Success").is_some()) {
            self.judged(Envelope::of(whole)?)?;
        }
        let is_redirect = (300..400).contains(status);
        if !self.reply.is_success() && !is_redirect {
            return Err(Unreadable::whole(Reason::Unexpected("a successful status".into())).into());
        }
        let location = self.reply.header("location");
        if kervan_turkiye::text::is_blank(&text) && location.is_none() {
            return Err(Unreadable::whole(Reason::Empty).into());
        }
        let handover = Handover {
            status: *status,
            location: location.map(|location| self.text(location).into()),
            body: self.text(&text).into(),
        };
        Ok(Answer::new(handover, Drift::default()))
    }

    /// Takes over a text of the provider, with key and salt hidden.
    pub(crate) fn text(self, text: &str) -> ForeignText {
        ForeignText::new(text, self.settings)
    }

    /// Returns the envelope of a success, or the refusal, without regard to the HTTP status.
    fn judged(self, envelope: Envelope) -> Result<Success<'a>, ReadError<Rejection>> {
        verdict::agrees(self.endpoint, &envelope)?;
        let message = envelope.message();
        let says_success = message.is_some_and(|text| text.trim() == SUCCESS);
        let refuses = message.and_then(codes::refusing).is_some()
            || (self.endpoint.says_success && message.is_some() && !says_success);
        if !envelope.success || refuses || verdict::contradicts(self.endpoint, &envelope) {
            return Err(ReadError::Rejected(self.rejection(envelope)));
        }
        if self.endpoint.is_write {
            verdict::says_no(self.endpoint, self.settings, &envelope)?;
        }
        Ok(Success {
            reading: self,
            envelope,
        })
    }

    fn rejection(self, envelope: Envelope) -> Rejection {
        let message = envelope.message();
        let data = envelope.data.as_text();
        let data = data.filter(|_| !self.endpoint.has_text());
        let errors = envelope.errors.iter().map(Personal::as_str);
        let texts: Vec<&str> = errors
            .chain(message)
            .chain(data)
            .chain(envelope.undocumented())
            .collect();
        let found = texts.iter().find_map(|text| codes::refusing(text));
        let code = found.unwrap_or("?").to_owned();
        // Beside `Success` true, only the documented place of a code says what it means.
        let is_meant = !envelope.success
            || envelope.errors.is_empty() && message.and_then(codes::refusing) == Some(&code);
        let listed = RESULT_CODES.iter().find(|row| row.code == code && is_meant);
        let kind = listed
            .and_then(|row| row.kind)
            .unwrap_or(RejectionKind::Unlisted);
        let messages = texts.iter().map(|text| self.text(text)).collect();
        let phones = envelope.data.get("KkbPhones").cloned().unwrap_or_default();
        let phones = match phones.opened() {
            Value::List(items) => items,
            value => vec![value],
        };
        let phones = phones.iter().filter_map(Value::as_text);
        let phones = phones.map(|phone| self.text(phone).into()).collect();
        let drift = self.drift_of_refusal(envelope);
        Rejection::new(self.endpoint.name, code, kind, drift).with_texts(messages, phones)
    }

    /// Returns the contents of a refusal besides its texts.
    fn drift_of_refusal(self, envelope: Envelope) -> Drift {
        let mut forms = envelope.drift;
        envelope.data.note_forms("Data", &mut forms);
        for (at, text) in envelope.errors.iter().enumerate() {
            let text = Value::Text(text.as_str().to_owned());
            text.note_forms(&format!("Errors[{at}]"), &mut forms);
        }
        forms.scrub(|text| self.settings.scrub(text));
        let mut rest = envelope.rest;
        let data = match envelope.data {
            Value::Object(mut members) => {
                members.retain(|(name, _)| name != "Message" && name != "KkbPhones");
                Value::Object(members)
            }
            other => other,
        };
        if !data.is_nothing() {
            rest.put("Data", data);
        }
        let drift = rest.fill(self.settings).map(|(AnyObject {}, drift)| drift);
        let mut drift = drift.unwrap_or_default();
        drift.extend(forms);
        drift
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// The envelope of a success.
pub(crate) struct Success<'a> {
    reading: Reading<'a>,
    pub(crate) envelope: Envelope,
}

impl Success<'_> {
    /// Fills a type with `Data`.
    pub(crate) fn read<T: DeserializeOwned>(self) -> Result<Answer<T>, Unreadable> {
        let message = self.message();
        let (value, drift) = self.envelope.read::<T>(self.reading.settings)?;
        Ok(Answer::new(value, drift).message(message))
    }

    /// Returns `Data` as JSON text; `None` when it is empty. An empty list is a list without rows, so it is
    /// kept.
    pub(crate) fn data(&self) -> Option<Personal> {
        let data = &self.envelope.data;
        let is_there = matches!(data, Value::List(_)) || !data.is_nothing();
        let text = is_there.then(|| data.to_json())?;
        Some(self.reading.text(&text).into())
    }

    /// Returns `Data` as JSON text, of an answer that is not documented, or in part only.
    pub(crate) fn undocumented(self) -> Result<Answer<Option<Personal>>, Unreadable> {
        let (data, message) = (self.data(), self.message());
        let drift = self.envelope.drift_beside_data(self.reading.settings)?;
        Ok(Answer::new(data, drift).message(message))
    }

    /// Checks that every member of these names in the answer has the request's own value.
    pub(crate) fn check_numbers(&self, own: &[(&'static str, &str)]) -> Result<(), Unreadable> {
        own.iter()
            .try_for_each(|(name, own)| self.check_listed(name, &[own]))
    }

    /// Checks that every member of this name in the answer has one of the request's own values.
    pub(crate) fn check_listed(&self, name: &str, own: &[&str]) -> Result<(), Unreadable> {
        let Envelope { rest, data, .. } = &self.envelope;
        for (parent, value) in [("", rest), ("Data.", data)] {
            if value.has_other(name, own) {
                let reason = Reason::Unexpected("the request's own number".into());
                return Err(Unreadable::at([parent, name].concat(), reason));
            }
        }
        Ok(())
    }

    /// Returns the message, unless it is the code of success alone.
    fn message(&self) -> Option<ForeignText> {
        let text = self.envelope.message();
        let text = text.filter(|text| text.trim() != SUCCESS)?;
        Some(self.reading.text(text))
    }
}
