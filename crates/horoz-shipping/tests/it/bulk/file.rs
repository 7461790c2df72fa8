//! Runs with a ledger in a file, and several at once.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use kervan_ledger::FileStore;
use kervan_ledger_sqlite::SqliteStore;

use super::*;

#[test]
fn a_run_that_is_dropped_goes_on_from_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let server = Arc::new(OrderServer::start(FaultRate::new(30, 3)));
    let orders = orders(300);
    for stop_at in [40, 110, 111] {
        let ledger = ledger(FileStore::open(&path).unwrap());
        let (host, client) = in_process(&server);
        let (told, plan) = (AtomicUsize::new(0), plan());
        let mut run = pin!(create_all(&client, &orders, &ledger, &plan, |_| {
            told.fetch_add(1, Ordering::SeqCst);
        }));
        // Until so many are told; then the future is dropped.
        host.run(poll_fn(|context| {
            let ended = run.as_mut().poll(context).is_ready();
            assert!(!ended, "the run ended before it was dropped");
            if told.load(Ordering::SeqCst) >= stop_at {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        }));
    }
    let mut settled = false;
    for _ in 0..5 {
        let ledger = ledger(FileStore::open(&path).unwrap());
        let (report, told) = run_in_process(&server, &orders, &ledger);
        assert_eq!(told.len(), 300);
        settled = report.unwrap().is_settled();
        if settled {
            break;
        }
    }
    assert!(settled);
    let taken = server.orders();
    assert_eq!(taken.len(), 300);
    assert!(
        taken
            .values()
            .all(|order| (order.created, order.different) == (1, 0))
    );
    // Only what was on its way when a run was dropped can have been asked about needlessly.
    let needless: u32 = taken.values().map(|order| order.needless).sum();
    assert!(needless <= 3 * 8, "{needless}");
}

/// Runs until its program is killed, or to the end. Returns whether it came to the end.
fn run_until_killed(
    server: &Arc<OrderServer>,
    orders: &[CreateSupplierPaysOrder],
    path: &std::path::Path,
    (end, changes): (End, usize),
) -> bool {
    let store = FileStore::open(path).unwrap();
    let ledger = ledger(Ending(store, end, changes.into()));
    let ((host, client), plan) = (in_process(server), plan().at_once(2));
    let mut run = pin!(create_all(&client, orders, &ledger, &plan, |_| {}));
    host.run(poll_fn(|context| match run.as_mut().poll(context) {
        Poll::Ready(report) => Poll::Ready(report.is_ok()),
        // Its other orders stop with it.
        Poll::Pending if ledger.store().is_over() => Poll::Ready(false),
        Poll::Pending => Poll::Pending,
    }))
}

#[test]
fn two_kills_at_any_two_changes_leave_each_order_there_once() {
    let orders = orders(3);
    let folder = tempfile::tempdir().unwrap();
    let mut ends = Vec::new();
    for end in [End::KilledBefore, End::KilledAfter] {
        ends.extend((0..10).map(|changes| (end, changes)));
    }
    let mut needless = 0;
    for (case, (first, second)) in ends
        .iter()
        .flat_map(|first| ends.iter().map(move |second| (*first, *second)))
        .enumerate()
    {
        let path = folder.path().join(case.to_string());
        // Every second case loses answers too.
        let rate = FaultRate::new(if case % 2 == 0 { 0 } else { 200 }, case as u64);
        let server = Arc::new(OrderServer::start(rate));
        run_until_killed(&server, &orders, &path, first);
        run_until_killed(&server, &orders, &path, second);
        let mut is_settled = false;
        for _ in 0..5 {
            let ledger = ledger(FileStore::open(&path).unwrap());
            let (report, told) = run_in_process(&server, &orders, &ledger);
            assert_eq!(told.len(), 3);
            is_settled = is_settled || report.unwrap().is_settled();
        }
        assert!(is_settled, "{first:?} {second:?}");
        let taken = server.orders();
        assert_eq!(taken.len(), 3, "{first:?} {second:?}");
        for (number, order) in taken {
            let counts = (order.created, order.different);
            assert_eq!(counts, (1, 0), "{number} {first:?} {second:?}");
            needless += order.needless;
        }
    }
    assert!(needless > 0, "some were killed between answer and ledger");
}

#[tokio::test]
async fn the_file_holds_no_personal_data() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let said = r#"{"response": {"responseCode": "ERR-20005", "responseMessage": "Ayşe Örnek"}}"#;
    let server = FaultServer::start(Fault::Answer(crate::support::json(200, said.as_bytes())));
    let ledger = ledger(FileStore::open(&path).unwrap());
    let (report, _) = run(&server.base_url(), &orders(2), &ledger).await;
    assert_eq!(report.unwrap().refused, 2);
    drop(ledger);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("ERR-20005"), "{text}");
    for personal in [
        "Ayşe",
        "AYŞE",
        "0555",
        "Deneme",
        "example.com",
        crate::support::KEY,
    ] {
        assert!(!text.contains(personal), "{personal}");
    }
}

/// Makes several runs at once, each with a program's own view of one store, and returns the counts of each.
async fn at_once<S: Store>(
    client: &Client,
    orders: &[CreateSupplierPaysOrder],
    ledgers: [Ledger<S>; 2],
) -> [RunReport; 2] {
    let plan = plan();
    let [one, other] = &ledgers;
    let mut runs =
        [one, other].map(|ledger| Box::pin(create_all(client, orders, ledger, &plan, |_| {})));
    let mut reports: [Option<RunReport>; 2] = [None, None];
    poll_fn(|context| {
        for (run, report) in runs.iter_mut().zip(&mut reports) {
            if report.is_none()
                && let Poll::Ready(ended) = run.as_mut().poll(context)
            {
                *report = Some(ended.unwrap());
            }
        }
        let is_over = reports.iter().all(Option::is_some);
        if is_over {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    reports.map(Option::unwrap)
}

#[tokio::test]
async fn two_runs_at_once_over_one_ledger_send_each_order_once() {
    let orders = orders(200);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger.db");
    let of_a_program = || ledger(SqliteStore::open(&path).unwrap());
    let server = OrderServer::start(FaultRate::new(0, 1));
    let client = client(&server, 3);
    let [one, other] = at_once(&client, &orders, [of_a_program(), of_a_program()]).await;
    assert_eq!((one.writes, other.writes), (200, 200));
    assert!(one.key_taken + other.key_taken == 0, "{one:?} {other:?}");
    // Neither sent what the other had sent or was sending.
    let sent = |report: &RunReport| report.done - report.earlier;
    assert_eq!(sent(&one) + sent(&other), 200, "{one:?} {other:?}");
    assert!(sent(&one) > 0 && sent(&other) > 0, "{one:?} {other:?}");
    assert_eq!(server.requests(), 200);
    assert!(server.orders().values().all(|order| order.created == 1));
    let (report, _) = run(&server.base_url(), &orders, &of_a_program()).await;
    assert_eq!(report.unwrap().done, 200);
    assert_eq!(server.requests(), 200);
}

#[test]
fn two_runs_at_once_with_faults_make_each_order_once() {
    let orders = orders(200);
    let ledger = memory();
    let server = Arc::new(OrderServer::start(FaultRate::new(60, 5)));
    let (host, client) = in_process(&server);
    host.run(at_once(&client, &orders, [ledger.clone(), ledger.clone()]));
    for _ in 0..5 {
        let (report, _) = run_in_process(&server, &orders, &ledger);
        if report.unwrap().is_settled() {
            break;
        }
    }
    assert!(server.injected().all() > 3, "{:?}", server.injected());
    let taken = server.orders();
    assert_eq!(taken.len(), 200);
    for (number, order) in taken {
        assert_eq!((order.created, order.needless), (1, 0), "{number}");
    }
}
