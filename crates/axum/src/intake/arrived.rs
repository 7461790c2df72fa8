//! A stored post, on its way from a claim to its consequences.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use kervan_core::joined;
use kervan_ledger::{Inbox, Post, PostStore, StoreError, Why};

use super::sealed;
use super::verdict::Verdict;
use crate::callback::{Callback, Judgement};

/// A value under whose subject a post is applied once. The types that the provider crates verify have one; [the
/// table](crate#the-subject-of-each-post) says how strong it is.
pub trait Subject<C>: sealed::Sealed<C> {
    /// Returns the subject of a stored post.
    fn subject(&self, post: &Post) -> String;
}

/// A function that sees the errors of the store.
pub(super) type Report = Arc<dyn Fn(&StoreError) + Send + Sync>;

/// A stored post and its store.
pub(super) struct Kept<S> {
    pub(super) post: Post,
    /// How long ago it came first.
    pub(super) age: Duration,
    pub(super) longest_wait: Duration,
    pub(super) inbox: Inbox<S>,
    pub(super) report: Report,
}

/// A post that is stored, and nothing followed from it yet. **Anybody may have sent it.**
#[must_use]
pub struct Arrived<C, S> {
    pub(super) claim: C,
    pub(super) kept: Box<Kept<S>>,
}

/// A post with the value that its verification returned.
#[must_use]
pub struct Proven<V, S> {
    value: V,
    subject: String,
    kept: Box<Kept<S>>,
}

/// A post that its verification did not accept.
#[must_use]
pub struct Refused<C: Callback, S> {
    error: C::Refused,
    claim: Option<String>,
    kept: Box<Kept<S>>,
}

impl<S: PostStore> Kept<S> {
    async fn apply(&self, subject: String, along: Option<S::Along>) -> Verdict {
        match self.inbox.apply(&self.post, subject, along).await {
            Ok(applied) => Verdict::applied(applied),
            Err(error) => {
                (self.report)(&error);
                Verdict::LATER
            }
        }
    }

    /// Makes the post rejected. `None` where the store failed.
    pub(super) async fn reject(&self, kind: &str, code: &str) -> Option<()> {
        let mut why = Why::plain(kind);
        why.code = Some(code.to_owned());
        let rejected = self.inbox.reject(&self.post, why).await;
        rejected.map_err(|error| (self.report)(&error)).ok()
    }

    async fn refuse(&self, code: &str) -> Verdict {
        let rejected = self.reject("refused", code).await;
        rejected.map_or(Verdict::LATER, |()| Verdict::REFUSED)
    }

    /// Leaves the post as it is, and refuses it once it has waited so long.
    async fn wait(&self, longest: Duration, code: &str) -> Verdict {
        if self.age < longest {
            return Verdict::LATER;
        }
        self.refuse(code).await
    }
}

impl<C: Callback, S: PostStore> Arrived<C, S> {
    /// Returns the callback, unverified: to find the shop's own order, and for nothing else.
    pub fn claim(&self) -> &C {
        &self.claim
    }

    /// Returns the shop's own name for whatever the address belongs to.
    pub fn reference(&self) -> Option<&str> {
        self.kept.post.reference.as_deref()
    }

    /// Returns the post as it is stored.
    pub fn post(&self) -> &Post {
        &self.kept.post
    }

    /// Verifies the post with the function of the provider's crate, against whatever the shop stored.
    ///
    /// ```
    /// # #[cfg(feature = "param")] mod example {
    /// use kervan_axum::{Arrived, Verdict};
    /// use kervan_ledger::MemoryStore;
    /// use param_marketplace::Settings;
    /// use param_marketplace::payments::callback::{ExpectedPayment, PayCallback};
    ///
    /// async fn apply(post: Arrived<PayCallback, MemoryStore>, own: &Settings, stored: &ExpectedPayment) -> Verdict {
    ///     match post.verify(|form| form.verify(own, stored)) {
    ///         Ok(result) => result.apply(None).await,
    ///         Err(refused) => refused.settle(None).await,
    ///     }
    /// }
    /// # }
    /// ```
    ///
    /// A post that was not verified has no subject, so it cannot be applied:
    ///
    /// ```compile_fail,E0277
    /// # #[cfg(not(feature = "param"))] compile_error!("needs the feature");
    /// # use kervan_axum::{Arrived, Verdict};
    /// # use kervan_ledger::MemoryStore;
    /// # use param_marketplace::payments::callback::PayCallback;
    /// async fn apply(post: Arrived<PayCallback, MemoryStore>) -> Verdict {
    ///     match post.verify(|form| Ok(form)) {
    ///         Ok(result) => result.apply(None).await,
    ///         Err(refused) => refused.settle(None).await,
    ///     }
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Refused`], with the function's own error.
    pub fn verify<V: Subject<C>>(
        self,
        check: impl FnOnce(C) -> Result<V, C::Refused>,
    ) -> Result<Proven<V, S>, Refused<C, S>> {
        let claim = self.claim.claim().map(str::to_owned);
        let kept = self.kept;
        match check(self.claim) {
            Ok(value) => Ok(Proven {
                subject: value.subject(&kept.post),
                value,
                kept,
            }),
            Err(error) => Err(Refused { error, claim, kept }),
        }
    }

    /// Leaves the post as it is, where the shop cannot judge it now, as without its database: it comes again, or is
    /// replayed.
    pub fn later(self) -> Verdict {
        Verdict::LATER
    }

    /// Leaves a post of something that the shop does not know, because it may have come before the answer of the
    /// shop's own call; and refuses it once it is older than this.
    pub async fn unknown(self, patience: Duration) -> Verdict {
        self.kept.wait(patience, "unknown").await
    }
}

impl<V, S: PostStore> Proven<V, S> {
    /// Returns the verified value.
    pub fn value(&self) -> &V {
        &self.value
    }

    /// Returns the subject under which the post is applied once.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// Stores that the post was applied, with the shop's own changes in the same transaction; nothing where it or
    /// another one of its subject was applied before.
    pub async fn apply(self, along: Option<S::Along>) -> Verdict {
        self.kept.apply(self.subject, along).await
    }

    /// Leaves the post as it is, as while its order is being activated, or until another payment of its order has
    /// ended; and refuses it after the [longest wait](super::Mailbox::longest_wait).
    pub async fn later(self) -> Verdict {
        let longest = self.kept.longest_wait;
        self.kept.wait(longest, "late").await
    }

    /// Refuses the post, because the provider's own service has denied what it says. It keeps no other one out, and
    /// is judged again where it comes again.
    pub async fn denied(self) -> Verdict {
        self.kept.refuse("denied").await
    }
}

impl<C: Callback, S: PostStore> Refused<C, S> {
    /// Returns the error of the verification.
    pub fn error(&self) -> &C::Refused {
        &self.error
    }

    /// Stores the consequence that the provider's crate names for the error: the post is refused, waits at most the
    /// [longest wait](super::Mailbox::longest_wait), or is noted as it is. The shop's own changes come along where it is noted, as a message to the staff.
    pub async fn settle(self, along: Option<S::Along>) -> Verdict {
        match C::judge(&self.error) {
            Judgement::Noted => {
                let Some(claim) = self.claim else {
                    return Verdict::LATER;
                };
                let subject = joined(&["claim", &claim]);
                self.kept.apply(subject, along).await
            }
            Judgement::Later => {
                let longest = self.kept.longest_wait;
                self.kept.wait(longest, "late").await
            }
            Judgement::Refused(code) => self.kept.refuse(&code).await,
        }
    }
}

impl<C: Callback, S> fmt::Debug for Arrived<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown("Arrived", &self.kept.post, f)
    }
}

impl<V, S> fmt::Debug for Proven<V, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown("Proven", &self.kept.post, f)
    }
}

impl<C: Callback, S> fmt::Debug for Refused<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        shown("Refused", &self.kept.post, f)
    }
}

fn shown(name: &str, post: &Post, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_struct(name)
        .field("post", post)
        .finish_non_exhaustive()
}
