//! Refunds and cancellations of payments without order details.

pub(crate) mod refund;
pub(crate) mod refund_with_receipt;
