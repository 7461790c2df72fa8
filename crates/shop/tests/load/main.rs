//! A whole shop under load: programs on one database that are killed, providers whose answers get lost, customers who
//! click twice and leave. In the end nothing has happened twice, and what is not known is on the desk.
//!
//! Runs for a few seconds by itself; `cargo xtask ledger load` runs it for ten minutes, on PostgreSQL too.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a trial stops at the first surprise, prints its counts, and takes real time"
)]

mod counts;
mod customers;
#[expect(dead_code, reason = "the tests of a shop in this process use it")]
#[path = "../it/place_sqlite.rs"]
mod place;
mod programs;
#[expect(
    dead_code,
    unused_imports,
    reason = "the tests of a shop in this process use the rest"
)]
#[path = "../it/support.rs"]
mod support;

use std::sync::atomic::Ordering;
use std::thread;
use std::time::{Duration, Instant};

use kervan_sandbox::param::{Param, Rules, Step};
use kervan_sandbox::{Fault, Kurus, Plan, Sandbox};

use crate::counts::Counts;
use crate::customers::Customer;
use crate::programs::Programs;

/// The calls that a fault may meet, and their provider.
const CALLS: [(&str, &str); 9] = [
    ("param", "Pos_Odeme"),
    ("param", "TP_Islem_Sorgulama4"),
    ("param", "TP_Islem_Izleme"),
    ("param", "Pazaryeri_TP_Siparis_Detay_Ekle"),
    ("param", "Pazaryeri_TP_Siparis_Onay"),
    ("param", "Pazaryeri_TP_Islem_Sorgulama"),
    ("horoz", "createPaysSupplierShipping"),
    ("haso", "UpdateTransaction"),
    ("haso", "RefundTransaction"),
];

const FAULTS: [Fault; 6] = [
    Fault::AnswerLost,
    Fault::AnswerLost,
    Fault::RequestLost,
    Fault::Half,
    Fault::Page,
    Fault::Doubled,
];

fn setting(name: &str, otherwise: u64) -> u64 {
    let value = std::env::var(name).ok();
    value.map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn nothing_happens_twice_and_nothing_is_forgotten() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sandbox = runtime.block_on(Sandbox::start()).unwrap();
    let length = Duration::from_secs(setting("SHOP_LOAD_SECONDS", 4));
    let seed = setting("SHOP_LOAD_SEED", 1);
    let on_postgres = std::env::var("SHOP_LOAD_ON").is_ok_and(|on| on == "postgres");
    let Some(mut programs) = Programs::start(&sandbox, on_postgres) else {
        return;
    };
    // The one seller is a person, whom the service would limit soon.
    let mut rules = Rules::default();
    rules.individual_limit = Kurus(i64::MAX / 2);
    sandbox.step::<Param>(&Step::SetRules { rules }).unwrap();
    let counts = Counts::default();
    customers::open_shop(&programs);

    let begun = Instant::now();
    let is_over = || begun.elapsed() >= length;
    thread::scope(|scope| {
        for number in 0..setting("SHOP_LOAD_CUSTOMERS", 4) {
            let seed = seed * 1_000 + number;
            let mut customer = Customer::new(&sandbox, &programs, &counts, seed, begun + length);
            scope.spawn(move || {
                while !is_over() {
                    customer.shop();
                }
            });
        }
        let sandbox = &sandbox;
        scope.spawn(move || {
            let mut draws = fastrand::Rng::with_seed(seed);
            while !is_over() {
                let (provider, operation) = CALLS[draws.usize(..CALLS.len())];
                let fault = FAULTS[draws.usize(..FAULTS.len())];
                sandbox.plan(provider, Plan::on(operation, fault));
                thread::sleep(Duration::from_millis(draws.u64(200..1_500)));
            }
        });
        let (programs, counts) = (&programs, &counts);
        scope.spawn(move || {
            let mut draws = fastrand::Rng::with_seed(seed + 7);
            while !is_over() {
                thread::sleep(Duration::from_millis(draws.u64(1_000..4_000)));
                programs.kill(draws.usize(..programs.count()));
                counts.killed.fetch_add(1, Ordering::SeqCst);
            }
        });
        scope.spawn(move || {
            while !is_over() {
                thread::sleep(Duration::from_secs(1));
                programs.weigh();
            }
        });
    });
    programs.keep_all_running();
    counts.check(&sandbox, &programs, begun.elapsed());
    // Not every fault meets a call.
    let _ = sandbox.finish();
}
