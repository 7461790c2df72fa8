//! The posts that anybody may send: HASO's, and those with which a customer's browser comes back.
//!
//! Each is stored before it is read, and judged by one function: when it arrives, when its order has come further, and
//! after a crash.

use std::sync::Arc;
use std::time::Duration;

use haso_bnpl::Unverified;
use haso_bnpl::callbacks::{OrderCallback, OrderFail};
use kervan_axum::{Arrived, Callback, Intake, Landing, Mailbox, Verdict};
use kervan_ledger::{Account, StoreError, WatchStore as _};
use param_marketplace::payments::callback::PayCallback;

use crate::failure::Failure;
use crate::note::Note;
use crate::shop::Shop;
use crate::store::{Database, Stored, posts};
use crate::{haso, payments};

/// How long a post of something unknown waits for the answer to the shop's own call.
pub(crate) const EARLY: Duration = Duration::from_secs(3_600);
/// How long the body of a post is kept that was applied or refused.
const KEPT: Duration = Duration::from_secs(24 * 3_600);
/// How long the shop remembers what it has waited for, and when it asked.
const REMEMBERED: Duration = Duration::from_secs(90 * 24 * 3_600);
/// The pause between two looks at the posts that wait.
const ROUND: Duration = Duration::from_secs(60);

/// A post that is stored, and from which nothing followed yet.
pub(crate) type Post<C> = Arrived<C, Database>;

/// The intakes of the shop.
#[derive(Clone)]
pub(crate) struct Posts {
    pub(crate) returns: Intake<PayCallback, Database>,
    /// HASO's page of success and its server have one kind of post.
    pub(crate) orders: Intake<Unverified<OrderCallback>, Database>,
    pub(crate) failures: Intake<Unverified<OrderFail>, Database>,
}

impl Posts {
    pub(crate) fn new(shop: &Arc<Shop>) -> Self {
        let accounts = &shop.clients.accounts;
        Self {
            returns: intake(shop, &accounts.param, payments::judge),
            orders: intake(shop, &accounts.haso, haso::judge),
            failures: intake(shop, &accounts.haso, haso::give_up),
        }
    }

    /// Takes up the posts from which nothing followed yet, from now on, and forgets what is no longer needed.
    pub(crate) async fn take_up(self, shop: Arc<Shop>) {
        loop {
            // A database that does not answer is asked again in the next round.
            let _ = self.replay().await;
            let _ = shop.forget().await;
            shop.host.sleep(ROUND).await;
        }
    }

    async fn replay(&self) -> Stored<()> {
        self.returns.replay().await?;
        self.failures.replay().await?;
        self.orders.replay().await?;
        Ok(())
    }
}

/// Makes the intake of one kind of post.
fn intake<C, F>(
    shop: &Arc<Shop>,
    account: &Account,
    judge: fn(Arc<Shop>, Post<C>) -> F,
) -> Intake<C, Database>
where
    C: Callback,
    F: Future<Output = Result<Verdict, StoreError>> + Send + 'static,
{
    let host = Arc::clone(&shop.host);
    let mailbox = Mailbox::new(shop.inbox.clone(), account.clone(), host);
    let shop = Arc::clone(shop);
    Intake::new(mailbox, move |post| judge(Arc::clone(&shop), post))
}

/// Says why the page of an order is not shown after a post of a browser.
///
/// # Errors
///
/// [`Failure`] where it was not believed. A post that waits is shown on the order's page.
pub(crate) fn landed(landing: Landing) -> Result<(), Failure> {
    match landing {
        Landing::Applied | Landing::Open => Ok(()),
        Landing::Unreadable(_) => Err(Failure::NotBelieved(Note::new(
            "It cannot be read.",
            "Okunamıyor.",
        ))),
        _ => Err(Failure::NotBelieved(Note::new(
            "It does not fit what the shop has begun.",
            "Mağazanın başlattığı işleme uymuyor.",
        ))),
    }
}

impl Shop {
    async fn forget(&self) -> Stored<()> {
        let now = self.host.now();
        self.inbox.forget(now - KEPT).await?;
        self.limits.forget(now - REMEMBERED).await?;
        let database = self.store.database();
        database.forget_watches(now - REMEMBERED).await?;
        Ok(())
    }

    /// Stores what the shop says of a post from which nothing followed yet.
    pub(crate) fn say(&self, post: u64, why: &Note) -> Stored<()> {
        self.store
            .write(|store| posts::judge_copy(store, post, why))
    }
}
