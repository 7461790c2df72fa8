//! Many orders at once: all checked first, sent with a cap and a pace, each created at most once, and
//! continued where a run died.

mod check;
mod crowd;
mod one;
mod run;
mod tasks;

use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use check::OrderProblems;

use crate::ledger::{FailureReason, LedgerError, OrderState};
use crate::order::RequestNumber;

/// The longest pause between the starts of two orders.
const LONGEST_PAUSE: Duration = Duration::from_secs(24 * 60 * 60);

/// The pace and the rules of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunPlan {
    /// How many orders are sent at once, from 1 to 256. Default: 4. Horoz documents no limit.
    pub at_once: usize,
    /// The least time between the starts of two orders, at most a day. Default: 50 milliseconds, which is 20
    /// orders a second.
    pub pause: Duration,
    /// How many orders in a row may end without an answer of Horoz, or with one and the same code that is not
    /// listed, before the run stops. Default: 20.
    pub stop_after: usize,
    /// Whether orders that were refused, or had a taken number, are sent again unchanged. Default: no. It
    /// helps after refusals with a cause outside the order, as a supplier that Horoz had not registered.
    pub send_refused: bool,
    /// Whether only this shop uses its request numbers. Default: yes, because a ledger relies on it. Then
    /// `ERR-20003` after a try that was sent means that this try created the order. If not, such an order
    /// stays unknown, with reason `exists`.
    pub own_numbers: bool,
    /// Whether orders that are not in the ledger may have been sent, as after the ledger was lost. Default:
    /// no, so on a first try `ERR-20003` means that another order has the number. If yes, the number counts
    /// as taken by the order itself, where [`own_numbers`](Self::own_numbers) is set.
    pub trust_duplicates: bool,
}

impl Default for RunPlan {
    fn default() -> Self {
        Self {
            at_once: 4,
            pause: Duration::from_millis(50),
            stop_after: 20,
            send_refused: false,
            own_numbers: true,
            trust_duplicates: false,
        }
    }
}

impl RunPlan {
    /// Sets how many orders are sent at once. A count outside of 1 to 256 becomes the nearest limit.
    #[must_use]
    pub fn at_once(mut self, count: usize) -> Self {
        self.at_once = count.clamp(1, 256);
        self
    }

    /// Sets the least time between the starts of two orders. Zero for no pause; more than a day counts as a
    /// day.
    #[must_use]
    pub fn pause(mut self, pause: Duration) -> Self {
        self.pause = pause.min(LONGEST_PAUSE);
        self
    }
}

kervan_core::setters! { RunPlan {
    /// Sets how many orders in a row may end without an answer, or with one and the same code that
    /// is not listed, before the run stops.
    stop_after: usize,
    /// Sets whether refused orders are sent again unchanged.
    send_refused: bool,
    /// Sets whether only this shop uses its request numbers.
    own_numbers: bool,
    /// Sets whether orders that are not in the ledger may have been sent.
    trust_duplicates: bool,
}}

/// The result of one order of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderResult {
    /// Its place among the orders of the run, from zero.
    pub index: usize,
    /// Its key.
    pub number: RequestNumber,
    /// Its state; never `sending`.
    pub state: OrderState,
    /// The reason why it is not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
    /// Whether it is from the ledger, and was not sent in this run.
    pub earlier: bool,
}

/// The counts of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct RunReport {
    /// All orders.
    pub orders: usize,
    /// Created, with an answer of Horoz.
    pub created: usize,
    /// Present before, from an earlier try.
    pub already_there: usize,
    /// Refused as they are.
    pub refused: usize,
    /// Not created, because another order has their number.
    pub number_taken: usize,
    /// They may exist.
    pub unknown: usize,
    /// Not done, for reasons that are not the orders'.
    pub not_done: usize,
    /// The part of all these that the ledger knew.
    pub earlier: usize,
    /// Orders that are open in the ledger and were not among the orders. They may exist, because no call has
    /// asked for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_in_ledger: Vec<RequestNumber>,
    /// The reason why the run ended early.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped: Option<StopReason>,
}

impl RunReport {
    /// Returns whether each order either exists or is refused: no order is left to continue, no order has the
    /// number of another, and the counts add up. [`left_in_ledger`](RunReport::left_in_ledger) does not
    /// count.
    pub fn is_settled(&self) -> bool {
        self.created + self.already_there + self.refused == self.orders
            && self.number_taken + self.unknown + self.not_done == 0
    }

    fn count(&mut self, result: &OrderResult) {
        self.earlier += usize::from(result.earlier);
        *match result.state {
            OrderState::Created => &mut self.created,
            OrderState::AlreadyThere => &mut self.already_there,
            OrderState::Refused => &mut self.refused,
            OrderState::NumberTaken => &mut self.number_taken,
            OrderState::NotDone => &mut self.not_done,
            OrderState::Sending | OrderState::Unknown => &mut self.unknown,
        } += 1;
    }
}

/// The reason why a run ended early.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum StopReason {
    /// The process key is wrong (`ERR-20001`): every other order would be refused too.
    #[serde(rename = "wrong_key")]
    WrongKey,
    /// Too many orders in a row ended without an answer of Horoz.
    #[serde(rename = "no_answers")]
    NoAnswers,
    /// Too many orders in a row ended with the same code that is not listed.
    #[serde(rename = "unlisted_code")]
    UnlistedCode,
}

/// A run that could not begin, or had to end.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// Orders break rules. Nothing was sent. The value holds every problem of each of them.
    #[error("{} of the orders cannot be sent; nothing was", .0.len())]
    Invalid(Vec<OrderProblems>),
    /// The orders were not the same when they were read again. The first that differs is at this place, from
    /// zero. Orders that were being sent have ended; nothing else was sent.
    #[error(
        "the orders were not the same when they were gone through again, from place {index} on"
    )]
    OrdersChanged {
        /// From zero.
        index: usize,
    },
    /// The ledger failed. Orders that were being sent have ended; nothing else was sent. Orders with a result
    /// that could not be written are in it as `sending`; a continued run settles them.
    #[error("the run ended because its ledger failed")]
    Ledger(#[from] LedgerError),
}
