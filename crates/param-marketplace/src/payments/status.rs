//! The state of a payment.

pub(crate) mod by_key;
pub(crate) mod query;
pub(crate) mod record;
