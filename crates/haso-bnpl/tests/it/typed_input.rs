//! Values as people type them: the problem that a check finds, and the bytes that are sent.

mod addresses;
mod dates;
mod letters;
mod numbers;
mod texts;

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

fn refund(number: &str) -> Refund {
    Refund::new(
        number.into(),
        "TRX-1".into(),
        number.into(),
        Extent::Whole(money("5.00")),
    )
}
