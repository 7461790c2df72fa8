//! The state of a payment.

pub(crate) mod query;
pub(crate) mod record;
