//! What becomes of a write after an unknown outcome: each is read back by the query.

use std::time::Duration;

use fixtures::faults::Fault;
use param_marketplace::raw::RawCall;
use param_marketplace::{
    CancelOrRefund, Class, Error, Failed, Kind, NextStep, Open, OrderKey, OrderState, Outcome,
    PaymentId, RefundAmount, Rejection, Resumed, Sent, SetOrderStatus, Settled, SubMerchantId,
};

use crate::support::{
    Desk, IBAN, NUMBER, ORDER, SELLER, SETTLED, Write, approval, body, changed_seller,
    changed_seller_v2, detail, new_seller, new_seller_v2, orders, refund, removal, said, sellers,
    settled, settled_after, settled_late, stored, table, word,
};

pub(crate) const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";
const ENTRY: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";
const STEP: &str = "Pazaryeri_TP_Siparis_Onay";
pub(crate) const UNDO: &str = "Pazaryeri_TP_Iptal_Iade";
const LIST: &str = "Pazaryeri_TP_AltUyeIsyeri_Liste";
const ADD: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
const ADD_V2: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2";

/// The row of the entry that `detail()` makes.
const ENTERED: [&str; 5] = [ORDER, "0", "9.8300", "1,75", SELLER];

fn part(amount: &str, new_payable: &str) -> CancelOrRefund {
    let money = |text: &str| text.parse().unwrap();
    refund(
        RefundAmount::part(money(amount))
            .leaving(money(new_payable))
            .unwrap(),
    )
}

pub(crate) fn row(state: &str, payable: &str) -> String {
    orders(&[[ORDER, state, "9.83", payable, SELLER]])
}

type Columns<'a> = &'a [(&'a str, &'a str)];

const OTHER: Columns<'_> = &[("GUID", "o2"), ("TC_VN", "20000000046"), ("IBAN_No", IBAN)];
const SAME: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];

/// Three ways to lose an answer.
fn losses() -> [Fault; 3] {
    [
        Fault::Stall(0),
        Fault::ResetBeforeAnswer,
        Fault::CloseAt(40),
    ]
}

/// A write whose row comes after the answer was lost: it stays open until the row is there.
async fn comes_late<O: Write>(write: &O, operation: &str, before: &str, now: &str) {
    for lost in losses() {
        let desk = Desk::new([said(before), lost, said(before), said(now)]);
        let start = desk.host.clone();
        let Err(failed) = desk.client.send_or_settle(write).await else {
            panic!("{operation}: done without a proof")
        };
        assert_eq!(failed.outcome(), Outcome::Unknown, "{operation}");
        let NextStep::AskAgain { at: Some(at) } = failed.next_step() else {
            panic!("{operation}: {:?}", failed.next_step())
        };
        assert!(at > kervan_core::Host::now(&start), "{operation}");
        let attempt = failed.attempt.unwrap();
        desk.host.advance(Duration::from_secs(1));
        let settled = desk.client.settle(write, &attempt).await;
        assert_eq!(word(&settled), "done", "{operation}");
        assert_eq!(desk.count(operation), 1, "{operation}: sent once");
    }
}

/// A write that never shows: nothing is sent again before the settling time, and then by the caller.
async fn never_comes<O: Write>(write: &O, operation: &str, before: &str) {
    let desk = Desk::new([said(before), Fault::ResetBeforeAnswer, said(before)]);
    let attempt = desk.client.prepare(write).await.unwrap();
    assert!(desk.client.send(write, &attempt).await.is_err());
    let early = desk.client.settle(write, &attempt).await;
    assert_eq!(word(&early), "too early", "{operation}");
    desk.host.advance(SETTLED);
    let Ok(Resumed::Prepared(next)) = desk.client.resume(write, &attempt).await else {
        panic!("{operation}: not prepared anew")
    };
    assert!(!next.was_sent());
    assert_eq!(desk.count(operation), 1, "{operation}: sent once");
}

#[tokio::test]
async fn w1_an_entry_that_comes_late_is_entered_once() {
    let other = ["o2", "0", "5.0000", "5.0000", "another seller"];
    let before = orders(&[other]);
    let now = orders(&[other, ENTERED]);
    comes_late(&detail(), ENTRY, &before, &now).await;
    never_comes(&detail(), ENTRY, &orders(&[])).await;
    let found = settled_after(Duration::ZERO, &[&before, &now], &detail()).await;
    let Settled::Done(Some(entered)) = found else {
        panic!("the key is needed")
    };
    assert_eq!(entered.order.as_str(), ORDER);
}

#[tokio::test]
async fn w1_a_seller_that_comes_late_is_added_once() {
    let (before, now) = (sellers("1", &[OTHER]), sellers("2", &[OTHER, SAME]));
    comes_late(&new_seller(), ADD, &before, &now).await;
    comes_late(&new_seller_v2(), ADD_V2, &before, &now).await;
    never_comes(&new_seller(), ADD, &before).await;
    never_comes(&new_seller_v2(), ADD_V2, &sellers("0", &[])).await;
}

#[tokio::test]
async fn w1_a_part_that_comes_late_is_refunded_once() {
    let part = part("2.00", "1.75");
    comes_late(&part, UNDO, &row("1", "3.00"), &row("1", "1.75")).await;
    never_comes(&part, UNDO, &row("1", "3.00")).await;
}

#[tokio::test]
async fn w1_the_old_state_is_absence() {
    let full = refund(RefundAmount::Full);
    let held = SetOrderStatus::new(ORDER.into(), OrderState::Approved, OrderState::Waiting);
    let there = sellers("900", &[OTHER, SAME]);
    for (early, late) in [
        (
            settled(&[&row("0", "1")], &approval()).await,
            settled_late(&[&row("0", "1")], &approval()).await,
        ),
        (
            settled(&[&row("1", "1")], &held).await,
            settled_late(&[&row("1", "1")], &held).await,
        ),
        (
            settled(&[&row("1", "1")], &full).await,
            settled_late(&[&row("1", "1")], &full).await,
        ),
        (
            settled(&[&there], &removal()).await,
            settled_late(&[&there], &removal()).await,
        ),
    ] {
        assert_eq!((early, late), ("too early", "not done"));
    }
}

#[tokio::test]
async fn w2_an_amount_that_stood_before_proves_no_refund() {
    let same = part("2.00", "1.75");
    let before = row("1", "1.7500");
    for now in [&before, &row("13", "1.7500"), &row("1", "0.0000")] {
        assert_eq!(settled(&[&before, now], &same).await, "unclear");
        assert_eq!(settled_late(&[&before, now], &same).await, "unclear");
    }
    // The second refund of the same seller moves the amount once more.
    let second = part("1.00", "0.75");
    assert_eq!(
        settled(&[&row("13", "1.75"), &row("13", "0.75")], &second).await,
        "done"
    );
    let same = [&*row("13", "1.75"), &*row("13", "1.75")];
    assert_eq!(settled(&same, &second).await, "too early");
    assert_eq!(settled_late(&same, &second).await, "not done");
    // An amount that is neither the old nor the new one is somebody else's.
    let third = [&*row("1", "1.75"), &*row("1", "0.50")];
    assert_eq!(settled_late(&third, &second).await, "unclear");
}

#[tokio::test]
async fn w2_a_state_that_may_have_stood_before_is_not_called_this_writes() {
    assert_eq!(settled(&[&row("1", "1")], &approval()).await, "in state");
    assert_eq!(
        settled(&[&row("12", "1")], &refund(RefundAmount::Full)).await,
        "in state"
    );
    let entered = orders(&[ENTERED]);
    let same = [&*entered, &*entered];
    assert_eq!(settled(&same, &detail()).await, "too early");
    assert_eq!(settled_late(&same, &detail()).await, "not done");
    let listed = sellers("1", &[SAME]);
    assert_eq!(
        settled_late(&[&listed, &listed], &new_seller()).await,
        "not done"
    );
    // A second entry of the same seller and amounts is a row more.
    let mut again = ENTERED;
    again[0] = "1d4e8a77-0000-4000-8000-0000000000b3";
    let two = orders(&[ENTERED, again]);
    let Settled::Done(Some(found)) =
        settled_after(Duration::ZERO, &[&entered, &two], &detail()).await
    else {
        panic!("the new row is this entry")
    };
    assert_eq!(found.order.as_str(), again[0]);
}

/// A write that is refused by a code, and what the query then says.
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
        assert_eq!((no.kind, no.code.as_str()), (Kind::AlreadyDone, code));
        assert_eq!(failed.outcome(), Outcome::Unknown, "{state}");
    }
    let now = row("1", "1");
    let sent = refused(&approval(), STEP, "-211", [&now; 2]).await;
    assert!(matches!(sent, Ok(Sent::InState)));
    let hold = SetOrderStatus::new(ORDER.into(), OrderState::Approved, OrderState::Waiting);
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
async fn w5_a_double_click_or_a_crash_refunds_once() {
    let write = part("2.00", "1.75");
    let desk = Desk::new([
        said(&row("1", "3.00")),
        Fault::ResetBeforeAnswer,
        said(&row("1", "1.75")),
    ]);
    let attempt = desk.client.prepare(&write).await.unwrap();
    let (first, second) = tokio::join!(
        desk.client.send(&write, &attempt),
        desk.client.send(&write, &attempt)
    );
    let codes = [first, second].map(|sent| sent.unwrap_err().error.report().code);
    assert!(
        codes.contains(&Some("already_sent".to_owned())),
        "{codes:?}"
    );
    let resumed = desk.client.resume(&write, &stored(&attempt)).await.unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Done(_))));
    assert_eq!(desk.count(UNDO), 1);
}

#[tokio::test]
async fn w5_an_entry_of_before_a_crash_is_settled_first() {
    let desk = Desk::new([said(&orders(&[])), said(&orders(&[ENTERED]))]);
    // The program ended between keeping the attempt and sending it, or after.
    let attempt = stored(&desk.client.prepare(&detail()).await.unwrap());
    assert!(desk.client.send(&detail(), &attempt).await.is_err());
    let resumed = desk.client.resume(&detail(), &attempt).await.unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Done(Some(_)))));
    assert_eq!(desk.count(ENTRY), 0);
    let other = new_seller();
    let desk = Desk::new([said(&sellers("0", &[])), said(&sellers("1", &[SAME]))]);
    let attempt = stored(&desk.client.prepare(&other).await.unwrap());
    let resumed = desk.client.resume(&other, &attempt).await.unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Done(Some(_)))));
}

#[tokio::test]
async fn w8_keys_are_compared_without_letter_case() {
    let upper = |key: &str| key.to_uppercase();
    let mut write = detail();
    write.seller = SubMerchantId::from(upper(SELLER));
    let found = [&*orders(&[]), &*orders(&[ENTERED])];
    assert_eq!(settled(&found, &write).await, "done");
    // The same row in capitals is not a new one.
    let key = upper(ORDER);
    let mut shouted = ENTERED;
    shouted[0] = &key;
    let same = [&*orders(&[ENTERED]), &*orders(&[shouted])];
    assert_eq!(settled(&same, &write).await, "too early");
    // Nor is a seller, a state or an amount that of another key.
    let seller = upper(SELLER);
    let listed: Columns<'_> = &[("GUID", &seller), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let same = [&*sellers("1", &[SAME]), &*sellers("1", &[listed])];
    assert_eq!(settled(&same, &new_seller()).await, "too early");
    assert_eq!(
        settled(&[&sellers("1", &[listed])], &removal()).await,
        "too early"
    );
    let approved = orders(&[[&key, "1", "1", "1", SELLER]]);
    assert_eq!(settled(&[&approved], &approval()).await, "in state");
    let spaced = SetOrderStatus::approve(OrderKey::from(format!("{key} ")));
    let desk = Desk::new([said(&approved)]);
    let attempt = desk.client.prepare(&approval()).await.unwrap();
    assert_eq!(attempt.key(), kervan_core::Settle::key(&spaced));
}

/// Sends a write that is answered by this result.
async fn answered<O: Write>(write: &O, operation: &str, before: &str, result: &str) -> Error {
    let before = (write.class() == Class::Delta).then(|| said(before));
    let answer = said(&body(operation, result));
    let desk = Desk::new(before.into_iter().chain([answer]));
    let attempt = desk.client.prepare(write).await.unwrap();
    match desk.client.send(write, &attempt).await {
        Err(failed) => failed.error,
        Ok(_) => panic!("{operation}: {result} is not a success"),
    }
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
    let answer = desk.client.call_raw(&RawCall::new("X")).await;
    answer.map(|answer| answer.code)
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
async fn w12_an_answer_that_repeats_another_request_is_unreadable() {
    let key = format!("<Sonuc>1</Sonuc><PYSiparis_GUID>{ORDER}</PYSiparis_GUID>");
    for echo in [
        "<SanalPOS_Islem_ID>1247910826</SanalPOS_Islem_ID>",
        "<GUID_AltUyeIsyeri>7f2b9c1e-0000-4000-8000-0000000000a2</GUID_AltUyeIsyeri>",
    ] {
        let error = answered(&detail(), ENTRY, &orders(&[]), &format!("{key}{echo}")).await;
        assert!(matches!(error, Error::Decode(_)), "{error}");
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
    let own = format!(
        "{key}<SanalPOS_Islem_ID>1247910825</SanalPOS_Islem_ID><GUID_AltUyeIsyeri>{}</GUID_AltUyeIsyeri>",
        SELLER.to_uppercase()
    );
    let desk = Desk::new([said(&orders(&[])), said(&body(ENTRY, &own))]);
    assert!(matches!(
        desk.client.send_or_settle(&detail()).await,
        Ok(Sent::Done(_))
    ));
    // A step that is answered by another state than the one that was asked for.
    for state in ["0", "-1", "12"] {
        let result = format!("<Sonuc>1</Sonuc><Durum>{state}</Durum>");
        let error = answered(&approval(), STEP, "", &result).await;
        assert!(matches!(error, Error::Decode(_)), "{state}: {error}");
    }
}

/// The payment's rows with this payment's number.
fn of_payment(payment: &str, state: &str) -> String {
    let columns: Columns<'_> = &[
        ("PYSiparis_GUID", ORDER),
        ("Durum", state),
        ("Tutar_Urun", "9.8300"),
        ("Tutar_Odenecek", "1.7500"),
        ("GUID_AltUyeIsyeri", SELLER),
        ("SanalPOS_Islem_ID", payment),
    ];
    body(QUERY, &table(&[columns]))
}

#[tokio::test]
async fn w13_rows_of_another_question_prove_nothing() {
    let stray = orders(&[["o2", "1", "9.83", "1.75", SELLER]]);
    assert_eq!(settled_late(&[&stray], &approval()).await, "unclear");
    assert_eq!(
        settled_late(&[&stray], &refund(RefundAmount::Full)).await,
        "unclear"
    );
    let found = [&*row("1", "3.00"), &*stray];
    assert_eq!(settled_late(&found, &part("2.00", "1.75")).await, "unclear");
    // Without the row of the order, or with rows of another payment, there is no baseline.
    for (write, before) in [
        (&part("2.00", "1.75"), stray),
        (&part("2.00", "1.75"), orders(&[])),
    ] {
        let desk = Desk::new([said(&before)]);
        let error = desk.client.prepare(write).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::NotDone);
        assert_eq!(desk.arrived(), [QUERY]);
    }
    let desk = Desk::new([said(&of_payment("1247910826", "0"))]);
    let error = desk.client.prepare(&detail()).await.unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unprepared"));
}

#[tokio::test]
async fn w15_rows_that_cannot_be_the_entry_never_prove_it() {
    let before = orders(&[]);
    for state in ["-1", "12", "13", "77", ""] {
        let now = of_payment("1247910825", state);
        assert_eq!(
            settled_late(&[&before, &now], &detail()).await,
            "unclear",
            "{state}"
        );
    }
    for payment in ["1247910826", "0", "x"] {
        let now = of_payment(payment, "0");
        assert_eq!(
            settled_late(&[&before, &now], &detail()).await,
            "unclear",
            "{payment}"
        );
    }
    for state in ["0", "1"] {
        let now = of_payment(" 1247910825 ", state);
        assert_eq!(
            settled(&[&before, &now], &detail()).await,
            "done",
            "{state}"
        );
    }
    // An old row that is cancelled or refunded is not an entry either.
    for state in ["-1", "13"] {
        let old = of_payment("1247910825", state);
        assert_eq!(
            settled_late(&[&old, &old], &detail()).await,
            "not done",
            "{state}"
        );
    }
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
async fn an_entry_that_differs_or_is_there_twice_stays_open() {
    let differs = [ORDER, "0", "9.83", "1.76", SELLER];
    let unreadable = [ORDER, "0", "9.83", "?", SELLER];
    let nobodys = [ORDER, "0", "9.83", "1.75", ""];
    let other = ["o3", "0", "9.83", "1.75", SELLER];
    let before = orders(&[]);
    for rows in [
        &[ENTERED, other][..],
        &[differs],
        &[unreadable],
        &[nobodys],
        &[ENTERED, differs],
    ] {
        let found = [&*before, &*orders(rows)];
        assert_eq!(settled_late(&found, &detail()).await, "unclear", "{rows:?}");
    }
}

#[tokio::test]
async fn a_step_is_settled_by_the_orders_state() {
    for odd in ["13", "-1", "77", ""] {
        assert_eq!(
            settled_late(&[&row(odd, "1")], &approval()).await,
            "unclear"
        );
    }
    let cancel = SetOrderStatus::new(ORDER.into(), OrderState::Waiting, OrderState::Cancelled);
    assert_eq!(settled(&[&row("-1", "1")], &cancel).await, "in state");
}

#[tokio::test]
async fn a_query_that_fails_leaves_the_question_open() {
    let no = said(&body(QUERY, "<Sonuc>-209</Sonuc>"));
    for fault in [no, Fault::CloseBeforeAnswer, Fault::Stall(0)] {
        let desk = Desk::new([said(&orders(&[])), Fault::ResetBeforeAnswer, fault.clone()]);
        let attempt = desk.client.prepare(&detail()).await.unwrap();
        assert!(desk.client.send(&detail(), &attempt).await.is_err());
        desk.host.advance(SETTLED);
        let settled = desk.client.settle(&detail(), &attempt).await;
        assert_eq!(word(&settled), "failed");
        // Without the state before it, an entry is not sent at all.
        let desk = Desk::new([fault]);
        let failed = desk.client.send_or_settle(&detail()).await.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::NotDone);
        assert_eq!(desk.count(ENTRY), 0);
    }
}

#[tokio::test]
async fn a_seller_is_found_in_the_list_with_its_key() {
    let spaced = "TR33 0006 1005 1978 6457 8413 26";
    let spelled: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", spaced)];
    let before = sellers("1", &[OTHER]);
    // The total does not matter when the seller is there.
    for (total, row) in [("2", SAME), ("900", SAME), ("", spelled)] {
        let now = sellers(total, &[OTHER, row]);
        let found = settled_after(Duration::ZERO, &[&before, &now], &new_seller()).await;
        let Settled::Done(Some(added)) = found else {
            panic!("the key is needed: {found:?}")
        };
        assert_eq!(added.id.as_str(), SELLER);
    }
    // A list before it that was not whole proves nothing afterwards.
    for total in ["900", ""] {
        let before = sellers(total, &[OTHER]);
        let now = sellers("2", &[OTHER, SAME]);
        assert_eq!(
            settled_late(&[&before, &now], &new_seller()).await,
            "unclear"
        );
    }
}

#[tokio::test]
async fn a_seller_that_the_list_does_not_settle_stays_open() {
    let hidden: Columns<'_> = &[
        ("GUID", SELLER),
        ("TC_VN", "100*****146"),
        ("IBAN_No", IBAN),
    ];
    let no_number: Columns<'_> = &[("GUID", SELLER), ("IBAN_No", IBAN)];
    let no_account: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER)];
    let other_account: Columns<'_> = &[
        ("GUID", SELLER),
        ("TC_VN", NUMBER),
        ("IBAN_No", "TR330006100519786457841327"),
    ];
    let second: Columns<'_> = &[("GUID", "s2"), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let before = sellers("0", &[]);
    for (total, rows) in [
        ("2", &[SAME, second][..]),
        ("2", &[OTHER]),
        ("", &[OTHER]),
        ("1", &[]),
        ("1", &[hidden]),
        ("2", &[SAME, hidden]),
        ("1", &[no_number]),
        ("1", &[no_account]),
        ("1", &[other_account]),
        ("2", &[SAME, other_account]),
    ] {
        let found = [&*before, &*sellers(total, rows)];
        assert_eq!(
            settled_late(&found, &new_seller()).await,
            "unclear",
            "{rows:?}"
        );
    }
}

#[tokio::test]
async fn an_attempt_holds_neither_number_nor_account() {
    let desk = Desk::new([said(&sellers("1", &[SAME]))]);
    for attempt in [
        desk.client.prepare(&new_seller()).await.unwrap(),
        desk.client.prepare(&new_seller_v2()).await.unwrap(),
    ] {
        let text = format!("{} {attempt:?}", serde_json::to_string(&attempt).unwrap());
        assert!(!text.contains(NUMBER) && !text.contains(IBAN), "{text}");
        assert!(!text.contains("SENTINEL"), "{text}");
        assert!(attempt.baseline().unwrap().has(SELLER));
        assert_eq!(attempt.key().len(), 16);
    }
}

#[tokio::test]
async fn a_change_is_settled_only_by_a_row_that_shows_it() {
    let equal: Columns<'_> = &[
        ("GUID", "7F2B9C1E-0000-4000-8000-0000000000A1"),
        ("Ad_Soyad", "SENTINEL Örnek"),
        ("GSM_No", "5000000001"),
        ("Il", "01"),
        ("Ilce", "1104"),
        ("Vergi_Daire", "SENTINEL Office"),
    ];
    // W2: it shows the wanted state, which may have stood before.
    let now = sellers("", &[OTHER, equal]);
    assert_eq!(settled(&[&now], &changed_seller()).await, "in state");
    assert_eq!(settled(&[&now], &changed_seller_v2()).await, "in state");
    // Each column in turn shows something else, or nothing.
    for at in 0..equal.len() {
        let mut differs = equal.to_vec();
        differs[at].1 = "9";
        let mut lacks = equal.to_vec();
        lacks.remove(at);
        for row in [differs, lacks] {
            let now = sellers("1", &[&row]);
            assert_eq!(
                settled_late(&[&now], &changed_seller()).await,
                "unclear",
                "{row:?}"
            );
        }
    }
    // What no column shows, and the seller twice.
    let mailed = changed_seller().email("a@example.com");
    for (change, rows) in [(mailed, &[equal][..]), (changed_seller(), &[equal, equal])] {
        assert_eq!(
            settled_late(&[&sellers("1", rows)], &change).await,
            "unclear"
        );
    }
    let mut numbered = changed_seller_v2();
    numbered.external = new_seller_v2().external;
    assert_eq!(
        settled_late(&[&sellers("1", &[equal])], &numbered).await,
        "unclear"
    );
}

#[tokio::test]
async fn a_removal_is_settled_by_the_list() {
    assert_eq!(
        settled(&[&sellers("1", &[OTHER])], &removal()).await,
        "in state"
    );
    let no_key: Columns<'_> = &[("TC_VN", NUMBER)];
    for (total, rows) in [("2", &[OTHER][..]), ("", &[]), ("2", &[OTHER, no_key])] {
        let now = sellers(total, rows);
        assert_eq!(
            settled_late(&[&now], &removal()).await,
            "unclear",
            "{rows:?}"
        );
    }
}

#[tokio::test]
async fn a_list_that_fails_leaves_the_question_open() {
    let no = body(LIST, "<Sonuc>-101</Sonuc>");
    let before = sellers("0", &[]);
    assert_eq!(settled_late(&[&before, &no], &new_seller()).await, "failed");
    assert_eq!(settled_late(&[&no], &removal()).await, "failed");
    assert_eq!(settled_late(&[&no], &changed_seller()).await, "failed");
}

#[test]
fn an_open_write_says_that_it_may_have_happened() {
    fn says<R: std::fmt::Debug>(open: &Open<R>) -> String {
        open.to_string()
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let nothing = orders(&[]);
    let found = runtime.block_on(settled_after(
        Duration::ZERO,
        &[&nothing, &nothing],
        &detail(),
    ));
    let Settled::Open(open) = found else {
        panic!("settled")
    };
    assert_eq!(says(&open), "it is not there yet; it may have happened");
    assert_eq!(detail().payment, PaymentId::new(1_247_910_825));
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

#[tokio::test]
async fn w15_a_seller_that_cannot_be_the_new_one_never_proves_it() {
    const ELSEWHERE: &str = "TR970006200013600006299881";
    let before = sellers("0", &[]);
    let of = |number, iban| {
        sellers(
            "1",
            &[&[("GUID", SELLER), ("TC_VN", number), ("IBAN_No", iban)]],
        )
    };
    for (number, iban, word) in [
        // Another person, and this one with another account or with none.
        ("20000000046", IBAN, "not done"),
        (NUMBER, ELSEWHERE, "unclear"),
        (NUMBER, "", "unclear"),
        ("", IBAN, "unclear"),
    ] {
        let found = [&*before, &*of(number, iban)];
        let (old, new) = (new_seller(), new_seller_v2());
        assert_eq!(settled_late(&found, &old).await, word, "{number} {iban}");
        assert_eq!(settled_late(&found, &new).await, word, "{number} {iban}");
    }
    // Of two new ones nobody knows which it is.
    let other: Columns<'_> = &[("GUID", "s2"), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];
    let two = sellers("2", &[SAME, other]);
    assert_eq!(
        settled_late(&[&before, &two], &new_seller()).await,
        "unclear"
    );
    let one = of(NUMBER, IBAN);
    assert_eq!(settled(&[&before, &one], &new_seller()).await, "done");
}
