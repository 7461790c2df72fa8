//! Events that Aras pushes to the shop.

use aras_tracking::push::{self, PushAnswer};
use aras_tracking::{Password, UserName};
use kervan_sandbox::aras::Stage as At;
use stories::arrived;

use super::Shop;

#[test]
fn pushed_events_name_the_order_and_their_sender() {
    let shop = Shop::open();
    shop.accepted("KV-1");
    shop.moved("KV-1", At::InTransfer);
    shop.moved("KV-1", At::AtDeliveryBranch);
    shop.moved("KV-1", At::OutForDelivery);
    shop.moved("KV-1", At::Delivered);
    let posts = shop.stage.posts();
    // The acceptance and the delivery are pushed.
    assert_eq!(posts.len(), 2);
    let (user, password) = (UserName::new("kervan"), Password::new("gizli-1"));
    for post in &posts {
        let push = push::read(&arrived(post)).unwrap();
        assert_eq!(push.reference.as_str(), "KV-1");
        assert!(push.is_from(&user, &password));
        assert!(!push.is_from(&user, &Password::new("gizli-2")));
        let answer = PushAnswer::Taken.write(&push, "http://kervan.example/");
        let answer = String::from_utf8(answer.unwrap()).unwrap();
        assert!(answer.contains("SetCargoStatusResponse"));
    }
    let delivered = push::read(&arrived(&posts[1])).unwrap();
    assert_eq!(delivered.status_code, "3");
}
