//! Refunds, whole or in part, harmless to repeat under their own number.

mod check_refund;
mod proof;
mod refund;

pub use self::check_refund::CheckRefund;
pub use self::refund::{Extent, Refund};
