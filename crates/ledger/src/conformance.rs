//! The rules that every store keeps, as one suite for its tests.
//!
//! ```
//! # use kervan_ledger::{MemoryStore, conformance::Suite};
//! # use std::sync::atomic::{AtomicUsize, Ordering};
//! # use std::sync::Arc;
//! # use std::time::SystemTime;
//! let marks = Arc::new(AtomicUsize::new(0));
//! let suite = Suite {
//!     fresh: async || MemoryStore::new(),
//!     mark: || -> Box<dyn FnOnce() + Send> {
//!         let marks = Arc::clone(&marks);
//!         Box::new(move || { marks.fetch_add(1, Ordering::SeqCst); })
//!     },
//!     marks: async |_: &MemoryStore| marks.load(Ordering::SeqCst),
//! };
//! # let host = kervan_testing::MovableHost::at(SystemTime::UNIX_EPOCH);
//! # host.run(suite.run());
//! ```

use std::time::{Duration, SystemTime};

use kervan_settling::Attempt;

use crate::contents::Contents;
use crate::entry::{Entry, KeptRequest, Why};
use crate::event::{Event, Misplaced, Resolution};
use crate::inbox::{Applied, Post, PostState, PostStore};
use crate::key::{Account, Key};
use crate::state::State;
use crate::store::{Claim, Inserted, Replaced, Store};

/// The suite, and what it needs to know of a store.
#[derive(Clone, Copy, Debug)]
pub struct Suite<F, M, C> {
    /// Returns an empty store.
    pub fresh: F,
    /// Returns a change along with a write, which leaves one mark.
    pub mark: M,
    /// Counts the marks.
    pub marks: C,
}

const KIND: &str = "approve";

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn key(merchant: &str, own: &str) -> Key {
    let account = Account {
        provider: "param".to_owned(),
        merchant: merchant.to_owned(),
    };
    account.key(KIND, own)
}

fn entry(own: &str, object: &str) -> Entry {
    let contents = Contents::stored("c".repeat(64));
    Entry::new(key("a", own), object, contents, at(0))
}

fn post(merchant: &str, kind: &str, body: u8) -> Post {
    Post {
        number: 0,
        account: key(merchant, "").account,
        kind: kind.to_owned(),
        digest: Contents::stored(format!("{body:064}")),
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: Some(vec![body, 0, 255, b'\'']),
        state: PostState::Received,
        times: 1,
        subject: None,
        why: None,
        arrived_at: at(0),
        changed_at: at(0),
    }
}

/// Returns an attempt, as a store gives it back.
#[expect(clippy::expect_used, reason = "a test stops at the first surprise")]
fn attempt(class: &str) -> Attempt {
    let text = format!(
        r#"{{"operation":"Move","class":"{class}","key":"k","contents":"00","prepared_at":1800000000000}}"#
    );
    serde_json::from_str(&text).expect("the form of an attempt")
}

#[expect(clippy::expect_used, reason = "a test stops at the first surprise")]
impl<S, F, M, C> Suite<F, M, C>
where
    S: Store + PostStore<Along = <S as Store>::Along>,
    F: AsyncFn() -> S,
    M: Fn() -> <S as Store>::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs every test.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn run(&self) {
        self.an_entry_comes_back_as_it_was().await;
        self.a_key_is_stored_once().await;
        self.one_write_of_an_object_is_open().await;
        self.a_change_follows_the_version_before_it().await;
        self.a_write_that_begins_anew_needs_its_object().await;
        self.what_is_due_is_claimed_once().await;
        self.an_ended_lease_leaves_it_unknown().await;
        self.open_writes_are_listed_in_pages().await;
        self.history_is_complete().await;
        self.only_ended_writes_are_forgotten().await;
        self.a_post_is_stored_once_and_counted().await;
        self.one_post_is_applied_for_a_subject().await;
        self.a_forged_post_keeps_nothing_out().await;
        self.bodies_are_forgotten_once_nothing_follows_from_them()
            .await;
    }

    async fn add(&self, store: &S, entry: &Entry) -> Entry {
        match store.insert(entry, None).await.expect("stored") {
            Inserted::New(stored) => stored,
            other => panic!("not stored: {other:?}"),
        }
    }

    async fn change(&self, store: &S, entry: &Entry, event: Event, now: SystemTime) -> Entry {
        let next = entry.after(event, now).expect("a change that is allowed");
        let replaced = store.replace(&next, None).await.expect("stored");
        assert_eq!(replaced, Replaced::Stored);
        next
    }

    async fn an_entry_comes_back_as_it_was(&self) {
        let store = (self.fresh)().await;
        let mut new = entry(
            "it's \"1\"; DROP TABLE -- ş\u{1F4E6}\n\t",
            "Sipariş İ ?1 $1",
        );
        new.request = Some(KeptRequest::new([0, 255, 39]));
        new.due = Some(at(5));
        let stored = self.add(&store, &new).await;
        assert!(stored.number > 0, "it has a number");
        let expected = Entry {
            number: stored.number,
            ..new
        };
        assert_eq!(stored, expected);
        assert_eq!(
            store.find(&expected.key).await.expect("read"),
            Some(expected)
        );
        assert_eq!(store.find(&key("a", "other")).await.expect("read"), None);
        let event = Event::Sending {
            attempt: attempt("delta"),
            until: at(90),
        };
        let sending = self.change(&store, &stored, event, at(1)).await;
        let found = store
            .find(&sending.key)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(found, sending);
        assert!(
            found.attempt.expect("kept").was_sent(),
            "nobody knows better"
        );
    }

    async fn a_key_is_stored_once(&self) {
        let store = (self.fresh)().await;
        let first = self.add(&store, &entry("1", "order 1")).await;
        let mut other = entry("1", "order 2");
        other.contents = Contents::stored("d".repeat(64));
        let before = (self.marks)(&store).await;
        let inserted = store
            .insert(&other, Some((self.mark)()))
            .await
            .expect("read");
        assert_eq!(inserted, Inserted::Known(first));
        assert_eq!((self.marks)(&store).await, before, "nothing came along");
        let mut foreign = entry("1", "order 1");
        foreign.key = key("b", "1");
        let inserted = store
            .insert(&foreign, Some((self.mark)()))
            .await
            .expect("stored");
        assert!(matches!(inserted, Inserted::New(_)), "of another account");
        assert_eq!((self.marks)(&store).await, before + 1, "it came along");
    }

    async fn one_write_of_an_object_is_open(&self) {
        let store = (self.fresh)().await;
        let first = self.add(&store, &entry("1", "order 1")).await;
        let second = entry("2", "order 1");
        let inserted = store.insert(&second, None).await.expect("read");
        assert_eq!(inserted, Inserted::Taken(first.clone()));
        assert_eq!(store.find(&second.key).await.expect("read"), None);
        self.add(&store, &entry("3", "order 3")).await;
        let refused = Event::Refused(Why::plain("rejected"));
        self.change(&store, &first, refused, at(1)).await;
        self.add(&store, &second).await;
    }

    async fn a_change_follows_the_version_before_it(&self) {
        let store = (self.fresh)().await;
        let stored = self.add(&store, &entry("1", "order 1")).await;
        let before = (self.marks)(&store).await;
        let done = stored.after(Event::Done, at(1)).expect("allowed");
        let refused = stored
            .after(Event::Refused(Why::plain("rejected")), at(1))
            .expect("allowed");
        let replaced = store.replace(&done, Some((self.mark)())).await;
        assert_eq!(replaced.expect("stored"), Replaced::Stored);
        assert_eq!((self.marks)(&store).await, before + 1);
        let replaced = store.replace(&refused, Some((self.mark)())).await;
        assert_eq!(replaced.expect("read"), Replaced::Overtaken);
        assert_eq!((self.marks)(&store).await, before + 1, "nothing came along");
        assert_eq!(
            store.find(&done.key).await.expect("read"),
            Some(done.clone())
        );
        assert_eq!(store.history(&done.key).await.expect("read").len(), 2);
    }

    async fn a_write_that_begins_anew_needs_its_object(&self) {
        let store = (self.fresh)().await;
        let first = self.add(&store, &entry("1", "order 1")).await;
        let refused = Event::Refused(Why::plain("rejected"));
        let first = self.change(&store, &first, refused, at(1)).await;
        let second = self.add(&store, &entry("2", "order 1")).await;
        let again_event = || Event::Revised {
            contents: Contents::stored("d".repeat(64)),
            request: None,
            due: None,
        };
        let again = first.after(again_event(), at(2)).expect("allowed");
        let replaced = store.replace(&again, None).await.expect("read");
        assert_eq!(replaced, Replaced::Taken(Box::new(second.clone())));
        let stale = first.after(again_event(), at(3)).expect("allowed");
        let overtaken = Entry {
            version: stale.version + 1,
            ..stale
        };
        let replaced = store.replace(&overtaken, None).await.expect("read");
        assert_eq!(replaced, Replaced::Overtaken, "of an earlier version");
        assert_eq!(store.find(&first.key).await.expect("read"), Some(first));
    }

    async fn what_is_due_is_claimed_once(&self) {
        let store = (self.fresh)().await;
        for (own, due) in [
            ("late", Some(9)),
            ("first", Some(3)),
            ("second", Some(4)),
            ("never", None),
        ] {
            let mut new = entry(own, own);
            new.due = due.map(at);
            self.add(&store, &new).await;
        }
        let mut foreign = entry("foreign", "foreign");
        "refund".clone_into(&mut foreign.key.kind);
        foreign.due = Some(at(1));
        self.add(&store, &foreign).await;
        let claim = |at_most, now| Claim {
            kinds: &[KIND],
            at_most,
            by: "worker 1",
            until: at(now + 60),
            now: at(now),
        };
        let owns = |entries: &[Entry]| -> Vec<String> {
            entries.iter().map(|entry| entry.key.own.clone()).collect()
        };
        let one = store.claim(claim(1, 5)).await.expect("claimed");
        assert_eq!(owns(&one), ["first"]);
        assert_eq!(one[0].lease(at(5)), Some(("worker 1", at(65))));
        let held = one[0].after(
            Event::Held {
                by: "worker 2".to_owned(),
                until: at(99),
            },
            at(64),
        );
        assert!(matches!(held, Err(Misplaced::Held { .. })), "{held:?}");
        assert_eq!(
            owns(&store.claim(claim(9, 5)).await.expect("claimed")),
            ["second"]
        );
        assert_eq!(
            owns(&store.claim(claim(9, 5)).await.expect("claimed")),
            [""; 0]
        );
        let found = store.find(&one[0].key).await.expect("read");
        assert_eq!(found.as_ref(), Some(&one[0]), "it is stored");
        let again = owns(&store.claim(claim(9, 65)).await.expect("claimed"));
        assert_eq!(again, ["late", "first", "second"], "after their leases");
        assert_eq!(
            owns(
                &store
                    .claim(Claim {
                        kinds: &[],
                        ..claim(9, 65)
                    })
                    .await
                    .expect("claimed")
            ),
            [""; 0]
        );
    }

    async fn an_ended_lease_leaves_it_unknown(&self) {
        let store = (self.fresh)().await;
        let stored = self.add(&store, &entry("1", "order 1")).await;
        let event = Event::Sending {
            attempt: attempt("delta"),
            until: at(90),
        };
        self.change(&store, &stored, event, at(1)).await;
        let claim = |now| Claim {
            kinds: &[KIND],
            at_most: 9,
            by: "worker 2",
            until: at(now + 60),
            now: at(now),
        };
        assert!(store.claim(claim(89)).await.expect("read").is_empty());
        let claimed = store.claim(claim(90)).await.expect("claimed");
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].state, claimed[0].tries), (State::Unknown, 1));
        assert_eq!(claimed[0].why, Some(Why::plain("lease_ended")));
    }

    async fn open_writes_are_listed_in_pages(&self) {
        let store = (self.fresh)().await;
        let mut numbers = Vec::new();
        for own in ["1", "2", "3", "4"] {
            let stored = self.add(&store, &entry(own, own)).await;
            if own == "2" {
                self.change(&store, &stored, Event::Done, at(1)).await;
            } else {
                numbers.push(stored.number);
            }
        }
        let mut seen = Vec::new();
        loop {
            let after = seen.last().copied().unwrap_or_default();
            let page = store.open(after, 2).await.expect("read");
            assert!(page.len() <= 2);
            if page.is_empty() {
                break;
            }
            seen.extend(page.iter().map(|entry| entry.number));
        }
        assert_eq!(seen, numbers);
    }

    async fn history_is_complete(&self) {
        let store = (self.fresh)().await;
        let stored = self.add(&store, &entry("1", "order 1")).await;
        let event = Event::Sending {
            attempt: attempt("charge"),
            until: at(90),
        };
        let sending = self.change(&store, &stored, event, at(1)).await;
        let why = Why {
            code: Some("timeout".to_owned()),
            ..Why::plain("transport")
        };
        let event = Event::Unknown {
            why: why.clone(),
            due: None,
        };
        let unknown = self.change(&store, &sending, event, at(2)).await;
        let event = Event::Resolved {
            by: "Ayşe".to_owned(),
            outcome: Resolution::NotDone,
        };
        let resolved = self.change(&store, &unknown, event, at(3)).await;
        let history = store.history(&resolved.key).await.expect("read");
        let seen: Vec<_> = history
            .iter()
            .map(|past| (past.state, past.tries, past.at))
            .collect();
        assert_eq!(
            seen,
            [
                (State::Prepared, 0, at(0)),
                (State::Sending, 1, at(1)),
                (State::NeedsAPerson, 1, at(2)),
                (State::ResolvedNotDone, 1, at(3)),
            ]
        );
        assert_eq!(history[2].why, Some(why));
        assert_eq!(
            history[3].why.as_ref().and_then(|why| why.code.as_deref()),
            Some("Ayşe")
        );
    }

    async fn only_ended_writes_are_forgotten(&self) {
        let store = (self.fresh)().await;
        let open = self.add(&store, &entry("open", "1")).await;
        for (own, ended) in [("old", 10), ("young", 20)] {
            let stored = self.add(&store, &entry(own, own)).await;
            self.change(&store, &stored, Event::Done, at(ended)).await;
        }
        assert_eq!(Store::forget(&store, at(20)).await.expect("forgotten"), 1);
        assert_eq!(store.find(&key("a", "old")).await.expect("read"), None);
        assert!(
            store
                .history(&key("a", "old"))
                .await
                .expect("read")
                .is_empty()
        );
        assert!(
            store
                .find(&key("a", "young"))
                .await
                .expect("read")
                .is_some()
        );
        assert_eq!(store.find(&open.key).await.expect("read"), Some(open));
        self.add(&store, &entry("old", "old")).await;
    }

    async fn receive(&self, store: &S, post: &Post) -> Post {
        store.receive(post).await.expect("stored")
    }

    async fn a_post_is_stored_once_and_counted(&self) {
        let store = (self.fresh)().await;
        let new = post("a", "callback", 1);
        let first = self.receive(&store, &new).await;
        assert!(first.number > 0, "it has a number");
        let expected = Post {
            number: first.number,
            ..new.clone()
        };
        assert!(first == expected, "{first:?}");
        let later = Post {
            changed_at: at(9),
            ..new.clone()
        };
        let again = self.receive(&store, &later).await;
        assert_eq!((again.number, again.times), (first.number, 2));
        assert_eq!((again.arrived_at, again.changed_at), (at(0), at(9)));
        for other in [
            post("b", "callback", 1),
            post("a", "return", 1),
            post("a", "callback", 2),
        ] {
            let stored = self.receive(&store, &other).await;
            assert_eq!(stored.times, 1, "another account, kind or body");
        }
        let waiting = store.waiting(0, 9).await.expect("read");
        assert_eq!(waiting.len(), 4);
        let rest = store.waiting(waiting[1].number, 1).await.expect("read");
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].number, waiting[2].number);
    }

    async fn one_post_is_applied_for_a_subject(&self) {
        let store = (self.fresh)().await;
        let before = (self.marks)(&store).await;
        let first = self.receive(&store, &post("a", "callback", 1)).await;
        let second = self.receive(&store, &post("a", "callback", 2)).await;
        let paid = |post: &Post, subject: &str| Post {
            state: PostState::Applied,
            subject: Some(subject.to_owned()),
            changed_at: at(5),
            ..post.clone()
        };
        for (post, subject, expected) in [
            (&first, "order 1", Applied::Now),
            (&first, "order 1", Applied::Before),
            (&first, "order 2", Applied::Before),
            (&second, "order 1", Applied::Before),
        ] {
            let next = paid(post, subject);
            let applied = store
                .apply(&next, Some((self.mark)()))
                .await
                .expect("stored");
            assert_eq!(applied, expected, "{subject}");
        }
        assert_eq!((self.marks)(&store).await, before + 1, "it came along once");
        let states = [
            self.receive(&store, &post("a", "callback", 1)).await.state,
            self.receive(&store, &post("a", "callback", 2)).await.state,
        ];
        assert_eq!(states, [PostState::Applied, PostState::Repeated]);
        let third = self.receive(&store, &post("a", "callback", 3)).await;
        let applied = store.apply(&paid(&third, "order 3"), None).await;
        assert_eq!(applied.expect("stored"), Applied::Now, "another subject");
        let mut stranger = paid(&third, "order 4");
        stranger.number += 1_000;
        let applied = store.apply(&stranger, Some((self.mark)())).await;
        assert!(applied.is_err(), "a post that is not here was not applied");
        assert_eq!((self.marks)(&store).await, before + 1);
        assert!(store.waiting(0, 9).await.expect("read").is_empty());
    }

    async fn a_forged_post_keeps_nothing_out(&self) {
        let store = (self.fresh)().await;
        let forged = self.receive(&store, &post("a", "callback", 1)).await;
        let rejected = Post {
            state: PostState::Rejected,
            why: Some(Why::plain("forged")),
            changed_at: at(3),
            ..forged
        };
        store.reject(&rejected).await.expect("stored");
        let seen = self.receive(&store, &post("a", "callback", 1)).await;
        assert_eq!(
            (seen.state, seen.why),
            (PostState::Rejected, Some(Why::plain("forged")))
        );
        let genuine = self.receive(&store, &post("a", "callback", 2)).await;
        let next = Post {
            state: PostState::Applied,
            subject: Some("order 1".to_owned()),
            ..genuine
        };
        assert_eq!(
            store.apply(&next, None).await.expect("stored"),
            Applied::Now
        );
        // It was applied, whatever somebody says of it later.
        store.reject(&next).await.expect("stored");
        let seen = self.receive(&store, &post("a", "callback", 2)).await;
        assert_eq!(seen.state, PostState::Applied);
    }

    async fn bodies_are_forgotten_once_nothing_follows_from_them(&self) {
        let store = (self.fresh)().await;
        let waiting = self.receive(&store, &post("a", "callback", 1)).await;
        let applied = self.receive(&store, &post("a", "callback", 2)).await;
        let next = Post {
            state: PostState::Applied,
            subject: Some("order 1".to_owned()),
            changed_at: at(5),
            ..applied
        };
        store.apply(&next, None).await.expect("stored");
        let forget = async |before| PostStore::forget(&store, before).await.expect("forgotten");
        assert_eq!(forget(at(5)).await, 0, "it is not old enough");
        assert_eq!(forget(at(6)).await, 1);
        assert_eq!(forget(at(6)).await, 0, "once");
        let kept = store.waiting(0, 9).await.expect("read");
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].body, waiting.body);
        let again = self.receive(&store, &post("a", "callback", 2)).await;
        assert_eq!((again.body, again.state), (None, PostState::Applied));
    }
}
