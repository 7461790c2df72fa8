//! Checks whether an answer contradicts itself, and whether a success holds a refusal.

use std::collections::HashSet;

use kervan_core::Reason;
use kervan_core::error::Unreadable;
use kervan_wire::tree::Value;

use crate::codes::{self, SUCCESS};
use crate::endpoint::Endpoint;
use crate::received::envelope::Envelope;
use crate::received::value::ValueExt as _;
use crate::settings::Settings;

/// Members that describe an object. A `false` in them is a property, not a verdict about the call.
const OBJECTS: [&str; 4] = [
    "TransactionPayments",
    "CustomerInfo",
    "PaymentFunds",
    "InstallmentPlan",
];

/// Members that hold a verdict about the call, in lower case. No page names one, so every value of a
/// write's answer that looks like a verdict counts.
const VERDICTS: [&str; 9] = [
    "success",
    "issuccess",
    "issuccessful",
    "succeeded",
    "result",
    "resultcode",
    "errorcode",
    "status",
    "code",
];

/// Words of a refusing verdict, folded.
const NO: [&str; 8] = [
    "0",
    "NO",
    "HAYIR",
    "FAIL",
    "FAILED",
    "ERROR",
    "HATA",
    "BASARISIZ",
];

/// Checks that an answer says one thing: one result code, each member of an object once, and one
/// status of the order.
pub(super) fn agrees(endpoint: &Endpoint, envelope: &Envelope) -> Result<(), Unreadable> {
    for (path, value) in [("Data", &envelope.data), ("", &envelope.rest)] {
        is_single(path, value)?;
    }
    let data = (!endpoint.has_text())
        .then(|| envelope.data.as_text())
        .flatten();
    let texts = envelope.errors.iter().map(kervan_core::Personal::as_str);
    let texts = texts
        .chain(envelope.message())
        .chain(data)
        .chain(envelope.undocumented());
    let codes: HashSet<_> = texts.flat_map(codes::all).collect();
    if codes.len() > 1 {
        return Err(Unreadable::at(
            "Data.Message",
            Reason::Unexpected("one result code".into()),
        ));
    }
    if endpoint.is_write {
        one_status(envelope)?;
    }
    Ok(())
}

/// Returns whether a success holds errors, or a refusing code where no page puts one.
pub(super) fn contradicts(endpoint: &Endpoint, envelope: &Envelope) -> bool {
    let data = (!endpoint.has_text())
        .then(|| envelope.data.as_text())
        .flatten();
    let mut texts = data.into_iter().chain(envelope.undocumented());
    !envelope.errors.is_empty() || texts.any(|text| codes::refusing(text).is_some())
}

/// Checks that no object has a duplicate member, in any spelling.
fn is_single(path: &str, value: &Value) -> Result<(), Unreadable> {
    match value {
        Value::List(items) => items.iter().try_for_each(|item| is_single(path, item)),
        Value::Object(members) => {
            let mut seen = HashSet::new();
            members.iter().try_for_each(|(name, value)| {
                if seen.insert(name.to_lowercase()) {
                    return is_single(path, value);
                }
                Err(Unreadable::at(path.to_owned(), Reason::Twice))
            })
        }
        _ => Ok(()),
    }
}

fn one_status(envelope: &Envelope) -> Result<(), Unreadable> {
    let mut statuses = HashSet::new();
    for value in [&envelope.data, &envelope.rest] {
        each(value, &mut |name, text| {
            if name == "TransactionStatus" {
                statuses.insert(text.to_owned());
            }
        });
    }
    if statuses.len() > 1 {
        return Err(Unreadable::at("Data.TransactionStatus", Reason::Twice));
    }
    Ok(())
}

/// Checks that the success of a write holds no refusal: `false` as `Data` or in it, a verdict or an error in
/// it, an order that still waits.
pub(super) fn says_no(
    endpoint: &Endpoint,
    settings: &Settings,
    envelope: &Envelope,
) -> Result<(), Unreadable> {
    let mut waits = false;
    for value in [&envelope.data, &envelope.rest] {
        each(value, &mut |name, text| {
            waits |= name == "TransactionStatus" && text == settings.quirks.waiting_status;
        });
    }
    if waits && !endpoint.may_wait() {
        return Err(Unreadable::at(
            "Data.TransactionStatus",
            Reason::Unexpected("the status of an order that was accepted".into()),
        ));
    }
    // A bare `Data` is a verdict itself.
    if denies("result", &envelope.data) || denies("", &envelope.rest) {
        let reason = Reason::Unexpected("nothing that says no".into());
        return Err(Unreadable::at("Data", reason));
    }
    Ok(())
}

fn denies(name: &str, value: &Value) -> bool {
    match value {
        Value::Null | Value::Flag(true) => false,
        Value::Flag(false) => true,
        Value::Text(text) => {
            let folded = kervan_turkiye::text::fold(text.trim());
            folded == "FALSE"
                || is_verdict(name)
                    && (NO.contains(&folded.as_str())
                        || codes::refusing(text).is_some_and(|code| code != SUCCESS))
        }
        Value::List(items) => {
            is_error(name) && items.iter().any(|item| !item.is_nothing())
                || items.iter().any(|item| denies(name, item))
        }
        Value::Object(members) => members.iter().any(|(name, value)| {
            !OBJECTS.contains(&name.as_str())
                && (is_error(name) && value.as_text().is_some() || denies(name, value))
        }),
    }
}

fn is_verdict(name: &str) -> bool {
    VERDICTS.contains(&name.to_lowercase().as_str())
}

fn is_error(name: &str) -> bool {
    ["errors", "error"].contains(&name.to_lowercase().as_str())
}

/// Visits the texts of a value, trimmed, with the names of their members. Looks into JSON texts.
fn each(value: &Value, visit: &mut impl FnMut(&str, &str)) {
    match value {
        Value::List(items) => items.iter().for_each(|item| each(item, visit)),
        Value::Object(members) => {
            for (name, value) in members {
                match value {
                    Value::Text(text) if text.trim_start().starts_with(['{', '[']) => {
                        each(&value.clone().opened(), visit);
                    }
                    Value::Text(text) => visit(name, text.trim()),
                    other => each(other, visit),
                }
            }
        }
        _ => {}
    }
}
