//! Reservations: captured, captured in part, released, and made by 3-D.

use kervan_sandbox::Kurus;
use kervan_sandbox::param::{Customer, PaymentState, Step};
use param_marketplace::payments::callback::{
    ExpectedModel, ExpectedPayment, ModelCallback, ModelResult, PayCallback, PayResult,
};
use param_marketplace::payments::{
    CaptureReservation, Reservation, ReserveAmount, ReserveWithModel, Security, VoidReservation,
};
use param_marketplace::{Sent, Settled};

use super::{Shop, card, money, sale};

/// Reserves 100 lira without 3-D.
fn reserved(shop: &Shop) {
    let reserve = ReserveAmount::new(sale("KV-1", "100.00"), card(), Security::None);
    let answer = shop.stage.run(shop.client.call(&reserve)).unwrap().value;
    let Reservation::Reserved(reserved) = answer else {
        panic!("no page was asked for");
    };
    let truth = shop.truth("KV-1");
    assert_eq!(truth.state, PaymentState::Reserved);
    assert_eq!(reserved.provision.as_str(), truth.id.to_string());
}

#[test]
fn a_reservation_is_captured() {
    let shop = Shop::open();
    reserved(&shop);
    let capture = CaptureReservation::new("KV-1", money("100.00"));
    let captured = shop.stage.run(shop.client.call(&capture)).unwrap();
    let truth = shop.truth("KV-1");
    assert_eq!(
        (truth.state, truth.amount),
        (PaymentState::Charged, Kurus(10_000))
    );
    assert_eq!(captured.receipt.as_str(), truth.receipt.to_string());
}

#[test]
fn a_reservation_is_captured_in_part() {
    let shop = Shop::open();
    reserved(&shop);
    let capture = CaptureReservation::new("KV-1", money("60.00"));
    shop.stage.run(shop.client.call(&capture)).unwrap();
    let truth = shop.truth("KV-1");
    assert_eq!(
        (truth.state, truth.amount),
        (PaymentState::Charged, Kurus(6_000))
    );
    // It is captured once.
    let again = shop.stage.run(shop.client.call(&capture));
    assert!(again.is_err());
    assert_eq!(shop.truth("KV-1").amount, Kurus(6_000));
}

#[test]
fn a_reservation_is_released() {
    let shop = Shop::open();
    reserved(&shop);
    let void = VoidReservation::new("KV-1");
    let attempt = shop.stage.run(shop.client.prepare(&void)).unwrap();
    shop.stage.faults([kervan_sandbox::Fault::AnswerLost]);
    assert!(shop.stage.run(shop.client.send(&void, &attempt)).is_err());
    let settled = shop.stage.run(shop.client.settle(&void, &attempt));
    assert!(
        matches!(settled, Settled::Done(_) | Settled::InState),
        "{settled:?}"
    );
    assert_eq!(shop.truth("KV-1").state, PaymentState::Released);
    let capture = CaptureReservation::new("KV-1", money("100.00"));
    assert!(shop.stage.run(shop.client.call(&capture)).is_err());
    assert!(shop.stage.ask(|world| world.charges("KV-1").is_empty()));
}

#[test]
fn a_reservation_by_3d_pay_comes_back_as_reserved() {
    let shop = Shop::open();
    let reserve = ReserveAmount::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let answer = shop.stage.run(shop.client.call(&reserve)).unwrap().value;
    let Reservation::Started(visit) = answer else {
        panic!("3-D was asked for");
    };
    let expected = ExpectedPayment::of_reservation(&reserve.sale, &visit);
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = PayCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected).unwrap();
    assert!(matches!(result, PayResult::Reserved(_)), "{result:?}");
    assert_eq!(shop.truth("KV-1").state, PaymentState::Reserved);
}

#[test]
fn a_reservation_by_the_3d_model_has_a_second_step() {
    let shop = Shop::open();
    let reserve = ReserveWithModel::new(sale("KV-1", "100.00"), card(), Security::ThreeD);
    let answer = shop.stage.run(shop.client.call(&reserve)).unwrap().value;
    let Reservation::Started(page) = answer else {
        panic!("3-D was asked for");
    };
    let expected = ExpectedModel::of_reservation(&reserve.sale, &page).unwrap();
    let post = shop.customer("KV-1", Customer::Proves);
    let callback = ModelCallback::read(&post).unwrap();
    let result = callback.verify(shop.client.settings(), &expected).unwrap();
    let ModelResult::AuthenticatedReservation(proof) = result else {
        panic!("a reservation was begun");
    };
    assert_eq!(shop.truth("KV-1").state, PaymentState::Proven);
    let sent = shop
        .stage
        .run(shop.client.send_or_settle(&proof.complete()));
    assert!(matches!(sent, Ok(Sent::Done(_))));
    assert_eq!(shop.truth("KV-1").state, PaymentState::Reserved);
    // A page that has ended does nothing more.
    let page = "KV-1".to_owned();
    let does = Customer::Proves;
    let acted = shop.stage.change(|world, now, chance| {
        let step = Step::Customer { page, does };
        (
            kervan_sandbox::Hosted::act(world, step, now, chance),
            Vec::new(),
        )
    });
    assert!(acted.is_err());
}
