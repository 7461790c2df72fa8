//! Decides about each write of a run, and checks that the writes stay the same while it runs.

use std::borrow::Borrow;
use std::iter::Fuse;

use kervan_ledger::{Contents, Entry, Numbered as _, State, Store, StoreError, StoreErrorKind};
use kervan_settling::{Many, RefusalOf};

use crate::check::{BulkProblems, Checker};
use crate::plan::RunPlan;
use crate::report::{RunError, refusal_of};
use crate::run::Bulk;

/// The step of a run for a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Ended in an earlier run, or a person has to end it.
    Tell,
    /// Another write than the one that is done under its key.
    Another,
    /// An earlier run may have sent it, with other contents.
    Changed,
    /// An earlier run may have sent it.
    Settle,
    Send,
}

/// Returns the step for a write that the ledger knows.
pub(crate) fn task_of<O: Many>(
    entry: &Entry,
    contents: &Contents,
    plan: &RunPlan,
    settings: &O::Service,
) -> Task {
    let is_changed = entry.contents != *contents;
    match entry.state {
        // It may be anybody's.
        State::Exists if !plan.own_keys && is_changed => Task::Changed,
        State::Exists if !plan.own_keys => Task::Tell,
        state if state.is_done() && is_changed => Task::Another,
        // Nothing of it was sent, or a person saw that it did not happen.
        State::Prepared | State::ResolvedNotDone => Task::Send,
        State::Sending | State::Unknown if is_changed => Task::Changed,
        State::Sending | State::Unknown => Task::Settle,
        // A write that did not happen may change.
        State::Refused if is_changed || plan.send_refused => Task::Send,
        State::Refused => match refusal_of::<O>(entry.why.as_ref(), settings).map(|no| no.about) {
            Some(RefusalOf::Login) => Task::Send,
            Some(RefusalOf::Key) if plan.trust_duplicates => Task::Send,
            _ => Task::Tell,
        },
        _ => Task::Tell,
    }
}

/// A write as the check has found it.
pub(crate) struct Planned {
    pub(crate) task: Task,
    pub(crate) key: String,
    /// `None` where its request cannot be written.
    contents: Option<Contents>,
}

/// All writes as the check has found them.
pub(crate) struct Tasks {
    pub(crate) planned: Vec<Planned>,
    /// The keys that are open in the ledger and not among the writes.
    pub(crate) left: Vec<String>,
}

/// How many open entries are read at once.
const PAGE: usize = 1000;

impl<S: Store, P: kervan_core::Service> Bulk<'_, S, P> {
    /// Checks all writes and finds the task of each.
    pub(crate) async fn tasks<O, I>(&self, writes: I, plan: &RunPlan) -> Result<Tasks, RunError>
    where
        O: Many<Service = P>,
        I: IntoIterator,
        I::Item: Borrow<O>,
    {
        let settings = self.client.settings();
        let mut checker = Checker::new(self.client);
        let mut invalid: Vec<BulkProblems> = Vec::new();
        let mut planned = Vec::new();
        for write in writes {
            let write = write.borrow();
            let mut found = checker.check(write);
            let contents = self.contents(write);
            let entry = self.ledger.find(&self.key(write)).await?;
            let task = match (entry, &contents) {
                (Some(entry), Some(contents)) => task_of::<O>(&entry, contents, plan, settings),
                _ => Task::Send,
            };
            if task == Task::Another {
                found.problems.push(O::KEY_OF_ANOTHER.at(O::KEY_PATH));
            }
            let key = found.key.clone();
            if found.problems.stop_the_call() {
                invalid.push(found);
            }
            planned.push(Planned {
                task,
                key,
                contents,
            });
        }
        if !invalid.is_empty() {
            return Err(RunError::Invalid(invalid));
        }
        let left = self.left::<O>(|key| !checker.has_seen(key)).await?;
        Ok(Tasks { planned, left })
    }

    /// Returns the keys of writes that may have happened and are open.
    async fn left<O: Many>(
        &self,
        is_left: impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, StoreError> {
        let (mut left, mut after) = (Vec::new(), 0);
        loop {
            let page = self.ledger.store().open(after, PAGE).await?;
            let Some(last) = page.last() else {
                return Ok(left);
            };
            after = last.number();
            // One that cannot be read may be a write of this account that the list no longer has.
            let page: Result<Vec<_>, _> = page.into_iter().collect();
            let page = page.map_err(|unreadable| {
                StoreError::new(StoreErrorKind::Damaged).caused_by(unreadable)
            })?;
            let own = page.into_iter().filter(|entry| {
                entry.key.account == *self.account
                    && entry.key.kind == O::KIND
                    && entry.state != State::Prepared
                    && is_left(&entry.key.own)
            });
            left.extend(own.map(|entry| entry.key.own));
        }
    }

    /// Reads the writes again, and keeps those with one task.
    pub(crate) fn again<'t, O, I>(
        &'t self,
        tasks: &'t Tasks,
        writes: I,
        task: Task,
    ) -> Again<'t, impl Fn(&O) -> Option<Contents>, I>
    where
        O: Many<Service = P>,
        I: Iterator,
    {
        Again {
            planned: &tasks.planned,
            writes: writes.fuse(),
            contents: |write: &O| self.contents(write),
            index: 0,
            task,
        }
    }
}

/// The writes once more, each compared with the plan for its place.
pub(crate) struct Again<'t, F, I> {
    planned: &'t [Planned],
    writes: Fuse<I>,
    contents: F,
    index: usize,
    task: Task,
}

impl<F, I: Iterator> Again<'_, F, I> {
    /// Returns the next write with the task, and its place.
    pub(crate) fn next<O: Many>(&mut self) -> Result<Option<(usize, I::Item)>, RunError>
    where
        F: Fn(&O) -> Option<Contents>,
        I::Item: Borrow<O>,
    {
        loop {
            let index = self.index;
            let (write, planned) = match (self.writes.next(), self.planned.get(index)) {
                (None, None) => return Ok(None),
                (Some(write), Some(planned)) => (write, planned),
                _ => return Err(RunError::WritesChanged { index }),
            };
            let is_wanted = planned.task == self.task;
            let now = write.borrow();
            // A write that is not touched now need not be compared as a whole.
            let is_same = now.key() == planned.key
                && (!is_wanted || (self.contents)(now) == planned.contents);
            if !is_same {
                return Err(RunError::WritesChanged { index });
            }
            self.index += 1;
            if is_wanted {
                return Ok(Some((index, write)));
            }
        }
    }
}
