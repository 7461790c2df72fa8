//! Asks whether a refund was made. Wire: `CheckRefund` (JSON, read).

use kervan_core::error::Unreadable;
use kervan_core::{Class, Context, EncodeError, Operation, Problems, Reason};
use serde::{Deserialize, Serialize};

use super::proof;
use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::RefundId;
use crate::received::value::ValueExt as _;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::settings::quirks::RefundProof;

/// Asks for a refund by the shop's own number of it.
///
/// Only an answer with the refund's own number proves it
/// ([`Quirks::refund_proof`](crate::Quirks::refund_proof)); any other success is unreadable.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) with
/// [`RejectionKind::RefundNotFound`](crate::RejectionKind::RefundNotFound) when the refund does not exist.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CheckRefund {
    /// The shop's number of the refund. Wire: `refundId`.
    pub refund: RefundId,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl CheckRefund {
    /// Creates a request from its required values.
    pub fn new(refund: impl Into<RefundId>) -> Self {
        Self {
            refund: refund.into(),
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { CheckRefund {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for CheckRefund {
    type Service = Settings;
    type Output = Accepted;
    /// Fields beyond the documented ones, and the signature: inference.
    const ENDPOINT: Endpoint = Endpoint::read(Area::RequestV2, "CheckRefund").signed(&[
        "merchantId",
        "refundId",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("refund", &self.refund, NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("refundId", self.refund.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        let own = self.refund.as_str();
        let success = reading.success_without_echo(&[own])?;
        // An answer without content says nothing about the refund.
        if success.envelope.data.is_nothing() {
            return Err(Unreadable::at("Data", Reason::Missing).into());
        }
        if reading.settings.quirks.refund_proof == RefundProof::Number {
            proof::check(own, &success.envelope)?;
        }
        Ok(success.undocumented()?.map(Accepted::new))
    }
}
