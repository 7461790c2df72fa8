//! The answers to adding, changing and removing a seller. Wire: `Sonuc_Uyelik`.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, ReadError};
use serde::{Deserialize, Serialize};

use crate::ids::SubMerchantId;

use crate::rejection::Rejection;
use crate::service::{Read, Reading};

/// The seller was added.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubMerchantAdded {
    /// The seller's key. **Keep it**: orders, changes and removal need it. Wire:
    /// `GUID_AltUyeIsyeri`.
    pub id: SubMerchantId,
}

const KEY: &str = "GUID_AltUyeIsyeri";

#[derive(Deserialize)]
struct WireMembership {
    #[serde(rename = "GUID_AltUyeIsyeri")]
    key: Option<String>,
}

/// Reads an answer that has to hold the seller's key.
pub(super) fn with_key(reading: Reading<'_>) -> Read<SubMerchantAdded> {
    let answer = reading.value::<WireMembership>()?;
    answer.try_map(|it| {
        let id = reading.required_key(KEY, it.key.as_deref())?.into();
        Ok(SubMerchantAdded { id })
    })
}

/// Reads an answer without the key, which the pages leave out and no caller needs.
pub(super) fn without_key<T: Default>(reading: Reading<'_>) -> Read<T> {
    let answer = reading.value::<WireMembership>()?;
    Ok(answer.may_lack(&[KEY]).map(|_| T::default()))
}

/// Reads a result that holds only text: the result code, or words that prove nothing. An empty one has no
/// code.
pub(super) fn bare<T: Default>(reading: Reading<'_>, text: &str) -> Read<T> {
    let rejection = match text.trim().parse::<i32>() {
        _ if text.trim().is_empty() => {
            return Err(Unreadable::at(reading.path("Sonuc"), Reason::Missing).into());
        }
        Ok(code) if code > 0 => return Ok(Answer::default()),
        Ok(code) => Rejection::new(
            reading.endpoint,
            reading.settings,
            &code.to_string(),
            None,
            Drift::default(),
        ),
        Err(_) => {
            let message = reading.message(Some(text));
            Rejection::new(
                reading.endpoint,
                reading.settings,
                "?",
                message,
                Drift::default(),
            )
        }
    };
    Err(ReadError::Rejected(rejection))
}
