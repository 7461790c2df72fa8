//! Settling a payment with a lost answer by the status query.

use kervan_core::Answer;
use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::payments::{
    CaptureReservation, CompleteReservation, ModelPaymentV2, Payment, QueryPayment, RefundPayment,
    RefundWithReceipt, ReserveAmount, Security, VoidReservation,
};
use param_marketplace::{
    Action, Class, Client, Error, NextStep, Outcome, RejectionKind, Resumed, Sent, Settled,
};

use super::{card, model_payment, money, payment, payment_refund, sale, second_step, status};
use crate::support::{
    Desk, SETTLED, Write, body, client, said, settled, settled_after, settled_late, stored,
};

const STATUS: &str = "TP_Islem_Sorgulama4";
const REFUND: &str = "TP_Islem_Iptal_Iade_Kismi2";

pub(super) async fn after<T>(answer: &str, ask: impl AsyncFn(Client) -> T) -> T {
    let answer = Format::Xml.answer(200, answer.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    ask(client(&server, 1)).await
}

/// Returns the status query's answer for a payment of 10.01 with this sum of refunds.
fn refunded(sum: &str) -> String {
    let state = match sum {
        "0" => "SUCCESS",
        "10.01" => "REFUND",
        _ => "PARTIAL_REFUND",
    };
    let result = if state == "REFUND" { "13" } else { "1" };
    status(result, state, "3007300695", sum)
}

#[tokio::test]
async fn a_payment_is_what_the_query_proves() {
    for (result, state, receipt, expected) in [
        ("1", "SUCCESS", "3007300695", "done"),
        ("1", "PARTIAL_REFUND", "3007300695", "done"),
        // It was charged and given back: nobody may deliver for it, and nobody knows why.
        ("12", "CANCEL", "3007300695", "unclear"),
        ("13", "REFUND", "3007300695", "unclear"),
        ("2", "BANK_FAIL", "0", "refused"),
        ("2", "FAIL", "0", "refused"),
        // A payment that the customer has not finished yet looks like this.
        ("-1", "FAIL", "0", "unclear"),
        // What contradicts itself, and what is new, decides nothing.
        ("1", "SUCCESS", "0", "unclear"),
        ("2", "SUCCESS", "3007300695", "unclear"),
        ("1", "FAIL", "3007300695", "unclear"),
        ("1", "WAITING", "3007300695", "unclear"),
        ("1", "", "3007300695", "unclear"),
    ] {
        let answer = status(result, state, receipt, "0");
        let payment = payment(Security::None);
        assert_eq!(
            settled_late(&[&answer], &payment).await,
            expected,
            "{result} {state}"
        );
    }
    let paid = status("1", "SUCCESS", "3007300695", "0");
    let found = settled_after(Duration::ZERO, &[&paid], &payment(Security::None)).await;
    let Settled::Done(Some(Answer {
        value: Payment::Charged(charged),
        ..
    })) = found
    else {
        panic!("charged")
    };
    assert_eq!(charged.receipt.as_str(), "3007300695");
}

#[tokio::test]
async fn a_payment_that_the_bank_refused_is_not_done() {
    let refused = status("2", "BANK_FAIL", "0", "0");
    let found = settled_after(Duration::ZERO, &[&refused], &payment(Security::None)).await;
    let Settled::Refused(no) = found else {
        panic!("refused")
    };
    assert_eq!((no.kind, no.code.as_str()), (RejectionKind::Failed, "2"));
    assert_eq!(kervan_core::Rejection::outcome(&no), Outcome::NotDone);
}

#[tokio::test]
async fn w1_what_is_not_found_of_a_charge_stays_open() {
    let nothing = body(STATUS, "<Sonuc>1</Sonuc>");
    let refused = body(STATUS, "<Sonuc>-209</Sonuc>");
    let charge = payment(Security::None);
    assert_eq!(settled_late(&[&nothing], &charge).await, "not found");
    assert_eq!(settled_late(&[&refused], &charge).await, "failed");
    assert_eq!(settled_late(&[&nothing], &second_step()).await, "not found");
    // A start is never sent again under its key either, and a new one is safe at once.
    let start = payment(Security::ThreeD);
    let found = settled_after(SETTLED, &[&nothing], &start).await;
    assert_eq!(found.next_step(), NextStep::StartAnew);
}

#[tokio::test]
async fn a_payment_of_a_new_kind_or_of_another_amount_settles_nothing() {
    let paid = status("1", "SUCCESS", "3007300695", "0");
    let charge = payment(Security::None);
    assert_eq!(settled(&[&paid], &charge).await, "done");
    for (from, to) in [
        ("SALE", "PRE_AUTH"),
        ("SALE", "PRE_AUTH_V2"),
        ("<Islem_Tip>SALE</Islem_Tip>", ""),
        ("<Islem_ID>KV-2001-1</Islem_ID>", ""),
        (
            "<Toplam_Tutar>10.01</Toplam_Tutar>",
            "<Toplam_Tutar>1.00</Toplam_Tutar>",
        ),
        ("<Toplam_Tutar>10.01</Toplam_Tutar>", ""),
    ] {
        let other = paid.replace(from, to);
        assert_ne!(other, paid, "{from}");
        assert_eq!(
            settled_late(&[&other], &charge).await,
            "unclear",
            "{from} {to}"
        );
    }
}

#[tokio::test]
async fn w13_another_attempts_payment_settles_nothing() {
    let other = status("1", "SUCCESS", "3007300695", "0").replace("KV-2001-1", "KV-2001-0");
    assert_eq!(
        settled_late(&[&other], &payment(Security::None)).await,
        "failed"
    );
    let other = status("1", "SUCCESS", "3007300695", "0").replace(">KV-2001<", ">KV-1999<");
    assert_eq!(settled_late(&[&other], &second_step()).await, "unclear");
    let void = VoidReservation::new("KV-2001");
    assert_eq!(settled_late(&[&other], &void).await, "unclear");
    // It is not the state before a refund of another order either, so nothing is sent.
    let desk = Desk::new([said(&other)]);
    let error = desk.client.prepare(&payment_refund()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone);
    assert_eq!(desk.arrived(), [STATUS]);
    let found = [&*refunded("0"), &other];
    assert_eq!(settled_late(&found, &payment_refund()).await, "unclear");
}

#[tokio::test]
async fn w13_another_reservation_of_the_order_settles_no_release() {
    let reserved = refunded("0").replace(">SALE<", ">PRE_AUTH<");
    let released = reserved.replace(">SUCCESS<", ">CANCEL<");
    let void = |provision: &str| VoidReservation::new("KV-2001").provision(provision);
    for own in [void("3007300695"), void(" 3007300695 ")] {
        assert_eq!(settled_late(&[&released], &own).await, "in state");
        assert_eq!(settled_late(&[&reserved], &own).await, "not done");
    }
    for payment in [&released, &reserved] {
        let other = void("3007300696");
        assert_eq!(settled_late(&[payment], &other).await, "unclear");
    }
    // A failed payment has no number that could be another's.
    let numberless = released.replace(">3007300695<", ">0<");
    assert_eq!(
        settled_late(&[&numberless], &void("3007300696")).await,
        "in state"
    );
}

#[tokio::test]
async fn w1_the_sum_before_a_refund_is_absence() {
    let part = RefundPayment::refund("KV-2001", money("4.00"));
    let with_receipt = RefundWithReceipt::new(part.clone());
    for before in ["0", "2.00"] {
        let same = [&*refunded(before), &*refunded(before)];
        assert_eq!(settled(&same, &part).await, "too early");
        assert_eq!(settled_late(&same, &part).await, "not done");
        assert_eq!(settled(&same, &with_receipt).await, "too early");
        assert_eq!(settled_late(&same, &with_receipt).await, "not done");
    }
    // A cancellation and a release are states; their old one is absence too.
    let cancel = RefundPayment::cancel("KV-2001", money("10.01"));
    assert_eq!(settled(&[&refunded("0")], &cancel).await, "too early");
    assert_eq!(settled_late(&[&refunded("0")], &cancel).await, "not done");
    let reserved = refunded("0").replace(">SALE<", ">PRE_AUTH<");
    let void = VoidReservation::new("KV-2001");
    assert_eq!(settled(&[&reserved], &void).await, "too early");
    assert_eq!(settled_late(&[&reserved], &void).await, "not done");
}

#[tokio::test]
async fn a_refund_is_told_by_the_sum_of_refunds() {
    let part = RefundPayment::refund("KV-2001", money("4.00"));
    let rest = RefundPayment::refund("KV-2001", money("6.01"));
    let cancel = RefundPayment::cancel("KV-2001", money("10.01"));
    for (refund, before, now, expected) in [
        (&part, "0", "4.00", "done"),
        (&part, "2.00", "6.0", "done"),
        (&part, "4.00", "8.00", "done"),
        (&rest, "4.00", "10.01", "done"),
        // W2: the sum of this refund, or less, or more, was there before or is somebody else's.
        (&part, "2.00", "4.00", "unclear"),
        (&part, "0", "5.00", "unclear"),
        (&part, "4.00", "?", "unclear"),
        (&part, "4.00", "2.00", "unclear"),
    ] {
        let found = [&*refunded(before), &*refunded(now)];
        assert_eq!(
            settled_late(&found, refund).await,
            expected,
            "{before} {now}"
        );
    }
    let cancelled = status("12", "CANCEL", "3007300695", "0");
    assert_eq!(settled_late(&[&cancelled], &cancel).await, "in state");
    let odd = status("1", "WAITING", "3007300695", "0");
    assert_eq!(settled_late(&[&odd], &cancel).await, "unclear");
    // A refund as a whole does not say that it was cancelled.
    assert_eq!(
        settled_late(&[&refunded("10.01")], &cancel).await,
        "unclear"
    );
    assert_eq!(
        settled_late(&[&refunded("0"), &cancelled], &part).await,
        "unclear"
    );
}

#[tokio::test]
async fn w2_a_reservation_of_another_amount_settles_nothing() {
    let reserved = refunded("0").replace(">SALE<", ">PRE_AUTH<");
    let mut sale = sale();
    (sale.amount, sale.total) = (money("999.00"), money("999.00"));
    let large = ReserveAmount::new(sale, card(), Security::None);
    assert_eq!(settled_late(&[&reserved], &large).await, "unclear");
    let captured = refunded("0").replace(">SALE<", ">POST_AUTH<");
    let large = CaptureReservation::new("KV-2001", money("999.00"));
    assert_eq!(settled_late(&[&captured], &large).await, "unclear");
    // The same amount may have been captured by another program.
    let own = CaptureReservation::new("KV-2001", money("10.01"));
    assert_eq!(settled_late(&[&captured], &own).await, "in state");
}

#[tokio::test]
async fn w2_another_payment_of_the_order_proves_no_second_step() {
    let own = status("1", "SUCCESS", "3007300695", "0");
    let step = second_step();
    assert_eq!(settled(&[&own], &step).await, "done");
    // Without the key nobody knows whose payment it is, paid or refused.
    let mut keyless = step.clone();
    keyless.key = None;
    let refused = status("2", "BANK_FAIL", "0", "0");
    for found in [&own, &refused] {
        assert_eq!(settled_late(&[found], &keyless).await, "unclear");
    }
    for (other, word) in [
        (own.replace(">KV-2001-1<", ">KV-2001-2<"), "failed"),
        (own.replace(">10.01<", ">99.00<"), "unclear"),
        (own.replace(">KV-2001-1<", "><"), "unclear"),
    ] {
        assert_eq!(settled_late(&[&other], &step).await, word);
        let reserves = CompleteReservation::from(step.clone());
        let other = other.replace(">SALE<", ">PRE_AUTH<");
        assert_eq!(settled_late(&[&other], &reserves).await, word);
    }
    let own = own.replace(">SALE<", ">PRE_AUTH<");
    let reserves = CompleteReservation::from(step);
    assert_eq!(settled(&[&own], &reserves).await, "done");
}

#[tokio::test]
async fn w2_a_cancelled_payment_of_the_order_proves_no_release() {
    let cancelled = status("12", "CANCEL", "3007300695", "10.01");
    let void = VoidReservation::new("KV-2001");
    assert_eq!(settled_late(&[&cancelled], &void).await, "unclear");
    let released = cancelled.replace(">SALE<", ">PRE_AUTH<");
    assert_eq!(settled(&[&released], &void).await, "in state");
}

/// Settles a refused write, with this answer of the status query.
async fn refused<O: Write>(
    write: &O,
    operation: &str,
    code: &str,
    queries: [&str; 2],
) -> Result<Sent<O::Output>, param_marketplace::Failed<param_marketplace::Rejection>> {
    let before = (write.class() == Class::Delta).then(|| said(queries[0]));
    let no = body(operation, &format!("<Sonuc>{code}</Sonuc>"));
    let desk = Desk::new(before.into_iter().chain([said(&no), said(queries[1])]));
    let sent = desk.client.send_or_settle(write).await;
    assert_eq!(desk.count(operation), 1, "{code}: sent once");
    assert_eq!(desk.arrived().last().unwrap(), STATUS, "{code}: read back");
    sent
}

#[tokio::test]
async fn w4_a_refund_that_is_said_to_be_done_is_read_back_by_its_sum() {
    let part = RefundPayment::refund("KV-2001", money("4.00"));
    let (before, moved) = (refunded("2.00"), refunded("6.00"));
    for code in ["-211", "-212", "-400"] {
        let same = refused(&part, REFUND, code, [&before, &before])
            .await
            .unwrap_err();
        assert_eq!(same.outcome(), Outcome::Unknown, "{code}");
        assert_eq!(same.error.rejection().unwrap().code, code);
        let moved = refused(&part, REFUND, code, [&before, &moved]).await;
        assert!(matches!(moved, Ok(Sent::Proven)), "{code}");
    }
    let receipt = RefundWithReceipt::new(part);
    let later = "TP_Islem_Iptal_Iade_Kismi4";
    let same = refused(&receipt, later, "-212", [&before, &before]).await;
    assert_eq!(same.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn w3_a_release_that_is_said_to_be_done_is_read_back() {
    let void = VoidReservation::new("KV-2001");
    let operation = "TP_Islem_Iptal_OnProv";
    let reserved = refunded("0").replace(">SALE<", ">PRE_AUTH<");
    for code in ["-211", "-212"] {
        let failed = refused(&void, operation, code, [&reserved; 2])
            .await
            .unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown);
        assert_eq!(
            failed.error.rejection().unwrap().kind,
            RejectionKind::AlreadyDone
        );
        let released = reserved.replace(">SUCCESS<", ">CANCEL<");
        let sent = refused(&void, operation, code, [&released; 2]).await;
        assert!(matches!(sent, Ok(Sent::InState)), "{code}");
    }
}

#[tokio::test]
async fn w5_a_refund_after_a_crash_is_settled_first() {
    let part = RefundPayment::refund("KV-2001", money("4.00"));
    let desk = Desk::new([
        said(&refunded("0")),
        Fault::ResetBeforeAnswer,
        said(&refunded("4.00")),
    ]);
    let attempt = desk.client.prepare(&part).await.unwrap();
    assert!(desk.client.send(&part, &attempt).await.is_err());
    let kept = stored(&attempt);
    let again = desk.client.send(&part, &kept).await.unwrap_err();
    assert_eq!(again.error.report().code.as_deref(), Some("already_sent"));
    let resumed = desk.client.resume(&part, &kept).await.unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Done(_))));
    assert_eq!(desk.count(REFUND), 1);
}

#[tokio::test]
async fn w5_a_charge_is_never_sent_again() {
    let charge = payment(Security::None);
    let nothing = body(STATUS, "<Sonuc>1</Sonuc>");
    let desk = Desk::new([Fault::CloseBeforeAnswer, said(&nothing)]);
    let attempt = desk.client.prepare(&charge).await.unwrap();
    assert!(desk.client.send(&charge, &attempt).await.is_err());
    desk.host.advance(SETTLED * 100);
    let resumed = desk
        .client
        .resume(&charge, &stored(&attempt))
        .await
        .unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Open(_))));
    assert_eq!(desk.arrived(), ["Pos_Odeme", STATUS]);
}

/// Returns the outcome of a write with this result, in a try that is known to be the first.
async fn outcome_of<O: Write>(write: &O, result: &str) -> (Outcome, RejectionKind) {
    let operation = write.name();
    let before = (write.class() == Class::Delta).then(|| said(&refunded("0")));
    let answer = said(&body(operation, result));
    let desk = Desk::new(before.into_iter().chain([answer]));
    let attempt = desk.client.prepare(write).await.unwrap();
    let Err(failed) = desk.client.send(write, &attempt).await else {
        panic!("{operation} succeeded")
    };
    (failed.outcome(), failed.error.rejection().unwrap().kind)
}

/// Checks a write that reaches a bank.
async fn bank_decides<O: Write>(write: &O, bank_code: &str) {
    let said = |code: &str| format!("<Sonuc>-1</Sonuc><{bank_code}>{code}</{bank_code}>");
    for silent in ["", "0", "00", "-1"] {
        let found = outcome_of(write, &said(silent)).await;
        assert_eq!(
            found,
            (Outcome::Unknown, RejectionKind::Failed),
            "{} {silent}",
            write.name()
        );
    }
    let found = outcome_of(write, "<Sonuc>-1</Sonuc>").await;
    assert_eq!(found.0, Outcome::Unknown, "{}", write.name());
    for refusal in ["99", "05", "37"] {
        let found = outcome_of(write, &said(refusal)).await;
        assert_eq!(found.0, Outcome::NotDone, "{} {refusal}", write.name());
    }
}

#[tokio::test]
async fn w16_a_failure_without_the_banks_code_is_unknown() {
    let part = RefundPayment::refund("KV-2001", money("4.00"));
    bank_decides(&payment(Security::None), "Banka_Sonuc_Kod").await;
    bank_decides(&model_payment(Security::None), "Banka_Sonuc_Kod").await;
    bank_decides(&second_step(), "Bank_Sonuc_Kod").await;
    bank_decides(
        &CaptureReservation::new("KV-2001", money("1.00")),
        "Banka_Sonuc_Kod",
    )
    .await;
    bank_decides(&VoidReservation::new("KV-2001"), "Banka_Sonuc_Kod").await;
    bank_decides(
        &RefundPayment::cancel("KV-2001", money("10.01")),
        "Banka_Sonuc_Kod",
    )
    .await;
    bank_decides(&RefundWithReceipt::new(part.clone()), "Banka_Sonuc_Kod").await;
    bank_decides(&part, "Banka_Sonuc_Kod").await;
    // A start that failed has no page, so nobody is charged by it.
    let (outcome, _) = outcome_of(&payment(Security::ThreeD), "<Sonuc>-1</Sonuc>").await;
    assert_eq!(outcome, Outcome::NotDone);
    // Another code is a refusal with or without the bank's.
    let (outcome, _) = outcome_of(&payment(Security::None), "<Sonuc>-100</Sonuc>").await;
    assert_eq!(outcome, Outcome::NotDone);
}

#[tokio::test]
async fn p2_an_order_that_is_paid_is_a_refusal_that_says_so() {
    let paid = "<Islem_ID>0</Islem_ID><Sonuc>-400</Sonuc>";
    for security in [Security::None, Security::ThreeD] {
        let found = outcome_of(&model_payment(security), paid).await;
        assert_eq!(
            found,
            (Outcome::NotDone, RejectionKind::AlreadyPaid),
            "{security:?}"
        );
    }
    // Where nobody knows whether it is the first try, the earlier payment may be this one.
    let pay = async |client: Client| client.call(&model_payment(Security::None)).await;
    let error = after(&body("TP_WMD_UCD", paid), pay).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert_ne!(error.next_step(), NextStep::SendAgain);
    let (outcome, kind) =
        outcome_of(&ModelPaymentV2::from(model_payment(Security::ThreeD)), paid).await;
    assert_eq!(
        (outcome, kind),
        (Outcome::NotDone, RejectionKind::AlreadyPaid)
    );
    // Elsewhere nobody explains the code.
    let found = outcome_of(&payment(Security::None), paid).await;
    assert_eq!(found, (Outcome::Unknown, RejectionKind::Unlisted));
}

#[tokio::test]
async fn a_query_reads_the_net_amount() {
    let answer = status("1", "SUCCESS", "3007300695", "0");
    let ask = async |client: Client| client.call(&QueryPayment::by_key("KV-2001-1")).await;
    let found = after(&answer, ask).await.unwrap();
    assert_eq!(found.value.payment.unwrap().net(), Some(money("9.83")));
}

#[tokio::test]
async fn w13_the_status_of_another_payment_is_unreadable() {
    let answer = status("1", "SUCCESS", "3007300695", "0");
    for other in [
        QueryPayment::by_key("KV-2001-2"),
        QueryPayment::by_receipt("3007300696"),
    ] {
        let read = after(&answer, async |client: Client| client.call(&other).await).await;
        assert!(matches!(read, Err(Error::Decode(_))), "{other:?}: {read:?}");
    }
    // The service may have replaced the order's number.
    let by_order = QueryPayment::by_order("KV-2001-before");
    let ask = async |client: Client| client.call(&by_order).await;
    assert!(after(&answer, ask).await.is_ok());
}

#[tokio::test]
async fn w15_a_payment_that_cannot_be_this_one_never_proves_it() {
    for (result, state, receipt) in [
        ("12", "CANCEL", "3007300695"),
        ("13", "REFUND", "3007300695"),
        ("-1", "FAIL", "0"),
        ("1", "SUCCESS", "0"),
    ] {
        let answer = status(result, state, receipt, "0");
        for reserve in [false, true] {
            let answer = if reserve {
                answer.replace("SALE", "PRE_AUTH")
            } else {
                answer.clone()
            };
            let word = settled_late(&[&answer], &second_step()).await;
            assert_eq!(word, "unclear", "{result} {state} {reserve}");
            let word = settled_late(&[&answer], &payment(Security::None)).await;
            assert_eq!(word, "unclear", "{result} {state} {reserve}");
        }
    }
}

#[tokio::test]
async fn w6_a_payment_of_another_call_is_a_refusal_on_a_first_try_only() {
    for write in [
        model_payment(Security::None),
        model_payment(Security::ThreeD),
    ] {
        let paid = body("TP_WMD_UCD", "<Islem_ID>0</Islem_ID><Sonuc>-400</Sonuc>");
        let desk = Desk::new([said(&paid)]);
        let failed = desk.client.send_or_settle(&write).await.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::NotDone);
        let no = failed.error.rejection().unwrap();
        assert_eq!(
            (no.kind, no.action()),
            (RejectionKind::AlreadyPaid, Action::ReadBack)
        );
        // Not "correct it and send it": a new number would charge the customer again.
        assert_eq!(failed.next_step(), NextStep::AskAgain { at: None });
        assert_eq!(desk.count("TP_WMD_UCD"), 1);
    }
}
