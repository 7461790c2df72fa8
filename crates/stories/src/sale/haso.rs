//! A sale over HASO: the order in the browser, posts, activation, plan, refund.

mod outside;
mod shop;

use std::cell::RefCell;
use std::collections::BTreeSet;

use haso_bnpl::callbacks::{DeliveryKey, OrderState};
use haso_bnpl::{ActivateOrder, Client, GetPlan, PaidOrder, Refund};
use kervan_core::Config;
use kervan_sandbox::haso::{Completion, Effect, Haso};
use kervan_sandbox::{Chance, Moment};
use kervan_testing::MovableHost;
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::job::Job;
use super::store::Store;
use super::{Breach, Judged, Outside, Sale};
use crate::network::Network;
use crate::told::{Claim, Rule};
use crate::writes::haso::client;

use self::outside::{Browsed, Form};

/// How many orders the customer begins at most.
const MOST: usize = 3;

/// The plan of a sale.
pub(super) struct HasoSale {
    total: Money,
    /// How much goes back in the end.
    back: Option<haso_bnpl::Extent>,
    /// The form in the customer's browser, before it is posted.
    form: RefCell<Option<Form>>,
    /// The posts that HASO and browsers have sent, or will send.
    browsed: Vec<Browsed>,
}

/// The knowledge of a shop about its sale, as it stores it.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Stored {
    /// One for each try of the customer, oldest first.
    orders: Vec<Order>,
    refund: Option<Job<Refund>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Order {
    number: String,
    state: OrderState,
    activation: Option<Job<ActivateOrder>>,
    /// The posts that were stored.
    posts: BTreeSet<DeliveryKey>,
    paid: Option<PaidOrder>,
    /// How often the goods were delivered.
    deliveries: u32,
    /// A browser has said that it failed.
    is_given_up: bool,
}

impl Stored {
    fn paid(&self) -> Option<&PaidOrder> {
        self.orders.iter().find_map(|order| order.paid.as_ref())
    }
}

impl Sale for HasoSale {
    const NAME: &'static str = "haso sale";
    const EVENTS: &'static [&'static str] = outside::EVENTS;
    const ENDING: &'static [usize] = &[0, 1, 2];
    /// All that is known of the answers to a refund and to its check is the refund's number.
    const IS_ANSWERED_ALIKE: bool = true;

    type World = Haso;
    type Client = Client;
    type Stored = Stored;
    type Program<'a> = shop::Shop<'a>;

    #[expect(clippy::expect_used, reason = "the amount is a valid one")]
    fn draw(_: Moment, chance: &mut Chance) -> (Self, Haso) {
        let mut world = Haso::demo();
        world.settings_mut().completion = Completion::ByHand;
        // A plan before the activation would be taken for its proof; the client lists that as not verified.
        let kurus = 10_000 + i64::try_from(chance.below(90_000)).unwrap_or(0);
        let money = |kurus| Money::from_kurus(kurus).expect("an amount");
        let total = money(kurus);
        let sale = Self {
            total,
            back: match chance.below(3) {
                0 => None,
                1 => Some(haso_bnpl::Extent::Part(money(2_500))),
                _ => Some(haso_bnpl::Extent::Whole(total)),
            },
            form: RefCell::default(),
            browsed: Vec::new(),
        };
        (sale, world)
    }

    fn client(&self, network: Network<Haso>, host: MovableHost) -> Client {
        client(network, host, Config::default())
    }

    fn happens(&mut self, which: usize, outside: &mut Outside<'_, Self>) -> Option<Vec<Effect>> {
        outside::happens(self, which, outside)
    }

    fn program<'a>(&'a self, client: &'a Client, store: &'a Store<Stored>) -> shop::Shop<'a> {
        shop::Shop {
            sale: self,
            client,
            store,
        }
    }

    fn judged(&self, stored: &Stored, world: &Haso, effects: &[Effect]) -> Vec<Judged> {
        let count =
            |is_it: &dyn Fn(&Effect) -> bool| effects.iter().filter(|effect| is_it(effect)).count();
        let mut judged = Vec::new();
        for order in &stored.orders {
            let number = &order.number;
            let Some(activation) = &order.activation else {
                continue;
            };
            let code = activation.write.transaction.as_str();
            judged.push(Judged {
                name: format!("the activation of {number} as {code}"),
                claim: activation.claim.unwrap_or(Claim::Open),
                effects: count(&|effect| {
                    matches!(effect, Effect::Activated { transaction, .. } if transaction == code)
                }),
                is_wanted: world.is_active(number),
                is_repeated_well: true,
            });
        }
        if let Some(refund) = &stored.refund {
            let own = refund.write.refund.as_str();
            judged.push(Judged {
                name: format!("the refund {own}"),
                claim: refund.claim.unwrap_or(Claim::Open),
                effects: count(
                    &|effect| matches!(effect, Effect::Refunded { refund, .. } if refund == own),
                ),
                is_wanted: world.refunds().any(|refund| refund.id == own),
                is_repeated_well: false,
            });
        }
        judged
    }

    fn check(&self, stored: &Stored, world: &Haso) -> Result<(), Breach> {
        for order in &stored.orders {
            let number = &order.number;
            if order.deliveries > 1 {
                let detail = format!("{number} was delivered {} times", order.deliveries);
                return Err((Rule::OneEffect, detail));
            }
            let Some(paid) = &order.paid else {
                continue;
            };
            let truth = world
                .transaction_of(number)
                .filter(|_| world.is_active(number));
            let Some(truth) = truth else {
                return Err((
                    Rule::Done,
                    format!("{number} is said to be paid, and is not"),
                ));
            };
            let said = (paid.transaction().as_str(), paid.amount().to_decimal());
            let is = (truth.code.as_str(), truth.amount);
            if said != is {
                return Err((Rule::Money, format!("{number}: said {said:?}, is {is:?}")));
            }
        }
        for order in world.transactions() {
            let back = world.refunded(&order.order);
            if back > order.amount {
                let detail = format!("{}: {back} of {} went back", order.order, order.amount);
                return Err((Rule::Money, detail));
            }
        }
        Ok(())
    }

    fn check_end(&self, stored: &Stored, world: &Haso, _: bool) -> Result<(), Breach> {
        for truth in world
            .transactions()
            .filter(|one| world.is_active(&one.order))
        {
            let known = stored.orders.iter().find(|one| one.number == truth.order);
            if known.is_none_or(|one| one.paid.is_none() || one.deliveries != 1) {
                let detail = format!("{} is active, and the shop does not know", truth.order);
                return Err((Rule::Known, detail));
            }
        }
        let is_open = |job: &Job<Refund>| !job.is_settled();
        if stored.refund.as_ref().is_some_and(is_open) {
            return Err((Rule::Open, "the refund is still open".to_owned()));
        }
        Ok(())
    }

    /// Asks for the plan of the paid order, whose installments a refund reduces.
    async fn reported(&self, client: &Client, stored: &Stored) -> Option<String> {
        let paid = stored.paid()?;
        let plan = GetPlan::new(paid.transaction().clone(), paid.order().clone());
        let plan = client.call(&plan).await.ok()?;
        Some(plan.plan.total.to_decimal().normalize().to_string())
    }

    fn truth_of_reports(&self, stored: &Stored, world: &Haso) -> Option<String> {
        let order = world.transaction_of(stored.paid()?.order().as_str())?;
        Some(order.total().normalize().to_string())
    }

    fn reached(&self, stored: &Stored) -> Vec<&'static str> {
        let is_refunded = stored.refund.as_ref().is_some_and(Job::is_done);
        let points = [
            ("paid", stored.paid().is_some()),
            ("given back", is_refunded),
        ];
        let reached = points.into_iter().filter(|(_, is_reached)| *is_reached);
        reached.map(|(point, _)| point).collect()
    }
}
