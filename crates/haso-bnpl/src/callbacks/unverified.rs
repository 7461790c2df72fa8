//! What a post claims, before anybody has confirmed it.

use serde::{Deserialize, Serialize};

use super::answer::DeliveryKey;

/// What a post claims. Anybody can send one.
///
/// ```compile_fail
/// // A claim cannot be activated or taken for paid: there is no such method.
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

    /// What the post says, to look at and to store. **Not to act on.**
    pub fn claim(&self) -> &T {
        &self.claim
    }

    /// Equal for two posts of the same event. Take a post for a repeat only where `confirm` accepted
    /// the first: what anybody sent must not stand in the way of HASO's own.
    pub fn key(&self) -> &DeliveryKey {
        &self.key
    }
}
