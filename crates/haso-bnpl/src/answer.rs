//! Reading the answer of a service call: envelope, codes, what was not expected.

mod verdict;

use kervan_core::error::Unreadable;
use kervan_core::{Drift, Form, Personal, ReadError, Reason, Reply, json};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::codes::{self, Page, SUCCESS};
use crate::ids::{OrderNumber, TransactionCode};
use crate::lenient::{Envelope, Value};
use crate::rejection::Rejection;
use crate::settings::Settings;

type Read<T> = Result<T, ReadError<Rejection>>;

/// Reads the envelope of a success, or the refusal.
///
/// Success is an HTTP status from 200 to 299, and `Success`, and nothing in `Errors`, and no other
/// code than `RS100` in a message, and, of a write, nothing in the answer that says no. A refusal is
/// read whatever the HTTP status. An answer that contradicts itself is unreadable.
pub(crate) fn envelope(page: &Page, settings: &Settings, reply: &Reply) -> Read<Envelope> {
    let text = json::body_text(reply)?;
    let mut envelope = judged(page, settings, Envelope::of(Value::parse_object(&text)?)?)?;
    if text.is_misdeclared() {
        envelope.drift.tolerate("", Form::Charset);
    }
    if !reply.is_success() {
        return Err(Unreadable::whole(Reason::Unexpected("a successful status".into())).into());
    }
    let message = envelope.data.get("Message").and_then(Value::as_text);
    if page.says_success && message.is_none_or(|text| text.trim() != SUCCESS) {
        return Err(Unreadable::at("Data.Message", Reason::Missing).into());
    }
    Ok(envelope)
}

/// The envelope of a success, or the refusal, without regard to the HTTP status.
pub(crate) fn judged(page: &Page, settings: &Settings, envelope: Envelope) -> Read<Envelope> {
    verdict::agrees(page, &envelope)?;
    let message = envelope.data.get("Message").and_then(Value::as_text);
    let says_success = message.is_some_and(|text| text.trim() == SUCCESS);
    let refuses = message.and_then(codes::refusing).is_some()
        || (page.says_success && message.is_some() && !says_success);
    if !envelope.success || refuses || contradicts(page, &envelope) {
        return Err(ReadError::Rejected(Rejection::new(
            page.name, settings, envelope,
        )));
    }
    if page.is_write {
        verdict::says_no(page, settings, &envelope)?;
    }
    Ok(envelope)
}

/// Whether a success holds errors, or a refusing code where no page puts one.
fn contradicts(page: &Page, envelope: &Envelope) -> bool {
    let data = (!page.has_text())
        .then(|| envelope.data.as_text())
        .flatten();
    let mut texts = data.into_iter().chain(undocumented(envelope));
    !envelope.errors.is_empty() || texts.any(|text| codes::refusing(text).is_some())
}

/// The texts of an envelope where a code may stand though no page puts one there.
pub(crate) fn undocumented(envelope: &Envelope) -> impl Iterator<Item = &str> {
    let places = [
        envelope.data.get("Code"),
        envelope.rest.get("Message"),
        envelope.rest.get("Code"),
    ];
    places.into_iter().flatten().filter_map(Value::as_text)
}

/// A refusal whose code is only an echo of one of the request's own numbers has no known code.
pub(crate) fn without_echo(error: ReadError<Rejection>, own: &[&str]) -> ReadError<Rejection> {
    match error {
        ReadError::Rejected(mut no)
            if own
                .iter()
                .any(|number| codes::all(number).any(|code| code == no.code)) =>
        {
            no.unlist();
            ReadError::Rejected(no)
        }
        other => other,
    }
}

/// Whether every number of an order in the answer is that of the one asked for.
pub(crate) fn same_order(
    envelope: &Envelope,
    order: &OrderNumber,
    transaction: &TransactionCode,
) -> Result<(), Unreadable> {
    let own = [
        ("MerchantOid", order.as_str()),
        ("TransactionCode", transaction.as_str()),
    ];
    same_numbers(envelope, &own)
}

/// Whether every member of these names in the answer has the request's own value.
pub(crate) fn same_numbers(
    envelope: &Envelope,
    own: &[(&'static str, &str)],
) -> Result<(), Unreadable> {
    for (name, own) in own {
        for (parent, value) in [("", &envelope.rest), ("Data.", &envelope.data)] {
            if has_other(value, name, own) {
                let reason = Reason::Unexpected("the request's own number".into());
                return Err(Unreadable::at([parent, name].concat(), reason));
            }
        }
    }
    Ok(())
}

/// Whether a member of that name, at any depth, has another text.
fn has_other(value: &Value, name: &str, own: &str) -> bool {
    match value {
        Value::List(items) => items.iter().any(|item| has_other(item, name, own)),
        Value::Object(members) => members.iter().any(|(member, value)| {
            let is_other = member == name
                && match value {
                    Value::Null => false,
                    other => {
                        !other.is_nothing() && other.as_text().map(str::trim) != Some(own.trim())
                    }
                };
            is_other || has_other(value, name, own)
        }),
        _ => false,
    }
}

/// Reads a success into a type.
pub(crate) fn read<T: DeserializeOwned>(
    page: &Page,
    settings: &Settings,
    reply: &Reply,
) -> Read<(T, Drift)> {
    let (output, mut drift) = envelope(page, settings, reply)?.read()?;
    drift.scrub(|text| settings.scrub(text));
    Ok((output, drift))
}

/// The provider said yes. What else its answer held is not documented, and kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Done {
    /// `Data` as JSON text, its numbers as texts; `None` when there was nothing in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
    /// What stood beside `Data`.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl Done {
    pub(crate) fn of(envelope: Envelope, settings: &Settings) -> Result<Self, Unreadable> {
        #[derive(Deserialize)]
        struct Nothing {}
        let data = kept(&envelope.data, settings)?;
        let (Nothing {}, mut drift) = envelope.rest.read()?;
        envelope.data.note_forms("Data", &mut drift);
        drift.extend(envelope.drift);
        drift.scrub(|text| settings.scrub(text));
        Ok(Self { data, drift })
    }
}

/// Reads a success whose answer is not documented, but for the request's own numbers where it repeats
/// them.
pub(crate) fn done_of(
    page: &Page,
    settings: &Settings,
    reply: &Reply,
    own: &[(&'static str, &str)],
) -> Read<Done> {
    let envelope = envelope(page, settings, reply)?;
    same_numbers(&envelope, own)?;
    Ok(Done::of(envelope, settings)?)
}

/// Reads a success whose answer is not documented.
pub(crate) fn done(page: &Page, settings: &Settings, reply: &Reply) -> Read<Done> {
    Ok(Done::of(envelope(page, settings, reply)?, settings)?)
}

/// A value as JSON text, key and salt taken out.
pub(crate) fn kept(value: &Value, settings: &Settings) -> Result<Option<Personal>, Unreadable> {
    if value.is_nothing() {
        return Ok(None);
    }
    Ok(Some(Personal::new(settings.scrub(&value.to_json()?))))
}
