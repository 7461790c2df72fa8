//! The answer of calls that return only an address.

use std::borrow::Cow;

use kervan_core::error::Unreadable;
use kervan_core::{Answer, Personal, Reason};
use kervan_settling::Found;
use kervan_turkiye::Money;
use serde::Serialize;

use crate::endpoint::Endpoint;
use crate::payments::answer::{VisitUrl, is_address};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::rejection::Rejection;
use crate::service::{Read, Reading};

/// The customer's browser has to go to an address. **Nothing is charged yet.**
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct BrowserAddress {
    /// The address, https. Send the browser there with GET. It is valid for this attempt only, so it does
    /// not print itself. Wire: `Redirect_URL`, `URL`, `UCD_URL`.
    pub url: Personal,
}

impl From<VisitUrl> for BrowserAddress {
    fn from(visit: VisitUrl) -> Self {
        Self { url: visit.url }
    }
}

/// Reads the address in a successful answer.
pub(crate) fn address<T>(
    reading: Reading<'_>,
    answer: Answer<T>,
    at: &'static str,
    text: fn(T) -> Option<String>,
) -> Read<BrowserAddress> {
    answer.try_map(|it| {
        let text = text(it).unwrap_or_default();
        let url = text.trim();
        if is_address(url) {
            return Ok(BrowserAddress { url: url.into() });
        }
        Err(no_address(reading.endpoint, at).into())
    })
}

/// Builds the error of a successful answer without an address that a customer can be sent to.
pub(crate) fn no_address(page: Endpoint, at: &'static str) -> Unreadable {
    let what = Cow::Borrowed("an https address");
    Unreadable::at(page.path(at), Reason::Unexpected(what))
}

/// Reads the outcome of a start. If the payment is made, the start is over, because its address is not
/// needed any more.
pub(crate) fn found<T>(
    now: Answer<PaymentStatus>,
    asked: &QueryPayment,
    total: Money,
) -> Found<T, Rejection> {
    PaymentStatus::found_payment(now, asked, total, |_| ()).without_output()
}
