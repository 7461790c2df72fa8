//! Confirms a limit request with the PIN of the customer. Wire: `SendKkbPinCode` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::ask_report::AskReport;
use super::progress::LimitProgress;
use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::BureauReference;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Sends the PIN that the customer got by SMS.
///
/// A state: the bureau's report of the request settles it ([`AskReport`]), because HASO has a report
/// only after a confirmed PIN. A report that is absent, or that does not name the request, decides
/// nothing.
///
/// Sent at most once; after an unknown outcome ask with [`settle`](kervan_settling::Settler::settle) or
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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl ConfirmPin {
    /// Creates a request from its required values.
    pub fn new(reference: BureauReference, pin: impl Into<Personal>) -> Self {
        Self {
            reference,
            pin: pin.into(),
            test_result: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { ConfirmPin {
    /// Sets the outcome of a test: `A` to `F`, or `RETRY`.
    test_result: into Option<String>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for ConfirmPin {
    type Service = Settings;
    type Output = LimitProgress;
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "SendKkbPinCode").signed(&[
        "merchantId",
        "ipAddress",
        "kkbRefNo",
        "pinCode",
    ]);
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("reference", &self.reference, NO_LENGTH);
        problems.required("pin", &self.pin, NO_LENGTH);
        problems.optional("test_result", self.test_result.as_ref(), NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("kkbRefNo", self.reference.as_str())
            .text("pinCode", self.pin.as_str())
            .maybe("testResult", self.test_result.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<LimitProgress> {
        LimitProgress::read(reading, &[("KkbRefNo", self.reference.as_str())])
    }
}

impl Settle for ConfirmPin {
    type ReadBack = AskReport;

    /// Returns the number of the request.
    fn key(&self) -> String {
        self.reference.as_str().to_owned()
    }

    /// Asks without the test's outcome, which would choose one.
    fn read_back(&self) -> Option<AskReport> {
        let question = AskReport::new(self.reference.clone());
        Some(question.common(self.common.clone()))
    }

    fn found(
        &self,
        now: Answer<LimitProgress>,
        _baseline: Option<&Baseline>,
    ) -> Found<LimitProgress, Rejection> {
        // Without the number it could be the answer to the PIN of another customer.
        let is_own = now.reference.as_ref() == Some(&self.reference);
        match now.limit {
            Some(_) if is_own => Found::Wanted,
            _ => Found::Unclear,
        }
    }
}
