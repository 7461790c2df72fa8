//! Giving back a payment that is shared by sellers: `Pazaryeri_TP_Iptal_Iade`.

use super::call::Call;
use super::give_back::check_state;
use super::orders::OrderState;
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::Kurus;

impl Param {
    /// Gives everything back (amount 0) or a part of one seller's entry.
    pub(crate) fn refund_order(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let amount = call.double("SiparisTutar")?;
        let payable = call.double("OdenecekTutar")?;
        let is_cancel = call.text("Durum") == "IPTAL";
        let found = self.charged(&call.text("Siparis_ID"));
        let rule = "Siparis_ID: no payment of this order was charged";
        let mut payment = found.ok_or(Refusal::code(-210, rule))?;
        let entry = self.entry(&call.text("PYSiparis_GUID"))?;
        // An order number may have several payments; the entry says which.
        let of_entry = self.entries[entry].payment;
        if self.payments[payment].id != of_entry {
            let order = call.text("Siparis_ID");
            let other = self
                .payments
                .iter()
                .position(|one| one.id == of_entry && one.order == order && one.is_charged());
            let rule = "PYSiparis_GUID: not an entry of the payment of Siparis_ID";
            payment = other.ok_or(Refusal::code(-209, rule))?;
        }
        check_entry(self.entries[entry].state)?;
        check_state(&self.payments[payment], is_cancel, scene.now)?;
        // State 12 says that the payment is cancelled too, so a part never leads there.
        let state = if is_cancel && !amount.is_positive() {
            OrderState::PaymentCancelled
        } else {
            OrderState::Refunded
        };
        if amount.is_positive() {
            self.check_part(entry, payment, amount, payable)?;
            let key = self.entries[entry].key.clone();
            self.give_back(payment, amount, is_cancel, Some(key), scene);
            let part_changes_state = self.rules.part_changes_state;
            let entry = &mut self.entries[entry];
            entry.product = entry.product - amount;
            entry.payable = payable;
            entry.returned = entry.returned + amount;
            if !entry.product.is_positive() {
                entry.state = state;
            } else if part_changes_state {
                entry.shows = Some(state);
            }
        } else {
            let left = self.payments[payment].left();
            self.give_back(payment, left, is_cancel, None, scene);
            let of_payment = |one: &&mut super::OrderEntry| one.payment == of_entry;
            for entry in self.entries.iter_mut().filter(of_payment) {
                if entry.state.is_open() {
                    entry.state = state;
                    entry.shows = None;
                    if self.rules.whole_clears_shares {
                        entry.payable = Kurus::ZERO;
                    }
                }
            }
        }
        Ok(vec![
            text("Durum", state.code()),
            text("Durum_Str", state.words()),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }

    fn check_part(
        &self,
        entry: usize,
        payment: usize,
        amount: Kurus,
        payable: Kurus,
    ) -> Result<(), Refusal> {
        let entry = &self.entries[entry];
        if amount > entry.product || amount > self.payments[payment].left() {
            let rule = "SiparisTutar: more than is left of the entry or its payment";
            return Err(Refusal::code(-221, rule));
        }
        let rest = entry.product - amount;
        let most = if self.rules.payable_within_refund {
            rest.min(amount)
        } else {
            rest
        };
        if payable > most {
            let words = "Ödenecek tutar ürün tutarından büyük olamaz";
            let rule = "OdenecekTutar: more than the product amount allows";
            return Err(Refusal::words(-1, words, rule));
        }
        Ok(())
    }
}

/// An entry that was cancelled or refunded as a whole has nothing left.
fn check_entry(state: OrderState) -> Result<(), Refusal> {
    match state {
        OrderState::Cancelled | OrderState::PaymentCancelled => {
            let rule = "PYSiparis_GUID: the entry is cancelled already";
            Err(Refusal::code(-211, rule))
        }
        OrderState::Refunded => {
            let rule = "PYSiparis_GUID: the entry is refunded already";
            Err(Refusal::code(-212, rule))
        }
        _ => Ok(()),
    }
}
