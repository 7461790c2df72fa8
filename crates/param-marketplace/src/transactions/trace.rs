//! Lists transactions of an account. Wire: `Param_Pazaryeri_Islem_Izleme` (SOAP, read).

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use serde::{Deserialize, Serialize};

use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::SubMerchantId;
use crate::moment::ReceivedMoment;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, ANY, Checks as _};

/// Asks for transactions by account, time or seller. No page describes it. The service's own description
/// has only the names of the answer's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct TraceTransactions {
    /// Probably the merchant's Param account number, not a payment card's. Wire: `Kart_No`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Personal>,
    /// From this moment on, in Türkiye's time. Wire: `Tarih_Bas`, dd.MM.yyyy HH:mm:ss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDateTime>,
    /// To this moment, in Türkiye's time. Wire: `Tarih_Bit`, dd.MM.yyyy HH:mm:ss.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDateTime>,
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seller: Option<SubMerchantId>,
}

impl TraceTransactions {
    /// Asks for the transactions of an account.
    pub fn of_account(account: impl Into<Personal>) -> Self {
        Self {
            account: Some(account.into()),
            ..Self::default()
        }
    }

    /// Asks for the transactions of a seller.
    pub fn by_seller(seller: SubMerchantId) -> Self {
        Self {
            seller: Some(seller),
            ..Self::default()
        }
    }

    /// Restricts the query to a period, in Türkiye's time.
    #[must_use]
    pub fn between(mut self, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }
}

/// One row of the table. Its columns are not documented, so they are kept under their wire names. They are
/// ordered by name; `Debug` shows the names only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionRow(BTreeMap<String, Option<Personal>>);

impl TransactionRow {
    /// Returns a column's text.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column)?.as_ref().map(Personal::as_str)
    }

    fn without_login(mut self, settings: &Settings) -> Self {
        for (name, text) in &mut self.0 {
            *text = text.take().map(|text| settings.scrub_column(name, text));
        }
        self
    }

    /// Returns every column with its text, ordered by name.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_ref().map(Personal::as_str)))
    }
}

/// The transactions that were found. The fields beside the rows have names but no description.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TracedTransactions {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    #[serde(skip_deserializing)]
    pub rows: Vec<TransactionRow>,
    /// Wire: `Durum_Onay`.
    #[serde(rename(deserialize = "Durum_Onay"))]
    pub approval: Option<String>,
    /// Wire: `SanalPOS_Banka`.
    #[serde(rename(deserialize = "SanalPOS_Banka"))]
    pub bank: Option<String>,
    /// The payment's number as sent. Wire: `SanalPOS_Islem_ID`.
    #[serde(rename(deserialize = "SanalPOS_Islem_ID"))]
    pub payment: Option<String>,
    /// The payer. Wire: `Odeme_Yapan_Bilgisi`.
    #[serde(rename(deserialize = "Odeme_Yapan_Bilgisi"))]
    pub payer: Option<Personal>,
    /// The amount that was paid. Wire: `ODEME_TUTAR`.
    #[serde(rename(deserialize = "ODEME_TUTAR"))]
    pub paid: Option<ReceivedAmount>,
    /// The bearer of the commission, in words. Wire: `Komisyon_Odeyen_Aciklama`.
    #[serde(rename(deserialize = "Komisyon_Odeyen_Aciklama"))]
    pub commission_bearer: Option<String>,
    /// Wire: `islem_durumu`.
    #[serde(rename(deserialize = "islem_durumu"))]
    pub status: Option<String>,
    /// Wire: `tutar_urun`.
    #[serde(rename(deserialize = "tutar_urun"))]
    pub product_amount: Option<ReceivedAmount>,
    /// The seller's name. Wire: `AltUye_Isyeri_Ad_Soyad`.
    #[serde(rename(deserialize = "AltUye_Isyeri_Ad_Soyad"))]
    pub seller_name: Option<Personal>,
    /// The amount that the merchant gets. Wire: `uye_isyeri_odeme_tutarı`, with a dotless ı at its end.
    #[serde(rename(deserialize = "uye_isyeri_odeme_tutarı"))]
    pub merchant_payable: Option<ReceivedAmount>,
    /// Param's rate. Wire: `param_komisyon_orani`.
    #[serde(rename(deserialize = "param_komisyon_orani"))]
    pub commission_rate: Option<String>,
    /// Param's commission. Wire: `param_komisyon_ucreti`.
    #[serde(rename(deserialize = "param_komisyon_ucreti"))]
    pub commission: Option<ReceivedAmount>,
    /// The amount that the seller gets. Wire: `alt_uye_is_yeri_odeme_tutarı`, with a dotless ı at its end.
    #[serde(rename(deserialize = "alt_uye_is_yeri_odeme_tutarı"))]
    pub seller_payable: Option<ReceivedAmount>,
    /// The due date. Wire: `Valör`.
    #[serde(rename(deserialize = "Valör"))]
    pub due: Option<ReceivedMoment>,
}

impl Operation for TraceTransactions {
    type Service = Settings;
    type Output = TracedTransactions;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Param_Pazaryeri_Islem_Izleme",
        "Param_Pazaryeri_Islem_IzlemeResult",
    );
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        if *self == Self::default() {
            problems.push(rules::QUERY_EMPTY.at("query"));
        }
        // No length is documented.
        problems.unless_absent("account", self.account.as_ref(), ANY);
        problems.in_order("to", self.from, self.to);
        problems.unless_absent("seller", self.seller.as_ref(), 36);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().group(
            "islemIzlemeReq",
            Body::new()
                .text("Kart_No", &self.account)
                .text("Tarih_Bas", wire::moment(self.from))
                .text("Tarih_Bit", wire::moment(self.to))
                .text("GUID_AltUyeIsyeri", &self.seller),
        ))
    }

    fn read(&self, reading: Reading<'_>) -> Read<TracedTransactions> {
        let answer = reading.table_of(|row| {
            let (row, _) = row.read::<TransactionRow>()?;
            Ok(row.without_login(reading.settings))
        })?;
        Ok(answer.map(|(beside, rows)| TracedTransactions { rows, ..beside }))
    }
}
