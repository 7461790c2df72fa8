//! Many orders: each exactly once, whatever breaks, over several runs.

#[cfg(feature = "ledger")]
mod file;
mod settling;
mod stopping;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use contract_kit::faults::{Choose, Fault, FaultServer, refused_url};
use contract_kit::orders::{FaultRate, OrderServer};
use horoz_shipping::{
    Client, CreateSupplierPaysOrder, Ledger, LedgerEntry, LedgerError, MemoryLedger, OrderResult,
    OrderState, RejectionKind, RequestNumber, RunError, RunPlan, RunReport, StopReason,
};
use kervan_core::transport::BoxFuture;
use kervan_testing::MovableHost;
use testkit::InProcess;

use crate::support::{answer, builder, client, consumer, days, line, order, supplier};

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
    ledger: &impl Ledger,
) -> (Result<RunReport, RunError>, BTreeMap<String, OrderResult>) {
    run_by(base, orders, ledger, &plan()).await
}

async fn run_by(
    base: &str,
    orders: &[CreateSupplierPaysOrder],
    ledger: &impl Ledger,
    plan: &RunPlan,
) -> (Result<RunReport, RunError>, BTreeMap<String, OrderResult>) {
    run_with(&client(base, 3), orders, ledger, plan).await
}

/// Makes a run without a socket. Its clock moves when nothing else can continue.
fn run_in_process(
    server: &Arc<OrderServer>,
    orders: &[CreateSupplierPaysOrder],
    ledger: &impl Ledger,
) -> (Result<RunReport, RunError>, BTreeMap<String, OrderResult>) {
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
    ledger: &impl Ledger,
    plan: &RunPlan,
) -> (Result<RunReport, RunError>, BTreeMap<String, OrderResult>) {
    let mut told = BTreeMap::new();
    let report = client
        .create_all(orders, ledger, plan, |result| {
            assert_eq!(orders[result.index].number, result.number);
            let before = told.insert(result.number.to_string(), result.clone());
            assert_eq!(before, None, "told twice");
        })
        .await;
    (report, told)
}

fn states(told: &BTreeMap<String, OrderResult>) -> BTreeMap<OrderStateName, usize> {
    let mut counts = BTreeMap::new();
    for result in told.values() {
        *counts.entry(format!("{:?}", result.state)).or_default() += 1;
    }
    counts
}

type OrderStateName = String;

#[test]
fn every_order_is_there_once_in_spite_of_faults() {
    let server = Arc::new(OrderServer::start(FaultRate::new(60, 7)));
    let orders = orders(400);
    let ledger = MemoryLedger::new();
    let run = || run_in_process(&server, &orders, &ledger);
    let (report, told) = run();
    let mut report = report.unwrap();
    assert_eq!((report.orders, told.len()), (400, 400));
    // What three tries could not settle is settled by the next run.
    for _ in 0..5 {
        if !report.is_settled() {
            let (next, told) = run();
            report = next.unwrap();
            assert_eq!(told.len(), 400);
        }
    }
    assert_eq!(report.created + report.already_there, 400);
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
    let (report, _) = run_in_process(&server, &orders(60), &MemoryLedger::new());
    assert_eq!(report.unwrap().orders, 60);
    let repeated = server.orders().into_values().filter(|o| o.created > 1);
    assert!(repeated.count() > 0, "{:?}", server.injected());
}

#[tokio::test]
async fn one_bad_order_stops_all_and_every_problem_is_told() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let mut orders = orders(5);
    orders[1].lines.clear();
    orders[4].number = orders[2].number.clone();
    let (result, told) = run(&server.base_url(), &orders, &MemoryLedger::new()).await;
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

/// Returns a ledger that remembers one order as an earlier run left it.
async fn left_at(state: OrderState, order: &CreateSupplierPaysOrder) -> MemoryLedger {
    let ledger = MemoryLedger::new();
    let entry = LedgerEntry::new(order.fingerprint(), state);
    ledger.record(&order.number, &entry).await.unwrap();
    ledger
}

#[tokio::test]
async fn what_may_have_been_sent_is_settled_before_anything_else() {
    let orders = orders(20);
    for state in [OrderState::Sending, OrderState::Unknown] {
        let ledger = left_at(state, &orders[19]).await;
        let server = FaultServer::start(Fault::Answer(answer("ERR-20003")));
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.already_there, report.number_taken), (1, 19));
        let first = String::from_utf8(server.requests_seen()[0].body.clone()).unwrap();
        assert!(first.contains("KV-00019"), "{first}");
        assert_eq!(told["KV-00019"].state, OrderState::AlreadyThere);
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_settled_stays_unknown() {
    let orders = orders(1);
    let ledger = left_at(OrderState::Sending, &orders[0]).await;
    let server = FaultServer::start(Fault::Answer(answer("ERR-20999")));
    let (report, told) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().unknown, 1);
    let reason = told["KV-00000"].reason.clone().unwrap();
    assert_eq!(reason.code.as_deref(), Some("ERR-20999"));
    assert_eq!(server.requests(), 1, "what is said now would be said again");
}

#[tokio::test]
async fn a_number_that_another_order_has_is_no_success() {
    let server = FaultServer::start(Fault::Answer(answer("ERR-20003")));
    let (orders, ledger) = (orders(3), MemoryLedger::new());
    for _ in 0..2 {
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.number_taken, report.already_there), (3, 0));
        assert!(!report.is_settled());
        assert_eq!(told["KV-00000"].state, OrderState::NumberTaken);
        let reason = told["KV-00000"].reason.clone().unwrap();
        assert_eq!(reason.code.as_deref(), Some("ERR-20003"));
        assert_eq!(server.requests(), 3, "asked once");
    }
    let trusting = plan().trust_duplicates(true);
    let (report, _) = run_by(&server.base_url(), &orders, &ledger, &trusting).await;
    let report = report.unwrap();
    assert_eq!((report.already_there, report.is_settled()), (3, true));
    // A lost ledger.
    let lost = MemoryLedger::new();
    let (report, _) = run_by(&server.base_url(), &orders, &lost, &trusting).await;
    assert_eq!(report.unwrap().already_there, 3);
}

#[tokio::test]
async fn a_duplicate_after_a_lost_answer_is_the_order_itself() {
    let count = Arc::new(AtomicUsize::new(0));
    let choose = Choose::new(move |_| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Fault::ResetBeforeAnswer,
        _ => Fault::Answer(answer("ERR-20003")),
    });
    let server = FaultServer::start(Fault::Chosen(choose));
    let (report, _) = run(&server.base_url(), &orders(1), &MemoryLedger::new()).await;
    assert_eq!(report.unwrap().already_there, 1);
}

#[tokio::test]
async fn an_order_that_was_changed_after_it_may_have_been_sent_is_not_sent() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let before = orders(1);
    let mut after = before.clone();
    after[0].lines[0].quantity = 3;
    for state in [OrderState::Created, OrderState::AlreadyThere] {
        let ledger = left_at(state, &before[0]).await;
        let (result, _) = run(&server.base_url(), &after, &ledger).await;
        let Err(RunError::Invalid(invalid)) = result else {
            panic!("{result:?}")
        };
        let problem = invalid[0].problems.errors().next().unwrap();
        assert_eq!(problem.code(), "horoz.number_of_another_order");
    }
    assert_eq!(server.connections(), 0);
    // While its outcome is open, it alone drops out.
    let good = FaultServer::start(Fault::Answer(answer("STA-100")));
    for state in [OrderState::Sending, OrderState::Unknown] {
        let ledger = left_at(state, &before[0]).await;
        let mut all = orders(3);
        all[0] = after[0].clone();
        let (report, told) = run(&good.base_url(), &all, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.unknown, report.created), (1, 2));
        assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "changed");
        let entry = ledger.find(&all[0].number).await.unwrap().unwrap();
        assert_eq!(
            (entry.state, entry.contents),
            (state, before[0].fingerprint())
        );
    }
    // Another day is no other order.
    let mut later = before.clone();
    later[0].days.request = "2026-11-21".parse().unwrap();
    assert_eq!(later[0].fingerprint(), before[0].fingerprint());
}

#[tokio::test]
async fn a_refused_order_is_sent_again_only_when_it_has_changed() {
    let server = FaultServer::start(Fault::Answer(answer("ERR-20071")));
    let mut orders = orders(1);
    let ledger = MemoryLedger::new();
    for _ in 0..2 {
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().refused, 1);
        let reason = told["KV-00000"].reason.clone().unwrap();
        assert_eq!(reason.meaning, Some(RejectionKind::BrokenPlaces));
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
            let ledger = MemoryLedger::new();
            let all = Shifting(Arc::default(), pass, before.clone(), after.clone());
            let client = client(&server, 1);
            let trusting = plan().trust_duplicates(true);
            let result = client.create_all(all, &ledger, &trusting, |_| {}).await;
            let Err(RunError::OrdersChanged { index }) = result else {
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
    let ledger = left_at(OrderState::Sending, &all[4]).await;
    let server = OrderServer::start(FaultRate::new(0, 1));
    let (report, _) = run(&server.base_url(), &all[..4], &ledger).await;
    let report = report.unwrap();
    assert_eq!(report.left_in_ledger, [all[4].number.clone()]);
    assert_eq!((report.created, report.is_settled()), (4, true));
    let (report, _) = run(&server.base_url(), &all, &ledger).await;
    assert!(report.unwrap().left_in_ledger.is_empty());
    let missing = RunReport::default();
    assert!(missing.is_settled());
    let mut missing = missing;
    missing.orders = 1;
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
    let (report, _) = run(&server.base_url(), &orders(60), &MemoryLedger::new()).await;
    assert_eq!(report.unwrap().created, 60);
    let most = MOST.load(Ordering::SeqCst);
    assert!((2..=8).contains(&most), "{most}");
}

/// Fails from the given record on.
struct Failing(MemoryLedger, AtomicUsize);

impl Ledger for Failing {
    fn find<'a>(
        &'a self,
        number: &'a RequestNumber,
    ) -> BoxFuture<'a, Result<Option<LedgerEntry>, LedgerError>> {
        self.0.find(number)
    }

    fn open_orders(&self) -> BoxFuture<'_, Result<Vec<RequestNumber>, LedgerError>> {
        self.0.open_orders()
    }

    fn record<'a>(
        &'a self,
        number: &'a RequestNumber,
        entry: &'a LedgerEntry,
    ) -> BoxFuture<'a, Result<(), LedgerError>> {
        let left = &self.1;
        let is_left = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        match is_left {
            Ok(_) => self.0.record(number, entry),
            Err(_) => Box::pin(async { Err(LedgerError::new("full")) }),
        }
    }
}

#[tokio::test]
async fn without_a_ledger_nothing_is_sent() {
    let server = OrderServer::start(FaultRate::new(0, 1));
    let orders = orders(50);
    for records in [0, 1, 7, 30] {
        let ledger = Failing(MemoryLedger::new(), AtomicUsize::new(records));
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
        let (ledger, plan) = (MemoryLedger::new(), plan());
        client
            .create_all(&orders, &ledger, &plan, |_| {})
            .await
            .map(|report| report.created)
    });
    assert_eq!(task.await.unwrap().unwrap(), 3);
}

#[test]
fn a_check_of_all_tells_warnings_too() {
    let client = client("http://127.0.0.1:9", 1);
    let mut odd = order();
    odd.days.delivery = "2026-11-01".parse().unwrap();
    let found = client.check_all([order(), odd.clone()]);
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
