//! The outcome of a write after a code, and after a success without its key.

use super::*;

/// Settles a write that was refused with a code, with this answer of the query.
async fn refused<O: Write>(
    write: &O,
    operation: &str,
    code: &str,
    queries: [&str; 2],
) -> Result<Sent<O::Output>, Failed<Rejection>> {
    let before = (write.class() == Class::Delta).then(|| said(queries[0]));
    let no = said(&body(operation, &format!("<Sonuc>{code}</Sonuc>")));
    let desk = Desk::new(before.into_iter().chain([no, said(queries[1])]));
    let sent = desk.client.send_or_settle(write).await;
    assert_eq!(desk.count(operation), 1, "{code}: sent once");
    assert_eq!(desk.arrived().last().unwrap(), QUERY, "{code}: read back");
    sent
}

#[tokio::test]
async fn w3_an_approval_of_what_is_cancelled_is_not_approved() {
    for (code, state) in [
        ("-211", "12"),
        ("-211", "-1"),
        ("-212", "13"),
        ("-211", "0"),
    ] {
        let now = row(state, "1");
        let failed = refused(&approval(), STEP, code, [&now; 2])
            .await
            .unwrap_err();
        let no = failed.error.rejection().unwrap();
        assert_eq!(
            (no.kind, no.code.as_str()),
            (RejectionKind::AlreadyDone, code)
        );
        assert_eq!(failed.outcome(), Outcome::Unknown, "{state}");
    }
    let now = row("1", "1");
    let sent = refused(&approval(), STEP, "-211", [&now; 2]).await;
    assert!(matches!(sent, Ok(Sent::InState)));
    let hold = SetOrderStatus::hold(ORDER.into());
    let sent = refused(&hold, STEP, "-212", [&row("13", "1"); 2]).await;
    assert!(sent.is_err(), "held");
}

#[tokio::test]
async fn w4_a_part_that_is_said_to_be_done_is_read_back_by_amount() {
    let write = part("2.00", "1.75");
    let (before, moved) = (row("1", "3.00"), row("13", "1.75"));
    for code in ["-211", "-212", "-400"] {
        let failed = refused(&write, UNDO, code, [&before; 2]).await.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown, "{code}");
        let sent = refused(&write, UNDO, code, [&before, &moved]).await;
        assert!(matches!(sent, Ok(Sent::Proven)), "{code}");
    }
}

#[tokio::test]
async fn r5_a_key_with_a_damaged_letter_is_none() {
    let key = "1d4e8a77-0000-4000-8000-0000000000\u{fffd}2";
    let result = format!("<Sonuc>1</Sonuc><PYSiparis_GUID>{key}</PYSiparis_GUID>");
    let error = answered(&detail(), ENTRY, &orders(&[]), &result).await;
    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown);
    let result = format!("<Sonuc>1</Sonuc><GUID_AltUyeIsyeri>{key}</GUID_AltUyeIsyeri>");
    let error = answered(&new_seller(), ADD, &sellers("0", &[]), &result).await;
    assert!(matches!(error, Error::Decode(_)), "{error}");
    // The row may be this write's: without it nothing is absent, and with it nothing is proven.
    for column in [0, 4] {
        let mut damaged = ENTERED;
        damaged[column] = key;
        let found = [&*orders(&[]), &*orders(&[damaged])];
        assert_eq!(settled_late(&found, &detail()).await, "failed", "{column}");
    }
    let row: Columns<'_> = &[("GUID", key), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let found = [&*sellers("0", &[]), &*sellers("1", &[row])];
    assert_eq!(settled_late(&found, &new_seller()).await, "failed");
}

#[tokio::test]
async fn w9_a_success_without_its_key_is_unreadable() {
    let zeros = "00000000-0000-0000-0000-000000000000";
    for key in ["", " ", zeros] {
        let result = format!("<Sonuc>1</Sonuc><PYSiparis_GUID>{key}</PYSiparis_GUID>");
        let error = answered(&detail(), ENTRY, &orders(&[]), &result).await;
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
        let result = format!("<Sonuc>1</Sonuc><GUID_AltUyeIsyeri>{key}</GUID_AltUyeIsyeri>");
        let none = sellers("0", &[]);
        let error = answered(&new_seller(), ADD, &none, &result).await;
        assert!(matches!(error, Error::Decode(_)), "{error}");
        let error = answered(&new_seller_v2(), ADD_V2, &none, &result).await;
        assert!(matches!(error, Error::Decode(_)), "{error}");
        // Nor does such a row prove anything.
        let mut nameless = ENTERED;
        nameless[0] = key;
        let found = [&*orders(&[]), &*orders(&[nameless])];
        assert_eq!(settled_late(&found, &detail()).await, "unclear", "{key}");
        let row: Columns<'_> = &[("GUID", key), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
        let found = [&*none, &*sellers("1", &[row])];
        assert_eq!(
            settled_late(&found, &new_seller()).await,
            "unclear",
            "{key}"
        );
    }
    let error = answered(&detail(), ENTRY, &orders(&[]), "<Sonuc>1</Sonuc>").await;
    assert!(matches!(error, Error::Decode(_)), "{error}");
}

async fn raw_answer(inner: &str) -> Result<Option<String>, Error> {
    let answer = body("X", "").replace("<XResult></XResult>", inner);
    let desk = Desk::new([said(&answer)]);
    let answer = desk.client.call(&RawCall::new("X")).await;
    answer.map(|answer| answer.value.code)
}

#[tokio::test]
async fn w10_raw_calls_read_result_codes_as_others_do() {
    let xsi = "xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"true\"";
    for (inner, code) in [
        ("<XResult><Sonuc>-101</Sonuc></XResult><Ek>1</Ek>", "-101"),
        ("<Ek>1</Ek><XResult><Sonuc>-101</Sonuc></XResult>", "-101"),
        ("<XResult><Response_Code>-1</Response_Code></XResult>", "-1"),
        ("<Sonuc>-101</Sonuc>", "-101"),
        ("<XResult><Sonuc>0</Sonuc></XResult>", "0"),
    ] {
        let error = raw_answer(inner).await.unwrap_err();
        assert_eq!(
            error.rejection().map(|no| no.code.as_str()),
            Some(code),
            "{inner}"
        );
    }
    for inner in [
        "<XResult><Sonuc>1</Sonuc><Sonuc_Str>a</Sonuc_Str><Sonuc_Str>b</Sonuc_Str></XResult>"
            .to_owned(),
        format!("<XResult><Sonuc {xsi}/></XResult>"),
        "<XResult><Sonuc>1</Sonuc></XResult><YResult><Sonuc>-1</Sonuc></YResult>".to_owned(),
        "<XResult><Sonuc>1</Sonuc><Sonuc>-1</Sonuc></XResult>".to_owned(),
    ] {
        let error = raw_answer(&inner).await.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{inner}: {error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    let good = "<XResult><Response_Code>1</Response_Code></XResult><Ek>1</Ek>";
    assert_eq!(raw_answer(good).await.unwrap().as_deref(), Some("1"));
    // The meaning of this one is not documented.
    let other = "<XResult><ResultCode>-5</ResultCode></XResult>";
    assert_eq!(raw_answer(other).await.unwrap().as_deref(), Some("-5"));
}

#[tokio::test]
async fn w16_a_refund_at_a_bank_that_failed_without_a_detail_is_unknown() {
    let before = row("1", "3.00");
    for write in [part("2.00", "1.75"), refund(RefundAmount::Full)] {
        let error = answered(&write, UNDO, &before, "<Sonuc>-1</Sonuc>").await;
        assert_eq!(error.outcome(), Outcome::Unknown);
        let no = "<Sonuc>-1</Sonuc><Banka_Sonuc_Kod>99</Banka_Sonuc_Kod>";
        let error = answered(&write, UNDO, &before, no).await;
        assert_eq!(error.outcome(), Outcome::NotDone);
    }
    // These calls end at Param.
    let failed = "<Sonuc>-1</Sonuc>";
    let error = answered(&detail(), ENTRY, &orders(&[]), failed).await;
    assert_eq!(error.outcome(), Outcome::NotDone);
    let error = answered(&approval(), STEP, "", failed).await;
    assert_eq!(error.outcome(), Outcome::NotDone);
    let error = answered(&new_seller(), ADD, &sellers("0", &[]), failed).await;
    assert_eq!(error.outcome(), Outcome::NotDone);
    // Behind a raw call there may be a bank.
    let error = raw_answer("<XResult><Sonuc>-1</Sonuc></XResult>")
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_eq!(error.next_step(), NextStep::AskAPerson);
}

#[tokio::test]
async fn w14_two_codes_or_two_states_are_unreadable() {
    for result in [
        "<Sonuc>1</Sonuc><Sonuc>-1</Sonuc>",
        "<Sonuc>-1</Sonuc><Sonuc>1</Sonuc>",
        "<Sonuc>1</Sonuc><Durum>1</Durum><Durum>0</Durum>",
        "<Durum>1</Durum><Sonuc>1</Sonuc><Sonuc_Str>a</Sonuc_Str><Sonuc_Str>b</Sonuc_Str>",
    ] {
        for error in [
            answered(&approval(), STEP, "", result).await,
            answered(&refund(RefundAmount::Full), UNDO, "", result).await,
            answered(&part("2.00", "1.75"), UNDO, &row("1", "3.00"), result).await,
        ] {
            assert!(matches!(error, Error::Decode(_)), "{result}: {error}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{result}");
        }
    }
}
