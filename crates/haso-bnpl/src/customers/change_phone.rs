//! Changes a customer's mobile number. Wire: `ChangeCustomerGsmNo` (form, write).

use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check;
use crate::codes::{self, Page};
use crate::common::Common;
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};
use crate::{Client, Error, answer};

/// Changes a customer's mobile number. A repeat is answered with [`Kind::SamePhone`](crate::Kind::SamePhone),
/// which tells that the first try was done.
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
};

impl ChangePhone {
    /// A request from its required values.
    pub fn new(customer: impl Into<CustomerId>, mobile: impl Into<Personal>) -> Self {
        Self {
            customer: customer.into(),
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

impl Client {
    /// Changes a customer's mobile number. Sent at most once; after an unknown outcome send it again:
    /// [`Kind::SamePhone`](crate::Kind::SamePhone) means that it was done.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] with the numbers that can be used; see [`Error`] for the rest.
    pub async fn change_phone(&self, request: &ChangePhone) -> Result<Done, Error> {
        self.call(request).await
    }
}

impl Operation for ChangePhone {
    type Settings = Settings;
    type Output = Done;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.name;
    const EFFECT: Effect = Effect::Write;

    fn result_codes() -> Vec<&'static str> {
        codes::of(PAGE.name)
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

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn decode(&self, settings: &Settings, reply: &Reply) -> Result<Done, ReadError<Rejection>> {
        answer::done(&PAGE, settings, reply)
    }
}
