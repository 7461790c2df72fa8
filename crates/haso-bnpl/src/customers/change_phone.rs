//! Changes a customer's mobile number. Wire: `ChangeCustomerGsmNo` (form, write).

use kervan_core::{
    Baseline, Class, Context, EncodeError, Found, HttpRequest, Operation, Personal, Problems,
    ReadError, Reply, Settle,
};
use serde::{Deserialize, Serialize};

use super::information::{CustomerInformation, GetCustomer};
use crate::answer::Done;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};
use crate::{Error, answer};

/// Changes a customer's mobile number.
///
/// Keyed, though it asks for a state: no call reads the number back, but HASO answers a repeat of the
/// same change with `H311` ([`Kind::SamePhone`](crate::Kind::SamePhone)), so the repeat settles it and
/// changes nothing more. Settle it before the next change of the same customer, because a repeat after
/// that one would bring the old number back.
///
/// Sent at most once; [`send_or_settle`](kervan_core::Caller::send_or_settle) sends it again after
/// an unknown outcome, until HASO answers.
///
/// # Errors
///
/// [`Error::Rejected`] when the number cannot be used, with the numbers that the credit bureau
/// knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangePhone {
    /// HASO's number of the customer. Wire: `CustomerId`.
    pub customer: CustomerId,
    /// The new number: ten digits that begin with 5. Wire: `NewGsmNo`.
    pub mobile: Personal,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// The page shows no credential; the signature is inference.
const PAGE: Page = Page {
    name: "ChangeCustomerGsmNo",
    path: "Index/ChangeCustomerGsmNo",
    token: TokenRule::IfPossible,
    signed: &["MerchantId", "CustomerId", "NewGsmNo", "ipAddress"],
    says_success: true,
    is_write: true,
};

impl ChangePhone {
    /// A request from its required values.
    pub fn new(customer: CustomerId, mobile: impl Into<Personal>) -> Self {
        Self {
            customer,
            mobile: mobile.into(),
            common: Common::new(),
        }
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        Fields::new()
            .text("MerchantId", &settings.merchant)
            .text("CustomerId", self.customer.as_str())
            .text("NewGsmNo", self.mobile.as_str())
    }
}

impl Operation for ChangePhone {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Keyed
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
        check::mobile(&mut problems, "mobile", self.mobile.as_str());
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

impl Settle for ChangePhone {
    /// Never asked: nothing shows the number.
    type ReadBack = GetCustomer;

    /// The customer's number. The telephone number is personal data.
    fn key(&self) -> String {
        self.customer.as_str().trim().to_owned()
    }

    fn read_back(&self) -> Option<GetCustomer> {
        None
    }

    fn found(
        &self,
        now: Result<CustomerInformation, Error>,
        _baseline: Option<&Baseline>,
    ) -> Found<Done, Rejection> {
        match now {
            Ok(_) => Found::Unclear,
            Err(error) => Found::Unread(error),
        }
    }
}
