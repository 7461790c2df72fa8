//! HASO: orders, payments and refunds.

mod orders;
mod payments;

use haso_bnpl::{Client, Settings, Signing};
use kervan_core::{Caller, Config, Host, Operation, Transport};
use kervan_sandbox::haso::{Effect, Haso, Status};
use kervan_sandbox::{Chance, Moment, Provider};

use crate::Write;
use crate::another;
use crate::writes::base;

pub(super) fn writes() -> Vec<Write> {
    [orders::writes(), payments::writes()].concat()
}

/// The customer of the demo world.
const CUSTOMER: &str = "5004";

/// A client over any network.
fn client(network: impl Transport, host: impl Host, config: Config) -> Caller<Settings> {
    let signing = Signing::new("demo-merchant-key", "demo-merchant-salt");
    let builder = Client::builder(base(), "1001").signing(signing);
    let client = builder.config(config).build_over(network, host);
    client.caller().clone()
}

/// Makes a call as another program of the same merchant does.
fn by_another<O: Operation<Settings = Settings>>(
    call: &O,
    world: &mut Haso,
    now: Moment,
    chance: &mut Chance,
) -> Vec<Effect> {
    let request = another::request(
        |network, host| client(network, host, Config::default()),
        call,
    );
    request.map_or_else(Vec::new, |request| world.handle(&request, now, chance).1)
}

/// An order of the customer: its number and HASO's.
struct Made {
    order: String,
    transaction: String,
}

/// Makes an order of the customer, which waits for its activation or is active.
fn made(world: &mut Haso, status: Status, now: Moment, chance: &mut Chance) -> Made {
    let known: Vec<String> = world.transactions().map(|one| one.code.clone()).collect();
    let create = orders::create();
    by_another(&create, world, now, chance);
    let new = world.transactions().find(|one| !known.contains(&one.code));
    let made = new.map(|one| Made {
        order: one.order.clone(),
        transaction: one.code.clone(),
    });
    let made = made.unwrap_or(Made {
        order: String::new(),
        transaction: String::new(),
    });
    if status == Status::Active {
        by_another(&orders::activate(&made), world, now, chance);
    }
    made
}
