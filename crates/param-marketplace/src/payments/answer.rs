//! The answers of calls that start a payment.

use std::borrow::Cow;

use kervan_core::error::Unreadable;
use kervan_core::{BaseUrl, Personal, Reason};
use serde::Serialize;

use super::ids::{PaymentOrder, ReceiptId};
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::PaymentId;

/// The placeholder for the address or the page in an answer without 3-D.
const WITHOUT_3D: &str = "NONSECURE";

/// A payment was accepted: it is under way, or it is done. A refusal is a [`Rejection`](crate::Rejection).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Payment<S> {
    /// The customer has to do something in the browser. **Nothing is charged yet.**
    #[serde(rename = "started")]
    Started(S),
    /// The card was charged.
    #[serde(rename = "charged")]
    Charged(Charged),
}

/// The customer's browser has to go to an address. Param charges the card there and posts the result
/// to the shop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VisitUrl {
    /// The address, https, or http to this machine where a sandbox gives it. Send the browser there with
    /// GET. It is valid for this payment only, so it does not print itself. Wire: `UCD_URL`.
    pub url: Personal,
    /// The key of this attempt at the provider, where the call reports it. Wire: `Islem_GUID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transaction: Option<String>,
    /// The payment's number, for [`AddOrderDetail`](crate::AddOrderDetail). Wire: `Islem_ID`.
    pub payment: Option<PaymentId>,
    /// The order's number, which the service may have changed. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// Param's rate in percent, as sent. Wire: `Komisyon_Oran`.
    pub commission_rate: Option<String>,
}

/// The customer has to be shown a page. The bank's answer is posted to the shop, which completes the
/// payment with [`CompletePayment`](super::CompletePayment).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ShowPage {
    /// A whole HTML document that submits itself. Show it unchanged. Wire: `UCD_HTML`.
    pub html: Personal,
    /// The key of this attempt at the provider; keep it, the callback has to repeat it. Wire:
    /// `Islem_GUID`.
    pub transaction: Option<String>,
    /// The payment's number, for [`AddOrderDetail`](crate::AddOrderDetail). Wire: `Islem_ID`.
    pub payment: Option<PaymentId>,
    /// The order's number, which the service may have changed. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// Param's rate in percent, as sent, where the call reports it. Wire: `Komisyon_Oran`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission_rate: Option<String>,
    /// Param's commission, where the call reports it. Wire: `Komisyon_Tutar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<ReceivedAmount>,
    /// The amount after Param's commission, where the call reports it. Wire: `Net_Tutar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net: Option<ReceivedAmount>,
}

/// The card was charged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Charged {
    /// The receipt. **It is not the number that the marketplace calls need**; see [`PaymentId`]. Wire:
    /// `Islem_ID`.
    pub receipt: ReceiptId,
    /// The order's number, which the service may have changed. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// Param's rate in percent, as sent. Wire: `Komisyon_Oran`.
    pub commission_rate: Option<String>,
    /// Param's commission, where the call reports it. Wire: `Komisyon_Tutar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commission: Option<ReceivedAmount>,
    /// The amount after Param's commission, where the call reports it. Wire: `Net_Tutar`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub net: Option<ReceivedAmount>,
}

/// The content of the element for an address or a page in a successful answer.
pub(crate) enum Way {
    /// An address or a page.
    Browser(Personal),
    /// The placeholder of an answer without 3-D, with a receipt.
    Done(ReceiptId),
}

/// Decides which of the two an answer holds. `NONSECURE` needs a receipt beside it. An answer with neither
/// leaves the outcome unknown.
///
/// # Errors
///
/// [`Unreadable`] at the element.
pub(crate) fn way(
    page: Endpoint,
    at: &'static str,
    text: Option<&str>,
    number: Option<&str>,
    is_for_browser: fn(&str) -> bool,
    expected: &'static str,
) -> Result<Way, Unreadable> {
    let text = text.unwrap_or_default().trim();
    if text.eq_ignore_ascii_case(WITHOUT_3D) {
        let receipt = number.and_then(ReceiptId::of_money);
        return receipt.map(Way::Done).ok_or_else(|| {
            let what = Cow::Borrowed("the number of a receipt");
            Unreadable::at(page.path("Islem_ID"), Reason::Unexpected(what))
        });
    }
    if is_for_browser(text) {
        return Ok(Way::Browser(text.into()));
    }
    let what = Cow::Borrowed(expected);
    Err(Unreadable::at(page.path(at), Reason::Unexpected(what)))
}

/// Returns whether a text is an address that a customer can be sent to: https with a host, or http to this
/// machine as a sandbox gives it, without blanks, control characters or a user part.
pub(crate) fn is_address(text: &str) -> bool {
    let plain = text.strip_prefix("http://");
    let Some(rest) = text.strip_prefix("https://").or(plain) else {
        return false;
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if plain.is_some() && BaseUrl::parse(&["http://", host].concat()).is_err() {
        return false;
    }
    let usual = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`');
    !host.is_empty() && !host.contains('@') && rest.chars().all(usual)
}

/// Returns whether a text is a page.
pub(crate) fn is_page(text: &str) -> bool {
    text.starts_with('<')
}

/// Returns the order's number without blanks around it; `None` when it is empty.
pub(crate) fn order(text: Option<String>) -> Option<PaymentOrder> {
    trimmed(text).map(PaymentOrder::from)
}

/// Removes the blanks around a key, because the callback repeats it without them. `None` when it is empty.
pub(crate) fn trimmed(text: Option<String>) -> Option<String> {
    let text = text?;
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// Reads the number of a payment; `None` for anything but a number above zero.
pub(crate) fn payment_id(text: Option<&str>) -> Option<PaymentId> {
    let number: u64 = text?.trim().parse().ok()?;
    (number > 0).then(|| PaymentId::new(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_https_or_of_this_machine() {
        for text in [
            "https://test-pos.param.com.tr/3D_Secure/a.aspx?rURL=X&SID=1",
            "https://bank.example:8443",
            "http://127.0.0.1:4747/param/3D_Secure/a.aspx?rURL=X&SID=1",
            "http://localhost:4747?SID=1",
            "http://[::1]:4747/",
        ] {
            assert!(is_address(text), "{text}");
        }
        for text in [
            "",
            "NONSECURE",
            "http://bank.example/",
            "http://127.0.0.1.bank.example/",
            "http://127.0.0.1@bank.example/",
            "http://localhost:4747/\"><script>",
            "https://",
            "https:///x",
            "https://a@b.example/",
            "https://bank.example/a b",
            "https://bank.example/\"><script>",
            "javascript:alert(1)",
            "Kart numarası hatalı",
        ] {
            assert!(!is_address(text), "{text}");
        }
    }

    #[test]
    fn without_3d_a_receipt_decides() {
        let way = |text, number| {
            let page = Endpoint::payment("Pay", "Result");
            let way = way(page, "UCD_URL", text, number, is_address, "an address");
            match way {
                Ok(Way::Done(receipt)) => Ok(receipt.as_str().to_owned()),
                Ok(Way::Browser(text)) => Ok(text.as_str().to_owned()),
                Err(unreadable) => Err(unreadable.path().to_owned()),
            }
        };
        assert_eq!(way(Some("NONSECURE"), Some("3007")), Ok("3007".into()));
        assert_eq!(way(Some("Nonsecure "), Some("3007")), Ok("3007".into()));
        assert_eq!(
            way(Some("NONSECURE"), Some("0")),
            Err("Result.Islem_ID".into())
        );
        assert_eq!(way(Some("NONSECURE"), None), Err("Result.Islem_ID".into()));
        assert_eq!(way(None, Some("3007")), Err("Result.UCD_URL".into()));
        assert_eq!(
            way(Some("Hata"), Some("3007")),
            Err("Result.UCD_URL".into())
        );
    }
}
