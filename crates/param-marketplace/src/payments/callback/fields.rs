//! The fields of a posted form, and the comparison of its signature.

use std::collections::HashSet;

use kervan_core::error::Unreadable;
use kervan_core::{Delivery, Personal, Reason};
use kervan_wire::form::Fields;
use subtle::ConstantTimeEq;

use super::CallbackError;
use crate::payments::hash::{hash, with_pluses};

/// Reads a form without duplicate fields. The letter case of names is ignored.
pub(super) fn parse(delivery: &Delivery, known: &[&'static str]) -> Result<Fields, Unreadable> {
    let fields = Fields::parse(delivery.content_type(), &delivery.body)?;
    let mut seen = HashSet::new();
    for (name, _) in fields.iter() {
        if !seen.insert(name.to_ascii_lowercase()) {
            // The name of an unknown field was written by anybody, so it is not shown.
            let known = known.iter().find(|known| known.eq_ignore_ascii_case(name));
            return Err(known.map_or_else(
                || Unreadable::whole(Reason::Twice),
                |name| Unreadable::at(*name, Reason::Twice),
            ));
        }
    }
    Ok(fields)
}

/// Returns a required field.
pub(super) fn required(fields: &Fields, name: &'static str) -> Result<String, Unreadable> {
    let value = fields.one(name)?;
    value
        .map(str::to_owned)
        .ok_or_else(|| Unreadable::at(name, Reason::Missing))
}

/// Returns a field that some forms lack; `None` for an empty one.
pub(super) fn optional(fields: &Fields, name: &'static str) -> Result<Option<String>, Unreadable> {
    let value = fields.one(name)?.filter(|value| !value.is_empty());
    Ok(value.map(str::to_owned))
}

/// Returns the fields beside the known ones, for future additions of the provider.
pub(super) fn others(fields: &Fields, known: &[&'static str]) -> Vec<(String, Personal)> {
    let is_known = |name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    fields
        .iter()
        .filter(|(name, _)| !is_known(name))
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect()
}

/// Compares a signature with the one of these values, in constant time.
pub(super) fn check_signature(signature: &str, signed: &[&str]) -> Result<(), CallbackError> {
    // A character without a byte in the hash's charset can be in no signed value.
    let right = hash(signed.iter().copied()).ok_or(CallbackError::Forged)?;
    let signature = with_pluses(signature);
    if bool::from(right.as_bytes().ct_eq(signature.as_bytes())) {
        Ok(())
    } else {
        Err(CallbackError::Forged)
    }
}

/// Compares a value with the stored order's.
pub(super) fn check(field: &'static str, same: bool) -> Result<(), CallbackError> {
    if same {
        Ok(())
    } else {
        Err(CallbackError::Mismatch(field))
    }
}
