//! The parameters of the query types.

mod account;
mod dates;
mod one;

use chrono::NaiveDate;
use kervan_core::Problems;
use kervan_core::problem::MISSING;
use kervan_core::soap::{CONTROL_CHARACTER, can_carry};
use kervan_core::text::is_blank;
use kervan_core::time::DateForm;
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use self::account::{
    AccountCode, AccountReference, AccountReferences, AddressReference, AtAddress, Contract,
    LastStepOf,
};
pub use self::dates::{DateKind, DatesOf, Day, MonthPeriod, Period, ReferenceOrPeriod};
pub use self::one::{
    Incoming, Nothing, OneReference, ParcelKey, PieceBarcode, References, TrackingAndCode,
};
use super::asked::Asked;
use super::settings::QuerySettings;

/// A parameter and its text.
pub(crate) type Written = Vec<(&'static str, String)>;

/// The parameters of a query type. They say how they are written and what the guide allows.
///
/// Sealed: the carrier's types are all here, and [`RawQuery`](super::RawQuery) makes any other.
pub trait Parameters: Serialize + DeserializeOwned + Send + Sync + sealed::Write {}

impl<P: Serialize + DeserializeOwned + Send + Sync + sealed::Write> Parameters for P {}

pub(crate) mod sealed {
    use super::{Asked, NaiveDate, Problems, QuerySettings, Written};

    /// How parameters are checked and written. Not for the outside: it shows the login.
    pub trait Write {
        fn check(&self, today: NaiveDate, problems: &mut Problems);

        fn write(&self, settings: &QuerySettings, to: &mut Written);

        fn address_id(&self) -> Option<&str> {
            None
        }

        /// The parcels that it names, for comparing each row with the question.
        fn asked(&self) -> Asked<'_> {
            Asked::Any
        }
    }
}

/// Checks a text that may not be empty and that XML has to carry.
fn check_text(problems: &mut Problems, path: &'static str, text: &str) {
    if is_blank(text) {
        problems.push(MISSING.at(path));
    } else if !can_carry(text) {
        problems.push(CONTROL_CHARACTER.at(path));
    }
}

/// A day as the guide writes it, dd.MM.yyyy.
fn written(day: NaiveDate) -> String {
    DateForm::Dotted.write(day).unwrap_or_default()
}

/// Checks that a day has four digits of a year.
fn check_day(problems: &mut Problems, path: &'static str, day: NaiveDate) {
    if DateForm::Dotted.write(day).is_none() {
        problems.push(crate::rules::DAY_NOT_WRITABLE.at(path).actual(day));
    }
}
