//! The reasons that end a run early.

use super::*;

#[tokio::test]
async fn a_wrong_key_stops_the_run_and_nothing_counts_as_refused() {
    let server = FaultServer::start(Fault::Answer(answer("ERR-20001")));
    let orders = orders(200);
    let ledger = memory();
    let (report, told) = run(&server.base_url(), &orders, &ledger).await;
    let report = report.unwrap();
    assert_eq!(report.stopped, Some(StopReason::WrongLogin));
    assert_eq!((report.not_done, told.len()), (200, 200));
    assert!(server.requests() <= 8, "{}", server.requests());
    let good = FaultServer::start(Fault::Answer(answer("STA-100")));
    let (report, _) = run(&good.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().done, 200);
}

#[tokio::test]
async fn a_run_without_answers_stops() {
    let orders = orders(300);
    let ledger = memory();
    let (report, told) = run(&refused_url(), &orders, &ledger).await;
    let report = report.unwrap();
    assert_eq!(report.stopped, Some(StopReason::NoAnswers));
    assert_eq!((report.not_done, report.unknown), (300, 0));
    assert_eq!(states(&told), BTreeMap::from([("NotDone".to_owned(), 300)]));
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let (report, told) = run(&server.base_url(), &orders, &ledger).await;
    let report = report.unwrap();
    assert!(report.unknown >= 20 && report.unknown < 40, "{report:?}");
    assert_eq!(report.unknown + report.not_done, 300);
    let good = OrderServer::start(FaultRate::new(0, 1));
    let (report, _) = run(&good.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().done, 300);
    assert_eq!(told.len(), 300);
}

#[tokio::test]
async fn a_code_that_is_not_listed_stops_the_run_when_it_comes_again_and_again() {
    let server = FaultServer::start(Fault::Answer(answer("ERR-29999")));
    let (report, _) = run(&server.base_url(), &orders(300), &memory()).await;
    let report = report.unwrap();
    assert_eq!(report.stopped, Some(StopReason::UnlistedCode));
    assert!((20..40).contains(&report.unknown), "{report:?}");
    // One try and one settling each.
    assert!(server.requests() <= 2 * report.unknown);
}

#[tokio::test]
async fn what_is_not_sent_waits_for_no_pace() {
    let orders = orders(50);
    let server = FaultServer::start(Fault::Answer(answer("ERR-20001")));
    let slow = plan().pause(Duration::MAX);
    assert!(slow.pause < Duration::MAX);
    for ledger in [memory(), left_at(State::Sending, &orders[30]).await] {
        // The second and all later ones would wait for a day.
        let (report, told) = run_by(&server.base_url(), &orders, &ledger, &slow).await;
        assert_eq!(report.unwrap().stopped, Some(StopReason::WrongLogin));
        assert_eq!(told.len(), 50);
    }
    assert_eq!(server.requests(), 2);
    let mut unclamped = plan();
    unclamped.pause = Duration::MAX;
    let (report, _) = run_by(&server.base_url(), &orders, &memory(), &unclamped).await;
    assert_eq!(report.unwrap().not_done, 50);
}
