//! Entries of sellers in payments: entering and approving.

use serde::{Deserialize, Serialize};

use super::account::same_key;
use super::call::Call;
use super::effect::Effect;
use super::payment::Payment;
use super::refusal::Refusal;
use super::reply::{Item, text};
use super::world::{Param, Scene};
use crate::{Kurus, Moment};

/// The state of an entry (`Durum`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderState {
    /// 0: waits for approval.
    Waiting,
    /// 1: approved.
    Approved,
    /// -1: cancelled, the payment stays.
    Cancelled,
    /// 12: cancelled with its payment.
    PaymentCancelled,
    /// 13: refunded.
    Refunded,
}

impl OrderState {
    /// Returns the number on the wire.
    pub fn code(self) -> i64 {
        match self {
            OrderState::Waiting => 0,
            OrderState::Approved => 1,
            OrderState::Cancelled => -1,
            OrderState::PaymentCancelled => 12,
            OrderState::Refunded => 13,
        }
    }

    /// Returns whether the seller may still be paid.
    pub fn is_open(self) -> bool {
        matches!(self, OrderState::Waiting | OrderState::Approved)
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            OrderState::Waiting => "Onay bekliyor",
            OrderState::Approved => "Onaylandı",
            OrderState::Cancelled | OrderState::PaymentCancelled => "İptal edildi",
            OrderState::Refunded => "İade edildi",
        }
    }
}

/// A seller's share in a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderEntry {
    /// The key of the entry (`PYSiparis_GUID`).
    pub key: String,
    /// The payment's number.
    pub payment: i64,
    /// The seller's key.
    pub seller: String,
    /// The product amount, less what went back in parts.
    pub product: Kurus,
    /// The seller's share.
    pub payable: Kurus,
    /// Its state.
    pub state: OrderState,
    /// When it was entered.
    pub entered: Moment,
    /// The amount that went back of this entry alone.
    pub returned: Kurus,
    /// Whether a part of it went back, which may show as a state.
    pub shows: Option<OrderState>,
}

impl OrderEntry {
    /// Returns the state as the provider's answers show it.
    pub fn shown_state(&self) -> OrderState {
        self.shows.unwrap_or(self.state)
    }
}

impl Param {
    /// `Pazaryeri_TP_Siparis_Detay_Ekle`. Entering one seller twice gives two entries: no rule against
    /// it is published.
    pub(crate) fn enter_order(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let (product, payable) = (call.amount("Tutar_Urun")?, call.amount("Tutar_Odenecek")?);
        let seller_at = self.seller(&call.text("GUID_AltUyeIsyeri"))?;
        let seller = &self.sellers[seller_at];
        let payment = self.entered_payment(&call.text("SanalPOS_Islem_ID"))?;
        let taken = |amount: fn(&OrderEntry) -> Kurus| -> Kurus {
            let of_payment = self.entries.iter().filter(|one| one.payment == payment.id);
            of_payment
                .filter(|one| one.state.is_open())
                .map(amount)
                .sum()
        };
        // What went back already is not there to be shared; the documents do not speak of it.
        let net = payment.net() - payment.returned();
        // The page of errors is stricter than that of the call: a product amount that is as large as
        // the collected one is refused too.
        if taken(|one| one.product) + product > net
            || taken(|one| one.payable) + payable > net
            || product >= payment.amount
        {
            let rule = "Tutar_Urun, Tutar_Odenecek: more than is left of the payment's net amount";
            return Err(Refusal::words(-1, "Net tutar aşıldı", rule));
        }
        let (sum, after) = self.limit_of(seller, payable);
        if after.is_some_and(|after| after > self.rules.individual_limit) {
            let rule = "Tutar_Odenecek: above the limit of an individual seller";
            return Err(Refusal::words(-1, "Pazaryeri limiti aşıldı", rule));
        }
        let entry = OrderEntry {
            key: scene.chance.guid(),
            payment: payment.id,
            seller: seller.key.clone(),
            product,
            payable,
            state: OrderState::Waiting,
            entered: scene.now,
            returned: Kurus::ZERO,
            shows: None,
        };
        scene.happened(Effect::OrderEntered {
            key: entry.key.clone(),
            payment: entry.payment,
            seller: entry.seller.clone(),
            product,
            payable,
        });
        let items = vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            text("GUID_AltUyeIsyeri", &entry.seller),
            text("Tutar_Urun", product.comma()),
            text("Tutar_Odenecek", payable.comma()),
            text("PYSiparis_GUID", &entry.key),
            text("SanalPOS_Islem_ID", call.text("SanalPOS_Islem_ID")),
            text("Toplam_Tahsilat_Tutari", sum.comma()),
            text("Pazaryeri_Limit", self.limit_shown(seller).whole()),
            text("Yeni_Odenecek_Tutar", after.unwrap_or_default().whole()),
        ];
        self.entries.push(entry);
        Ok(items)
    }

    /// Returns the payment that an entry names, when money is left in it.
    fn entered_payment(&self, number: &str) -> Result<&Payment, Refusal> {
        let by_receipt = self.rules.entry_by_receipt;
        let is_it = |payment: &&Payment| {
            payment.is_charged()
                && (payment.id.to_string() == number
                    || (by_receipt && payment.receipt.to_string() == number))
        };
        let payment = self.payments.iter().find(is_it);
        let rule = "SanalPOS_Islem_ID: no charged payment has this number";
        let payment = payment.ok_or(Refusal::code(-209, rule))?;
        if payment.is_cancelled() {
            let rule = "SanalPOS_Islem_ID: the payment is cancelled";
            Err(Refusal::code(-211, rule))
        } else if payment.is_refunded() {
            let rule = "SanalPOS_Islem_ID: the payment is refunded";
            Err(Refusal::code(-212, rule))
        } else {
            Ok(payment)
        }
    }

    /// `Pazaryeri_TP_Siparis_Onay`: 0, 1 or -1. The documents also list 12 and 13 as values that may be
    /// sent; here they are refused, because only a refund leads there.
    pub(crate) fn set_order_state(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let index = self.entry(&call.text("PYSiparis_GUID"))?;
        let entry = &mut self.entries[index];
        let wanted = match call.text("Durum").as_str() {
            "0" => OrderState::Waiting,
            "1" => OrderState::Approved,
            "-1" => OrderState::Cancelled,
            _ => {
                let rule = "Durum: neither 0 nor 1 nor -1";
                return Err(Refusal::words(-1, "Durum hatalı", rule));
            }
        };
        match (entry.shown_state(), wanted) {
            (OrderState::Cancelled | OrderState::PaymentCancelled, _) => {
                let rule = "PYSiparis_GUID: the entry is cancelled already";
                return Err(Refusal::code(-211, rule));
            }
            (OrderState::Refunded, _) => {
                let rule = "PYSiparis_GUID: the entry is refunded already";
                return Err(Refusal::code(-212, rule));
            }
            (OrderState::Approved, OrderState::Cancelled) => {
                return Err(Refusal::words(
                    -1,
                    "Onaylı sipariş önce onay bekliyor yapılmalıdır",
                    "Durum: -1 is reached from 0 only, and the entry is approved",
                ));
            }
            _ => {}
        }
        entry.state = wanted;
        let key = entry.key.clone();
        scene.happened(match wanted {
            OrderState::Waiting => Effect::OrderHeld { key },
            OrderState::Approved => Effect::OrderApproved { key },
            _ => Effect::OrderCancelled { key },
        });
        Ok(vec![
            text("POS_Islem_Id", entry.payment),
            text("GUID_AltUyeIsyeri", &entry.seller),
            text("Tutar_Urun", entry.product.comma()),
            text("Tutar_Odenecek", entry.payable.comma()),
            text("Durum", wanted.code()),
            text("Durum_Str", wanted.words()),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ])
    }

    /// Returns the entry of a key.
    pub(crate) fn entry(&self, key: &str) -> Result<usize, Refusal> {
        let is_it = |entry: &OrderEntry| same_key(&entry.key, key);
        let found = self.entries.iter().position(is_it);
        found.ok_or(Refusal::code(-209, "PYSiparis_GUID: no entry has this key"))
    }
}
