//! Birth dates.

use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::day::day_from_input;
use crate::fault::{Fault, FaultKind, InputError, REDACTED};

const NAME: &str = "birth_date";

/// A birth date is after 1900 and before today.
pub static NOT_POSSIBLE: Fault = Fault::new(
    "birth_date.not_possible",
    FaultKind::Range,
    "`{path}` is not a birth date: after 1900 and before today",
    "`{path}` doğum tarihi olamaz: 1900'den sonra ve bugünden önce olmalıdır",
);

/// The faults of a birth date.
pub static ALL: &[&Fault] = &[&NOT_POSSIBLE];

/// A birth date. `Debug` prints nothing of it.
///
/// Providers write it in three ways, and each has its method. With the feature `serde` it is
/// `1990-05-01`; reading one back does not compare it with today.
///
/// ```
/// use chrono::NaiveDate;
/// use kervan_turkiye::birth_date::BirthDate;
/// let today = NaiveDate::from_ymd_opt(2026, 11, 20).ok_or("no such day")?;
/// let born = BirthDate::from_input("1.5.1990", today)?;
/// assert_eq!(born.dotted(), "01.05.1990");
/// assert_eq!(born.iso(), "1990-05-01");
/// assert_eq!(born.compact(), "19900501");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// Reads a day as people type it, as [`day_from_input`] does.
    ///
    /// # Errors
    ///
    /// Those of [`day_from_input`], and [`NOT_POSSIBLE`].
    pub fn from_input(text: &str, today: NaiveDate) -> Result<Self, InputError> {
        let day = day_from_input(text).map_err(|error| error.at(NAME))?;
        Self::new(day, today)
    }

    /// Takes a day that is after 1900 and before `today`, the day in Türkiye.
    ///
    /// # Errors
    ///
    /// [`NOT_POSSIBLE`].
    pub fn new(day: NaiveDate, today: NaiveDate) -> Result<Self, InputError> {
        if day.year() > 1900 && day < today && day.year() <= 9999 {
            Ok(Self(day))
        } else {
            Err(NOT_POSSIBLE.of(NAME))
        }
    }

    /// Returns the day.
    pub fn day(self) -> NaiveDate {
        self.0
    }

    /// Returns `1990-05-01`.
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// Returns `01.05.1990`.
    pub fn dotted(self) -> String {
        self.0.format("%d.%m.%Y").to_string()
    }

    /// Returns `19900501`.
    pub fn compact(self) -> String {
        self.0.format("%Y%m%d").to_string()
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for BirthDate {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.iso())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for BirthDate {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::number_type::read_stored(deserializer, |text| {
            let born = Self::from_input(text, NaiveDate::MAX)?;
            let is_iso = born.iso() == text;
            is_iso
                .then_some(born)
                .ok_or_else(|| crate::day::FORM.of(NAME))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t12_an_empty_date_is_no_birth_date() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let code = |text| BirthDate::from_input(text, today).map_err(|error| error.code());
        assert_eq!(code("0001-01-01T00:00:00"), Err("text.missing"));
        // Two more: the first day that databases hold, and today.
        assert_eq!(code("01.01.1900"), Err("birth_date.not_possible"));
        assert_eq!(code("20.11.2026"), Err("birth_date.not_possible"));
        assert!(code("19.11.2026").is_ok() && code("01.01.1901").is_ok());
        let error = BirthDate::from_input("1.5.90", today).unwrap_err();
        assert_eq!(
            (error.code(), error.path()),
            ("day.short_year", "birth_date")
        );
    }
}
