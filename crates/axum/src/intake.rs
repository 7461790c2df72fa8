//! Posts that are stored before they are read, and applied once.

mod arrived;
mod flight;
mod verdict;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum_core::extract::Request;
use axum_core::response::{IntoResponse, Response};
use kervan_core::host::within;
use kervan_core::transport::BoxFuture;
use kervan_core::{Delivery, Host};
use kervan_ledger::{Account, Applied, Inbox, Numbered as _, Post, PostStore, StoreError};

pub use self::arrived::{Arrived, Proven, Refused, Subject};
use self::arrived::{Kept, Report};
use self::flight::Flights;
pub use self::verdict::{Reply, Verdict};
use crate::answer::Answer;
use crate::callback::{Callback, Sender};
use crate::post::{HostClock, delivery};
use crate::refusal::{Fault, Refusal};

pub(crate) mod sealed {
    /// Subjects are of the types that the provider crates verify, and of no others.
    pub trait Sealed<C> {}
}

/// How long a sender waits for its answer. The work goes on after it.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long a post waits that may fit later.
const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3_600);
/// How many posts one question to the store returns.
const PAGE: usize = 100;

/// A callback of a provider's server, which reads a status and a body.
pub trait ServerCallback: Callback {
    /// Settings of the answers.
    type Settings: Send + Sync;

    /// Writes an answer. `claim` is the callback itself, where it can be read.
    fn answer(settings: &Self::Settings, reply: Reply, claim: Option<&Self>) -> Answer;
}

/// The inbox of an account, with the clock by which posts arrive. For `FromRef`.
pub struct Mailbox<S> {
    inbox: Inbox<S>,
    account: Account,
    clock: HostClock,
    patience: Duration,
    longest_wait: Duration,
    report: Report,
}

impl<S> Mailbox<S> {
    /// Creates the mailbox of an account.
    pub fn new(inbox: Inbox<S>, account: Account, host: impl Host) -> Self {
        Self {
            inbox,
            account,
            clock: HostClock::new(host),
            patience: PATIENCE,
            longest_wait: LONGEST_WAIT,
            report: Arc::new(|_| {}),
        }
    }

    /// Sets how long a sender waits for its answer; 20 seconds at first. The work goes on after it.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Sets how long a post waits that is judged and decided by nothing yet; a day at first. Then it is refused. Of an
    /// order that was decided, none waits. A provider's own that comes again is judged again.
    #[must_use]
    pub fn longest_wait(mut self, longest: Duration) -> Self {
        self.longest_wait = longest;
        self
    }

    /// Sets a function that sees the errors of the store, as to log them. The senders get an answer after which
    /// they post again.
    #[must_use]
    pub fn report(mut self, report: impl Fn(&StoreError) + Send + Sync + 'static) -> Self {
        self.report = Arc::new(report);
        self
    }
}

impl<S> Clone for Mailbox<S> {
    fn clone(&self) -> Self {
        Self {
            inbox: self.inbox.clone(),
            account: self.account.clone(),
            clock: self.clock.clone(),
            patience: self.patience,
            longest_wait: self.longest_wait,
            report: Arc::clone(&self.report),
        }
    }
}

impl<S> fmt::Debug for Mailbox<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailbox")
            .field("account", &self.account)
            .finish_non_exhaustive()
    }
}

/// Takes the posts of one kind: stores each before it is read, gives it to the shop's function, and answers.
///
/// The function verifies a post and applies it. It runs in a task of its own, so that it goes on when the sender
/// hangs up, and once at a time for one post. It may run again for the same post: after a crash, after
/// [`later`](Arrived::later), on another machine. [`Proven::apply`] stores its consequences once.
///
/// Clones are the same intake. A program makes one of each kind at its start, and keeps it in its state.
pub struct Intake<C, S: PostStore>(Arc<Inner<C, S>>);

type Apply<C, S> = dyn Fn(Arrived<C, S>) -> BoxFuture<'static, Verdict> + Send + Sync;

struct Inner<C, S: PostStore> {
    mailbox: Mailbox<S>,
    apply: Box<Apply<C, S>>,
    flights: Flights<Result<Verdict, Fault>>,
}

impl<C, S: PostStore> Clone for Intake<C, S> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<C: Callback, S: PostStore> fmt::Debug for Intake<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Intake")
            .field("kind", &C::KIND)
            .field("account", &self.0.mailbox.account)
            .finish_non_exhaustive()
    }
}

/// The results of the posts that waited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replayed {
    /// How many are applied now.
    pub applied: usize,
    /// How many still wait.
    pub later: usize,
    /// How many are refused now.
    pub refused: usize,
}

/// The place where a person's browser has come to, for a page of the shop's own. **It does not say that anything
/// was paid**: read that from the shop's own order.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Seen<C> {
    /// The result of the post.
    pub landing: Landing,
    /// The callback, unverified, to find the order whose page is shown. `None` where it cannot be read.
    pub claim: Option<C>,
}

/// The result of a post from a browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Landing {
    /// It is applied, now or before: show the order.
    Applied,
    /// It is stored, or may be, and nothing followed from it yet. Show a page that asks again later.
    Open,
    /// It is not believed.
    Refused,
    /// It cannot be read. The refusal is a page of its own, where the shop has none.
    Unreadable(Refusal),
}

impl<C: Callback, S: PostStore + 'static> Intake<C, S> {
    /// Creates an intake. `apply` verifies a post and applies it; see [`Arrived::verify`].
    pub fn new<F, V>(
        mailbox: Mailbox<S>,
        apply: impl Fn(Arrived<C, S>) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = V> + Send + 'static,
        V: Into<Verdict>,
    {
        Self(Arc::new(Inner {
            mailbox,
            apply: Box::new(move |arrived| {
                let work = apply(arrived);
                Box::pin(async move { work.await.into() })
            }),
            flights: Flights::default(),
        }))
    }

    /// Answers a post of a provider's server. The answer that stops its repeats is given only after the post was
    /// applied.
    ///
    /// `reference` is the shop's own name for whatever the address belongs to, as `order 17`. Look it up by the
    /// unguessable part of the address, and answer an unknown one with 404 before this, so that nothing of a
    /// stranger is stored.
    pub async fn from_server(&self, request: Request, reference: Option<&str>) -> Response
    where
        C: ServerCallback<Settings = ()>,
    {
        self.from_server_as(&(), request, reference).await
    }

    /// Answers as [`from_server`](Self::from_server), with the settings of the answers.
    pub async fn from_server_as(
        &self,
        settings: &C::Settings,
        request: Request,
        reference: Option<&str>,
    ) -> Response
    where
        C: ServerCallback,
    {
        let taken = async {
            let delivery = self.delivery(request, reference).await?;
            let verdict = self.take(delivery.clone()).await?;
            let claim = C::read(&delivery).ok();
            Ok(C::answer(settings, verdict.reply(), claim.as_ref()))
        };
        let refusal = |fault| Refusal::new(fault, Sender::Server);
        taken.await.map_err(refusal).into_response()
    }

    /// Takes the post of a person's browser. Show a page for each [`Landing`], the second time too.
    pub async fn from_browser(&self, request: Request, reference: Option<&str>) -> Seen<C> {
        let unreadable = |fault| Seen {
            landing: Landing::Unreadable(Refusal::new(fault, Sender::Browser)),
            claim: None,
        };
        let delivery = match self.delivery(request, reference).await {
            Ok(delivery) => delivery,
            Err(fault) => return unreadable(fault),
        };
        match self.take(delivery.clone()).await {
            Err(fault) => unreadable(fault),
            Ok(verdict) => Seen {
                landing: match verdict.reply() {
                    Reply::Applied => Landing::Applied,
                    Reply::Again => Landing::Open,
                    Reply::Refused => Landing::Refused,
                },
                claim: C::read(&delivery).ok(),
            },
        }
    }

    /// Takes up the posts from which nothing followed yet: after a start of the program, and from time to time.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn replay(&self) -> Result<Replayed, StoreError> {
        self.replay_where(|_| true).await
    }

    /// Takes up those with one reference, as after the answer of the shop's own call has come: a post may have come
    /// before it.
    ///
    /// # Errors
    ///
    /// [`StoreError`].
    pub async fn replay_of(&self, reference: &str) -> Result<Replayed, StoreError> {
        self.replay_where(|post| post.reference.as_deref() == Some(reference))
            .await
    }

    async fn replay_where(&self, is_meant: impl Fn(&Post) -> bool) -> Result<Replayed, StoreError> {
        let mailbox = &self.0.mailbox;
        let mut replayed = Replayed::default();
        let mut last = 0;
        loop {
            let posts = mailbox.inbox.waiting(last, PAGE).await?;
            let Some(newest) = posts.last() else {
                return Ok(replayed);
            };
            last = newest.number();
            // One that cannot be read stays for whoever looks into the store.
            for post in posts.into_iter().flatten() {
                let is_own = post.kind == C::KIND && post.account == mailbox.account;
                if !is_own || !is_meant(&post) {
                    continue;
                }
                match Inner::run(&self.0, post).await.map(Verdict::reply) {
                    Ok(Reply::Applied) => replayed.applied += 1,
                    Ok(Reply::Again) => replayed.later += 1,
                    Ok(Reply::Refused) | Err(_) => replayed.refused += 1,
                }
            }
        }
    }

    async fn delivery(&self, request: Request, reference: Option<&str>) -> Result<Delivery, Fault> {
        let mut delivery = delivery(request, &self.0.mailbox.clock, C::MAX_BODY).await?;
        delivery.reference = reference.map(str::to_owned);
        Ok(delivery)
    }

    /// Stores a post and applies it, in a task of its own: the caller may be dropped at any time.
    async fn take(&self, delivery: Delivery) -> Result<Verdict, Fault> {
        let inner = Arc::clone(&self.0);
        let work = tokio::spawn(async move { inner.store_and_apply(&delivery).await });
        let mailbox = &self.0.mailbox;
        let timer = mailbox.clock.host().sleep(mailbox.patience);
        match within(timer, work).await {
            Some(Ok(taken)) => taken,
            // It goes on, or it has panicked. The post comes again, or is replayed.
            None | Some(Err(_)) => Ok(Verdict::LATER),
        }
    }
}

impl<C: Callback, S: PostStore + 'static> Inner<C, S> {
    async fn store_and_apply(self: Arc<Self>, delivery: &Delivery) -> Result<Verdict, Fault> {
        let mailbox = &self.mailbox;
        let received = mailbox.inbox.receive(&mailbox.account, C::KIND, delivery);
        match received.await {
            Ok(post) if post.state.is_applied() => Ok(Verdict::applied(Applied::Before)),
            Ok(post) => Self::run(&self, post).await,
            Err(error) => {
                (self.mailbox.report)(&error);
                Ok(Verdict::LATER)
            }
        }
    }

    /// Applies a stored post. Who comes while another one does so waits for its result.
    async fn run(inner: &Arc<Self>, post: Post) -> Result<Verdict, Fault> {
        let own = Arc::clone(inner);
        let number = post.number;
        let work = async move { own.apply(post).await };
        let landed = inner.flights.run(number, work).await;
        landed.unwrap_or(Ok(Verdict::LATER))
    }

    async fn apply(&self, post: Post) -> Result<Verdict, Fault> {
        let Some(delivery) = post.delivery() else {
            return Ok(Verdict::LATER);
        };
        let now = self.mailbox.clock.host().now();
        let age = now.duration_since(post.arrived_at).unwrap_or_default();
        let kept = Box::new(Kept {
            post,
            age,
            longest_wait: self.mailbox.longest_wait,
            inbox: self.mailbox.inbox.clone(),
            report: Arc::clone(&self.mailbox.report),
        });
        match C::read(&delivery) {
            Ok(claim) => Ok((self.apply)(Arrived { claim, kept }).await),
            Err(fault) => {
                let rejected = kept.reject("unreadable", fault.name()).await;
                rejected.map_or(Ok(Verdict::LATER), |()| Err(fault))
            }
        }
    }
}
