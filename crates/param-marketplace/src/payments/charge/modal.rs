//! Starts a payment on a page of the provider. Wire: `TP_Modal_Payment` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::browser::{self, BrowserAddress};
use crate::endpoint::Endpoint;
use crate::payments::ids::{PaymentKey, PaymentOrder};
use crate::payments::sale::{check_phone, check_return_url};
use crate::payments::status::by_key::settled_by_key;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::typed;
use crate::wire::Checks as _;

/// A payment on the provider's page, where the customer enters the card. Provider's page:
/// `TP_Modal_Payment`.
///
/// The page posts the signed form of 3D Pay to `return_url`, after a success and after a failure. Store
/// [`ExpectedPayment::of_modal`] with the order and verify the form with [`PayCallback`], as three public
/// clients do; the provider documents neither. [`QueryPayment`](crate::payments::QueryPayment) confirms it.
///
/// [`ExpectedPayment::of_modal`]: crate::payments::callback::ExpectedPayment::of_modal
/// [`PayCallback`]: crate::payments::callback::PayCallback
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ModalPayment {
    /// The shop's number of the order. Wire: `Order_ID`.
    pub order: PaymentOrder,
    /// The shop's key of this attempt, up to 36 characters. Wire: `TransactionId`.
    pub key: PaymentKey,
    /// The amount that is charged. Wire: `Amount`, as `1000,50`.
    pub amount: Money,
    /// The address that the result is posted to. Wire: `Callback_URL`, up to 250 characters.
    pub return_url: Personal,
    /// The number of installments, 1 to 12. Wire: `Installment`.
    pub installments: u8,
    /// The maximum number of installments that the customer may choose, 1 to 12. Wire: `MaxInstallment`.
    pub most_installments: u8,
    /// The customer's mobile number as people type it: `0555 111 22 33`, `+90 555 111 22 33`. It is sent as
    /// ten digits, the first a 5: `5551112233`. Wire: `GSM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Personal>,
}

impl ModalPayment {
    /// Creates a payment in one part.
    pub fn new(
        order: PaymentOrder,
        key: PaymentKey,
        amount: Money,
        return_url: impl Into<Personal>,
    ) -> Self {
        Self {
            order,
            key,
            amount,
            return_url: return_url.into(),
            installments: 1,
            most_installments: 1,
            phone: None,
        }
    }

    /// Lets the customer choose up to `most_installments` parts.
    #[must_use]
    pub fn up_to(mut self, most_installments: u8) -> Self {
        self.most_installments = most_installments;
        self
    }
}

kervan_core::setters! { ModalPayment {
    /// Adds the customer's mobile number, as people type it.
    phone: into Option<Personal>,
}}

impl Operation for ModalPayment {
    type Service = Settings;
    type Output = BrowserAddress;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Modal_Payment", "TP_Modal_PaymentResult")
        .with_status(&["ResultCode", "ResultDescription"])
        .at_bank();
    const CLASS: Class = Class::Start;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, 36);
        problems.required("key", &self.key, 36);
        problems.positive("amount", self.amount);
        check_phone(problems, "phone", self.phone.as_ref());
        check_return_url(problems, "return_url", self.return_url.as_str(), 250);
        for (path, parts) in [
            ("installments", self.installments),
            ("most_installments", self.most_installments),
        ] {
            if !(1..=12).contains(&parts) {
                problems.push(rules::INSTALLMENTS.at(path).actual(parts));
            }
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::new().group("d", wire_modal(self)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<BrowserAddress> {
        read(reading)
    }
}

settled_by_key! { ModalPayment: key, amount => browser::found }

/// Reads the answer of this call and of the one with a currency.
pub(crate) fn read(reading: Reading<'_>) -> Read<BrowserAddress> {
    let answer = reading.value::<WireAnswer>()?;
    browser::address(reading, answer, "URL", |it| it.url)
}

/// Builds the object with the login and the payment.
pub(crate) fn wire_modal(payment: &ModalPayment) -> Body {
    Body::new()
        .flat_login()
        .merchant()
        .text("GSM", payment.phone.as_ref().map(typed::mobile))
        .text("Amount", payment.amount.comma())
        .text("Order_ID", &payment.order)
        .text("TransactionId", &payment.key)
        .text("Callback_URL", &payment.return_url)
        .text("Installment", payment.installments)
        .text("MaxInstallment", payment.most_installments)
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "URL")]
    url: Option<String>,
}
