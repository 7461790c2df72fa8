//! Confirms a limit request with the PIN of the customer. Wire: `SendKkbPinCode` (JSON, write).

use kervan_core::{
    Baseline, Class, Context, EncodeError, Found, HttpRequest, Operation, Personal, Problems,
    ReadError, Reply, Settle,
};
use serde::{Deserialize, Serialize};

use super::ask_report::AskReport;
use super::progress::LimitProgress;
use crate::Error;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::BureauReference;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

/// Sends the PIN that the customer got by SMS.
///
/// A state: the bureau's report of the request settles it ([`AskReport`]), because there is no report
/// without a confirmed PIN. A report that is not there yet decides nothing.
///
/// Sent at most once; after an unknown outcome ask with [`settle`](kervan_core::Caller::settle) or
/// [`AskReport`](crate::AskReport).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ConfirmPin {
    /// The number of the request. Wire: `kkbRefNo`.
    pub reference: BureauReference,
    /// The PIN. Wire: `pinCode`.
    pub pin: Personal,
    /// The outcome of a test: `A` to `F`, or `RETRY`. Wire: `testResult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_result: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "SendKkbPinCode",
    path: "RequestV2/SendKkbPinCode",
    token: TokenRule::Always,
    signed: &["merchantId", "ipAddress", "kkbRefNo", "pinCode"],
    says_success: false,
    is_write: true,
};

impl ConfirmPin {
    /// A request from its required values.
    pub fn new(reference: BureauReference, pin: impl Into<Personal>) -> Self {
        Self {
            reference,
            pin: pin.into(),
            test_result: None,
            common: Common::new(),
        }
    }

    /// Sets the outcome of a test: `A` to `F`, or `RETRY`.
    #[must_use]
    pub fn test_result(mut self, value: impl Into<String>) -> Self {
        self.test_result = Some(value.into());
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
            .text("kkbRefNo", self.reference.as_str())
            .text("pinCode", self.pin.as_str())
            .maybe("testResult", self.test_result.as_deref())
    }
}

impl Operation for ConfirmPin {
    type Service = Settings;
    type Output = LimitProgress;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::State
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "reference",
            self.reference.as_str(),
            check::NO_LENGTH,
        );
        check::required(&mut problems, "pin", self.pin.as_str(), check::NO_LENGTH);
        check::optional(
            &mut problems,
            "test_result",
            self.test_result.as_deref(),
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

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<LimitProgress, ReadError<Rejection>> {
        let own = [("KkbRefNo", self.reference.as_str())];
        LimitProgress::read(&PAGE, settings, reply, &own)
    }
}

impl Settle for ConfirmPin {
    type ReadBack = AskReport;

    /// The number of the request.
    fn key(&self) -> String {
        self.reference.as_str().trim().to_owned()
    }

    /// Asks without the test's outcome, which would choose one.
    fn read_back(&self) -> Option<AskReport> {
        let question = AskReport::new(self.reference.clone());
        Some(question.common(self.common.clone()))
    }

    fn found(
        &self,
        now: Result<LimitProgress, Error>,
        _baseline: Option<&Baseline>,
    ) -> Found<LimitProgress, Rejection> {
        match now {
            Ok(answer) if answer.limit.is_some() => Found::Wanted,
            Ok(_) => Found::Unclear,
            Err(error) => Found::Unread(error),
        }
    }
}
