//! Elements and answers that the calls with a table share.

use chrono::NaiveDateTime;
use kervan_core::Drift;

use crate::service::Body;
use crate::wire;

/// Removes one spelling of a column from the absent ones if the other spelling is present.
pub(crate) fn forgive_spelling(drift: &mut Drift, columns: [&str; 2]) {
    let lacks = |column: &&str| {
        drift
            .absent
            .iter()
            .any(|path| path.ends_with(&format!(".{column}")))
    };
    if !columns.iter().all(lacks) {
        drift.forgive_absent(&columns);
    }
}

/// Builds the elements of a period.
pub(crate) fn wire_period(from: NaiveDateTime, to: NaiveDateTime) -> Body {
    Body::with_login()
        .merchant()
        .text("Tarih_Bas", wire::moment(Some(from)))
        .text("Tarih_Bit", wire::moment(Some(to)))
}
