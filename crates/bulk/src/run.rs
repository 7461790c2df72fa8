//! A run: check all, settle what an earlier run left open, send the rest.

use std::borrow::Borrow;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use kervan_core::{Operation, Service};
use kervan_ledger::{Account, Contents, Entry, Key, Ledger, Limit, Limits, Plan, Store, UseStore};
use kervan_settling::{Many, Settler};

use crate::crowd::Crowd;
use crate::one::Run;
use crate::plan::{LONGEST_PAUSE, RunPlan};
use crate::report::{BulkResult, RunError, RunReport, StopReason};
use crate::sendings::Sendings;
use crate::tasks::{Again, Task};
use crate::watch::Watch;

/// Sends many writes of one kind over a ledger.
pub struct Bulk<'r, S, P> {
    pub(crate) ledger: Ledger<S>,
    pub(crate) client: &'r Settler<P>,
    pub(crate) account: &'r Account,
    pub(crate) sendings: Option<Sendings<'r>>,
}

impl<'r, S: Store, P: Service> Bulk<'r, S, P> {
    /// Sends through a client, as the account that the client's settings log in to.
    pub fn new(ledger: &Ledger<S>, client: &'r Settler<P>, account: &'r Account) -> Self {
        Self {
            // Each run is started by somebody who sees its report. It settles what is open, however old it is.
            ledger: ledger.clone().patience(Duration::MAX),
            client,
            account,
            sendings: None,
        }
    }

    /// Limits how often each write may leave, over all runs and programs that share the limits: Aras takes the data of
    /// one order twenty times.
    ///
    /// A step counts before it is made, also where it turns out to be a question alone, so that the count is never too
    /// low. A write that is at its limit is left as it is, with reason `limit`: [`settle`](Settler::settle) asks about it
    /// without sending, and a person decides.
    ///
    /// ```
    /// use kervan_bulk::Bulk;
    /// use kervan_ledger::{Account, Ledger, Limit, Limits, MemoryStore};
    /// # use kervan_core::Service;
    /// # use kervan_settling::Settler;
    /// # fn bulk<P: Service>(ledger: &Ledger<MemoryStore>, client: &Settler<P>, account: &Account, limits: &Limits<MemoryStore>) {
    /// let bulk = Bulk::new(ledger, client, account).sendings(limits, Limit::at_most(20));
    /// # let _ = bulk;
    /// # }
    /// ```
    #[must_use]
    pub fn sendings<U: UseStore>(mut self, limits: &'r Limits<U>, limit: Limit) -> Self {
        self.sendings = Some(Sendings::new(limits, limit));
        self
    }

    /// Makes many writes, each at most once. One with a lost answer may leave the machine several times, as its
    /// class allows: a keyed write under its key, which the provider takes once.
    ///
    /// 1. All writes are checked, and compared with the ledger. If one breaks a rule, nothing is sent, and
    ///    [`RunError::Invalid`] has every problem of each such write.
    /// 2. Those that may have been sent are settled before anything else is sent. One that has changed before it
    ///    was settled is left out, and reported as unknown with reason `changed`.
    /// 3. The others are stored in the ledger and sent, as many at once and as often as the plan says; where an
    ///    answer gets lost, they are settled at once. One that could not be sent for want of a connection is tried
    ///    again as often as [`Retry`](kervan_core::Retry) says.
    ///
    /// `on_result` gets each write at most once, in any order, and exactly once unless the run ends with an error.
    /// Call it again with the same writes and ledger to continue: it reports finished ones from the ledger. A write
    /// that was refused is sent again only after its contents have changed, or with [`RunPlan::send_refused`].
    ///
    /// Two runs over one ledger, in one program or in several, share the work: a write that one of them works on is
    /// reported as unknown with reason `held` by the other. So is one that was being sent when its program died,
    /// until its lease has ended; a `FileStore` knows at once that its program is dead.
    ///
    /// The writes are read several times, so that they need not be in memory at once: give a slice, or an iterator
    /// that is cheap to clone and gives the same writes each time. A stream has to be collected first, because no
    /// write is sent before the last one is checked.
    ///
    /// Dropping the future leaves the writes that are being sent open; a later run settles them.
    ///
    /// # Errors
    ///
    /// [`RunError`].
    pub async fn run<O, I>(
        &self,
        writes: I,
        plan: &RunPlan,
        mut on_result: impl FnMut(&BulkResult),
    ) -> Result<RunReport, RunError>
    where
        O: Many<Service = P>,
        I: IntoIterator + Clone,
        I::Item: Borrow<O>,
    {
        let tasks = self.tasks::<O, _>(writes.clone(), plan).await?;
        let mut report = RunReport {
            writes: tasks.planned.len(),
            left_in_ledger: tasks.left.clone(),
            ..RunReport::default()
        };
        let mut told = |result: BulkResult| {
            report.count(&result);
            on_result(&result);
        };
        let run = Run::<O, S> {
            bulk: self,
            plan,
            is_stopped: AtomicBool::new(false),
        };
        for (index, one) in tasks.planned.iter().enumerate() {
            if let Some(result) = run.tell(index, one).await? {
                told(result);
            }
        }
        let mut stopped = None;
        for task in [Task::Settle, Task::Send] {
            let work = self.again::<O, _>(&tasks, writes.clone().into_iter(), task);
            if let Some(why) = run.work(work, task, &mut told).await? {
                stopped = Some(why);
            }
        }
        report.stopped = stopped;
        Ok(report)
    }

    /// Returns the name of a write in the ledger.
    pub(crate) fn key<O: Many>(&self, write: &O) -> Key {
        self.account.key(O::KIND, write.key())
    }

    /// Returns the entry of a write; `None` where its request cannot be written.
    pub(crate) fn entry<O: Many<Service = P>>(&self, write: &O) -> Option<Entry> {
        let key = self.key(write);
        let object = format!("{} {}", O::KIND, key.own);
        let entry = self
            .ledger
            .entry(self.client, Plan::new(key, object), write);
        entry.ok()
    }

    pub(crate) fn contents<O: Many<Service = P>>(&self, write: &O) -> Option<Contents> {
        self.entry(write).map(|entry| entry.contents)
    }
}

impl<S, P> fmt::Debug for Bulk<'_, S, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Bulk")
            .field("ledger", &self.ledger)
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

impl<O: Many, S: Store> Run<'_, O, S> {
    /// Settles or sends some writes.
    async fn work<F, I>(
        &self,
        mut writes: Again<'_, F, I>,
        task: Task,
        told: &mut impl FnMut(BulkResult),
    ) -> Result<Option<StopReason>, RunError>
    where
        F: Fn(&O) -> Option<Contents>,
        I: Iterator,
        I::Item: Borrow<O>,
    {
        let pause = self.plan.pause.min(LONGEST_PAUSE);
        let mut crowd = Crowd::new();
        let host = self.bulk.client.host();
        let mut next_start = host.steady();
        let mut watch = Watch::default();
        let (mut stopped, mut failure) = (None, None);
        loop {
            while crowd.len() < self.plan.at_once.clamp(1, 256) && failure.is_none() {
                let (index, write) = match writes.next::<O>() {
                    Ok(Some(next)) => next,
                    Ok(None) => break,
                    Err(error) => {
                        failure = Some(error);
                        break;
                    }
                };
                let start = next_start.max(host.steady());
                // A write that is not sent needs no pace.
                if !self.is_stopped() {
                    next_start = start.saturating_add(pause);
                }
                crowd.push(async move { self.one(index, write.borrow(), task, start).await });
            }
            let Some(ended) = crowd.next().await else {
                break;
            };
            told(ended.result);
            let why = watch.look(&ended.said, self.plan.stop_after.max(1));
            // A wrong login says more than that no answers came.
            if why == Some(StopReason::WrongLogin) || stopped.is_none() {
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

/// The settings of the provider that takes a write.
pub(crate) type SettingsOf<O> = <O as Operation>::Service;
