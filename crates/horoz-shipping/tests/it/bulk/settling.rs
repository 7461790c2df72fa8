//! Orders that may have been sent, and taken numbers, in a run.

use horoz_shipping::Attempt;

use super::*;

/// Answers the requests in this order, the last one for all that follow.
fn script(faults: Vec<Fault>) -> FaultServer {
    FaultServer::start(Fault::Script(faults))
}

fn said(code: &str) -> Fault {
    Fault::Answer(answer(code))
}

async fn entry(ledger: &MemoryLedger, number: &str) -> LedgerEntry {
    let number = RequestNumber::from(number);
    ledger.find(&number).await.unwrap().unwrap()
}

#[tokio::test]
async fn w7_a_corrected_order_goes_out_after_a_refusal_of_the_lost_one() {
    for code in ["ERR-20005", "ERR-20002", "ERR-20009", "ERR-20071"] {
        let mut orders = orders(1);
        let ledger = MemoryLedger::new();
        // The answer is lost, then the very same body is refused.
        let server = script(vec![Fault::ResetAt(30), said(code), said("STA-100")]);
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().refused, 1, "{code}");
        assert_eq!(told["KV-00000"].state, OrderState::Refused);
        assert_eq!(entry(&ledger, "KV-00000").await.attempt, None, "settled");
        orders[0].lines[0].quantity = 3;
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().created, 1, "{code}");
        assert_eq!(told["KV-00000"].state, OrderState::Created);
        assert_eq!(server.requests(), 3, "{code}");
    }
}

#[tokio::test]
async fn w7_an_order_that_an_earlier_run_left_open_is_refused_and_corrected() {
    for state in [OrderState::Sending, OrderState::Unknown] {
        let mut orders = orders(1);
        let ledger = left_at(state, &orders[0]).await;
        let server = script(vec![said("ERR-20005"), said("STA-100")]);
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.refused, report.is_settled()), (1, true));
        orders[0].lines[0].quantity = 3;
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().created, 1);
    }
}

#[tokio::test]
async fn w7_what_refuses_the_try_alone_keeps_the_order_open() {
    for code in ["ERR-20001", "ERR-20999"] {
        let mut orders = orders(1);
        let ledger = MemoryLedger::new();
        let server = script(vec![Fault::ResetAt(30), said(code)]);
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().unknown, 1, "{code}");
        assert!(entry(&ledger, "KV-00000").await.attempt.is_some());
        orders[0].lines[0].quantity = 3;
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().unknown, 1, "{code}");
        assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "changed");
        assert_eq!(server.requests(), 2, "{code}");
    }
}

#[tokio::test]
async fn w7_a_refusal_that_an_older_version_kept_as_unknown_lets_the_correction_out() {
    let mut orders = orders(1);
    let ledger = MemoryLedger::new();
    let stored = format!(
        r#"{{"contents": "{}", "state": "unknown", "reason": {{"kind": "rejected", "code": "ERR-20005", "meaning": "unknown_sender"}}}}"#,
        orders[0].fingerprint()
    );
    let old: LedgerEntry = horoz_shipping::from_stored(&stored).unwrap();
    ledger.record(&orders[0].number, &old).await.unwrap();
    orders[0].lines[0].quantity = 3;
    let server = script(vec![said("STA-100")]);
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().created, 1);
}

#[tokio::test]
async fn w6_a_first_try_is_a_refusal_and_one_after_it_is_the_order() {
    // Of two orders the first has its answer lost, and the number of the second is another order's.
    let orders = orders(2);
    let server = script(vec![
        Fault::ResetAt(30),
        said("ERR-20003"),
        said("ERR-20003"),
    ]);
    let one_at_a_time = plan().at_once(1);
    let ledger = MemoryLedger::new();
    let (report, told) = run_by(&server.base_url(), &orders, &ledger, &one_at_a_time).await;
    let report = report.unwrap();
    assert_eq!((report.already_there, report.number_taken), (1, 1));
    assert_eq!(told["KV-00000"].state, OrderState::AlreadyThere);
    assert_eq!(told["KV-00001"].state, OrderState::NumberTaken);
}

#[tokio::test]
async fn w6_where_others_use_the_numbers_nothing_is_taken_for_ones_own() {
    let orders = orders(1);
    let shared = plan().own_numbers(false).trust_duplicates(true);
    let server = script(vec![Fault::ResetAt(30), said("ERR-20003")]);
    let ledger = MemoryLedger::new();
    let (report, told) = run_by(&server.base_url(), &orders, &ledger, &shared).await;
    assert_eq!(report.unwrap().unknown, 1);
    assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "exists");
    // A first try is another order's in any case.
    let lost = MemoryLedger::new();
    let (report, _) = run_by(&server.base_url(), &orders, &lost, &shared).await;
    assert_eq!(report.unwrap().number_taken, 1);
}

#[tokio::test]
async fn w6_the_answer_to_another_number_settles_nothing() {
    let other = r#"{"response": {"responseCode": "ERR-20003", "responseMessage": "BU TALEP NUMARASI SISTEMDE MEVCUT - Key: 801452 TalepNo: KV-00009"}}"#;
    let other = || Fault::Answer(crate::support::json(200, other.as_bytes()));
    let server = script(vec![Fault::ResetAt(30), other()]);
    let orders = orders(1);
    let (report, told) = run(&server.base_url(), &orders, &MemoryLedger::new()).await;
    let report = report.unwrap();
    assert_eq!((report.unknown, report.already_there), (1, 0));
    assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "transport");
    let server = script(vec![other(), said("STA-100")]);
    let (report, _) = run(&server.base_url(), &orders, &MemoryLedger::new()).await;
    assert_eq!(report.unwrap().created, 1);
}

#[tokio::test]
async fn w5_an_open_order_keeps_its_attempt_and_another_day_or_key_still_settles_it() {
    let orders = orders(1);
    let ledger = MemoryLedger::new();
    let silent = FaultServer::start(Fault::ResetBeforeAnswer);
    let (report, _) = run(&silent.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().unknown, 1);
    let open = entry(&ledger, "KV-00000").await;
    let attempt: Attempt = open.attempt.unwrap();
    assert_eq!(attempt.key(), "KV-00000");
    assert!(attempt.was_sent());
    // The next day the same order has another day of request, and another address, as a new key or
    // environment of the account would be: its attempt is not of that request to the byte.
    let mut later = orders.clone();
    later[0].days.request = "2026-11-21".parse().unwrap();
    let server = script(vec![said("ERR-20003")]);
    let (report, told) = run(&server.base_url(), &later, &ledger).await;
    assert_eq!(report.unwrap().already_there, 1);
    assert_eq!(told["KV-00000"].state, OrderState::AlreadyThere);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn w5_an_order_that_was_prepared_and_never_sent_is_a_first_try() {
    let orders = orders(1);
    let ledger = MemoryLedger::new();
    let server = script(vec![said("ERR-20003")]);
    let attempt = client(&server, 1).prepare(&orders[0]).await.unwrap();
    let sending = LedgerEntry::new(orders[0].fingerprint(), OrderState::Sending).attempt(attempt);
    ledger.record(&orders[0].number, &sending).await.unwrap();
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().number_taken, 1, "nothing was sent before");
    // As a store gives it back, it may have been.
    let stored = serde_json::to_string(&sending).unwrap();
    let stored: LedgerEntry = horoz_shipping::from_stored(&stored).unwrap();
    ledger.record(&orders[0].number, &stored).await.unwrap();
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().already_there, 1);
}
