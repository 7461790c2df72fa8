//! Writes that appear late, or are made twice.

use super::*;

#[test]
fn w1_an_activation_that_shows_late_is_sent_once() {
    let script = Script::new([lost(), waiting(), waiting(), active()]);
    let write = activation();
    let start = script.host.now();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    let failed = script
        .run(script.client.send(&write, &attempt))
        .unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    let Settled::Open(open) = script.run(script.client.settle(&write, &attempt)) else {
        panic!("settled at once")
    };
    assert!(matches!(open.why, Why::TooEarly));
    assert_eq!(open.ask_again_at, Some(start + SETTLED));
    let last = Duration::from_millis(1);
    script.host.advance(SETTLED.saturating_sub(last));
    let settled = script.run(script.client.settle(&write, &attempt));
    assert!(!settled.is_settled(), "still too early");
    script.host.advance(last);
    let settled = script.run(script.client.settle(&write, &attempt));
    assert!(matches!(settled, Settled::InState));
    assert_eq!(script.count("UpdateTransaction"), 1);
}

#[test]
fn w1_an_installment_that_is_still_unpaid_is_not_sent_again_before_the_settling_time() {
    for old in ["0", "\"0\"", "3"] {
        let script = Script::new([lost(), plan_with(old, "0"), plan_with(old, "0")]);
        let write = set_paid();
        let attempt = script.run(script.client.prepare(&write)).unwrap();
        assert!(script.run(script.client.send(&write, &attempt)).is_err());
        let resume = || script.run(script.client.resume(&write, &attempt)).unwrap();
        assert!(
            matches!(resume(), Resumed::Settled(Settled::Open(_))),
            "{old}"
        );
        script.host.advance(SETTLED);
        assert!(matches!(resume(), Resumed::Prepared(_)), "{old}");
        assert_eq!(script.count("SetPaidPayment"), 1, "{old}");
    }
}

#[test]
fn w1_a_bulk_report_stays_open_while_a_part_of_it_is_paid() {
    let script = Script::new([
        lost(),
        plan_with("0", "3"),
        plan_with("0", "3"),
        plan_with("1", "0"),
        plan_with("1", "1"),
    ]);
    let write = set_bulk_paid();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    let settle = || script.run(script.client.settle(&write, &attempt));
    assert!(matches!(settle(), Settled::Open(open) if matches!(open.why, Why::TooEarly)));
    script.host.advance(SETTLED);
    assert!(matches!(settle(), Settled::NotDone));
    assert!(matches!(settle(), Settled::Open(open) if matches!(open.why, Why::Unclear)));
    assert!(matches!(settle(), Settled::InState));
}

#[test]
fn w1_an_order_that_is_not_in_the_list_of_approved_ones_is_never_sent_again() {
    let old = || list(&[("TRX-0", "530.50")]);
    let script = Script::new([old(), lost(), old(), old()]);
    let write = creation();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    for wait in [Duration::ZERO, SETTLED * 100] {
        script.host.advance(wait);
        let resumed = script.run(script.client.resume(&write, &attempt)).unwrap();
        let Resumed::Settled(Settled::Open(open)) = resumed else {
            panic!("decided by a list that waiting orders are not in")
        };
        assert!(matches!(open.why, Why::Unclear));
    }
    assert_eq!(script.count("CreateTransaction"), 1);
}

#[test]
fn w1_a_new_order_of_the_same_amount_is_the_one_that_was_created() {
    let before = || list(&[("TRX-0", "530.50")]);
    let now = list(&[("TRX-2", "99.00"), ("TRX-1", "530.50"), ("TRX-0", "530.50")]);
    let script = Script::new([before(), lost(), now]);
    let sent = script.run(script.client.send_or_settle(&creation()));
    let Ok(Sent::Done(answer)) = sent else {
        panic!("{sent:?}")
    };
    let CreatedTransaction { plan, .. } = answer.value;
    assert_eq!(plan.transaction.as_str(), "TRX-1");
    assert_eq!(script.count("CreateTransaction"), 1);
    // Two new ones of that amount are one too many; one behind a known row is not new.
    for now in [
        list(&[
            ("TRX-2", "530.50"),
            ("TRX-1", "530.50"),
            ("TRX-0", "530.50"),
        ]),
        list(&[("TRX-0", "530.50"), ("TRX-1", "530.50")]),
        list(&[("TRX-1", "530.51"), ("TRX-0", "530.50")]),
    ] {
        let settled = settled!(creation(), [before(), now]);
        assert!(matches!(settled, Settled::Open(_)), "{settled:?}");
    }
}

#[test]
fn w1_without_the_orders_before_it_no_order_is_created() {
    for before in [
        success("null"),
        success("[]x"),
        success(r#"{"Transactions": "yok"}"#),
        success(r#"{"Transactions": [{"MerchantOid": "H-1"}]}"#),
        success(r#"{"Transactions": [{"TransactionCode": ""}]}"#),
        success(r#"{"Transactions": [{"TransactionCode": "TRX-0", "CustomerId": "5005"}]}"#),
        refusal("H223"),
        lost(),
    ] {
        let script = Script::new([before]);
        let failed = script.run(script.client.send_or_settle(&creation()));
        assert_eq!(failed.unwrap_err().outcome(), Outcome::NotDone);
        assert_eq!(script.count("CreateTransaction"), 0);
    }
}

#[test]
fn w5_a_second_click_refunds_nothing_and_is_told_so() {
    let done = || success(r#"{"RefundId": "R-1"}"#);
    let script = Script::new([done(), refusal("H307")]);
    let first = script.run(script.client.send_or_settle(&refund()));
    assert!(matches!(first, Ok(Sent::Done(_))));
    let second = script.run(script.client.send_or_settle(&refund()));
    let failed = second.unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert_eq!(failed.next_step(), NextStep::Correct);
}

#[test]
fn w5_after_a_crash_a_refund_is_settled_before_it_is_sent() {
    let done = || success(r#"{"RefundId": "R-1"}"#);
    for (answers, refunds) in [
        (vec![done()], 0),
        (vec![refusal("H308"), done()], 1),
        (vec![refusal("H308"), refusal("H307")], 1),
    ] {
        let script = Script::new(answers);
        let write = refund();
        let resumed = script.run(async {
            let attempt = crashed(&script.client, &write).await;
            script.client.resume(&write, &attempt).await
        });
        let Ok(Resumed::Settled(settled)) = resumed else {
            panic!("{resumed:?}")
        };
        assert!(matches!(settled, Settled::Done(_) | Settled::Exists));
        assert_eq!(script.count("RefundTransaction"), refunds);
    }
}

#[test]
fn w5_an_attempt_of_before_a_crash_sends_no_second_order() {
    let script = Script::new([list(&[]), lost()]);
    let write = creation();
    let attempt = script.run(script.client.prepare(&write)).unwrap();
    let kept = stored(&attempt);
    assert!(script.run(script.client.send(&write, &attempt)).is_err());
    for attempt in [attempt, kept] {
        let failed = script
            .run(script.client.send(&write, &attempt))
            .unwrap_err();
        assert_eq!(failed.outcome(), Outcome::Unknown);
    }
    assert_eq!(script.count("CreateTransaction"), 1);
}
