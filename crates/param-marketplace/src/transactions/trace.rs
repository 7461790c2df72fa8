//! Lists transactions of an account. Wire: `Param_Pazaryeri_Islem_Izleme` (SOAP, read).

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use kervan_core::{
    Class, Context, Drift, EncodeError, Operation, Personal, Problems, ReadError, Secret,
};
use serde::{Deserialize, Serialize};

use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::SubMerchantId;
use crate::moment::ReceivedMoment;
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{self, ANY, Checks as _, TablePlace, or_empty};

/// Asks for transactions by account, time or seller. No page describes it, only the service itself:
/// what the answer holds is known by name alone.
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
    /// Of one seller. Wire: `GUID_AltUyeIsyeri`.
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

    /// Narrows the question to a time, in Türkiye's time.
    #[must_use]
    pub fn between(mut self, from: NaiveDateTime, to: NaiveDateTime) -> Self {
        self.from = Some(from);
        self.to = Some(to);
        self
    }
}

/// One row of the table: its columns are not documented, so they are kept under their wire names.
/// They are ordered by name; `Debug` shows the names only.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TransactionRow(BTreeMap<String, Option<Personal>>);

impl TransactionRow {
    /// A column's text.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column)?.as_ref().map(Personal::as_str)
    }

    /// Hides the login in a column of any name. A number that only holds the client's code, as an
    /// amount does, is kept.
    fn without_login(mut self, settings: &Settings) -> Self {
        let is_number = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit() || b",.-".contains(&b))
        };
        for (name, value) in &mut self.0 {
            let Some(text) = value else { continue };
            let code = settings.credentials.client_code.expose();
            if LOGIN.contains(&name.as_str()) {
                *text = Secret::redacted().expose().into();
            } else if !is_number(text.as_str()) || text.as_str() == code {
                *text = settings.scrub(text.as_str()).into();
            }
        }
        self
    }

    /// Every column with its text, by name.
    pub fn columns(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_ref().map(Personal::as_str)))
    }
}

/// The names of the login in requests.
const LOGIN: [&str; 4] = [
    "CLIENT_CODE",
    "CLIENT_USERNAME",
    "CLIENT_PASSWORD",
    "ETS_GUID",
];

/// The transactions that were found. The fields beside the rows have names but no description.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TracedTransactions {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub rows: Vec<TransactionRow>,
    /// Wire: `Durum_Onay`.
    pub approval: Option<String>,
    /// Wire: `SanalPOS_Banka`.
    pub bank: Option<String>,
    /// The payment's number as sent. Wire: `SanalPOS_Islem_ID`.
    pub payment: Option<String>,
    /// Who paid. Wire: `Odeme_Yapan_Bilgisi`.
    pub payer: Option<Personal>,
    /// What was paid. Wire: `ODEME_TUTAR`.
    pub paid: Option<ReceivedAmount>,
    /// Who bears the commission, in words. Wire: `Komisyon_Odeyen_Aciklama`.
    pub commission_bearer: Option<String>,
    /// Wire: `islem_durumu`.
    pub status: Option<String>,
    /// Wire: `tutar_urun`.
    pub product_amount: Option<ReceivedAmount>,
    /// The seller's name. Wire: `AltUye_Isyeri_Ad_Soyad`.
    pub seller_name: Option<Personal>,
    /// What the merchant gets. Wire: `uye_isyeri_odeme_tutarı`, with a dotless ı at its end.
    pub merchant_payable: Option<ReceivedAmount>,
    /// Param's rate. Wire: `param_komisyon_orani`.
    pub commission_rate: Option<String>,
    /// Param's commission. Wire: `param_komisyon_ucreti`.
    pub commission: Option<ReceivedAmount>,
    /// What the seller gets. Wire: `alt_uye_is_yeri_odeme_tutarı`, with a dotless ı at its end.
    pub seller_payable: Option<ReceivedAmount>,
    /// The due date. Wire: `Valör`.
    pub due: Option<ReceivedMoment>,
}

impl Operation for TraceTransactions {
    type Service = Settings;
    type Output = TracedTransactions;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Param_Pazaryeri_Islem_Izleme",
        "Param_Pazaryeri_Islem_IzlemeResult",
    );

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        if *self == Self::default() {
            problems.push(rules::QUERY_EMPTY.at("query"));
        }
        if let Some(account) = &self.account {
            // No length is documented.
            problems.required("account", account.as_str(), ANY);
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            problems.push(rules::DATES_REVERSED.at("to").limit(from).actual(to));
        }
        if let Some(seller) = &self.seller {
            problems.required("seller", seller.as_str(), 36);
        }
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
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
        let mut rows = Vec::new();
        let (answer, drift) = reading.with_rows::<WireAnswer>(|row| {
            let (row, _) = row.read::<TransactionRow>()?;
            rows.push(row.without_login(reading.settings));
            Ok(())
        })?;
        Ok(TracedTransactions {
            rows,
            approval: answer.approval,
            bank: answer.bank,
            payment: answer.payment,
            payer: answer.payer,
            paid: answer.paid,
            commission_bearer: answer.commission_bearer,
            status: answer.status,
            product_amount: answer.product_amount,
            seller_name: answer.seller_name,
            merchant_payable: answer.merchant_payable,
            commission_rate: answer.commission_rate,
            commission: answer.commission,
            seller_payable: answer.seller_payable,
            due: answer.due,
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "DT_Bilgi")]
    _table: Option<TablePlace>,
    #[serde(rename = "Durum_Onay")]
    approval: Option<String>,
    #[serde(rename = "SanalPOS_Banka")]
    bank: Option<String>,
    #[serde(rename = "SanalPOS_Islem_ID")]
    payment: Option<String>,
    #[serde(rename = "Odeme_Yapan_Bilgisi")]
    payer: Option<Personal>,
    #[serde(rename = "ODEME_TUTAR")]
    paid: Option<ReceivedAmount>,
    #[serde(rename = "Komisyon_Odeyen_Aciklama")]
    commission_bearer: Option<String>,
    #[serde(rename = "islem_durumu")]
    status: Option<String>,
    #[serde(rename = "tutar_urun")]
    product_amount: Option<ReceivedAmount>,
    #[serde(rename = "AltUye_Isyeri_Ad_Soyad")]
    seller_name: Option<Personal>,
    #[serde(rename = "uye_isyeri_odeme_tutarı")]
    merchant_payable: Option<ReceivedAmount>,
    #[serde(rename = "param_komisyon_orani")]
    commission_rate: Option<String>,
    #[serde(rename = "param_komisyon_ucreti")]
    commission: Option<ReceivedAmount>,
    #[serde(rename = "alt_uye_is_yeri_odeme_tutarı")]
    seller_payable: Option<ReceivedAmount>,
    #[serde(rename = "Valör")]
    due: Option<ReceivedMoment>,
}
