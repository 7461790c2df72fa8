//! A run: check all, settle what an earlier run left open, send the rest.

use std::borrow::Borrow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use kervan_core::{Outcome, Sent, Settled};

use super::check::{Checker, OrderProblems};
use super::crowd::Crowd;
use super::{OrderResult, Plan, RunError, RunReport, Stopped};
use crate::codes::Kind;
use crate::ledger::{Entry, FailureReason, Ledger, LedgerError, OrderState};
use crate::{Client, CreateSupplierPaysOrder, Error, rules};

/// What a run does with an order.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Task {
    /// Done or refused by an earlier run.
    Tell,
    /// An earlier run may have sent it.
    Settle,
    Send,
}

impl Client {
    /// Creates many orders, each at most once.
    ///
    /// 1. All orders are checked, and compared with the ledger. If one breaks a rule, nothing is sent
    ///    and every problem of each order is told.
    /// 2. Orders that the ledger shows as `sending` or `unknown` are settled, before anything else is
    ///    sent.
    /// 3. The others are sent, as many at once and as often as the plan says, and settled at once
    ///    where an answer gets lost. An order that could not be sent for want of a connection is tried
    ///    again as often as [`Retry`](kervan_core::Retry) says.
    ///
    /// `on_result` gets each order once, in no particular order. Every order ends as created, already
    /// there, refused, unknown, or, when the run stops early or no connection is made, not done. Call
    /// it again with the same orders and ledger to continue: what is done is told from the ledger.
    /// An order that was refused is sent again only after its contents have changed.
    ///
    /// The orders are gone through several times, so that they need not be in memory at once: give a
    /// slice, or an iterator that is cheap to clone. A stream has to be collected first, because no
    /// order is sent before the last one is checked.
    ///
    /// Dropping the future leaves the orders on their way at `sending`; the next run settles them.
    ///
    /// # Errors
    ///
    /// [`RunError`].
    pub async fn create_all<I, L>(
        &self,
        orders: I,
        ledger: &L,
        plan: &Plan,
        mut on_result: impl FnMut(&OrderResult),
    ) -> Result<RunReport, RunError>
    where
        I: IntoIterator + Clone,
        I::Item: Borrow<CreateSupplierPaysOrder>,
        L: Ledger + ?Sized,
    {
        if !plan.pause.is_zero() && self.caller().sleep(Duration::ZERO).is_none() {
            return Err(RunError::NoTimer);
        }
        let tasks = self.tasks(orders.clone(), ledger).await?;
        let mut report = RunReport {
            orders: tasks.len(),
            ..RunReport::default()
        };
        let mut told = |result: OrderResult| {
            report.count(&result);
            on_result(&result);
        };
        for (index, order) in indexed(orders.clone(), &tasks, Task::Tell) {
            let number = &order.borrow().number;
            // It was there a moment ago; should it be gone, nothing is known of the order.
            let entry = ledger.find(number).await?;
            told(OrderResult {
                index,
                number: number.clone(),
                state: entry
                    .as_ref()
                    .map_or(OrderState::Unknown, |entry| entry.state),
                reason: entry.and_then(|entry| entry.reason),
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
            let work = indexed(orders.clone(), &tasks, task);
            if let Some(why) = run.work(work, task, &mut told).await? {
                stopped = Some(why);
            }
        }
        report.stopped = stopped;
        Ok(report)
    }

    /// Checks all orders and finds out what is to be done with each.
    async fn tasks<I, L>(&self, orders: I, ledger: &L) -> Result<Vec<Task>, RunError>
    where
        I: IntoIterator,
        I::Item: Borrow<CreateSupplierPaysOrder>,
        L: Ledger + ?Sized,
    {
        let mut checker = Checker::new(self);
        let mut invalid: Vec<OrderProblems> = Vec::new();
        let mut tasks = Vec::new();
        for order in orders {
            let order = order.borrow();
            let mut found = checker.check(order);
            let entry = ledger.find(&order.number).await?;
            let (task, is_another) = entry.map_or((Task::Send, false), |e| task_of(&e, order));
            if is_another {
                found
                    .problems
                    .push(rules::NUMBER_OF_ANOTHER_ORDER.at("number"));
            }
            if found.problems.stop_the_call() {
                invalid.push(found);
            }
            tasks.push(task);
        }
        if invalid.is_empty() {
            Ok(tasks)
        } else {
            Err(RunError::Invalid(invalid))
        }
    }
}

/// What is to be done with an order that the ledger knows, and whether that was another order than
/// this one.
fn task_of(entry: &Entry, order: &CreateSupplierPaysOrder) -> (Task, bool) {
    let is_changed = entry.contents != order.fingerprint();
    match entry.state {
        OrderState::Created | OrderState::AlreadyThere => (Task::Tell, is_changed),
        OrderState::Sending | OrderState::Unknown => (Task::Settle, is_changed),
        // What does not exist may change.
        OrderState::Refused if is_changed => (Task::Send, false),
        OrderState::Refused => (Task::Tell, false),
        OrderState::NotDone => (Task::Send, false),
    }
}

/// The orders with one task, with their places.
fn indexed<I: IntoIterator>(
    orders: I,
    tasks: &[Task],
    task: Task,
) -> impl Iterator<Item = (usize, I::Item)> {
    let all = orders.into_iter().enumerate().zip(tasks);
    all.filter(move |(_, has)| **has == task)
        .map(|(pair, _)| pair)
}

struct Run<'r, L: ?Sized> {
    client: &'r Client,
    ledger: &'r L,
    plan: &'r Plan,
    is_stopped: AtomicBool,
}

/// An order that has ended, and what its last error says about the rest of the run.
struct Ended {
    result: OrderResult,
    /// Whether Horoz gave an answer.
    is_answered: bool,
    is_wrong_key: bool,
    failure: Option<LedgerError>,
}

impl<L: Ledger + ?Sized> Run<'_, L> {
    /// Settles or sends some orders.
    async fn work<O: Borrow<CreateSupplierPaysOrder>>(
        &self,
        orders: impl Iterator<Item = (usize, O)>,
        task: Task,
        told: &mut impl FnMut(OrderResult),
    ) -> Result<Option<Stopped>, LedgerError> {
        let mut orders = orders.fuse();
        let mut crowd = Crowd::new();
        let (mut next_start, mut silent) = (Instant::now(), 0);
        let (mut stopped, mut failure) = (None, None);
        loop {
            while crowd.len() < self.plan.at_once.clamp(1, 256) && failure.is_none() {
                let Some((index, order)) = orders.next() else {
                    break;
                };
                // What is not sent needs no pace.
                let start = match stopped {
                    Some(_) => Instant::now(),
                    None => next_start.max(Instant::now()),
                };
                next_start = start + self.plan.pause;
                crowd.push(self.one(index, order, task, start));
            }
            let Some(ended) = crowd.next().await else {
                break;
            };
            told(ended.result);
            silent = if ended.is_answered { 0 } else { silent + 1 };
            if ended.is_wrong_key {
                stopped = Some(Stopped::WrongKey);
            } else if silent >= self.plan.stop_after.max(1) && stopped.is_none() {
                stopped = Some(Stopped::NoAnswers);
            }
            if let Some(error) = ended.failure {
                failure.get_or_insert(error);
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

    /// Brings one order to its end.
    async fn one<O: Borrow<CreateSupplierPaysOrder>>(
        &self,
        index: usize,
        order: O,
        task: Task,
        start: Instant,
    ) -> Ended {
        let order = order.borrow();
        self.sleep(start.saturating_duration_since(Instant::now()))
            .await;
        let contents = order.fingerprint();
        let left = match task {
            Task::Settle => OrderState::Unknown,
            _ => OrderState::NotDone,
        };
        if self.is_stopped.load(Ordering::Relaxed) {
            let entry = Entry::new(contents, left).reason(FailureReason::stopped());
            return ended(index, order, entry, true, false);
        }
        let sending = Entry::new(contents, OrderState::Sending);
        if task == Task::Send
            && let Err(error) = self.ledger.record(&order.number, &sending).await
        {
            let entry = Entry::new(contents, left).reason(FailureReason::stopped());
            let ended = ended(index, order, entry, true, false);
            return Ended {
                failure: Some(error),
                ..ended
            };
        }
        let answer = match task {
            Task::Settle => self.settle(order).await,
            _ => self.send(order).await,
        };
        let is_wrong_key =
            matches!(&answer, Err((_, Error::Rejected(no))) if no.kind == Kind::WrongKey);
        let is_answered = matches!(&answer, Ok(_) | Err((_, Error::Rejected(_))));
        let entry = match answer {
            Ok(state) => Entry::new(contents, state),
            Err((state, error)) => Entry::new(contents, state).reason(FailureReason::of(&error)),
        };
        let failure = self.ledger.record(&order.number, &entry).await.err();
        Ended {
            failure,
            ..ended(index, order, entry, is_answered, is_wrong_key)
        }
    }

    /// Sends an order that nobody has sent.
    async fn send(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<OrderState, (OrderState, Error)> {
        let mut tried = 1;
        loop {
            let error = match self.client.send_or_settle_supplier_pays_order(order).await {
                Ok(sent) => return Ok(state_of(&sent)),
                Err(error) => error,
            };
            let state = match (error.outcome(), &error) {
                (Outcome::Unknown, _) => OrderState::Unknown,
                (Outcome::NotDone, Error::Rejected(no)) if no.kind != Kind::WrongKey => {
                    OrderState::Refused
                }
                (Outcome::NotDone, Error::Invalid(_)) => OrderState::Refused,
                (Outcome::NotDone, _) => OrderState::NotDone,
            };
            // Nothing left the machine, so this is no repeat.
            let is_unsent = state == OrderState::NotDone && matches!(&error, Error::Transport(_));
            if !is_unsent || !self.may_try_again(tried).await {
                return Err((state, error));
            }
            tried += 1;
        }
    }

    /// Finds out what became of an order that an earlier run may have sent.
    async fn settle(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<OrderState, (OrderState, Error)> {
        let mut tried = 1;
        loop {
            let error = match self.client.settle_supplier_pays_order(order).await {
                Settled::Done(_) => return Ok(OrderState::Created),
                Settled::AlreadyDone => return Ok(OrderState::AlreadyThere),
                Settled::Refused(no) => {
                    return Err((OrderState::Refused, Error::Rejected(no)));
                }
                Settled::NotDone => return self.send(order).await,
                Settled::Open(error) => error,
            };
            if !self.may_try_again(tried).await {
                return Err((OrderState::Unknown, error));
            }
            tried += 1;
        }
    }

    /// Waits before another try, unless there were enough of them.
    async fn may_try_again(&self, tried: u32) -> bool {
        let retry = &self.client.caller().config().retry;
        if tried >= retry.tries || self.is_stopped.load(Ordering::Relaxed) {
            return false;
        }
        let pause = retry.first_pause.saturating_mul(1 << tried.min(16));
        self.sleep(pause.min(retry.longest_pause)).await;
        true
    }

    async fn sleep(&self, pause: Duration) {
        if !pause.is_zero()
            && let Some(wait) = self.client.caller().sleep(pause)
        {
            wait.await;
        }
    }
}

fn state_of<T>(sent: &Sent<T>) -> OrderState {
    match sent {
        Sent::Done(_) => OrderState::Created,
        Sent::AlreadyDone => OrderState::AlreadyThere,
    }
}

fn ended(
    index: usize,
    order: &CreateSupplierPaysOrder,
    entry: Entry,
    is_answered: bool,
    is_wrong_key: bool,
) -> Ended {
    Ended {
        result: OrderResult {
            index,
            number: order.number.clone(),
            state: entry.state,
            reason: entry.reason,
            earlier: false,
        },
        is_answered,
        is_wrong_key,
        failure: None,
    }
}
