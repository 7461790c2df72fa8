//! What all calls share: the login block, the envelope, the result code.

use std::borrow::Cow;

use chrono::NaiveDateTime;
use kervan_core::problem::check_text;
use kervan_core::soap::{self, Answer, CONTROL_CHARACTER, Call, Fault, Row};
use kervan_core::{
    Drift, EncodeError, HttpRequest, Personal, Problems, ReadError, Reply, error::Unreadable,
};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use yaserde::YaSerialize;

use crate::rejection::Rejection;
use crate::settings::Settings;

/// The namespace of every element of the service.
pub(crate) const NAMESPACE: &str = "https://turkpos.com.tr/";

/// Where an operation's answers are described.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// The operation's wire name.
    pub(crate) operation: &'static str,
    /// The element in the answer that holds the result.
    pub(crate) result: &'static str,
}

impl Page {
    pub(crate) fn call(self) -> Call {
        Call::new(NAMESPACE, self.operation)
    }
}

/// The login, first in nearly every call.
#[derive(YaSerialize)]
pub(crate) struct WireLogin {
    #[yaserde(rename = "CLIENT_CODE")]
    client_code: String,
    #[yaserde(rename = "CLIENT_USERNAME")]
    username: String,
    #[yaserde(rename = "CLIENT_PASSWORD")]
    password: String,
}

impl From<&Settings> for WireLogin {
    fn from(settings: &Settings) -> Self {
        let login = &settings.credentials;
        Self {
            client_code: login.client_code.expose().to_owned(),
            username: login.username.expose().to_owned(),
            password: login.password.expose().to_owned(),
        }
    }
}

/// Writes a request.
pub(crate) fn request(
    page: Page,
    settings: &Settings,
    operation: &impl YaSerialize,
) -> Result<HttpRequest, EncodeError> {
    soap::request(settings.address.url(), page.call(), operation)
}

/// Writes a request to the payment service.
pub(crate) fn payment_request(
    page: Page,
    settings: &Settings,
    operation: &impl YaSerialize,
) -> Result<HttpRequest, EncodeError> {
    soap::request(settings.payment_address.url(), page.call(), operation)
}

/// Checks a text: its length, that it is there, and that XML can carry it.
pub(crate) fn check(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    check_text(problems, || path, text, max_characters, required);
    if !soap::can_carry(text) {
        problems.push(CONTROL_CHARACTER.at(path));
    }
}

#[derive(Deserialize)]
struct WireStatus {
    #[serde(rename = "Sonuc")]
    code: String,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
}

/// Reads a successful answer into `T`, the rows of its table into `rows`, or the refusal.
///
/// Success is a number above zero. The HTTP status is ignored: the code alone decides.
pub(crate) fn read<T: DeserializeOwned>(
    page: Page,
    settings: &Settings,
    reply: &Reply,
    rows: impl FnMut(Row<'_, '_>) -> Result<(), Unreadable>,
) -> Result<(T, Drift), ReadError<Rejection>> {
    let text = soap::body_text(reply)?;
    let document = match soap::read(&text, page.call(), rows)? {
        Answer::Result(document) => document,
        Answer::Fault(fault) => return Err(self::fault(page, fault, settings)),
    };
    let answer = document.around("Sonuc", Some(page.result))?;
    let status: WireStatus = answer.glance()?;
    if is_success(&status.code) {
        let (value, mut drift) = answer.read::<T>()?;
        drift.scrub(|text| settings.scrub(text));
        return Ok((value, drift));
    }
    // A refusal lacks most of what a success has; only what nobody reads is worth a note.
    let mut drift = answer
        .read::<T>()
        .map(|(_, drift)| drift)
        .unwrap_or_default();
    drift.absent.clear();
    drift.scrub(|text| settings.scrub(text));
    let message = message(status.message.as_deref(), settings);
    Err(ReadError::Rejected(Rejection::new(
        page.operation,
        &status.code,
        message,
        drift,
    )))
}

/// Whether a code says success: a number above zero.
pub(crate) fn is_success(code: &str) -> bool {
    code.trim().parse::<i32>().is_ok_and(|code| code > 0)
}

/// The refusal that a fault stands for.
pub(crate) fn fault(page: Page, fault: Fault, settings: &Settings) -> ReadError<Rejection> {
    let message = message(fault.reason.as_ref().map(Personal::as_str), settings);
    ReadError::Rejected(Rejection::fault(page.operation, fault, message))
}

/// Reads an answer whose result holds only text into `T`; `None` when it holds elements.
pub(crate) fn read_bare<T: DeserializeOwned>(
    page: Page,
    reply: &Reply,
) -> Result<Option<T>, Unreadable> {
    let text = soap::body_text(reply)?;
    Ok(match soap::read(&text, page.call(), no_rows)? {
        Answer::Result(document) => document.read::<T>().ok().map(|(value, _)| value),
        Answer::Fault(_) => None,
    })
}

/// A message of the provider without login and keys.
pub(crate) fn message(text: Option<&str>, settings: &Settings) -> Option<Personal> {
    text.map(|text| Personal::from(settings.scrub(text)))
}

/// Takes no rows: for answers without a table.
#[expect(clippy::unnecessary_wraps, reason = "has the shape of what takes rows")]
pub(crate) fn no_rows(_row: Row<'_, '_>) -> Result<(), Unreadable> {
    Ok(())
}

/// A moment of a filter as the service writes it, in Türkiye's time.
pub(crate) fn moment(moment: Option<NaiveDateTime>) -> String {
    moment
        .map(|moment| moment.format("%d.%m.%Y %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// A text as the service wants it when there is none.
pub(crate) fn or_empty(text: Option<&str>) -> Cow<'_, str> {
    text.map_or(Cow::Borrowed(""), Cow::Borrowed)
}
