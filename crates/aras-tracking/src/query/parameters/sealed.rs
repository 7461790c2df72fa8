//! How parameters are checked and written. Sealed, because it shows the login.

use chrono::NaiveDate;
use kervan_core::Problems;
use kervan_turkiye::time::DateForm;

use crate::query::asked::Asked;
use crate::query::settings::QuerySettings;
use crate::rules;

/// A parameter and its text.
pub(crate) type Written = Vec<(&'static str, String)>;

/// How parameters are checked and written. Not for the outside: it shows the login.
pub trait Write {
    fn check(&self, today: NaiveDate, problems: &mut Problems);

    fn write(&self, settings: &QuerySettings, to: &mut Written);

    fn address_id(&self) -> Option<&str> {
        None
    }

    /// Returns the parcels that it names, for comparing each row with the question.
    fn asked(&self) -> Asked<'_> {
        Asked::Any
    }
}

/// Returns a day as the guide writes it, dd.MM.yyyy.
pub(super) fn written(day: NaiveDate) -> String {
    DateForm::Dotted.write(day).unwrap_or_default()
}

/// Checks that a day has four digits of a year.
pub(super) fn check_day(problems: &mut Problems, path: &'static str, day: NaiveDate) {
    if DateForm::Dotted.write(day).is_none() {
        problems.push(rules::DAY_NOT_WRITABLE.at(path).actual(day));
    }
}
