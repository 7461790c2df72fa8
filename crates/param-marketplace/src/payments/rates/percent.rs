//! The rows of the tables of commission rates.

use serde::Deserialize;

use super::installments::{InstallmentRates, ReceivedRate};
use crate::moment::ReceivedMoment;
use crate::wire::Unkept;

/// The columns that only the list of the merchant's rates has.
pub(crate) const OF_MERCHANT: [&str; 3] = ["Ozel_Oran_ID", "Tarih_Bas", "Tarih_Bit"];
/// The column that only the list of the customers' rates has.
pub(crate) const OF_CUSTOMERS: [&str; 1] = ["Ozel_Oran_SK_ID"];

/// A row of either list.
#[derive(Deserialize)]
pub(crate) struct WireRates {
    #[serde(rename = "Ozel_Oran_ID")]
    pub(crate) merchant_row: Option<String>,
    #[serde(rename = "Ozel_Oran_SK_ID")]
    pub(crate) customer_row: Option<String>,
    #[serde(rename = "GUID")]
    _merchant: Option<Unkept>,
    #[serde(rename = "Tarih_Bas")]
    pub(crate) from: Option<ReceivedMoment>,
    #[serde(rename = "Tarih_Bit")]
    pub(crate) to: Option<ReceivedMoment>,
    #[serde(rename = "SanalPOS_ID")]
    pub(crate) pos: Option<String>,
    #[serde(rename = "Kredi_Karti_Banka")]
    pub(crate) bank: Option<String>,
    #[serde(rename = "Kredi_Karti_Banka_Gorsel")]
    pub(crate) image: Option<String>,
    #[serde(rename = "MO_01")]
    one: Option<ReceivedRate>,
    #[serde(rename = "MO_02")]
    two: Option<ReceivedRate>,
    #[serde(rename = "MO_03")]
    three: Option<ReceivedRate>,
    #[serde(rename = "MO_04")]
    four: Option<ReceivedRate>,
    #[serde(rename = "MO_05")]
    five: Option<ReceivedRate>,
    #[serde(rename = "MO_06")]
    six: Option<ReceivedRate>,
    #[serde(rename = "MO_07")]
    seven: Option<ReceivedRate>,
    #[serde(rename = "MO_08")]
    eight: Option<ReceivedRate>,
    #[serde(rename = "MO_09")]
    nine: Option<ReceivedRate>,
    #[serde(rename = "MO_10")]
    ten: Option<ReceivedRate>,
    #[serde(rename = "MO_11")]
    eleven: Option<ReceivedRate>,
    #[serde(rename = "MO_12")]
    twelve: Option<ReceivedRate>,
}

impl WireRates {
    /// Takes the rates out.
    pub(crate) fn take_rates(&mut self) -> InstallmentRates {
        let rates = [
            &mut self.one,
            &mut self.two,
            &mut self.three,
            &mut self.four,
            &mut self.five,
            &mut self.six,
            &mut self.seven,
            &mut self.eight,
            &mut self.nine,
            &mut self.ten,
            &mut self.eleven,
            &mut self.twelve,
        ];
        InstallmentRates(rates.map(Option::take))
    }
}
