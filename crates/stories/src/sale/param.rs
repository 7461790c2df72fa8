//! A sale over Param: 3D Pay or the 3D Model, the return, shares of sellers, approval, refund.

mod outside;
mod shop;
mod stored;
mod truth;

use kervan_core::{Config, Host, Transport};
use kervan_sandbox::param::{Effect, Param, Payment, Verdict};
use kervan_sandbox::{Chance, Kurus, Moment};
use kervan_settling::Settler;
use kervan_testing::MovableHost;
use kervan_turkiye::Money;
use kervan_turkiye::time::istanbul_day_at;
use param_marketplace::payments::SummarizePayments;
use param_marketplace::{ReceivedAmount, Settings};

use super::job::Job;
use super::store::Store;
use super::{Breach, Judged, Outside, Sale};
use crate::network::Network;
use crate::{Account, clock};

use self::outside::Form;
use self::stored::{Refund, Stored};

/// The order of the sale.
const ORDER: &str = "KV-1";
/// A published test card.
const CARD: &str = "4546711234567894";
/// The sellers who share the payment.
const SELLERS: [&str; 2] = [
    "7f2b9c1e-0000-4000-8000-0000000000a1",
    "7f2b9c1e-0000-4000-8000-0000000000a2",
];
/// How often the shop begins at most.
const MOST: usize = 3;

/// The plan of a sale.
pub(super) struct ParamSale {
    total: Money,
    is_model: bool,
    has_sellers: bool,
    back: Back,
    /// The forms that customers' browsers have, oldest first.
    forms: Vec<Form>,
}

/// The money that goes back in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Back {
    Nothing,
    Part,
    Whole,
}

impl Sale for ParamSale {
    const NAME: &'static str = "param sale";
    const EVENTS: &'static [&'static str] = outside::EVENTS;
    const ENDING: &'static [usize] = &[0, 1];

    type World = Param;
    type Client = Settler<Settings>;
    type Stored = Stored;
    type Program<'a> = shop::Shop<'a>;

    #[expect(clippy::expect_used, reason = "the amount is a valid one")]
    fn draw(now: Moment, chance: &mut Chance) -> (Self, Param) {
        let mut world = Param::default();
        for seller in SELLERS {
            let values = [
                ("Tip", "1"),
                ("Ad_Soyad", "Deneme"),
                ("TC_VN", "10000000146"),
            ];
            world.seed_seller(seller, &values, now);
        }
        if chance.below(5) == 0 {
            world.set_bank(CARD, Verdict::Refuses(51));
        }
        // Nobody knows which of it is true.
        world.rules.starts_show_order = chance.below(2) == 0;
        world.rules.part_changes_state = chance.below(2) == 0;
        world.rules.whole_clears_shares = chance.below(2) == 0;
        let kurus = 4_000 + i64::try_from(chance.below(90_000)).unwrap_or(0);
        let sale = Self {
            total: Money::from_kurus(kurus).expect("an amount"),
            is_model: chance.below(2) == 0,
            has_sellers: chance.below(3) > 0,
            back: [Back::Nothing, Back::Part, Back::Whole]
                [usize::try_from(chance.below(3)).unwrap_or(0)],
            forms: Vec::new(),
        };
        (sale, world)
    }

    fn client(&self, network: Network<Param>, host: MovableHost) -> Settler<Settings> {
        client(network, host)
    }

    fn happens(&mut self, which: usize, outside: &mut Outside<'_, Self>) -> Option<Vec<Effect>> {
        outside::happens(self, which, outside)
    }

    fn program<'a>(
        &'a self,
        client: &'a Settler<Settings>,
        store: &'a Store<Stored>,
    ) -> shop::Shop<'a> {
        shop::Shop {
            sale: self,
            client,
            store,
        }
    }

    fn judged(&self, stored: &Stored, world: &Param, effects: &[Effect]) -> Vec<Judged> {
        truth::judged(stored, world, effects)
    }

    fn check(&self, stored: &Stored, world: &Param) -> Result<(), Breach> {
        truth::check(stored, world)
    }

    fn check_end(&self, stored: &Stored, world: &Param, is_twice: bool) -> Result<(), Breach> {
        truth::check_end(stored, world, is_twice)
    }

    async fn reported(&self, client: &Settler<Settings>, _: &Stored) -> Option<String> {
        let now = client.host().now();
        let from = clock::today().and_hms_opt(0, 0, 0)?;
        let to = istanbul_day_at(now).and_hms_opt(23, 59, 59)?;
        let sums = client.call(&SummarizePayments::between(from, to)).await;
        let rows = sums.ok()?.value.rows;
        let sum = |amount: fn(
            &param_marketplace::payments::PaymentSummary,
        ) -> &Option<ReceivedAmount>| {
            let amounts = rows.iter().map(|row| {
                let amount = amount(row).as_ref().and_then(ReceivedAmount::money);
                amount.map(kurus)
            });
            amounts.sum::<Option<Kurus>>()
        };
        let paid = sum(|row| &row.paid)?;
        let back = sum(|row| &row.cancelled)? + sum(|row| &row.refunded)?;
        Some(format!("{} taken, {} given back", paid.0, back.0))
    }

    fn truth_of_reports(&self, _: &Stored, world: &Param) -> Option<String> {
        let charged = world.payments().iter().filter(|one| one.is_charged());
        let taken: Kurus = charged.clone().map(|one| one.amount).sum();
        let back: Kurus = charged.map(Payment::returned).sum();
        Some(format!("{} taken, {} given back", taken.0, back.0))
    }

    fn reached(&self, stored: &Stored) -> Vec<&'static str> {
        let is_shared = stored.shares.iter().all(|share| share.job.is_done());
        let points = [
            ("paid", stored.paid().is_some()),
            ("shared", is_shared && !stored.shares.is_empty()),
            (
                "approved",
                stored.approval.as_ref().is_some_and(Job::is_done),
            ),
            (
                "given back",
                stored.back.as_ref().is_some_and(Refund::is_done),
            ),
        ];
        let reached = points.into_iter().filter(|(_, is_reached)| *is_reached);
        reached.map(|(point, _)| point).collect()
    }
}

fn client(network: impl Transport, host: impl Host) -> Settler<Settings> {
    Param::client(network, host, Config::default())
}

fn kurus(money: Money) -> Kurus {
    Kurus(money.kurus())
}
