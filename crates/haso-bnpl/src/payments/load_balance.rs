//! Adds to a customer's balance. Wire: `LoadCustomerBalance` (JSON, write).

use chrono::NaiveDate;
use kervan_core::time::DateForm;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Money, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::answer::Done;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

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
    /// What is added. Wire: `balanceAmount`, times 100.
    pub amount: Money,
    /// The day of the payment. Wire: `paymentDate`, `yyyy-MM-dd`.
    pub day: NaiveDate,
    /// The shop's reference of the payment. Wire: `paymentReferenceCode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "LoadCustomerBalance",
    path: "RequestV2/LoadCustomerBalance",
    token: TokenRule::Always,
    signed: &["merchantId", "customerId", "balanceAmount", "ipAddress"],
    says_success: false,
    is_write: true,
};

impl LoadBalance {
    /// A request from its required values.
    pub fn new(customer: impl Into<CustomerId>, amount: Money, day: NaiveDate) -> Self {
        Self {
            customer: customer.into(),
            amount,
            day,
            reference: None,
            common: Common::new(),
        }
    }

    /// Sets the shop's reference of the payment.
    #[must_use]
    pub fn reference(mut self, value: impl Into<String>) -> Self {
        self.reference = Some(value.into());
        self
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        Fields::new()
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
            .text("customerId", self.customer.as_str())
            .text("balanceAmount", self.amount.kurus().to_string())
            .maybe("paymentDate", DateForm::Iso.write(self.day))
            .maybe("paymentReferenceCode", self.reference.as_deref())
    }
}

impl Operation for LoadBalance {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "customer",
            self.customer.as_str(),
            check::CUSTOMER_ID,
        );
        check::positive(&mut problems, "amount", self.amount);
        check::day(&mut problems, "day", self.day);
        check::optional(
            &mut problems,
            "reference",
            self.reference.as_deref(),
            check::NO_LENGTH,
        );
        self.common.check(&mut problems);
        wire::check(
            settings,
            &PAGE,
            &self.common,
            &self.fields(settings),
            &mut problems,
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn read(&self, (settings, reply): (&Settings, &Reply)) -> Result<Done, ReadError<Rejection>> {
        let numbers = [("CustomerId", self.customer.as_str())];
        answer::done_of(&PAGE, settings, reply, &numbers)
    }
}
