//! What came back where the server posted the form.

use kervan_core::error::Unreadable;
use kervan_core::{Personal, ReadError, Reason, Reply};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::codes::Page;
use crate::lenient::{Envelope, Value};
use crate::rejection::Rejection;
use crate::settings::Settings;

/// The answer to a form that the server posted itself. **It is no success**: which answers mean
/// what is not documented. A `location` is where the customer's browser has to go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Handover {
    /// The HTTP status.
    pub status: u16,
    /// Where the answer redirects to. It may hold the customer's session.
    pub location: Option<Personal>,
    /// The body as text, key and salt taken out; bytes that are no UTF-8 are replaced.
    pub body: Personal,
}

/// Reads any answer but a refusal in JSON and an error's status.
pub(crate) fn read(
    page: &Page,
    settings: &Settings,
    reply: &Reply,
) -> Result<Handover, ReadError<Rejection>> {
    let text = String::from_utf8_lossy(&reply.body);
    // A page is handed over; an envelope has to be a success.
    let whole = Value::parse_object(&text).ok();
    if let Some(whole) = whole.filter(|whole| whole.get("Success").is_some()) {
        answer::judged(page, settings, Envelope::of(whole)?)?;
    }
    let is_redirect = (300..400).contains(&reply.status);
    if !reply.is_success() && !is_redirect {
        return Err(Unreadable::whole(Reason::Unexpected("a successful status".into())).into());
    }
    let location = reply
        .header("location")
        .map(|location| Personal::new(settings.scrub(location)));
    if kervan_core::text::is_blank(&text) && location.is_none() {
        return Err(Unreadable::whole(Reason::Empty).into());
    }
    Ok(Handover {
        status: reply.status,
        location,
        body: Personal::new(settings.scrub(&text)),
    })
}
