//! Lists the rates that Param charges the merchant. Wire: `TP_Ozel_Oran_Liste` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation};
use serde::{Deserialize, Serialize};

use super::installments::InstallmentRates;
use super::percent::{OF_CUSTOMERS, WireRates};
use crate::endpoint::Endpoint;
use crate::moment::ReceivedMoment;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;

/// Lists the rates that Param charges, by POS and number of parts. Provider's page: Özel Oran Liste.
///
/// The customer's total is computed from the customers' rates
/// ([`ListCustomerRates`](crate::payments::ListCustomerRates)), not from these. Read the net amount of a
/// payment from the answer, because two formulas for it have been seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListMerchantRates {}

impl ListMerchantRates {
    /// Asks for the list.
    pub fn new() -> Self {
        Self {}
    }
}

/// The merchant's rates.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MerchantRates {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`, `DT_Ozel_Oranlar`.
    pub rows: Vec<MerchantRate>,
}

/// The rates of one POS. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MerchantRate {
    /// The row's number. Wire: `Ozel_Oran_ID`.
    pub row_number: Option<String>,
    /// The start of their validity. Wire: `Tarih_Bas`.
    pub from: Option<ReceivedMoment>,
    /// The end of their validity. Wire: `Tarih_Bit`.
    pub to: Option<ReceivedMoment>,
    /// The POS. Wire: `SanalPOS_ID`.
    pub pos: Option<String>,
    /// The installment programme or bank. Wire: `Kredi_Karti_Banka`.
    pub bank: Option<String>,
    /// The address of its picture. Wire: `Kredi_Karti_Banka_Gorsel`.
    pub image: Option<String>,
    /// The rates. Wire: `MO_01` to `MO_12`.
    pub rates: InstallmentRates,
}

impl Operation for ListMerchantRates {
    type Service = Settings;
    type Output = MerchantRates;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Ozel_Oran_Liste", "TP_Ozel_Oran_ListeResult");
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().merchant())
    }

    fn read(&self, reading: Reading<'_>) -> Read<MerchantRates> {
        let answer = reading
            .rows::<WireRates>(not_named)?
            .may_lack(&OF_CUSTOMERS);
        Ok(answer.map(|rows| MerchantRates {
            rows: rows.into_iter().map(WireRates::into).collect(),
        }))
    }
}

impl From<WireRates> for MerchantRate {
    fn from(mut row: WireRates) -> Self {
        Self {
            rates: row.take_rates(),
            row_number: row.merchant_row,
            from: row.from,
            to: row.to,
            pos: row.pos,
            bank: row.bank,
            image: row.image,
        }
    }
}
