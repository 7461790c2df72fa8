//! Adds to a customer's balance. Wire: `LoadCustomerBalance` (JSON, write).

use chrono::NaiveDate;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::answer::Accepted;
use crate::check::{CUSTOMER_ID, Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::CustomerId;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Adds to a balance that closes unpaid installments as far as it reaches.
///
/// Blind: no call shows a balance, no key makes a repeat harmless, and an installment that was not
/// closed proves nothing. After an unknown outcome a person looks at HASO's panel.
///
/// Sent at most once; after an unknown outcome a person decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LoadBalance {
    /// HASO's number of the customer. Wire: `customerId`.
    pub customer: CustomerId,
    /// The amount that is added. Wire: `balanceAmount`, times 100.
    pub amount: Money,
    /// The day of the payment. Wire: `paymentDate`, `yyyy-MM-dd`.
    pub day: NaiveDate,
    /// The shop's reference of the payment. Wire: `paymentReferenceCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl LoadBalance {
    /// Creates a request from its required values.
    pub fn new(customer: impl Into<CustomerId>, amount: Money, day: NaiveDate) -> Self {
        Self {
            customer: customer.into(),
            amount,
            day,
            reference: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { LoadBalance {
    /// Sets the shop's reference of the payment.
    reference: into Option<String>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for LoadBalance {
    type Service = Settings;
    type Output = Accepted;
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "LoadCustomerBalance").signed(&[
        "merchantId",
        "customerId",
        "balanceAmount",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Blind;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("customer", &self.customer, CUSTOMER_ID);
        problems.positive("amount", self.amount);
        problems.day("day", self.day);
        problems.optional("reference", self.reference.as_ref(), NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("customerId", self.customer.as_str())
            .amount("balanceAmount", self.amount)
            .day("paymentDate", self.day)
            .maybe("paymentReferenceCode", self.reference.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        Ok(reading
            .undocumented(&[("CustomerId", self.customer.as_str())])?
            .map(Accepted::new))
    }
}
