//! Asks whether the credit bureau's report is there. Wire: `AskKkbReportResult` (JSON, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::progress::LimitProgress;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::BureauReference;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

/// Asks for the outcome of a limit request. HASO asks the bureau by itself, too.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AskReport {
    /// The number of the request. Wire: `kkbRefNo`.
    pub reference: BureauReference,
    /// The outcome of a test: `A` to `F`, or `RETRY`. Wire: `testResult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test_result: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "AskKkbReportResult",
    path: "RequestV2/AskKkbReportResult",
    token: TokenRule::Always,
    signed: &["merchantId", "ipAddress", "kkbRefNo"],
    says_success: false,
    is_write: false,
};

impl AskReport {
    /// A request from its required values.
    pub fn new(reference: impl Into<BureauReference>) -> Self {
        Self {
            reference: reference.into(),
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
            .maybe("testResult", self.test_result.as_deref())
    }
}

impl Operation for AskReport {
    type Service = Settings;
    type Output = LimitProgress;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
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
