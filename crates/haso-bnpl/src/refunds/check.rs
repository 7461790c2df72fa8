//! Asks whether a refund was made. Wire: `CheckRefund` (JSON, read).

use kervan_core::{Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check::{Checks as _, NO_LENGTH};
use crate::codes::{self};
use crate::common::Common;
use crate::endpoint::{Area, Endpoint};
use crate::ids::RefundId;
use crate::lenient::envelope::Envelope;
use crate::lenient::value::Value;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;
use crate::settings::quirks::RefundProof;
use kervan_core::Reason;
use kervan_core::error::Unreadable;

/// Asks for a refund by the shop's own number of it.
///
/// Only an answer with the refund's own number says so
/// ([`Quirks::refund_proof`](crate::Quirks::refund_proof)); any other success is unreadable.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) with [`Kind::RefundNotFound`](crate::Kind::RefundNotFound) when there is
/// none.
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
}

impl Operation for CheckRefund {
    type Service = Settings;
    type Output = Done;
    /// Fields beyond the documented ones, and the signature: inference.
    const ENDPOINT: &'static Endpoint = &Endpoint::read(Area::RequestV2, "CheckRefund").signed(&[
        "merchantId",
        "refundId",
        "ipAddress",
    ]);

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        problems.required("refund", self.refund.as_str(), NO_LENGTH);
        self.common.check(&mut problems);
        problems
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("refundId", self.refund.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Done, ReadError<Rejection>> {
        let own = self.refund.as_str().trim();
        let success = reading.success_without_echo(&[own])?;
        // An answer without content says nothing about the refund.
        if success.envelope.data.is_nothing() {
            return Err(Unreadable::at("Data", Reason::Missing).into());
        }
        if reading.settings.quirks.refund_proof == RefundProof::Number {
            proves(own, &success.envelope)?;
        }
        Ok(success.done()?)
    }
}

/// Whether the answer says that this refund is there: its number and no other, no code but success,
/// nothing that says no.
fn proves(own: &str, envelope: &Envelope) -> Result<(), Unreadable> {
    let mut found = Found::default();
    found.walk("", &envelope.rest, own);
    // A number beside `Data` does not prove it, only one in it.
    found.is_named = false;
    found.walk("", &envelope.data, own);
    let unexpected =
        |what: &'static str| Err(Unreadable::at("Data", Reason::Unexpected(what.into())));
    if found.is_other {
        return Err(Unreadable::at(
            "Data.RefundId",
            Reason::Unexpected("the refund's own number".into()),
        ));
    }
    if found.has_code {
        return unexpected("no code but success");
    }
    if found.says_no {
        return unexpected("nothing that says no");
    }
    if !found.is_named {
        return Err(Unreadable::at("Data.RefundId", Reason::Missing));
    }
    Ok(())
}

/// The findings in an answer's values.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "four findings, each its own")]
struct Found {
    is_named: bool,
    is_other: bool,
    has_code: bool,
    says_no: bool,
}

impl Found {
    fn walk(&mut self, name: &str, value: &Value, own: &str) {
        match value {
            Value::Text(text) if name == "RefundId" && text.trim() == own => self.is_named = true,
            Value::Text(text) if name == "RefundId" && !text.trim().is_empty() => {
                self.is_other = true;
            }
            Value::Text(text) if text.trim() != own => {
                self.has_code |= codes::refusing(text).is_some();
                self.says_no |= text.trim().eq_ignore_ascii_case("false");
            }
            Value::Flag(false) => self.says_no = true,
            Value::List(items) => items.iter().for_each(|item| self.walk(name, item, own)),
            Value::Object(members) => {
                for (name, value) in members {
                    self.has_code |= codes::refusing(name).is_some();
                    self.walk(name, value, own);
                }
            }
            Value::Null | Value::Text(_) | Value::Flag(true) => {}
        }
    }
}
