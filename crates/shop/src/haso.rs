//! Installments by HASO: the form in the browser, its callbacks, the activation, and the plan that counts.

mod activation;
mod callbacks;
mod form;
mod refund;
mod section;

pub(crate) use self::activation::give_up_waiting;
pub(crate) use self::callbacks::{arrive, give_up, judge};
pub(crate) use self::form::{begin, leave};
pub(crate) use self::refund::refund;
pub(crate) use self::section::section;

use crate::orders::Whole;

/// Returns the number of an order's next attempt at HASO.
fn next_number(whole: &Whole) -> String {
    format!("{}-T{}", whole.order.number, whole.installments.len() + 1)
}
