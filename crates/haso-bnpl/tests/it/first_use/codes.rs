//! The meaning of a code for a write.

use super::*;

#[test]
fn w3_a_telephone_number_that_was_the_same_before_is_a_refusal() {
    let same = || success(r#"{"message": "H311"}"#);
    let phone = ChangePhone::new("5004".into(), "5536616020");
    let script = Script::new([same()]);
    let failed = script
        .run(script.client.send_or_settle(&phone))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(
        failed.error.rejection().unwrap().kind,
        RejectionKind::SamePhone
    );
    // After a try that was sent, it is that try's.
    let script = Script::new([lost(), same()]);
    let sent = script.run(script.client.send_or_settle(&phone)).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert!(script.is_same_each_time("ChangeCustomerGsmNo"));
}

#[test]
fn w7_a_refusal_of_the_contents_settles_a_write_that_is_sent_again() {
    let phone = ChangePhone::new("5004".into(), "5536616020");
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
fn w16_a_code_that_the_methods_page_does_not_name_leaves_a_write_unknown() {
    let error = error_of!(refusal("H223"), refund());
    assert_eq!(error.outcome(), Outcome::Unknown);
    let error = error_of!(refusal("H308"), activation());
    assert_eq!(error.outcome(), Outcome::Unknown);
    let phone = ChangePhone::new("5004".into(), "5536616020");
    let error = error_of!(success(r#"{"message": "H223"}"#), phone);
    assert_eq!(error.outcome(), Outcome::NotDone);
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
        RejectionKind::AlreadyRefunded
    );
    // Nobody knows of a call without an attempt whether it is the first.
    let error = error_of!(refusal("H307"), refund());
    assert_eq!(error.outcome(), Outcome::Unknown);
    // After a try that was sent, it may be that try's.
    let script = Script::new([lost(), refusal("H308"), refusal("H307")]);
    let sent = script.run(script.client.send_or_settle(&refund())).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert!(script.is_same_each_time("RefundTransaction"));
}

/// Returns the error of a typed call and that of a raw one with the same answer.
fn both(body: &str) -> [Error; 2] {
    let answer = || Fault::Answer(json(200, body.as_bytes()));
    let script = Script::new([answer(), answer()]);
    let client = &script.client;
    let expense = SendExpense::new("TRX-1".into(), NUMBER.into(), money("5.00"));
    let raw = RawCall::new("RequestV2/SendTransactionExpense").signed([""; 0]);
    [
        script.run(client.call(&expense)).unwrap_err(),
        script.run(client.call(&raw)).unwrap_err(),
    ]
}

#[test]
fn w10_a_raw_call_knows_the_codes_of_its_method() {
    for (path, outcome) in [
        ("Index/ChangeCustomerGsmNo", Outcome::NotDone),
        ("Index/Other", Outcome::Unknown),
    ] {
        let script = Script::new([refusal("H223")]);
        let error = script.run(script.client.call(&RawCall::new(path)));
        assert_eq!(error.unwrap_err().outcome(), outcome, "{path}");
    }
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
