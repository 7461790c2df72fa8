//! After the payment: what became of it, and giving it back.

pub(crate) mod query;
pub(crate) mod refund;
pub(crate) mod refund_with_receipt;
