//! Lists the payouts of a day, part by part. Wire: `TP_Mutabakat_Detay` (SOAP, read).

use chrono::{NaiveDate, NaiveTime};
use kervan_core::{Class, Context, EncodeError, Operation, Personal};
use kervan_turkiye::Money;
use kervan_turkiye::net_number::NumberForm;
use serde::{Deserialize, Serialize};

use super::table;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::moment::ReceivedMoment;
use crate::payments::ids::PaymentOrder;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;
use crate::wire;

/// Lists the payouts that the bank settled on a day. Provider's page: Mutabakat Detay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReconcileDay {
    /// The day, in Türkiye. Wire: `Tarih`, dd.MM.yyyy HH:mm:ss at midnight.
    pub day: NaiveDate,
}

impl ReconcileDay {
    /// Lists a day.
    pub fn new(day: NaiveDate) -> Self {
        Self { day }
    }
}

/// The day's rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reconciliation {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`, named `Temp` or
    /// `DT_Mutabakat_Detay`.
    pub rows: Vec<ReconciliationRow>,
}

/// An amount as Turkish text: `1.234,50`.
///
/// Here a point groups thousands. One point without a comma is ambiguous, so it has no value: `1.000` could
/// be a thousand or one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TurkishAmount(ReceivedAmount);

impl TurkishAmount {
    /// Returns the amount as it was received.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the amount if its text is exact and has one meaning only, see [`NumberForm::Turkish`].
    pub fn money(&self) -> Option<Money> {
        self.0.read(NumberForm::Turkish)
    }
}

impl<T: Into<String>> From<T> for TurkishAmount {
    fn from(text: T) -> Self {
        Self(text.into().into())
    }
}

/// One part of a payment or of a refund. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReconciliationRow {
    /// The bank's day. Wire: `GUNSONU_TARIHI`.
    pub closed: Option<ReceivedMoment>,
    /// The time when the card was charged. Wire: `ISLEM_TARIHI`.
    pub time: Option<ReceivedMoment>,
    /// The day of the payout. Wire: `VALOR_TARIHI`.
    pub due: Option<ReceivedMoment>,
    /// The card, masked. Wire: `KART_NO`.
    pub card: Option<Personal>,
    /// The kind of the transaction, in the bank's words. Wire: `TRANSACTION_TIPI`.
    pub kind: Option<String>,
    /// The bank's approval. Wire: `PROVIZYON_NO`.
    pub bank_approval: Option<String>,
    /// The number of this part. Wire: `TAKSIT_SIRA` or `TAKSIT_SIRASI`.
    pub installment: Option<String>,
    /// The number of all parts. Wire: `TAKSIT_SAYISI`.
    pub installments: Option<String>,
    /// The amount that the card was charged. Wire: `PROVIZYON_TUTARI`.
    pub amount: Option<TurkishAmount>,
    /// Wire: `KOMISYON_TUTARI`.
    pub commission: Option<TurkishAmount>,
    /// The rate in percent, as sent. Wire: `KOMISYON_ORANI`.
    pub commission_rate: Option<String>,
    /// The amount after the commission. Wire: `NET_TUTAR`.
    pub net: Option<TurkishAmount>,
    /// The order. Wire: `SIPARIS_NO`.
    pub order: Option<PaymentOrder>,
    /// Wire: `ANA_KART_TIPI`.
    pub card_type: Option<String>,
    /// Wire: `ALT_KART_TIPI`.
    pub card_subtype: Option<String>,
}

impl Operation for ReconcileDay {
    type Service = Settings;
    type Output = Reconciliation;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Mutabakat_Detay", "TP_Mutabakat_DetayResult");
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let day = self.day.and_time(NaiveTime::MIN);
        Ok(Body::with_login()
            .merchant()
            .text("Tarih", wire::moment(Some(day))))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Reconciliation> {
        let mut answer = reading.rows::<WireRow>(not_named)?;
        table::forgive_spelling(&mut answer.drift, ["TAKSIT_SIRA", "TAKSIT_SIRASI"]);
        Ok(answer.map(|rows| Reconciliation {
            rows: rows.into_iter().map(WireRow::into).collect(),
        }))
    }
}

#[derive(Deserialize)]
struct WireRow {
    #[serde(rename = "GUNSONU_TARIHI")]
    closed: Option<ReceivedMoment>,
    #[serde(rename = "ISLEM_TARIHI")]
    time: Option<ReceivedMoment>,
    #[serde(rename = "VALOR_TARIHI")]
    due: Option<ReceivedMoment>,
    #[serde(rename = "KART_NO")]
    card: Option<Personal>,
    #[serde(rename = "TRANSACTION_TIPI")]
    kind: Option<String>,
    #[serde(rename = "PROVIZYON_NO")]
    bank_approval: Option<String>,
    #[serde(rename = "TAKSIT_SIRA")]
    installment: Option<String>,
    // The spelling of newer programs.
    #[serde(rename = "TAKSIT_SIRASI")]
    installment_too: Option<String>,
    #[serde(rename = "TAKSIT_SAYISI")]
    installments: Option<String>,
    #[serde(rename = "PROVIZYON_TUTARI")]
    amount: Option<TurkishAmount>,
    #[serde(rename = "KOMISYON_TUTARI")]
    commission: Option<TurkishAmount>,
    #[serde(rename = "KOMISYON_ORANI")]
    commission_rate: Option<String>,
    #[serde(rename = "NET_TUTAR")]
    net: Option<TurkishAmount>,
    #[serde(rename = "SIPARIS_NO")]
    order: Option<PaymentOrder>,
    #[serde(rename = "ANA_KART_TIPI")]
    card_type: Option<String>,
    #[serde(rename = "ALT_KART_TIPI")]
    card_subtype: Option<String>,
}

impl From<WireRow> for ReconciliationRow {
    fn from(row: WireRow) -> Self {
        Self {
            closed: row.closed,
            time: row.time,
            due: row.due,
            card: row.card,
            kind: row.kind,
            bank_approval: row.bank_approval,
            installment: row.installment.or(row.installment_too),
            installments: row.installments,
            amount: row.amount,
            commission: row.commission,
            commission_rate: row.commission_rate,
            net: row.net,
            order: row.order,
            card_type: row.card_type,
            card_subtype: row.card_subtype,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_groups_and_nothing_is_guessed() {
        let read = |text: &str| TurkishAmount::from(text).money().map(Money::dot);
        for (text, value) in [
            ("1.234,50", "1234.50"),
            ("1.234.567,00", "1234567.00"),
            ("-12,5", "-12.50"),
            ("0,00", "0.00"),
            ("17", "17.00"),
            ("1.234.567", "1234567.00"),
        ] {
            assert_eq!(read(text).as_deref(), Some(value), "{text}");
        }
        for text in ["1.000", "1.75", "1.7500", "1,234.50", "12.34,00", "", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
