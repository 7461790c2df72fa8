//! Giving a payment back: `TP_Islem_Iptal_Iade_Kismi2` and `_Kismi4`.

use super::call::Call;
use super::effect::Effect;
use super::payment::{GivenBack, Payment};
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::{Kurus, Moment};

impl Param {
    pub(crate) fn refund(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let order = call.text("Siparis_ID");
        let amount = call.double("Tutar")?;
        let is_cancel = call.text("Durum") == "IPTAL";
        let rule = "Siparis_ID: no payment of this order was charged";
        let index = self.charged(&order).ok_or(Refusal::code(-210, rule))?;
        let payment = &self.payments[index];
        // The documents send shared payments to the marketplace's own call; the code is an assumption.
        if self.entries.iter().any(|entry| entry.payment == payment.id) {
            return Err(Refusal::words(
                -210,
                "Pazaryeri siparişi eklenmiş işlem bu metotla iptal veya iade edilemez",
                "Siparis_ID: the payment is shared by sellers, so the marketplace gives it back",
            ));
        }
        check_state(payment, is_cancel, scene.now)?;
        if !amount.is_positive() {
            return Err(Refusal::code(-113, "Tutar: not above zero"));
        }
        if amount > payment.left() {
            return Err(Refusal::code(
                -221,
                "Tutar: more than is left of the payment",
            ));
        }
        // A cancellation needs the whole amount; the answer to another one is not known.
        if is_cancel && amount != payment.amount {
            return Err(Refusal::words(
                -1,
                "İptal tutarı işlem tutarına eşit olmalıdır",
                "Tutar: a cancellation needs the whole amount",
            ));
        }
        let receipt = self.give_back(index, amount, is_cancel, None, scene);
        let payment = &self.payments[index];
        let words = if is_cancel {
            "İptal başarılı"
        } else {
            "İade başarılı"
        };
        let with_receipts = call.operation == "TP_Islem_Iptal_Iade_Kismi4";
        let mut items = vec![text("Sonuc", 1), text("Sonuc_Str", words)];
        if with_receipts {
            items.extend([
                text("Orjinal_Dekont_ID", payment.receipt),
                text("Iade_Dekont_ID", receipt),
            ]);
        }
        items.extend([
            text("Banka_Sonuc_Kod", "00"),
            text("Bank_AuthCode", format!("A{receipt}")),
            text("Bank_Trans_ID", format!("T{receipt}")),
            text("Bank_Extra", ""),
            text("Bank_HostRefNum", receipt),
        ]);
        if with_receipts {
            items.push(text("Siparis_ID", &payment.order));
        }
        Ok(items)
    }

    /// Finds the payment of an order that was charged: the last one of which something is left, else
    /// the last one.
    pub(crate) fn charged(&self, order: &str) -> Option<usize> {
        let is_it = |payment: &Payment| payment.is_charged() && payment.order == order;
        let mut all = self.payments.iter();
        let left = all.rposition(|payment| is_it(payment) && payment.left().is_positive());
        left.or_else(|| self.payments.iter().rposition(is_it))
    }

    /// Gives money back, and returns the receipt.
    pub(crate) fn give_back(
        &mut self,
        index: usize,
        amount: Kurus,
        is_cancel: bool,
        entry: Option<String>,
        scene: &mut Scene<'_>,
    ) -> i64 {
        let id = self.payment_number(scene.chance);
        let receipt = self.receipt_number(scene.chance);
        let payment = &mut self.payments[index];
        payment.given_back.push(GivenBack {
            id,
            receipt,
            amount,
            at: scene.now,
            is_cancel,
            entry: entry.clone(),
        });
        let payment = payment.id;
        scene.happened(if is_cancel {
            Effect::Cancelled {
                payment,
                entry,
                amount,
            }
        } else {
            Effect::Refunded {
                payment,
                entry,
                amount,
            }
        });
        receipt
    }
}

/// Whether a payment can be cancelled, which ends with its day in Istanbul, or refunded, which begins
/// with the next one.
pub(crate) fn check_state(payment: &Payment, is_cancel: bool, now: Moment) -> Result<(), Refusal> {
    if payment.is_cancelled() {
        return Err(Refusal::code(
            -211,
            "Durum: the payment is cancelled already",
        ));
    }
    if payment.is_refunded() {
        return Err(Refusal::code(
            -212,
            "Durum: the payment is refunded already",
        ));
    }
    let is_its_day = payment.charged.day() == now.day();
    match (is_cancel, is_its_day) {
        (true, false) => {
            let rule = "Durum: a cancellation after the day of the payment in Istanbul";
            Err(Refusal::code(-213, rule))
        }
        (false, true) => {
            let rule = "Durum: a refund on the day of the payment in Istanbul";
            Err(Refusal::code(-214, rule))
        }
        _ => Ok(()),
    }
}
