//! The rules where many ask at the same time.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

use super::posts::post;
use super::writes::entry;
use super::{KIND, Suite, at};
use crate::contents::Contents;
use crate::entry::Why;
use crate::event::Event;
use crate::inbox::{Applied, Post, PostState, PostStore};
use crate::store::{Claim, Inserted, Replaced, Store};

/// How many ask at once.
pub(super) const MANY: usize = 64;

/// Runs all of them at the same time, on one task.
pub(super) async fn together<F: Future>(calls: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut calls: Vec<_> = calls.into_iter().map(Box::pin).collect();
    let mut results: Vec<Option<F::Output>> = calls.iter().map(|_| None).collect();
    poll_fn(|context| {
        for (call, result) in calls.iter_mut().zip(&mut results) {
            if result.is_none()
                && let Poll::Ready(ready) = call.as_mut().poll(context)
            {
                *result = Some(ready);
            }
        }
        if results.iter().all(Option::is_some) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    results.into_iter().flatten().collect()
}

#[expect(clippy::expect_used, reason = "a test stops at the first surprise")]
impl<S, F, M, C> Suite<F, M, C>
where
    S: Store + PostStore<Along = <S as Store>::Along>,
    F: AsyncFn() -> S,
    M: Fn() -> <S as Store>::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs the tests of what happens at the same time.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn races(&self) {
        self.one_of_many_inserts_stores_a_key().await;
        self.one_of_many_writes_gets_an_object().await;
        self.one_of_many_changes_follows_a_version().await;
        self.a_write_that_begins_anew_meets_a_new_one().await;
        self.many_claims_take_each_write_once().await;
        self.one_post_that_came_often_is_applied_once().await;
        self.one_of_many_posts_of_a_subject_is_applied().await;
    }

    async fn one_of_many_inserts_stores_a_key(&self) {
        let store = &(self.fresh)().await;
        let before = (self.marks)(store).await;
        let new = &entry("1", "order 1");
        let inserted = together((0..MANY).map(|_| store.insert(new, Some((self.mark)())))).await;
        let inserted: Vec<_> = inserted
            .into_iter()
            .map(|one| one.expect("typed"))
            .collect();
        let stored = store.find(&new.key).await.expect("read").expect("there");
        let first = Inserted::New(stored.clone());
        assert_eq!(inserted.iter().filter(|one| **one == first).count(), 1);
        let known = Inserted::Known(stored);
        let count = inserted.iter().filter(|one| **one == known).count();
        assert_eq!(count, MANY - 1, "all others know it");
        assert_eq!((self.marks)(store).await, before + 1);
    }

    async fn one_of_many_writes_gets_an_object(&self) {
        let store = &(self.fresh)().await;
        let before = (self.marks)(store).await;
        let new: Vec<_> = (0..MANY)
            .map(|own| entry(&own.to_string(), "order 1"))
            .collect();
        let inserted = together(new.iter().map(|new| store.insert(new, Some((self.mark)())))).await;
        let inserted: Vec<_> = inserted
            .into_iter()
            .map(|one| one.expect("typed"))
            .collect();
        let open = store.open(0, MANY).await.expect("read");
        let [Ok(first)] = &*open else {
            panic!("more than one is open: {open:?}");
        };
        let count = |expected| inserted.iter().filter(|one| **one == expected).count();
        assert_eq!(count(Inserted::New(first.clone())), 1);
        assert_eq!(count(Inserted::Taken(first.clone())), MANY - 1);
        assert_eq!((self.marks)(store).await, before + 1);
    }

    async fn one_of_many_changes_follows_a_version(&self) {
        let store = &(self.fresh)().await;
        let stored = self.add(store, &entry("1", "order 1")).await;
        let before = (self.marks)(store).await;
        let done = &stored.after(Event::Done, at(1)).expect("allowed");
        let replaced = together((0..MANY).map(|_| store.replace(done, Some((self.mark)())))).await;
        let count = |expected| {
            let typed = replaced.iter().map(|one| one.as_ref().expect("typed"));
            typed.filter(|one| **one == expected).count()
        };
        assert_eq!(count(Replaced::Stored), 1);
        assert_eq!(count(Replaced::Overtaken), MANY - 1);
        assert_eq!((self.marks)(store).await, before + 1);
        assert_eq!(store.history(&done.key).await.expect("read").len(), 2);
    }

    async fn a_write_that_begins_anew_meets_a_new_one(&self) {
        let store = &(self.fresh)().await;
        let mut firsts = Vec::new();
        for number in 0..MANY {
            let object = format!("order {number}");
            let first = self.add(store, &entry(&object, &object)).await;
            let refused = Event::Refused(Why::plain("rejected"));
            firsts.push(self.change(store, &first, refused, at(1)).await);
        }
        let both = together(firsts.iter().map(async |first| {
            let event = Event::Revised {
                contents: Contents::stored("d".repeat(64)),
                request: None,
                due: None,
            };
            let again = first.after(event, at(2)).expect("allowed");
            let second = entry(&format!("second of {}", first.object), &first.object);
            let reopen = async { store.replace(&again, None).await.expect("typed") };
            let insert = async { store.insert(&second, None).await.expect("typed") };
            let (mut replaced, mut inserted) = (None, None);
            let calls: [Pin<Box<dyn Future<Output = ()> + '_>>; 2] = [
                Box::pin(async { replaced = Some(reopen.await) }),
                Box::pin(async { inserted = Some(insert.await) }),
            ];
            together(calls).await;
            (replaced, inserted)
        }));
        let both: Vec<_> = both.await;
        assert_eq!(store.open(0, 2 * MANY).await.expect("read").len(), MANY);
        for one in both {
            match one {
                (Some(Replaced::Stored), Some(Inserted::Taken(first))) => {
                    assert_eq!(first.revision, 2);
                }
                (Some(Replaced::Taken(first)), Some(Inserted::New(second))) => {
                    assert_eq!(*first, second);
                }
                other => panic!("both or none: {other:?}"),
            }
        }
    }

    async fn many_claims_take_each_write_once(&self) {
        let store = &(self.fresh)().await;
        for own in 0..MANY {
            let mut new = entry(&own.to_string(), &own.to_string());
            new.due = Some(at(1));
            self.add(store, &new).await;
        }
        let claim = |by| Claim {
            kinds: &[KIND],
            at_most: 3,
            by,
            until: at(60),
            now: at(1),
        };
        let workers: Vec<_> = (0..8).map(|worker| format!("worker {worker}")).collect();
        let taken = together(workers.iter().map(async |by| {
            let mut all = Vec::new();
            loop {
                let taken = store.claim(claim(by)).await.expect("claimed");
                if taken.is_empty() {
                    return all;
                }
                assert!(taken.iter().all(|entry| entry.holder.as_ref() == Some(by)));
                all.extend(taken.into_iter().map(|entry| entry.number));
            }
        }));
        let mut taken = taken.await.concat();
        taken.sort_unstable();
        let count = taken.len();
        taken.dedup();
        assert_eq!((count, taken.len()), (MANY, MANY), "each by one of them");
    }

    async fn one_post_that_came_often_is_applied_once(&self) {
        let store = &(self.fresh)().await;
        let before = (self.marks)(store).await;
        let new = &post("a", "callback", 1);
        let applied = together((0..MANY).map(async |_| {
            let stored = store.receive(new).await.expect("stored");
            self.apply(store, stored).await
        }));
        let applied = applied.await;
        let now = applied.iter().filter(|one| **one == Applied::Now).count();
        assert_eq!(now, 1, "{applied:?}");
        assert_eq!((self.marks)(store).await, before + 1);
        let stored = store.receive(new).await.expect("stored");
        let times = usize::try_from(stored.times).expect("a count");
        assert_eq!((times, stored.state), (MANY + 1, PostState::Applied));
    }

    async fn one_of_many_posts_of_a_subject_is_applied(&self) {
        let store = &(self.fresh)().await;
        let before = (self.marks)(store).await;
        let mut stored = Vec::new();
        for body in (0..).take(MANY) {
            let new = post("a", "callback", body);
            stored.push(store.receive(&new).await.expect("stored"));
        }
        let applied = together(stored.into_iter().map(|one| self.apply(store, one))).await;
        let now = applied.iter().filter(|one| **one == Applied::Now).count();
        assert_eq!(now, 1, "{applied:?}");
        assert_eq!((self.marks)(store).await, before + 1);
        let mut states = Vec::new();
        for body in (0..).take(MANY) {
            let again = store.receive(&post("a", "callback", body)).await;
            states.push(again.expect("stored").state);
        }
        let repeated = states
            .iter()
            .filter(|state| **state == PostState::Repeated)
            .count();
        assert_eq!(repeated, MANY - 1, "{states:?}");
    }

    async fn apply(&self, store: &S, post: Post) -> Applied {
        let next = Post {
            state: PostState::Applied,
            subject: Some("order 1".to_owned()),
            changed_at: at(5),
            ..post
        };
        let applied = store.apply(&next, Some((self.mark)())).await;
        applied.expect("stored")
    }
}
