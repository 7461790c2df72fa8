//! Writes in a ledger, as its recipe runs them: the program dies, and the next one goes on.

use std::sync::Arc;
use std::time::Duration;

use kervan_ledger::{Account, ContentsKey, Key, Ledger, MemoryStore, Plan, State, Worker};
use kervan_sandbox::Fault;
use kervan_sandbox::param::OrderState;
use param_marketplace::{AddOrderDetail, SetOrderStatus};

use super::param::SELLERS;
use super::param::marketplace::with_sellers;

fn key(kind: &str, own: &str) -> Key {
    let account = Account {
        provider: "param".to_owned(),
        merchant: "test".to_owned(),
    };
    account.key(kind, own)
}

#[test]
fn a_share_is_entered_and_approved_once_though_answers_are_lost_and_programs_end() {
    let shop = with_sellers();
    let paid = shop.paid("KV-1", "100.00");
    let store = Arc::new(MemoryStore::new());
    // A new program has nothing but the store.
    let program = || {
        let key = ContentsKey::new([7; 32]);
        Ledger::over(Arc::clone(&store), shop.stage.host(), key)
    };

    let entry = AddOrderDetail::new(paid.payment, SELLERS[0].into())
        .product_amount("50.00".parse().unwrap())
        .payable("45.00".parse().unwrap());
    // The first request asks for what is there before, the second one is the write.
    shop.stage.faults([Fault::None, Fault::AnswerLost]);
    let plan = || Plan::new(key("share", "KV-1/1"), "sale KV-1");
    let open = shop
        .stage
        .run(program().write(&shop.client, plan(), &entry));
    assert!(open.is_err(), "its answer is lost");
    let second = Plan::new(key("share", "KV-1/2"), "sale KV-1");
    let taken = shop
        .stage
        .run(program().write(&shop.client, second, &entry));
    assert!(taken.is_err(), "one write of an object is open");
    let written = shop
        .stage
        .run(program().write(&shop.client, plan(), &entry));
    let written = written.unwrap();
    assert!(written.entry.state.is_done(), "{:?}", written.entry.state);

    let truth = shop.truth("KV-1");
    let keys: Vec<_> = shop.stage.ask(|world| {
        let entries = world.orders_of(truth.id).into_iter();
        entries.map(|one| one.key.clone()).collect()
    });
    assert_eq!(keys.len(), 1, "entered once");

    // The outbox: stored with the shop's own data, and sent by a worker.
    let approval = SetOrderStatus::approve(keys[0].as_str().into());
    let plan = Plan::new(key("approve", &keys[0]), "sale KV-1");
    let ledger = program();
    let stored = ledger.entry(&shop.client, plan, &approval).unwrap();
    shop.stage.run(ledger.insert(&stored)).unwrap();
    for fault in [Fault::RequestLost, Fault::None] {
        shop.stage.faults([fault]);
        let (of_step, client) = (program(), shop.client.clone());
        let worker = Worker::new(program()).on("approve", move |held| {
            let (ledger, client) = (of_step.clone(), client.clone());
            async move {
                let approval = SetOrderStatus::approve(held.entry().key.own.as_str().into());
                let nothing = |_: &_, _: Option<&_>| None;
                let _ = ledger.go_on(&client, held, &approval, &nothing).await;
            }
        });
        while shop.stage.run(worker.step()).unwrap() {}
        // Longer than the settling time, after which the old state proves that it was not done.
        shop.stage.pass(Duration::from_secs(15 * 60));
    }
    let state = shop
        .stage
        .ask(|world| world.order(&keys[0]).map(|one| one.state));
    assert_eq!(state, Some(OrderState::Approved));
    let entry = shop
        .stage
        .run(program().find(&key("approve", &keys[0])))
        .unwrap();
    let entry = entry.unwrap();
    assert_eq!((entry.state, entry.tries), (State::Done, 2));
}
