//! The key that recognizes a repeat.

use super::*;
use kervan_testing::delivery;

#[test]
fn a_repeat_has_the_key_of_its_first() {
    let keys: Vec<_> = ENCODINGS
        .iter()
        .map(|(_, encode)| {
            let (content_type, body) = encode(&envelope());
            OrderCallback::read(&delivery(content_type.as_str(), &body))
                .unwrap()
                .key()
                .clone()
        })
        .collect();
    assert!(keys.windows(2).all(|pair| pair[0] == pair[1]), "{keys:?}");
    let fail = |number: &str| {
        let body = format!("Success=false&MercantOid={number}");
        OrderFail::read(&delivery(None, body.as_bytes()))
            .unwrap()
            .key()
            .clone()
    };
    let key = |change: Change| {
        let mut post = envelope();
        change(&mut post);
        OrderCallback::read(&delivery("application/json", post.to_string().as_bytes()))
            .unwrap()
            .key()
            .clone()
    };
    // What is forged has a key of its own, so it cannot stand in the way of the real post.
    let forged: [Change; 10] = [
        |e| e["Data"]["TransactionStatus"] = "5".into(),
        |e| e["Data"]["CustomerId"] = "5005".into(),
        |e| e["Errors"] = json!(["x"]),
        |e| e["Data"]["TransactionPayments"]["TotalAmount"] = "530.51".into(),
        |e| e["Data"]["TransactionPayments"]["Fee"] = "30.51".into(),
        |e| e["Data"]["TransactionPayments"]["DownPayment"] = "1".into(),
        |e| e["Data"]["TransactionPayments"]["TransactionPayments"][0]["Fee"] = "1".into(),
        |e| e["Data"]["TransactionPayments"]["TransactionPayments"][1]["PaymentCode"] = "x".into(),
        |e| {
            e["Data"]["TransactionPayments"]["TransactionPayments"][1]["TermDate"] =
                "2027-01-01".into();
        },
        |e| e["Data"]["TransactionPayments"]["TransactionPayments"] = json!([]),
    ];
    let mut all: Vec<_> = forged.into_iter().map(key).collect();
    all.push(keys[0].clone());
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 11);
    let written_otherwise =
        key(|e| e["Data"]["TransactionPayments"]["TotalAmount"] = "530,5000".into());
    assert_eq!(written_otherwise, keys[0]);
    let long = key(|e| {
        let text = "x".repeat(10_000);
        e["Data"]["TransactionStatus"] = text.clone().into();
        e["Data"]["TransactionPayments"]["MerchantOid"] = text.clone().into();
        e["Data"]["TransactionPayments"]["TransactionCode"] = text.into();
    });
    assert!(long.as_str().len() < 400, "{long:?}");
    assert_ne!(fail("1"), fail("2"));
    assert_ne!(fail(NUMBER), keys[0]);
}
