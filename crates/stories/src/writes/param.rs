//! Param: the marketplace, payments, refunds and stored cards.

mod cards;
mod checks;
mod orders;
mod payments;
mod refunds;
mod reservations;
mod second_steps;
mod sellers;
mod ways;

use std::net::{IpAddr, Ipv4Addr};

use kervan_core::{Config, Host, Operation, Transport};
use kervan_sandbox::param::{Customer, Effect, Param};
use kervan_sandbox::{Chance, Kurus, Moment};
use kervan_settling::Settler;
use kervan_turkiye::Money;
use param_marketplace::payments::{Card, CompletePayment, ReturnUrls, Sale};
use param_marketplace::{Client, Credentials, Environment, MarketplaceKey, MerchantKey, Settings};

use crate::another::by_another;
use crate::{Account, Write};

pub(super) fn writes() -> Vec<Write> {
    [
        sellers::writes(),
        orders::writes(),
        payments::writes(),
        second_steps::writes(),
        reservations::writes(),
        refunds::writes(),
        cards::writes(),
        checks::writes(),
    ]
    .concat()
}

/// The key of the published test account.
const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";
/// A payment of the day before.
const PAYMENT: i64 = 6_000_000_001;
/// Its order number.
const ORDER: &str = "KV-2001";
/// The order number of another payment.
const OTHER_ORDER: &str = "KV-2002";
/// Published test cards.
const CARDS: [&str; 2] = ["4546711234567894", "4022774022774026"];
/// The shop's key of the customer of stored cards.
const OWNER: &str = "customer-42";

impl Account for Param {
    type Settings = Settings;

    #[expect(clippy::expect_used, reason = "the address is a valid one")]
    fn client(network: impl Transport, host: impl Host, config: Config) -> Settler<Settings> {
        let environment = Environment::Test;
        let credentials = Credentials::published_test_account();
        let (marketplace, merchant) = (MarketplaceKey::new(KEY), MerchantKey::new(KEY));
        let builder =
            Client::builder(&environment, credentials, marketplace, merchant).expect("an address");
        let client = builder.config(config).build_over(network, host);
        Settler::clone(&client)
    }
}

/// Returns an amount of whole lira.
fn lira(amount: i64) -> Kurus {
    Kurus(amount * 100)
}

#[expect(clippy::expect_used, reason = "the amount is a valid one")]
fn money(amount: Kurus) -> Money {
    Money::from_kurus(amount.0).expect("an amount")
}

/// Returns the day before.
fn yesterday(now: Moment) -> Moment {
    now.plus(-86_400_000)
}

/// Before, on the same day.
fn an_hour_ago(now: Moment) -> Moment {
    now.plus(-3_600_000)
}

/// Compares keys as the provider does.
fn same_key(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Returns a key in capitals, as some shops keep it, or as it is.
fn any_case(key: &str, chance: &mut Chance) -> String {
    if chance.below(2) == 0 {
        key.to_uppercase()
    } else {
        key.to_owned()
    }
}

/// Returns the published test card.
fn card() -> Card {
    Card::new(CARDS[0])
        .holder("Deneme")
        .month("12")
        .year("2031")
        .code("000")
}

/// Returns a sale of ten lira.
fn sale(order: &str, key: &str) -> Sale {
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    let urls = ReturnUrls::after_success("https://shop.example/paid")
        .after_failure("https://shop.example/failed");
    let sale = Sale::new(order.into(), key.into(), money(lira(10)), urls, customer);
    sale.phone("5550000001").described("Deneme")
}

/// Pays as another program of the same account does, to the end: the customer proves to be the card's
/// owner, and the second step follows where there is one.
fn paid_by_another<O: Operation<Service = Settings>>(
    call: &O,
    world: &mut Param,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let mut effects = by_another(call, world, now, chance);
    let Some(Effect::Started { payment, .. }) = effects.first() else {
        return effects;
    };
    let session = world
        .payment(*payment)
        .map(|payment| payment.session.clone());
    let session = session.unwrap_or_default();
    let Some((form, more)) = world.customer(&session, Customer::Proves, now, chance) else {
        return effects;
    };
    effects.extend(more);
    if !form.get("md").is_empty() {
        let step = CompletePayment::new(form.get("md").into(), session, form.get("orderId").into());
        effects.extend(by_another(&step, world, now, chance));
    }
    effects
}
