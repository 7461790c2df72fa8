//! Refunds, whole or in part, harmless to repeat under their own number.

mod check;
mod refund;

pub use self::check::CheckRefund;
pub use self::refund::{Extent, Refund};
