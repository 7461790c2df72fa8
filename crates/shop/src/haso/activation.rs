//! The activation of an order at HASO, and the plan by which it counts as paid.

use std::sync::Arc;

use haso_bnpl::callbacks::{OrderState, StoredOrder};
use haso_bnpl::{ActivateOrder, ActivatedOrder, GetPlan, Settings};
use kervan_ledger::{Account, Entry, Key, StoreError};
use kervan_settling::{Settled, Settler};

use crate::note::Note;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, Installments, Stored, Transaction};
use crate::writes::Work;

impl Work for ActivateOrder {
    const KIND: &'static str = "activate";

    fn client(shop: &Shop) -> &Settler<Settings> {
        &shop.clients.haso
    }

    fn account(shop: &Shop) -> &Account {
        &shop.clients.accounts.haso
    }

    /// Active: the plan of the service is read next, and only that calls it paid. Refused: HASO does not know
    /// it, so the post was not HASO's, and the order waits for the genuine one.
    fn end(&self, entry: &Entry, _: Option<&ActivatedOrder>) -> Option<Change> {
        let (own, activation) = (entry.key.own.clone(), self.clone());
        let settled = if entry.state.is_done() {
            Settled::InState
        } else {
            Settled::NotDone
        };
        Some(Box::new(move |store| {
            follow(&activation, &own, store, |state| {
                state.after(&activation, &settled)
            })
        }))
    }

    /// After the settling time the order is doubtful, so that the genuine post is not kept out by a forged one.
    /// The service is still asked.
    fn doubted(&self) -> Option<Change> {
        let activation = self.clone();
        Some(Box::new(move |store| {
            follow(&activation, "", store, |state| state.doubted(&activation))
        }))
    }
}

/// Stores the state of an order after one of its activations was settled.
fn follow(
    activation: &ActivateOrder,
    own_key: &str,
    store: &Transaction<'_>,
    after: impl FnOnce(OrderState) -> OrderState,
) -> Stored<()> {
    let number = activation.order.as_str();
    let Some(own) = Installments::to_change(store, number)? else {
        return Ok(());
    };
    let state = after(own.state.clone());
    let (write, due) = match (&own.state, &state) {
        (before, after) if before == after => return Ok(()),
        (OrderState::Activated(_), _) => (own.write.as_deref(), own.due),
        (_, OrderState::Activated(_)) => (Some(own_key), Some(0)),
        (_, OrderState::Open) => (None, None),
        _ => (own.write.as_deref(), None),
    };
    Installments::set_state(store, number, &state, write, due)
}

impl Shop {
    /// Lets an order be activated, reads its plan, and waits for both as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub(super) async fn activate(
        self: &Arc<Self>,
        number: &str,
        key: Option<Key>,
    ) -> Result<(), Trouble> {
        if let Some(key) = key {
            self.sent(&key).await?;
        }
        self.ask_for_plan(number);
        self.wait_for_plan(number).await
    }

    /// Waits until nobody reads the plan of an order, as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub(super) async fn wait_for_plan(&self, number: &str) -> Result<(), Trouble> {
        self.wait(&task(number)).await
    }

    fn ask_for_plan(self: &Arc<Self>, number: &str) {
        let (shop, own) = (Arc::clone(self), number.to_owned());
        self.spawn(&task(number), async move { shop.read_plan(&own).await });
    }

    /// Reads the plans of orders that were activated.
    pub(crate) fn go_on_with_installments(self: &Arc<Self>) -> Stored<()> {
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
