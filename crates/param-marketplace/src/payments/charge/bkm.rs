//! Starts a payment with BKM Express. Wire: `TP_Islem_Odeme_BKM` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::browser::{self, BrowserAddress};
use crate::endpoint::Endpoint;
use crate::payments::hash;
use crate::payments::ids::{CustomerIp, PaymentKey, PaymentOrder};
use crate::payments::sale::{ReturnUrls, check_phone, check_return_url};
use crate::payments::status::by_key::settled_by_key;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::typed;
use crate::wire::{ANY, Checks as _};

/// A payment with BKM Express: the customer chooses a card there. Provider's page:
/// `TP_Islem_Odeme_BKM`.
///
/// The answer is an address for the browser; the result is posted to the shop. The documented result has no
/// hash, so ask [`QueryPayment`](crate::payments::QueryPayment) before anything is delivered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct BkmPayment {
    /// The shop's number of the order. Wire: `Order_ID`.
    pub order: PaymentOrder,
    /// The shop's key of this attempt. Wire: `Transaction_ID`. The provider does not require it. This crate
    /// does, because the service may replace the order's number, and then only the key finds a payment
    /// whose answer was lost.
    pub key: PaymentKey,
    /// The amount that is charged. Wire: `Amount`, as `1000,50`.
    pub amount: Money,
    /// The customer's mobile number as people type it: `0555 111 22 33`, `+90 555 111 22 33`. It is sent as
    /// ten digits, the first a 5: `5551112233`. Wire: `Customer_GSM`.
    pub phone: Personal,
    /// The address that the browser visits after a failure. Wire: `Error_URL`, up to 250 characters.
    pub failure_url: Personal,
    /// The address that the browser visits after a success. Wire: `Success_URL`, up to 250 characters.
    pub success_url: Personal,
    /// The customer's address, as `203.0.113.7`; a warning unless it is public. Wire: `IPAddress`.
    pub customer_ip: CustomerIp,
    /// A description of the customer. Wire: `Customer_Info`, up to 100 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<Personal>,
    /// A description of the goods. Wire: `Order_Description`, up to 250 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal>,
    /// The page of the payment. Wire: `Referrer_URL`, up to 256 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<Personal>,
}

impl BkmPayment {
    /// Creates a payment of an order.
    pub fn new(
        order: PaymentOrder,
        key: PaymentKey,
        amount: Money,
        phone: impl Into<Personal>,
        urls: ReturnUrls,
        customer_ip: impl Into<CustomerIp>,
    ) -> Self {
        Self {
            order,
            key,
            amount,
            phone: phone.into(),
            failure_url: urls.failure.into(),
            success_url: urls.success.into(),
            customer_ip: customer_ip.into(),
            customer: None,
            description: None,
            page: None,
        }
    }

    /// Sets a description of the goods.
    #[must_use]
    pub fn described(mut self, description: impl Into<Personal>) -> Self {
        self.description = Some(description.into());
        self
    }
}

kervan_core::setters! { BkmPayment {
    /// Sets a description of the customer.
    customer: into Option<Personal>,
}}

impl Operation for BkmPayment {
    type Service = Settings;
    type Output = BrowserAddress;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Islem_Odeme_BKM", "TP_Islem_Odeme_BKMResult")
        .with_status(&["Response_Code", "Response_Message"])
        .at_bank();
    const CLASS: Class = Class::Start;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, 36);
        hash::check(problems, "order", self.order.as_str());
        problems.required("key", &self.key, ANY);
        problems.positive("amount", self.amount);
        check_phone(problems, "phone", Some(&self.phone));
        for (path, url) in [
            ("failure_url", self.failure_url.as_str()),
            ("success_url", self.success_url.as_str()),
        ] {
            check_return_url(problems, path, url, 250);
            hash::check(problems, path, url);
        }
        self.customer_ip.check(problems, "customer_ip");
        problems.optional("customer", &self.customer, 100);
        problems.optional("description", &self.description, 250);
        problems.optional("page", &self.page, 256);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let amount = self.amount.comma();
        Ok(Body::with_login()
            .merchant()
            .text("Customer_Info", &self.customer)
            .text("Customer_GSM", typed::mobile(&self.phone))
            .text("Error_URL", &self.failure_url)
            .text("Success_URL", &self.success_url)
            .text("Order_ID", &self.order)
            .text("Order_Description", &self.description)
            .text("Amount", &amount)
            .hash(
                "Payment_Hash",
                [&amount, &self.order, &self.failure_url, &self.success_url],
            )
            .text("Transaction_ID", &self.key)
            .text("IPAddress", self.customer_ip.sent())
            .text("Referrer_URL", &self.page))
    }

    fn read(&self, reading: Reading<'_>) -> Read<BrowserAddress> {
        let answer = reading.value::<WireAnswer>()?;
        browser::address(reading, answer, "Redirect_URL", |it| it.url)
    }
}

settled_by_key! { BkmPayment: key, amount => browser::found }

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Redirect_URL")]
    url: Option<String>,
}
