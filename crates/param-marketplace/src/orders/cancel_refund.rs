//! Gives a payment back, whole or in part. Wire: `Pazaryeri_TP_Iptal_Iade` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, ForeignText, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use kervan_turkiye::line::sent;
use serde::{Deserialize, Serialize};

use super::query::{Order, QueryOrders};
use super::refund_amount::{PartialAmount, RefundAmount};
use super::status::OrderStatus;
use super::undo::Undo;
#[cfg(feature = "payments")]
use super::undo_question::found_whole;
use super::undo_question::{UndoAnswer, UndoQuestion};
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::{OrderKey, folded};
#[cfg(feature = "payments")]
use crate::payments::QueryPayment;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Cancels or refunds a payment, whole or in part. Provider's page: İptal İade.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) with
/// [`RejectionKind::AlreadyDone`](crate::RejectionKind::AlreadyDone) for a payment that somebody has
/// already cancelled or refunded, and [`RejectionKind::CannotUndo`](crate::RejectionKind::CannotUndo) when
/// the other way or a smaller amount is needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelOrRefund {
    /// The order of one seller. Wire: `PYSiparis_GUID`.
    pub order: OrderKey,
    /// The order number of the payment call, at most 36 characters. Wire: `Siparis_ID`.
    pub payment_order: String,
    /// Cancel on the day of the payment, refund later. Wire: `Durum`.
    pub undo: Undo,
    /// The amount that goes back. Wire: `SiparisTutar`, `OdenecekTutar`.
    pub amount: RefundAmount,
}

impl CancelOrRefund {
    /// Gives a payment back, whole or in part.
    pub fn new(
        order: OrderKey,
        payment_order: impl Into<String>,
        undo: Undo,
        amount: RefundAmount,
    ) -> Self {
        Self {
            order,
            payment_order: payment_order.into(),
            undo,
            amount,
        }
    }
}

/// The payment was given back, whole or in part.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelledOrRefunded {
    /// The state as the answer has it. Wire: `Durum`.
    #[serde(rename(deserialize = "Durum"))]
    pub status: Option<OrderStatus>,
    /// The state in words. Wire: `Durum_Str`.
    #[serde(rename(deserialize = "Durum_Str"))]
    pub status_text: Option<ForeignText>,
}

impl Operation for CancelOrRefund {
    type Service = Settings;
    type Output = CancelledOrRefunded;
    const ENDPOINT: Endpoint =
        Endpoint::marketplace("Pazaryeri_TP_Iptal_Iade", "Pazaryeri_TP_Iptal_IadeResult").at_bank();
    const CLASS: Class = Class::Delta;

    fn class(&self) -> Class {
        match self.amount {
            RefundAmount::Full => Class::State,
            RefundAmount::Partial(_) => Class::Delta,
        }
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, 36);
        problems.required("payment_order", &self.payment_order, 36);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let (amount, new_payable) = match self.amount {
            RefundAmount::Full => (Money::ZERO, Money::ZERO),
            RefundAmount::Partial(part) => (part.amount(), part.new_payable()),
        };
        Ok(Body::with_login()
            .text("PYSiparis_GUID", &self.order)
            .merchant()
            .text("Durum", self.undo.wire())
            .text("Siparis_ID", self.payment_order.clone())
            .text("SiparisTutar", amount.dot())
            .text("OdenecekTutar", new_payable.dot()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<CancelledOrRefunded> {
        reading.value()
    }
}

impl Settle for CancelOrRefund {
    type ReadBack = UndoQuestion;

    /// Returns the order's key; for a full refund, which gives back the whole payment, the payment's order
    /// number.
    fn key(&self) -> String {
        match self.amount {
            RefundAmount::Full => sent(&self.payment_order).into_owned(),
            RefundAmount::Partial(_) => folded(self.order.as_str()),
        }
    }

    fn read_back(&self) -> Option<UndoQuestion> {
        let query = QueryOrders::by_order(self.order.clone());
        Some(UndoQuestion::Orders(query))
    }

    /// Asks for the payment after a full refund if the order shows state 13, which may come from an earlier
    /// partial refund.
    #[cfg(feature = "payments")]
    fn second_question(&self, first: &Answer<UndoAnswer>) -> Option<UndoQuestion> {
        let order = only(first, &self.order)?;
        let is_unclear = order.status == Some(OrderStatus::Refunded);
        (self.amount == RefundAmount::Full && is_unclear).then(|| {
            let order = self.payment_order.as_str();
            UndoQuestion::Payment(QueryPayment::by_order(order))
        })
    }

    /// Returns the seller's amount before the write, and the order's state.
    fn baseline(&self, before: &Answer<UndoAnswer>) -> Option<Baseline> {
        let order = only(before, &self.order)?;
        Some(Baseline::new(facts(order)?))
    }

    fn found(
        &self,
        now: Answer<UndoAnswer>,
        baseline: Option<&Baseline>,
    ) -> Found<CancelledOrRefunded, Rejection> {
        #[cfg(feature = "payments")]
        if let UndoAnswer::Payment(status) = &now.value {
            return found_whole(status, &self.payment_order);
        }
        match (only(&now, &self.order), self.amount) {
            (Some(order), RefundAmount::Full) => found_full(order),
            (Some(order), RefundAmount::Partial(part)) => found_part(order, part, baseline),
            (None, _) => Found::Unclear,
        }
    }
}

/// Returns the one order of this key; `None` in an answer about the payment.
fn only<'a>(answer: &'a UndoAnswer, key: &OrderKey) -> Option<&'a Order> {
    match answer {
        UndoAnswer::Orders(orders) => orders.only(key),
        #[cfg(feature = "payments")]
        UndoAnswer::Payment(_) => None,
    }
}

/// Reads a row after a full refund. State 12 means that the payment is cancelled too. State 13 may come
/// from an earlier partial refund, with any amount left for the seller.
fn found_full(order: &Order) -> Found<CancelledOrRefunded, Rejection> {
    match order.status {
        Some(OrderStatus::PaymentCancelled) => Found::Wanted,
        Some(OrderStatus::Waiting | OrderStatus::Approved | OrderStatus::Cancelled) => {
            Found::Absent
        }
        _ => Found::Unclear,
    }
}

/// Reads a row after a partial refund: the seller's amount has changed to the new one. If the new amount
/// equals the old one, no row shows the refund.
fn found_part(
    order: &Order,
    part: PartialAmount,
    baseline: Option<&Baseline>,
) -> Found<CancelledOrRefunded, Rejection> {
    let (Some(before), Some(now)) = (baseline, facts(order)) else {
        return Found::Unclear;
    };
    let [payable, status] = &now;
    let wanted = payable_fact(part.new_payable());
    if before.has(&wanted) {
        Found::Unclear
    } else if *payable == wanted {
        Found::Ours(None)
    } else if before.has(payable) && before.has(status) {
        Found::Absent
    } else {
        Found::Unclear
    }
}

fn payable_fact(amount: Money) -> String {
    format!("payable {amount}")
}

/// Returns the values of a row that refunds change. `None` for an amount that cannot be read.
fn facts(order: &Order) -> Option<[String; 2]> {
    let payable = order.payable.as_ref().and_then(ReceivedAmount::money)?;
    let status = order.status.clone().map(String::from).unwrap_or_default();
    Some([payable_fact(payable), format!("state {}", status.trim())])
}
