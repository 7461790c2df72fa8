//! Refusals: those that are read back, and those that decide alone.

use super::*;

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
