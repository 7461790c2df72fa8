//! Asks whether a refund was made. Wire: `CheckRefund` (JSON, read).

use kervan_core::{Effect, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check;
use crate::codes::{self, Page};
use crate::common::Common;
use crate::ids::RefundId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};
use crate::{Client, Error, answer};
use kervan_core::Reason;
use kervan_core::error::Unreadable;

/// Asks for a refund by the shop's own number of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckRefund {
    /// The shop's number of the refund. Wire: `refundId`.
    pub refund: RefundId,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// Fields beyond the documented ones, and the signature: inference.
const PAGE: Page = Page {
    name: "CheckRefund",
    path: "RequestV2/CheckRefund",
    token: TokenRule::Always,
    signed: &["merchantId", "refundId", "ipAddress"],
    says_success: false,
};

impl CheckRefund {
    /// A request from its required values.
    pub fn new(refund: impl Into<RefundId>) -> Self {
        Self {
            refund: refund.into(),
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
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
            .text("refundId", self.refund.as_str())
    }
}

impl Client {
    /// Asks whether a refund was made.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] with [`Kind::RefundNotFound`](crate::Kind::RefundNotFound) when there is none; see [`Error`] for the rest.
    pub async fn check_refund(&self, request: &CheckRefund) -> Result<Done, Error> {
        self.call(request).await
    }
}

impl Operation for CheckRefund {
    type Settings = Settings;
    type Output = Done;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.name;
    const EFFECT: Effect = Effect::Read;

    fn result_codes() -> Vec<&'static str> {
        codes::of(PAGE.name)
    }

    fn check(&self, settings: &Settings) -> Problems {
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "refund",
            self.refund.as_str(),
            check::NO_LENGTH,
        );
        self.common.check(&mut problems);
        wire::check(settings, &PAGE, &self.fields(settings), &mut problems);
        problems
    }

    fn encode(&self, settings: &Settings) -> Result<HttpRequest, EncodeError> {
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn decode(&self, settings: &Settings, reply: &Reply) -> Result<Done, ReadError<Rejection>> {
        let done = answer::done(&PAGE, settings, reply)?;
        // An answer without content says nothing about the refund.
        if done.data.is_none() {
            return Err(Unreadable::at("Data", Reason::Missing).into());
        }
        Ok(done)
    }
}
