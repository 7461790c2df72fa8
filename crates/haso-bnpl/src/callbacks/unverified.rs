//! The claim of a post, before anybody has confirmed it.

use serde::{Deserialize, Serialize};

use super::answer::DeliveryKey;

/// The claim of a post. Anybody can send a post.
///
/// ```compile_fail
/// // A claim cannot be activated or treated as paid: there is no such method.
/// fn activate(post: haso_bnpl::Unverified<haso_bnpl::callbacks::OrderOk>) {
///     post.activation();
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unverified<T> {
    claim: T,
    key: DeliveryKey,
}

impl<T> Unverified<T> {
    pub(super) fn new(claim: T, key: DeliveryKey) -> Self {
        Self { claim, key }
    }

    /// Returns the claim of the post, to look at and to store. **Not to act on.**
    pub fn claim(&self) -> &T {
        &self.claim
    }

    /// Returns a key that is equal for two posts of the same event. Treat a post as a repeat only where
    /// `confirm` accepted the first: a post of anybody else must not block HASO's own.
    pub fn key(&self) -> &DeliveryKey {
        &self.key
    }
}
