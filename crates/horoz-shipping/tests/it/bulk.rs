//! Many orders: each exactly once, whatever breaks, over several runs.

mod ending;
mod file;
mod leftovers;
mod settling;
mod stopping;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use contract_kit::faults::{Choose, Fault, FaultServer, refused_url};
use contract_kit::orders::{FaultRate, OrderServer};
use horoz_shipping::{Client, CreateSupplierPaysOrder, Settle};
use kervan_bulk::{BulkResult, BulkState, RunError, RunPlan, RunReport, StopReason};
use kervan_core::transport::BoxFuture;
use kervan_ledger::{
    Begun, Claim, Entry, Event, Inserted, Key, Ledger, Listed, MemoryStore, Past, Plan, Replaced,
    State, Store, StoreError, StoreErrorKind, Why,
};
use kervan_testing::MovableHost;
use testkit::InProcess;

use self::ending::{End, Ending};
use crate::support::{
    Memory, account, answer, builder, client, consumer, create_all, days, ledger, line, memory,
    order, supplier,
};

fn orders(count: usize) -> Vec<CreateSupplierPaysOrder> {
    let one = |n| {
        let number = format!("KV-{n:05}");
        CreateSupplierPaysOrder::delivery(number, supplier(), consumer(), days()).line(line())
    };
    (0..count).map(one).collect()
}

fn plan() -> RunPlan {
    RunPlan::default().at_once(8).pause(Duration::ZERO)
}

/// Makes a run, and returns its results; each order is reported once.
async fn run(
    base: &str,
    orders: &[CreateSupplierPaysOrder],
    ledger: &Ledger<impl Store>,
) -> (Result<RunReport, RunError>, BTreeMap<String, BulkResult>) {
    run_by(base, orders, ledger, &plan()).await
}

async fn run_by(
    base: &str,
    orders: &[CreateSupplierPaysOrder],
    ledger: &Ledger<impl Store>,
    plan: &RunPlan,
) -> (Result<RunReport, RunError>, BTreeMap<String, BulkResult>) {
    run_with(&client(base, 3), orders, ledger, plan).await
}

/// Makes a run without a socket. Its clock moves when nothing else can continue.
fn run_in_process(
    server: &Arc<OrderServer>,
    orders: &[CreateSupplierPaysOrder],
    ledger: &Ledger<impl Store>,
) -> (Result<RunReport, RunError>, BTreeMap<String, BulkResult>) {
    let (host, client) = in_process(server);
    host.run(run_with(&client, orders, ledger, &plan()))
}

/// Returns a client without a socket, and its clock.
fn in_process(server: &Arc<OrderServer>) -> (MovableHost, Client) {
    let (host, server) = (testkit::host(), Arc::clone(server));
    let transport = InProcess::new(move |request| server.answer(request));
    let client = builder("https://horoz.example")
        .config(testkit::config(3))
        .build_over(transport, host.clone());
    (host, client)
}

async fn run_with(
    client: &Client,
    orders: &[CreateSupplierPaysOrder],
    ledger: &Ledger<impl Store>,
    plan: &RunPlan,
) -> (Result<RunReport, RunError>, BTreeMap<String, BulkResult>) {
    let mut told = BTreeMap::new();
    let report = create_all(client, orders, ledger, plan, |result| {
        assert_eq!(orders[result.index].key(), result.key);
        let before = told.insert(result.key.clone(), result.clone());
        assert_eq!(before, None, "told twice");
    })
    .await;
    (report, told)
}

fn states(told: &BTreeMap<String, BulkResult>) -> BTreeMap<OrderStateName, usize> {
    let mut counts = BTreeMap::new();
    for result in told.values() {
        *counts.entry(format!("{:?}", result.state)).or_default() += 1;
    }
    counts
}

type OrderStateName = String;

/// Returns the name of an order in the ledger.
fn key(order: &CreateSupplierPaysOrder) -> Key {
    account().key("create_order", order.key())
}

async fn change<S: Store>(ledger: &Ledger<S>, entry: &Entry, event: Event) -> Entry {
    let next = entry.after(event, ledger.host().now()).unwrap();
    let replaced = ledger.store().replace(&next, None).await.unwrap();
    assert_eq!(replaced, Replaced::Stored);
    next
}

/// Returns a ledger that remembers one order as a program left it whose lease has ended.
async fn left_at(state: State, order: &CreateSupplierPaysOrder) -> Memory {
    let ledger = memory();
    let client = client("http://127.0.0.1:9", 1);
    let plan = Plan::new(key(order), order.key());
    let new = ledger.entry(&client, plan, order).unwrap();
    let Begun::New(held) = ledger.begin(new).await.unwrap() else {
        panic!("it is new")
    };
    let attempt = client.prepare(order).await.unwrap();
    let until = ledger.host().now();
    let sending = change(&ledger, held.entry(), Event::Sending { attempt, until }).await;
    match state {
        State::Sending => {}
        State::Done => drop(change(&ledger, &sending, Event::Done).await),
        State::Unknown => {
            let (why, due) = (Why::plain("transport"), Some(until));
            change(&ledger, &sending, Event::Unknown { why, due }).await;
        }
        shown => drop(change(&ledger, &sending, Event::Shown(shown)).await),
    }
    ledger
}

#[test]
fn every_order_is_there_once_in_spite_of_faults() {
    let server = Arc::new(OrderServer::start(FaultRate::new(60, 7)));
    let orders = orders(400);
    let ledger = memory();
    let run = || run_in_process(&server, &orders, &ledger);
    let (report, told) = run();
    let mut report = report.unwrap();
    assert_eq!((report.writes, told.len()), (400, 400));
    // What three tries could not settle is settled by the next run.
    for _ in 0..5 {
        if !report.is_settled() {
            let (next, told) = run();
            report = next.unwrap();
            assert_eq!(told.len(), 400);
        }
    }
    assert_eq!(report.done + report.already_there, 400);
    assert!(server.injected().all() > 10, "{:?}", server.injected());
    for (number, taken) in server.orders() {
        assert_eq!(
            (taken.created, taken.needless, taken.different),
            (1, 0, 0),
            "{number}"
        );
    }
    let requests = || server.orders().values().map(|order| order.requests).sum();
    let before: u32 = requests();
    let (again, told) = run();
    assert_eq!(again.unwrap().earlier, 400);
    assert!(told.values().all(|result| result.earlier));
    assert_eq!(requests(), before, "what is done is not sent again");
}

#[test]
fn a_server_that_takes_a_number_twice_is_found_out() {
    let server = Arc::new(OrderServer::forgetful(FaultRate::new(200, 7)));
    let (report, _) = run_in_process(&server, &orders(60), &memory());
    assert_eq!(report.unwrap().writes, 60);
    let repeated = server.orders().into_values().filter(|o| o.created > 1);
    assert!(repeated.count() > 0, "{:?}", server.injected());
}

#[tokio::test]
async fn one_bad_order_stops_all_and_every_problem_is_told() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let mut orders = orders(5);
    orders[1].lines.clear();
    orders[4].number = orders[2].number.clone();
    let (result, told) = run(&server.base_url(), &orders, &memory()).await;
    let Err(RunError::Invalid(invalid)) = result else {
        panic!("{result:?}")
    };
    let found: Vec<_> = invalid
        .iter()
        .flat_map(|one| {
            one.problems
                .errors()
                .map(|p| (one.index, p.code(), p.allowed()))
        })
        .collect();
    assert_eq!(
        found,
        [
            (1, "horoz.no_lines", None),
            (4, "horoz.number_twice", Some("orders[2]"))
        ]
    );
    assert_eq!((told.len(), server.connections()), (0, 0));
}

#[tokio::test]
async fn a_refused_order_is_sent_again_only_when_it_has_changed() {
    let server = FaultServer::start(Fault::Answer(answer("ERR-20071")));
    let mut orders = orders(1);
    let ledger = memory();
    for _ in 0..2 {
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().refused, 1);
        let reason = told["KV-00000"].reason.clone().unwrap();
        let meaning = "an earlier record of this request number has a bad place";
        assert_eq!(reason.meaning.as_deref(), Some(meaning));
        assert_eq!(server.requests(), 1);
    }
    orders[0].lines[0].quantity = 3;
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!((report.unwrap().refused, server.requests()), (1, 2));
    // Or when the plan says so.
    let again = plan().send_refused(true);
    let (report, _) = run_by(&server.base_url(), &orders, &ledger, &again).await;
    assert_eq!((report.unwrap().refused, server.requests()), (1, 3));
}

/// Orders that are others from the given pass on.
#[derive(Clone)]
struct Shifting(
    Arc<AtomicUsize>,
    usize,
    Vec<CreateSupplierPaysOrder>,
    Vec<CreateSupplierPaysOrder>,
);

impl IntoIterator for Shifting {
    type Item = CreateSupplierPaysOrder;
    type IntoIter = std::vec::IntoIter<CreateSupplierPaysOrder>;

    fn into_iter(self) -> Self::IntoIter {
        let pass = self.0.fetch_add(1, Ordering::SeqCst);
        if pass < self.1 { self.2 } else { self.3 }.into_iter()
    }
}

#[tokio::test]
async fn orders_that_change_between_the_passes_end_the_run() {
    let before = orders(10);
    let server = OrderServer::start(FaultRate::new(0, 1));
    let mut exchanged = before.clone();
    exchanged.swap(3, 4);
    let mut altered = before.clone();
    altered[5].lines[0].quantity = 3;
    let shorter = before[..9].to_vec();
    for (after, place) in [(exchanged, 3), (altered, 5), (shorter, 9), (orders(11), 10)] {
        for pass in [1, 2] {
            let ledger = memory();
            let all = Shifting(Arc::default(), pass, before.clone(), after.clone());
            let client = client(&server, 1);
            let trusting = plan().trust_duplicates(true);
            let result = create_all(&client, all, &ledger, &trusting, |_| {}).await;
            let Err(RunError::WritesChanged { index }) = result else {
                panic!("{result:?}")
            };
            assert_eq!(index, place);
        }
    }
    assert!(
        server
            .orders()
            .values()
            .all(|order| order.created == 1 && order.different == 0)
    );
}

#[tokio::test]
async fn an_open_order_that_is_not_among_the_orders_is_told() {
    let all = orders(5);
    let ledger = left_at(State::Sending, &all[4]).await;
    let server = OrderServer::start(FaultRate::new(0, 1));
    let (report, _) = run(&server.base_url(), &all[..4], &ledger).await;
    let report = report.unwrap();
    assert_eq!(report.left_in_ledger, [all[4].key()]);
    assert_eq!((report.done, report.is_settled()), (4, true));
    let (report, _) = run(&server.base_url(), &all, &ledger).await;
    assert!(report.unwrap().left_in_ledger.is_empty());
    let missing = RunReport::default();
    assert!(missing.is_settled());
    let mut missing = missing;
    missing.writes = 1;
    assert!(!missing.is_settled(), "an order that nobody told of");
}

#[expect(
    clippy::disallowed_methods,
    reason = "the server's own thread, as slow as a server"
)]
#[tokio::test]
async fn no_more_are_on_their_way_than_the_plan_says() {
    static NOW: AtomicUsize = AtomicUsize::new(0);
    static MOST: AtomicUsize = AtomicUsize::new(0);
    let choose = Choose::new(|_| {
        let now = NOW.fetch_add(1, Ordering::SeqCst) + 1;
        MOST.fetch_max(now, Ordering::SeqCst);
        std::thread::sleep(Duration::from_millis(5));
        NOW.fetch_sub(1, Ordering::SeqCst);
        Fault::Answer(answer("STA-100"))
    });
    let server = FaultServer::start(Fault::Chosen(choose));
    let (report, _) = run(&server.base_url(), &orders(60), &memory()).await;
    assert_eq!(report.unwrap().done, 60);
    let most = MOST.load(Ordering::SeqCst);
    assert!((2..=8).contains(&most), "{most}");
}

#[tokio::test]
async fn without_a_ledger_nothing_is_sent() {
    let server = OrderServer::start(FaultRate::new(0, 1));
    let orders = orders(50);
    for records in [0, 1, 2, 7, 30] {
        let ledger = ledger(Ending(MemoryStore::new(), End::Fails, records.into()));
        let before = server.requests();
        let (result, _) = run(&server.base_url(), &orders, &ledger).await;
        assert!(matches!(result, Err(RunError::Ledger(_))), "{records}");
        assert!(server.requests() - before <= records, "{records}");
    }
}

#[tokio::test]
async fn the_future_can_be_spawned() {
    let server = OrderServer::start(FaultRate::new(0, 1));
    let (client, orders) = (client(&server, 1), orders(3));
    let task = tokio::spawn(async move {
        let (ledger, plan) = (memory(), plan());
        let report = create_all(&client, &orders, &ledger, &plan, |_| {}).await;
        report.map(|report| report.done)
    });
    assert_eq!(task.await.unwrap().unwrap(), 3);
}

#[test]
fn a_check_of_all_tells_warnings_too() {
    let client = client("http://127.0.0.1:9", 1);
    let mut odd = order();
    odd.days.delivery = "2026-11-01".parse().unwrap();
    let found = crate::support::check_all(&client, &[order(), odd.clone()]);
    let codes: Vec<_> = found
        .iter()
        .flat_map(|one| one.problems.iter().map(|p| (one.index, p.code())))
        .collect();
    assert_eq!(
        codes,
        [
            (1, "horoz.delivery_before_request"),
            (1, "horoz.number_twice")
        ]
    );
}
