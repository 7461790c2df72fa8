//! Charges and starts, settled by the status of their payment.

use super::*;

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
