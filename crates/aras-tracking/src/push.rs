//! Reads the carrier's posts to a web service of the shipper, and writes the answer.
//!
//! The operation's name, its namespace and the numbers of its states are not public, so the reader
//! looks for the fields in every place, and the state keeps its number. User name and password alone
//! identify the sender: [`Push::is_from`] compares them, and an event that was not compared proves
//! nothing.

use std::collections::BTreeMap;
use std::hint::black_box;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Delivery, Drift, EncodeError, Personal, Reply, Scrub, Secret};
use kervan_tracking::{EventTime, TrackingEvent, TrackingStatus};
use kervan_turkiye::empty_date::is_empty_date;
use kervan_turkiye::text::fold_name;
use kervan_wire::scrub::scrub_all;
use kervan_wire::soap::{self, Element};
use kervan_wire::tree::Value;
use serde::Serialize;

use crate::ids::CustomerReference;
use crate::parts::{Password, UserName};
use crate::value::ValueExt as _;

/// An event that somebody sent in the carrier's name.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Push {
    /// The shipper's reference, up to 64 characters. Wire: `IntegrationCode`.
    pub reference: CustomerReference,
    /// The state by its number. The numbers are not public; they are not those of the query service. Wire:
    /// `CargoStatus`.
    pub status_code: String,
    /// When it happened. Wire: `ProcessDate`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<EventTime>,
    /// A text of up to 128 characters. Wire: `Description`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal>,
    /// Fields beyond the documented ones.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
    /// The operation's name, which the answer repeats.
    pub operation: String,
    /// Oddities in the text of the post.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
    #[serde(skip)]
    sender: Sender,
}

/// The sender, as the post names it.
#[derive(Clone, Debug)]
struct Sender {
    /// Wire: `UserName`.
    user_name: Secret,
    /// Wire: `Password`.
    password: Secret,
}

impl Scrub for Sender {
    fn scrub(&self, text: &str) -> String {
        scrub_all(text, [&self.user_name, &self.password])
    }
}

const FIELDS: [&str; 6] = [
    "INTEGRATIONCODE",
    "CARGOSTATUS",
    "PROCESSDATE",
    "DESCRIPTION",
    "USERNAME",
    "PASSWORD",
];

const FIELD_NAMES: [&str; 2] = ["IntegrationCode", "CargoStatus"];

/// The longest post that is read, in bytes. An event has six short texts.
const MAX_BODY: usize = 1 << 20;

/// Reads what was posted: an envelope of SOAP 1.1 or 1.2, or the fields in any element.
///
/// # Errors
///
/// [`Unreadable`] when it is not XML, is longer than 1 MiB, or lacks the reference or the state; when it
/// holds more than one event, a duplicate field, or two logins that differ.
pub fn read(delivery: &Delivery) -> Result<Push, Unreadable> {
    if delivery.body.len() > MAX_BODY {
        return Err(Unreadable::whole(Reason::TooLarge));
    }
    let request = Reply::new(200, delivery.headers.clone(), delivery.body.clone());
    let body = soap::body_text(&request)?;
    let document = body.document()?;
    let name = document.name().unwrap_or_default().to_owned();
    let (content, mut drift) = document.read::<Value>()?;
    let operation = operation(&name, &content);
    let login = ["UserName", "Password"].map(|name| anywhere(&content, name));
    let [login_name, login_password] = login;
    if events(&content) > 1 {
        return Err(Unreadable::at("IntegrationCode", Reason::Twice));
    }
    let members =
        holder(content).ok_or_else(|| Unreadable::at("IntegrationCode", Reason::Missing))?;
    let mut known: [Option<String>; 6] = Default::default();
    let mut other = BTreeMap::new();
    for (name, value) in members {
        let folded = fold_name(&name);
        match FIELDS.iter().position(|field| *field == folded) {
            Some(at) if known[at].is_some() || matches!(value, Value::List(_)) => {
                return Err(Unreadable::at(name, Reason::Twice));
            }
            // The reference and the state count as texts only.
            Some(at @ (0 | 1)) if matches!(value, Value::Object(_)) => {
                return Err(Unreadable::at(
                    FIELD_NAMES[at],
                    Reason::Unexpected("a text".into()),
                ));
            }
            Some(at) => known[at] = Some(value.flat()),
            None => {
                other.insert(name, value.without_login().flat());
            }
        }
    }
    let [reference, status, at, description, ..] = known;
    // The login may be in the header, or around the event.
    let (user_name, password) = (login_name?, login_password?);
    let missing = |name: &str| Unreadable::at(name, Reason::Missing);
    let reference = CustomerReference::new(reference.unwrap_or_default())
        .map_err(|_| missing("IntegrationCode"))?;
    let status = status.map(|text| text.trim().to_owned());
    let status_code = status.filter(|text| !text.is_empty());
    let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let sender = Sender {
        user_name: Secret::new(user_name.unwrap_or_default()),
        password: Secret::new(password.unwrap_or_default()),
    };
    drift.scrub(|text| sender.scrub(text));
    let personal = |text: String| Personal::from(sender.scrub(&text));
    let description = filled(description).map(personal);
    let other = other.into_iter();
    let other = other.map(|(name, text)| (sender.scrub(&name), personal(text)));
    let other = other.collect();
    Ok(Push {
        reference,
        status_code: status_code.ok_or_else(|| missing("CargoStatus"))?,
        at: filled(at)
            .filter(|text| !is_empty_date(text))
            .map(|text| EventTime::read(&text)),
        description,
        other,
        operation,
        drift,
        sender,
    })
}

/// Returns the operation's name: that of the element in the envelope's body, or of the outermost one.
fn operation(name: &str, content: &Value) -> String {
    let in_body = content
        .below(&["Body"])
        .into_iter()
        .find_map(|body| match body {
            Value::Object(members) => members.first().map(|(name, _)| name.clone()),
            _ => None,
        });
    in_body
        .filter(|_| name == "Envelope")
        .unwrap_or_else(|| name.to_owned())
}

/// Returns how many references a document holds.
fn events(value: &Value) -> usize {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| match value {
                Value::List(items) if fold_name(name) == FIELDS[0] => items.len(),
                _ => usize::from(fold_name(name) == FIELDS[0]) + events(value),
            })
            .sum(),
        Value::List(items) => items.iter().map(events).sum(),
        _ => 0,
    }
}

/// Returns the members of the outermost element that holds the reference. Documents are no deeper than
/// [`MAX_DEPTH`](kervan_wire::tree::MAX_DEPTH).
fn holder(value: Value) -> Option<Vec<(String, Value)>> {
    match value {
        Value::Object(members) => {
            if members.iter().any(|(name, _)| fold_name(name) == FIELDS[0]) {
                return Some(members);
            }
            members.into_iter().find_map(|(_, value)| holder(value))
        }
        Value::List(items) => items.into_iter().find_map(holder),
        _ => None,
    }
}

/// Returns the one value of a field, in any place. Two that differ are refused, because it is not known which
/// of them counts.
fn anywhere(content: &Value, name: &'static str) -> Result<Option<String>, Unreadable> {
    let mut values = Vec::new();
    collect_values(content, &fold_name(name), &mut values);
    let mut values = values.into_iter();
    let first = values.next();
    if values.any(|value| Some(value) != first) {
        return Err(Unreadable::at(name, Reason::Twice));
    }
    Ok(first.map(|value| value.clone().flat()))
}

fn collect_values<'a>(value: &'a Value, folded: &str, values: &mut Vec<&'a Value>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::List(items) if fold_name(name) == folded => values.extend(items),
                    _ if fold_name(name) == folded => values.push(value),
                    _ => collect_values(value, folded, values),
                }
            }
        }
        Value::List(items) => {
            for item in items {
                collect_values(item, folded, values);
            }
        }
        _ => {}
    }
}

impl Push {
    /// Returns whether user name and password are these. The time does not depend on where they differ.
    #[must_use]
    pub fn is_from(&self, user_name: &UserName, password: &Password) -> bool {
        let (user_name, password) = (user_name.as_secret(), password.as_secret());
        let user = same(self.sender.user_name.expose(), user_name.expose());
        let pass = same(self.sender.password.expose(), password.expose());
        // Without a login of the shipper's own, anybody could be the carrier.
        let is_set = !user_name.expose().is_empty() && !password.expose().is_empty();
        user & pass & is_set
    }

    /// Returns the event in the shared vocabulary. Its state is unknown: the numbers are not public.
    pub fn event(&self) -> TrackingEvent {
        let at = self.at.clone().unwrap_or_else(|| EventTime::read(""));
        let status = TrackingStatus::Unknown(self.status_code.clone());
        let mut event = TrackingEvent::new(at).status(status);
        event.note.clone_from(&self.description);
        event
    }
}

/// Compares in constant time, so that the time does not show where two texts differ.
fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut difference = left.len() ^ right.len();
    for (at, byte) in left.iter().enumerate() {
        let other = right.get(at % right.len().max(1)).copied();
        difference |= usize::from(byte ^ other.unwrap_or_default());
    }
    black_box(difference) == 0
}

/// The answer to the carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PushAnswer {
    /// The event was accepted.
    Taken,
    /// The event was not accepted; the reason, in up to 128 characters. Longer texts are cut.
    Failed(String),
}

impl PushAnswer {
    /// Writes the answer to a push: an envelope of SOAP 1.1 with `Result` and `ErrorDescription` in
    /// the operation's response. `namespace` is that of the service which the shipper published.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when a text holds what XML cannot carry.
    pub fn write(&self, push: &Push, namespace: &'static str) -> Result<Vec<u8>, EncodeError> {
        let (result, error) = match self {
            Self::Taken => ("true", String::new()),
            Self::Failed(error) => ("false", error.chars().take(128).collect()),
        };
        let fields = vec![
            Element::text("Result", result),
            Element::text("ErrorDescription", error),
        ];
        let result = Element::parent(format!("{}Result", push.operation), fields);
        let response = Element::parent(format!("{}Response", push.operation), vec![result]);
        soap::encode(&response.in_namespace(namespace))
    }
}

#[cfg(test)]
mod tests;
