//! Gives a payment back and reports the receipts. Wire: `TP_Islem_Iptal_Iade_Kismi4` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::refund::{self, PaymentRefunded, RefundPayment, WireRefund, wire_refund_body};
use crate::endpoint::Endpoint;
use crate::payments::answer;
use crate::payments::ids::{PaymentOrder, ReceiptId};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Gives a payment back as [`RefundPayment`] does, with the receipts in the answer. Provider's page: İptal
/// / İade (`TP_Islem_Iptal_Iade_Kismi4`).
///
/// Sent at most once, because the call has no idempotency key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct RefundWithReceipt {
    /// The refund or cancellation.
    pub refund: RefundPayment,
}

impl RefundWithReceipt {
    /// Creates it from a refund or cancellation.
    pub fn new(refund: RefundPayment) -> Self {
        Self { refund }
    }
}

/// The payment was given back.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RefundReceipt {
    /// The receipt of the payment. Wire: `Orjinal_Dekont_ID`.
    pub payment_receipt: Option<ReceiptId>,
    /// The receipt of the refund. Wire: `Iade_Dekont_ID`.
    pub refund_receipt: Option<ReceiptId>,
    /// The order. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// The answer of the earlier form of the call.
    #[serde(flatten)]
    pub refunded: PaymentRefunded,
}

impl Operation for RefundWithReceipt {
    type Service = Settings;
    type Output = RefundReceipt;
    const ENDPOINT: Endpoint = Endpoint::payment(
        "TP_Islem_Iptal_Iade_Kismi4",
        "TP_Islem_Iptal_Iade_Kismi4Result",
    )
    .at_bank()
    .ignoring(refund::IGNORED);
    const CLASS: Class = RefundPayment::CLASS;

    fn class(&self) -> Class {
        self.refund.class()
    }

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.refund.check(context, problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_refund_body(&self.refund))
    }

    fn read(&self, reading: Reading<'_>) -> Read<RefundReceipt> {
        let answer = reading.value::<WireRefund>()?;
        let receipt = |text: &Option<String>| ReceiptId::of_money(text.as_deref()?);
        Ok(answer.map(|it| RefundReceipt {
            payment_receipt: receipt(&it.payment),
            refund_receipt: receipt(&it.refund),
            order: answer::order(it.order.clone()),
            refunded: it.into(),
        }))
    }
}

impl Settle for RefundWithReceipt {
    type ReadBack = QueryPayment;

    /// Returns the order's number.
    fn key(&self) -> String {
        self.refund.key()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        self.refund.read_back()
    }

    /// Returns the sum of the earlier refunds.
    fn baseline(&self, before: &Answer<PaymentStatus>) -> Option<Baseline> {
        self.refund.baseline(before)
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
        baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        // The query does not tell the receipt of a refund.
        self.refund.found(now, baseline).without_output()
    }
}
