//! What all answers share: an envelope somewhere around a code and a message.

use kervan_core::json;
use kervan_core::{BaseUrl, Drift, EncodeError, HttpRequest, Personal, ReadError, Reply};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::codes::{Page, SUCCESS};
use crate::rejection::Rejection;
use crate::settings::Settings;

#[derive(Deserialize)]
struct WireCode {
    #[serde(rename = "responseCode")]
    code: String,
}

#[derive(Deserialize)]
struct WireStatus {
    #[serde(rename = "responseCode")]
    code: String,
    #[serde(rename = "responseMessage")]
    message: Option<String>,
}

/// Reads a successful answer into `T`, or the refusal.
///
/// The envelope differs from method to method, and the HTTP status of a refusal is not documented,
/// so both are ignored: the code alone decides.
pub(crate) fn read<T: DeserializeOwned>(
    page: &Page,
    settings: &Settings,
    reply: &Reply,
) -> Result<(T, Drift), ReadError<Rejection>> {
    let text = json::body_text(reply)?;
    let answer = json::parse(&text)?.around("responseCode", page.envelope)?;
    let hide = |text: &str| settings.key.scrub(text);
    if answer.glance::<WireCode>()?.code == SUCCESS {
        let (output, mut drift) = answer.read()?;
        drift.scrub(hide);
        return Ok((output, drift));
    }
    let (status, mut drift) = answer.read::<WireStatus>()?;
    drift.scrub(hide);
    let message = message(status.message, settings);
    Err(ReadError::Rejected(Rejection::new(
        page,
        status.code,
        message,
        drift,
    )))
}

/// A message of the provider without the process key, which ERR-20003 may repeat.
pub(crate) fn message(text: Option<String>, settings: &Settings) -> Option<Personal> {
    text.map(|text| Personal::from(settings.key.scrub(&text)))
}

/// A request of a method that takes no parameters.
pub(crate) fn get(settings: &Settings, path: &str) -> Result<HttpRequest, EncodeError> {
    Ok(with_key(
        HttpRequest::get(address(&settings.base, path)?),
        settings,
    ))
}

/// A request of a method that takes a JSON body.
pub(crate) fn post(
    settings: &Settings,
    path: &str,
    body: Vec<u8>,
) -> Result<HttpRequest, EncodeError> {
    let content_type = settings.quirks.content_type.clone();
    let request = HttpRequest::post(address(&settings.base, path)?, content_type, body);
    Ok(with_key(request, settings))
}

fn address(base: &BaseUrl, path: &str) -> Result<kervan_core::Url, EncodeError> {
    base.join(path).map_err(EncodeError::from)
}

fn with_key(request: HttpRequest, settings: &Settings) -> HttpRequest {
    request.secret_header("processKey", settings.key.secret())
}
