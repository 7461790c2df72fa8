//! Orders that an earlier run left: sent perhaps, refused, or of another one.

use super::*;

#[tokio::test]
async fn what_may_have_been_sent_is_settled_before_anything_else() {
    let orders = orders(20);
    for state in [State::Sending, State::Unknown] {
        let ledger = left_at(state, &orders[19]).await;
        let server = FaultServer::start(Fault::Answer(answer("ERR-20003")));
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.already_there, report.key_taken), (1, 19));
        let first = String::from_utf8(server.requests_seen()[0].body.clone()).unwrap();
        assert!(first.contains("KV-00019"), "{first}");
        assert_eq!(told["KV-00019"].state, BulkState::AlreadyThere);
    }
}

#[tokio::test]
async fn an_order_that_cannot_be_settled_stays_unknown() {
    let orders = orders(1);
    let ledger = left_at(State::Sending, &orders[0]).await;
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
    let (orders, ledger) = (orders(3), memory());
    for _ in 0..2 {
        let (report, told) = run(&server.base_url(), &orders, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.key_taken, report.already_there), (3, 0));
        assert!(!report.is_settled());
        assert_eq!(told["KV-00000"].state, BulkState::KeyTaken);
        let reason = told["KV-00000"].reason.clone().unwrap();
        assert_eq!(reason.code.as_deref(), Some("ERR-20003"));
        assert_eq!(server.requests(), 3, "asked once");
    }
    let trusting = plan().trust_duplicates(true);
    let (report, _) = run_by(&server.base_url(), &orders, &ledger, &trusting).await;
    let report = report.unwrap();
    assert_eq!((report.already_there, report.is_settled()), (3, true));
    // A lost ledger.
    let lost = memory();
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
    let (report, _) = run(&server.base_url(), &orders(1), &memory()).await;
    assert_eq!(report.unwrap().already_there, 1);
}

#[tokio::test]
async fn an_order_that_was_changed_after_it_may_have_been_sent_is_not_sent() {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    let before = orders(1);
    let mut after = before.clone();
    after[0].lines[0].quantity = 3;
    for state in [State::Done, State::Exists] {
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
    for state in [State::Sending, State::Unknown] {
        let ledger = left_at(state, &before[0]).await;
        let mut all = orders(3);
        all[0] = after[0].clone();
        let (report, told) = run(&good.base_url(), &all, &ledger).await;
        let report = report.unwrap();
        assert_eq!((report.unknown, report.done), (1, 2));
        assert_eq!(told["KV-00000"].reason.clone().unwrap().kind, "changed");
        let entry = ledger.find(&key(&all[0])).await.unwrap().unwrap();
        let as_before = left_at(state, &before[0]).await;
        let as_before = as_before.find(&key(&all[0])).await.unwrap().unwrap();
        assert_eq!((entry.state, entry.contents), (state, as_before.contents));
    }
    // Another day is no other order.
    let mut later = before.clone();
    later[0].days.request = "2026-11-21".parse().unwrap();
    assert_eq!(later[0].lasting_contents(), before[0].lasting_contents());
}
