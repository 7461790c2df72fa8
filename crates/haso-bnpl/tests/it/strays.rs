//! Plain reads whose answer is that about another customer or order.

use contract_kit::faults::Fault;
use haso_bnpl::{
    AskReport, CreateTransaction, Error, GetCustomer, GetPlan, ListPayments, ListTransactions,
    Operation, Outcome, PlanTerms, Settings, Settled,
};

use crate::script::{SETTLED, Script, lost};
use crate::support::{money, plan, success};

/// Returns whether a call reads an answer with this `Data`; panics at any error but an unreadable answer.
fn reads<O: Operation<Service = Settings>>(call: &O, data: &str) -> bool {
    let script = Script::new([success(data)]);
    match script.run(script.client.call(call)) {
        Ok(_) => true,
        Err(Error::Decode(_)) => false,
        Err(other) => panic!("{data}: {other}"),
    }
}

#[test]
fn w12_a_read_about_a_customer_does_not_return_a_neighbours_rows() {
    let terms = PlanTerms::new(money("5.00"));
    let asks = |data: &str| {
        [
            reads(&GetCustomer::new("5004"), data),
            reads(&GetCustomer::plan(Some("5004".into()), terms.clone()), data),
            reads(&ListTransactions::new("5004"), data),
            reads(&ListPayments::new("5004"), data),
        ]
    };
    for own in [
        r#"{"CustomerId": "5004", "Transactions": []}"#,
        r#"[{"CustomerId": " 5004 "}, {"customerid": 5004}]"#,
        r#"{"CustomerInfo": {"CustomerId": "", "CustomerLimit": 5}}"#,
        "{}",
    ] {
        assert_eq!(asks(own), [true; 4], "{own}");
    }
    for other in [
        r#"{"CustomerId": "5005", "Transactions": []}"#,
        r#"[{"CustomerId": "5004"}, {"customerid": 5005}]"#,
        r#"{"CustomerInfo": {"CustomerId": "5005", "CustomerLimit": 5}}"#,
        r#"{"CustomerId": {"x": 1}}"#,
        r#"null, "CustomerId": "5005""#,
    ] {
        assert_eq!(asks(other), [false; 4], "{other}");
    }
    // A new customer has no number yet.
    let new = GetCustomer::plan(None, terms);
    assert!(reads(&new, r#"{"CustomerInfo": {"CustomerId": "5005"}}"#));
}

#[test]
fn w12_a_read_about_orders_does_not_return_a_neighbours() {
    let some = ListTransactions::new("5004").transactions(["TRX-1", "TRX-2"]);
    let rows = r#"{"Transactions": [{"TransactionCode": "TRX-2"}, {"TransactionCode": "TRX-1"}]}"#;
    let stray = rows.replace("TRX-1", "TRX-3");
    assert!(reads(&some, rows) && !reads(&some, &stray));
    assert!(reads(&ListTransactions::new("5004"), &stray));
    let order = plan("O-1", "530.50");
    let get = GetPlan::new("TRX-1".into(), "O-1".into());
    assert!(reads(&get, &order));
    assert!(!reads(&get, &order.replace("TRX-1", "TRX-2")));
    assert!(!reads(&get, &order.replace("O-1", "O-2")));
    let report = r#"{"KkbRefNo": "KKB-1", "CustomerInfo": null}"#;
    assert!(reads(&AskReport::new("KKB-1"), report));
    assert!(!reads(&AskReport::new("KKB-2"), report));
}

fn creation() -> CreateTransaction {
    CreateTransaction::new(money("500.00"), 2, "5004")
}

/// Returns the list with one order, which names its customer.
fn one_order() -> Fault {
    let plan = plan("H-1", "530.50");
    success(&format!(
        r#"{{"CustomerId": "5004", "Transactions": [{{"TransactionPayments": {plan}}}]}}"#
    ))
}

#[test]
fn w3_a_list_without_rows_is_a_baseline_that_proves_nothing() {
    for nothing in ["[]", r#""[]""#, r#"{"Transactions": []}"#] {
        let answers = [success(nothing), lost(), one_order(), success(nothing)];
        let script = Script::new(answers);
        let client = &script.client;
        let attempt = script.run(client.prepare(&creation())).unwrap();
        assert!(script.run(client.send(&creation(), &attempt)).is_err());
        script.host.advance(SETTLED);
        // Neither the order that is there now nor a list that is still empty settles it.
        for _ in 0..2 {
            let settled = script.run(client.settle(&creation(), &attempt));
            assert!(
                matches!(settled, Settled::Open(_)),
                "{nothing}: {settled:?}"
            );
        }
    }
    // The list that names its customer is a baseline that proves.
    let named = success(r#"{"CustomerId": "5004", "Transactions": []}"#);
    let script = Script::new([named, lost(), one_order()]);
    let client = &script.client;
    let attempt = script.run(client.prepare(&creation())).unwrap();
    assert!(script.run(client.send(&creation(), &attempt)).is_err());
    let settled = script.run(client.settle(&creation(), &attempt));
    assert!(matches!(settled, Settled::Done(Some(_))), "{settled:?}");
}

#[test]
fn w3_an_answer_without_a_list_prepares_nothing() {
    for other in [
        "null",
        r#""""#,
        "{}",
        r#"{"Transactions": null}"#,
        r#"{"CustomerId": "5004"}"#,
        "7",
    ] {
        let script = Script::new([success(other)]);
        let error = script.run(script.client.prepare(&creation())).unwrap_err();
        assert_eq!(
            error.report().code.as_deref(),
            Some("unprepared"),
            "{other}"
        );
        assert_eq!(error.outcome(), Outcome::NotDone, "{other}");
        assert_eq!(script.asked(), ["GetCustomerTransactions"], "{other}");
    }
}
