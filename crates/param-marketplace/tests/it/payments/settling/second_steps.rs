//! Refunds, releases, captures and second steps, settled by the status of the order's payment.

use super::*;

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
