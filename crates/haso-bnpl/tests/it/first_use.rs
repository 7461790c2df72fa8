//! Inputs that once failed, and others of their kind. The number in a test's name is the kind's.

mod codes;
mod late;
mod rows;
mod verdicts;

use std::time::Duration;

use contract_kit::faults::Fault;
use haso_bnpl::{
    Accepted, ActivateOrder, ChangePhone, ConfirmPin, CreateTransaction, CreatedTransaction, Error,
    Extent, GetPlan, InStoreOrder, InStoreOrderForm, LimitForm, LoadBalance, NextStep, OrderForm,
    Outcome, RawCall, Refund, Rejection, RejectionKind, Resumed, SendExpense, Sent, SetBulkPaid,
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

/// Returns the service's plan, with these statuses of its installments.
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

/// Returns the plan of an order that still waits for its activation.
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

/// Returns the list of the customer's orders: codes, and totals with a fee of 30.50.
fn list(rows: &[(&str, &str)]) -> Fault {
    let beside = r#""CustomerId": 5004, "#;
    success(&format!(
        r#"{{{beside}"Transactions": {}}}"#,
        listed(rows, "")
    ))
}

/// Returns the rows of such a list, each with a member in front.
fn listed(rows: &[(&str, &str)], member: &str) -> String {
    let rows: Vec<_> = rows
        .iter()
        .map(|(code, total)| plan("H-1", total).replace("TRX-1", code))
        .map(|row| row.replacen('{', &format!("{{{member}"), 1))
        .collect();
    format!("[{}]", rows.join(","))
}

/// Settles a write by one answer, with an attempt that was kept before a crash.
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
use settled;

/// The error of a call with this answer.
macro_rules! error_of {
    ($answer:expr, $write:expr) => {{
        let script = Script::new([$answer]);
        let error = script.run(script.client.call(&$write)).unwrap_err();
        assert_eq!(script.asked().len(), 1);
        error
    }};
}
use error_of;

/// Answers that contradict themselves.
const TWO: [&str; 7] = [
    r#"{"Success":true,"Errors":[],"Data":{"Message":"RS100","message":"RS115"}}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100"},"Message":"RS115"}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100 RS115"}}"#,
    r#"{"Success":true,"success":false,"Errors":[],"Data":{"message":"RS100"}}"#,
    r#"{"Success":false,"Errors":["H223"],"Data":{"message":"RS100"}}"#,
    r#"{"Success":false,"Errors":["H223","H311"],"Data":null}"#,
    r#"{"Success":true,"Errors":[],"Data":{"message":"RS100","Result":true,"result":"1"}}"#,
];

fn is_unreadable<T>(result: Result<T, Error>, data: &str) {
    let Err(error) = result else {
        panic!("{data}: a success")
    };
    assert!(matches!(error, Error::Decode(_)), "{data}: {error:?}");
    assert_eq!(error.outcome(), Outcome::Unknown, "{data}");
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
