//! The activation of an order at HASO, and the plan by which it counts as paid.

use std::sync::Arc;

use haso_bnpl::callbacks::{OrderState, StoredOrder};
use haso_bnpl::{ActivateOrder, ActivatedOrder, GetPlan, Settings};
use kervan_ledger::{Account, Entry, Key, Seen, Watch};
use kervan_settling::{Settled, Settler};

use crate::note::Note;
use crate::shop::{Shop, Trouble};
use crate::store::{Change, Installments, Stored, Transaction};
use crate::watching::{Answered, PLAN};
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
    fn end(&self, shop: &Arc<Shop>, entry: &Entry, _: Option<&ActivatedOrder>) -> Option<Change> {
        let (own, activation) = (entry.key.own.clone(), self.clone());
        let shop = Arc::clone(shop);
        let settled = if entry.state.is_done() {
            Settled::InState
        } else {
            Settled::NotDone
        };
        Some(Box::new(move |store| {
            let number = activation.order.as_str();
            let state = follow(&activation, &own, store, |state| {
                state.after(&activation, &settled)
            })?;
            match state {
                Some(OrderState::Activated(_)) => {
                    shop.ask_soon(store, &PLAN, &shop.plan_watch(number))
                }
                // The post was forged, and the genuine one is still to come.
                Some(OrderState::Open) => shop.wait_for_haso(store, number),
                _ => Ok(()),
            }
        }))
    }

    /// After the settling time the order is doubtful, so that the genuine post is not kept out by a forged one.
    /// The service is still asked.
    fn doubted(&self) -> Option<Change> {
        let activation = self.clone();
        Some(Box::new(move |store| {
            follow(&activation, "", store, |state| state.doubted(&activation))?;
            Ok(())
        }))
    }
}

/// Stores the state of an order after one of its activations was settled. Returns it where it is another one.
fn follow(
    activation: &ActivateOrder,
    own_key: &str,
    store: &Transaction<'_>,
    after: impl FnOnce(OrderState) -> OrderState,
) -> Stored<Option<OrderState>> {
    let number = activation.order.as_str();
    let Some(own) = Installments::to_change(store, number)? else {
        return Ok(None);
    };
    let state = after(own.state.clone());
    let write = match (&own.state, &state) {
        (before, after) if before == after => return Ok(None),
        (OrderState::Activated(_), _) => own.write.as_deref(),
        (_, OrderState::Activated(_)) => Some(own_key),
        (_, OrderState::Open) => None,
        _ => own.write.as_deref(),
    };
    Installments::set_state(store, number, &state, write)?;
    Ok(Some(state))
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
        self.read_plan(number).await
    }

    /// Reads the plan of an order that is active and not known to be paid, and waits for it as long as a page waits.
    ///
    /// # Errors
    ///
    /// [`Trouble`].
    pub(super) async fn read_plan(self: &Arc<Self>, number: &str) -> Result<(), Trouble> {
        let own = self.store.read(|store| Installments::find(store, number));
        let own = own.map_err(|error| Trouble::Before(Note::from(&error)))?;
        let is_active = |own: &Installments| matches!(own.state, OrderState::Activated(_));
        if own.is_some_and(|own| is_active(&own) && own.paid.is_none()) {
            self.ask_now(&PLAN, &self.plan_watch(number)).await?;
        }
        Ok(())
    }

    /// Asks the service for the plan of an order: only the service's own word counts as paid.
    pub(crate) async fn ask_for_plan(self: Arc<Self>, watch: Watch) -> Answered {
        let number = watch.subject;
        let own = match self.store.read(|store| Installments::find(store, &number)) {
            Ok(Some(own)) if own.paid.is_none() => own,
            Ok(_) => return (Seen::Over("paid".to_owned()), None),
            Err(_) => return (Seen::Nothing, None),
        };
        let OrderState::Activated(active) = &own.state else {
            return (Seen::Over("not_active".to_owned()), None);
        };
        let haso = &self.clients.haso;
        let plan = GetPlan::new(active.transaction().clone(), number.as_str().into());
        let plan = haso.call(&plan).await;
        let order = StoredOrder::open(number.as_str(), own.amount).state(own.state.clone());
        let paid = plan.map_err(|error| Note::from(&error)).and_then(|plan| {
            let paid = order.paid_by_plan(&plan, &haso.settings().quirks);
            paid.map_err(Note::from)
        });
        let seen = match &paid {
            Ok(_) => Seen::Over("paid".to_owned()),
            Err(_) => Seen::Nothing,
        };
        let change: Change = Box::new(move |store| match &paid {
            Ok(paid) => Installments::paid(store, &number, paid),
            Err(why) => Installments::noted(store, &number, why),
        });
        (seen, Some(change))
    }
}

/// Gives up an order whose page nobody has completed, as far as HASO has said: a card may pay it. A message that
/// comes later is still judged.
pub(crate) fn give_up_waiting(watch: Watch) -> Answered {
    let number = watch.subject;
    let change: Change = Box::new(move |store| {
        let why = Note::new(
            "HASO has not called for a day",
            "HASO bir gündür bildirim göndermedi",
        );
        Installments::failed(store, &number)?;
        Installments::noted(store, &number, &why)
    });
    (Seen::Over("no_callback".to_owned()), Some(change))
}
