//! What adding, changing and removing a seller answer. Wire: `Sonuc_Uyelik`.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Drift, Personal, ReadError};
use serde::Deserialize;

use crate::ids::SubMerchantId;
use crate::rejection::Rejection;
use crate::service::{Read, Reading};

const KEY: &str = "GUID_AltUyeIsyeri";

/// The three elements of the answer; all are declared without a type.
#[derive(Deserialize)]
struct WireMembership {
    #[serde(rename = "GUID_AltUyeIsyeri")]
    key: Option<String>,
}

/// Reads an answer that has to hold the seller's key.
pub(super) fn with_key(
    reading: Reading<'_>,
) -> Result<(SubMerchantId, Option<Personal>, Drift), ReadError<Rejection>> {
    let (answer, drift) = reading.value::<WireMembership>()?;
    let key = reading.required_key(KEY, answer.key.as_deref())?;
    let message = reading.message(answer.message.as_deref());
    Ok((SubMerchantId::from(key), message, drift))
}

/// Reads an answer whose key nobody needs; the pages leave it out.
pub(super) fn without_key(
    reading: Reading<'_>,
) -> Result<(Option<Personal>, Drift), ReadError<Rejection>> {
    let (answer, mut drift) = reading.value::<WireMembership>()?;
    drift.absent.retain(|path| !path.ends_with(KEY));
    Ok((reading.message(answer.message.as_deref()), drift))
}

/// Reads a result that holds only text: the result code, or words that say nothing certain. An empty
/// one has no code.
pub(super) fn bare(reading: Reading<'_>, text: &str) -> Read<Option<Personal>> {
    let rejection = match text.trim().parse::<i32>() {
        _ if text.trim().is_empty() => {
            return Err(Unreadable::at(reading.path("Sonuc"), Reason::Missing).into());
        }
        Ok(code) if code > 0 => return Ok(None),
        Ok(code) => Rejection::new(reading.endpoint, &code.to_string(), None, Drift::default()),
        Err(_) => {
            let message = reading.message(Some(text));
            Rejection::new(reading.endpoint, "?", message, Drift::default())
        }
    };
    Err(ReadError::Rejected(rejection))
}
