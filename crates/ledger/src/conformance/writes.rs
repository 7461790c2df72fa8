//! The rules of writes.

use std::time::SystemTime;

use kervan_settling::Attempt;

use super::{KIND, Suite, at, key};
use crate::contents::Contents;
use crate::entry::{Entry, KeptRequest, Why};
use crate::event::{Event, Misplaced, Resolution};
use crate::state::State;
use crate::store::{Claim, Inserted, Numbered, Replaced, Store};

pub(super) fn entry(own: &str, object: &str) -> Entry {
    let contents = Contents::stored("c".repeat(64));
    Entry::new(key("a", own), object, contents, at(0))
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
    S: Store,
    F: AsyncFn() -> S,
    M: Fn() -> S::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs the tests of writes.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn writes(&self) {
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
    }

    pub(super) async fn add(&self, store: &S, entry: &Entry) -> Entry {
        match store.insert(entry, None).await.expect("stored") {
            Inserted::New(stored) => stored,
            other => panic!("not stored: {other:?}"),
        }
    }

    pub(super) async fn change(
        &self,
        store: &S,
        entry: &Entry,
        event: Event,
        now: SystemTime,
    ) -> Entry {
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
            seen.extend(page.iter().map(Numbered::number));
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
        assert_eq!(store.forget(at(20)).await.expect("forgotten"), 1);
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
}
