//! Callbacks that layers have changed, and those of the modal page.

use kervan_wire::form;
use param_marketplace::payments::callback::{
    CallbackError, ExpectedModel, ExpectedPayment, ModelCallback, ModelResult, PayCallback,
    PayResult,
};
use param_marketplace::payments::{
    Currency, ModalCurrencyPayment, ModalPayment, ModelPayment, Payment, PosPayment, Security, hash,
};
use param_marketplace::{Client, Personal};

use super::callbacks::{Form, PAID, SETTINGS, UNPAID, body, model, paid, pay};
use super::settling::after;
use super::{card, money, sale};
use crate::support::body as reply;
use kervan_testing::delivery;

const PLUS: &str = "b1D7+nI3j4k3WGJuhW5IuPOFpEE=";
const TRANSACTION: &str = "35513153-9902-4a4c-a256-af6ed9cadc52";

fn expected_model(transaction: &str, order: &str) -> ExpectedModel {
    let expected =
        serde_json::json!({"order": order, "transaction": transaction, "total": "10.01"});
    serde_json::from_value(expected).unwrap()
}

fn verified_model(form: &Form, expected: &ExpectedModel) -> Result<ModelResult, CallbackError> {
    ModelCallback::read(&delivery(None, body(form).as_bytes()))?.verify(&SETTINGS, expected)
}

fn expected_pay([order, key]: [&str; 2]) -> ExpectedPayment {
    let expected = serde_json::json!({"order": order, "key": key, "total": "10.01"});
    serde_json::from_value(expected).unwrap()
}

fn verified_pay(form: &Form, expected: &ExpectedPayment) -> Result<PayResult, CallbackError> {
    PayCallback::read(&delivery(None, body(form).as_bytes()))?.verify(&SETTINGS, expected)
}

/// Returns a form as a layer posts it after decoding it once more: each plus is a blank.
fn decoded_twice(form: &Form) -> Form {
    let twice = |(name, value): &(String, String)| (name.clone(), value.replace('+', " "));
    form.iter().map(twice).collect()
}

#[test]
fn c1_a_blank_in_a_hash_is_a_plus() {
    let expected = expected_model(TRANSACTION, "2025011749D1");
    let form = decoded_twice(&model("1", PLUS));
    assert!(
        body(&form).contains("b1D7+nI3"),
        "a blank travels as a plus"
    );
    let read = verified_model(&form, &expected);
    assert!(
        matches!(read, Ok(ModelResult::Authenticated(_))),
        "{read:?}"
    );
    // The plus in front: nothing may trim it.
    let [order, key] = UNPAID;
    let form = pay("-1", "0", order, key, " qCEIrH 7ARPmJC55MGQCykg8pk=");
    let read = verified_pay(&form, &expected_pay(UNPAID));
    assert!(matches!(read, Ok(PayResult::NotPaid(_))), "{read:?}");
}

#[test]
fn c1_another_hash_is_as_forged_as_before() {
    let expected = expected_model(TRANSACTION, "2025011749D1");
    for signature in [
        "b1D7 nI3j4k3WGJuhW5IuPOFpEF=",
        "b1D7  nI3j4k3WGJuhW5IuPOFpEE=",
        "b1D7 nI3j4k3WGJuhW5IuPOFpEE= ",
        " ",
    ] {
        let read = verified_model(&model("1", signature), &expected);
        assert_eq!(read, Err(CallbackError::Forged), "{signature}");
    }
    let [order, key] = PAID;
    let form = pay(
        "1",
        "3007300695",
        order,
        key,
        "LOpkL9J8vne8E2j0A0HKOhUWGhI= ",
    );
    let read = verified_pay(&form, &expected_pay(PAID));
    assert_eq!(read, Err(CallbackError::Forged));
}

#[test]
fn c2_a_content_type_that_is_not_a_form_is_named() {
    let multipart = "--b\r\nContent-Disposition: form-data; name=\"md\"\r\n\r\n1\r\n--b--\r\n";
    for (content_type, body, code) in [
        ("multipart/form-data; boundary=b", multipart, "content_type"),
        ("application/json", "{\"md\": \"1\"}", "content_type"),
        ("text/xml; charset=utf-8", "<md>1</md>", "content_type"),
        ("application/x-www-form-urlencoded", "", "empty"),
    ] {
        let model = ModelCallback::read(&delivery(content_type, body.as_bytes())).err();
        let pay = PayCallback::read(&delivery(content_type, body.as_bytes())).err();
        for error in [model.unwrap(), pay.unwrap()] {
            assert_eq!(error.code(), code, "{content_type}");
            let text = error.to_string();
            let media = content_type.split(';').next().unwrap_or_default();
            assert!(text.contains(media) || code == "empty", "{text}");
            assert!(!text.contains("answer"), "a post is not an answer: {text}");
        }
    }
}

#[tokio::test]
async fn c3_blanks_around_the_keys_of_a_start_are_trimmed() {
    let result = format!(
        "<Islem_ID> 6021842587 </Islem_ID><Islem_GUID>\n {TRANSACTION} </Islem_GUID>\
         <UCD_HTML>&lt;html></UCD_HTML><Sonuc>1</Sonuc><Siparis_ID> 2025011749D1\r\n</Siparis_ID>"
    );
    let answer = reply("TP_WMD_UCD", &result);
    let start = async |client: Client| {
        let payment = ModelPayment::new(sale(), card(), Security::ThreeD);
        client.call(&payment).await
    };
    let Payment::Started(started) = after(&answer, start).await.unwrap().value else {
        panic!("3-D was asked for")
    };
    assert_eq!(started.transaction.as_deref(), Some(TRANSACTION));
    assert_eq!(started.order.as_ref().unwrap().as_str(), "2025011749D1");
    let expected = ExpectedModel::of(&sale(), &started).unwrap();
    let read = verified_model(&model("1", PLUS), &expected);
    assert!(
        matches!(read, Ok(ModelResult::Authenticated(_))),
        "{read:?}"
    );

    let result = format!(
        "<Islem_ID>6021847062\n</Islem_ID><UCD_URL> https://bank.example/ </UCD_URL>\
         <Sonuc> 1 </Sonuc><Siparis_ID>\t{} </Siparis_ID>",
        PAID[0]
    );
    let answer = reply("Pos_Odeme", &result);
    let start = async |client: Client| {
        let payment = PosPayment::new(sale(), card(), Security::ThreeD);
        client.call(&payment).await
    };
    let Payment::Started(started) = after(&answer, start).await.unwrap().value else {
        panic!("3-D was asked for")
    };
    let mut sale = sale();
    sale.key = PAID[1].into();
    let read = verified_pay(&paid(), &ExpectedPayment::of(&sale, &started));
    assert!(matches!(read, Ok(PayResult::Paid(_))), "{read:?}");
}

#[test]
fn c3_what_was_stored_with_blanks_is_still_the_same() {
    let expected = expected_model(" 35513153-9902-4A4C-a256-af6ed9cadc52\n", " 2025011749D1 ");
    assert!(verified_model(&model("1", PLUS), &expected).is_ok());
    let padded = [format!(" {}", PAID[0]), format!("{} ", PAID[1])];
    let expected = expected_pay([&padded[0], &padded[1]]);
    let Ok(PayResult::Paid(result)) = verified_pay(&paid(), &expected) else {
        panic!("paid")
    };
    assert_eq!(result.changed_from, None);
    // A blank inside of a number makes another one.
    let other = expected_model(TRANSACTION, "2025011749 D1");
    let read = verified_model(&model("1", PLUS), &other);
    assert_eq!(read, Err(CallbackError::Mismatch("orderId")));
}

/// Returns the payment on the provider's page that the published callback belongs to.
fn modal() -> ModalPayment {
    let [order, key] = PAID.map(str::to_owned);
    let url = "https://shop.example/paid";
    ModalPayment::new(order.into(), key.into(), money("10.01"), url)
}

#[test]
fn p5_the_modal_page_posts_a_signed_result_of_3d_pay() {
    let expected = ExpectedPayment::of_modal(&modal());
    let stored = serde_json::to_string(&expected).unwrap();
    let expected: ExpectedPayment = serde_json::from_str(&stored).unwrap();
    let Ok(PayResult::Paid(result)) = verified_pay(&paid(), &expected) else {
        panic!("paid")
    };
    assert_eq!(
        (result.total, result.currency),
        (money("10.01"), Currency::Lira)
    );
    assert_eq!(result.receipt.as_str(), "3007300695");
    // The start has no number of the payment, so it has to be asked for.
    assert_eq!(result.payment, None);
    assert!(result.unsigned_payment.is_some());
}

#[test]
fn p5_a_modal_page_proves_its_own_payment_only() {
    let changed = |change: fn(&mut ModalPayment)| {
        let mut payment = modal();
        change(&mut payment);
        verified_pay(&paid(), &ExpectedPayment::of_modal(&payment))
    };
    let mismatch = |field| Err(CallbackError::Mismatch(field));
    let other = changed(|payment| payment.order = "KV-1".into());
    assert_eq!(other, mismatch("TURKPOS_RETVAL_Siparis_ID"));
    let other = changed(|payment| payment.key = "KV-1-1".into());
    assert_eq!(other, mismatch("TURKPOS_RETVAL_Islem_ID"));
    let other = changed(|payment| payment.amount = "1.00".parse().unwrap());
    assert_eq!(other, mismatch("TURKPOS_RETVAL_Tahsilat_Tutari"));
    let euros = ModalCurrencyPayment::new(modal(), Currency::Euro);
    let euros = ExpectedPayment::of_modal_currency(&euros);
    assert_eq!(verified_pay(&paid(), &euros), mismatch("TURKPOS_RETVAL_PB"));
    let mut form = paid();
    let currency = form.iter_mut().find(|(name, _)| name.ends_with("_PB"));
    "EUR".clone_into(&mut currency.unwrap().1);
    assert!(matches!(
        verified_pay(&form, &euros),
        Ok(PayResult::Paid(_))
    ));
    let unsigned: Form = paid()
        .into_iter()
        .filter(|(name, _)| !name.ends_with("_Hash"))
        .collect();
    let expected = ExpectedPayment::of_modal(&modal());
    assert_eq!(
        verified_pay(&unsigned, &expected),
        Err(CallbackError::Unsigned)
    );
}

#[test]
fn p5_a_failure_on_the_modal_page_is_a_signed_failure() {
    let [order, key] = UNPAID;
    let form = pay("-1", "0", order, key, "+qCEIrH+7ARPmJC55MGQCykg8pk=");
    let mut payment = modal();
    (payment.order, payment.key) = (order.into(), key.into());
    let read = verified_pay(&form, &ExpectedPayment::of_modal(&payment));
    assert!(matches!(read, Ok(PayResult::NotPaid(_))), "{read:?}");
}

#[test]
fn a_test_of_the_shop_signs_its_own_callbacks() {
    let signed = [TRANSACTION, "a proof", "1", "KV-2001"];
    let key = "0c13d406-873b-403b-9c09-a5766840d98c";
    let signature = hash(signed.into_iter().chain([key])).unwrap();
    let fields = [
        ("islemGUID", signed[0]),
        ("md", signed[1]),
        ("mdStatus", signed[2]),
        ("orderId", signed[3]),
        ("transactionAmount", "10,01"),
        ("islemHash", &signature),
    ];
    let posted = form::encode(fields);
    let callback = ModelCallback::read(&delivery(None, posted.as_bytes())).unwrap();
    let read = callback.verify(&SETTINGS, &expected_model(TRANSACTION, "KV-2001"));
    let Ok(ModelResult::Authenticated(proof)) = read else {
        panic!("authenticated")
    };
    assert_eq!(proof.complete().proof, Personal::from("a proof"));
}
