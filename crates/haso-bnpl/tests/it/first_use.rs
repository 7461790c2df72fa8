//! Inputs that once failed, and others of their kind. The number in a test's name is the kind's.

use std::time::Duration;

use fixtures::faults::Fault;
use haso_bnpl::{
    ActivateOrder, ChangePhone, ConfirmPin, CreateTransaction, CreatedTransaction, Done, Error,
    Extent, GetPlan, InStoreOrder, InStoreOrderForm, Kind, LimitForm, LoadBalance, NextStep,
    OrderForm, Outcome, RawCall, Refund, Rejection, Resumed, SendExpense, Sent, SetBulkPaid,
    SetLimitFromKds, SetPaid, Settled, StartLimitByPin, Why,
};
use kervan_core::Host;

use crate::script::{SETTLED, Script, lost};
use crate::support::{
    crashed, json, limit, money, order, plan, refusal, shopper, stored, success, urls,
};

const NUMBER: &str = "1905231436-1";

fn day() -> chrono::NaiveDate {
    "2026-11-22".parse().unwrap()
}

fn activation() -> ActivateOrder {
    ActivateOrder::without_post(NUMBER.into(), "TRX-1".into())
}

fn refund() -> Refund {
    Refund::new(
        "R-1".into(),
        "TRX-1".into(),
        NUMBER.into(),
        Extent::Part(money("125.25")),
    )
}

fn set_paid() -> SetPaid {
    SetPaid::new("PAY-1".into(), NUMBER.into(), day()).transaction("TRX-1")
}

fn set_bulk_paid() -> SetBulkPaid {
    let payments = vec!["PAY-1".into(), "PAY-2".into()];
    SetBulkPaid::new(payments, NUMBER, day()).transaction("TRX-1")
}

fn creation() -> CreateTransaction {
    CreateTransaction::new(money("500.00"), 2, "5004")
}

/// The service's plan, whose installments have these statuses.
fn plan_with(first: &str, second: &str) -> Fault {
    let plan = plan(NUMBER, "530.50");
    let plan = plan.replace(
        r#""PaymentCode":"PAY-1""#,
        &format!(r#""PaymentCode":"PAY-1","PaymentStatus":{first}"#),
    );
    let plan = plan.replace(
        r#""PaymentCode":"PAY-2""#,
        &format!(r#""PaymentCode":"PAY-2","paymentStatus":{second}"#),
    );
    success(&format!(r#"{{"TransactionPayments": {plan}}}"#))
}

/// The plan of an order that still waits for its activation.
fn waiting() -> Fault {
    let plan = plan(NUMBER, "530.50");
    success(&format!(
        r#"{{"TransactionStatus": "6", "TransactionPayments": {plan}}}"#
    ))
}

fn active() -> Fault {
    success(&format!(
        r#"{{"TransactionPayments": {}}}"#,
        plan(NUMBER, "530.50")
    ))
}

/// The list of a customer's orders: codes, and totals with a fee of 30.50.
fn list(rows: &[(&str, &str)]) -> Fault {
    let rows: Vec<_> = rows
        .iter()
        .map(|(code, total)| plan("H-1", total).replace("TRX-1", code))
        .collect();
    success(&format!(r#"{{"Transactions": [{}]}}"#, rows.join(",")))
}

/// Settles a write whose attempt was kept before a crash, by one answer.
macro_rules! settled {
    ($write:expr, $answers:expr) => {{
        let script = Script::new($answers);
        script.run(async {
            let write = $write;
            let attempt = crashed(&script.client, &write).await;
            script.client.settle(&write, &attempt).await
        })
    }};
}

/// The error of a call with this answer.
macro_rules! error_of {
    ($answer:expr, $method:ident, $write:expr) => {{
        let script = Script::new([$answer]);
        let error = script.run(script.client.$method(&$write)).unwrap_err();
        assert_eq!(script.asked().len(), 1);
        error
    }};
}

#[test]
fn w1_an_activation_that_shows_late_is_sent_once() {
    let script = Script::new([lost(), waiting(), waiting(), active()]);
    let write = activation();
    let start = script.host.now();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    let failed = script
        .run(script.client.send(&write, &attempt))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    let Settled::Open(open) = script.run(script.client.settle(&write, &attempt)) else {
        panic!("settled at once")
    };
    assert!(matches!(open.why, Why::TooEarly));
    assert_eq!(open.ask_again_at, Some(start + SETTLED));
    let last = Duration::from_millis(1);
    script.host.advance(SETTLED.saturating_sub(last));
    let settled = script.run(script.client.settle(&write, &attempt));
    assert!(!settled.is_settled(), "still too early");
    script.host.advance(last);
    let settled = script.run(script.client.settle(&write, &attempt));
    assert!(matches!(settled, Settled::InState));
    assert_eq!(script.count("UpdateTransaction"), 1);
}

#[test]
fn w1_an_installment_that_is_still_unpaid_is_not_sent_again_before_the_settling_time() {
    for old in ["0", "\"0\"", "3"] {
        let script = Script::new([lost(), plan_with(old, "0"), plan_with(old, "0")]);
        let write = set_paid();
        let attempt = script.run(script.client.prepare(&write)).unwrap();
        assert!(script.run(script.client.send(&write, &attempt)).is_err());
        let resume = || script.run(script.client.resume(&write, &attempt)).unwrap();
        assert!(
            matches!(resume(), Resumed::Settled(Settled::Open(_))),
            "{old}"
        );
        script.host.advance(SETTLED);
        assert!(matches!(resume(), Resumed::Prepared(_)), "{old}");
        assert_eq!(script.count("SetPaidPayment"), 1, "{old}");
    }
}

#[test]
fn w1_a_bulk_report_stays_open_while_a_part_of_it_is_paid() {
    let script = Script::new([
        lost(),
        plan_with("0", "3"),
        plan_with("0", "3"),
        plan_with("1", "0"),
        plan_with("1", "1"),
    ]);
    let write = set_bulk_paid();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    let settle = || script.run(script.client.settle(&write, &attempt));
    assert!(matches!(settle(), Settled::Open(open) if matches!(open.why, Why::TooEarly)));
    script.host.advance(SETTLED);
    assert!(matches!(settle(), Settled::NotDone));
    assert!(matches!(settle(), Settled::Open(open) if matches!(open.why, Why::Unclear)));
    assert!(matches!(settle(), Settled::InState));
}

#[test]
fn w1_an_order_that_is_not_in_the_list_of_approved_ones_is_never_sent_again() {
    let old = || list(&[("TRX-0", "530.50")]);
    let script = Script::new([old(), lost(), old(), old()]);
    let write = creation();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    for wait in [Duration::ZERO, SETTLED * 100] {
        script.host.advance(wait);
        let resumed = script.run(script.client.resume(&write, &attempt)).unwrap();
        let Resumed::Settled(Settled::Open(open)) = resumed else {
            panic!("decided by a list that waiting orders are not in")
        };
        assert!(matches!(open.why, Why::Unclear));
    }
    assert_eq!(script.count("CreateTransaction"), 1);
}

#[test]
fn w1_a_new_order_of_the_same_amount_is_the_one_that_was_created() {
    let before = || list(&[("TRX-0", "530.50")]);
    let now = list(&[("TRX-2", "99.00"), ("TRX-1", "530.50"), ("TRX-0", "530.50")]);
    let script = Script::new([before(), lost(), now]);
    let sent = script.run(script.client.send_or_settle(&creation()));
    let Ok(Sent::Done(CreatedTransaction { plan, .. })) = sent else {
        panic!("{sent:?}")
    };
    assert_eq!(plan.transaction.as_str(), "TRX-1");
    assert_eq!(script.count("CreateTransaction"), 1);
    // Two new ones of that amount are one too many; one behind a known row is not new.
    for now in [
        list(&[
            ("TRX-2", "530.50"),
            ("TRX-1", "530.50"),
            ("TRX-0", "530.50"),
        ]),
        list(&[("TRX-0", "530.50"), ("TRX-1", "530.50")]),
        list(&[("TRX-1", "530.51"), ("TRX-0", "530.50")]),
    ] {
        let settled = settled!(creation(), [before(), now]);
        assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    }
}

#[test]
fn w1_without_the_orders_before_it_no_order_is_created() {
    for before in [
        success("null"),
        success("[]x"),
        success(r#"{"Transactions": "yok"}"#),
        success(r#"{"Transactions": [{"MerchantOid": "H-1"}]}"#),
        success(r#"{"Transactions": [{"TransactionCode": ""}]}"#),
        success(r#"{"Transactions": [{"TransactionCode": "TRX-0", "CustomerId": "5005"}]}"#),
        refusal("H223"),
        lost(),
    ] {
        let script = Script::new([before]);
        let failed = script.run(script.client.send_or_settle(&creation()));
        assert_eq!(failed.unwrap_err().outcome(), Outcome::NotDone);
        assert_eq!(script.count("CreateTransaction"), 0);
    }
}

#[test]
fn w2_a_state_that_may_have_stood_before_is_not_this_writes() {
    assert!(matches!(
        settled!(activation(), [active()]),
        Settled::InState
    ));
    let paid = || plan_with("1", "1");
    assert!(matches!(settled!(set_paid(), [paid()]), Settled::InState));
    assert!(matches!(
        settled!(set_bulk_paid(), [paid()]),
        Settled::InState
    ));
    let report = success(r#"{"KkbRefNo": "KKB-1", "CustomerInfo": {"CustomerLimit": 5000}}"#);
    let pin = ConfirmPin::new("KKB-1".into(), "1234");
    assert!(matches!(settled!(pin, [report]), Settled::InState));
}

#[test]
fn w2_what_decides_nothing_stays_open() {
    for answer in [
        active(),
        plan_with("2", "1"),
        plan_with("4", "1"),
        plan_with("9", "1"),
        plan_with("null", "1"),
        plan_with(r#"{"x": 1}"#, "1"),
    ] {
        assert!(!settled!(set_paid(), [answer.clone()]).is_settled());
        assert!(!settled!(set_bulk_paid(), [answer]).is_settled());
    }
    for answer in [
        success("null"),
        success(r#"{"KkbRefNo": "KKB-1"}"#),
        success(r#"{"KkbRefNo": "KKB-2", "CustomerInfo": {"CustomerLimit": 5000}}"#),
        refusal("PIN kodu bekleniyor"),
    ] {
        let settled = settled!(ConfirmPin::new("KKB-1".into(), "1234"), [answer]);
        assert!(!settled.is_settled(), "{settled:?}");
    }
}

#[test]
fn w3_a_telephone_number_that_was_the_same_before_is_a_refusal() {
    let same = || success(r#"{"message": "H311"}"#);
    let phone = ChangePhone::new("5004", "5536616020");
    let script = Script::new([same()]);
    let failed = script
        .run(script.client.send_or_settle(&phone))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(failed.error.rejection().unwrap().kind, Kind::SamePhone);
    // After a try that was sent, it is that try's.
    let script = Script::new([lost(), same()]);
    let sent = script.run(script.client.send_or_settle(&phone)).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert!(script.is_same_each_time("ChangeCustomerGsmNo"));
}

#[test]
fn w5_a_second_click_refunds_nothing_and_is_told_so() {
    let done = || success(r#"{"RefundId": "R-1"}"#);
    let script = Script::new([done(), refusal("H307")]);
    let first = script.run(script.client.send_or_settle(&refund()));
    assert!(matches!(first, Ok(Sent::Done(_))));
    let second = script.run(script.client.send_or_settle(&refund()));
    let failed = second.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(failed.next_step(), NextStep::Correct);
}

#[test]
fn w5_after_a_crash_a_refund_is_settled_before_it_is_sent() {
    let done = || success(r#"{"RefundId": "R-1"}"#);
    for (answers, refunds) in [
        (vec![done()], 0),
        (vec![refusal("H308"), done()], 1),
        (vec![refusal("H308"), refusal("H307")], 1),
    ] {
        let script = Script::new(answers);
        let write = refund();
        let resumed = script.run(async {
            let attempt = crashed(&script.client, &write).await;
            script.client.resume(&write, &attempt).await
        });
        let Ok(Resumed::Settled(settled)) = resumed else {
            panic!("{resumed:?}")
        };
        assert!(matches!(settled, Settled::Done(_) | Settled::Exists));
        assert_eq!(script.count("RefundTransaction"), refunds);
    }
}

#[test]
fn w5_an_attempt_of_before_a_crash_sends_no_second_order() {
    let script = Script::new([list(&[]), lost()]);
    let write = creation();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    let kept = stored(&attempt);
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    for attempt in [attempt, kept] {
        let failed = script
            .run(script.client.send(&write, &attempt))
            .unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown);
    }
    assert_eq!(script.count("CreateTransaction"), 1);
}

#[test]
fn w7_a_refusal_of_the_contents_settles_a_write_that_is_sent_again() {
    let phone = ChangePhone::new("5004", "5536616020");
    for code in ["RS115", "H223"] {
        let no = success(&format!(r#"{{"message": "{code}", "KkbPhones": null}}"#));
        let script = Script::new([lost(), no]);
        let failed = script
            .run(script.client.send_or_settle(&phone))
            .unwrap_err();
        assert_eq!(failed.outcome(), Outcome::NotDone, "{code}");
        assert_eq!(failed.next_step(), NextStep::Correct, "{code}");
    }
}

#[test]
fn w9_a_success_without_what_the_next_call_needs_is_unreadable() {
    let no_code = plan(NUMBER, "530.50").replace("TRX-1", " ");
    let answer = success(&format!(r#"{{"TransactionPayments": {no_code}}}"#));
    let error = error_of!(answer, create_transaction, creation());
    assert!(matches!(error, Error::Decode(_)));
    assert_eq!(error.outcome(), Outcome::Unknown);
    for data in ["null", "{}", r#"{"KkbRefNo": ""}"#, r#"{"KkbRefNo": " "}"#] {
        let start = StartLimitByPin::new(shopper());
        let error = error_of!(success(data), start_limit_by_pin, start);
        assert!(matches!(error, Error::Decode(_)), "{data}");
        assert_eq!(error.next_step(), NextStep::StartAnew, "{data}");
    }
}

/// Successes that say no.
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

fn is_unreadable<T>(result: Result<T, Error>, data: &str) {
    let Err(error) = result else {
        panic!("{data}: a success")
    };
    assert!(matches!(error, Error::Decode(_)), "{data}: {error:?}");
    assert_eq!(error.outcome(), Outcome::Unknown, "{data}");
}

#[test]
fn w11_a_success_beside_a_no_activates_and_refunds_nothing() {
    for data in NO {
        let script = Script::new([success(data), success(data)]);
        let client = &script.client;
        is_unreadable(script.run(client.activate_order(&activation())), data);
        is_unreadable(script.run(client.refund(&refund())), data);
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
        assert!(
            script.run(client.activate_order(&activation())).is_ok(),
            "{data}"
        );
        assert!(script.run(client.refund(&refund())).is_ok(), "{data}");
    }
}

#[test]
fn w11_a_success_beside_a_no_is_none_of_any_other_write() {
    for data in NO {
        let answers = std::iter::repeat_with(|| success(data)).take(10);
        let script = Script::new(answers);
        let client = &script.client;
        let balance = LoadBalance::new("5004", money("5.00"), day());
        is_unreadable(script.run(client.load_balance(&balance)), data);
        let expense = SendExpense::new("TRX-1".into(), NUMBER.into(), money("5.00"));
        is_unreadable(script.run(client.send_expense(&expense)), data);
        let kds = SetLimitFromKds::new(shopper(), "SEG", money("1000.00"));
        is_unreadable(script.run(client.set_limit_from_kds(&kds)), data);
        is_unreadable(script.run(client.set_paid(&set_paid())), data);
        is_unreadable(script.run(client.set_bulk_paid(&set_bulk_paid())), data);
        let phone = ChangePhone::new("5004", "5536616020");
        is_unreadable(script.run(client.change_phone(&phone)), data);
        let pin = ConfirmPin::new("KKB-1".into(), "1234");
        is_unreadable(script.run(client.confirm_pin(&pin)), data);
        let start = StartLimitByPin::new(shopper());
        is_unreadable(script.run(client.start_limit_by_pin(&start)), data);
        is_unreadable(script.run(client.create_transaction(&creation())), data);
        let raw = RawCall::new("RequestV2/SuspendCustomer").signed([""; 0]);
        is_unreadable(script.run(client.raw(&raw)), data);
    }
}

#[test]
fn w11_a_form_that_is_posted_from_the_server_is_read_by_the_same_rule() {
    for data in NO {
        let script = Script::new([success(data), success(data), success(data)]);
        let client = &script.client;
        let form = OrderForm::new(order(), "t");
        is_unreadable(script.run(client.post_order(&form)), data);
        let form = LimitForm::new(limit(), "t");
        is_unreadable(script.run(client.post_limit(&form)), data);
        let store = InStoreOrder::by_qr(NUMBER, money("5.00"), urls(), "qr");
        let form = InStoreOrderForm::new(store, "t");
        is_unreadable(script.run(client.post_in_store_order(&form)), data);
    }
}

#[test]
fn w11_a_property_of_an_object_is_no_verdict() {
    let plan =
        plan(NUMBER, "530.50").replacen(r#""PaymentCode""#, r#""IsPaid":false,"PaymentCode""#, 1);
    let data = format!(r#"{{"TransactionStatus":"6","TransactionPayments":{plan}}}"#);
    let script = Script::new([success(&data)]);
    assert!(
        script
            .run(script.client.create_transaction(&creation()))
            .is_ok()
    );
    let data = r#"{"CustomerInfo":{"CustomerLimit":5000,"IsSuspended":false}}"#;
    let script = Script::new([success(data)]);
    let pin = ConfirmPin::new("KKB-1".into(), "1234");
    assert!(script.run(script.client.confirm_pin(&pin)).is_ok());
}

#[test]
fn w12_the_answer_of_another_order_is_unreadable() {
    for data in [
        r#"{"MerchantOid":"1905231436-2"}"#,
        r#"{"TransactionCode":"TRX-2"}"#,
    ] {
        is_unreadable(
            {
                let script = Script::new([success(data)]);
                script.run(script.client.activate_order(&activation()))
            },
            data,
        );
    }
    for data in [r#"{"RefundId":"R-2"}"#, r#"{"MerchantOid":"1905231436-2"}"#] {
        let script = Script::new([success(data)]);
        is_unreadable(script.run(script.client.refund(&refund())), data);
    }
}

#[test]
fn w13_the_plan_of_another_order_settles_nothing() {
    let other = |from: &str, to: &str| {
        let plan = plan(NUMBER, "530.50").replace(from, to);
        let plan = plan.replace(r#""InstallmentNo""#, r#""PaymentStatus":1,"InstallmentNo""#);
        success(&format!(r#"{{"TransactionPayments": {plan}}}"#))
    };
    for (from, to) in [("TRX-1", "TRX-2"), (NUMBER, "1905231436-2")] {
        assert!(!settled!(activation(), [other(from, to)]).is_settled());
        assert!(!settled!(set_paid(), [other(from, to)]).is_settled());
        assert!(!settled!(set_bulk_paid(), [other(from, to)]).is_settled());
    }
    let other_payment = other("PAY-1", "PAY-9");
    assert!(!settled!(set_paid(), [other_payment]).is_settled());
}

#[test]
fn w13_numbers_are_compared_without_the_blanks_around_them() {
    let plan = plan(NUMBER, "530.50")
        .replace("TRX-1", " TRX-1 ")
        .replace(NUMBER, "1905231436-1  ")
        .replace("\"PAY-1\"", "\" PAY-1\",\"PaymentStatus\":\" 1 \"");
    let answer = || success(&format!(r#"{{"TransactionPayments": {plan}}}"#));
    assert!(matches!(
        settled!(activation(), [answer()]),
        Settled::InState
    ));
    assert!(matches!(settled!(set_paid(), [answer()]), Settled::InState));
    let script = Script::new([answer()]);
    let read = script.run(
        script
            .client
            .get_plan(&GetPlan::new("TRX-1".into(), NUMBER.into())),
    );
    assert_eq!(read.unwrap().plan.transaction.as_str(), "TRX-1");
}

/// Answers that say two things.
const TWO: [&str; 7] = [
    r#"{"Success":true,"Errors":[],"Data":{"Message":"RS100","message":"RS115"}}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100"},"Message":"RS115"}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100 RS115"}}"#,
    r#"{"Success":true,"success":false,"Errors":[],"Data":{"message":"RS100"}}"#,
    r#"{"Success":false,"Errors":["H223"],"Data":{"message":"RS100"}}"#,
    r#"{"Success":false,"Errors":["H223","H311"],"Data":null}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100","Result":true,"result":"1"}}"#,
];

#[test]
fn w14_two_codes_or_one_member_twice_are_unreadable() {
    for body in TWO {
        let answer = || Fault::Answer(json(200, body.as_bytes()));
        let script = Script::new([answer(), answer(), answer()]);
        let client = &script.client;
        let phone = ChangePhone::new("5004", "5536616020");
        is_unreadable(script.run(client.change_phone(&phone)), body);
        is_unreadable(script.run(client.set_paid(&set_paid())), body);
        is_unreadable(script.run(client.refund(&refund())), body);
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
        is_unreadable(
            script.run(script.client.activate_order(&activation())),
            &data,
        );
    }
    // A question that contradicts itself settles nothing.
    let data = format!(r#"{{"TransactionStatus":"7","TransactionPayments":{inner}}}"#);
    assert!(!settled!(activation(), [success(&data)]).is_settled());
    let body = r#"{"Success":false,"Errors":["H308"],"Data":{"Message":"RS100"}}"#;
    let settled: Settled<Done, Rejection> =
        settled!(refund(), [Fault::Answer(json(200, body.as_bytes()))]);
    let Settled::Open(open) = settled else {
        panic!("settled by two codes")
    };
    assert!(matches!(open.why, Why::Failed(Error::Decode(_))));
}

#[test]
fn w16_a_code_that_the_methods_page_does_not_name_leaves_a_write_unknown() {
    let error = error_of!(refusal("H223"), refund, refund());
    assert_eq!(error.outcome(), Outcome::Unknown);
    let error = error_of!(refusal("H308"), activate_order, activation());
    assert_eq!(error.outcome(), Outcome::Unknown);
    let phone = ChangePhone::new("5004", "5536616020");
    let error = error_of!(success(r#"{"message": "H223"}"#), change_phone, phone);
    assert_eq!(error.outcome(), Outcome::NotDone);
}

#[test]
fn a_report_without_the_transactions_number_is_blind() {
    let write = SetPaid::new("PAY-1".into(), NUMBER.into(), day());
    let script = Script::new([lost()]);
    let failed = script
        .run(script.client.send_or_settle(&write))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert_eq!(failed.next_step(), NextStep::AskAPerson);
    assert_eq!(script.asked(), ["SetPaidPayment"]);
}

#[test]
fn today_is_the_day_of_the_clients_clock() {
    let script = Script::new([]);
    assert_eq!(script.client.today(), day());
    script.host.advance(Duration::from_secs(12 * 3600));
    assert_eq!(script.client.today().to_string(), "2026-11-23");
}

#[test]
fn w6_a_refund_number_is_taken_by_another_on_a_first_try_only() {
    let script = Script::new([refusal("H307")]);
    let failed = script
        .run(script.client.send_or_settle(&refund()))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        Kind::AlreadyRefunded
    );
    // Nobody knows of a call without an attempt whether it is the first.
    let error = error_of!(refusal("H307"), refund, refund());
    assert_eq!(error.outcome(), Outcome::Unknown);
    // After a try that was sent, it may be that try's.
    let script = Script::new([lost(), refusal("H308"), refusal("H307")]);
    let sent = script.run(script.client.send_or_settle(&refund())).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert!(script.is_same_each_time("RefundTransaction"));
}

/// The error of a typed call and that of a raw one with the same answer.
fn both(body: &str) -> [Error; 2] {
    let answer = || Fault::Answer(json(200, body.as_bytes()));
    let script = Script::new([answer(), answer()]);
    let client = &script.client;
    let expense = SendExpense::new("TRX-1".into(), NUMBER.into(), money("5.00"));
    let raw = RawCall::new("RequestV2/SendTransactionExpense").signed([""; 0]);
    [
        script.run(client.send_expense(&expense)).unwrap_err(),
        script.run(client.raw(&raw)).unwrap_err(),
    ]
}

#[test]
fn w10_raw_calls_read_result_codes_as_typed_ones_do() {
    for (body, code) in [
        (r#"{"Success":false,"Errors":["H223"],"Data":null}"#, "H223"),
        (
            r#"{"Success":true,"Errors":[],"Data":{"message":"RS115"}}"#,
            "RS115",
        ),
        (
            r#"{"success":"False","errors":"H999: Hata","data":null}"#,
            "H999",
        ),
        (r#"{"Success":true,"Errors":null,"Data":"H308"}"#, "H308"),
        (r#"{"Success":false,"Errors":["Hata"],"Data":null}"#, "?"),
    ] {
        for error in both(body) {
            let no = error
                .rejection()
                .unwrap_or_else(|| panic!("{body}: {error}"));
            assert_eq!(no.code, code, "{body}");
            // None of these codes is documented for the method.
            assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        }
    }
    for body in TWO
        .into_iter()
        .chain(["", "<html></html>", r#"{"Data":{}}"#])
    {
        for error in both(body) {
            assert!(matches!(error, Error::Decode(_)), "{body}: {error:?}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        }
    }
}

#[test]
fn w15_an_order_that_cannot_be_the_new_one_proves_nothing() {
    let known = ("TRX-1", "530.50");
    for now in [
        vec![("TRX-2", "630.50"), known],
        vec![("TRX-2", "530.50"), ("TRX-3", "530.50"), known],
        // New orders come first.
        vec![known, ("TRX-2", "530.50")],
        vec![("TRX-2", "0"), known],
    ] {
        let settled = settled!(creation(), [list(&[known]), list(&now)]);
        let Settled::Open(open) = settled else {
            panic!("{now:?}")
        };
        assert!(matches!(open.why, Why::Unclear), "{now:?}");
    }
    let now = [("TRX-2", "530.50"), known];
    let settled = settled!(creation(), [list(&[known]), list(&now)]);
    let Settled::Done(Some(created)) = settled else {
        panic!("{settled:?}")
    };
    assert_eq!(created.plan.transaction.as_str(), "TRX-2");
}
