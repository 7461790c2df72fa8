//! The numbers that come into being with a waybill, built as the guides' samples suggest.

use chrono::Datelike;

use crate::values::chance::{digits, new_digits};
use crate::values::day::day;
use crate::{Chance, Moment};

/// Letters and digits of the only series of waybills.
const SERIES: (&str, &str) = ("AB", "513");

/// The numbers of one parcel.
pub(super) struct Numbers {
    /// 13 digits.
    pub(super) tracking: String,
    /// 19 digits.
    pub(super) cargo: String,
    /// Two letters and six digits.
    pub(super) waybill: String,
}

impl Numbers {
    /// Draws the numbers of a parcel that leaves a branch.
    pub(super) fn draw(
        branch: &str,
        now: Moment,
        chance: &mut Chance,
        is_taken: impl Fn(&str) -> bool,
    ) -> Self {
        let number = new_digits(chance, 6, |number| is_taken(&waybill(number)));
        let day = day(now);
        let year = day.year().rem_euclid(10);
        let (_, series) = SERIES;
        Self {
            tracking: format!("{year}{series}{number}{}", digits(chance, 3)),
            cargo: format!(
                "{branch}{series}{number}{:03}{year}{}",
                day.ordinal(),
                digits(chance, 2)
            ),
            waybill: waybill(&number),
        }
    }
}

fn waybill(number: &str) -> String {
    format!("{}{number}", SERIES.0)
}

/// Returns the barcode of a piece, 34 digits, which embeds the cargo code.
pub(super) fn piece_barcode(cargo: &str, piece: usize) -> String {
    format!("11{cargo}091600001{piece:03}{}", piece % 10)
}

/// Returns the KTF number, 22 digits, which embeds the cargo code.
pub(super) fn ktf_number(cargo: &str) -> String {
    format!("000{cargo}")
}
