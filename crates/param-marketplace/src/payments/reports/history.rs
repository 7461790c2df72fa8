//! Lists payments, cancellations and refunds of a week. Wire: `TP_Islem_Izleme` (SOAP, read).

use chrono::{NaiveDateTime, TimeDelta};
use kervan_core::{Class, Context, EncodeError, ForeignText, Operation, Personal, Problems};
use serde::{Deserialize, Serialize};

use super::table::wire_period;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::moment::ReceivedMoment;
use crate::payments::ids::{PaymentOrder, ReceiptId};
use crate::rules;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// The longest period that can be asked for, in days.
const MOST_DAYS: i64 = 7;

/// Lists payments, cancellations and refunds of at most seven days. Provider's page: İşlem İzleme.
///
/// Its rows have the number for [`AddOrderDetail`](crate::AddOrderDetail) and the net amount: see
/// [`PaymentHistory::order`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListPayments {
    /// From this moment on, in Türkiye's time. Wire: `Tarih_Bas`, dd.MM.yyyy HH:mm:ss.
    pub from: NaiveDateTime,
    /// To this moment, in Türkiye's time. Wire: `Tarih_Bit`, dd.MM.yyyy HH:mm:ss.
    pub to: NaiveDateTime,
    /// The kind of rows; without it, all kinds, which is slower. Wire: `Islem_Tip`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<HistoryKind>,
    /// The result of rows; without it, all results. Wire: `Islem_Durum`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<HistoryResult>,
}

impl ListPayments {
    /// Lists everything between two moments.
    pub fn between(from: NaiveDateTime, to: NaiveDateTime) -> Self {
        Self {
            from,
            to,
            kind: None,
            result: None,
        }
    }
}

kervan_core::setters! { ListPayments {
    /// Lists one kind only.
    kind: Option<HistoryKind>,
    /// Lists one result only.
    result: Option<HistoryResult>,
}}

/// The kind of a row of the list. Wire: `Islem_Tip`, in rows `Tip_Str`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum HistoryKind {
    /// A payment. Wire: `Satış`.
    #[serde(rename = "sale")]
    Sale,
    /// A cancellation. Wire: `İptal`.
    #[serde(rename = "cancel")]
    Cancel,
    /// A refund. Wire: `İade`.
    #[serde(rename = "refund")]
    Refund,
}

impl HistoryKind {
    fn wire(self) -> &'static str {
        match self {
            Self::Sale => "Satış",
            Self::Cancel => "İptal",
            Self::Refund => "İade",
        }
    }
}

/// The result of a payment, cancellation or refund. Wire: `Islem_Durum`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum HistoryResult {
    /// Wire: `Başarılı`.
    #[serde(rename = "done")]
    Done,
    /// Wire: `Başarısız`.
    #[serde(rename = "failed")]
    Failed,
}

impl HistoryResult {
    fn wire(self) -> &'static str {
        match self {
            Self::Done => "Başarılı",
            Self::Failed => "Başarısız",
        }
    }
}

/// The payments, cancellations and refunds that were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PaymentHistory {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub rows: Vec<HistoryRow>,
}

/// A payment, a cancellation or a refund. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct HistoryRow {
    /// The payment's number as sent. Wire: `SanalPOS_Islem_ID`.
    #[serde(rename(deserialize = "SanalPOS_Islem_ID"))]
    pub payment: Option<String>,
    /// The number of the payment that was cancelled or refunded. Wire: `SanalPOS_Islem_ID_Orj`.
    #[serde(rename(deserialize = "SanalPOS_Islem_ID_Orj"))]
    pub original: Option<String>,
    /// The result in words. Wire: `Sonuc_Str`.
    #[serde(rename(deserialize = "Sonuc_Str"))]
    pub result_text: Option<ForeignText>,
    /// The kind of the row, as sent; see [`HistoryRow::kind`]. Wire: `Tip_Str`.
    #[serde(rename(deserialize = "Tip_Str"))]
    pub kind_text: Option<String>,
    /// The time when it happened. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub time: Option<ReceivedMoment>,
    /// The payer. Wire: `Odeme_Yapan_Bilgisi`.
    #[serde(rename(deserialize = "Odeme_Yapan_Bilgisi"))]
    pub payer: Option<Personal>,
    /// The payer's name. Wire: `Odeme_Yapan_AdSoyad`.
    #[serde(rename(deserialize = "Odeme_Yapan_AdSoyad"))]
    pub payer_name: Option<Personal>,
    /// The payer's mobile number. Wire: `Odeme_Yapan_GSM`.
    #[serde(rename(deserialize = "Odeme_Yapan_GSM"))]
    pub payer_phone: Option<Personal>,
    /// The payer's identity number. Wire: `Odeme_Yapan_TC`.
    #[serde(rename(deserialize = "Odeme_Yapan_TC"))]
    pub payer_number: Option<Personal>,
    /// A description of the goods. Wire: `Odeme_Aciklama`.
    #[serde(rename(deserialize = "Odeme_Aciklama"))]
    pub description: Option<ForeignText>,
    /// The number of parts. Wire: `Taksit`.
    #[serde(rename(deserialize = "Taksit"))]
    pub installments: Option<String>,
    /// The bank of the POS. Wire: `SanalPOS_Banka`.
    #[serde(rename(deserialize = "SanalPOS_Banka"))]
    pub bank: Option<String>,
    /// Param's rate in percent, as sent. Wire: `Komisyon_Oran`.
    #[serde(rename(deserialize = "Komisyon_Oran"))]
    pub commission_rate: Option<String>,
    /// Param's commission. Wire: `Komisyon_Tutar`.
    #[serde(rename(deserialize = "Komisyon_Tutar"))]
    pub commission: Option<ReceivedAmount>,
    /// The amount after the commission, below zero for what was given back. Wire: `Net_Tutar`.
    #[serde(rename(deserialize = "Net_Tutar"))]
    pub net: Option<ReceivedAmount>,
    /// The amount, below zero for what was given back. Wire: `Tutar`.
    #[serde(rename(deserialize = "Tutar"))]
    pub amount: Option<ReceivedAmount>,
    /// `3D` or `NONSECURE`. Wire: `Islem_Guvenlik`.
    #[serde(rename(deserialize = "Islem_Guvenlik"))]
    pub security: Option<String>,
    /// The receipt. Wire: `Dekont_ID`.
    #[serde(rename(deserialize = "Dekont_ID"))]
    pub receipt: Option<ReceiptId>,
    /// The order's number, which the service may have changed. Wire: `ORJ_ORDER_ID`.
    #[serde(rename(deserialize = "ORJ_ORDER_ID"))]
    pub order: Option<PaymentOrder>,
    /// 1 done, 12 a payment that was cancelled later, 2 refused by the bank, -1 probably 3-D not
    /// completed; others are kept. Wire: `Sonuc`.
    #[serde(rename(deserialize = "Sonuc"))]
    pub result: Option<String>,
    /// The source, for example `TURKPOS_API`. Wire: `Kaynak`.
    #[serde(rename(deserialize = "Kaynak"))]
    pub source: Option<String>,
    /// The sum of the refunds so far. Wire: `Toplam_Iade_Tutar`.
    #[serde(rename(deserialize = "Toplam_Iade_Tutar"))]
    pub refunded: Option<ReceivedAmount>,
    /// The time of the original. Wire: `ORJ_Tarih`.
    #[serde(rename(deserialize = "ORJ_Tarih"))]
    pub original_time: Option<ReceivedMoment>,
    /// The currency, `TRL` for lira; missing in rows of failures. Wire: `PB`.
    #[serde(rename(deserialize = "PB"))]
    pub currency: Option<String>,
    /// The day of the payout. Wire: `Valor`.
    #[serde(rename(deserialize = "Valor"))]
    pub due: Option<ReceivedMoment>,
}

impl HistoryRow {
    /// Returns the kind of the row; `None` for a word that no page lists.
    pub fn kind(&self) -> Option<HistoryKind> {
        let text = self.kind_text.as_deref()?.trim();
        let kinds = [HistoryKind::Sale, HistoryKind::Cancel, HistoryKind::Refund];
        kinds.into_iter().find(|kind| kind.wire() == text)
    }

    /// Returns whether it succeeded and was not cancelled later.
    pub fn is_done(&self) -> bool {
        self.result.as_deref().map(str::trim) == Some("1")
    }
}

impl Operation for ListPayments {
    type Service = Settings;
    type Output = PaymentHistory;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Islem_Izleme", "TP_Islem_IzlemeResult");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.in_order("to", self.from, self.to);
        let length = self.to.signed_duration_since(self.from);
        if length > TimeDelta::days(MOST_DAYS) {
            let problem = rules::RANGE_TOO_LONG.at("to").limit(MOST_DAYS);
            problems.push(problem.actual(self.to));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_period(self.from, self.to)
            .text("Islem_Tip", self.kind.map(HistoryKind::wire))
            .text("Islem_Durum", self.result.map(HistoryResult::wire)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<PaymentHistory> {
        let answer = reading.rows(not_named)?.map(|rows| PaymentHistory { rows });
        if answer.rows.iter().any(HistoryRow::is_done) {
            return Ok(answer);
        }
        Ok(answer.may_lack(&OF_SUCCESSES))
    }
}

/// Columns that rows of failures lack.
const OF_SUCCESSES: [&str; 2] = ["PB", "ORJ_Tarih"];
