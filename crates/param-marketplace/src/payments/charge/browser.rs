//! What a call leads to that answers with an address and nothing else of use.

use std::borrow::Cow;

use kervan_core::error::Unreadable;
use kervan_core::{Drift, Found, Money, Personal, ReadError, Reason};
use serde::Serialize;

use crate::endpoint::Endpoint;
use crate::error::Error;
use crate::payments::afterwards::query::{PaymentStatus, QueryPayment};
use crate::payments::answer::{VisitUrl, is_address};
use crate::rejection::Rejection;

/// The customer's browser has to go to an address. **Nothing is charged yet.**
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BrowserAddress {
    /// The address, https. Send the browser there with GET. It is good for this attempt only, so it
    /// does not print itself. Wire: `Redirect_URL`, `URL`, `UCD_URL`.
    pub url: Personal,
}

impl From<VisitUrl> for BrowserAddress {
    fn from(visit: VisitUrl) -> Self {
        Self {
            url: visit.url,
            message: visit.message,
            drift: visit.drift,
        }
    }
}

/// Reads the address in an answer with a good code.
pub(crate) fn address(
    page: Endpoint,
    at: &'static str,
    text: Option<&str>,
    message: Option<Personal>,
    drift: Drift,
) -> Read<BrowserAddress> {
    let text = text.unwrap_or_default().trim();
    if is_address(text) {
        return Ok(BrowserAddress { url: text.into() });
    }
    Err(no_address(page, at).into())
}

/// An answer with a good code and without an address that a customer can be sent to.
pub(crate) fn no_address(page: Endpoint, at: &'static str) -> Unreadable {
    let what = Cow::Borrowed("an https address");
    Unreadable::at(page.path(at), Reason::Unexpected(what))
}

/// What a read-back says about a start. Where the payment is made, the start is over: nobody needs its
/// address any more.
pub(crate) fn found<T>(
    now: Result<PaymentStatus, Error>,
    asked: &QueryPayment,
    total: Money,
) -> Found<T, Rejection> {
    PaymentStatus::found_payment(now, asked, total, |_| ()).without_output()
}
