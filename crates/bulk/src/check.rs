//! The check of all writes of a run.

use std::borrow::Borrow;
use std::collections::HashMap;

use kervan_core::{Caller, Problems};
use kervan_settling::Many;
use serde::Serialize;

/// The problems of one write of a run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BulkProblems {
    /// Its place among the writes of the run, from zero.
    pub index: usize,
    /// Its key.
    pub key: String,
    /// All problems, warnings included.
    pub problems: Problems,
}

/// Returns all problems of some writes, one by one, warnings included. A write without a problem is not listed.
/// Nothing is sent.
pub fn check_all<O, I>(client: &Caller<O::Service>, writes: I) -> Vec<BulkProblems>
where
    O: Many,
    I: IntoIterator,
    I::Item: Borrow<O>,
{
    let mut checker = Checker::new(client);
    let all = writes
        .into_iter()
        .map(|write| checker.check(write.borrow()));
    all.filter(|found| !found.problems.is_empty()).collect()
}

/// Checks writes one after the other, and that their keys differ.
pub(crate) struct Checker<'c, P> {
    client: &'c Caller<P>,
    seen: HashMap<String, usize>,
    index: usize,
}

impl<'c, P> Checker<'c, P> {
    pub(crate) fn new(client: &'c Caller<P>) -> Self {
        Self {
            client,
            seen: HashMap::new(),
            index: 0,
        }
    }

    /// Returns whether a write of this key was among them.
    pub(crate) fn has_seen(&self, key: &str) -> bool {
        self.seen.contains_key(key)
    }

    /// Returns the problems of the next write.
    pub(crate) fn check<O: Many<Service = P>>(&mut self, write: &O) -> BulkProblems
    where
        P: kervan_core::Service,
    {
        let (index, key) = (self.index, write.key());
        self.index += 1;
        let mut problems = self.client.check(write);
        let first = *self.seen.entry(key.clone()).or_insert(index);
        if first != index {
            let problem = O::KEY_TWICE.at(O::KEY_PATH);
            problems.push(problem.limit(format!("orders[{first}]")));
        }
        BulkProblems {
            index,
            key,
            problems,
        }
    }
}
