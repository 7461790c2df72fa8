//! A run whose ledger is a file.

use super::*;

#[tokio::test]
async fn a_run_that_is_dropped_goes_on_from_its_file() {
    use horoz_shipping::FileLedger;

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ledger");
    let server = OrderServer::start(FaultRate::new(30, 3));
    let base = server.base_url();
    let orders: Arc<[_]> = orders(300).into();
    for stop_at in [40, 110, 111] {
        let (reached, stop) = (Arc::new(tokio::sync::Notify::new()), stop_at);
        let (client, orders, notify) =
            (client(&base, 3), Arc::clone(&orders), Arc::clone(&reached));
        let ledger = FileLedger::open(&path, &base).unwrap();
        let task = tokio::spawn(async move {
            let (mut told, plan) = (0, plan());
            let run = client.create_all(&*orders, &ledger, &plan, |_| {
                told += 1;
                if told == stop {
                    notify.notify_one();
                }
            });
            run.await
        });
        reached.notified().await;
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
    }
    let mut settled = false;
    for _ in 0..5 {
        let ledger = FileLedger::open(&path, &base).unwrap();
        let (report, told) = run(&base, &orders, &ledger).await;
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
