//! The inbox, on the store in memory.

use std::time::SystemTime;

use kervan_core::Delivery;
use kervan_ledger::{Account, ContentsKey, Inbox, MemoryStore};
use kervan_testing::MovableHost;

#[test]
fn a_post_is_another_one_at_another_address_and_keeps_its_reference() {
    let host = MovableHost::at(SystemTime::UNIX_EPOCH);
    let store = MemoryStore::new();
    let inbox = Inbox::new(store, host.clone(), ContentsKey::new([7; 32]));
    let account = Account {
        provider: "haso".to_owned(),
        merchant: "test 1001".to_owned(),
    };
    let delivery = kervan_testing::delivery("application/json", r#"{"Success":true}"#);
    let receive = |delivery: &Delivery| {
        let received = inbox.receive(&account, "limit", delivery);
        host.run(received).unwrap()
    };
    let first = delivery.clone().reference("request 1");
    let posts = [
        receive(&first),
        receive(&delivery.clone().reference("request 2")),
        receive(&delivery),
        receive(&first),
    ];
    let numbers = posts.each_ref().map(|post| (post.number, post.times));
    assert_eq!(numbers, [(1, 1), (2, 1), (3, 1), (1, 2)]);
    // A program that was started anew has nothing but the store.
    let waiting = host.run(inbox.waiting(0, 9)).unwrap();
    let waiting: Vec<_> = waiting.into_iter().flatten().collect();
    let again = waiting[0].delivery().unwrap();
    assert_eq!(
        (again.content_type(), &again.body, &again.reference),
        (first.content_type(), &first.body, &first.reference)
    );
    assert_eq!(waiting[2].delivery().unwrap().reference, None);
}
