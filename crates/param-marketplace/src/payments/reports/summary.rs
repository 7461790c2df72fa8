//! Counts and sums payments, cancellations and refunds of a period. Wire: `TP_Mutabakat_Ozet` (SOAP, read).

use chrono::NaiveDateTime;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use super::table::wire_period;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Counts and sums payments, cancellations and refunds. Provider's page: Mutabakat Özet.
///
/// The provider does not document a longest period for this call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SummarizePayments {
    /// From this moment on, in Türkiye's time. Wire: `Tarih_Bas`, dd.MM.yyyy HH:mm:ss.
    pub from: NaiveDateTime,
    /// To this moment, in Türkiye's time. Wire: `Tarih_Bit`, dd.MM.yyyy HH:mm:ss.
    pub to: NaiveDateTime,
}

impl SummarizePayments {
    /// Sums between two moments.
    pub fn between(from: NaiveDateTime, to: NaiveDateTime) -> Self {
        Self { from, to }
    }
}

/// The counts and sums.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PaymentSummaries {
    /// One element a row; one row is documented. Wire: the rows of `DT_Bilgi`.
    pub rows: Vec<PaymentSummary>,
}

/// Counts and sums. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PaymentSummary {
    /// The number of payments. Wire: `Basarili_Islem_Sayi`.
    #[serde(rename(deserialize = "Basarili_Islem_Sayi"))]
    pub paid_count: Option<String>,
    /// Wire: `Basarili_Islem_Toplam_Tutar`.
    #[serde(rename(deserialize = "Basarili_Islem_Toplam_Tutar"))]
    pub paid: Option<ReceivedAmount>,
    /// The number of cancellations. Wire: `Iptal_Islem_Sayi`.
    #[serde(rename(deserialize = "Iptal_Islem_Sayi"))]
    pub cancelled_count: Option<String>,
    /// Wire: `Iptal_Islem_Toplam_Tutar`.
    #[serde(rename(deserialize = "Iptal_Islem_Toplam_Tutar"))]
    pub cancelled: Option<ReceivedAmount>,
    /// The number of refunds. Wire: `Iade_Islem_Sayi`.
    #[serde(rename(deserialize = "Iade_Islem_Sayi"))]
    pub refunded_count: Option<String>,
    /// Wire: `Iade_Islem_Toplam_Tutar`.
    #[serde(rename(deserialize = "Iade_Islem_Toplam_Tutar"))]
    pub refunded: Option<ReceivedAmount>,
}

impl Operation for SummarizePayments {
    type Service = Settings;
    type Output = PaymentSummaries;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Mutabakat_Ozet", "TP_Mutabakat_OzetResult");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.in_order("to", self.from, self.to);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_period(self.from, self.to))
    }

    fn read(&self, reading: Reading<'_>) -> Read<PaymentSummaries> {
        Ok(reading
            .rows(not_named)?
            .map(|rows| PaymentSummaries { rows }))
    }
}
