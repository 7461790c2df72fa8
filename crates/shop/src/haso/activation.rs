//! The activation of an order at HASO, and the plan by which it counts as paid.

use std::sync::Arc;

use haso_bnpl::callbacks::{OrderState, StoredOrder};
use haso_bnpl::{ActivateOrder, ActivatedOrder, GetPlan, Rejection, Settings};
use kervan_settling::{Settled, Settler};
use rusqlite::Transaction;

use crate::failure::Failure;
use crate::note::Note;
use crate::shop::{Shop, Trouble};
use crate::store::{Installments, StoreError, Stored};
use crate::writes::Work;

impl Work for ActivateOrder {
    const KIND: &'static str = "activate";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.haso
    }

    /// It is active. The plan of the service is read next, and only that calls it paid.
    fn done(&self, key: &str, _: Option<&ActivatedOrder>, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, &Settled::InState, store)
    }

    /// HASO does not know it, so the post was not HASO's: the order waits for the genuine one.
    fn refused(&self, key: &str, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, &Settled::NotDone, store)
    }

    /// After the settling time the order is doubtful, so that the genuine post is not kept out by a forged one.
    /// The service is still asked.
    fn open(&self, key: &str, settled: &Activated, store: &Transaction<'_>) -> Stored<()> {
        follow(self, key, settled, store)
    }
}

type Activated = Settled<ActivatedOrder, Rejection>;

/// Stores the state of an order after one of its activations was settled.
fn follow(
    activation: &ActivateOrder,
    key: &str,
    settled: &Activated,
    store: &Transaction<'_>,
) -> Stored<()> {
    let number = activation.order.as_str();
    let Some(own) = Installments::find(store, number)? else {
        return Ok(());
    };
    let state = own.state.clone().after(activation, settled);
    let (attempt, due) = match (&own.state, &state) {
        (before, after) if before == after => return Ok(()),
        (OrderState::Activated(_), _) => (own.attempt.as_deref(), own.due),
        (_, OrderState::Activated(_)) => (Some(key), Some(0)),
        (_, OrderState::Open) => (None, None),
        _ => (own.attempt.as_deref(), None),
    };
    Installments::set_state(store, number, &state, attempt, due)
}

impl Shop {
    /// Activates an order and reads its plan. Returns whether it is paid.
    pub(super) async fn activate(
        self: &Arc<Self>,
        number: &str,
        key: Option<String>,
    ) -> Result<bool, Failure> {
        let ended = async {
            if let Some(key) = key {
                self.drive(&key);
                self.wait(&key).await?;
            }
            self.ask_for_plan(number);
            self.wait(&task(number)).await
        };
        match ended.await {
            // HASO posts again, and by then it may be known.
            Ok(()) | Err(Trouble::GoesOn) => {}
            Err(trouble) => return Err(trouble.into()),
        }
        let own = self.store.read(|store| Installments::find(store, number))?;
        Ok(own.is_some_and(|own| own.paid.is_some()))
    }

    fn ask_for_plan(self: &Arc<Self>, number: &str) {
        let (shop, own) = (Arc::clone(self), number.to_owned());
        self.spawn(&task(number), async move { shop.read_plan(&own).await });
    }

    /// Reads the plans of orders that were activated.
    pub(crate) fn go_on_with_installments(self: &Arc<Self>) -> Result<(), StoreError> {
        let now = self.now();
        for own in self.store.read(Installments::going_on)? {
            if own.due.is_some_and(|due| due <= now) {
                self.ask_for_plan(&own.number);
            }
        }
        Ok(())
    }

    /// Asks the service for the plan of an order: only the service's own word counts as paid.
    async fn read_plan(&self, number: &str) -> Result<(), Trouble> {
        let before = |error: StoreError| Trouble::Before(Note::from(&error));
        let own = self
            .store
            .read(|store| Installments::find(store, number))
            .map_err(before)?;
        let Some(own) = own.filter(|own| own.paid.is_none()) else {
            return Ok(());
        };
        let OrderState::Activated(active) = &own.state else {
            return Ok(());
        };
        let haso = &self.clients.haso;
        let plan = GetPlan::new(active.transaction().clone(), number.into());
        let plan = haso.call(&plan).await;
        let order = StoredOrder::open(number, own.amount).state(own.state.clone());
        let paid = plan.map_err(|error| Note::from(&error)).and_then(|plan| {
            let paid = order.paid_by_plan(&plan, &haso.settings().quirks);
            paid.map_err(Note::from)
        });
        let later = self.later(3);
        let stored = self.store.write(|store| match &paid {
            Ok(paid) => Installments::paid(store, number, paid),
            Err(why) => Installments::ask_at(store, number, later, why),
        });
        stored.map_err(before)
    }
}

/// Returns the name of the task that reads an order's plan.
fn task(number: &str) -> String {
    format!("plan {number}")
}
