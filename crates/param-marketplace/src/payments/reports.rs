//! Lists and sums of payments, for the end of the day.

pub(crate) mod history;
pub(crate) mod lookup;
pub(crate) mod reconcile;
pub(crate) mod summary;
pub(crate) mod table;
