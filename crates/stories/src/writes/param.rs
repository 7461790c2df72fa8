//! Param: the marketplace, refunds and stored cards.

mod cards;
mod orders;
mod payments;
mod sellers;

use kervan_core::{Caller, Config, Host, Money, Operation, Transport};
use kervan_sandbox::param::{Effect, Param};
use kervan_sandbox::{Chance, Kurus, Moment, Provider};
use param_marketplace::{Client, Credentials, Environment, Settings};

use crate::Write;
use crate::another;

pub(super) fn writes() -> Vec<Write> {
    [
        orders::writes(),
        payments::writes(),
        sellers::writes(),
        cards::writes(),
    ]
    .concat()
}

/// The key of the published test account.
const KEY: &str = "0c13d406-873b-403b-9c09-a5766840d98c";
/// A payment of the day before.
const PAYMENT: i64 = 6_000_000_001;
/// Its order number.
const ORDER: &str = "KV-2001";

/// A client over any network.
#[expect(clippy::expect_used, reason = "the address is a valid one")]
pub(super) fn client(network: impl Transport, host: impl Host, config: Config) -> Caller<Settings> {
    let environment = Environment::Test;
    let credentials = Credentials::published_test_account();
    let builder = Client::builder(&environment, credentials, KEY, KEY).expect("an address");
    let client = builder.config(config).build_over(network, host);
    client.caller().clone()
}

/// Makes a call as another program of the same account does.
fn by_another<O: Operation<Settings = Settings>>(
    call: &O,
    world: &mut Param,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let request = another::request(
        |network, host| client(network, host, Config::default()),
        call,
    );
    request.map_or_else(Vec::new, |request| world.handle(&request, now, chance).1)
}

/// An amount of whole lira.
fn lira(amount: i64) -> Kurus {
    Kurus(amount * 100)
}

#[expect(clippy::expect_used, reason = "the amount is a valid one")]
fn money(amount: Kurus) -> Money {
    Money::from_kurus(amount.0).expect("an amount")
}

/// The day before.
fn yesterday(now: Moment) -> Moment {
    now.plus(-86_400_000)
}

/// A key in capitals, as some shops keep it, or as it is.
fn any_case(key: &str, chance: &mut Chance) -> String {
    if chance.below(2) == 0 {
        key.to_uppercase()
    } else {
        key.to_owned()
    }
}
