//! Lists the rates that customers pay for installments. Wire: `TP_Ozel_Oran_SK_Liste` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::installments::{InstallmentOffer, InstallmentRates};
use super::percent::{OF_MERCHANT, WireRates};
use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;

/// Lists the rates that customers pay, by POS and number of parts. Provider's page: Özel Oran SK Liste.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCustomerRates {}

impl ListCustomerRates {
    /// Asks for the list.
    pub fn new() -> Self {
        Self {}
    }
}

/// The rates for customers.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CustomerRates {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`, `DT_Ozel_Oranlar_SK`.
    pub rows: Vec<CustomerRate>,
}

/// The rates of one POS. Columns without a value are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CustomerRate {
    /// The row's number. Wire: `Ozel_Oran_SK_ID`.
    pub row_number: Option<String>,
    /// The POS. Wire: `SanalPOS_ID`.
    pub pos: Option<String>,
    /// The installment programme or bank. Wire: `Kredi_Karti_Banka`.
    pub bank: Option<String>,
    /// The address of its picture. Wire: `Kredi_Karti_Banka_Gorsel`.
    pub image: Option<String>,
    /// The rates. Wire: `MO_01` to `MO_12`.
    pub rates: InstallmentRates,
}

impl CustomerRates {
    /// Returns the rates of a POS, as [`CardRange::pos`](crate::payments::CardRange::pos) names it; `None`
    /// unless exactly one row has it.
    pub fn of_pos(&self, pos: &str) -> Option<&CustomerRate> {
        let same = |row: &&CustomerRate| row.pos.as_deref().map(str::trim) == Some(pos.trim());
        let mut found = self.rows.iter().filter(same);
        found.next().filter(|_| found.next().is_none())
    }
}

impl CustomerRate {
    /// Returns every number of parts that is offered for an order's amount, with the total that the
    /// customer pays. See [`Rate::total`](crate::payments::Rate::total) for the rule.
    pub fn offers(&self, amount: Money) -> Vec<InstallmentOffer> {
        self.rates.offers(amount)
    }
}

impl Operation for ListCustomerRates {
    type Service = Settings;
    type Output = CustomerRates;
    const ENDPOINT: Endpoint =
        Endpoint::payment("TP_Ozel_Oran_SK_Liste", "TP_Ozel_Oran_SK_ListeResult");
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().merchant())
    }

    fn read(&self, reading: Reading<'_>) -> Read<CustomerRates> {
        let answer = reading.rows::<WireRates>(not_named)?.may_lack(&OF_MERCHANT);
        Ok(answer.map(|rows| CustomerRates {
            rows: rows.into_iter().map(WireRates::into).collect(),
        }))
    }
}

impl From<WireRates> for CustomerRate {
    fn from(mut row: WireRates) -> Self {
        Self {
            rates: row.take_rates(),
            row_number: row.customer_row,
            pos: row.pos,
            bank: row.bank,
            image: row.image,
        }
    }
}
