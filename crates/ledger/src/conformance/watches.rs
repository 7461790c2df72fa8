//! The rules of what is waited for, and of how often something was done.

use std::time::Duration;

use super::races::{MANY, together};
use super::{KIND, Suite, at, key};
use crate::limits::{Allowed, Limit, Use, UseStore};
use crate::store::Claim;
use crate::watch::{Schedule, Seen, Watch, WatchState, WatchStore};

const SCHEDULE: Schedule = Schedule::new(
    Duration::from_secs(10),
    Duration::from_secs(60),
    Duration::from_secs(1_000),
);

fn watch(merchant: &str, kind: &str, subject: &str) -> Watch {
    let account = key(merchant, "").account;
    Watch::new(&account, kind, subject, &SCHEDULE, at(0))
}

fn claim(by: &'static str, now: u64) -> Claim<'static> {
    Claim {
        kinds: &[KIND],
        at_most: 9,
        by,
        until: at(now + 240),
        now: at(now),
    }
}

fn once(merchant: &str, kind: &str, subject: &str, seconds: u64) -> Use {
    Use {
        account: key(merchant, "").account,
        kind: kind.to_owned(),
        subject: subject.to_owned(),
        at: at(seconds),
    }
}

#[expect(clippy::expect_used, reason = "a test stops at the first surprise")]
impl<S, F, M, C> Suite<F, M, C>
where
    S: WatchStore + UseStore,
    F: AsyncFn() -> S,
    M: Fn() -> S::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs the tests of what is waited for, and of limits.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn watches(&self) {
        self.an_expectation_is_stored_once().await;
        self.one_program_asks_about_what_is_due().await;
        self.what_is_over_is_asked_about_no_more().await;
        self.a_limit_holds_between_programs().await;
        self.one_of_many_at_once_is_allowed().await;
    }

    async fn an_expectation_is_stored_once(&self) {
        let store = (self.fresh)().await;
        let new = watch("a", KIND, "order 1");
        let before = (self.marks)(&store).await;
        let mark = || Some((self.mark)());
        let first = store.expect(&new, mark()).await.expect("stored");
        assert!(first.number > 0, "it has a number");
        let expected = Watch {
            number: first.number,
            ..new.clone()
        };
        assert_eq!(first, expected);
        let later = Watch {
            until: at(9_999),
            ..new
        };
        let second = store.expect(&later, mark()).await.expect("stored");
        assert_eq!(second, first, "the known one");
        let marks = (self.marks)(&store).await;
        assert_eq!(marks, before + 1, "nothing along with it");
        for other in [
            watch("b", KIND, "order 1"),
            watch("a", "other", "order 1"),
            watch("a", KIND, "order 2"),
        ] {
            let stored = store.expect(&other, None).await.expect("stored");
            assert!(stored.number > first.number, "{other:?}");
            let found = store.find_watch(&other.account, &other.kind, &other.subject);
            assert_eq!(found.await.expect("read"), Some(stored));
        }
        let open = store.watches(first.number, 2).await.expect("read");
        assert_eq!(open.len(), 2, "a page of them");
    }

    async fn one_program_asks_about_what_is_due(&self) {
        let store = (self.fresh)().await;
        for (subject, seconds) in [("late", 30), ("early", 20), ("never", 500)] {
            let mut new = watch("a", KIND, subject);
            new.due = Some(at(seconds));
            store.expect(&new, None).await.expect("stored");
        }
        let other = watch("a", "other", "order 1");
        store.expect(&other, None).await.expect("stored");
        let take = async |by, now| {
            let taken = store.claim_watches(claim(by, now)).await.expect("claimed");
            let subjects = taken.iter().map(|watch| watch.subject.clone());
            (subjects.collect::<Vec<_>>(), taken)
        };
        assert_eq!(take("one", 19).await.0, [""; 0]);
        let (subjects, taken) = take("one", 30).await;
        assert_eq!(subjects, ["early", "late"], "the longest waiting first");
        assert_eq!(take("other", 31).await.0, [""; 0], "they are taken");
        let before = (self.marks)(&store).await;
        let mine = &taken[0];
        assert_eq!(mine.holder.as_deref(), Some("one"));
        let seen = |word: &str| mine.after(Seen::Still(word.to_owned()), &SCHEDULE, at(40));
        let stored = store.replace_watch(&seen("a"), Some((self.mark)())).await;
        assert!(stored.expect("stored"));
        let overtaken = store.replace_watch(&seen("b"), Some((self.mark)())).await;
        assert!(!overtaken.expect("stored"), "somebody else was first");
        assert_eq!((self.marks)(&store).await, before + 1);
        assert_eq!(take("other", 50).await.0, ["early"], "it is due again");
        assert_eq!(take("other", 270).await.0, ["late"], "its program died");
    }

    async fn what_is_over_is_asked_about_no_more(&self) {
        let store = (self.fresh)().await;
        let new = watch("a", KIND, "order 1");
        let stored = store.expect(&new, None).await.expect("stored");
        let over = stored.after(Seen::Over("paid".to_owned()), &SCHEDULE, at(5));
        assert!(store.replace_watch(&over, None).await.expect("stored"));
        let found = store.find_watch(&new.account, &new.kind, &new.subject);
        assert_eq!(found.await.expect("read"), Some(over));
        let claimed = store.claim_watches(claim("one", 900)).await;
        assert_eq!(claimed.expect("claimed"), []);
        assert_eq!(store.watches(0, 9).await.expect("read"), []);
        let late = store.expect(&watch("a", KIND, "order 2"), None).await;
        let late = late
            .expect("stored")
            .after(Seen::Nothing, &SCHEDULE, at(1_000));
        assert!(store.replace_watch(&late, None).await.expect("stored"));
        let open = store.watches(0, 9).await.expect("read");
        assert_eq!(
            open.into_iter().flatten().next().map(|watch| watch.state),
            Some(WatchState::Late)
        );
        let forget = async |before| store.forget_watches(at(before)).await.expect("forgotten");
        assert_eq!(forget(5).await, 0, "it is not old enough");
        assert_eq!(forget(9_999).await, 1, "what is not over is kept");
    }

    async fn a_limit_holds_between_programs(&self) {
        let store = (self.fresh)().await;
        let hour = Limit::every(Duration::from_secs(3_600));
        let take = async |new: Use, limit| store.take(&new, limit).await.expect("counted");
        let order = |seconds| once("a", "track", "order 1", seconds);
        assert_eq!(take(order(100), hour).await, Allowed::Now);
        let not_before = Allowed::NotBefore(at(3_700));
        assert_eq!(take(order(100), hour).await, not_before);
        assert_eq!(
            take(order(3_699), hour).await,
            not_before,
            "nothing was counted"
        );
        for other in [
            once("b", "track", "order 1", 100),
            once("a", "send", "order 1", 100),
            once("a", "track", "order 2", 100),
        ] {
            assert_eq!(take(other, hour).await, Allowed::Now);
        }
        assert_eq!(take(order(3_700), hour).await, Allowed::Now);
        // The clock was set back since.
        assert_eq!(take(order(0), hour).await, Allowed::Now);

        let thrice = Limit::at_most(3);
        let sent = |seconds| once("a", "send", "order 9", seconds);
        for seconds in 0..3 {
            assert_eq!(take(sent(seconds), thrice).await, Allowed::Now);
        }
        assert_eq!(take(sent(9_000), thrice).await, Allowed::NeverAgain);
        let forget = async |before| store.forget_uses(at(before)).await.expect("forgotten");
        assert_eq!(forget(2).await, 1, "order 1 is as old as its last use");
        assert_eq!(take(sent(9_000), thrice).await, Allowed::NeverAgain);
        assert_eq!(forget(3).await, 1);
        assert_eq!(take(sent(9_000), thrice).await, Allowed::Now);
    }

    async fn one_of_many_at_once_is_allowed(&self) {
        let store = (self.fresh)().await;
        let hour = Limit::every(Duration::from_secs(3_600));
        for seconds in [100, 3_700] {
            let order = once("a", "track", "order 1", seconds);
            let taken = together((0..MANY).map(|_| store.take(&order, hour))).await;
            let allowed = taken.iter().filter(|one| matches!(one, Ok(Allowed::Now)));
            assert_eq!(allowed.count(), 1, "{taken:?}");
            let later = Allowed::NotBefore(at(seconds + 3_600));
            let refused = taken
                .iter()
                .filter(|one| matches!(one, Ok(no) if *no == later));
            assert_eq!(refused.count(), MANY - 1, "{taken:?}");
        }
        let order = watch("a", KIND, "order 1");
        let stored = together((0..MANY).map(|_| store.expect(&order, Some((self.mark)())))).await;
        let mut numbers = stored
            .iter()
            .map(|one| one.as_ref().map(|one| one.number).ok());
        let first = numbers.next().flatten();
        assert!(
            first.is_some() && numbers.all(|number| number == first),
            "{stored:?}"
        );
    }
}
