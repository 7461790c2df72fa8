//! The writes of a store that holds all of them in memory.

use std::collections::BTreeMap;
use std::time::SystemTime;

use crate::entry::Entry;
use crate::key::{Account, Key};
use crate::row::Value;
use crate::store::{Claim, Inserted, Listed, Past, Replaced, StoreError};

/// All writes, with their history. What may be changed is found out first; [`put`](Self::put) then changes it, so
/// that a store can make the change durable in between.
///
/// It holds entries as a database does, so that an attempt read from it counts as sent.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    rows: BTreeMap<u64, Vec<Value>>,
    numbers: BTreeMap<Key, u64>,
    /// The open write of each object.
    open: BTreeMap<(Account, String), u64>,
    pasts: BTreeMap<u64, Vec<Past>>,
    last: u64,
}

impl Writes {
    pub(crate) fn find(&self, key: &Key) -> Result<Option<Entry>, StoreError> {
        let number = self.numbers.get(key);
        number.map_or(Ok(None), |number| self.numbered(*number))
    }

    pub(crate) fn numbered(&self, number: u64) -> Result<Option<Entry>, StoreError> {
        let row = self.rows.get(&number);
        row.map(|row| Entry::from_row(row)).transpose()
    }

    /// Returns the open write of the same object, other than this one.
    fn open_beside(&self, entry: &Entry) -> Result<Option<Entry>, StoreError> {
        let number = self.open.get(&object_of(entry));
        let first = number.map_or(Ok(None), |number| self.numbered(*number))?;
        Ok(first.filter(|first| first.key != entry.key))
    }

    /// Returns the result of storing a new entry.
    pub(crate) fn inserting(&self, entry: &Entry) -> Result<Inserted, StoreError> {
        if let Some(known) = self.find(&entry.key)? {
            return Ok(Inserted::Known(known));
        }
        if let Some(first) = self.open_beside(entry)? {
            return Ok(Inserted::Taken(first));
        }
        let mut stored = entry.clone();
        stored.number = self.last + 1;
        Ok(Inserted::New(stored))
    }

    /// Returns the result of storing a changed entry.
    pub(crate) fn replacing(&self, next: &Entry) -> Result<Replaced, StoreError> {
        let stored = self.find(&next.key)?;
        let is_next = stored.is_some_and(|stored| {
            stored.version + 1 == next.version && stored.number == next.number
        });
        if !is_next {
            return Ok(Replaced::Overtaken);
        }
        let first = if next.state.is_open() {
            self.open_beside(next)?
        } else {
            None
        };
        Ok(first.map_or(Replaced::Stored, |first| Replaced::Taken(Box::new(first))))
    }

    /// Returns the entries that a claim takes, as they are then.
    pub(crate) fn claiming(&self, claim: Claim<'_>) -> Result<Vec<Entry>, StoreError> {
        let mut due = self.open_after(0, usize::MAX)?;
        due.retain(|entry| {
            entry.due.is_some_and(|due| due <= claim.now) && claim.kinds.contains(&&*entry.key.kind)
        });
        due.sort_by_key(|entry| (entry.due, entry.number));
        due.truncate(claim.at_most);
        Ok(due.iter().filter_map(|entry| claim.of(entry)).collect())
    }

    /// Stores an entry, with a line of its history.
    pub(crate) fn put(&mut self, entry: &Entry) -> Result<(), StoreError> {
        let row = entry.to_row()?;
        let number = entry.number;
        if self.rows.insert(number, row).is_none() {
            self.numbers.insert(entry.key.clone(), number);
            self.last = self.last.max(number);
        }
        if entry.state.is_open() {
            self.open.insert(object_of(entry), number);
        } else if self.open.get(&object_of(entry)) == Some(&number) {
            self.open.remove(&object_of(entry));
        }
        self.pasts.entry(number).or_default().push(Past::of(entry));
        Ok(())
    }

    pub(crate) fn open_after(&self, after: u64, at_most: usize) -> Result<Vec<Entry>, StoreError> {
        let mut numbers: Vec<_> = self
            .open
            .values()
            .filter(|number| **number > after)
            .collect();
        numbers.sort();
        numbers.truncate(at_most);
        let open = numbers.into_iter().map(|number| self.numbered(*number));
        open.filter_map(Result::transpose).collect()
    }

    /// Returns open entries as a store lists them. Its rows were read when they came.
    pub(crate) fn list_open(
        &self,
        after: u64,
        at_most: usize,
    ) -> Result<Vec<Listed<Entry>>, StoreError> {
        let open = self.open_after(after, at_most)?;
        Ok(open.into_iter().map(Ok).collect())
    }

    /// Ends every lease: no other program works on these writes.
    #[cfg(feature = "file")]
    pub(crate) fn end_leases(&mut self) -> Result<(), StoreError> {
        for mut entry in self.open_after(0, usize::MAX)? {
            if entry.holder.take().is_some() {
                entry.due = Some(entry.changed_at);
                self.rows.insert(entry.number, entry.to_row()?);
            }
        }
        Ok(())
    }

    pub(crate) fn history(&self, key: &Key) -> Vec<Past> {
        let number = self.numbers.get(key);
        let pasts = number.and_then(|number| self.pasts.get(number));
        pasts.cloned().unwrap_or_default()
    }

    /// Returns the entries that have ended before a time.
    pub(crate) fn ended_before(&self, time: SystemTime) -> Result<Vec<Entry>, StoreError> {
        let all = self.rows.values().map(|row| Entry::from_row(row));
        let is_old = |entry: &Entry| !entry.state.is_open() && entry.since < time;
        all.filter(|entry| entry.as_ref().map_or(true, is_old))
            .collect()
    }

    pub(crate) fn remove(&mut self, entry: &Entry) {
        self.rows.remove(&entry.number);
        self.pasts.remove(&entry.number);
        self.numbers.remove(&entry.key);
    }
}

fn object_of(entry: &Entry) -> (Account, String) {
    (entry.key.account.clone(), entry.object.clone())
}
