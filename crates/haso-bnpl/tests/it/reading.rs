//! Posts and answers in a form that differs from the documented one, and is read all the same. The
//! number in a test's name is the kind's.

use contract_kit::faults::{Fault, FaultServer};
use haso_bnpl::callbacks::{
    CompletedOrder, LimitOk, LimitResult, OrderCallback, OrderFail, OrderOk, OrderResult,
};
use haso_bnpl::{
    ActivateOrder, CheckRefund, ForeignText, GetCustomer, GetPlan, InstallmentStatus,
    LimitLinkForm, ListErrorCodes, ListPayments, Quirks, RejectionKind, StartLimitByPin,
    StoredOrder, Unverified,
};
use kervan_core::{Drift, Form, Reason};

use crate::support::{KEY, builder, client, json, limit, money, plan, shopper, success};
use kervan_testing::delivery;

pub(crate) const NUMBER: &str = "1905231436-1";
const JSON: Option<&str> = Some("application/json");

fn post(plan: &str) -> String {
    format!(
        r#"{{"Success":true,"Errors":[],"Data":{{"NameSurname":"Nilüfer Örnek","CustomerId":"5004","TransactionStatus":"6","TransactionPayments":{plan}}}}}"#
    )
}

fn ok(body: impl AsRef<[u8]>) -> Unverified<OrderOk> {
    OrderOk::read(&delivery(JSON, body.as_ref())).unwrap()
}

fn completed(post: &Unverified<OrderOk>) -> &CompletedOrder {
    let OrderResult::Completed(order) = post.claim().result() else {
        panic!("{post:?}")
    };
    order
}

/// Returns whether a post can be activated, by the shop's own order.
fn activates(post: &Unverified<OrderOk>) -> bool {
    let stored = StoredOrder::open(NUMBER, money("500.00"));
    post.confirm(&stored, &Quirks::default()).is_ok()
}

pub(crate) fn unread(drift: &Drift) -> Vec<(&str, &str)> {
    let each = drift.unread.iter();
    each.map(|field| (field.path.as_str(), field.value.as_str()))
        .collect()
}

pub(crate) fn tolerated(drift: &Drift) -> Vec<(&str, Form)> {
    let each = drift.tolerated.iter();
    each.map(|value| (value.path.as_str(), value.form))
        .collect()
}

const LIST: &str = "Data.TransactionPayments.TransactionPayments";

#[test]
fn r6_a_day_in_an_odd_form_does_not_cost_the_order() {
    for day in [
        "10/5/2026 12:00:00 AM",
        "5.10.2026",
        "05 Ekim 2026",
        "0001-01-01T00:00:00",
        "/Date(-62135596800000)/",
    ] {
        let body = post(&plan(NUMBER, "530.50").replacen("2026-12-22T00:00:00", day, 1));
        let post = ok(&body);
        let order = completed(&post);
        let parts = &order.plan.as_ref().unwrap().installments;
        assert_eq!((parts[0].due, parts.len()), (None, 2), "{day}");
        assert!(parts[1].due.is_some() && activates(&post), "{day}");
        let value = format!("\"{day}\"");
        let path = format!("{LIST}[0].TermDate");
        assert_eq!(unread(&order.drift), [(&*path, &*value)], "{day}");
    }
}

#[test]
fn r6_no_value_of_an_installment_but_its_amount_decides() {
    let whole = plan(NUMBER, "530.50");
    for (from, to, field) in [
        (
            r#""InstallmentNo":1"#,
            r#""InstallmentNo":"peşin""#,
            "InstallmentNo",
        ),
        (
            r#""PaymentCode":"PAY-1""#,
            r#""PaymentCode":{"a":1}"#,
            "PaymentCode",
        ),
        (r#""Fee":15.25"#, r#""Fee":"15.250""#, "Fee"),
        (r#""Fee":15.25"#, r#""Fee":[15.25]"#, "Fee"),
        (
            r#""TermDate":"2026-12-22T00:00:00""#,
            r#""TermDate":{"y":2026}"#,
            "TermDate",
        ),
    ] {
        let post = ok(post(&whole.replacen(from, to, 1)));
        assert!(activates(&post), "{to}");
        let order = completed(&post);
        assert_eq!(unread(&order.drift)[0].0, format!("{LIST}[0].{field}"));
    }
    let odd = whole.replace(r#""DownPayment":0"#, r#""DownPayment":"yok""#);
    let name = post(&odd).replace("\"Nilüfer Örnek\"", r#"{"Ad":"Nilüfer"}"#);
    assert!(activates(&ok(&name)));
    // What decides is still needed.
    let total = whole.replace(r#""TotalAmount":530.50"#, r#""TotalAmount":"530,50 TL""#);
    let error = OrderOk::read(&delivery(JSON, post(&total).as_bytes())).unwrap_err();
    assert!(error.path().ends_with("TotalAmount"), "{error}");
}

#[test]
fn r6_a_bad_entry_of_a_plan_does_not_cost_the_rest() {
    let whole = plan(NUMBER, "530.50");
    for entry in ["null", r#""Toplam: 530,50""#, r#"{"Toplam":530.50}"#] {
        let more = whole.replace("}]}", &format!("}},{entry}]}}"));
        let post = ok(post(&more));
        let read = completed(&post).plan.as_ref().unwrap();
        assert_eq!((read.installments.len(), read.unread_installments), (2, 1));
        // The entries that could be read are the whole total.
        assert!(activates(&post), "{entry}");
    }
    // One that is missing in the sum is not.
    let bad = whole.replacen(
        r#""InstallmentPayment":265.25"#,
        r#""InstallmentPayment":"?""#,
        1,
    );
    let post = ok(post(&bad));
    assert_eq!(
        completed(&post).plan.as_ref().unwrap().unread_installments,
        1
    );
    assert!(!activates(&post));
    let none = whole.replace("InstallmentPayment", "Tutar");
    assert!(OrderOk::read(&delivery(JSON, super::reading::post(&none).as_bytes())).is_err());
}

#[tokio::test]
async fn r6_a_bad_entry_does_not_shift_the_statuses_of_the_others() {
    let whole = plan(NUMBER, "530.50").replace(
        r#""TransactionPayments":[{"#,
        r#""TransactionPayments":[{"PaymentStatus":"1","InstallmentNo":0},{"PaymentStatus":"0","#,
    );
    let server = FaultServer::start(success(&whole));
    let read = client(&server, 1)
        .call(&GetPlan::new("TRX-1".into(), NUMBER.into()))
        .await
        .unwrap();
    let statuses: Vec<_> = read
        .plan
        .installments
        .iter()
        .map(|part| part.status.as_ref().map(InstallmentStatus::as_str))
        .collect();
    assert_eq!(statuses, [Some("0"), None]);
    assert_eq!(read.plan.unread_installments, 1);
}

#[tokio::test]
async fn r6_an_odd_day_does_not_cost_the_address_of_a_limit_request() {
    let link = r#"{"URL":"https://haso.example/l/1","Expiredate":"5/10/2026 3:00 PM"}"#;
    let server = FaultServer::start(success(link));
    let form = LimitLinkForm::new(limit(), "token");
    let link = client(&server, 1).call(&form).await.unwrap();
    assert_eq!(link.url.as_str(), "https://haso.example/l/1");
    assert_eq!(link.expires, None);
    assert_eq!(unread(&link.drift)[0].0, "Data.ExpireDate");
}

#[test]
fn r5_a_cut_letter_costs_that_letter_only() {
    let whole = post(&plan(NUMBER, "530.50"));
    let (before, after) = whole.split_once("Örnek").unwrap();
    for (cut, name) in [
        (&b"\xc3\x96rne\xc5"[..], "Nilüfer Örne\u{fffd}"),
        (b"\xb6rnek", "Nilüfer \u{fffd}rnek"),
        (b"\\ud83d", "Nilüfer \u{fffd}"),
        (b"\xf0\x9f\x98", "Nilüfer \u{fffd}"),
    ] {
        let body = [before.as_bytes(), cut, after.as_bytes()].concat();
        let post = ok(&body);
        assert!(activates(&post));
        let order = completed(&post);
        assert_eq!(order.name.as_ref().unwrap().as_str(), name);
        assert_eq!(
            tolerated(&order.drift),
            [("Data.NameSurname", Form::DamagedLetter)]
        );
    }
}

#[test]
fn r5_a_cut_letter_in_a_form_costs_that_letter_only() {
    let plan = kervan_wire::form::encode([("TransactionPayments", &*plan(NUMBER, "530.50"))]);
    let form = format!("Success=True&NameSurname=Nil%C3%BCfer+%C5&TransactionStatus=6&{plan}");
    let multipart = [
        &b"--x\r\nContent-Disposition: form-data; name=\"Errors\"\r\n\r\nM\xc3\xbc\xc5\x9fteri \xc4\r\n"[..],
        b"--x\r\nContent-Disposition: form-data; name=\"Success\"\r\n\r\nfalse\r\n--x--",
    ]
    .concat();
    let post = OrderOk::read(&delivery(None, form.as_bytes())).unwrap();
    assert_eq!(
        completed(&post).name.as_ref().unwrap().as_str(),
        "Nilüfer \u{fffd}"
    );
    assert!(activates(&post));
    assert_eq!(
        tolerated(&completed(&post).drift),
        [("Data.NameSurname", Form::DamagedLetter)]
    );
    let failed = OrderFail::read(&delivery("multipart/form-data; boundary=x", &multipart)).unwrap();
    assert_eq!(
        failed.claim().failed().errors[0].as_str(),
        "Müşteri \u{fffd}"
    );
}

#[tokio::test]
async fn r5_a_cut_letter_in_an_answer_costs_that_letter_only() {
    let call = ActivateOrder::without_post(NUMBER.into(), "TRX-1".into());
    let body =
        b"{\"Success\":true,\"Errors\":[],\"Data\":{\"Aciklama\":\"\xc4\xb0\xc5\x9eLEM BA\xc5\"}}";
    let server = FaultServer::start(Fault::Answer(json(200, body)));
    let done = client(&server, 1).call(&call).await.unwrap();
    assert_eq!(
        done.value.data.unwrap().as_str(),
        "{\"Aciklama\":\"İŞLEM BA\u{fffd}\"}"
    );
    assert_eq!(
        tolerated(&done.drift),
        [("Data.Aciklama", Form::DamagedLetter)]
    );
    let body = b"{\"Success\":false,\"Errors\":[\"H223 M\xc3\xbc\xc5\x9fteri bulunamad\xc4\"],\"Data\":null}";
    let server = FaultServer::start(Fault::Answer(json(200, body)));
    let error = client(&server, 1).call(&call).await.unwrap_err();
    let no = error.rejection().unwrap();
    assert_eq!(no.code, "H223");
    assert_ne!(no.kind, RejectionKind::Unlisted);
    assert_eq!(tolerated(&no.drift), [("Errors[0]", Form::DamagedLetter)]);
}

#[tokio::test]
async fn r7_blanks_control_characters_and_letter_case_do_not_cost_a_success() {
    let body =
        "{\"SUCCESS\":true,\"errors\":[],\"data\":{\"MESSAGE\":\" RS100\\t\",\"not\":\"a\tb\"}}";
    let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
    let call =
        haso_bnpl::SetPaid::new("PAY-1".into(), NUMBER.into(), "2026-11-22".parse().unwrap());
    let done = client(&server, 1).call(&call).await.unwrap();
    let noted = tolerated(&done.drift);
    assert!(noted.contains(&("Data.Message", Form::Blanks)), "{noted:?}");
    assert!(
        noted.contains(&("Data.not", Form::ControlCharacter)),
        "{noted:?}"
    );
    // Text in a text.
    let inner = plan(NUMBER, "530.50")
        .replace("PAY-1", " PAY-\t1 ")
        .replace('"', "\\\"");
    let post = ok(post(&format!("\"{inner}\"")));
    assert!(activates(&post));
    let part = &completed(&post).plan.as_ref().unwrap().installments[0];
    assert_eq!(part.code.as_ref().unwrap().as_str(), "PAY- 1");
}

#[tokio::test]
async fn r8_additions_beside_what_is_known_are_drift() {
    let codes =
        r#"{"ErrorCodes":[{"Code":"H223","Message":"a"},{"Adet":"1"}],"Bilgi":{"Adet":"1"}}"#;
    let server = FaultServer::start(success(codes));
    let read = client(&server, 1)
        .call(&ListErrorCodes::new())
        .await
        .unwrap();
    assert_eq!(read.codes.len(), 1);
    let pairs = format!(
        r#"[{{"Key":"TransactionStatus","Value":"6","Type":"String"}},{{"Adet":"1"}},{{"Key":"TransactionPayments","Value":{}}}]"#,
        plan(NUMBER, "530.50")
    );
    let body = format!(r#"{{"Success":true,"Errors":[],"Bilgi":{{"Adet":"1"}},"Data":{pairs}}}"#);
    let post = ok(&body);
    assert!(activates(&post));
    let paths: Vec<_> = unread(&completed(&post).drift)
        .into_iter()
        .map(|(path, _)| path.to_owned())
        .collect();
    for path in ["Data.[0]", "Data.[1]", "Bilgi"] {
        assert!(paths.contains(&path.to_owned()), "{paths:?}");
    }
}

#[tokio::test]
async fn a_message_that_is_more_than_the_code_of_success_comes_with_the_answer() {
    for (message, expected) in [
        ("RS100", None),
        (" ", None),
        ("Alındı {KEY}", Some("Alındı [redacted]")),
    ] {
        let message = message.replace("{KEY}", KEY);
        let body = format!(r#"{{"Success":true,"Data":{{"message":"{message}","x":1}}}}"#);
        let server = FaultServer::start(Fault::Answer(json(200, body.as_bytes())));
        let client = client(&server, 1);
        let listed = client.call(&ListPayments::new("5004")).await.unwrap();
        let found = listed.message.as_ref().map(ForeignText::as_str);
        assert_eq!(found, expected, "{message}");
        let data = listed.data.as_ref().unwrap().as_str();
        assert!(data.contains(r#""x":"1""#) && !data.contains(KEY), "{data}");
    }
}

#[tokio::test]
async fn r8_members_beside_data_are_drift_of_calls_that_keep_data() {
    let body = br#"{"Success":true,"Data":{"a":1},"Yeni":"2"}"#;
    let server = FaultServer::start(Fault::Answer(json(200, body)));
    let client = client(&server, 4);
    let new = [("Yeni", "\"2\"")];
    let listed = client.call(&ListErrorCodes::new()).await.unwrap();
    assert_eq!(unread(&listed.drift), new);
    let customer = client.call(&GetCustomer::new("5004")).await.unwrap();
    assert_eq!(unread(&customer.drift), new);
    let payments = client.call(&ListPayments::new("5004")).await.unwrap();
    assert_eq!(unread(&payments.drift), new);
}

#[test]
fn c2_content_types_are_named_and_an_empty_post_is_no_answer() {
    let form = b"Success=True&CustomerId=5004&CustomerLimit=10";
    for (content_type, body) in [
        ("multipart/form-data", &b"--x\r\n\r\n--x--"[..]),
        ("text/plain; charset=utf-8", b"hello"),
        ("application/octet-stream", b"\x01\x02"),
        ("application/pdf", b"%PDF-1.7 x=1"),
    ] {
        let media = content_type.split(';').next().unwrap();
        for error in [
            OrderOk::read(&delivery(content_type, body)).unwrap_err(),
            OrderCallback::read(&delivery(content_type, body)).unwrap_err(),
            OrderFail::read(&delivery(content_type, body)).unwrap_err(),
            LimitOk::read(&delivery(content_type, body)).unwrap_err(),
        ] {
            assert!(error.to_string().contains(media), "{error}");
        }
    }
    // A form is one whatever its content type says, and JSON too.
    for content_type in ["text/plain", "application/json", "multipart/form-data", ""] {
        assert!(
            LimitOk::read(&delivery(content_type, form)).is_ok(),
            "{content_type}"
        );
    }
    let json = br#"{"Success":true,"Data":{"CustomerId":"5004","CustomerLimit":10}}"#;
    assert!(LimitOk::read(&delivery("application/x-www-form-urlencoded", json)).is_ok());
    for (content_type, body) in [(None, &b""[..]), (JSON, b" \r\n"), (Some("x/y"), b"\n")] {
        let error = OrderOk::read(&delivery(content_type, body)).unwrap_err();
        assert_eq!(error.reason(), &Reason::Empty);
        assert!(!error.to_string().contains("answer"), "{error}");
    }
}

#[test]
fn c3_numbers_are_read_and_compared_without_blanks() {
    let spaced = plan(NUMBER, "530.50")
        .replace(NUMBER, &format!(" {NUMBER} "))
        .replace("TRX-1", "TRX-1 ");
    let body = post(&spaced).replace("\"5004\"", "\" 5004\"");
    let post = ok(&body);
    assert!(activates(&post));
    assert_eq!(completed(&post).customer.as_ref().unwrap().as_str(), "5004");
    // The shop's own number may have blanks as well.
    let stored = StoredOrder::open(format!("{NUMBER} "), money("500.00"));
    let order = post.confirm(&stored, &Quirks::default()).unwrap();
    assert_eq!(order.activation().transaction.as_str(), "TRX-1");
    let failed =
        OrderFail::read(&delivery(None, b"Success=False&MercantOid=+1905231436-1+")).unwrap();
    let number = failed.claim().failed().order.clone();
    assert_eq!(number.unwrap().as_str(), NUMBER);
    let limit = LimitOk::read(&delivery(
        None,
        b"Success=1&CustomerId=+5004&CustomerLimit=10",
    ))
    .unwrap();
    let LimitResult::Granted(granted) = limit.claim().result() else {
        panic!("{limit:?}")
    };
    assert_eq!(granted.customer.as_str(), "5004");
}

#[tokio::test]
async fn c3_a_refund_is_found_by_its_number_without_blanks() {
    let server = FaultServer::start(success(r#"{"RefundId":"R-1 "}"#));
    let check = CheckRefund::new(" R-1");
    assert!(client(&server, 1).call(&check).await.is_ok());
}

#[tokio::test]
async fn p6_the_further_field_of_a_limit_request_has_the_callers_name() {
    let client = builder("http://127.0.0.1:9").build().unwrap();
    let request = StartLimitByPin::new(shopper())
        .common(haso_bnpl::CommonFields::new().extra("dealerSegment", "SEG"));
    let sent = client.dry_run(&request).unwrap();
    let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body["dealerSegment"], "SEG");
    // Nothing is sent under a guessed name.
    let sent = client.dry_run(&StartLimitByPin::new(shopper())).unwrap();
    assert!(!String::from_utf8(sent.body).unwrap().contains("dea"));
}
