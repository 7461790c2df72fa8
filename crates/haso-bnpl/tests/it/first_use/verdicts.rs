//! Successes that also refuse, contradict themselves, or lack a value that the next call needs.

use super::*;

#[test]
fn w9_a_success_without_what_the_next_call_needs_is_unreadable() {
    let no_code = plan(NUMBER, "530.50").replace("TRX-1", " ");
    let answer = success(&format!(r#"{{"TransactionPayments": {no_code}}}"#));
    let error = error_of!(answer, creation());
    assert!(matches!(error, Error::Decode(_)));
    assert_eq!(error.outcome(), Outcome::Unknown);
    for data in ["null", "{}", r#"{"KkbRefNo": ""}"#, r#"{"KkbRefNo": " "}"#] {
        let start = StartLimitByPin::new(shopper());
        let error = error_of!(success(data), start);
        assert!(matches!(error, Error::Decode(_)), "{data}");
        assert_eq!(error.next_step(), NextStep::StartAnew, "{data}");
    }
}

/// Successes that hold a refusal.
const NO: [&str; 12] = [
    r#"{"TransactionStatus":"6","x":"1"}"#,
    r#"{"TransactionStatus":6}"#,
    "false",
    r#"{"Result":false}"#,
    r#""False""#,
    "0",
    r#"{"result":"0"}"#,
    r#"{"Result":"Hayır"}"#,
    r#"{"Sonuc":{"IsActive":false}}"#,
    r#"[{"Key":"Result","Value":false}]"#,
    r#"{"Success":false,"Errors":["H999"]}"#,
    r#"{"Errors":["Hata"]}"#,
];

#[test]
fn w11_a_success_beside_a_no_activates_and_refunds_nothing() {
    for data in NO {
        let script = Script::new([success(data), success(data)]);
        let client = &script.client;
        is_unreadable(script.run(client.call(&activation())), data);
        is_unreadable(script.run(client.call(&refund())), data);
    }
    let yes = [
        "null",
        r#"{"TransactionStatus":"7"}"#,
        r#"{"Result":true}"#,
        r#"{"RefundId":"R-1"}"#,
        r#"{"Result":"1","Amount":0}"#,
    ];
    for data in yes {
        let script = Script::new([success(data), success(data)]);
        let client = &script.client;
        assert!(script.run(client.call(&activation())).is_ok(), "{data}");
        assert!(script.run(client.call(&refund())).is_ok(), "{data}");
    }
}

#[test]
fn w11_a_success_beside_a_no_is_none_of_any_other_write() {
    for data in NO {
        let answers = std::iter::repeat_with(|| success(data)).take(10);
        let script = Script::new(answers);
        let client = &script.client;
        let balance = LoadBalance::new("5004", money("5.00"), day());
        is_unreadable(script.run(client.call(&balance)), data);
        let expense = SendExpense::new("TRX-1".into(), NUMBER.into(), money("5.00"));
        is_unreadable(script.run(client.call(&expense)), data);
        let kds = SetLimitFromKds::new(shopper(), "SEG", money("1000.00"));
        is_unreadable(script.run(client.call(&kds)), data);
        is_unreadable(script.run(client.call(&set_paid())), data);
        is_unreadable(script.run(client.call(&set_bulk_paid())), data);
        let phone = ChangePhone::new("5004".into(), "5536616020");
        is_unreadable(script.run(client.call(&phone)), data);
        let pin = ConfirmPin::new("KKB-1".into(), "1234");
        is_unreadable(script.run(client.call(&pin)), data);
        let start = StartLimitByPin::new(shopper());
        is_unreadable(script.run(client.call(&start)), data);
        is_unreadable(script.run(client.call(&creation())), data);
        let raw = RawCall::new("RequestV2/SuspendCustomer").signed([""; 0]);
        is_unreadable(script.run(client.call(&raw)), data);
    }
}

#[test]
fn w11_a_form_that_is_posted_from_the_server_is_read_by_the_same_rule() {
    for data in NO {
        let script = Script::new([success(data), success(data), success(data)]);
        let client = &script.client;
        let form = OrderForm::new(order(), "t");
        is_unreadable(script.run(client.call(&form)), data);
        let form = LimitForm::new(limit(), "t");
        is_unreadable(script.run(client.call(&form)), data);
        let store = InStoreOrder::by_qr(NUMBER.into(), money("5.00"), urls(), "qr");
        let form = InStoreOrderForm::new(store, "t");
        is_unreadable(script.run(client.call(&form)), data);
    }
}

#[test]
fn w11_a_property_of_an_object_is_no_verdict() {
    let plan =
        plan(NUMBER, "530.50").replacen(r#""PaymentCode""#, r#""IsPaid":false,"PaymentCode""#, 1);
    let data = format!(r#"{{"TransactionStatus":"6","TransactionPayments":{plan}}}"#);
    let script = Script::new([success(&data)]);
    assert!(script.run(script.client.call(&creation())).is_ok());
    let data = r#"{"CustomerInfo":{"CustomerLimit":5000,"IsSuspended":false}}"#;
    let script = Script::new([success(data)]);
    let pin = ConfirmPin::new("KKB-1".into(), "1234");
    assert!(script.run(script.client.call(&pin)).is_ok());
}

#[test]
fn w14_two_codes_or_one_member_twice_are_unreadable() {
    for body in TWO {
        let answer = || Fault::Answer(json(200, body.as_bytes()));
        let script = Script::new([answer(), answer(), answer()]);
        let client = &script.client;
        let phone = ChangePhone::new("5004".into(), "5536616020");
        is_unreadable(script.run(client.call(&phone)), body);
        is_unreadable(script.run(client.call(&set_paid())), body);
        is_unreadable(script.run(client.call(&refund())), body);
    }
}

#[test]
fn w14_two_statuses_are_unreadable() {
    let inner = plan(NUMBER, "530.50").replacen('{', r#"{"TransactionStatus":"6","#, 1);
    let text = inner.replace('"', "\\\"");
    for data in [
        r#"{"TransactionStatus":"7","transactionstatus":"8"}"#.to_owned(),
        format!(r#"{{"TransactionStatus":"7","TransactionPayments":{inner}}}"#),
        format!(r#"{{"TransactionStatus":"7","TransactionPayments":"{text}"}}"#),
        r#"{"TransactionStatus":"7"},"TransactionStatus":"6""#.to_owned(),
    ] {
        let script = Script::new([success(&data)]);
        is_unreadable(script.run(script.client.call(&activation())), &data);
    }
    // A question that contradicts itself settles nothing.
    let data = format!(r#"{{"TransactionStatus":"7","TransactionPayments":{inner}}}"#);
    assert!(!settled!(activation(), [success(&data)]).is_settled());
    let body = r#"{"Success":false,"Errors":["H308"],"Data":{"Message":"RS100"}}"#;
    let settled: Settled<Accepted, Rejection> =
        settled!(refund(), [Fault::Answer(json(200, body.as_bytes()))]);
    let Settled::Open(open) = settled else {
        panic!("settled by two codes")
    };
    assert!(matches!(open.why, Why::Failed(Error::Decode(_))));
}
