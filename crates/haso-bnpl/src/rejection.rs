//! The provider's refusal: code, meaning, texts.

use kervan_core::outcome::Try;
use kervan_core::{Class, Drift, Outcome, Personal};
use serde::Serialize;

use crate::answer;
use crate::codes::{self, Kind, RESULT_CODES};
use crate::lenient::{Envelope, Value};
use crate::settings::Settings;

/// HASO read the request and said no.
///
/// Its text holds the code and what it means. The provider's own texts may repeat values of the
/// request, so they stand apart and do not print themselves.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("`{operation}` was refused with {code}: {}", kind.meaning())]
#[non_exhaustive]
pub struct Rejection {
    /// The method's name.
    #[serde(skip)]
    pub operation: &'static str,
    /// The code, as `H307`; `?` where the provider's texts hold none.
    pub code: String,
    /// What it means.
    pub kind: Kind,
    /// The provider's texts, with key and salt taken out. Wire: `Errors`, `Data["message"]`.
    pub messages: Vec<Personal>,
    /// By their name, the telephone numbers that the credit bureau knows, where the code says that the one
    /// sent cannot be used. Wire:
    /// `KkbPhones`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phones: Vec<Personal>,
    /// What the answer held beyond its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Box<Drift>,
    /// Which try of which class was refused.
    #[serde(skip)]
    this: Option<Try>,
}

impl Rejection {
    pub(crate) fn new(operation: &'static str, settings: &Settings, envelope: Envelope) -> Self {
        let message = envelope
            .data
            .get("Message")
            .and_then(Value::as_text)
            .map(str::to_owned);
        let data = envelope.data.as_text().filter(|_| operation != "GetToken");
        let texts: Vec<String> = envelope
            .errors
            .iter()
            .map(Personal::as_str)
            .chain(message.as_deref())
            .chain(data)
            .chain(answer::undocumented(&envelope))
            .map(str::to_owned)
            .collect();
        let found = texts.iter().find_map(|text| codes::refusing(text));
        let code = found.unwrap_or("?").to_owned();
        // Beside `Success` true, only the documented place of a code says what it means.
        let is_meant = !envelope.success
            || envelope.errors.is_empty()
                && message.as_deref().and_then(codes::refusing) == Some(&code);
        let listed = RESULT_CODES.iter().find(|row| row.code == code && is_meant);
        let kind = listed.and_then(|row| row.kind).unwrap_or(Kind::Unlisted);
        let hidden = |text: &str| Personal::new(settings.scrub(text));
        let messages = texts.iter().map(|text| hidden(text)).collect();
        let phones = match envelope
            .data
            .get("KkbPhones")
            .cloned()
            .unwrap_or_default()
            .opened()
        {
            Value::List(items) => items
                .iter()
                .filter_map(Value::as_text)
                .map(hidden)
                .collect(),
            value => value.as_text().map(hidden).into_iter().collect(),
        };
        Self {
            operation,
            code,
            kind,
            messages,
            phones,
            drift: Box::new(unread(envelope, settings)),
            this: None,
        }
    }

    /// Forgets the code: it was none of the provider's.
    pub(crate) fn unlist(&mut self) {
        "?".clone_into(&mut self.code);
        self.kind = Kind::Unlisted;
    }
}

/// What stands in a refusal besides its texts.
fn unread(envelope: Envelope, settings: &Settings) -> Drift {
    #[derive(serde::Deserialize)]
    struct Nothing {}
    let mut forms = envelope.drift;
    envelope.data.note_forms("Data", &mut forms);
    for (at, text) in envelope.errors.iter().enumerate() {
        let text = Value::Text(text.as_str().to_owned());
        text.note_forms(&format!("Errors[{at}]"), &mut forms);
    }
    let mut rest = envelope.rest;
    let data = match envelope.data {
        Value::Object(members) => {
            let known = |name: &str| name == "Message" || name == "KkbPhones";
            Value::Object(
                members
                    .into_iter()
                    .filter(|(name, _)| !known(name))
                    .collect(),
            )
        }
        other => other,
    };
    if !data.is_nothing() {
        rest.put("Data", data);
    }
    let mut drift = rest
        .read::<Nothing>()
        .map(|(_, drift)| drift)
        .unwrap_or_default();
    drift.extend(forms);
    drift.scrub(|text| settings.scrub(text));
    drift
}

impl kervan_core::Rejection for Rejection {
    fn code(&self) -> &str {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        self.kind.outcome_of(self.operation, self.this)
    }

    /// A refusal that no client has noted yet counts as a blind write's.
    fn class(&self) -> Class {
        self.this.map_or(Class::Blind, |this| this.class)
    }

    fn of_try(mut self, this: Try) -> Self {
        self.this = Some(this);
        self
    }

    fn exists(&self) -> bool {
        self.kind.exists(self.operation)
    }

    fn refuses_contents(&self) -> bool {
        self.kind.refuses_contents(self.operation)
    }
}
