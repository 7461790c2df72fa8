//! Each text of each call as one line.

use super::*;

/// Returns every call with every text that it can have.
fn calls() -> Vec<(&'static str, Value)> {
    let common = json!({"ip_address": "203.0.113.7", "extra": [{"name": "x", "value": "y"}]});
    let urls = json!({"ok": "https://a.example/o", "fail": "https://a.example/f", "callback": "https://a.example/c"});
    let shopper = json!({"mobile": "5536616020", "birth_date": "1983-08-17", "email": "a@example.com", "name": "Ad",
        "surname": "Soyad", "identity_number": "10000000146"});
    let items = json!([{"id": "S", "name": "L", "category": "C", "brand": "B", "variant": "V", "variant2": "W",
        "url": "U", "image": "I", "quantity": 1, "price": "5.00"}]);
    let basket = json!([{"code": "S", "category": "C", "amount": "5.00", "merchant": "M", "name": "N", "url": "U",
        "image": "I"}]);
    let address = json!({"name": "A", "detail": "D", "postal_code": "P", "town": "T", "city": "C", "country": "Y",
        "phone": "+90 516 111 22 33"});
    let day = "2026-11-22";
    let limit =
        json!({"request": {"urls": urls, "shopper": shopper, "common": common}, "token": "T"});
    vec![
        (
            "Transaction",
            json!({"token": "T", "order": {"number": "O", "amount": "5.00", "urls": urls, "shopper": shopper,
                "customer": "5004", "address": address, "items": items, "common": common}}),
        ),
        (
            "TransactionMobile",
            json!({"token": "T", "order": {"number": "O", "amount": "5.00", "urls": urls, "qr": "Q",
                "customer": "5004", "branch": "B", "items": items, "common": common}}),
        ),
        ("GetLimit", limit.clone()),
        ("GetLimit-json", limit),
        (
            "UpdateTransaction",
            json!({"order": "O", "transaction": "T", "common": common}),
        ),
        (
            "GetPaymentsOfTransaction",
            json!({"order": "O", "transaction": "T", "common": common}),
        ),
        (
            "GetCustomerInformation",
            json!({"customer": "5004", "common": common}),
        ),
        (
            "ChangeCustomerGsmNo",
            json!({"customer": "5004", "mobile": "5536616020", "common": common}),
        ),
        (
            "GetCustomerTransactions",
            json!({"customer": "5004", "transactions": ["T"], "common": common}),
        ),
        (
            "GetCustomerPayments",
            json!({"customer": "5004", "statuses": ["x"], "common": common}),
        ),
        (
            "HasoAuthSendInfo",
            json!({"shopper": shopper, "common": common}),
        ),
        (
            "SendKkbPinCode",
            json!({"reference": "K", "pin": "1", "test_result": "A", "common": common}),
        ),
        (
            "AskKkbReportResult",
            json!({"reference": "K", "test_result": "A", "common": common}),
        ),
        (
            "SetLimitFromKds",
            json!({"shopper": shopper, "segment": "S", "limit": "5.00", "customer_segment": "C", "common": common}),
        ),
        (
            "CreateTransaction",
            json!({"amount": "5.00", "installment": 1, "customer": "5004", "basket": basket, "common": common}),
        ),
        (
            "SetPaidPayment",
            json!({"payment": "P", "order": "O", "day": day, "reference": "R", "common": common}),
        ),
        (
            "SetBulkPaidPayment",
            json!({"payments": ["P"], "order": "O", "day": day, "reference": "R", "common": common}),
        ),
        (
            "LoadCustomerBalance",
            json!({"customer": "5004", "amount": "5.00", "day": day, "reference": "R", "common": common}),
        ),
        (
            "RefundTransaction",
            json!({"refund": "R", "transaction": "T", "order": "O", "extent": {"whole": "5.00"}, "common": common}),
        ),
        ("CheckRefund", json!({"refund": "R", "common": common})),
        (
            "SendTransactionExpense",
            json!({"transaction": "T", "order": "O", "total": "5.00", "common": common}),
        ),
    ]
}

/// Returns the problems of a call, and its body. `None` where the text is a number, a day or a choice, which
/// have types of their own.
fn tried(method: &str, call: &Value) -> Option<(Vec<&'static str>, String)> {
    fn of<O: Operation<Service = Settings> + DeserializeOwned>(
        call: &Value,
    ) -> Option<(Vec<&'static str>, String)> {
        let call = O::deserialize(call).ok()?;
        let codes = found(&call).into_iter().map(|(code, ..)| code).collect();
        let body = call.encode(&offline().context()).ok()?.body;
        Some((codes, String::from_utf8(body).ok()?))
    }
    match method {
        "Transaction" => of::<OrderForm>(call),
        "TransactionMobile" => of::<InStoreOrderForm>(call),
        "GetLimit" => of::<LimitForm>(call),
        "GetLimit-json" => of::<LimitLinkForm>(call),
        "UpdateTransaction" => of::<ActivateOrder>(call),
        "GetPaymentsOfTransaction" => of::<GetPlan>(call),
        "GetCustomerInformation" => of::<GetCustomer>(call),
        "ChangeCustomerGsmNo" => of::<ChangePhone>(call),
        "GetCustomerTransactions" => of::<ListTransactions>(call),
        "GetCustomerPayments" => of::<ListPayments>(call),
        "HasoAuthSendInfo" => of::<StartLimitByPin>(call),
        "SendKkbPinCode" => of::<ConfirmPin>(call),
        "AskKkbReportResult" => of::<AskReport>(call),
        "SetLimitFromKds" => of::<SetLimitFromKds>(call),
        "CreateTransaction" => of::<CreateTransaction>(call),
        "SetPaidPayment" => of::<SetPaid>(call),
        "SetBulkPaidPayment" => of::<SetBulkPaid>(call),
        "LoadCustomerBalance" => of::<LoadBalance>(call),
        "RefundTransaction" => of::<Refund>(call),
        "CheckRefund" => of::<CheckRefund>(call),
        "SendTransactionExpense" => of::<SendExpense>(call),
        other => panic!("{other} is not a call"),
    }
}

/// Collects every text of a value, by its path.
fn texts(value: &Value, path: &str, out: &mut Vec<String>) {
    match value {
        Value::String(_) => out.push(path.to_owned()),
        Value::Array(items) => {
            for (at, item) in items.iter().enumerate() {
                texts(item, &format!("{path}/{at}"), out);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                texts(value, &format!("{path}/{name}"), out);
            }
        }
        _ => {}
    }
}

/// Returns whether the value at a path is a text of one line. Others have a type of their own, or are sent to
/// the letter.
fn is_line(path: &str) -> bool {
    let last = path.rsplit('/').next().unwrap();
    let own = [
        "mobile",
        "birth_date",
        "identity_number",
        "ip_address",
        "token",
    ];
    // A web address with a blank in it is not one.
    !own.contains(&last) && !path.contains("/urls/")
}

#[test]
fn t7_every_text_of_every_call_is_checked_and_sent_as_one_line() {
    let mut tries = 0;
    for (method, call) in calls() {
        let (codes, _) = tried(method, &call).unwrap();
        assert!(codes.is_empty(), "{method}: {codes:?}");
        let mut paths = Vec::new();
        texts(&call, "", &mut paths);
        for path in paths {
            let with = |text: &str| {
                let mut changed = call.clone();
                *changed.pointer_mut(&path).unwrap() = text.into();
                tried(method, &changed)
            };
            // An amount, a day: no text.
            let Some((codes, _)) = with("a\0b") else {
                continue;
            };
            let is_ip = path.ends_with("ip_address");
            let code = if is_ip {
                "client_address.form"
            } else {
                "text.control_character"
            };
            assert!(codes.contains(&code), "{method} {path}: {codes:?}");
            let (codes, _) = with("a\u{1b}[0m").unwrap();
            assert!(codes.contains(&code), "{method} {path}: {codes:?}");
            tries += 1;
            if !is_line(&path) {
                continue;
            }
            let (codes, body) = with("o\u{308}\r\ny").unwrap();
            assert_eq!(
                codes,
                ["line.line_ends", "line.composed"],
                "{method} {path}"
            );
            assert_eq!(
                Some(body),
                with("ö y").map(|(_, body)| body),
                "{method} {path}"
            );
        }
    }
    assert!(tries > 150, "{tries}");
}

#[test]
fn t7_line_ends_of_a_text_area_become_a_blank() {
    let mut order = order();
    let address = order.address.take().unwrap();
    order.address = Some(address.detail("Deneme Mah.\r\n 1. Sok.\tNo: 5\n"));
    order.items[0].name = "Masa\u{2028}lambası".to_owned();
    let form = OrderForm::new(order, "T");
    let warning = |path: &str| ("line.line_ends", path.to_owned(), vec![]);
    let wanted = [warning("address.detail"), warning("items[0].name")];
    assert_eq!(found(&form), wanted);
    assert!(!offline().check(&form).stop_the_call());
    let sent = sent(&form);
    let address = field(&sent, "UserAddress").unwrap();
    assert_eq!(
        member(&address, "Detail").unwrap(),
        "Deneme Mah. 1. Sok. No: 5"
    );
    let items = field(&sent, "OrderItems").unwrap();
    assert!(items.contains(r#""Name":"Masa lambası""#), "{items}");
}

#[test]
fn t7_a_raw_call_has_the_rule_too() {
    let raw = |text: &str| RawCall::new("Index/X").field("note", text);
    let wanted = |code: &'static str| [(code, "fields[0].value".to_owned(), vec![])];
    assert_eq!(found(&raw("a\u{7}b")), wanted("text.control_character"));
    assert_eq!(found(&raw("a\nb")), wanted("line.line_ends"));
    assert_eq!(sent(&raw("a\nb ")), "note=a+b");
    assert_eq!(found(&raw(&"a".repeat(20_000))), []);
    // Its names are sent to the letter.
    let named = RawCall::new("Index/X").field("a\nb", "c");
    let wanted = (
        "text.control_character",
        "fields[0].name".to_owned(),
        vec![],
    );
    assert_eq!(found(&named), [wanted]);
}

#[test]
fn t7_tokens_are_sent_to_the_letter() {
    for token in ["o\u{308} t", " t "] {
        let form = sent(&OrderForm::new(order(), token));
        assert_eq!(field(&form, "token").as_deref(), Some(token));
    }
    let wanted = ("text.control_character", "token".to_owned(), vec![]);
    assert_eq!(found(&OrderForm::new(order(), "t\nt")), [wanted]);
}
