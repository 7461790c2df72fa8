//! A run: check all, settle what an earlier run left open, send the rest.

use std::borrow::Borrow;
use std::sync::atomic::{AtomicBool, Ordering};

use super::crowd::Crowd;
use super::one::{Run, Said};
use super::tasks::{Again, Task, Tasks};
use super::{LONGEST_PAUSE, OrderResult, RunError, RunPlan, RunReport, StopReason};
use crate::client::Client;
use crate::ledger::{FailureReason, Ledger, OrderState};
use crate::supplier_pays::CreateSupplierPaysOrder;

impl Client {
    /// Creates many orders, each at most once. An order with a lost answer may leave the machine
    /// several times, under its number, which Horoz takes once.
    ///
    /// 1. All orders are checked, and compared with the ledger. If one breaks a rule, nothing is sent,
    ///    and [`RunError::Invalid`] has every problem of each such order.
    /// 2. Orders that the ledger shows as `sending` or `unknown` are settled by their attempt, before
    ///    anything else is sent: the same order goes out again under its number. A refusal of the
    ///    contents proves that it is not there, so it ends as refused, and its correction goes out by
    ///    the next run. One that has changed before it was settled is left out, and reported as unknown
    ///    with reason `changed`.
    /// 3. The others are prepared, written to the ledger with their attempt, and sent, as many at once and
    ///    as often as the plan says; where an answer gets lost, they are settled at once. `ERR-20003` to
    ///    a first try means that another order has the number: [`OrderState::NumberTaken`]. After a
    ///    try that was sent it means that the order is there, unless [`RunPlan::own_numbers`] is off. An
    ///    order that could not be sent for want of a connection is tried again as often as
    ///    [`Retry`](kervan_core::Retry) says.
    ///
    /// `on_result` gets each order at most once, in any order, and exactly once unless the run ends with an
    /// error. Every order ends as created, already there, refused, with its number taken, unknown, or not
    /// done: when the run stops early, the key is wrong or no connection is made. Call it again with the same
    /// orders and ledger to continue: it reports finished orders from the ledger. An order that was refused
    /// is sent again only after its contents have changed, or with [`RunPlan::send_refused`].
    ///
    /// The orders are read several times, so that they need not be in memory at once: give a slice, or an
    /// iterator that is cheap to clone and gives the same orders each time. A stream has to be collected
    /// first, because no order is sent before the last one is checked.
    ///
    /// Dropping the future leaves the orders that are being sent at `sending`; the next run settles them.
    ///
    /// # Errors
    ///
    /// [`RunError`].
    pub async fn create_all<I, L>(
        &self,
        orders: I,
        ledger: &L,
        plan: &RunPlan,
        mut on_result: impl FnMut(&OrderResult),
    ) -> Result<RunReport, RunError>
    where
        I: IntoIterator + Clone,
        I::Item: Borrow<CreateSupplierPaysOrder>,
        L: Ledger + ?Sized,
    {
        let tasks = Tasks::of(self, orders.clone(), ledger, plan).await?;
        let mut report = RunReport {
            orders: tasks.planned.len(),
            left_in_ledger: tasks.left.clone(),
            ..RunReport::default()
        };
        let mut told = |result: OrderResult| {
            report.count(&result);
            on_result(&result);
        };
        for (index, one) in tasks.planned.iter().enumerate() {
            let number = &one.number;
            let (state, reason) = match one.task {
                Task::Settle | Task::Send => continue,
                Task::Changed => (OrderState::Unknown, Some(FailureReason::changed())),
                Task::Tell => {
                    // It was there a moment ago; should it be gone, nothing is known of the order.
                    let entry = ledger.find(number).await?;
                    let state = entry.as_ref().map(|entry| entry.state);
                    let reason = entry.and_then(|entry| entry.reason);
                    (state.unwrap_or(OrderState::Unknown), reason)
                }
            };
            told(OrderResult {
                index,
                number: number.clone(),
                state,
                reason,
                earlier: true,
            });
        }
        let run = Run {
            client: self,
            ledger,
            plan,
            is_stopped: AtomicBool::new(false),
        };
        let mut stopped = None;
        for task in [Task::Settle, Task::Send] {
            let work = tasks.again(orders.clone().into_iter(), task);
            if let Some(why) = run.work(work, task, &mut told).await? {
                stopped = Some(why);
            }
        }
        report.stopped = stopped;
        Ok(report)
    }
}

impl<L: Ledger + ?Sized> Run<'_, L> {
    /// Settles or sends some orders.
    async fn work<I>(
        &self,
        mut orders: Again<'_, I>,
        task: Task,
        told: &mut impl FnMut(OrderResult),
    ) -> Result<Option<StopReason>, RunError>
    where
        I: Iterator,
        I::Item: Borrow<CreateSupplierPaysOrder>,
    {
        let pause = self.plan.pause.min(LONGEST_PAUSE);
        let mut crowd = Crowd::new();
        let host = self.client.host();
        let mut next_start = host.steady();
        let mut watch = Watch::default();
        let (mut stopped, mut failure) = (None, None);
        loop {
            while crowd.len() < self.plan.at_once.clamp(1, 256) && failure.is_none() {
                let (index, order) = match orders.next() {
                    Ok(Some(next)) => next,
                    Ok(None) => break,
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                };
                let start = next_start.max(host.steady());
                // An order that is not sent needs no pace.
                if !self.is_stopped() {
                    next_start = start.saturating_add(pause);
                }
                crowd.push(async move { self.one(index, order.borrow(), task, start).await });
            }
            let Some(ended) = crowd.next().await else {
                break;
            };
            told(ended.result);
            let why = watch.look(&ended.said, self.plan.stop_after.max(1));
            // A wrong key says more than that no answers came.
            if why == Some(StopReason::WrongKey) || stopped.is_none() {
                stopped = why.or(stopped);
            }
            if let Some(error) = ended.failure {
                failure.get_or_insert(error.into());
            }
            if stopped.is_some() || failure.is_some() {
                self.is_stopped.store(true, Ordering::Relaxed);
            }
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(stopped),
        }
    }
}

/// The failures that the latest orders share.
#[derive(Default)]
struct Watch {
    silent: usize,
    /// A code that is not listed, and how often it came in a row.
    unlisted: Option<(String, usize)>,
}

impl Watch {
    /// Returns whether, and why, the run has to stop after the result of an order.
    fn look(&mut self, said: &Said, stop_after: usize) -> Option<StopReason> {
        match said {
            Said::Untried => return None,
            Said::WrongKey => return Some(StopReason::WrongKey),
            Said::Silence => self.silent += 1,
            Said::Answer | Said::Unlisted(_) => self.silent = 0,
        }
        self.unlisted = match (said, self.unlisted.take()) {
            (Said::Unlisted(code), Some((before, count))) if *code == before => {
                Some((before, count + 1))
            }
            (Said::Unlisted(code), _) => Some((code.clone(), 1)),
            _ => None,
        };
        let same = self.unlisted.as_ref().map_or(0, |(_, count)| *count);
        if self.silent >= stop_after {
            Some(StopReason::NoAnswers)
        } else if same >= stop_after {
            Some(StopReason::UnlistedCode)
        } else {
            None
        }
    }
}
