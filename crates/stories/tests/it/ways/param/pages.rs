//! Pages of the provider's own: BKM Express, the modal page, and the check of a card.

use std::net::{IpAddr, Ipv4Addr};

use kervan_core::Secret;
use kervan_sandbox::param::{Customer, PaymentState, Step};
use param_marketplace::ReceivedAmount;
use param_marketplace::payments::callback::{
    CallbackError, ExpectedPayment, PayCallback, PayResult,
};
use param_marketplace::payments::{
    BkmPayment, CardCheckError, CardCheckHint, Currency, ListPayments, ModalCurrencyPayment,
    ModalPayment, PaymentState as Said, QueryPayment, ReturnUrls, VerifyCard,
};
use stories::arrived;

use super::reports::today;
use super::{FAILED, PAID, Shop, altered, card, kurus, money};

#[test]
fn bkm_comes_back_without_a_signature_and_is_confirmed_by_its_status() {
    let shop = Shop::open();
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    let urls = ReturnUrls::after_success(PAID).after_failure(FAILED);
    let (order, key) = ("KV-1".into(), "KV-1-1".into());
    let payment = BkmPayment::new(order, key, money("100.00"), "5550000001", urls, customer);
    let started = shop.stage.run(shop.client.call(&payment)).unwrap();
    assert!(started.url.as_str().starts_with("https://"));
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = PayCallback::read(&post).unwrap();
    let expected = ExpectedPayment::of_modal(&ModalPayment::new(
        "KV-1".into(),
        "KV-1-1".into(),
        money("100.00"),
        PAID,
    ));
    let verified = callback.verify(shop.client.settings(), &expected);
    assert_eq!(verified, Err(CallbackError::Unsigned));

    let status = shop
        .stage
        .run(shop.client.call(&QueryPayment::by_key("KV-1-1")));
    let record = status.unwrap().value.payment.unwrap();
    assert!(record.is_paid());
    let truth = shop.truth("KV-1");
    assert_eq!(truth.state, PaymentState::Charged);
    let total = record.total.as_ref().and_then(ReceivedAmount::money);
    assert_eq!(total.map(kurus), Some(truth.amount));
}

#[test]
fn bkm_that_the_customer_cancels_is_not_paid() {
    let shop = Shop::open();
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    let urls = ReturnUrls::both(PAID);
    let (order, key) = ("KV-1".into(), "KV-1-1".into());
    let payment = BkmPayment::new(order, key, money("100.00"), "5550000001", urls, customer);
    shop.stage.run(shop.client.call(&payment)).unwrap();
    shop.customer("KV-1", Customer::Cancels);
    assert_eq!(shop.truth("KV-1").state, PaymentState::NotProven);
    assert_ne!(shop.state("KV-1"), Some(Said::Success));
}

#[test]
fn the_modal_page_comes_back_as_3d_pay() {
    let shop = Shop::open();
    let payment = ModalPayment::new("KV-1".into(), "KV-1-1".into(), money("100.00"), PAID);
    shop.stage.run(shop.client.call(&payment)).unwrap();
    let expected = ExpectedPayment::of_modal(&payment);
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = PayCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected).unwrap();
    let PayResult::Paid(paid) = result else {
        panic!("paid: {result:?}");
    };
    // No start has named the payment's number, so the list does.
    assert_eq!(paid.payment, None);
    let (from, to) = today(&shop);
    let list = shop
        .stage
        .run(shop.client.call(&ListPayments::between(from, to)));
    let order = list.unwrap().receipt(&paid.receipt).unwrap();
    assert_eq!(order.payment.get(), shop.truth("KV-1").id.unsigned_abs());
    let cheaper = altered(&post, "100%2C00", "1%2C00");
    let forged = PayCallback::read(&cheaper).unwrap();
    assert!(forged.verify(shop.client.settings(), &expected).is_err());
}

#[test]
fn the_modal_page_takes_euro() {
    let shop = Shop::open();
    let payment = ModalPayment::new("KV-1".into(), "KV-1-1".into(), money("100.00"), PAID);
    let payment = ModalCurrencyPayment::new(payment, Currency::Euro);
    shop.stage.run(shop.client.call(&payment)).unwrap();
    let expected = ExpectedPayment::of_modal_currency(&payment);
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = PayCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected);
    let Ok(PayResult::Paid(paid)) = result else {
        panic!("paid: {result:?}");
    };
    assert_eq!(paid.currency, Currency::Euro);
    assert_eq!(shop.truth("KV-1").currency, "EUR");
}

#[test]
fn a_card_is_checked_and_nothing_is_charged() {
    let shop = Shop::open();
    let token = Secret::new("k3Yp0Zc8Q1vT5mXa");
    let check = VerifyCard::new(card(), token.clone()).return_url(PAID);
    let started = shop.stage.run(shop.client.call(&check)).unwrap();
    let page = started.url.as_str();
    let session = page.split("SID=").nth(1).unwrap().to_owned();
    let does = Customer::Proves;
    shop.stage.act(Step::Customer {
        page: session,
        does,
    });
    let posts = shop.stage.posts();
    let hint = CardCheckHint::read(&arrived(&posts[0]), &token).unwrap();
    assert!(hint.says_valid());
    let another = CardCheckHint::read(&arrived(&posts[0]), &Secret::new("9999999999999999"));
    assert_eq!(another, Err(CardCheckError::Foreign));
    assert!(shop.stage.ask(|world| world.payments().is_empty()));
}
