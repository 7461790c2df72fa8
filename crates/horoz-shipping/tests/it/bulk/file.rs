//! Runs with a ledger in a file.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use super::*;

#[test]
fn a_run_that_is_dropped_goes_on_from_its_file() {
    use horoz_shipping::FileLedger;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let server = Arc::new(OrderServer::start(FaultRate::new(30, 3)));
    let orders = orders(300);
    for stop_at in [40, 110, 111] {
        let ledger = FileLedger::open(&path, "test").unwrap();
        let (host, client) = in_process(&server);
        let (told, plan) = (AtomicUsize::new(0), plan());
        let mut run = pin!(client.create_all(&orders, &ledger, &plan, |_| {
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
        let ledger = FileLedger::open(&path, "test").unwrap();
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

#[tokio::test]
async fn the_file_holds_no_personal_data() {
    use horoz_shipping::FileLedger;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let said = r#"{"response": {"responseCode": "ERR-20005", "responseMessage": "Ayşe Örnek"}}"#;
    let server = FaultServer::start(Fault::Answer(crate::support::json(200, said.as_bytes())));
    let ledger = FileLedger::open(&path, "test").unwrap();
    let (report, _) = run(&server.base_url(), &orders(2), &ledger).await;
    assert_eq!(report.unwrap().refused, 2);
    drop(ledger);
    let text = std::fs::read_to_string(path).unwrap();
    assert!(
        text.contains("ERR-20005") && text.contains("unknown_sender"),
        "{text}"
    );
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
