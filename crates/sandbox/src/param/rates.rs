//! Rates that the merchant and its customers pay for installments.

use super::call::Call;
use super::refusal::Refusal;
use super::reply::{Item, Row, text};
use super::world::Param;
use crate::{Day, Kurus};

const MERCHANT: &[&str] = &[
    "Ozel_Oran_ID",
    "GUID",
    "Tarih_Bas",
    "Tarih_Bit",
    "SanalPOS_ID",
    "Kredi_Karti_Banka",
    "Kredi_Karti_Banka_Gorsel",
    "MO_01",
    "MO_02",
    "MO_03",
    "MO_04",
    "MO_05",
    "MO_06",
    "MO_07",
    "MO_08",
    "MO_09",
    "MO_10",
    "MO_11",
    "MO_12",
];

const CUSTOMER: &[&str] = &[
    "Ozel_Oran_SK_ID",
    "GUID",
    "SanalPOS_ID",
    "Kredi_Karti_Banka",
    "Kredi_Karti_Banka_Gorsel",
    "MO_01",
    "MO_02",
    "MO_03",
    "MO_04",
    "MO_05",
    "MO_06",
    "MO_07",
    "MO_08",
    "MO_09",
    "MO_10",
    "MO_11",
    "MO_12",
];

impl Param {
    /// `TP_Ozel_Oran_Liste` and `TP_Ozel_Oran_SK_Liste`. The world has one POS, so there is one row.
    pub(crate) fn rates(&self, call: &Call, today: Day) -> Vec<Item> {
        let of_customers = call.operation == "TP_Ozel_Oran_SK_Liste";
        let (name, columns, rates) = if of_customers {
            ("DT_Ozel_Oranlar_SK", CUSTOMER, self.rules.customer_rates)
        } else {
            ("DT_Ozel_Oranlar", MERCHANT, [self.rules.commission; 12])
        };
        let (year, ..) = today.civil();
        let value = |column: &str| match column {
            "GUID" => self.account.key.clone(),
            "Tarih_Bas" => format!("{year:04}-01-01T00:00:00+03:00"),
            "Tarih_Bit" => format!("{year:04}-12-31T00:00:00+03:00"),
            "SanalPOS_ID" => "1013".to_owned(),
            "Kredi_Karti_Banka" => "Bonus".to_owned(),
            "Kredi_Karti_Banka_Gorsel" => format!("{}bonus.png", self.pages),
            other => match other
                .strip_prefix("MO_")
                .and_then(|count| count.parse().ok())
            {
                Some(count) => Kurus(rate_of(&rates, count)).four_decimals(),
                None => "1".to_owned(),
            },
        };
        let row: Row = columns.iter().map(|name| (*name, value(name))).collect();
        vec![
            Item::Table(name, columns, vec![row]),
            text("Sonuc", 1),
            text("Sonuc_Str", "Başarılı"),
        ]
    }

    /// Returns what a customer pays on top for a number of installments. A negative rate means that they
    /// are not offered.
    pub(crate) fn customer_rate(&self, installments: i64) -> Result<i64, Refusal> {
        if !(1..=12).contains(&installments) {
            return Err(Refusal::code(-110, "Taksit: not 1 to 12"));
        }
        match rate_of(&self.rules.customer_rates, installments) {
            rate if rate < 0 => Err(Refusal::code(-201, "Taksit: not offered for this POS")),
            rate => Ok(rate),
        }
    }
}

fn rate_of(rates: &[i64; 12], installments: i64) -> i64 {
    let index = usize::try_from(installments.saturating_sub(1)).ok();
    index
        .and_then(|index| rates.get(index))
        .copied()
        .unwrap_or(0)
}
