//! The shop's program: it makes forms, takes posts, activates, and gives back.

use std::collections::BTreeSet;

use haso_bnpl::callbacks::{
    ConfirmedOrder, Mismatch, OrderCallback, OrderFail, OrderOk, OrderState, StoredOrder,
};
use haso_bnpl::{Client, GetPlan, Item, Refund, ResultUrls, Settled, Shopper, StartOrder};

use super::{HasoSale, MOST, Order, Stored};
use crate::sale::job::{Change, Job};
use crate::sale::store::Store;
use crate::sale::{Arrival, Program, Taken};

pub(in crate::sale) struct Shop<'a> {
    pub(super) sale: &'a HasoSale,
    pub(super) client: &'a Client,
    pub(super) store: &'a Store<Stored>,
}

impl Program for Shop<'_> {
    /// Goes on by one step.
    async fn go_on(&self, choice: u8) {
        let stored = self.store.read();
        for (at, order) in stored.orders.iter().enumerate() {
            match &order.activation {
                Some(activation) if !activation.is_settled() => self.activate(at).await,
                Some(_) if order.paid.is_none() => return self.read_plan(at).await,
                // It may be active all the same, or its post was not HASO's.
                None if order.paid.is_none() => self.read_plan(at).await,
                _ => {}
            }
        }
        if stored.paid().is_some() {
            return self.give_back(&stored).await;
        }
        // The customer clicks on "pay", for the first time or once more.
        let is_wanted = stored.orders.last().is_none_or(|last| last.is_given_up) || choice == 4;
        if is_wanted && stored.orders.len() < MOST {
            self.begin(stored.orders.len()).await;
        }
    }

    /// Takes a post to one of the three addresses.
    async fn take(&self, post: &Arrival) -> Taken {
        let quirks = &self.client.settings().quirks;
        let delivery = &post.delivery;
        if post.kind == "fail" {
            return self.take_failure(post);
        }
        // An activation that was begun may be that of a forged post, so it is settled before the next one.
        for (at, order) in self.store.read().orders.iter().enumerate() {
            if order
                .activation
                .as_ref()
                .is_some_and(|job| !job.is_settled())
            {
                self.activate(at).await;
            }
        }
        let stored = self.store.read();
        // The post names its order only when it is confirmed against it.
        let is_callback = post.kind == "callback";
        let mut last = Mismatch::Order;
        for (at, order) in stored.orders.iter().enumerate().rev() {
            let own = self.order(order);
            let (key, confirmed) = if is_callback {
                let Ok(callback) = OrderCallback::read(delivery) else {
                    return Taken::Refused;
                };
                (callback.key().clone(), callback.confirm(&own, quirks))
            } else {
                let Ok(ok) = OrderOk::read(delivery) else {
                    return Taken::Refused;
                };
                (ok.key().clone(), ok.confirm(&own, quirks))
            };
            match confirmed {
                Ok(confirmed) => {
                    self.store.change(|stored| {
                        stored.orders[at].posts.insert(key);
                    });
                    return self.confirmed(at, &confirmed).await;
                }
                Err(Mismatch::Order) => {}
                Err(mismatch) => last = mismatch,
            }
        }
        if last.answer().status == 200 {
            Taken::Received
        } else {
            Taken::Refused
        }
    }
}

impl Shop<'_> {
    async fn begin(&self, at: usize) {
        let number = format!("KV-1-{}", at + 1);
        // Each try has a number of its own, stored before anybody can pay under it.
        self.store.change(|stored| {
            stored.orders.push(Order {
                number: number.clone(),
                state: OrderState::Open,
                activation: None,
                posts: BTreeSet::new(),
                paid: None,
                deliveries: 0,
                is_given_up: false,
            });
        });
        let url = |name| format!("https://shop.example/haso/{name}?k=7f3a9c51");
        let urls = ResultUrls::new(url("callback"))
            .ok(url("ok"))
            .fail(url("fail"));
        let shopper = Shopper::new()
            .name("Nilüfer")
            .surname("Örnek")
            .mobile("5550000000")
            .email("deneme@example.com")
            .identity_number("10000000146");
        let item = Item::new("SKU-1", 1, self.sale.total).name("Lamba");
        let order = StartOrder::new(number, self.sale.total, urls, shopper).item(item);
        if let Ok(form) = self.client.order_form(&order).await {
            let fields = form.fields();
            let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
            let shown = (form.action().to_owned(), fields.collect());
            self.sale.form.replace(Some(shown));
        } else {
            // Nothing was shown, so the customer clicks again.
            self.store
                .change(|stored| stored.orders[at].is_given_up = true);
        }
    }

    /// Returns the shop's own order, by its place.
    fn order(&self, order: &Order) -> StoredOrder {
        let number = order.number.as_str();
        StoredOrder::open(number, self.sale.total).state(order.state.clone())
    }

    fn take_failure(&self, post: &Arrival) -> Taken {
        let Ok(failure) = OrderFail::read(&post.delivery) else {
            return Taken::Refused;
        };
        let Some(number) = failure.claim().failed().order.clone() else {
            return Taken::Refused;
        };
        // Anybody can post this: the customer may begin anew, and nothing else follows.
        self.store.change(|stored| {
            let own = |order: &&mut Order| order.number == number.as_str();
            let own = stored.orders.iter_mut().find(own);
            if let Some(order) = own {
                order.is_given_up = true;
            }
        });
        Taken::Received
    }

    /// Activates the order of a confirmed post, and delivers when the service calls it paid.
    async fn confirmed(&self, at: usize, confirmed: &ConfirmedOrder) -> Taken {
        let activation = confirmed.activation();
        self.store.change(|stored| {
            let order = &mut stored.orders[at];
            if order.activation.is_none() {
                order.state = confirmed.activating();
                order.activation = Some(Job::new(activation.clone()));
            }
        });
        self.activate(at).await;
        let order = &self.store.read().orders[at];
        if !order.activation.as_ref().is_some_and(Job::is_done) {
            return Taken::Refused;
        }
        let plan = GetPlan::new(activation.transaction, activation.order);
        let Ok(plan) = self.client.call(&plan).await else {
            return Taken::Refused;
        };
        match confirmed.paid_by_plan(&plan, &self.client.settings().quirks) {
            Ok(paid) => {
                self.deliver(at, paid);
                Taken::Believed
            }
            Err(_) => Taken::Refused,
        }
    }

    /// Sends the activation, or finds out what became of it.
    async fn activate(&self, at: usize) {
        let stored = self.store.read();
        let Some(activation) = &stored.orders[at].activation else {
            return;
        };
        let keep = |change: Change<'_, _>| {
            self.store.change(|stored| {
                let order = &mut stored.orders[at];
                let Some(activation) = &mut order.activation else {
                    return;
                };
                activation.keep(&change);
                if let Change::Open(settled) = change {
                    order.state = order.state.clone().after(&activation.write, settled);
                }
                let after =
                    |state: &OrderState, settled| state.clone().after(&activation.write, settled);
                if matches!(order.state, OrderState::Doubtful(_)) {
                    // The next post begins one of its own.
                    order.activation = None;
                } else if activation.is_done() {
                    order.state = after(&order.state, &Settled::InState);
                } else if activation.is_settled() {
                    // HASO does not know it, so the post was not HASO's.
                    order.state = after(&order.state, &Settled::NotDone);
                    order.activation = None;
                }
            });
        };
        activation.go_on(self.client, keep).await;
    }

    /// Reads the plans of an order whose activation was begun, where no post is at hand any more.
    async fn read_plan(&self, at: usize) {
        let stored = self.store.read();
        let order = self.order(&stored.orders[at]);
        let quirks = &self.client.settings().quirks;
        for question in order.plan_questions() {
            let Ok(plan) = self.client.call(&question).await else {
                continue;
            };
            if let Ok(paid) = order.paid_by_plan(&plan, quirks) {
                return self.deliver(at, paid);
            }
        }
    }

    fn deliver(&self, at: usize, paid: haso_bnpl::PaidOrder) {
        self.store.change(|stored| {
            let order = &mut stored.orders[at];
            order.paid = Some(paid);
            order.deliveries += 1;
        });
    }

    async fn give_back(&self, stored: &Stored) {
        let Some(paid) = stored.paid() else {
            return;
        };
        match (&stored.refund, self.sale.back) {
            (None, Some(extent)) => {
                let (transaction, order) = (paid.transaction().clone(), paid.order().clone());
                let refund = Refund::new("R-1".into(), transaction, order, extent);
                self.store
                    .change(|stored| stored.refund = Some(Job::new(refund)));
            }
            (Some(refund), _) => {
                let keep = |change: Change<'_, _>| {
                    self.store.change(|stored| {
                        stored.refund.iter_mut().for_each(|job| job.keep(&change));
                    });
                };
                refund.go_on(self.client, keep).await;
            }
            (None, None) => {}
        }
    }
}
