//! The results that the shop waits for: the end of a payment, HASO's message about an order, its plan, a parcel.
//!
//! Each is an expectation of the ledger, stored in the transaction in which it begins. Of several programs on one
//! database one asks, and what a program was asking about when it died is asked about when its lease has ended.

use std::future::{pending, ready};
use std::sync::Arc;
use std::time::Duration;

use kervan_core::transport::BoxFuture;
use kervan_ledger::{
    Account, Allowed, Limit, Schedule, Seen, StoreError, Watch, WatchState, Watcher, WorkError,
};

use crate::failure::Failure;
use crate::haso;
use crate::note::Note;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, Stored, Transaction, watches};

/// How many questions are asked at a time.
const WATCHERS: usize = 4;
const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(3_600);
const DAY: Duration = Duration::from_secs(24 * 3_600);

/// The answer to a question, and what the shop stores with it.
pub(crate) type Answered = (Seen, Option<Change>);

/// Something that the shop waits for.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// When it is asked about.
    pub(crate) schedule: Schedule,
    ask: fn(Arc<Shop>, Watch) -> BoxFuture<'static, Answered>,
}

/// The end of a card payment whose customer is on the bank's page: no message goes from server to server.
pub(crate) static PAYMENT: Kind = Kind {
    name: "payment",
    schedule: Schedule::new(MINUTE, Duration::from_secs(300), DAY.saturating_mul(3)),
    ask: |shop, watch| Box::pin(shop.ask_about_payment(watch)),
};

/// HASO's message about an order. HASO has no question by the shop's number, so that this only comes to its end.
pub(crate) static CALLBACK: Kind = Kind {
    name: "callback",
    schedule: Schedule::new(DAY, DAY, DAY),
    ask: |_, watch| Box::pin(ready(haso::give_up_waiting(watch))),
};

/// HASO's plan of an activated order, by which it counts as paid.
pub(crate) static PLAN: Kind = Kind {
    name: "plan",
    schedule: Schedule::new(
        Duration::from_secs(30),
        Duration::from_secs(300),
        DAY.saturating_mul(3),
    ),
    ask: |shop, watch| Box::pin(shop.ask_for_plan(watch)),
};

/// The delivery of a parcel.
pub(crate) static PARCEL: Kind = Kind {
    name: "parcel",
    schedule: Schedule::new(HOUR, HOUR.saturating_mul(6), DAY.saturating_mul(30)),
    ask: |shop, watch| Box::pin(shop.track(watch)),
};

static KINDS: [&Kind; 4] = [&PAYMENT, &CALLBACK, &PLAN, &PARCEL];

impl Kind {
    /// Makes an expectation that begins now. It is not stored yet.
    pub(crate) fn of(&self, shop: &Shop, account: &Account, subject: &str) -> Watch {
        shop.watching
            .watch(account, self.name, subject, &self.schedule)
    }
}

impl Shop {
    pub(crate) fn payment_watch(&self, key: &str) -> Watch {
        PAYMENT.of(self, &self.clients.accounts.param, key)
    }

    pub(crate) fn callback_watch(&self, number: &str) -> Watch {
        CALLBACK.of(self, &self.clients.accounts.haso, number)
    }

    pub(crate) fn plan_watch(&self, number: &str) -> Watch {
        PLAN.of(self, &self.clients.accounts.haso, number)
    }

    /// Lets something be asked about at once, in a transaction of its own kind.
    pub(crate) fn ask_soon(
        &self,
        store: &Transaction<'_>,
        kind: &Kind,
        watch: &Watch,
    ) -> Stored<()> {
        watches::anew(store, watch, &kind.schedule, self.host.now())
    }

    /// Waits for HASO's message about an order from now on, also where its customer is led to HASO again.
    pub(crate) fn wait_for_haso(&self, store: &Transaction<'_>, number: &str) -> Stored<()> {
        watches::begin(store, &self.callback_watch(number))
    }

    /// Starts the watchers. They ask about all that is due, also about what an earlier run has begun.
    pub(crate) fn start_watchers(self: &Arc<Self>) {
        for _ in 0..WATCHERS {
            let mut watcher = Watcher::new(self.watching.clone());
            for kind in KINDS {
                let shop = Arc::clone(self);
                watcher = watcher.on(kind.name, kind.schedule, move |watch| {
                    (kind.ask)(Arc::clone(&shop), watch)
                });
            }
            // A database that does not answer is asked again after the pause.
            tokio::spawn(async move { watcher.run(pending(), |_: WorkError| {}).await });
        }
    }

    /// Asks about something now, and waits for the answer as long as a page waits. Where another program asks, or
    /// this one does already, its answer is waited for. What is over is not asked about.
    ///
    /// # Errors
    ///
    /// [`Trouble`] where the database did not take it, and where the question goes on.
    pub(crate) async fn ask_now(
        self: &Arc<Self>,
        kind: &'static Kind,
        watch: &Watch,
    ) -> Result<(), Trouble> {
        let before = |error: StoreError| Trouble::Before(Note::from(&error));
        let mut known = self.watching.expect(watch).await.map_err(before)?;
        if known.state == WatchState::Late {
            let anew = |store: &Transaction<'_>| {
                self.ask_soon(store, kind, watch)?;
                watches::find(store, &watch.account, &watch.kind, &watch.subject)
            };
            known = self.store.write(anew).map_err(before)?.unwrap_or(known);
        }
        if let Some(held) = self.watching.hold(&known).await.map_err(before)? {
            let shop = Arc::clone(self);
            // Each question has a name of its own, because the one before may not have ended quite.
            let name = format!("{} {} {}", kind.name, held.subject, held.version);
            self.spawn(&name, async move {
                let (seen, along) = (kind.ask)(Arc::clone(&shop), held.clone()).await;
                let noted = shop.watching.note(&held, seen, &kind.schedule, along);
                let noted = noted.await.map(|_| ());
                noted.map_err(|error| Trouble::After(Note::from(&error)))
            });
            let ended = self.wait(&name).await;
            self.forget_trouble(&name);
            return ended;
        }
        let rests = async {
            while self.is_asked_about(watch).map_err(before)? {
                self.look().await;
            }
            Ok(())
        };
        let ended = self.in_time(rests).await;
        ended.unwrap_or(Err(Trouble::GoesOn))
    }

    /// Asks about something now, as when a person wants to know.
    ///
    /// # Errors
    ///
    /// [`Failure::NoAnswer`] where the question goes on, and otherwise as [`ask_now`](Self::ask_now).
    pub(crate) async fn answer(
        self: &Arc<Self>,
        kind: &'static Kind,
        watch: &Watch,
    ) -> Result<(), Failure> {
        match self.ask_now(kind, watch).await {
            Err(Trouble::GoesOn) => Err(Failure::NoAnswer),
            ended => Ok(ended?),
        }
    }

    fn is_asked_about(&self, watch: &Watch) -> Stored<bool> {
        let (account, kind, subject) = (&watch.account, &watch.kind, &watch.subject);
        let found = self
            .store
            .read(|store| watches::find(store, account, kind, subject))?;
        Ok(found.is_some_and(|watch| watch.state == WatchState::Waiting && watch.holder.is_some()))
    }

    /// Asks whether a carrier may be asked, over all programs of the shop. A time where it may not.
    pub(crate) async fn may_ask(&self, watch: &Watch, limit: Limit) -> Result<(), Seen> {
        let asked = self
            .limits
            .take(&watch.account, &watch.kind, &watch.subject, limit);
        match asked.await {
            Ok(Allowed::Now) => Ok(()),
            Ok(Allowed::NotBefore(time)) => Err(Seen::NotBefore(time)),
            Ok(Allowed::NeverAgain) | Err(_) => Err(Seen::Nothing),
        }
    }
}
