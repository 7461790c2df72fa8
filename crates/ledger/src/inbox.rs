//! Posts that arrived: stored before anything of them is read, applied once.

use std::fmt;
use std::sync::Arc;
use std::time::SystemTime;

use kervan_core::transport::BoxFuture;
use kervan_core::{Delivery, Host};

use crate::contents::{Contents, ContentsKey};
use crate::entry::Why;
use crate::key::Account;
use crate::store::{Listed, StoreError};

/// A post that arrived: a callback, a return from a bank's page, a push.
#[derive(Clone, PartialEq, Eq)]
pub struct Post {
    /// Its number in the store, in the order of arrival. 0 before it is stored.
    pub number: u64,
    /// The account that it is meant for.
    pub account: Account,
    /// The kind of post, in the shop's own word, as `return`.
    pub kind: String,
    /// The shop's own name for whatever its address belongs to, as `order 17`. Some posts name nothing themselves.
    pub reference: Option<String>,
    /// The hash of what was sent, and of the reference.
    pub digest: Contents,
    /// The content type as it was sent.
    pub content_type: Option<String>,
    /// The body. **It holds personal data**, and is absent once it was [forgotten](Inbox::forget).
    pub body: Option<Vec<u8>>,
    /// How far it has come.
    pub state: PostState,
    /// How often it came.
    pub times: u32,
    /// The subject that it is about, once it was verified. One post of a kind is applied for it.
    pub subject: Option<String>,
    /// Why it was rejected.
    pub why: Option<Why>,
    /// When it came first.
    pub arrived_at: SystemTime,
    /// When it was applied or rejected, or came last.
    pub changed_at: SystemTime,
}

impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Post")
            .field("number", &self.number)
            .field("kind", &self.kind)
            .field("state", &self.state)
            .field("times", &self.times)
            .field("body_bytes", &self.body.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}

/// How far a post has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "every state has to be handled")]
pub enum PostState {
    /// It is stored, and nothing followed from it yet.
    Received,
    /// Its consequences are stored.
    Applied,
    /// Another post of its subject is applied.
    Repeated,
    /// It proved to be forged. A post of something that the shop does not know yet stays received: it may
    /// have come before the answer that names it.
    Rejected,
}

impl PostState {
    /// All states.
    pub const ALL: [Self; 4] = [
        Self::Received,
        Self::Applied,
        Self::Repeated,
        Self::Rejected,
    ];

    /// Returns the state in one word, as in stores.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Applied => "applied",
            Self::Repeated => "repeated",
            Self::Rejected => "rejected",
        }
    }

    /// Returns whether the answer that stops the repeats may be given.
    pub fn is_applied(self) -> bool {
        matches!(self, Self::Applied | Self::Repeated)
    }

    /// Returns the state of a name; `None` for one that this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// The result of applying a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Applied {
    /// Its consequences are stored now.
    Now,
    /// They were stored before, by this post or by another one of the same subject. Nothing was changed.
    Before,
}

/// Keeps posts.
pub trait PostStore: Send + Sync {
    /// The shop's own changes in the transaction that stores a change.
    type Along: Send;

    /// Stores a post, or counts one that came again. Returns it as it is stored.
    fn receive<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<Post, StoreError>>;

    /// Makes a post applied for its subject with the shop's own changes, in one transaction, unless it is
    /// applied. Where another post of its account, kind and subject is, it becomes repeated.
    fn apply<'a>(
        &'a self,
        post: &'a Post,
        along: Option<Self::Along>,
    ) -> BoxFuture<'a, Result<Applied, StoreError>>;

    /// Makes a post rejected, unless it is applied.
    fn reject<'a>(&'a self, post: &'a Post) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Returns posts that are received only, with a number above `after`, in the order of their numbers.
    fn waiting(
        &self,
        after: u64,
        at_most: usize,
    ) -> BoxFuture<'_, Result<Vec<Listed<Post>>, StoreError>>;

    /// Forgets the bodies of posts that were applied or rejected before a time. Returns how many.
    fn forget(&self, before: SystemTime) -> BoxFuture<'_, Result<u64, StoreError>>;
}

/// The inbox of a shop: what arrived is stored before it is read, and applied once.
///
/// Anybody can post to a shop. So a post occupies nothing before it is verified: a forged one that came first
/// does not keep the genuine one out.
pub struct Inbox<S> {
    store: Arc<S>,
    host: Arc<dyn Host>,
    digests: ContentsKey,
}

impl<S> Clone for Inbox<S> {
    fn clone(&self) -> Self {
        Self {
            store: Arc::clone(&self.store),
            host: Arc::clone(&self.host),
            digests: self.digests.clone(),
        }
    }
}

impl<S> fmt::Debug for Inbox<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Inbox").finish_non_exhaustive()
    }
}

impl<S: PostStore> Inbox<S> {
    /// Creates an inbox over a store. `digests` keys the hashes of bodies.
    pub fn new(store: impl Into<Arc<S>>, host: impl Host, digests: ContentsKey) -> Self {
        Self {
            store: store.into(),
            host: Arc::new(host),
            digests,
        }
    }

    /// Returns the store.
    pub fn store(&self) -> &S {
        &self.store
    }

    /// Stores what arrived. Answer only after it has returned; if the post [is applied](PostState::is_applied)
    /// already, with the answer that stops the repeats.
    ///
    /// # Errors
    ///
    /// [`StoreError`]. The answer is then one after which the provider posts again.
    pub async fn receive(
        &self,
        account: &Account,
        kind: &str,
        delivery: &Delivery,
    ) -> Result<Post, StoreError> {
        let content_type = delivery.content_type();
        let parts = [
            content_type.unwrap_or_default().as_bytes(),
            delivery.body.as_slice(),
            delivery.reference.as_deref().unwrap_or_default().as_bytes(),
        ];
        let post = Post {
            number: 0,
            account: account.clone(),
            kind: kind.to_owned(),
            reference: delivery.reference.clone(),
            digest: self.digests.hash(&parts),
            content_type: content_type.map(str::to_owned),
            body: Some(delivery.body.clone()),
            state: PostState::Received,
            times: 1,
            subject: None,
            why: None,
            arrived_at: delivery.arrived_at,
            changed_at: self.host.now(),
        };
        self.store.receive(&post).await
    }

    /// Stores the consequences of a verified post. `subject` is what it is about: the key or number that the
    /// provider signs, with what it says of it, as `order 17 paid`. Give the answer that stops the repeats after
    /// this has returned, in both cases.
    ///
    /// # Errors
    ///
    /// [`StoreError`]. The answer is then one after which the provider posts again.
    pub async fn apply(
        &self,
        post: &Post,
        subject: impl Into<String>,
        along: Option<S::Along>,
    ) -> Result<Applied, StoreError> {
        let mut next = post.clone();
        next.state = PostState::Applied;
        next.subject = Some(subject.into());
        next.changed_at = self.host.now();
        self.store.apply(&next, along).await
    }

    /// Notes that a post is forged.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn reject(&self, post: &Post, why: Why) -> Result<(), StoreError> {
        let mut next = post.clone();
        next.state = PostState::Rejected;
        next.why = Some(why);
        next.changed_at = self.host.now();
        self.store.reject(&next).await
    }

    /// Returns posts from which nothing followed yet, as after a crash: read, verify and apply them again.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn waiting(
        &self,
        after: u64,
        at_most: usize,
    ) -> Result<Vec<Listed<Post>>, StoreError> {
        self.store.waiting(after, at_most).await
    }

    /// Forgets the bodies of posts that were applied or rejected before a time.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn forget(&self, before: SystemTime) -> Result<u64, StoreError> {
        self.store.forget(before).await
    }
}

impl Post {
    /// Returns the post as it arrived, for the reader of its kind. `None` once its body was forgotten.
    pub fn delivery(&self) -> Option<Delivery> {
        let body = self.body.clone()?;
        let header = self.content_type.as_deref();
        let headers = header.map(|value| ("content-type", value));
        let mut delivery = Delivery::new(headers, body, self.arrived_at);
        delivery.reference.clone_from(&self.reference);
        Some(delivery)
    }
}
