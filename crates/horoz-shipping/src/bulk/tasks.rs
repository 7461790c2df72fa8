//! Decides about each order of a run, and checks that the orders stay the same while it runs.

use std::borrow::Borrow;
use std::iter::Fuse;

use super::check::{Checker, OrderProblems};
use super::{RunError, RunPlan};
use crate::client::Client;
use crate::ledger::{Fingerprint, Ledger, LedgerEntry, OrderState};
use crate::order::RequestNumber;
use crate::rules;
use crate::supplier_pays::CreateSupplierPaysOrder;

/// The step of a run for an order.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Task {
    /// Done or refused by an earlier run.
    Tell,
    /// An earlier run may have sent it, with other contents.
    Changed,
    /// An earlier run may have sent it.
    Settle,
    Send,
}

/// An order as the check has found it.
pub(super) struct Planned {
    pub(super) task: Task,
    pub(super) number: RequestNumber,
    contents: Fingerprint,
}

/// All orders as the check has found them.
pub(super) struct Tasks {
    pub(super) planned: Vec<Planned>,
    /// The numbers that are open in the ledger and not among the orders.
    pub(super) left: Vec<RequestNumber>,
}

impl Tasks {
    /// Checks all orders and finds the task of each.
    pub(super) async fn of<I, L>(
        client: &Client,
        orders: I,
        ledger: &L,
        plan: &RunPlan,
    ) -> Result<Self, RunError>
    where
        I: IntoIterator,
        I::Item: Borrow<CreateSupplierPaysOrder>,
        L: Ledger + ?Sized,
    {
        let mut checker = Checker::new(client);
        let mut invalid: Vec<OrderProblems> = Vec::new();
        let mut planned = Vec::new();
        for order in orders {
            let order = order.borrow();
            let mut found = checker.check(order);
            let contents = order.fingerprint();
            let entry = ledger.find(&order.number).await?;
            let (task, is_another) =
                entry.map_or((Task::Send, false), |e| task_of(&e, contents, plan));
            if is_another {
                let problem = rules::NUMBER_OF_ANOTHER_ORDER.at("number");
                found.problems.push(problem);
            }
            if found.problems.stop_the_call() {
                invalid.push(found);
            }
            planned.push(Planned {
                task,
                number: order.number.clone(),
                contents,
            });
        }
        if !invalid.is_empty() {
            return Err(RunError::Invalid(invalid));
        }
        let mut left = ledger.open_orders().await?;
        left.retain(|number| !checker.has_seen(number));
        Ok(Self { planned, left })
    }

    /// Reads the orders again, and keeps those with one task.
    pub(super) fn again<I: Iterator>(&self, orders: I, task: Task) -> Again<'_, I> {
        Again {
            planned: &self.planned,
            orders: orders.fuse(),
            index: 0,
            task,
        }
    }
}

/// Returns the step for an order that the ledger knows, and whether that was another order than
/// this one.
fn task_of(entry: &LedgerEntry, contents: Fingerprint, plan: &RunPlan) -> (Task, bool) {
    let is_changed = entry.contents != contents;
    let task = match entry.state {
        OrderState::Created | OrderState::AlreadyThere => return (Task::Tell, is_changed),
        // Prepared in this very program and then not sent.
        OrderState::Sending if entry.is_unsent() => Task::Send,
        // An older version kept a refusal of the contents as unknown.
        OrderState::Unknown if is_changed && entry.was_refused() => Task::Send,
        OrderState::Sending | OrderState::Unknown if is_changed => Task::Changed,
        OrderState::Sending | OrderState::Unknown => Task::Settle,
        // An order that does not exist may change.
        OrderState::Refused | OrderState::NumberTaken if is_changed || plan.send_refused => {
            Task::Send
        }
        OrderState::NumberTaken if plan.trust_duplicates => Task::Send,
        OrderState::Refused | OrderState::NumberTaken => Task::Tell,
        OrderState::NotDone => Task::Send,
    };
    (task, false)
}

/// The orders once more, each compared with the plan for its place.
pub(super) struct Again<'t, I> {
    planned: &'t [Planned],
    orders: Fuse<I>,
    index: usize,
    task: Task,
}

impl<I: Iterator> Again<'_, I>
where
    I::Item: Borrow<CreateSupplierPaysOrder>,
{
    /// Returns the next order with the task, and its place.
    pub(super) fn next(&mut self) -> Result<Option<(usize, I::Item)>, RunError> {
        loop {
            let index = self.index;
            let (order, planned) = match (self.orders.next(), self.planned.get(index)) {
                (None, None) => return Ok(None),
                (Some(order), Some(planned)) => (order, planned),
                _ => return Err(RunError::OrdersChanged { index }),
            };
            let is_wanted = planned.task == self.task;
            let now = order.borrow();
            // An order that is not touched now need not be compared as a whole.
            let is_same = now.number == planned.number
                && (!is_wanted || now.fingerprint() == planned.contents);
            if !is_same {
                return Err(RunError::OrdersChanged { index });
            }
            self.index += 1;
            if is_wanted {
                return Ok(Some((index, order)));
            }
        }
    }
}
