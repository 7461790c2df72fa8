//! HASO: orders, payments, refunds, customers and limits.
//!
//! Of the starts, `GetLimit-json` and `HasoAuthSendInfo` have stories. `Transaction`,
//! `TransactionMobile` and `GetLimit` are forms for the customer's browser: even where the shop's server
//! posts them, the client hands on whatever page comes back, and claims nothing of it.

mod blind;
mod limits;
mod orders;
mod payments;
mod refunds;

use haso_bnpl::{Client, MerchantKey, MerchantSalt, Settings, Signing};
use kervan_core::{Config, Host, Transport};
use kervan_sandbox::haso::{Customer, Haso, Status};
use kervan_sandbox::{Chance, Moment};
use kervan_settling::Settler;
use kervan_turkiye::Money;

use crate::another::by_another;
use crate::writes::base;
use crate::{Account, Write};

pub(super) fn writes() -> Vec<Write> {
    [
        orders::writes(),
        payments::writes(),
        refunds::writes(),
        limits::writes(),
        blind::writes(),
    ]
    .concat()
}

/// The customer of the demo world, and another one.
const CUSTOMERS: [&str; 2] = ["5004", "5005"];
/// Their identity numbers.
const IDENTITIES: [&str; 2] = ["10000000146", "10000000214"];
/// Their mobile numbers.
const PHONES: [&str; 2] = ["5550000000", "5550000001"];

impl Account for Haso {
    type Settings = Settings;

    fn client(network: impl Transport, host: impl Host, config: Config) -> Settler<Settings> {
        Settler::clone(&client(network, host, config))
    }
}

/// Builds a client of the demo world's merchant.
pub(crate) fn client(network: impl Transport, host: impl Host, config: Config) -> Client {
    let signing = Signing::new(
        MerchantKey::new("demo-merchant-key"),
        MerchantSalt::new("demo-merchant-salt"),
    );
    let builder = Client::builder(base(), "1001").signing(signing);
    builder.config(config).build_over(network, host)
}

/// Returns the demo world with another customer.
fn world() -> Haso {
    let mut world = Haso::demo();
    let mut another = Customer::new(CUSTOMERS[1]);
    another.limit = world.customer(CUSTOMERS[0]).and_then(|one| one.limit);
    IDENTITIES[1].clone_into(&mut another.tckn);
    PHONES[1].clone_into(&mut another.mobile);
    world.add_customer(another);
    world
}

/// An order of the customer: its number and HASO's.
struct Made {
    order: String,
    transaction: String,
}

/// Makes an order of the customer, which waits for its activation or is active.
fn made(world: &mut Haso, status: Status, now: Moment, chance: &mut Chance) -> Made {
    let known: Vec<String> = world.transactions().map(|one| one.code.clone()).collect();
    by_another(&orders::create(), world, now, chance);
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

#[expect(clippy::expect_used, reason = "the amount is a valid one")]
fn money(text: &str) -> Money {
    text.parse().expect("an amount")
}
