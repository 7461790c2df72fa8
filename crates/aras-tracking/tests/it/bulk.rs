//! Many parcels: each is registered once, whatever breaks, and none is sent more than twenty times.

use std::sync::Arc;
use std::time::Duration;

use aras_tracking::shipments::{NewOrder, Payment, Piece, Receiver, SetOrder};
use aras_tracking::{BaseUrl, CustomerReference, Login, ShipmentClient, ShipmentEnvironment};
use contract_kit::orders::{FaultRate, OrderServer};
use kervan_bulk::{Bulk, BulkResult, RunError, RunPlan, RunReport};
use kervan_ledger::{Account, ContentsKey, Ledger, Limit, Limits, MemoryStore};
use kervan_testing::MovableHost;
use testkit::InProcess;

fn parcels(count: usize) -> Vec<SetOrder> {
    (0..count).map(|n| parcel(n, "Deneme Sok. 3")).collect()
}

fn parcel(n: usize, address: &str) -> SetOrder {
    let receiver = Receiver::new(format!("Ayşe Örnek {n}"))
        .address(address)
        .phone("05550000017")
        .city("İzmir")
        .town("Konak");
    let code = format!("2026{n:06}");
    let reference = CustomerReference::new(&code).unwrap();
    let piece = Piece::new(format!("{code}01")).desi(4).weight_kg(3);
    SetOrder::new(NewOrder::new(reference, receiver, Payment::SenderPays, piece).waybill(code))
}

/// A program: its client, its ledger and its limits, over a server without a socket.
struct Program {
    host: MovableHost,
    client: ShipmentClient,
    ledger: Ledger<MemoryStore>,
    limits: Limits<MemoryStore>,
}

fn program(server: &Arc<OrderServer>) -> Program {
    let (host, server) = (testkit::host(), Arc::clone(server));
    let transport = InProcess::new(move |request| server.answer(request));
    let at = ShipmentEnvironment::At(BaseUrl::parse("https://aras.example").unwrap());
    let client = ShipmentClient::builder(&at, Login::published_test_account())
        .unwrap()
        .config(testkit::config(3))
        .build_over(transport, host.clone());
    Program {
        client,
        ledger: Ledger::new(MemoryStore::new(), host.clone(), ContentsKey::new([7; 32])),
        limits: Limits::new(Arc::new(MemoryStore::new()), host.clone()),
        host,
    }
}

impl Program {
    fn run(&self, parcels: &[SetOrder], most: u32) -> Result<RunReport, RunError> {
        self.run_within(parcels, Limit::at_most(most), |_| {})
    }

    fn run_within(
        &self,
        parcels: &[SetOrder],
        limit: Limit,
        on_result: impl FnMut(&BulkResult),
    ) -> Result<RunReport, RunError> {
        let plan = RunPlan::default().at_once(8).pause(Duration::ZERO);
        let account = Account {
            provider: "aras".to_owned(),
            merchant: "neodyum".to_owned(),
        };
        let bulk = Bulk::new(&self.ledger, &self.client, &account);
        let bulk = bulk.sendings(&self.limits, limit);
        let run = bulk.run::<SetOrder, _>(parcels, &plan, on_result);
        self.host.run(run)
    }
}

#[test]
fn every_parcel_is_registered_once_in_spite_of_faults() {
    let server = Arc::new(OrderServer::of_parcels(FaultRate::new(60, 7)));
    let (program, parcels) = (program(&server), parcels(300));
    let mut report = program.run(&parcels, 20).unwrap();
    for _ in 0..5 {
        if !report.is_settled() {
            report = program.run(&parcels, 20).unwrap();
        }
    }
    assert!(report.is_settled(), "{report:?}");
    let orders = server.orders();
    assert_eq!(orders.len(), 300);
    assert!(server.injected().all() > 0);
    for (code, taken) in &orders {
        assert_eq!((taken.created, taken.different), (1, 0), "{code}");
        assert!(taken.requests <= 20, "{code}");
    }
    // A lost answer is settled by a question, and the order is not sent again.
    let asked = orders.values().filter(|taken| taken.questions > 0);
    assert!(asked.clone().count() > 0);
    assert!(asked.filter(|taken| taken.requests == 1).count() > 0);
}

/// Returns how many requests would have made an order.
fn requests(server: &OrderServer) -> u32 {
    server.orders().values().map(|taken| taken.requests).sum()
}

#[test]
fn no_parcel_is_sent_more_often_than_the_limit() {
    // Nothing is ever answered.
    let server = Arc::new(OrderServer::of_parcels(FaultRate::new(1000, 7)));
    let (program, parcels) = (program(&server), parcels(4));
    let mut limited = 0;
    for _ in 0..12 {
        let report = program.run(&parcels, 5).unwrap();
        assert_eq!(report.done, 0);
        assert_eq!(report.unknown + report.not_done, 4);
        limited = report.at_limit;
    }
    assert_eq!(limited, 4, "said, so that nobody runs it for ever");
    assert!(server.orders().values().all(|taken| taken.requests <= 5));
    // Another program that shares the limits sends none of them either.
    let before = requests(&server);
    program.run(&parcels, 5).unwrap();
    assert_eq!(requests(&server), before);
}

#[test]
fn a_parcel_that_waits_for_a_pause_is_not_at_its_limit() {
    let server = Arc::new(OrderServer::of_parcels(FaultRate::new(1000, 7)));
    let (program, parcels) = (program(&server), parcels(1));
    let hourly = Limit::every(Duration::from_secs(3600));
    program.run_within(&parcels, hourly, |_| {}).unwrap();
    let mut kinds = Vec::new();
    let report = program.run_within(&parcels, hourly, |result| {
        kinds.extend(result.reason.as_ref().map(|reason| reason.kind.clone()));
    });
    assert_eq!(
        (report.unwrap().at_limit, kinds),
        (0, vec!["too_soon".to_owned()])
    );
}

#[test]
fn parcels_that_the_carrier_may_take_for_one_are_not_sent_over_each_other() {
    let server = Arc::new(OrderServer::of_parcels(FaultRate::new(0, 7)));
    let program = program(&server);
    let named = |reference: &str| {
        let mut parcel = parcel(0, "Deneme Sok. 3");
        parcel.order.reference = CustomerReference::new(reference).unwrap();
        parcel
    };
    let code = |run: Result<RunReport, RunError>| {
        let Err(RunError::Invalid(problems)) = run else {
            panic!("sent")
        };
        let mut errors = problems.iter().flat_map(|one| one.problems.errors());
        errors.next().unwrap().code()
    };
    let both = [named("kv-i1"), named("KV-İ1")];
    assert_eq!(code(program.run(&both, 20)), "aras.reference_twice");
    // In a later run, the first is registered.
    program.run(&both[..1], 20).unwrap();
    assert_eq!(
        code(program.run(&both[1..], 20)),
        "aras.reference_of_another_order"
    );
}

#[test]
fn a_changed_parcel_is_not_sent_over_the_registered_one() {
    let server = Arc::new(OrderServer::of_parcels(FaultRate::new(0, 7)));
    let program = program(&server);
    assert!(program.run(&parcels(2), 20).unwrap().is_settled());
    let changed = [parcel(0, "Deneme Sok. 4"), parcel(1, "Deneme Sok. 3")];
    let Err(RunError::Invalid(problems)) = program.run(&changed, 20) else {
        panic!("sent")
    };
    let codes = problems.iter().flat_map(|one| one.problems.errors());
    let codes: Vec<_> = codes.map(kervan_core::Problem::code).collect();
    assert_eq!(codes, ["aras.reference_of_another_order"]);
}
