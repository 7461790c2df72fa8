//! The one reader of all posts. Their form on the wire is not documented, so every
//! plausible form is read, and nothing that could be read in two ways.

use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Reason, Scrub};
use kervan_wire::form::{self, Fields, MAX_BODY};
use kervan_wire::tree::Value;
use kervan_wire::{charset, json};

use super::{multipart, names};
use crate::plan;
use crate::received::envelope::Envelope;
use crate::received::value::{ValueExt as _, parse_object};

/// Names that belong into `Data` and may be beside it.
const IN_DATA: [&str; 10] = [
    "NameSurname",
    "CustomerId",
    "CustomerLimit",
    "TransactionStatus",
    "TransactionPayments",
    "TransactionCode",
    "MerchantOid",
    "Fee",
    "TotalAmount",
    "DownPayment",
];

/// Hides nothing in a post. A post is read without a client, so its credentials are not known.
pub(super) struct NoCredentials;

impl Scrub for NoCredentials {
    fn scrub(&self, text: &str) -> String {
        text.to_owned()
    }
}

/// Reads a post into one object.
pub(super) fn object(delivery: &Delivery) -> Result<Value, Unreadable> {
    let body = delivery.body.as_slice();
    if body.len() > MAX_BODY {
        return Err(Unreadable::whole(Reason::TooLarge));
    }
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(Unreadable::whole(Reason::Empty));
    }
    let content_type = delivery.content_type().unwrap_or_default();
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(&b'{') || is_json(content_type) && !form::looks_like_a_form(body) {
        let turkish = charset::declares_turkish(content_type);
        return parse_object(&json::body_of(body, turkish)?);
    }
    if first == Some(&b'<') {
        return Err(Unreadable::whole(Reason::Page));
    }
    let value = match multipart::boundary(content_type) {
        Some(boundary) => {
            let fields = multipart::fields(boundary, body)?;
            names::object(
                fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str())),
            )
        }
        None => names::object(Fields::parse(Some(content_type), body)?.iter()),
    };
    Ok(whole_in_one_field(value))
}

fn is_json(content_type: &str) -> bool {
    let media = content_type.split(';').next().unwrap_or_default();
    let media = media.trim().to_ascii_lowercase();
    media == "application/json" || media.ends_with("+json")
}

/// Returns the envelope that a single field holds as JSON text.
fn whole_in_one_field(value: Value) -> Value {
    let Value::Object(members) = &value else {
        return value;
    };
    let [(name, Value::Text(text))] = members.as_slice() else {
        return value;
    };
    if name == "Data" {
        return value;
    }
    let inner = [text, name].into_iter().find_map(|text| {
        let inner = text
            .trim_start()
            .starts_with('{')
            .then(|| parse_object(text).ok())??;
        inner.get("Success").is_some().then_some(inner)
    });
    inner.unwrap_or(value)
}

/// Takes the envelope apart, and moves the members of `Data` into it.
pub(super) fn envelope(value: Value) -> Result<Envelope, Unreadable> {
    let mut envelope = Envelope::of(value)?;
    if envelope.data.is_nothing() {
        envelope.data = Value::Null;
        for name in IN_DATA {
            let value = envelope.rest.take(name)?;
            if !value.is_nothing() {
                envelope.data.put(name, value);
            }
        }
    }
    plan::agree(&envelope.rest, &envelope.data, &IN_DATA)?;
    plan::settle_form(&mut envelope.data)?;
    if let Some(plan) = envelope.data.get("TransactionPayments") {
        plan::agree(&envelope.rest, plan, &IN_DATA)?;
        plan::agree(&envelope.data, plan, &["CustomerId", "TransactionStatus"])?;
    }
    Ok(envelope)
}
