//! Orders in the customer's browser: posts, activation, plan, refunds.

use haso_bnpl::callbacks::{Mismatch, OrderCallback, OrderFail, OrderOk, OrderState, StoredOrder};
use haso_bnpl::{CheckRefund, Extent, InStoreOrder, Item, Quirks, Refund, Sent, Settled};
use kervan_sandbox::Fault;
use kervan_sandbox::haso::{Effect, Page, Step};

use super::{CUSTOMER, Shop, money, urls};

const NUMBER: &str = "1905231436-1";

fn page() -> Page {
    Page::Order {
        order: NUMBER.to_owned(),
    }
}

fn completed(shop: &Shop) {
    let installments = Some(3);
    shop.stage.act(Step::Complete {
        page: page(),
        installments,
    });
}

#[test]
fn an_order_is_paid_by_the_plan_of_the_service_and_given_back() {
    let shop = Shop::open();
    shop.opened(NUMBER, "500.00");
    completed(&shop);
    let stored = StoredOrder::open(NUMBER, money("500.00"));
    let quirks = Quirks::default();

    let posts = shop.posts();
    let kinds: Vec<_> = posts.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["ok", "callback"]);
    let ok = OrderOk::read(&posts[0].1).unwrap();
    let callback = OrderCallback::read(&posts[1].1).unwrap();
    assert_eq!(ok.key(), callback.key(), "one event");
    let confirmed = callback.confirm(&stored, &quirks).unwrap();
    assert!(!shop.stage.ask(|world| world.is_active(NUMBER)));

    // Another amount is that of no order here.
    let cheap = StoredOrder::open(NUMBER, money("5.00"));
    assert_eq!(callback.confirm(&cheap, &quirks), Err(Mismatch::Amount));

    let activation = confirmed.activation();
    let plan = shop.activated(&activation);
    let paid = confirmed.paid_by_plan(&plan, &quirks).unwrap();
    assert_eq!(paid.amount(), money("500.00"));
    assert!(shop.stage.ask(|world| world.is_active(NUMBER)));
    let truth = shop
        .stage
        .ask(|world| world.transaction_of(NUMBER).cloned())
        .unwrap();
    assert_eq!(paid.transaction().as_str(), truth.code);
    assert_eq!(paid.plan().installments.len(), 3);
    assert_eq!(paid.plan().total.to_decimal(), truth.total());

    // The second delivery of the event finds the order activated.
    let state = OrderState::Activated(activation.transaction.clone().into());
    let again = callback.confirm(&stored.state(state), &quirks);
    assert_eq!(again, Err(Mismatch::AlreadyActivated));

    // A part goes back, whose answer gets lost, and then the rest.
    let (transaction, order) = (paid.transaction().clone(), paid.order().clone());
    let refund = |number: &str, extent| {
        Refund::new(number.into(), transaction.clone(), order.clone(), extent)
    };
    let part = refund("R-1", Extent::Part(money("125.25")));
    let attempt = shop.stage.run(shop.client.prepare(&part)).unwrap();
    shop.stage.faults([Fault::AnswerLost]);
    assert!(shop.stage.run(shop.client.send(&part, &attempt)).is_err());
    let settled = shop.stage.run(shop.client.settle(&part, &attempt));
    assert!(
        matches!(settled, Settled::Done(_) | Settled::Exists),
        "{settled:?}"
    );
    let check = shop.stage.run(shop.client.call(&CheckRefund::new("R-1")));
    assert!(check.is_ok());
    let rest = refund("R-2", Extent::Part(money("374.75")));
    let sent = shop.stage.run(shop.client.send_or_settle(&rest));
    assert!(matches!(sent, Ok(Sent::Done(_) | Sent::Proven)), "{sent:?}");
    let refunded = shop.stage.ask(|world| world.refunded(NUMBER));
    assert_eq!(refunded, money("500.00").to_decimal());
    // Nothing is left.
    let more = refund("R-3", Extent::Part(money("0.01")));
    assert!(shop.stage.run(shop.client.call(&more)).is_err());
}

#[test]
fn an_order_that_is_given_up_comes_back_as_failed() {
    let shop = Shop::open();
    shop.opened(NUMBER, "500.00");
    shop.stage.act(Step::Decline {
        page: page(),
        reason: None,
    });
    let posts = shop.posts();
    assert_eq!(posts.len(), 1);
    assert_eq!(posts[0].0, "fail");
    let failed = OrderFail::read(&posts[0].1).unwrap();
    let order = failed.claim().failed().order.clone();
    assert_eq!(
        order.as_ref().map(haso_bnpl::OrderNumber::as_str),
        Some(NUMBER)
    );
    assert!(OrderOk::read(&posts[0].1).is_ok_and(|post| {
        let stored = StoredOrder::open(NUMBER, money("500.00"));
        post.confirm(&stored, &Quirks::default()) == Err(Mismatch::NotCompleted)
    }));
    assert!(
        shop.stage
            .ask(|world| world.transaction_of(NUMBER).is_none())
    );
}

#[test]
fn an_order_in_the_store_is_made_by_the_customers_code() {
    let shop = Shop::open();
    let shown = shop.stage.act(Step::ShowQr {
        customer: CUSTOMER.to_owned(),
    });
    let Some(Effect::QrShown { code, .. }) = shown.first() else {
        panic!("a code is shown");
    };
    let order = InStoreOrder::by_qr(NUMBER.into(), money("80.00"), urls(), code.as_str())
        .item(Item::new("SKU-1", 1, money("80.00")).name("Lamba"));
    let form = shop.stage.run(shop.client.in_store_form(&order)).unwrap();
    assert_eq!(shop.browse(&form).status, 302);
    completed(&shop);
    let truth = shop
        .stage
        .ask(|world| world.transaction_of(NUMBER).cloned())
        .unwrap();
    assert_eq!(truth.customer, CUSTOMER);
    assert_eq!(truth.amount, money("80.00").to_decimal());
}

#[test]
fn a_form_serves_one_order() {
    let shop = Shop::open();
    let form = shop
        .stage
        .run(shop.client.order_form(&super::order(NUMBER, "500.00")))
        .unwrap();
    assert_eq!(shop.browse(&form).status, 302);
    assert_ne!(shop.browse(&form).status, 302);
    let opened = shop.stage.ask(|world| world.sessions().count());
    assert_eq!(opened, 1);
}

#[test]
fn a_whole_order_goes_back_once() {
    let shop = Shop::open();
    let paid = shop.paid("100.00");
    let whole = |number: &str| {
        let (transaction, order) = (paid.transaction().clone(), paid.order().clone());
        let extent = Extent::Whole(money("100.00"));
        Refund::new(number.into(), transaction, order, extent)
    };
    // The answer gets lost, and the same number is sent again.
    shop.stage.faults([Fault::AnswerLost]);
    let sent = shop.stage.run(shop.client.send_or_settle(&whole("R-1")));
    assert!(sent.is_ok(), "{sent:?}");
    let again = shop.stage.run(shop.client.send_or_settle(&whole("R-2")));
    assert!(again.is_err());
    let refunded = shop
        .stage
        .ask(|world| world.refunded(paid.order().as_str()));
    assert_eq!(refunded, money("100.00").to_decimal());
}
