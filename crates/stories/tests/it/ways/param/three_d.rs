//! Card payments: without 3-D, 3D Pay, and the 3D Model with its second step.

use kervan_sandbox::Fault;
use kervan_sandbox::param::{Customer, Effect, PaymentState, Verdict};
use param_marketplace::payments::callback::{
    CallbackError, ExpectedModel, ExpectedPayment, ModelCallback, ModelResult, PayCallback,
    PayResult,
};
use param_marketplace::payments::{
    Currency, CurrencyPayment, ListPayments, ModelPayment, ModelPaymentV2, PaidOrder, Payment,
    PosPayment, QueryPayment, Security, ShowPage,
};
use param_marketplace::{ReceivedAmount, Settled};

use super::reports::today;
use super::{CARD, LIRA, Shop, altered, card, kurus, money, sale};

#[test]
fn a_payment_without_3d_is_found_by_its_receipt() {
    let shop = Shop::open();
    let payment = PosPayment::new(sale("KV-1", "100.00"), card(), Security::None);
    let paid = shop.stage.run(shop.client.call(&payment)).unwrap().value;
    let Payment::Charged(charged) = paid else {
        panic!("no page was asked for");
    };
    let truth = shop.truth("KV-1");
    assert_eq!(truth.state, PaymentState::Charged);
    assert_eq!(charged.receipt.as_str(), truth.receipt.to_string());

    // Only the list has the payment's number, which the marketplace needs.
    let (from, to) = today(&shop);
    let list = shop
        .stage
        .run(shop.client.call(&ListPayments::between(from, to)));
    let order = list.unwrap().receipt(&charged.receipt).unwrap();
    assert_eq!(order.payment.get(), truth.id.unsigned_abs());
    assert_eq!(kurus(order.net), truth.net());
}

#[test]
fn a_payment_that_the_bank_refuses_is_not_done() {
    let shop = Shop::open();
    shop.stage.change(|world, _, _| {
        world.set_bank(CARD, Verdict::Refuses(51));
        ((), Vec::new())
    });
    let payment = PosPayment::new(sale("KV-1", "100.00"), card(), Security::None);
    let refused = shop.stage.run(shop.client.call(&payment)).unwrap_err();
    assert_eq!(refused.outcome(), kervan_core::Outcome::NotDone);
    assert_eq!(shop.truth("KV-1").state, PaymentState::Refused(51));
    assert!(shop.stage.ask(|world| world.charges("KV-1").is_empty()));
}

#[test]
fn a_return_of_3d_pay_is_verified_and_confirmed() {
    let shop = Shop::open();
    let paid = shop.paid("KV-1", "100.00");
    let truth = shop.truth("KV-1");
    assert_eq!(kurus(paid.total), truth.amount);
    assert_eq!(kurus(paid.net), truth.net());
    assert_eq!(paid.receipt.as_str(), truth.receipt.to_string());
}

#[test]
fn a_return_of_3d_pay_that_was_altered_is_not_paid() {
    let shop = Shop::open();
    let payment = PosPayment::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let started = shop.stage.run(shop.client.call(&payment)).unwrap().value;
    let Payment::Started(visit) = started else {
        panic!("3-D was asked for");
    };
    let expected = ExpectedPayment::of(&payment.sale, &visit);
    let post = shop.customer("KV-1", Customer::Cancels);
    let verify = |post| {
        let callback = PayCallback::read(&post).unwrap();
        callback.verify(shop.client.settings(), &expected)
    };
    assert!(matches!(verify(post.clone()), Ok(PayResult::NotPaid(_))));
    // The result itself is not signed.
    let better = altered(&post, "RETVAL_Sonuc=-1", "RETVAL_Sonuc=1");
    assert!(verify(better).is_err());
    let cheaper = altered(&post, "100%2C00", "1%2C00");
    assert_eq!(verify(cheaper), Err(CallbackError::Forged));
    assert_eq!(shop.truth("KV-1").state, PaymentState::NotProven);
}

/// Starts a payment of the 3D Model, and returns the values that a shop stores.
fn started(shop: &Shop, payment: &ModelPayment) -> ExpectedModel {
    let started = shop.stage.run(shop.client.call(payment)).unwrap().value;
    let Payment::Started(page) = started else {
        panic!("3-D was asked for");
    };
    expected(payment, &page)
}

fn expected(payment: &ModelPayment, page: &ShowPage) -> ExpectedModel {
    assert!(!page.html.as_str().is_empty());
    ExpectedModel::of(&payment.sale, page).unwrap()
}

#[test]
fn the_second_step_of_the_3d_model_charges_once() {
    let shop = Shop::open();
    let payment = ModelPayment::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let expected = started(&shop, &payment);
    let post = shop.customer("KV-1", Customer::Proves);
    assert_eq!(shop.truth("KV-1").state, PaymentState::Proven);

    let verified = |post: &_| {
        let callback = ModelCallback::read(post).unwrap();
        callback.verify(shop.client.settings(), &expected)
    };
    let cheaper = altered(&post, "100%2C00", "1%2C00");
    assert_eq!(
        verified(&cheaper),
        Err(CallbackError::Mismatch("transactionAmount"))
    );
    let Ok(ModelResult::Authenticated(proof)) = verified(&post) else {
        panic!("the customer has proved to be the holder");
    };

    // The answer to the second step gets lost.
    let step = proof.complete();
    let attempt = shop.stage.run(shop.client.prepare(&step)).unwrap();
    shop.stage.faults([Fault::AnswerLost]);
    assert!(shop.stage.run(shop.client.send(&step, &attempt)).is_err());
    let settled = shop.stage.run(shop.client.settle(&step, &attempt));
    let Settled::Done(Some(completed)) = settled else {
        panic!("the query shows it: {settled:?}");
    };
    let truth = shop.truth("KV-1");
    assert_eq!(truth.state, PaymentState::Charged);
    assert_eq!(completed.receipt.as_str(), truth.receipt.to_string());

    let query = QueryPayment::by_key("KV-1-1");
    let status = shop.stage.run(shop.client.call(&query)).unwrap();
    let (number, total) = (proof.payment().unwrap(), proof.total());
    let paid = PaidOrder::confirm(number, proof.order(), total, LIRA, &status).unwrap();
    assert_eq!(paid.payment.get(), truth.id.unsigned_abs());
    assert_eq!(kurus(paid.total), truth.amount);
    let charges = shop.stage.caused().into_iter();
    let charges = charges.filter(|effect| matches!(effect, Effect::Charged { .. }));
    assert_eq!(charges.count(), 1);
}

#[test]
fn a_customer_of_the_3d_model_who_fails_is_not_charged() {
    let shop = Shop::open();
    let payment = ModelPayment::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let expected = started(&shop, &payment);
    let post = shop.customer("KV-1", Customer::Fails);
    let callback = ModelCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected).unwrap();
    assert!(matches!(result, ModelResult::NotAuthenticated(_)));
    assert!(shop.stage.ask(|world| world.charges("KV-1").is_empty()));
}

#[test]
fn the_second_form_of_the_3d_model_reports_the_net_amount() {
    let shop = Shop::open();
    let payment = ModelPayment::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let second = ModelPaymentV2::from(payment);
    let started = shop.stage.run(shop.client.call(&second)).unwrap().value;
    let Payment::Started(page) = started else {
        panic!("3-D was asked for");
    };
    let net = page.net.as_ref().and_then(ReceivedAmount::money).unwrap();
    assert_eq!(kurus(net), shop.truth("KV-1").net());
}

#[test]
fn a_payment_in_euro_is_charged_in_euro_and_not_handed_over() {
    let shop = Shop::open();
    let sale = sale("KV-1", "100.00");
    let payment = CurrencyPayment::new(Currency::Euro, sale, card(), Security::ThreeD);
    let started = shop.stage.run(shop.client.call(&payment)).unwrap().value;
    let Payment::Started(visit) = started else {
        panic!("3-D was asked for");
    };
    let expected = ExpectedPayment::of_currency(&payment, &visit);
    let post = shop.customer("KV-1", Customer::Proves);
    // The currency is not signed.
    let in_lira = altered(&post, "PB=EUR", "PB=TL");
    let verify = |post: &_| {
        let callback = PayCallback::read(post).unwrap();
        callback.verify(shop.client.settings(), &expected)
    };
    assert!(verify(&in_lira).is_err());
    let Ok(PayResult::Paid(paid)) = verify(&post) else {
        panic!("paid in euro");
    };
    assert_eq!(
        (paid.currency, paid.total),
        (Currency::Euro, money("100.00"))
    );
    let truth = shop.truth("KV-1");
    assert_eq!(
        (truth.state, truth.currency.as_str()),
        (PaymentState::Charged, "EUR")
    );

    // The marketplace shares lira only.
    let query = QueryPayment::by_key(paid.key.clone());
    let status = shop.stage.run(shop.client.call(&query)).unwrap();
    let number = paid.payment.unwrap();
    let confirmed = PaidOrder::confirm(number, &paid.order, paid.total, paid.currency, &status);
    assert_eq!(
        confirmed,
        Err(param_marketplace::payments::NotConfirmed::NotLira)
    );
}
