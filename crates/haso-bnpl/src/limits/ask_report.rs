//! Asks whether the credit bureau's report is there. Wire: `AskKkbReportResult` (JSON, read).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use super::progress::LimitProgress;
use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::BureauReference;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl AskReport {
    /// Creates a request from its required values.
    pub fn new(reference: impl Into<BureauReference>) -> Self {
        Self {
            reference: reference.into(),
            test_result: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { AskReport {
    /// Sets the outcome of a test: `A` to `F`, or `RETRY`.
    test_result: into Option<String>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for AskReport {
    type Service = Settings;
    type Output = LimitProgress;
    const ENDPOINT: Endpoint = Endpoint::read(Area::RequestV2, "AskKkbReportResult").signed(&[
        "merchantId",
        "ipAddress",
        "kkbRefNo",
    ]);
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("reference", &self.reference, NO_LENGTH);
        problems.optional("test_result", self.test_result.as_ref(), NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("kkbRefNo", self.reference.as_str())
            .maybe("testResult", self.test_result.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<LimitProgress> {
        LimitProgress::read(reading, &[("KkbRefNo", self.reference.as_str())])
    }
}
