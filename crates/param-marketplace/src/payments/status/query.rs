//! Asks for the state of a payment. Wire: `TP_Islem_Sorgulama4` (SOAP, read).

use kervan_core::error::Unreadable;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::Found;
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::record::PaymentRecord;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::payments::answer::{Charged, Payment};
use crate::payments::ids::{PaymentKey, PaymentOrder, ReceiptId};
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{ANY, Checks as _, TablePlace};

/// Asks for one payment by receipt, order or key; one of them is enough. Provider's page: İşlem
/// Sorgulama.
///
/// It settles the charges, starts, reservations and refunds of this module; stored cards are settled by
/// their list. The answer for an order that the service does not know is not documented.
///
/// A payment with another key or receipt than the requested one is the answer to another question, and
/// unreadable.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct QueryPayment {
    /// Wire: `Dekont_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<ReceiptId>,
    /// Wire: `Siparis_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<PaymentOrder>,
    /// Wire: `Islem_ID`, unique to one attempt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<PaymentKey>,
}

impl QueryPayment {
    /// Asks by the shop's key of an attempt.
    pub fn by_key(key: impl Into<PaymentKey>) -> Self {
        Self {
            key: Some(key.into()),
            ..Self::default()
        }
    }

    /// Asks by the order's number.
    pub fn by_order(order: impl Into<PaymentOrder>) -> Self {
        Self {
            order: Some(order.into()),
            ..Self::default()
        }
    }

    /// Asks by the receipt.
    pub fn by_receipt(receipt: impl Into<ReceiptId>) -> Self {
        Self {
            receipt: Some(receipt.into()),
            ..Self::default()
        }
    }
}

impl QueryPayment {
    /// Compares the payment with the question, because an answer over a shared connection may be that to
    /// another one. The order's number may have been replaced, so it is not compared here.
    fn check_echo(
        &self,
        reading: Reading<'_>,
        payment: Option<&PaymentRecord>,
    ) -> Result<(), Unreadable> {
        let Some(payment) = payment else {
            return Ok(());
        };
        if let Some(key) = &self.key {
            let said = payment.key.as_ref().map(PaymentKey::as_str);
            reading.check_echo("Islem_ID", said, |said| PaymentKey::from(said) == *key)?;
        }
        if let Some(receipt) = &self.receipt {
            let said = payment.receipt.as_ref().map(ReceiptId::as_str);
            reading.check_echo("Dekont_ID", said, |said| ReceiptId::from(said) == *receipt)?;
        }
        Ok(())
    }

    /// Returns whether a payment is the requested one: it has every number of the query.
    pub(crate) fn is_about(&self, payment: &PaymentRecord) -> bool {
        fn fits<T: PartialEq>(asked: Option<&T>, found: Option<&T>) -> bool {
            asked.is_none() || asked == found
        }
        fits(self.order.as_ref(), payment.order.as_ref())
            && fits(self.key.as_ref(), payment.key.as_ref())
            && fits(self.receipt.as_ref(), payment.receipt.as_ref())
    }
}

/// The state of a payment at the service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaymentStatus {
    /// The payment; `None` when it was not found. A successful query does not mean a successful payment.
    /// Wire: `DT_Bilgi`.
    #[serde(rename(deserialize = "DT_Bilgi"))]
    pub payment: Option<PaymentRecord>,
}

impl PaymentStatus {
    /// Reads the outcome of a payment. A payment that was not found is absent. That proves nothing about a
    /// charge, because it may still be in progress, and the answer for an unknown order is not documented.
    ///
    /// Another payment than the requested one, or one of another amount, proves nothing either.
    pub(crate) fn found_payment<T>(
        now: Answer<Self>,
        asked: &QueryPayment,
        total: Money,
        done: impl FnOnce(Charged) -> T,
    ) -> Found<T, Rejection> {
        Self::found_by(now, asked, Some(total), PaymentRecord::is_paid, done)
    }

    /// Reads the outcome of a call whose output says that the card was charged.
    pub(crate) fn found_charged<S>(
        now: Answer<Self>,
        asked: &QueryPayment,
        total: Money,
    ) -> Found<Payment<S>, Rejection> {
        Self::found_payment(now, asked, total, Payment::Charged)
    }

    /// Reads the outcome of any charge; `is_done` recognises its success. The amount is compared where it
    /// is known.
    pub(crate) fn found_by<T>(
        now: Answer<Self>,
        asked: &QueryPayment,
        total: Option<Money>,
        is_done: fn(&PaymentRecord) -> bool,
        done: impl FnOnce(Charged) -> T,
    ) -> Found<T, Rejection> {
        let (status, rest) = now.split();
        let Some(payment) = status.payment else {
            return Found::Absent;
        };
        if !asked.is_about(&payment) {
            return Found::Unclear;
        }
        if payment.is_refused() {
            let code = payment.result.as_deref().unwrap_or_default();
            let no = Rejection::by_bank(
                QueryPayment::ENDPOINT.operation,
                code,
                payment.bank_text.clone(),
            );
            return Found::Failed(no);
        }
        let charged = payment.total.as_ref().and_then(ReceivedAmount::money);
        let is_amount = total.is_none_or(|total| charged == Some(total));
        match payment.money() {
            Some(receipt) if is_amount && is_done(&payment) => {
                let charged = Charged {
                    receipt,
                    order: payment.order,
                    commission_rate: payment.commission_rate,
                    commission: payment.commission,
                    net: None,
                };
                Found::Ours(Some(rest.map(|()| done(charged))))
            }
            _ => Found::Unclear,
        }
    }
}

impl Operation for QueryPayment {
    type Service = Settings;
    type Output = PaymentStatus;
    const ENDPOINT: Endpoint =
        Endpoint::payment("TP_Islem_Sorgulama4", "TP_Islem_Sorgulama4Result");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        if *self == Self::default() {
            problems.push(rules::PAYMENT_UNNAMED.at("query"));
        }
        problems.unless_absent("receipt", self.receipt.as_ref(), ANY);
        problems.unless_absent("order", self.order.as_ref(), 36);
        problems.unless_absent("key", self.key.as_ref(), ANY);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .merchant()
            .text("Dekont_ID", &self.receipt)
            .text("Siparis_ID", &self.order)
            .text("Islem_ID", &self.key))
    }

    fn read(&self, reading: Reading<'_>) -> Read<PaymentStatus> {
        match reading.without_table::<PaymentStatus>() {
            Err(error) => match reading.without_table::<WireNothing>() {
                Ok(nothing) => Ok(nothing.map(|_| PaymentStatus::default())),
                Err(_) => Err(error),
            },
            Ok(answer) => answer.try_map(|status| {
                self.check_echo(reading, status.payment.as_ref())?;
                Ok(status)
            }),
        }
    }
}

/// The answer without a payment, in which its element is empty or missing.
#[derive(Deserialize)]
struct WireNothing {
    #[serde(rename = "DT_Bilgi")]
    _nothing: Option<TablePlace>,
}
