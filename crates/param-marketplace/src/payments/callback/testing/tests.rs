//! Each form, read and verified as the shop does.

use kervan_testing::delivery;

use super::*;
use crate::payments::callback::{
    CallbackError, ModelCallback, ModelResult, PayCallback, PayResult,
};
use crate::payments::{CardCheckError, CardCheckHint, Currency, NotConfirmed, PaidOrder};
use crate::{Client, Credentials, Environment, MarketplaceKey, MerchantKey, PaymentId};

fn settings(merchant: &str) -> Settings {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new("ETS"), MerchantKey::new(merchant));
    let builder = Client::builder(&Environment::Test, login, marketplace, merchant);
    builder.unwrap().settings().clone()
}

fn expected(is_reservation: bool) -> ExpectedPayment {
    ExpectedPayment {
        order: "KV-Ş1".into(),
        order_reported: true,
        key: "KV-1-1".into(),
        total: "100.00".parse().unwrap(),
        currency: Currency::Lira,
        payment: Some(PaymentId::new(7)),
        is_reservation,
    }
}

fn result(form: PayForm, is_reservation: bool) -> Result<PayResult, CallbackError> {
    let settings = settings("Guid-1");
    let body = form.sign(&settings).unwrap();
    let callback = PayCallback::read(&delivery(CONTENT_TYPE, &body))?;
    callback.verify(&settings, &expected(is_reservation))
}

#[test]
fn the_ordinary_reader_verifies_each_form_of_3d_pay() {
    let form = PayForm::paid(&expected(false), "11").net("97.50".parse().unwrap());
    let Ok(PayResult::Paid(paid)) = result(form, false) else {
        panic!("paid");
    };
    assert_eq!(paid.receipt.as_str(), "11");
    assert_eq!(paid.payment, Some(PaymentId::new(7)));
    assert_eq!(paid.unsigned_net.unwrap().as_str(), "97,50");

    let form = PayForm::paid(&expected(true), "11");
    let Ok(PayResult::Reserved(reserved)) = result(form, true) else {
        panic!("reserved");
    };
    assert_eq!(reserved.provision.as_str(), "11");

    let form = PayForm::not_paid(&expected(false), "-1")
        .text("Red")
        .bank_code("51");
    let Ok(PayResult::NotPaid(refused)) = result(form, false) else {
        panic!("not paid");
    };
    assert_eq!(refused.code, "-1");
    assert_eq!(refused.bank_code.as_deref(), Some("51"));
}

#[test]
fn a_form_that_is_altered_or_signed_with_another_key_is_not_believed() {
    let expected = expected(false);
    let body = PayForm::paid(&expected, "11").sign(&settings("a")).unwrap();
    let verify = |body: &[u8], key: &str| {
        let callback = PayCallback::read(&delivery(CONTENT_TYPE, body)).unwrap();
        callback.verify(&settings(key), &expected)
    };
    assert!(verify(&body, "a").is_ok());
    assert_eq!(verify(&body, "b"), Err(CallbackError::Forged));
    let text = String::from_utf8(body).unwrap();
    let altered = text.replace("Dekont_ID=11", "Dekont_ID=12");
    assert_ne!(altered, text);
    assert_eq!(verify(altered.as_bytes(), "a"), Err(CallbackError::Forged));
    let total = PayForm::paid(&expected, "11").field(CHARGED, "1,00");
    let body = total.sign(&settings("a")).unwrap();
    assert_eq!(verify(&body, "a"), Err(CallbackError::Mismatch(CHARGED)));
    let form = PayForm::paid(&expected, "11");
    assert!(!format!("{form:?}").contains("KV-"), "{form:?}");
}

#[test]
fn the_ordinary_reader_verifies_each_form_of_the_3d_model() {
    let (settings, other) = (settings("Guid-1"), settings("Guid-2"));
    let mut expected = ExpectedModel {
        order: "KV-1".into(),
        key: Some("KV-1-1".into()),
        transaction: "5b7b5ae2".to_owned(),
        total: "100.00".parse().unwrap(),
        payment: None,
        is_reservation: false,
    };
    let read = |form: ModelForm, expected: &ExpectedModel, settings: &Settings| {
        let body = form.sign(settings).unwrap();
        let callback = ModelCallback::read(&delivery(CONTENT_TYPE, &body)).unwrap();
        callback.verify(&self::settings("Guid-1"), expected)
    };
    let form = ModelForm::authenticated(&expected);
    let Ok(ModelResult::Authenticated(proved)) = read(form.clone(), &expected, &settings) else {
        panic!("authenticated");
    };
    assert_eq!(proved.total(), expected.total);
    assert_eq!(
        read(form.clone(), &expected, &other),
        Err(CallbackError::Forged)
    );
    expected.is_reservation = true;
    let reserved = read(form, &expected, &settings);
    assert!(matches!(
        reserved,
        Ok(ModelResult::AuthenticatedReservation(_))
    ));
    let form = ModelForm::not_authenticated(&expected, "0");
    let refused = read(form, &expected, &settings);
    assert!(matches!(refused, Ok(ModelResult::NotAuthenticated(_))));
}

#[test]
fn a_form_without_a_signature_is_unsigned() {
    let settings = settings("Guid-1");
    let expected = ExpectedPayment::new("KV-1", "KV-1-1", "100.00".parse().unwrap());
    let body = PayForm::paid(&expected, "11").unsigned(&settings);
    let callback = PayCallback::read(&delivery(CONTENT_TYPE, &body)).unwrap();
    assert_eq!(callback.order(), &expected.order);
    let verified = callback.verify(&settings, &expected);
    assert_eq!(verified, Err(CallbackError::Unsigned));
}

#[test]
fn expected_values_are_those_that_a_shop_stores() {
    let total = "100.00".parse().unwrap();
    let stored = r#"{"order":"KV-1","key":"KV-1-1","total":"100.00","payment":7,"reserves":true}"#;
    let expected = ExpectedPayment::new("KV-1", "KV-1-1", total);
    let expected = expected.payment(PaymentId::new(7)).reserving();
    assert_eq!(expected, serde_json::from_str(stored).unwrap());
    let stored = r#"{"order":"KV-1","key":"KV-1-1","transaction":"5b7b5ae2","total":"100.00"}"#;
    let expected = ExpectedModel::new("KV-1", "5b7b5ae2", total).key("KV-1-1");
    assert_eq!(expected, serde_json::from_str(stored).unwrap());
    assert!(expected.reserving().is_reservation);
}

#[test]
fn the_ordinary_reader_reads_the_check_of_a_card() {
    let token = Secret::new("k3Yp0Zc8Q1vT5mXa");
    let read = |form: &CardCheckForm, token: &Secret| {
        CardCheckHint::read(&delivery(CONTENT_TYPE, form.body()), token)
    };
    let valid = CardCheckForm::valid(&token).field("KK_VERIFY_Data2", "c1");
    assert!(read(&valid, &token).unwrap().says_valid());
    let other = Secret::new("another-token-00");
    assert_eq!(read(&valid, &other), Err(CardCheckError::Foreign));
    let refused = CardCheckForm::not_valid(&token, "-1");
    assert!(!read(&refused, &token).unwrap().says_valid());
}

#[test]
fn a_paid_status_confirms_its_own_order_only() {
    let expected = expected(false);
    let commission = Commission::new("2.50".parse().unwrap()).unwrap();
    let status = paid_status(&expected, "11", commission);
    let confirm = |order: &str| {
        let (total, lira) = (expected.total, Currency::Lira);
        PaidOrder::confirm(PaymentId::new(7), &order.into(), total, lira, &status)
    };
    let paid = confirm("KV-Ş1").unwrap();
    assert_eq!(paid.net, "97.50".parse().unwrap());
    assert_eq!(paid.receipt.as_str(), "11");
    assert_eq!(confirm("KV-2"), Err(NotConfirmed::Mismatch("Siparis_ID")));
}
