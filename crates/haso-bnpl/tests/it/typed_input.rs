//! Values as people type them: the problem that a check finds, and the bytes that are sent.

use haso_bnpl::callbacks::OrderCallback;
use haso_bnpl::{
    ActivateOrder, AskReport, BirthDateForm, ChangePhone, CheckRefund, Client, CommonFields,
    ConfirmPin, CreateTransaction, Extent, GetCustomer, GetPlan, InStoreOrderForm, LimitForm,
    LimitLinkForm, ListPayments, ListTransactions, LoadBalance, Money, Operation, OrderForm,
    OrderNumber, Problem, Quirks, RawCall, Refund, Rejection, SendExpense, SetBulkPaid,
    SetLimitFromKds, SetPaid, Settings, Settled, Shopper, StartLimit, StartLimitByPin, StoredOrder,
};
use kervan_core::Severity;
use kervan_testing::delivery;
use kervan_wire::form::Fields;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::script::Script;
use crate::support::{
    KEY, SALT, client_by, crashed, limit, money, order, plan, shopper, signing, success, urls,
};

/// The same order number in letters with their marks apart, and in whole letters.
const PARTS: &str = "S\u{327}I\u{307}S\u{327}E-1";
const WHOLE: &str = "ŞİŞE-1";

fn offline() -> Client {
    client_by("http://127.0.0.1:9", 1, |builder| builder)
}

/// Returns the problems of a call: code, path, suggestions.
fn found(call: &impl Operation<Service = Settings>) -> Vec<(&'static str, String, Vec<String>)> {
    let problems = offline().check(call);
    let found = problems.iter().map(|problem| {
        let path = problem.path().to_owned();
        (problem.code(), path, problem.suggestions().to_vec())
    });
    found.collect()
}

/// Returns the body of a call as it is sent.
fn sent(call: &impl Operation<Service = Settings>) -> String {
    sent_by(&offline(), call)
}

fn sent_by(client: &Client, call: &impl Operation<Service = Settings>) -> String {
    String::from_utf8(call.encode(&client.context()).unwrap().body).unwrap()
}

/// Returns the value of a field of a form.
fn field(form: &str, name: &str) -> Option<String> {
    let fields = Fields::parse(None, form.as_bytes()).unwrap();
    fields.one(name).unwrap().map(str::to_owned)
}

fn member(body: &str, name: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).unwrap();
    body.get(name)
        .map(|value| value.as_str().unwrap().to_owned())
}

fn form_of(shopper: Shopper) -> OrderForm {
    let mut order = order();
    order.shopper = shopper;
    OrderForm::new(order, "T")
}

fn limit_of(shopper: Shopper) -> LimitForm {
    LimitForm::new(StartLimit::new(urls()).shopper(shopper), "T")
}

fn kds_of(shopper: Shopper) -> SetLimitFromKds {
    SetLimitFromKds::new(shopper, "SEG", money("1.00"))
}

#[test]
fn t6_mobile_numbers_are_sent_as_ten_digits() {
    for typed in [
        "05550000001",
        "+90 555 000 00 01",
        "0090 555 000 00 01",
        // Two more: brackets and an invisible mark of a contact, and digits of full width.
        "\u{202a}(0555) 000-00-01\u{202c}",
        "５５５ ０００ ００ ０１",
    ] {
        let form = form_of(shopper().mobile(typed));
        assert!(found(&form).is_empty(), "{typed}");
        assert_eq!(field(&sent(&form), "mobileNumber").unwrap(), "5550000001");
        let limit = limit_of(shopper().mobile(typed));
        assert_eq!(field(&sent(&limit), "mobileNumber").unwrap(), "5550000001");
        let kds = kds_of(shopper().mobile(typed));
        assert_eq!(member(&sent(&kds), "mobileNumber").unwrap(), "5550000001");
        let pin = StartLimitByPin::new(shopper().mobile(typed));
        assert_eq!(member(&sent(&pin), "mobileNumber").unwrap(), "5550000001");
        // The signature is that of the number as it is sent.
        let change = ChangePhone::new("5004".into(), typed);
        assert!(found(&change).is_empty(), "{typed}");
        let digits = ChangePhone::new("5004".into(), "5550000001");
        assert_eq!(sent(&change), sent(&digits));
    }
}

#[test]
fn t6_a_text_that_is_no_mobile_number_is_a_problem() {
    for (typed, code, suggestions) in [
        ("ev yok", "mobile_number.not_a_number", [].as_slice()),
        (
            "0555 000 00 0l",
            "mobile_number.not_a_number",
            &["5550000001"],
        ),
        // Three more: a line, a number of another country, and one that a spreadsheet shortened.
        ("0212 000 00 01", "mobile_number.first_digit", &[]),
        ("+49 555 000 00 01", "mobile_number.country", &[]),
        ("5,55E+09", "text.shortened_by_spreadsheet", &[]),
        (" ", "text.missing", &[]),
    ] {
        let problem = |path: &str| {
            let suggestions = suggestions.iter().map(|text| (*text).to_owned());
            vec![(code, path.to_owned(), suggestions.collect::<Vec<_>>())]
        };
        let wanted = problem("shopper.mobile");
        assert_eq!(found(&form_of(shopper().mobile(typed))), wanted);
        assert_eq!(found(&limit_of(shopper().mobile(typed))), wanted);
        assert_eq!(found(&kds_of(shopper().mobile(typed))), wanted);
        let change = ChangePhone::new("5004".into(), typed);
        assert_eq!(found(&change), problem("mobile"), "{typed}");
    }
    // One that nobody typed is missing where it is required, and nowhere else.
    let mut nobody = shopper();
    nobody.mobile = None;
    assert_eq!(found(&limit_of(nobody.clone())), []);
    let missing = ("text.missing", "shopper.mobile".to_owned(), vec![]);
    assert_eq!(found(&form_of(nobody)), [missing]);
}

#[test]
fn t6_identity_numbers_are_sent_as_eleven_digits() {
    for (typed, warning) in [
        ("100 000 001 46", false),
        ("'10000000146", false),
        ("١٠٠٠٠٠٠٠١٤٦", false),
        // Test systems know people who do not exist.
        ("100 000 001 47", true),
    ] {
        let digits = if warning {
            "10000000147"
        } else {
            "10000000146"
        };
        let form = form_of(shopper().identity_number(typed));
        let problems = offline().check(&form);
        let codes: Vec<_> = problems.iter().map(Problem::code).collect();
        assert_eq!(codes.len(), usize::from(warning), "{typed}: {codes:?}");
        for problem in &problems {
            assert_eq!(problem.code(), "identity_number.check_digits");
            assert_eq!(problem.path(), "shopper.identity_number");
            assert_eq!(problem.severity(), Severity::Warning);
        }
        assert_eq!(field(&sent(&form), "tckn").as_deref(), Some(digits));
        let kds = kds_of(shopper().identity_number(typed));
        assert_eq!(member(&sent(&kds), "tckn").as_deref(), Some(digits));
    }
    for (typed, code, suggestion) in [
        (
            "1OOOOOOO146",
            "identity_number.not_a_number",
            Some("10000000146"),
        ),
        ("1000000014", "identity_number.length", None),
        ("00000000146", "identity_number.first_digit", None),
        ("1,00E+10", "text.shortened_by_spreadsheet", None),
        (
            "10000000146.0",
            "text.decimals_of_spreadsheet",
            Some("10000000146"),
        ),
        ("", "text.missing", None),
    ] {
        let suggestions: Vec<_> = suggestion.map(str::to_owned).into_iter().collect();
        let wanted = (code, "shopper.identity_number".to_owned(), suggestions);
        let call = limit_of(shopper().identity_number(typed));
        assert_eq!(found(&call), [wanted], "{typed}");
        assert!(offline().check(&call).stop_the_call());
    }
}

#[test]
fn t6_amounts_of_people_are_read_by_their_reader() {
    for (typed, kurus) in [("500,00", "50000"), ("1.234,50 TL", "123450")] {
        let error = typed.parse::<Money>().unwrap_err();
        assert!(error.to_string().contains("`Money::from_input`"), "{error}");
        let mut order = order();
        order.amount = Money::from_input(typed).unwrap();
        let form = sent(&OrderForm::new(order, "T"));
        assert_eq!(field(&form, "orderAmount").as_deref(), Some(kurus));
    }
}

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

#[test]
fn t8_addresses_are_sent_as_version_4() {
    for (typed, address, code) in [
        ("::ffff:203.0.113.7", "203.0.113.7", None),
        (
            "::ffff:10.0.0.5",
            "10.0.0.5",
            Some("client_address.not_public"),
        ),
        (
            "100.64.3.2",
            "100.64.3.2",
            Some("client_address.not_public"),
        ),
        (
            "255.255.255.255",
            "255.255.255.255",
            Some("client_address.not_public"),
        ),
        // More: with a port, in brackets, in digits of version 6, of many machines.
        (" 203.0.113.7:51234", "203.0.113.7", None),
        ("[2001:DB8::1]:443", "2001:db8::1", None),
        ("::ffff:cb00:7107", "203.0.113.7", None),
        ("ff02::1", "ff02::1", Some("client_address.not_public")),
    ] {
        let common = CommonFields::new().ip_address(typed);
        let form = OrderForm::new(order().common(common.clone()), "T");
        let path = "common.ip_address".to_owned();
        let wanted: Vec<_> = code.map(|code| (code, path, vec![])).into_iter().collect();
        assert_eq!(found(&form), wanted, "{typed}");
        assert_eq!(field(&sent(&form), "IpAddress").unwrap(), address);
        let form = LimitForm::new(limit().common(common.clone()), "T");
        assert_eq!(field(&sent(&form), "IpAddress").unwrap(), address);
        // The signature is that of the address as it is sent.
        let asked = sent(&GetPlan::new("TRX-1".into(), "O-1".into()).common(common));
        assert_eq!(field(&asked, "ipAddress").unwrap(), address);
        let token = signing(KEY, SALT).request_token(["1001", "O-1", "TRX-1", address]);
        assert_eq!(field(&asked, "requestToken").unwrap(), token.expose());
    }
    for (typed, code) in [
        ("x", "client_address.form"),
        ("203.0.113.7, 10.0.0.1", "client_address.several"),
        ("", "text.missing"),
    ] {
        let common = CommonFields::new().ip_address(typed);
        let call = ListTransactions::new("5004").common(common);
        assert_eq!(
            found(&call),
            [(code, "common.ip_address".to_owned(), vec![])]
        );
        assert!(offline().check(&call).stop_the_call());
    }
}

fn refund(number: &str) -> Refund {
    Refund::new(
        number.into(),
        "TRX-1".into(),
        number.into(),
        Extent::Whole(money("5.00")),
    )
}

#[test]
fn t10_two_spellings_of_a_number_are_one_request() {
    for (parts, whole) in [
        (PARTS, WHOLE),
        ("i\u{307}ade-7", "iade-7"),
        ("A\u{ad}-1 ", "A-1"),
    ] {
        let (one, other) = (refund(parts), refund(whole));
        assert_eq!(one, other);
        assert_eq!(sent(&one), sent(&other), "with its signature");
        assert_eq!(member(&sent(&one), "merchantOid").as_deref(), Some(whole));
    }
    let wanted = ["refund", "order"].map(|path| ("line.composed", path.to_owned(), vec![]));
    assert_eq!(found(&refund(PARTS)), wanted);
    assert_eq!(found(&refund(WHOLE)), []);
    // Names are signed as they are sent.
    let named = |name: &str, surname: &str| kds_of(shopper().name(name).surname(surname));
    let parts = sent(&named("C\u{327}ag\u{306}rı", "O\u{308}ztu\u{308}rk"));
    assert_eq!(parts, sent(&named("Çağrı", "Öztürk")));
    let token = signing(KEY, SALT).request_token(["1001", "Çağrı", "Öztürk", "SEG"]);
    assert_eq!(member(&parts, "requestToken").unwrap(), token.expose());
}

#[test]
fn t10_an_answer_in_the_other_spelling_settles_the_write() {
    for (asked, answered) in [(PARTS, WHOLE), (WHOLE, PARTS), (WHOLE, " ŞİŞE-1 ")] {
        let settle = |data: &str| {
            let script = Script::new([success(data)]);
            script.run(async {
                let attempt = crashed(&script.client, &refund(asked)).await;
                script.client.settle(&refund(asked), &attempt).await
            })
        };
        let settled = settle(&format!(r#"{{"RefundId": "{answered}"}}"#));
        assert!(matches!(settled, Settled::Exists), "{settled:?}");
        let settled: Settled<_, Rejection> = settle(r#"{"RefundId": "ŞİŞE-2"}"#);
        assert!(matches!(settled, Settled::Open(_)), "{settled:?}");

        // An echo in the other spelling is not another number.
        let script = Script::new([success(&format!(r#"{{"MerchantOid": "{answered}"}}"#))]);
        let done = script.run(script.client.call(&refund(asked)));
        assert!(done.is_ok(), "{done:?}");

        let paid = SetPaid::new("PAY-1".into(), asked.into(), "2026-11-22".parse().unwrap());
        let paid = paid.transaction("TRX-1");
        let rows = plan(answered, "530.50").replace("\"Fee\":15.25", "\"PaymentStatus\":1");
        let script = Script::new([success(&format!(r#"{{"TransactionPayments": {rows}}}"#))]);
        let settled = script.run(async {
            let attempt = crashed(&script.client, &paid).await;
            script.client.settle(&paid, &attempt).await
        });
        assert!(matches!(settled, Settled::InState), "{settled:?}");
    }
}

/// A shop's program spells the number of an order in two ways: an export of a table has its letters in parts.
#[tokio::test]
async fn t10_the_story_of_an_order_number_in_two_spellings() {
    let client = offline();
    let quirks = Quirks::default();
    let form = |number: &str| {
        let mut order = order();
        order.number = number.into();
        OrderForm::new(order, "T")
    };
    assert_eq!(sent(&form(PARTS)), sent(&form(WHOLE)));

    let post = |number: &str| {
        let plan = plan(number, "530.50");
        let data = format!(r#"{{"TransactionStatus":"6","TransactionPayments":{plan}}}"#);
        let body = format!(r#"{{"Success":true,"Data":{data}}}"#);
        OrderCallback::read(&delivery(None, body.as_bytes())).unwrap()
    };
    let mut keys = Vec::new();
    for (posted, kept) in [
        (PARTS, PARTS),
        (PARTS, WHOLE),
        (WHOLE, PARTS),
        (WHOLE, WHOLE),
    ] {
        let post = post(posted);
        let stored = StoredOrder::open(kept, money("500.00"));
        let order = post.confirm(&stored, &quirks).unwrap();
        let activation = order.activation();
        let attempt = client.prepare(&activation).await.unwrap();
        keys.push((
            attempt.key().to_owned(),
            post.key().clone(),
            sent(&activation),
        ));
    }
    assert!(keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    assert_eq!(keys[0].0, "ŞİŞE-1/TRX-1");
    let other = StoredOrder::open("ŞİŞE-2", money("500.00"));
    assert!(post(PARTS).confirm(&other, &quirks).is_err());
    // The number to look an order up by.
    assert_eq!(OrderNumber::from(PARTS).as_str(), WHOLE);
}

#[test]
fn t12_an_empty_birth_date_is_missing() {
    for typed in [
        "0001-01-01T00:00:00",
        "01.01.0001 00:00:00",
        // Two more: the old form of .NET, and a blank.
        "/Date(-62135596800000)/",
        " ",
    ] {
        let born = shopper().birth_date(typed);
        let form = form_of(born.clone());
        let path = "shopper.birth_date".to_owned();
        let wanted = [("haso.birth_date_missing", path.clone(), vec![])];
        assert_eq!(found(&form), wanted, "{typed}");
        assert_eq!(field(&sent(&form), "birthDate"), None, "{typed}");
        let limit = limit_of(born.clone());
        assert_eq!(found(&limit), []);
        assert_eq!(field(&sent(&limit), "birthDate"), None, "{typed}");
        assert_eq!(found(&kds_of(born)), [("text.missing", path, vec![])]);
    }
    let empty = chrono::NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    assert_eq!(found(&limit_of(shopper().birth_date(empty))), []);
}

#[test]
fn t12_birth_dates_are_sent_in_one_form() {
    let compact = client_by("http://127.0.0.1:9", 1, |builder| {
        builder.quirks(Quirks::default().birth_date(BirthDateForm::Compact))
    });
    for typed in [
        "17.8.1983",
        "17/08/1983",
        "1983-08-17T00:00:00",
        "17.08.1983 00:00:00",
    ] {
        let form = form_of(shopper().birth_date(typed));
        assert!(found(&form).is_empty(), "{typed}");
        assert_eq!(field(&sent(&form), "birthDate").unwrap(), "1983-08-17");
        let body = sent_by(&compact, &form);
        assert_eq!(field(&body, "birthDate").unwrap(), "19830817");
        let kds = kds_of(shopper().birth_date(typed));
        assert_eq!(member(&sent(&kds), "birthDate").unwrap(), "1983-08-17");
    }
    for (typed, code, suggestion) in [
        ("31.02.1983", "day.not_in_calendar", None),
        ("17.8.83", "day.short_year", None),
        ("30545", "day.number_of_spreadsheet", Some("17.08.1983")),
        ("01.01.1900", "birth_date.not_possible", None),
        ("17.8.2983", "birth_date.not_possible", None),
        ("+10000-01-01", "day.form", None),
    ] {
        let suggestions: Vec<_> = suggestion.map(str::to_owned).into_iter().collect();
        let wanted = (code, "shopper.birth_date".to_owned(), suggestions);
        let born = shopper().birth_date(typed);
        let form = found(&form_of(born.clone()));
        assert_eq!(form, [wanted], "{typed}");
        assert_eq!(found(&limit_of(born.clone())), form, "{typed}");
        assert_eq!(found(&kds_of(born)), form, "{typed}");
    }
}

/// Two refunds that a spreadsheet shortened have one number: the second would be the first.
#[test]
fn t1_a_number_that_a_spreadsheet_shortened_stops_a_refund() {
    for number in ["1,01202E+14", "5.32E+9", " 1,01202E+14\u{a0}"] {
        let wanted = ["refund", "order"]
            .map(|path| ("text.shortened_by_spreadsheet", path.to_owned(), vec![]));
        assert_eq!(found(&refund(number)), wanted, "{number}");
    }
}
