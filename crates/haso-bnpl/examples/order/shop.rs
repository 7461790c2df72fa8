//! The shop: its one order, and the handlers of posts.

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use haso_bnpl::callbacks::{
    CallbackAnswer, ConfirmedOrder, DeliveryKey, Mismatch, OrderCallback, OrderFail, OrderOk,
    OrderState, PaidOrder, StoredOrder,
};
use haso_bnpl::{
    ActivateOrder, Attempt, Client, CommonFields, DeliveryAddress, GetPlan, Item, Money, Outcome,
    ResultUrls, Settled, Shopper, StartOrder,
};
use tokio::sync::Notify;

use crate::http::{Answer, Request};

pub(crate) const NUMBER: &str = "1905231436-1";

fn amount() -> Money {
    Money::from_kurus(50_000).unwrap_or_default()
}

/// Creates the order as it is sent. Each address holds a part that cannot be guessed.
pub(crate) fn order(origin: &str) -> StartOrder {
    let url = |name| format!("{origin}/shop/{name}?k=7f3a9c");
    let shopper = Shopper::new()
        .name("Nilüfer")
        .surname("Örnek")
        .mobile("5536616020")
        .email("nilufer@example.com")
        .identity_number("10000000146");
    StartOrder::new(
        NUMBER,
        amount(),
        ResultUrls::new(url("callback"))
            .ok(url("ok"))
            .fail(url("fail")),
        shopper,
    )
    .address(
        DeliveryAddress::new("Nilüfer Örnek")
            .detail("Deneme Mah. 1")
            .town("NİLÜFER")
            .city("BURSA"),
    )
    .item(Item::new("SKU-1", 2, Money::from_kurus(25_000).unwrap_or_default()).name("Lamba"))
    .common(CommonFields::new().ip_address("203.0.113.7"))
}

/// The contents of the shop's database.
#[derive(Default)]
struct Stored {
    state: Option<OrderState>,
    paid: Option<PaidOrder>,
    /// The latest try to activate the order.
    attempt: Option<Attempt>,
    /// The keys of the posts that were stored.
    posts: BTreeSet<DeliveryKey>,
}

pub(crate) struct Shop {
    pub(crate) client: Client,
    stored: Mutex<Stored>,
    paid: Notify,
}

impl Shop {
    pub(crate) fn new(client: Client) -> Self {
        Self {
            client,
            stored: Mutex::default(),
            paid: Notify::new(),
        }
    }

    fn stored(&self) -> MutexGuard<'_, Stored> {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn paid(&self) -> Option<PaidOrder> {
        self.stored().paid.clone()
    }

    pub(crate) async fn is_paid(&self) {
        self.paid.notified().await;
    }

    /// Returns the shop's own order, as the database has it.
    fn order(&self) -> StoredOrder {
        let state = self.stored().state.clone().unwrap_or(OrderState::Open);
        StoredOrder::open(NUMBER, amount()).state(state)
    }

    /// Handles the browser's return: activates at once, and shows the customer a page.
    pub(crate) async fn ok(&self, request: &Request) -> Answer {
        let post = match OrderOk::read(&request.delivery(self.client.host().now())) {
            Ok(post) => post,
            Err(error) => return Answer::text(400, &error.to_string()),
        };
        self.stored().posts.insert(post.key().clone());
        self.settle().await;
        let confirmed = post.confirm(&self.order(), &self.client.settings().quirks);
        match self.finish(confirmed).await {
            Ok(text) => Answer::text(200, &text),
            Err(text) => Answer::text(409, &text),
        }
    }

    /// Handles a callback of HASO: stores it first, then answers. A repeat gets the same answer.
    pub(crate) async fn callback(&self, request: &Request) -> Answer {
        let post = match OrderCallback::read(&request.delivery(self.client.host().now())) {
            Ok(post) => post,
            Err(error) => return given(CallbackAnswer::to_unreadable(&error)),
        };
        self.stored().posts.insert(post.key().clone());
        self.settle().await;
        match post.confirm(&self.order(), &self.client.settings().quirks) {
            Err(mismatch) => {
                if mismatch.needs_a_look() {
                    println!("somebody should look: {mismatch}");
                }
                given(mismatch.answer())
            }
            // Not activated: HASO calls back again, and then this is tried again.
            confirmed => match self.finish(confirmed).await {
                Ok(_) => given(CallbackAnswer::RECEIVED),
                Err(_) => given(CallbackAnswer::TRY_AGAIN),
            },
        }
    }

    pub(crate) fn fail(&self, request: &Request) -> Answer {
        match OrderFail::read(&request.delivery(self.client.host().now())) {
            Ok(post) => {
                self.stored().posts.insert(post.key().clone());
                Answer::text(200, "The order was not paid.")
            }
            Err(error) => Answer::text(400, &error.to_string()),
        }
    }

    /// Activates a confirmed order and reads its plan from the service.
    async fn finish(&self, confirmed: Result<ConfirmedOrder, Mismatch>) -> Result<String, String> {
        let confirmed = confirmed.map_err(|mismatch| mismatch.to_string())?;
        let activation = confirmed.activation();
        self.activate(&confirmed).await?;
        let request = GetPlan::new(activation.transaction, activation.order);
        let plan = self.client.call(&request).await;
        let plan = plan.map_err(|error| error.to_string())?;
        let paid = confirmed.paid_by_plan(&plan, &self.client.settings().quirks);
        Ok(self.keep_paid(paid.map_err(|mismatch| mismatch.to_string())?))
    }

    fn keep_paid(&self, paid: PaidOrder) -> String {
        let text = format!("order {} is paid", paid.order());
        self.stored().paid = Some(paid);
        self.paid.notify_one();
        text
    }

    /// Finds out what became of an activation that was begun, before the next post is confirmed. Anybody
    /// could have posted the number in it, so it must not keep the order from its own post for ever.
    async fn settle(&self) {
        let attempt = self.stored().attempt.clone();
        let (Some(begun), Some(attempt)) = (self.order().begun(), attempt) else {
            return;
        };
        let settled = self.client.settle(&begun, &attempt).await;
        self.change(|state| state.after(&begun, &settled));
        // It is active, and only lacks its plan; or an earlier activation shows late.
        for question in self.order().plan_questions() {
            let Ok(plan) = self.client.call(&question).await else {
                continue;
            };
            let quirks = &self.client.settings().quirks;
            if let Ok(paid) = self.order().paid_by_plan(&plan, quirks) {
                let shown =
                    ActivateOrder::without_post(paid.order().clone(), paid.transaction().clone());
                self.change(|state| state.after(&shown, &Settled::InState));
                self.keep_paid(paid);
                return;
            }
        }
    }

    fn change(&self, change: impl FnOnce(OrderState) -> OrderState) {
        let state = change(self.order().state);
        self.stored().state = Some(state);
    }

    /// Activates an order. The attempt is kept before it is sent, so that after a crash the order that
    /// is being activated is settled first; one that is active only lacks its plan
    /// (`StoredOrder::paid_by_plan`).
    async fn activate(&self, confirmed: &ConfirmedOrder) -> Result<(), String> {
        let activation = confirmed.activation();
        if matches!(self.order().state, OrderState::Activating(_)) {
            return Err("it is not known yet whether the order is active".to_owned());
        }
        let prepared = self.client.prepare(&activation).await;
        let attempt = prepared.map_err(|error| error.to_string())?;
        self.stored().attempt = Some(attempt.clone());
        self.stored().state = Some(confirmed.activating());
        if let Err(failed) = self.client.send(&activation, &attempt).await {
            // It did not happen: the next callback begins anew.
            if failed.outcome() == Outcome::NotDone {
                self.change(|state| state.after(&activation, &Settled::NotDone));
            }
            return Err(failed.to_string());
        }
        self.change(|state| state.after(&activation, &Settled::InState));
        Ok(())
    }
}

fn given(answer: CallbackAnswer) -> Answer {
    Answer::text(answer.status, answer.body)
}
