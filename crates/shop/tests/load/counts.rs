//! What people were told, beside what really happened.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use kervan_sandbox::Sandbox;
use kervan_sandbox::haso::Haso;
use kervan_sandbox::horoz::Horoz;
use kervan_sandbox::param::{OrderState, Param, Payment};

use crate::programs::Programs;

/// Something that the shop has taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deed {
    Ordered,
    Paid,
    Divided,
    Approved,
    GivenBack,
    Shipped,
}

#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) killed: AtomicUsize,
    /// The deeds of each order, by its number, with the address of its page.
    deeds: Mutex<BTreeMap<String, (String, BTreeSet<Deed>)>>,
    /// The orders of the numbers at HASO.
    numbers: Mutex<BTreeMap<String, String>>,
}

impl Counts {
    pub(crate) fn note(&self, number: &str, order: &str, deed: Deed) {
        let mut deeds = self.deeds.lock().unwrap();
        let known = deeds.entry(number.to_owned()).or_default();
        order.clone_into(&mut known.0);
        known.1.insert(deed);
    }

    pub(crate) fn at_haso(&self, own: &str, number: &str) {
        let mut numbers = self.numbers.lock().unwrap();
        numbers.insert(own.to_owned(), number.to_owned());
    }

    /// Compares all of it. What the shop has taken on has happened once, or is open on the desk.
    pub(crate) fn check(&self, sandbox: &Sandbox, programs: &Programs, length: Duration) {
        // Answers that are on their way come in.
        thread::sleep(Duration::from_secs(3));
        let desk = programs.browser(0).get("/desk");
        let open_orders: BTreeSet<String> = open_on(&desk.body);
        let open_count = desk.texts("#open-count").concat();
        let deeds = self.deeds.lock().unwrap();
        let numbers = self.numbers.lock().unwrap();
        let mut wrong = Vec::new();

        let charged: BTreeMap<String, usize> = sandbox.ask(|param: &Param| {
            let mut charged = BTreeMap::new();
            for payment in param.payments().iter().filter(|one| one.is_charged()) {
                *charged.entry(order_of(payment).to_owned()).or_default() += 1;
            }
            charged
        });
        let active: BTreeMap<String, usize> = sandbox.ask(|haso: &Haso| {
            let mut active = BTreeMap::new();
            for (own, number) in numbers.iter() {
                if haso.is_active(own) {
                    *active.entry(number.clone()).or_default() += 1;
                }
            }
            active
        });
        let of = |counts: &BTreeMap<String, usize>, number: &str| {
            counts.get(number).copied().unwrap_or_default()
        };
        let mut happened: BTreeMap<Deed, usize> = BTreeMap::new();
        let mut left: BTreeMap<Deed, usize> = BTreeMap::new();
        let mut refused: BTreeMap<Deed, usize> = BTreeMap::new();
        for (number, (page, deeds)) in deeds.iter() {
            let paid = of(&charged, number) + of(&active, number);
            let effects = |deed: Deed| match deed {
                Deed::Ordered => 1,
                Deed::Paid => paid,
                Deed::Divided => shares(sandbox, number),
                Deed::Approved => approved(sandbox, number),
                Deed::GivenBack => given_back(sandbox, &numbers, number),
                Deed::Shipped => shipped(sandbox, number),
            };
            if paid > 1 {
                wrong.push(format!("{number} is paid {paid} times"));
            }
            for deed in deeds {
                *happened.entry(*deed).or_default() += 1;
                match effects(*deed) {
                    1 => {}
                    0 if open_orders.contains(page) => *left.entry(*deed).or_default() += 1,
                    0 => {
                        // The person was told that the service refused it.
                        let shown = programs.browser(0).get(page).text();
                        if shown.contains(": refused") {
                            *refused.entry(*deed).or_default() += 1;
                        } else {
                            wrong.push(format!("{number}: {deed:?} is lost: {shown}"));
                        }
                    }
                    many => wrong.push(format!("{number}: {deed:?} happened {many} times")),
                }
            }
        }
        println!("{:<44} {:>8.0}", "seconds", length.as_secs_f64());
        println!("{:<44} {:>8}", "programs at once", programs.count());
        let killed = self.killed.load(Ordering::SeqCst);
        println!("{:<44} {killed:>8}", "programs killed");
        println!(
            "{:<44} {:>8}",
            "calls that the sandbox remembers",
            sandbox.records().len()
        );
        for (deed, count) in &happened {
            let of = |counts: &BTreeMap<Deed, usize>| counts.get(deed).copied().unwrap_or_default();
            let name = format!("{deed:?}: {} open, {} refused", of(&left), of(&refused));
            println!("{name:<44} {count:>8}");
        }
        println!("{:<44} {open_count:>8}", "open writes on the desk");
        for (number, (first, last)) in programs.memory().into_iter().enumerate() {
            let name = format!("program {number}: MiB in the first and last third");
            println!("{name:<44} {first:>8.1} {last:>8.1}");
        }
        println!("{:<44} {:>8}", "happened twice, or lost", wrong.len());
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(
            killed > 0 && happened.contains_key(&Deed::Divided),
            "{happened:?}"
        );
    }
}

/// Returns the pages of the orders whose writes are open on the desk.
fn open_on(desk: &str) -> BTreeSet<String> {
    let document = scraper::Html::parse_document(desk);
    let links = scraper::Selector::parse("tr[id^=write] a").unwrap();
    let links = document.select(&links);
    links
        .filter_map(|link| link.attr("href"))
        .map(|address| address.split('?').next().unwrap_or_default().to_owned())
        .collect()
}

/// Returns the shop's order of a payment, whose key is the order's number and that of the try. The service gives an
/// order another number when it is used again.
fn order_of(payment: &Payment) -> &str {
    let parts = payment.key.rsplit_once('-');
    parts.map_or("", |(order, _)| order)
}

/// Returns how many shares a charged payment of an order has: of one seller, so one at most.
fn shares(sandbox: &Sandbox, number: &str) -> usize {
    sandbox.ask(|param: &Param| {
        let payments = param
            .payments()
            .iter()
            .filter(|one| order_of(one) == number);
        payments.map(|one| param.orders_of(one.id).len()).sum()
    })
}

fn approved(sandbox: &Sandbox, number: &str) -> usize {
    sandbox.ask(|param: &Param| {
        let payments = param
            .payments()
            .iter()
            .filter(|one| order_of(one) == number);
        let entries = payments.flat_map(|one| param.orders_of(one.id));
        entries
            .filter(|entry| entry.state == OrderState::Approved)
            .count()
    })
}

fn given_back(sandbox: &Sandbox, numbers: &BTreeMap<String, String>, number: &str) -> usize {
    sandbox.ask(|haso: &Haso| {
        let own = numbers.iter().filter(|(_, order)| *order == number);
        own.map(|(own, _)| haso.refunds_of(own).len()).sum()
    })
}

fn shipped(sandbox: &Sandbox, number: &str) -> usize {
    sandbox.ask(|horoz: &Horoz| {
        let orders = horoz.orders();
        let own = orders.filter(|order| order.number == number && order.is_active());
        own.count()
    })
}
