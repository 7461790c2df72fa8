//! The rules of posts that arrived.

use super::{Suite, at, key};
use crate::contents::Contents;
use crate::entry::Why;
use crate::inbox::{Applied, Post, PostState, PostStore};
use crate::store::Numbered as _;

pub(super) fn post(merchant: &str, kind: &str, body: u8) -> Post {
    Post {
        number: 0,
        account: key(merchant, "").account,
        kind: kind.to_owned(),
        reference: (body % 2 == 1).then(|| format!("order {body}")),
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

#[expect(clippy::expect_used, reason = "a test stops at the first surprise")]
impl<S, F, M, C> Suite<F, M, C>
where
    S: PostStore,
    F: AsyncFn() -> S,
    M: Fn() -> S::Along,
    C: AsyncFn(&S) -> usize,
{
    /// Runs the tests of posts.
    ///
    /// # Panics
    ///
    /// Where the store breaks a rule.
    pub async fn posts(&self) {
        self.a_post_is_stored_once_and_counted().await;
        self.one_post_is_applied_for_a_subject().await;
        self.a_forged_post_keeps_nothing_out().await;
        self.bodies_are_forgotten_once_nothing_follows_from_them()
            .await;
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
        let rest = store.waiting(waiting[1].number(), 1).await.expect("read");
        assert_eq!(rest.len(), 1);
        assert_eq!(rest[0].number(), waiting[2].number());
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
        let forget = async |before| store.forget(before).await.expect("forgotten");
        assert_eq!(forget(at(5)).await, 0, "it is not old enough");
        assert_eq!(forget(at(6)).await, 1);
        assert_eq!(forget(at(6)).await, 0, "once");
        let kept = store.waiting(0, 9).await.expect("read");
        let kept: Vec<_> = kept.into_iter().flatten().collect();
        assert_eq!(kept.len(), 1);
        assert_eq!(kept[0].body, waiting.body);
        let again = self.receive(&store, &post("a", "callback", 2)).await;
        assert_eq!((again.body, again.state), (None, PostState::Applied));
    }
}
