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

async fn entry(ledger: &Memory, number: &str) -> Entry {
    let key = account().key("create_order", number);
    ledger.find(&key).await.unwrap().unwrap()
}

#[tokio::test]
async fn w7_a_corrected_order_goes_out_after_a_refusal_of_the_lost_one() {
    for code in ["ERR-20005", "ERR-20002", "ERR-20009", "ERR-20071"] {
        let mut orders = orders(1);
        let ledger = memory();
        // The answer is lost, then the very same body is refused.
        let server = script(vec![Fault::ResetAt(30), said(code), said("STA-100")]);
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().refused, 1, "{code}");
        assert_eq!(told["KV-00000"].state, BulkState::Refused);
        assert_eq!(entry(&ledger, "KV-00000").await.state, State::Refused);
        orders[0].lines[0].quantity = 3;
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().done, 1, "{code}");
        assert_eq!(told["KV-00000"].state, BulkState::Done);
        assert_eq!(server.requests(), 3, "{code}");
    }
}

#[tokio::test]
async fn w7_an_order_that_an_earlier_run_left_open_is_refused_and_corrected() {
    for state in [State::Sending, State::Unknown] {
        let mut orders = orders(1);
        let ledger = left_at(state, &orders[0]).await;
        let server = script(vec![said("ERR-20005"), said("STA-100")]);
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.refused, report.is_settled()), (1, true));
        orders[0].lines[0].quantity = 3;
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().done, 1);
    }
}

#[tokio::test]
async fn w7_what_refuses_the_try_alone_keeps_the_order_open() {
    for code in ["ERR-20001", "ERR-20999"] {
        let mut orders = orders(1);
        let ledger = memory();
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
async fn w6_a_first_try_is_a_refusal_and_one_after_it_is_the_order() {
    // Of two orders the first has its answer lost, and the number of the second is another order's.
    let orders = orders(2);
    let server = script(vec![
        Fault::ResetAt(30),
        said("ERR-20003"),
        said("ERR-20003"),
    ]);
    let one_at_a_time = plan().at_once(1);
    let ledger = memory();
    let (report, told) = run_by(&server.base_url(), &orders, &ledger, &one_at_a_time).await;
    let report = report.unwrap();
    assert_eq!((report.already_there, report.key_taken), (1, 1));
    assert_eq!(told["KV-00000"].state, BulkState::AlreadyThere);
    assert_eq!(told["KV-00001"].state, BulkState::KeyTaken);
}

#[tokio::test]
async fn w6_where_others_use_the_numbers_nothing_is_taken_for_ones_own() {
    let orders = orders(1);
    let shared = plan().own_keys(false).trust_duplicates(true);
    let server = script(vec![Fault::ResetAt(30), said("ERR-20003")]);
    let ledger = memory();
    let (report, told) = run_by(&server.base_url(), &orders, &ledger, &shared).await;
    assert_eq!(report.unwrap().unknown, 1);
    assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "exists");
    // A first try is another order's in any case.
    let lost = memory();
    let (report, _) = run_by(&server.base_url(), &orders, &lost, &shared).await;
    assert_eq!(report.unwrap().key_taken, 1);
}

#[tokio::test]
async fn w6_the_answer_to_another_number_settles_nothing() {
    let other = r#"{"response": {"responseCode": "ERR-20003", "responseMessage": "BU TALEP NUMARASI SISTEMDE MEVCUT - Key: 801452 TalepNo: KV-00009"}}"#;
    let other = || Fault::Answer(crate::support::json(200, other.as_bytes()));
    let server = script(vec![Fault::ResetAt(30), other()]);
    let orders = orders(1);
    let (report, told) = run(&server.base_url(), &orders, &memory()).await;
    let report = report.unwrap();
    assert_eq!((report.unknown, report.already_there), (1, 0));
    assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "transport");
    let server = script(vec![other(), said("STA-100")]);
    let (report, _) = run(&server.base_url(), &orders, &memory()).await;
    assert_eq!(report.unwrap().done, 1);
}

#[tokio::test]
async fn w5_an_open_order_keeps_its_attempt_and_another_day_or_key_still_settles_it() {
    let orders = orders(1);
    let ledger = memory();
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
    assert_eq!(told["KV-00000"].state, BulkState::AlreadyThere);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn w5_an_order_that_was_prepared_and_never_sent_is_a_first_try() {
    let orders = orders(1);
    let server = script(vec![said("ERR-20003")]);
    // A program stored it and died, or left it to a worker.
    let ledger = memory();
    let client = client(&server, 1);
    let plan = Plan::new(key(&orders[0]), orders[0].key());
    let new = ledger.entry(&client, plan, &orders[0]).unwrap();
    ledger.insert(&new).await.unwrap();
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().key_taken, 1, "nothing was sent before");
    let ledger = left_at(State::Sending, &orders[0]).await;
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().already_there, 1, "it may have been sent");
}

#[tokio::test]
async fn an_order_of_which_nothing_was_sent_may_change_before_the_next_run() {
    let mut orders = orders(1);
    let ledger = memory();
    let (report, _) = run(&refused_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().not_done, 1);
    assert_eq!(entry(&ledger, "KV-00000").await.state, State::Prepared);
    orders[0].lines[0].quantity = 3;
    let server = script(vec![said("STA-100")]);
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().done, 1);
    let revised = entry(&ledger, "KV-00000").await;
    assert_eq!((revised.state, revised.revision), (State::Done, 2));
}

#[tokio::test]
async fn an_order_that_was_open_for_a_month_is_still_settled_by_a_run() {
    let orders = orders(1);
    let host = testkit::host();
    let ledger = Ledger::new(
        MemoryStore::new(),
        host.clone(),
        kervan_ledger::ContentsKey::new([7; 32]),
    );
    let silent = FaultServer::start(Fault::ResetBeforeAnswer);
    for server in [&silent, &silent] {
        let (report, _) = run(&server.base_url(), &orders, &ledger).await;
        assert_eq!(report.unwrap().unknown, 1);
        host.advance(Duration::from_secs(30 * 24 * 3600));
    }
    let server = script(vec![said("ERR-20003")]);
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().already_there, 1);
}

#[tokio::test]
async fn an_order_that_another_program_works_on_is_left_to_it() {
    let orders = orders(3);
    let server = OrderServer::start(FaultRate::new(0, 1));
    let host = testkit::host();
    let ledger = Ledger::new(
        MemoryStore::new(),
        host.clone(),
        kervan_ledger::ContentsKey::new([7; 32]),
    );
    let client = client(&server, 1);
    let plan = Plan::new(key(&orders[0]), orders[0].key());
    let new = ledger.entry(&client, plan, &orders[0]).unwrap();
    assert!(matches!(ledger.begin(new).await.unwrap(), Begun::New(_)));
    let (report, told) = run(&server.base_url(), &orders, &ledger).await;
    let report = report.unwrap();
    assert_eq!((report.done, report.unknown), (2, 1));
    assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "held");
    assert_eq!(server.requests(), 2);
    // It died; its lease ends.
    host.advance(Duration::from_secs(5 * 60));
    let (report, _) = run(&server.base_url(), &orders, &ledger).await;
    assert_eq!(report.unwrap().done, 3);
    assert_eq!(server.requests(), 3);
}
