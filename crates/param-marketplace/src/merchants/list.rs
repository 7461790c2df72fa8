//! Lists the sellers. Wire: `Pazaryeri_TP_AltUyeIsyeri_Liste` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation, Personal};
use serde::{Deserialize, Serialize};

use crate::endpoint::Endpoint;
use crate::ids::{MarketplaceKey, SubMerchantId, is_key, same};
use crate::moment::ReceivedMoment;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// The limit that is sent to get all rows.
const MANY: u32 = 100_000;

/// Lists the marketplace's sellers. Provider's page: Alt Üye İşyeri Liste.
///
/// The provider does not document whether `skip` counts rows or pages, whether it begins with 0 or 1, or
/// the effect of leaving both out. Try it before you rely on pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListSubMerchants {
    /// The maximum number of rows. Wire: `Limit`, empty when not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// The start of the list. Wire: `Skip`, empty when not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skip: Option<u32>,
}

impl ListSubMerchants {
    /// Asks for the whole list: up to 100,000 rows from the start. [`SubMerchants::is_complete`] returns
    /// whether that was all.
    pub fn all() -> Self {
        Self::default().limit(MANY).skip(0)
    }
}

kervan_core::setters! { ListSubMerchants {
    /// Sets the maximum number of rows.
    limit: Option<u32>,
    /// Sets the start of the list.
    skip: Option<u32>,
}}

/// The sellers that were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubMerchants {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub sellers: Vec<SubMerchant>,
    /// The number of sellers, if the answer has it. Wire: `Toplam_Kayit`.
    pub total: Option<u64>,
    /// Whether a row names another marketplace. Wire: `ETS_GUID` of a row.
    #[serde(skip_serializing)]
    is_of_another: bool,
}

impl SubMerchants {
    /// Creates the whole list of these sellers.
    pub fn new(sellers: impl IntoIterator<Item = SubMerchant>) -> Self {
        let sellers: Vec<_> = sellers.into_iter().collect();
        Self {
            total: u64::try_from(sellers.len()).ok(),
            sellers,
            is_of_another: false,
        }
    }

    /// Returns whether the answer holds as many rows as its total says. An answer without a total is not
    /// complete, nor is one with rows of another marketplace.
    pub fn is_complete(&self) -> bool {
        !self.is_of_another && u64::try_from(self.sellers.len()).ok() == self.total
    }

    /// Returns whether a row names another marketplace than the one asked for. Such a list is the answer to
    /// another question, and proves nothing.
    pub fn is_of_another_marketplace(&self) -> bool {
        self.is_of_another
    }

    /// Returns whether any row may be the seller of this key: `Some(true)` when one is, `None` when a row
    /// without a key could be.
    pub(super) fn holds(&self, id: &SubMerchantId) -> Option<bool> {
        if self.sellers.iter().any(|row| row.is(id)) {
            return Some(true);
        }
        let has_key = |row: &SubMerchant| row.usable_id().is_some();
        self.sellers.iter().all(has_key).then_some(false)
    }

    /// Returns the one seller of this key; `None` when no row or more than one has it.
    pub(super) fn only(&self, id: &SubMerchantId) -> Option<&SubMerchant> {
        let mut found = self.sellers.iter().filter(|row| row.is(id));
        found.next().filter(|_| found.next().is_none())
    }
}

/// One seller. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SubMerchant {
    /// The row's number. Wire: `ID`.
    #[serde(rename(deserialize = "ID"))]
    pub row_number: Option<String>,
    #[serde(rename(deserialize = "ETS_GUID"), skip_serializing)]
    marketplace: Option<Personal>,
    /// The seller's state; its values are not documented. Wire: `Durum`.
    #[serde(rename(deserialize = "Durum"))]
    pub status: Option<String>,
    /// 1 individual, 2 sole proprietorship, 3 company. Wire: `Tip`.
    #[serde(rename(deserialize = "Tip"))]
    pub kind: Option<String>,
    /// Wire: `Ad_Soyad`.
    #[serde(rename(deserialize = "Ad_Soyad"))]
    pub name: Option<Personal>,
    /// Wire: `Unvan`.
    #[serde(rename(deserialize = "Unvan"))]
    pub title: Option<Personal>,
    /// Identity number of a person, tax number of a company. Wire: `TC_VN`.
    #[serde(rename(deserialize = "TC_VN"))]
    pub number: Option<Personal>,
    /// Identity number of a company's authorised person. Wire: `Yetkili_Kisi_TC`.
    #[serde(rename(deserialize = "Yetkili_Kisi_TC"))]
    pub authorised_number: Option<Personal>,
    /// Wire: `GSM_No`.
    #[serde(rename(deserialize = "GSM_No"))]
    pub mobile: Option<Personal>,
    /// Wire: `IBAN_No`.
    #[serde(rename(deserialize = "IBAN_No"))]
    pub iban: Option<Personal>,
    /// Wire: `Adres`.
    #[serde(rename(deserialize = "Adres"))]
    pub address: Option<Personal>,
    /// Wire: `Il`.
    #[serde(rename(deserialize = "Il"))]
    pub province: Option<Personal>,
    /// Wire: `Ilce`.
    #[serde(rename(deserialize = "Ilce"))]
    pub district: Option<Personal>,
    /// Wire: `Website`.
    #[serde(rename(deserialize = "Website"))]
    pub website: Option<Personal>,
    /// Wire: `MCC_Kod`.
    #[serde(rename(deserialize = "MCC_Kod"))]
    pub category: Option<String>,
    /// The seller's key. Wire: `GUID`.
    #[serde(rename(deserialize = "GUID"))]
    pub id: Option<SubMerchantId>,
    /// The time when it was entered. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub entered: Option<ReceivedMoment>,
    /// Wire: `Vergi_Daire`.
    #[serde(rename(deserialize = "Vergi_Daire"))]
    pub tax_office: Option<Personal>,
}

impl SubMerchant {
    /// Drops the key of the marketplace, and returns whether it is that of another one. A blank one names
    /// none.
    fn takes_other_marketplace(&mut self, own: &MarketplaceKey) -> bool {
        let key = self.marketplace.take();
        key.is_some_and(|key| is_key(key.as_str()) && !same(key.as_str(), own.0.expose()))
    }

    fn is(&self, id: &SubMerchantId) -> bool {
        self.id.as_ref() == Some(id)
    }

    /// Returns the key, unless it is empty.
    pub(super) fn usable_id(&self) -> Option<&SubMerchantId> {
        self.id.as_ref().filter(|id| is_key(id.as_str()))
    }
}

impl Operation for ListSubMerchants {
    type Service = Settings;
    type Output = SubMerchants;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Liste",
        "Pazaryeri_TP_AltUyeIsyeri_ListeResult",
    )
    .ignoring(&["GUID_AltUyeIsyeri"]);
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .marketplace()
            .text("Limit", self.limit)
            .text("Skip", self.skip))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchants> {
        let answer = reading.table::<WireAnswer, SubMerchant>()?;
        Ok(answer.map(|(beside, mut sellers)| {
            let own = &reading.settings.marketplace;
            let others = sellers
                .iter_mut()
                .map(|row| row.takes_other_marketplace(own));
            // Every row, because each drops its key.
            let others = others.filter(|is_other| *is_other).count();
            SubMerchants {
                sellers,
                total: beside.total.and_then(|total| total.trim().parse().ok()),
                is_of_another: others > 0,
            }
        }))
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Toplam_Kayit")]
    total: Option<String>,
}
