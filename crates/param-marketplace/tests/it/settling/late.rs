//! Writes that appear late, never, or twice.

use super::*;

/// Returns three ways to lose an answer.
fn losses() -> [Fault; 3] {
    [
        Fault::Stall(0),
        Fault::ResetBeforeAnswer,
        Fault::CloseAt(40),
    ]
}

/// Loses the answer of a write whose row appears late. The outcome stays unknown until then.
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

/// Loses the answer of a write that never appears. Only the caller sends it again, after the settling time.
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
    let held = SetOrderStatus::hold(ORDER.into());
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
