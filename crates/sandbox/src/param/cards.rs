//! Stored cards.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::account::same_key;
use super::call::Call;
use super::card_number::CardNumber;
use super::charge::{check_address, check_number_and_expiry, check_phone, shown_id};
use super::effect::Effect;
use super::payment::{Flow, Payment, Verdict};
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::{Param, Scene};
use crate::Moment;

const COLUMNS: &[&str] = &[
    "ID", "KK_GUID", "Tarih", "KK_No", "KK_Tip", "KK_Banka", "KK_Marka", "Kart_Adi", "KK_Hash",
    "KK_KD", "KK_SK", "Data2",
];

/// A stored card. Its `Debug` shows the key only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoredCard {
    /// The card's key (`KS_GUID`).
    pub key: String,
    /// The shop's key of the customer or the card (`KK_Islem_ID`); may be empty.
    pub owner_key: String,
    /// When it was stored.
    pub stored: Moment,
    pub(crate) number: CardNumber,
    pub(crate) holder: String,
    pub(crate) name: String,
    pub(crate) expiry: String,
}

impl fmt::Debug for StoredCard {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("StoredCard")
            .field("key", &self.key)
            .finish_non_exhaustive()
    }
}

impl StoredCard {
    fn row(&self, index: usize) -> Row {
        vec![
            ("ID", (index + 1).to_string()),
            ("KK_GUID", self.key.clone()),
            ("Tarih", self.stored.iso()),
            ("KK_No", self.number.masked.clone()),
            ("KK_Tip", "Kredi".to_owned()),
            ("KK_Banka", "Ziraat Bankası".to_owned()),
            ("KK_Marka", "Bonus".to_owned()),
            ("Kart_Adi", self.name.clone()),
            ("KK_Hash", self.number.digest.chars().take(16).collect()),
            ("KK_KD", "1".to_owned()),
            ("KK_SK", self.expiry.clone()),
            ("Data2", self.owner_key.clone()),
        ]
    }
}

impl Param {
    /// `KS_Kart_Ekle`. Storing one card twice gives two keys: no rule against it is published.
    pub(crate) fn store_card(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        check_number_and_expiry(call)?;
        let year = call.text("KK_SK_Yil");
        let short = year.get(year.len().saturating_sub(2)..).unwrap_or_default();
        let key = scene.chance.guid();
        self.cards.push(StoredCard {
            key: key.clone(),
            owner_key: call.text("KK_Islem_ID"),
            stored: scene.now,
            number: self.account.card(&call.text("KK_No")),
            holder: call.text("KK_Sahibi"),
            name: call.text("KK_Kart_Adi"),
            expiry: format!("{}/{short}", call.text("KK_SK_Ay")),
        });
        scene.happened(Effect::CardStored { key: key.clone() });
        Ok(vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            text("KS_GUID", key),
        ])
    }

    /// `KS_Kart_Liste` and `_Pagination`; an empty filter is ignored. `Sayfa_Sayi` is read as rows a
    /// page and `Sayfa_Index` as a page from 1, which no document says.
    pub(crate) fn list_cards(&self, call: &Call) -> Vec<Item> {
        let (name, owner) = (call.text("KK_Kart_Adi"), call.text("KK_Islem_ID"));
        let fits = |card: &&StoredCard| {
            (name.is_empty() || card.name == name) && (owner.is_empty() || card.owner_key == owner)
        };
        let rows = self.cards.iter().filter(fits);
        let mut rows: Vec<Row> = rows
            .enumerate()
            .map(|(index, card)| card.row(index))
            .collect();
        let size = usize::try_from(call.number("Sayfa_Sayi")).unwrap_or(0);
        if size > 0 {
            let page = usize::try_from(call.number("Sayfa_Index").saturating_sub(1)).unwrap_or(0);
            let first = page.saturating_mul(size);
            rows = rows.into_iter().skip(first).take(size).collect();
        }
        vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            Item::Table("Temp", COLUMNS, rows),
        ]
    }

    /// `KS_Kart_Sil`.
    pub(crate) fn remove_card(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let rule = "KS_GUID: no card of this KK_Islem_ID has this key";
        let not_found = Refusal::words(-209, "Kart bulunamadı", rule);
        let index = self.stored_card(call).ok_or(not_found)?;
        let card = self.cards.remove(index);
        scene.happened(Effect::CardRemoved { key: card.key });
        Ok(vec![text("Sonuc", 1), text("Sonuc_Str", "Başarılı")])
    }

    /// `KS_Tahsilat` and `KS_Tahsilat_UCD`. No hash is sent. The answer of the first has no order
    /// number, so the one that was sent stays, used or not.
    pub(crate) fn charge_stored(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let is_model = call.operation == "KS_Tahsilat_UCD";
        check_phone(call, "KK_Sahibi_GSM")?;
        check_address(call, "IPAdr")?;
        let amounts = self.check_amounts(call)?;
        let is_secure = call.text("Islem_Guvenlik_Tip") != "NS";
        let cvv = call.text("CVV").len();
        if cvv != 3 && (is_secure || cvv != 0) {
            return Err(Refusal::code(-105, "CVV: not three digits"));
        }
        let rule = "KS_GUID: no card of this KK_Islem_ID has this key";
        let stored = self.stored_card(call).ok_or(Refusal::code(-208, rule))?;
        let card = self.cards[stored].clone();
        let verdict = self.verdict_of(&card.number);
        if verdict == Verdict::ApprovesSingle && amounts.installments > 1 {
            return Err(Refusal::debit_installments());
        }
        let id = self.payment_number(scene.chance);
        let payment = Payment {
            id,
            flow: if is_model {
                Flow::ThreeDModel
            } else {
                Flow::StoredCard
            },
            verdict,
            card: card.number.masked,
            owner: card.holder,
            ..self.started(call, &amounts, scene)
        };
        let order = payment.order.clone();
        self.payments.push(payment);
        let index = self.payments.len() - 1;
        if is_secure {
            scene.happened(Effect::Started { payment: id, order });
        } else if !self.take(index, scene) {
            return Err(self.bank_refusal(index));
        }
        let payment = &self.payments[index];
        if !is_model {
            let mut items = self.pay_answer(payment);
            items.truncate(5);
            return Ok(items);
        }
        let mut items = vec![
            text("Islem_ID", shown_id(payment)),
            text("Sonuc", 1),
            text("Sonuc_Str", "İşlem Başarılı"),
            text("Banka_Sonuc_Kod", 0),
        ];
        if is_secure {
            items.push(text("Islem_GUID", &payment.session));
        }
        items.push(text("Siparis_ID", &payment.order));
        if is_secure {
            items.push(text("UCD_MD", "cHJlLWF1dGg="));
        }
        items.push(text("UCD_HTML", self.page_html(payment)));
        Ok(items)
    }

    /// Returns the card of a key, for the owner it was stored with.
    fn stored_card(&self, call: &Call) -> Option<usize> {
        let (key, owner) = (call.text("KS_GUID"), call.text("KK_Islem_ID"));
        let is_it = |card: &StoredCard| same_key(&card.key, &key) && card.owner_key == owner;
        self.cards.iter().position(is_it)
    }
}
