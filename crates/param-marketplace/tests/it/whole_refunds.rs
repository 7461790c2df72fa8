//! Proof of a full refund: the order's row, and then the payment's status.

use param_marketplace::{NextStep, RefundAmount, Sent};

use crate::payments::status;
use crate::settling::{QUERY, UNDO, row};
use crate::support::{Desk, body, refund, said, settled, settled_late};

const STATUS: &str = "TP_Islem_Sorgulama4";

/// The status of the payment: result, state, refunded part of 10.01.
type Status<'a> = [&'a str; 3];

/// Settles a full refund that was refused as already done, by the order's row and then by the status of its
/// payment.
async fn whole(order: [&str; 2], payment: Status<'_>) -> Result<Sent<()>, NextStep> {
    let [result, state, back] = payment;
    let no = said(&body(UNDO, "<Sonuc>-212</Sonuc>"));
    let status = status(result, state, "3007300695", back);
    let desk = Desk::new([no, said(&row(order[0], order[1])), said(&status)]);
    let full = refund(RefundAmount::Full);
    let sent = desk.client.send_or_settle(&full).await;
    let asked = desk.arrived();
    match order[0] {
        "13" => assert_eq!(asked, [UNDO, QUERY, STATUS], "{payment:?}"),
        _ => assert_eq!(asked, [UNDO, QUERY], "{payment:?}"),
    }
    sent.map(|sent| match sent {
        Sent::Done(answer) => Sent::Done(answer.map(|_| ())),
        Sent::Proven => Sent::Proven,
        Sent::InState => Sent::InState,
        Sent::Exists => Sent::Exists,
    })
    .map_err(|failed| failed.next_step())
}

#[tokio::test]
async fn w4_state_13_may_stand_since_a_part() {
    for (order, payment, is_in_state) in [
        // The order says that the payment is cancelled.
        (["12", "1.75"], ["1", "SUCCESS", "0"], true),
        (["1", "1.75"], ["13", "REFUND", "10.01"], false),
        // The sum of the refunds decides, whatever the seller still gets.
        (["13", "1.75"], ["13", "REFUND", "10.01"], true),
        (["13", "0.0000"], ["13", "REFUND", "10.01"], true),
        (["13", ""], ["12", "CANCEL", "10.01"], true),
        (["13", "0.0000"], ["1", "PARTIAL_REFUND", "2.00"], false),
        (["13", "1.75"], ["1", "PARTIAL_REFUND", "2.00"], false),
        (["13", "0.0000"], ["13", "REFUND", "2.00"], false),
        (["13", "0.0000"], ["1", "SUCCESS", "0"], false),
        (["13", "0.0000"], ["1", "REFUND", "10.01"], false),
        (["13", "0.0000"], ["13", "REFUND", ""], false),
    ] {
        let sent = whole(order, payment).await;
        assert_eq!(sent.is_ok(), is_in_state, "{order:?} {payment:?}: {sent:?}");
        assert!(sent.is_err() || sent == Ok(Sent::InState), "{sent:?}");
    }
}

#[tokio::test]
async fn w4_a_part_that_went_back_proves_no_refund_of_everything() {
    let full = refund(RefundAmount::Full);
    let part = |back: &str| status("1", "PARTIAL_REFUND", "3007300695", back);
    let order = row("13", "0.0000");
    assert_eq!(settled(&[&order, &part("2.00")], &full).await, "too early");
    assert_eq!(
        settled_late(&[&order, &part("2.00")], &full).await,
        "not done"
    );
    // Neither does a payment that says nothing of refunds, or another one.
    for payment in [
        status("1", "SUCCESS", "3007300695", "0"),
        part("10.01"),
        part("2.00").replace(">KV-2001<", ">KV-1999<"),
        body(STATUS, "<Sonuc>1</Sonuc>"),
    ] {
        assert_eq!(settled_late(&[&order, &payment], &full).await, "unclear");
    }
    let no = body(STATUS, "<Sonuc>-101</Sonuc>");
    assert_eq!(settled_late(&[&order, &no], &full).await, "failed");
}
