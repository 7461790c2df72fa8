//! Sellers: adding, changing, removing, listing, and the limit of individuals.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::account::same_key;
use super::call::Call;
use super::effect::Effect;
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::{Param, Scene};
use crate::{Kurus, Moment};

const COLUMNS: &[&str] = &[
    "ID",
    "ETS_GUID",
    "Durum",
    "Tip",
    "Ad_Soyad",
    "Unvan",
    "TC_VN",
    "Yetkili_Kisi_TC",
    "GSM_No",
    "IBAN_No",
    "Adres",
    "Il",
    "Ilce",
    "Website",
    "MCC_Kod",
    "GUID",
    "Tarih",
    "Vergi_Daire",
];

/// Elements of a request that describe a seller, including those that the list does not show.
pub(crate) const VALUES: [&str; 20] = [
    "Tip",
    "Ad_Soyad",
    "Unvan",
    "TC_VN",
    "Kisi_DogumTarihi",
    "GSM_No",
    "IBAN_No",
    "IBAN_Unvan",
    "Adres",
    "Il",
    "Ilce",
    "EPosta",
    "Website",
    "MCC_Kod",
    "Yetkili_Kisi_TC",
    "Yetkili_Kisi_DogumTarihi",
    "Vergi_Daire",
    "Bagli_Olunan_Hesap",
    "SAPId",
    "MagentoId",
];

/// A seller. Its `Debug` shows the key only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Seller {
    /// The seller's key (`GUID_AltUyeIsyeri`).
    pub key: String,
    /// When it was added.
    pub added: Moment,
    /// When it was removed.
    pub removed: Option<Moment>,
    pub(crate) values: BTreeMap<String, String>,
}

impl fmt::Debug for Seller {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Seller")
            .field("key", &self.key)
            .field("removed", &self.removed)
            .finish_non_exhaustive()
    }
}

impl Seller {
    /// Returns what is known of the seller under a wire name such as `IBAN_No`; empty when nothing is.
    pub fn value(&self, wire_name: &str) -> &str {
        self.values.get(wire_name).map_or("", String::as_str)
    }

    /// Returns whether it is a person, who has a limit.
    pub(crate) fn is_individual(&self) -> bool {
        self.value("Tip") == "1"
    }

    /// Takes over what a call has. An empty value keeps the old one: the documents do not say which.
    fn take(&mut self, call: &Call) {
        for name in VALUES {
            let value = call.text(name);
            if !value.is_empty() {
                self.values.insert(name.to_owned(), value);
            }
        }
    }

    fn row(&self, index: usize, marketplace_key: &str) -> Row {
        let value = |column: &'static str| match column {
            "ID" => (index + 1).to_string(),
            "ETS_GUID" => marketplace_key.to_owned(),
            "Durum" => "1".to_owned(),
            "GUID" => self.key.clone(),
            "Tarih" => self.added.iso(),
            other => self.value(other).to_owned(),
        };
        let columns = COLUMNS.iter();
        columns.map(|column| (*column, value(column))).collect()
    }
}

impl Param {
    /// `Pazaryeri_TP_AltUyeIsyeri_Ekleme` and `_v2`. Adding one person twice gives two sellers: the
    /// documents only say to add a seller once.
    pub(crate) fn add_seller(&mut self, call: &Call, scene: &mut Scene<'_>) -> Vec<Item> {
        let key = scene.chance.guid();
        let mut seller = Seller {
            key: key.clone(),
            added: scene.now,
            removed: None,
            values: BTreeMap::new(),
        };
        seller.take(call);
        self.sellers.push(seller);
        scene.happened(Effect::SellerAdded { key: key.clone() });
        membership(Some(key))
    }

    /// `Pazaryeri_TP_AltUyeIsyeri_Guncelleme` and `_v2`.
    pub(crate) fn update_seller(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let index = self.seller(&call.text("GUID_AltUyeIsyeri"))?;
        let seller = &mut self.sellers[index];
        seller.take(call);
        scene.happened(Effect::SellerUpdated {
            key: seller.key.clone(),
        });
        Ok(membership(None))
    }

    /// `Pazaryeri_TP_AltUyeIsyeri_Silme`.
    pub(crate) fn remove_seller(
        &mut self,
        call: &Call,
        scene: &mut Scene<'_>,
    ) -> Result<Vec<Item>, Refusal> {
        let index = self.seller(&call.text("GUID_AltUyeIsyeri"))?;
        let seller = &mut self.sellers[index];
        seller.removed = Some(scene.now);
        let key = seller.key.clone();
        scene.happened(Effect::SellerRemoved { key: key.clone() });
        Ok(membership(Some(key)))
    }

    /// `Pazaryeri_TP_AltUyeIsyeri_Liste`. `Skip` counts rows, and an empty `Limit` does not limit: neither is
    /// documented.
    pub(crate) fn list_sellers(&self, call: &Call) -> Vec<Item> {
        let here = self.sellers.iter().filter(|one| one.removed.is_none());
        let all: Vec<Row> = here
            .enumerate()
            .map(|(index, seller)| seller.row(index, &self.account.marketplace_key))
            .collect();
        let total = all.len();
        let count = |name: &str| usize::try_from(call.number(name)).unwrap_or(0);
        let limit = match count("Limit") {
            0 => usize::MAX,
            limit => limit,
        };
        let rows = all.into_iter().skip(count("Skip")).take(limit).collect();
        vec![
            text("Toplam_Kayit", total),
            Item::Table("Temp1", COLUMNS, rows),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            text("GUID_AltUyeIsyeri", ""),
        ]
    }

    /// `Pazaryeri_TP_Limit_Kontrol`.
    pub(crate) fn check_limit(&self, call: &Call) -> Result<Vec<Item>, Refusal> {
        let seller = &self.sellers[self.seller(&call.text("GUID_AltUyeIsyeri"))?];
        let payable = call.amount("Tutar_Odenecek")?;
        let (sum, after) = self.limit_of(seller, payable);
        let allowed = after.is_none_or(|after| after <= self.rules.individual_limit);
        Ok(vec![
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
            text("AltUyeIsyeri", seller.value("Ad_Soyad")),
            text("Odeme_Alma_Durumu", allowed),
            text("Toplam_Tahsilat_Tutari", sum.whole()),
            text("Pazaryeri_Limit", self.limit_shown(seller).whole()),
            text("Yeni_Odenecek_Tutar", after.unwrap_or_default().whole()),
        ])
    }

    /// Returns the sum that a seller is to get so far, and the sum with a further amount. Only
    /// individuals have a limit, so the second is absent for others.
    pub(crate) fn limit_of(&self, seller: &Seller, payable: Kurus) -> (Kurus, Option<Kurus>) {
        if !seller.is_individual() {
            return (Kurus::ZERO, None);
        }
        let counts = |state: super::orders::OrderState| state.is_open();
        let sum: Kurus = self
            .entries
            .iter()
            .filter(|entry| counts(entry.state) && same_key(&entry.seller, &seller.key))
            .map(|entry| entry.payable)
            .sum();
        (sum, Some(sum + payable))
    }

    pub(crate) fn limit_shown(&self, seller: &Seller) -> Kurus {
        if seller.is_individual() {
            self.rules.individual_limit
        } else {
            Kurus::ZERO
        }
    }

    /// Returns the seller of a key, unless it was removed.
    pub(crate) fn seller(&self, key: &str) -> Result<usize, Refusal> {
        let is_it = |seller: &Seller| seller.removed.is_none() && same_key(&seller.key, key);
        let not_found = || {
            let rule = "GUID_AltUyeIsyeri: no seller has this key";
            Refusal::words(-209, "Alt üye işyeri bulunamadı", rule)
        };
        self.sellers.iter().position(is_it).ok_or_else(not_found)
    }
}

/// Builds the answer of calls that concern a seller. Its elements have no declared types.
fn membership(key: Option<String>) -> Vec<Item> {
    let mut items = vec![
        Item::Typed("Sonuc", "xsd:int", "1".to_owned()),
        Item::Typed("Sonuc_Str", "xsd:string", "Başarılı".to_owned()),
    ];
    items.extend(key.map(|key| Item::Typed("GUID_AltUyeIsyeri", "xsd:string", key)));
    items
}
