//! States and rows of a read-back that prove something, and those that do not.

use super::*;

#[test]
fn r5_a_code_with_a_damaged_letter_is_none() {
    // The order of before, whose code arrives damaged, is no new one.
    let before = ("TRX-1", "530.50");
    let settled = settled!(
        creation(),
        [list(&[before]), list(&[("TRX-\u{fffd}", "530.50")])]
    );
    assert!(!settled.is_settled(), "{settled:?}");
    let data = plan(NUMBER, "530.50").replace("TRX-1", "TRX-\u{fffd}");
    let answer = success(&format!(r#"{{"TransactionPayments": {data}}}"#));
    let error = error_of!(answer, creation());
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
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
        success(r#"{"CustomerInfo": {"CustomerLimit": 5000}}"#),
        success(r#"{"KkbRefNo": null, "CustomerInfo": {"CustomerLimit": 5000}}"#),
        success(r#"{"KkbRefNo": "KKB-2", "CustomerInfo": {"CustomerLimit": 5000}}"#),
        refusal("PIN kodu bekleniyor"),
    ] {
        let settled = settled!(ConfirmPin::new("KKB-1".into(), "1234"), [answer]);
        assert!(!settled.is_settled(), "{settled:?}");
    }
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
                script.run(script.client.call(&activation()))
            },
            data,
        );
    }
    for data in [r#"{"RefundId":"R-2"}"#, r#"{"MerchantOid":"1905231436-2"}"#] {
        let script = Script::new([success(data)]);
        is_unreadable(script.run(script.client.call(&refund())), data);
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
            .call(&GetPlan::new("TRX-1".into(), NUMBER.into())),
    );
    assert_eq!(read.unwrap().plan.transaction.as_str(), "TRX-1");
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

#[test]
fn w13_a_list_that_does_not_show_whose_it_is_settles_nothing() {
    let known = ("TRX-1", "530.50");
    let now = [("TRX-2", "530.50"), known];
    let own = r#""CustomerId": "5004", "#;
    let rows = |rows: &str| success(&format!(r#"{{"Transactions": {rows}}}"#));
    let is_done = |before: Fault, now: Fault| {
        let settled = settled!(creation(), [before, now]);
        match &settled {
            Settled::Done(Some(created)) => {
                assert_eq!(created.plan.transaction.as_str(), "TRX-2");
                true
            }
            Settled::Open(open) => {
                assert!(
                    matches!(open.why, Why::Unclear | Why::Failed(_)),
                    "{open:?}"
                );
                false
            }
            other => panic!("{other:?}"),
        }
    };
    // The number is in every row, or beside them.
    let named = || rows(&listed(&[known], own));
    assert!(is_done(named(), rows(&listed(&now, own))));
    assert!(is_done(list(&[known]), list(&now)));
    assert!(is_done(list(&[]), list(&now[..1])));
    // It is nowhere, in one row only, or empty.
    let half = format!(
        "[{}, {}",
        listed(&now[..1], own).trim_matches(['[', ']']),
        &listed(&now[1..], "")[1..]
    );
    for unnamed in [
        listed(&now, ""),
        half,
        listed(&now, r#""CustomerId": "", "#),
    ] {
        assert!(!is_done(named(), rows(&unnamed)), "{unnamed}");
    }
    // Before the write, an unnamed list, also an empty one, may have been anybody's.
    for before in [rows("[]"), rows(&listed(&[known], ""))] {
        assert!(!is_done(before, list(&now)));
    }
    // A list of another customer, or a number that is not one, prepares nothing.
    for before in [
        rows(&listed(&[known], r#""CustomerId": "5005", "#)),
        rows(&listed(&[known], r#""CustomerId": {"x": 1}, "#)),
        success(r#"{"CustomerId": "5005", "Transactions": []}"#),
    ] {
        let script = Script::new([before]);
        let error = script.run(script.client.prepare(&creation())).unwrap_err();
        assert_eq!(error.report().code.as_deref(), Some("unprepared"));
        assert_eq!(error.outcome(), Outcome::NotDone);
    }
    // Nor does it settle anything afterwards.
    let others = || rows(&listed(&now, r#""CustomerId": "5005", "#));
    assert!(!is_done(named(), others()));
}

#[test]
fn w13_a_row_of_two_customers_is_of_another() {
    let plan = plan("H-1", "530.50").replacen('{', r#"{"CustomerId": "5005", "#, 1);
    let row = format!(r#"{{"CustomerId": "5004", "TransactionPayments": {plan}}}"#);
    let list = success(&format!(
        r#"{{"CustomerId": "5004", "Transactions": [{row}]}}"#
    ));
    let script = Script::new([list]);
    let error = script.run(script.client.prepare(&creation())).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unprepared"));
}
