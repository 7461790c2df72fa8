//! Expectations of a shop: the return of a payment, the callback of an order, a parcel, the settlement of a day.
//!
//! A callback may be lost, and a browser closed. So a shop stores what it waits for in the transaction in which it
//! begins, and a [`Watcher`] asks the provider until an end was seen.

use std::time::{Duration, SystemTime};

use kervan_core::Language;
use kervan_core::transport::BoxFuture;

use crate::key::Account;
use crate::store::{Claim, Listed, StoreError};

pub use crate::watcher::Watcher;
pub use crate::watching::Watching;

/// Something that a shop waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Its number in the store. 0 before it is stored.
    pub number: u64,
    /// Where it is expected from.
    pub account: Account,
    /// The kind, in the shop's own word, as `parcel`.
    pub kind: String,
    /// The subject, as `order 17`. Unique among those of its account and kind. No personal data.
    pub subject: String,
    /// Counts the changes, so that nobody changes what somebody else has changed since.
    pub version: u64,
    /// How far it has come.
    pub state: WatchState,
    /// How often it was asked about since something new was seen.
    pub asks: u32,
    /// The latest that was seen, in a word of the shop's own, as `on_the_way`.
    pub seen: Option<String>,
    /// Who asks about it, until [`due`](Self::due).
    pub holder: Option<String>,
    /// The end of the holder's lease, or the next question. `None` at the end.
    pub due: Option<SystemTime>,
    /// When a person has to look.
    pub until: SystemTime,
    /// Since when it is expected.
    pub created_at: SystemTime,
    /// When anything of it changed last.
    pub changed_at: SystemTime,
}

/// How far an expectation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "every state has to be handled")]
pub enum WatchState {
    /// It is asked about.
    Waiting,
    /// Its end was seen.
    Over,
    /// Its end was not seen in time, and a person looks.
    Late,
}

impl WatchState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Over, Self::Late];

    /// Returns the state in one word, as in stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Over => "over",
            Self::Late => "late",
        }
    }

    /// Returns the state of a name; `None` for one that this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Returns the state as words for people.
    pub fn text(self, language: Language) -> &'static str {
        let is_turkish = language == Language::Turkish;
        match (self, is_turkish) {
            (Self::Waiting, false) => "expected",
            (Self::Waiting, true) => "bekleniyor",
            (Self::Over, false) => "has come",
            (Self::Over, true) => "geldi",
            (Self::Late, false) => "did not come in time, and a person looks",
            (Self::Late, true) => "zamanında gelmedi, bir kişinin bakması gerekiyor",
        }
    }
}

/// When something is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// The pause before the first question.
    pub first: Duration,
    /// The longest pause. Each one that brought nothing new doubles the one before.
    pub longest: Duration,
    /// How long it is asked about before a person looks.
    pub patience: Duration,
}

impl Schedule {
    /// Creates a schedule.
    pub const fn new(first: Duration, longest: Duration, patience: Duration) -> Self {
        Self {
            first,
            longest,
            patience,
        }
    }

    fn pause(&self, asks: u32) -> Duration {
        let doubled = self.first.saturating_mul(1 << asks.min(16));
        doubled.min(self.longest)
    }
}

/// The result of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Seen {
    /// It is not at its end. The word says what was seen, in the shop's own words.
    Still(String),
    /// It is at its end.
    Over(String),
    /// Nothing was asked, as where the provider's limit forbids it before a time.
    NotBefore(SystemTime),
    /// It was asked about, and nothing is known.
    Nothing,
}

impl Watch {
    /// Creates an expectation that begins now.
    pub fn new(
        account: &Account,
        kind: &str,
        subject: impl Into<String>,
        schedule: &Schedule,
        now: SystemTime,
    ) -> Self {
        Self {
            number: 0,
            account: account.clone(),
            kind: kind.to_owned(),
            subject: subject.into(),
            version: 1,
            state: WatchState::Waiting,
            asks: 0,
            seen: None,
            holder: None,
            due: Some(now + schedule.pause(0)),
            until: now + schedule.patience,
            created_at: now,
            changed_at: now,
        }
    }

    /// Returns it as taken by a program. `None` at its end, or while another program asks about it.
    pub fn held(&self, by: &str, until: SystemTime, now: SystemTime) -> Option<Self> {
        let is_free = self.holder.is_none() || self.due.is_none_or(|due| due <= now);
        (self.state == WatchState::Waiting && is_free).then(|| Self {
            holder: Some(by.to_owned()),
            due: Some(until),
            version: self.version + 1,
            changed_at: now,
            ..self.clone()
        })
    }

    /// Returns it as asked about at once, with a new patience, whatever became of it and whoever asks about it now:
    /// something has happened, as a return that has to be confirmed, or a person wants to know.
    #[must_use]
    pub fn anew(&self, schedule: &Schedule, now: SystemTime) -> Self {
        Self {
            state: WatchState::Waiting,
            asks: 0,
            holder: None,
            due: Some(now),
            until: now + schedule.patience,
            version: self.version + 1,
            changed_at: now,
            ..self.clone()
        }
    }

    /// Returns it after a question, or after a post that tells its end.
    #[must_use]
    pub fn after(&self, seen: Seen, schedule: &Schedule, now: SystemTime) -> Self {
        let mut next = self.clone();
        next.version += 1;
        next.changed_at = now;
        next.holder = None;
        let due = match seen {
            Seen::Over(word) => {
                next.seen = Some(word);
                next.state = WatchState::Over;
                next.due = None;
                return next;
            }
            Seen::Still(word) => {
                next.asks += 1;
                if next.seen.as_ref() != Some(&word) {
                    next.asks = 0;
                }
                next.seen = Some(word);
                now + schedule.pause(next.asks)
            }
            Seen::Nothing => {
                next.asks += 1;
                now + schedule.pause(next.asks)
            }
            Seen::NotBefore(time) => time.max(now),
        };
        if now >= self.until {
            next.state = WatchState::Late;
            next.due = None;
        } else {
            // One more question at the very end.
            next.due = Some(due.min(self.until).max(now));
        }
        next
    }
}

/// Keeps expectations.
pub trait WatchStore: Send + Sync {
    /// The shop's own changes in the transaction that stores a change.
    type Along: Send;

    /// Stores a new expectation, unless one of its account, kind and subject is known. Returns the stored one.
    fn expect<'a>(
        &'a self,
        watch: &'a Watch,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Watch, StoreError>>;

    /// Returns an expectation.
    fn find_watch<'a>(
        &'a self,
        account: &'a Account,
        kind: &'a str,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<Option<Watch>, StoreError>>;

    /// Stores a changed expectation, if the stored one is the version before it. Returns whether it was.
    fn replace_watch<'a>(
        &'a self,
        next: &'a Watch,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<bool, StoreError>>;

    /// Takes expectations that are due, those that have waited longest first, each as [`Claim::of_watch`] says.
    fn claim_watches<'a>(
        &'a self,
        claim: Claim<'a>,
    ) -> BoxFuture<'a, Result<Vec<Watch>, StoreError>>;

    /// Returns expectations that are not over, with a number above `after`, in the order of their numbers.
    fn watches(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Watch>>, StoreError>>;

    /// Forgets expectations that were over before a time. Returns how many.
    fn forget_watches(&self, over_before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>>;
}

impl Claim<'_> {
    /// Returns an expectation as it is when it is taken. `None` where it cannot be.
    pub fn of_watch(&self, watch: &Watch) -> Option<Watch> {
        watch.held(self.by, self.until, self.now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEDULE: Schedule = Schedule::new(
        Duration::from_secs(10),
        Duration::from_secs(60),
        Duration::from_secs(1_000),
    );

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
    }

    fn watch() -> Watch {
        let account = Account {
            provider: "horoz".to_owned(),
            merchant: "test".to_owned(),
        };
        Watch::new(&account, "parcel", "order 17", &SCHEDULE, at(0))
    }

    fn still(word: &str) -> Seen {
        Seen::Still(word.to_owned())
    }

    #[test]
    fn pauses_double_until_something_new_is_seen() {
        let mut watch = watch();
        let mut now = at(0);
        let mut pauses = Vec::new();
        for seen in [
            still("a"),
            still("a"),
            Seen::Nothing,
            still("a"),
            still("b"),
        ] {
            watch = watch.after(seen, &SCHEDULE, now);
            let due = watch.due.unwrap_or(now);
            pauses.push(due.duration_since(now).unwrap_or_default().as_secs());
            now = due;
        }
        assert_eq!(pauses, [10, 20, 40, 60, 10]);
        assert_eq!(watch.seen.as_deref(), Some("b"));
    }

    #[test]
    fn a_person_looks_after_a_last_question_at_the_end() {
        let early = watch().after(Seen::NotBefore(at(5_000)), &SCHEDULE, at(400));
        assert_eq!(early.due, Some(at(1_000)), "the end is asked about");
        assert_eq!(early.state, WatchState::Waiting);
        let late = early.after(still("a"), &SCHEDULE, at(1_000));
        assert_eq!((late.state, late.due), (WatchState::Late, None));
        let over = late.after(Seen::Over("paid".to_owned()), &SCHEDULE, at(9_000));
        assert_eq!(over.state, WatchState::Over, "it came in the end");
    }

    #[test]
    fn one_that_has_ended_or_is_asked_about_is_asked_about_anew() {
        let over = watch().after(Seen::Over("not_paid".to_owned()), &SCHEDULE, at(20));
        let late = watch().after(still("a"), &SCHEDULE, at(1_000));
        let held = watch().held("one", at(240), at(10));
        for before in [over, late, held.expect("it is free")] {
            let anew = before.anew(&SCHEDULE, at(2_000));
            assert_eq!(anew.state, WatchState::Waiting);
            assert_eq!((anew.due, anew.until), (Some(at(2_000)), at(3_000)));
            assert_eq!((anew.holder.as_deref(), anew.asks), (None, 0));
            assert_eq!(anew.version, before.version + 1, "an older answer is lost");
            assert_eq!(anew.seen, before.seen);
        }
    }

    #[test]
    fn nobody_takes_one_that_another_asks_about_or_that_has_ended() {
        let held = watch().held("one", at(240), at(10));
        let held = held.expect("it is free");
        assert_eq!(held.held("other", at(300), at(100)), None);
        assert!(held.held("other", at(500), at(240)).is_some(), "it died");
        let over = held.after(Seen::Over("paid".to_owned()), &SCHEDULE, at(20));
        assert_eq!(over.held("other", at(300), at(100)), None);
    }

    #[test]
    fn names_are_read_back() {
        for state in WatchState::ALL {
            assert_eq!(WatchState::named(state.name()), Some(state));
            let texts = [Language::English, Language::Turkish].map(|one| state.text(one));
            assert_ne!(texts[0], texts[1]);
        }
        assert_eq!(WatchState::named("gone"), None);
    }
}
