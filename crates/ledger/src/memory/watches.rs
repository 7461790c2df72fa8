//! Expectations and limits in memory.

use std::time::SystemTime;

use kervan_core::transport::BoxFuture;

use super::{MemoryStore, ready};
use crate::key::Account;
use crate::limits::{Allowed, LastUse, Limit, Use, UseStore};
use crate::store::{Claim, Listed, StoreError};
use crate::watch::{Watch, WatchState, WatchStore};

impl WatchStore for MemoryStore {
    type Along = Box<dyn FnOnce() + Send>;

    fn expect<'a>(
        &'a self,
        watch: &'a Watch,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Watch, StoreError>> {
        let mut tables = self.tables();
        let known = tables
            .watches
            .values()
            .find(|known| is_same(known, &watch.account, &watch.kind, &watch.subject));
        if let Some(known) = known.cloned() {
            return ready(Ok(known));
        }
        tables.last += 1;
        let number = tables.last;
        let stored = Watch {
            number,
            ..watch.clone()
        };
        tables.watches.insert(number, stored.clone());
        if let Some(along) = along {
            along();
        }
        ready(Ok(stored))
    }

    fn find_watch<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<Option<Watch>, StoreError>> {
        let tables = self.tables();
        let mut all = tables.watches.values();
        let found = all.find(|known| is_same(known, account, kind, subject));
        ready(Ok(found.cloned()))
    }

    fn replace_watch<'a>(
        &'a self,
        next: &'a Watch,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<bool, StoreError>> {
        let mut tables = self.tables();
        let known = tables.watches.get_mut(&next.number);
        let Some(known) = known.filter(|known| known.version + 1 == next.version) else {
            return ready(Ok(false));
        };
        known.clone_from(next);
        if let Some(along) = along {
            along();
        }
        ready(Ok(true))
    }

    fn claim_watches<'a>(
        &'a self,
        claim: Claim<'a>,
    ) -> BoxFuture<'a, Result<Vec<Watch>, StoreError>> {
        let mut tables = self.tables();
        let is_due = |watch: &&Watch| {
            let is_due = watch.due.is_some_and(|due| due <= claim.now);
            is_due && claim.kinds.contains(&&*watch.kind)
        };
        let mut due: Vec<_> = tables.watches.values().filter(is_due).cloned().collect();
        due.sort_by_key(|watch| (watch.due, watch.number));
        due.truncate(claim.at_most);
        let taken: Vec<_> = due
            .iter()
            .filter_map(|watch| claim.of_watch(watch))
            .collect();
        for watch in &taken {
            tables.watches.insert(watch.number, watch.clone());
        }
        ready(Ok(taken))
    }

    fn watches(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Watch>>, StoreError>> {
        let tables = self.tables();
        let open = tables
            .watches
            .values()
            .filter(|watch| watch.number > after && watch.state != WatchState::Over);
        ready(Ok(open.take(at_most).cloned().map(Ok).collect()))
    }

    fn forget_watches(&self, over_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        let watches = &mut self.tables().watches;
        let before = watches.len();
        watches
            .retain(|_, watch| watch.state != WatchState::Over || watch.changed_at >= over_before);
        ready(Ok(count(before - watches.len())))
    }
}

fn is_same(watch: &Watch, account: &Account, kind: &str, subject: &str) -> bool {
    &watch.account == account && watch.kind == kind && watch.subject == subject
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

impl UseStore for MemoryStore {
    fn take<'a>(
        &'a self,
        new: &'a Use,
        limit: Limit,
    ) -> BoxFuture<'a, Result<Allowed, StoreError>> {
        let mut tables = self.tables();
        let subject = (new.account.clone(), new.kind.clone(), new.subject.clone());
        let times = match tables.uses.get(&subject) {
            None => 1,
            Some(last) => match limit.allows(*last, new.at) {
                Allowed::Now => last.times + 1,
                no => return ready(Ok(no)),
            },
        };
        tables.uses.insert(subject, LastUse { at: new.at, times });
        ready(Ok(Allowed::Now))
    }

    fn forget_uses(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>> {
        let uses = &mut self.tables().uses;
        let all = uses.len();
        uses.retain(|_, last| last.at >= before);
        ready(Ok(count(all - uses.len())))
    }
}
