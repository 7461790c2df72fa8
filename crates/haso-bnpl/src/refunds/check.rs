//! Asks whether a refund was made. Wire: `CheckRefund` (JSON, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::answer::Done;
use crate::check;
use crate::codes::{self, Page};
use crate::common::Common;
use crate::ids::RefundId;
use crate::lenient::{Envelope, Value};
use crate::rejection::Rejection;
use crate::settings::{RefundProof, Settings};
use crate::wire::{self, Fields, TokenRule};
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

/// Fields beyond the documented ones, and the signature: inference.
const PAGE: Page = Page {
    name: "CheckRefund",
    path: "RequestV2/CheckRefund",
    token: TokenRule::Always,
    signed: &["merchantId", "refundId", "ipAddress"],
    says_success: false,
    is_write: false,
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

impl Operation for CheckRefund {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "refund",
            self.refund.as_str(),
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
        let own = self.refund.as_str().trim();
        let envelope = answer::envelope(&PAGE, settings, reply)
            .map_err(|error| answer::without_echo(error, &[own]))?;
        // An answer without content says nothing about the refund.
        if envelope.data.is_nothing() {
            return Err(Unreadable::at("Data", Reason::Missing).into());
        }
        if settings.quirks.refund_proof == RefundProof::Number {
            proves(own, &envelope)?;
        }
        Ok(Done::of(envelope, settings)?)
    }
}

/// Whether the answer says that this refund is there: its number and no other, no code but success,
/// nothing that says no.
fn proves(own: &str, envelope: &Envelope) -> Result<(), Unreadable> {
    let mut found = Found::default();
    found.walk("", &envelope.rest, own);
    // A number beside `Data` is no evidence, only one in it.
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

/// What an answer's values say.
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
