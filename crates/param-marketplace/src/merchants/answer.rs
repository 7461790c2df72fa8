//! What adding, changing and removing a seller answer. Wire: `Sonuc_Uyelik`.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Drift, Personal, ReadError, Reply};
use serde::Deserialize;

use crate::ids::SubMerchantId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, no_rows};

const KEY: &str = "GUID_AltUyeIsyeri";

/// The three elements of the answer; all are declared without a type.
#[derive(Deserialize)]
struct WireMembership {
    #[serde(rename = "Sonuc")]
    _code: String,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
    #[serde(rename = "GUID_AltUyeIsyeri")]
    key: Option<String>,
}

/// Reads an answer that has to hold the seller's key.
pub(super) fn with_key(
    page: Page,
    settings: &Settings,
    reply: &Reply,
) -> Result<(SubMerchantId, Option<Personal>, Drift), ReadError<Rejection>> {
    let (answer, drift) = wire::read::<WireMembership>(page, settings, reply, no_rows)?;
    let key = wire::required_key(page, KEY, answer.key.as_deref())?;
    let message = wire::message(answer.message.as_deref(), settings);
    Ok((SubMerchantId::from(key), message, drift))
}

/// Reads an answer whose key nobody needs; the pages leave it out.
pub(super) fn without_key(
    page: Page,
    settings: &Settings,
    reply: &Reply,
) -> Result<(Option<Personal>, Drift), ReadError<Rejection>> {
    let (answer, mut drift) = wire::read::<WireMembership>(page, settings, reply, no_rows)?;
    drift.absent.retain(|path| !path.ends_with(KEY));
    Ok((wire::message(answer.message.as_deref(), settings), drift))
}

/// Reads a result that holds only text: the result code, or words that say nothing certain. An empty
/// one has no code.
pub(super) fn bare(
    page: Page,
    settings: &Settings,
    text: &str,
) -> Result<Option<Personal>, ReadError<Rejection>> {
    let rejection = match text.trim().parse::<i32>() {
        _ if text.trim().is_empty() => {
            let path = format!("{}.Sonuc", page.result);
            return Err(Unreadable::at(path, Reason::Missing).into());
        }
        Ok(code) if code > 0 => return Ok(None),
        Ok(code) => Rejection::new(page, &code.to_string(), None, Drift::default()),
        Err(_) => {
            let message = wire::message(Some(text), settings);
            Rejection::new(page, "?", message, Drift::default())
        }
    };
    Err(ReadError::Rejected(rejection))
}
