//! Reading the answer of a service call: envelope, codes, what was not expected.

use kervan_core::error::Unreadable;
use kervan_core::{Drift, Personal, ReadError, Reason, Reply, json};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::codes::{self, Page, SUCCESS};
use crate::lenient::{Envelope, Value};
use crate::rejection::Rejection;
use crate::settings::Settings;

type Read<T> = Result<T, ReadError<Rejection>>;

/// Reads the envelope of a success, or the refusal.
///
/// Success is an HTTP status from 200 to 299, and `Success`, and no other code than `RS100`. A
/// refusal is read whatever the HTTP status.
pub(crate) fn envelope(page: &Page, settings: &Settings, reply: &Reply) -> Read<Envelope> {
    let text = json::body_text(reply)?;
    let envelope = Envelope::of(Value::parse_object(&text)?)?;
    let message = envelope.data.get("Message").and_then(Value::as_text);
    let says_success = message.is_some_and(|text| text.trim() == SUCCESS);
    let refuses = message
        .and_then(codes::find)
        .is_some_and(|code| code != SUCCESS);
    if !envelope.success || refuses || (page.says_success && message.is_some() && !says_success) {
        return Err(ReadError::Rejected(Rejection::new(
            page.name, settings, envelope,
        )));
    }
    if !reply.is_success() {
        return Err(Unreadable::whole(Reason::Unexpected("a successful status".into())).into());
    }
    if page.says_success && !says_success {
        return Err(Unreadable::at("Data.Message", Reason::Missing).into());
    }
    Ok(envelope)
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
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Done {
    /// `Data` as JSON text, its numbers as texts; `None` when there was nothing in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

/// Reads a success whose answer is not documented.
pub(crate) fn done(page: &Page, settings: &Settings, reply: &Reply) -> Read<Done> {
    let data = envelope(page, settings, reply)?.data;
    Ok(Done {
        data: kept(&data, settings)?,
    })
}

/// A value as JSON text, key and salt taken out.
pub(crate) fn kept(value: &Value, settings: &Settings) -> Result<Option<Personal>, Unreadable> {
    if value.is_nothing() {
        return Ok(None);
    }
    Ok(Some(Personal::new(settings.scrub(&value.to_json()?))))
}
