//! What all answers share: an envelope somewhere around a code and a message.

mod codes;

use kervan_core::json;
use kervan_core::{BaseUrl, Drift, EncodeError, HttpRequest, Personal, ReadError, Reply};
use serde::de::DeserializeOwned;
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Serialize, Serializer};

pub(crate) use self::codes::{check_agreement, plain};
use crate::codes::{Page, SUCCESS};
use crate::labels::AtfId;
use crate::order::RequestNumber;
use crate::rejection::Rejection;
use crate::settings::{AtfIdForm, ProcessKey, Settings};

#[derive(Deserialize)]
struct WireCode {
    #[serde(rename = "responseCode")]
    code: String,
}

#[derive(Deserialize)]
struct WireStatus {
    #[serde(rename = "responseCode")]
    _code: String,
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
    let answer = text.parse()?.around("responseCode", page.envelope)?;
    let hide = |text: &str| settings.scrub(text);
    let WireCode { code } = answer.glance()?;
    let (code, forms) = plain(&code);
    check_agreement(&text)?;
    let noted = |mut drift: Drift| {
        let envelope = answer.name().map(|name| format!("{name}."));
        let path = envelope.unwrap_or_default() + "responseCode";
        for form in &forms {
            drift.tolerate(&path, *form);
        }
        drift.scrub(hide);
        drift
    };
    if code == SUCCESS {
        let (output, drift) = answer.read()?;
        return Ok((output, noted(drift)));
    }
    let (status, drift) = answer.read::<WireStatus>()?;
    let message = message(status.message, settings);
    Err(ReadError::Rejected(Rejection::new(
        page,
        &settings.quirks,
        code,
        message,
        noted(drift),
    )))
}

/// Reads a successful answer that holds nothing but a message, or the refusal.
pub(crate) fn read_message(
    page: &Page,
    settings: &Settings,
    reply: &Reply,
) -> Result<(Option<Personal>, Drift), ReadError<Rejection>> {
    let (status, drift) = read::<WireStatus>(page, settings, reply)?;
    Ok((message(status.message, settings), drift))
}

/// A message of the provider without the process key, which ERR-20003 may repeat.
pub(crate) fn message(text: Option<String>, settings: &Settings) -> Option<Personal> {
    text.map(|text| Personal::from(settings.scrub(&text)))
}

/// A request of a method that takes no parameters.
pub(crate) fn get(settings: &Settings, path: &str) -> Result<HttpRequest, EncodeError> {
    let url = address(&settings.base, path)?;
    Ok(with_key(HttpRequest::get(url), &settings.key))
}

/// A request of a method that takes a JSON body.
pub(crate) fn post(
    settings: &Settings,
    path: &str,
    body: Vec<u8>,
) -> Result<HttpRequest, EncodeError> {
    let content_type = settings.quirks.content_type.clone();
    let request = HttpRequest::post(address(&settings.base, path)?, content_type, body);
    Ok(with_key(request, &settings.key))
}

/// The body of the methods that name an order and nothing else but perhaps its label. The key of
/// the order number is a setting, because their tables are not public.
pub(crate) struct WireNumber<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) number: &'a RequestNumber,
    pub(crate) atf_id: Option<&'a AtfId>,
}

impl<'a> WireNumber<'a> {
    /// A body without a label.
    pub(crate) fn new(settings: &'a Settings, number: &'a RequestNumber) -> Self {
        Self {
            settings,
            number,
            atf_id: None,
        }
    }
}

impl Serialize for WireNumber<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut body = serializer.serialize_map(None)?;
        match (self.atf_id, self.settings.quirks.atf_id) {
            (None, _) => {}
            (Some(id), AtfIdForm::Text) => body.serialize_entry("atfId", id.as_str())?,
            (Some(id), AtfIdForm::Number) => {
                let number: u64 = id.as_str().parse().map_err(S::Error::custom)?;
                body.serialize_entry("atfId", &number)?;
            }
        }
        let key = self.settings.quirks.order_number_key.as_ref();
        body.serialize_entry(key, self.number.as_str())?;
        body.end()
    }
}

pub(crate) fn address(base: &BaseUrl, path: &str) -> Result<kervan_core::Url, EncodeError> {
    base.join(path).map_err(EncodeError::from)
}

pub(crate) fn with_key(request: HttpRequest, key: &ProcessKey) -> HttpRequest {
    request.secret_header("processKey", key.secret())
}
