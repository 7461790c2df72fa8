//! The JSON twin of the modal page.

use serde_json::{Value, json};

use super::*;
use crate::Hosted;

const PATH: &str = "/w/1/param/api/parampos/modalpayment";

fn body() -> Value {
    json!({
        "Code": 10738,
        "User": "Test",
        "Pass": "Test",
        "GUID": "0c13d406-873b-403b-9c09-a5766840d98c",
        "GSM": "5551112233",
        "Amount": "1234,50",
        "Order_ID": "order-1",
        "TransactionId": "key-1",
        "Callback_URL": "https://shop.example/callback",
        "Customer_Name": "Deneme",
        "MaxInstallment": 0,
    })
}

fn request(body: &Value) -> Request {
    let headers = [("Content-Type", "application/json")];
    Request::new("POST", PATH, &headers, body.to_string())
}

impl Shop {
    fn twin(&mut self, body: &Value) -> (u16, Value) {
        let (answer, effects) = self
            .world
            .handle(&request(body), self.now, &mut self.chance);
        let refused = answer.refused.is_some();
        let value: Value = serde_json::from_slice(&answer.body).unwrap();
        let is_good = value["ResultCode"].as_i64().is_some_and(|code| code > 0);
        assert_eq!((is_good, is_good), (!refused, !effects.is_empty()));
        (answer.status, value)
    }
}

#[test]
fn it_opens_the_same_page_as_the_call() {
    let mut shop = Shop::open();
    shop.world.move_to("http://127.0.0.1:4010");
    let (status, answer) = shop.twin(&body());
    assert_eq!((status, &answer["ResultCode"]), (200, &json!(1)));
    let url = answer["URL"].as_str().unwrap();
    assert!(
        url.starts_with("http://127.0.0.1:4010/page/modal/"),
        "{url}"
    );
    let payment = &shop.world.payments()[0];
    assert_eq!(
        (
            payment.order.as_str(),
            payment.key.as_str(),
            payment.installments
        ),
        ("order-1", "key-1", 1)
    );
    let request = request(&body());
    assert!(shop.world.is_login_of(&request));
    assert_eq!(shop.world.operation(&request), "TP_Modal_Payment");
    assert_eq!(shop.world.own_key(&request).unwrap(), "order-1");
    assert!(!shop.world.is_read(&request));
}

#[test]
fn it_refuses_as_the_call_does() {
    let mut shop = Shop::open();
    for (name, value, code) in [
        ("Code", json!(1), -100),
        ("Pass", json!("wrong"), -101),
        ("GUID", json!("x"), -103),
        ("Order_ID", json!("x".repeat(37)), -104),
        ("Amount", json!("12.50"), -112),
        ("Callback_URL", json!(""), -116),
        ("Installment", json!(13), -110),
    ] {
        let mut changed = body();
        changed[name] = value;
        let (status, answer) = shop.twin(&changed);
        assert_eq!(
            (status, &answer["ResultCode"]),
            (200, &json!(code)),
            "{name}"
        );
    }
    shop.world.refuse_next("TP_Modal_Payment", -207);
    assert_eq!(shop.twin(&body()).1["ResultCode"], json!(-207));
    let mut without = body();
    without.as_object_mut().unwrap().remove("Amount");
    for unreadable in [without, json!([1]), json!("x")] {
        assert_eq!(shop.twin(&unreadable).0, 400);
    }
}
