//! Refunds an order, whole or in part. Wire: `RefundTransaction` (JSON, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::check_refund::CheckRefund;
use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::codes::RejectionKind;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::error::Error;
use crate::ids::{OrderNumber, RefundId, TransactionCode};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// A refund. Its number is the key that makes a repeat harmless: keep it with the refund, use it for
/// this refund only, and never change the refund between two tries.
///
/// Keyed: `CheckRefund` finds the number, and `H307` on a try after one that was sent reports that it
/// exists. A refund that is not found is sent again under the same number.
///
/// Of the method's fields only `refundId` is known: the others, the path and the signature are
/// guesses, which [`Quirks::method`](crate::Quirks::method) changes.
///
/// After an unknown outcome, never give the refund a new number, because the first try may have
/// been done. [`send_or_settle`](kervan_settling::Settler::send_or_settle) sends it again under the same
/// number.
///
/// # Errors
///
/// [`Error::Rejected`] with [`RejectionKind::AlreadyRefunded`](crate::RejectionKind::AlreadyRefunded) when the number
/// is taken: by an earlier try of this refund, or by another refund. Its outcome is unknown,
/// because this method does not know the tries before it. See [`Error`] for the rest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Refund {
    /// The shop's number of the refund. Wire: `refundId`.
    pub refund: RefundId,
    /// HASO's number of the order. Wire: `transactionCode`.
    pub transaction: TransactionCode,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// The part that is given back.
    pub extent: Extent,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

/// The part that is given back. Both are sent with their amount: no empty value means everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Extent {
    /// The whole order; the amount is the order's own. Wire: `refundAmount`, times 100.
    #[serde(rename = "whole")]
    Whole(Money),
    /// A part of it. Wire: `refundAmount`, times 100.
    #[serde(rename = "part")]
    Part(Money),
}

impl Extent {
    /// Returns the amount that is given back.
    pub fn amount(self) -> Money {
        match self {
            Self::Whole(amount) | Self::Part(amount) => amount,
        }
    }
}

impl Refund {
    /// Creates a refund.
    pub fn new(
        refund: RefundId,
        transaction: TransactionCode,
        order: OrderNumber,
        extent: Extent,
    ) -> Self {
        Self {
            refund,
            transaction,
            order,
            extent,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { Refund {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for Refund {
    type Service = Settings;
    type Output = Accepted;
    /// Path, fields but `refundId`, and signature: inference.
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "RefundTransaction").signed(&[
        "merchantId",
        "refundId",
        "merchantOid",
        "transactionCode",
        "refundAmount",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Keyed;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("refund", &self.refund, NO_LENGTH);
        problems.required("transaction", &self.transaction, NO_LENGTH);
        problems.required("order", &self.order, ORDER_NUMBER);
        problems.positive("extent", self.extent.amount());
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("refundId", self.refund.as_str())
            .text("merchantOid", self.order.as_str())
            .text("transactionCode", self.transaction.as_str())
            .amount("refundAmount", self.extent.amount()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        let numbers = [
            ("RefundId", self.refund.as_str()),
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ];
        let success = reading.success_without_echo(&numbers.map(|(_, number)| number))?;
        success.check_numbers(&numbers)?;
        Ok(success.undocumented()?.map(Accepted::new))
    }
}

impl Settle for Refund {
    type ReadBack = CheckRefund;

    /// Returns the refund's number.
    fn key(&self) -> String {
        self.refund.as_str().to_owned()
    }

    fn read_back(&self) -> Option<CheckRefund> {
        Some(CheckRefund::new(self.refund.clone()).common(self.common.clone()))
    }

    /// Judges an answer. It lacks an amount, so another refund under this number looks the same.
    fn found(
        &self,
        _now: Answer<Accepted>,
        _baseline: Option<&Baseline>,
    ) -> Found<Accepted, Rejection> {
        Found::Exists
    }

    /// Judges an error. `H308` is the documented "not found".
    fn found_by_error(&self, error: Error) -> Found<Accepted, Rejection> {
        match error {
            Error::Rejected(no) if no.kind == RejectionKind::RefundNotFound => Found::Absent,
            error => Found::Unread(error),
        }
    }
}
