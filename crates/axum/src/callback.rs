//! An extractor for each callback.

use axum_core::extract::{FromRef, FromRequest, Request};
use kervan_core::Delivery;

use crate::post::{HostClock, delivery};
use crate::refusal::{Fault, Refusal};

/// Who posts a callback: a server reads a status, a person reads a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::exhaustive_enums, reason = "nobody else posts")]
pub enum Sender {
    /// A provider's server.
    Server,
    /// The customer's browser. A person is waiting.
    Browser,
}

/// A callback of a provider, as its reader gives it: **anybody may have sent it**.
///
/// The types of the provider crates implement it. None of them has a state of "paid": each is verified by a
/// function of its own crate, against whatever the shop stored.
pub trait Callback: Sized + Send + Sync + 'static {
    /// The kind, as in an inbox. Two addresses that get the same data have one kind.
    const KIND: &'static str;
    /// Who posts it.
    const SENDER: Sender;
    /// The longest body that is read, in bytes.
    const MAX_BODY: usize;
    /// The error of its verification.
    type Refused: Send;

    /// Reads a post.
    ///
    /// # Errors
    ///
    /// [`Fault`].
    fn read(delivery: &Delivery) -> Result<Self, Fault>;

    /// Decides what follows from a post that its verification did not accept.
    fn judge(refused: &Self::Refused) -> Judgement;

    /// Returns a key of everything that the post claims, where the provider's crate has one.
    fn claim(&self) -> Option<&str> {
        None
    }
}

/// The consequence of a post that its verification did not accept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Judgement {
    /// It is noted as it is, once, and need not come again: it claims nothing that costs money, or nothing new.
    Noted,
    /// It may fit later. Once it has waited too long, it is refused.
    Later,
    /// It is forged, or of something else. The text is a code.
    Refused(String),
}

/// An extractor for a callback: a POST within the cap, whole, and readable. Everything else is a [`Refusal`].
///
/// It does not say whether anything was paid:
///
/// ```compile_fail,E0609
/// # #[cfg(not(feature = "param"))] compile_error!("needs the feature");
/// use kervan_axum::Posted;
/// use param_marketplace::payments::callback::PayCallback;
///
/// async fn back(posted: Posted<PayCallback>) {
///     let total = posted.callback.total; // an unverified form has none
/// }
/// ```
///
/// ```
/// # #[cfg(feature = "param")] mod example {
/// use kervan_axum::Posted;
/// use param_marketplace::Settings;
/// use param_marketplace::payments::callback::{ExpectedPayment, PayCallback, PayResult};
///
/// fn of_the_form(posted: Posted<PayCallback>, own: &Settings, stored: &ExpectedPayment) -> bool {
///     matches!(posted.callback.verify(own, stored), Ok(PayResult::Paid(_)))
/// }
/// # }
/// ```
///
/// `Result<Posted<C>, Refusal>` lets a handler show a page of its own.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Posted<C> {
    /// The callback, unverified.
    pub callback: C,
    /// The post as it arrived.
    pub delivery: Delivery,
}

impl<S, C> FromRequest<S> for Posted<C>
where
    S: Send + Sync,
    C: Callback,
    HostClock: FromRef<S>,
{
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let refusal = |fault| Refusal::new(fault, C::SENDER);
        let clock = HostClock::from_ref(state);
        let delivery = delivery(request, &clock, C::MAX_BODY)
            .await
            .map_err(refusal)?;
        let callback = C::read(&delivery).map_err(refusal)?;
        Ok(Self { callback, delivery })
    }
}
