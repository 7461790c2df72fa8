//! Gives a payment back, whole or in part. Wire: `TP_Islem_Iptal_Iade_Kismi2` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::orders::Undo;
use crate::payments::ids::PaymentOrder;
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::{PaymentRecord, PaymentState};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Gives a payment back. Provider's page: İptal / İade (`TP_Islem_Iptal_Iade_Kismi2`).
///
/// **Not for a payment that has order details**: give that back with
/// [`CancelOrRefund`](crate::CancelOrRefund).
///
/// Sent at most once, because the call has no idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RefundPayment {
    /// The order. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
    /// Cancel on the day of the payment, refund later. Wire: `Durum`.
    pub undo: Undo,
    /// The amount that is given back, the whole or less; a cancellation gives back the whole. Wire:
    /// `Tutar`, as `1.00`.
    pub amount: Money,
    /// The sum of the earlier refunds, as the caller knows it. The refund is not prepared when the payment
    /// reports another sum, because somebody else has refunded since. It is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refunded_before: Option<Money>,
}

impl RefundPayment {
    /// Cancels a payment on its day, with the whole amount.
    pub fn cancel(order: impl Into<PaymentOrder>, whole: Money) -> Self {
        Self::of(order, Undo::Cancel, whole)
    }

    /// Refunds a payment on a later day, whole or in part.
    pub fn refund(order: impl Into<PaymentOrder>, amount: Money) -> Self {
        Self::of(order, Undo::Refund, amount)
    }

    fn of(order: impl Into<PaymentOrder>, undo: Undo, amount: Money) -> Self {
        Self {
            order: order.into(),
            undo,
            amount,
            refunded_before: None,
        }
    }

    /// Sets the sum of the earlier refunds.
    #[must_use]
    pub fn after(mut self, refunded_before: Money) -> Self {
        self.refunded_before = Some(refunded_before);
        self
    }

    fn question(&self) -> QueryPayment {
        QueryPayment::by_order(self.order.clone())
    }

    /// Reads the outcome from the payment: a cancellation sets its state, a refund adds its amount to the
    /// sum of the refunds.
    fn found_in(
        &self,
        payment: &PaymentRecord,
        baseline: Option<&Baseline>,
    ) -> Found<PaymentRefunded, Rejection> {
        if self.undo == Undo::Cancel {
            return match payment.state {
                Some(PaymentState::Cancelled) => Found::Wanted,
                _ if payment.is_paid() => Found::Absent,
                _ => Found::Unclear,
            };
        }
        let sum = payment.refunded.as_ref().and_then(ReceivedAmount::money);
        let (Some(sum), Some(before)) = (sum, baseline) else {
            return Found::Unclear;
        };
        let without_this = sum.checked_sub(self.amount);
        if before.has(&sum_fact(sum)) && payment.is_paid() {
            Found::Absent
        } else if without_this.is_some_and(|sum| before.has(&sum_fact(sum))) {
            Found::Ours(None)
        } else {
            Found::Unclear
        }
    }
}

/// The payment was given back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PaymentRefunded {
    /// Wire: `Bank_AuthCode`.
    pub bank_approval: Option<String>,
    /// Wire: `Bank_Trans_ID`.
    pub bank_transaction: Option<String>,
    /// Wire: `Bank_HostRefNum`.
    pub bank_reference: Option<String>,
}

impl Operation for RefundPayment {
    type Service = Settings;
    type Output = PaymentRefunded;
    const ENDPOINT: Endpoint = Endpoint::payment(
        "TP_Islem_Iptal_Iade_Kismi2",
        "TP_Islem_Iptal_Iade_Kismi2Result",
    )
    .at_bank()
    .ignoring(IGNORED);
    const CLASS: Class = Class::Delta;

    fn class(&self) -> Class {
        match self.undo {
            Undo::Cancel => Class::State,
            Undo::Refund => Class::Delta,
        }
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, 36);
        problems.positive("amount", self.amount);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_refund_body(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<PaymentRefunded> {
        // The receipts belong to the later form of the call.
        let answer = reading.value::<WireRefund>()?.may_lack(&RECEIPTS);
        Ok(answer.map(WireRefund::into))
    }
}

impl Settle for RefundPayment {
    type ReadBack = QueryPayment;

    /// Returns the order's number.
    fn key(&self) -> String {
        self.order.sent().into_owned()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        Some(self.question())
    }

    /// Returns the sum of the earlier refunds.
    fn baseline(&self, before: &Answer<PaymentStatus>) -> Option<Baseline> {
        let payment = before.payment.as_ref()?;
        let is_about = self.question().is_about(payment);
        let sum = payment.refunded.as_ref()?.money()?;
        let is_known = self.refunded_before.is_none_or(|known| known == sum);
        (is_about && is_known).then(|| Baseline::new([sum_fact(sum)]))
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
        baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        let payment = now.value.payment;
        match payment.filter(|payment| self.question().is_about(payment)) {
            Some(payment) => self.found_in(&payment, baseline),
            None => Found::Unclear,
        }
    }
}

fn sum_fact(sum: Money) -> String {
    format!("refunded {sum}")
}

/// Elements that only the later form of the call has.
const RECEIPTS: [&str; 3] = ["Orjinal_Dekont_ID", "Iade_Dekont_ID", "Siparis_ID"];

/// Builds the elements of both forms of the call.
pub(crate) fn wire_refund_body(refund: &RefundPayment) -> Body {
    Body::with_login()
        .merchant()
        .text("Durum", refund.undo.wire())
        .text("Siparis_ID", &refund.order)
        .text("Tutar", refund.amount.dot())
}

/// The answer of both forms of the call.
#[derive(Deserialize)]
pub(crate) struct WireRefund {
    #[serde(rename = "Orjinal_Dekont_ID")]
    pub(crate) payment: Option<String>,
    #[serde(rename = "Iade_Dekont_ID")]
    pub(crate) refund: Option<String>,
    #[serde(rename = "Bank_AuthCode")]
    bank_approval: Option<String>,
    #[serde(rename = "Bank_Trans_ID")]
    bank_transaction: Option<String>,
    #[serde(rename = "Bank_HostRefNum")]
    bank_reference: Option<String>,
    #[serde(rename = "Siparis_ID")]
    pub(crate) order: Option<String>,
}

/// Documented elements of the answer that no output has.
pub(crate) const IGNORED: &[&str] = &["Banka_Sonuc_Kod", "Bank_Extra"];

impl From<WireRefund> for PaymentRefunded {
    fn from(answer: WireRefund) -> Self {
        Self {
            bank_approval: answer.bank_approval,
            bank_transaction: answer.bank_transaction,
            bank_reference: answer.bank_reference,
        }
    }
}
