//! One try of a write: sent once, for one request, soon after it was prepared.

use std::time::Duration;

use kervan_core::{Caller, Class, Config, Outcome, Retry};
use kervan_settling::{Attempt, Resumed, Settled, Settler, Why};

use super::{TRIES, lost_write, prepare, send, settle};
use crate::provider::{Move, Script, Shop, host, run};
use crate::{answered, caller, lost};

#[test]
fn an_attempt_is_sent_once() {
    let write = Move::of(Class::State);
    let script = Script::new([lost(), answered("done")]);
    let attempt = prepare(&script, &write);
    assert!(send(&script, &write, &attempt).is_err());
    let again = send(&script, &write, &attempt.clone()).unwrap_err();
    assert_eq!(
        again.outcome(),
        Outcome::Unknown,
        "the first may have happened"
    );
    assert_eq!(again.error.report().code.as_deref(), Some("already_sent"));
    assert_eq!(script.sent(), ["move"]);
}

#[test]
fn an_attempt_of_before_a_crash_counts_as_sent() {
    let write = Move::of(Class::State);
    let script = Script::new([answered("wanted")]);
    let stored = serde_json::to_string(&prepare(&script, &write)).unwrap();
    let attempt: Attempt = serde_json::from_str(&stored).unwrap();
    assert!(attempt.was_sent());
    let failed = send(&script, &write, &attempt).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert!(script.sent().is_empty());
    assert!(matches!(
        settle(&script, &write, &attempt),
        Settled::InState
    ));
}

#[test]
fn what_was_never_sent_is_not_done() {
    let write = Move::of(Class::Charge);
    let script = Script::new([]);
    let attempt = prepare(&script, &write);
    assert!(matches!(
        settle(&script, &write, &attempt),
        Settled::NotDone
    ));
}

#[test]
fn an_attempt_is_for_one_request() {
    let script = Script::new([lost()]);
    let write = Move::of(Class::State);
    let mut other = Move::of(Class::State);
    other.to = "B";
    let attempt = prepare(&script, &write);
    let failed = send(&script, &other, &attempt).unwrap_err();
    assert_eq!(failed.error.report().code.as_deref(), Some("changed"));
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert!(send(&script, &write, &attempt).is_err());
    let Settled::Open(open) = settle(&script, &other, &attempt) else {
        panic!("settled by another request")
    };
    assert!(matches!(open.why, Why::OtherRequest));
    let resumed = run(caller(&script, TRIES).resume(&other, &attempt)).unwrap_err();
    assert_eq!(resumed.outcome(), Outcome::Unknown);
    assert_eq!(script.sent(), ["move"]);
}

#[test]
fn a_new_version_of_the_client_knows_the_attempts_of_the_old_one() {
    let (write, attempt, script) = lost_write(Class::State, ["wanted"]);
    let config = Config::default().retry(Retry::never());
    let shop = Shop("shop/2", "first");
    let newer = Settler::new(Caller::new(shop, config, script.clone(), host()));
    let settled = run(newer.settle(&write, &attempt));
    assert!(matches!(settled, Settled::InState));
}

#[test]
fn an_open_write_outlives_a_change_of_the_password() {
    for class in [Class::State, Class::Charge, Class::Keyed] {
        let (write, attempt, script) = lost_write(class, ["wanted", "wanted", "done"]);
        let of = |password| {
            let config = Config::default().retry(Retry::never());
            let shop = Shop("shop/1", password);
            Settler::new(Caller::new(shop, config, script.clone(), host()))
        };
        let Settled::Open(open) = run(of("third").settle(&write, &attempt)) else {
            panic!("the digest does not cover the login")
        };
        assert!(matches!(open.why, Why::OtherRequest));
        // Two changes ago.
        let now = of("third").recognizing(&of("second").recognizing(&of("first")));
        let settled = run(now.settle(&write, &attempt));
        assert!(matches!(settled, Settled::InState), "{class:?}");
        let now = now.with_config(Config::default().retry(Retry::never()));
        let resumed = run(now.clone().resume(&write, &attempt));
        assert!(matches!(resumed, Ok(Resumed::Settled(Settled::InState))));
        // The request itself is compared as before.
        let mut other = Move::of(class);
        other.to = "B";
        let settled = run(now.settle(&other, &attempt));
        assert!(matches!(settled, Settled::Open(open) if matches!(open.why, Why::OtherRequest)));
        assert_eq!(script.sent(), ["move", "ask", "ask"], "{class:?}");
    }
}

#[test]
fn an_old_attempt_is_not_sent() {
    let write = Move::of(Class::State);
    let script = Script::new([]);
    let attempt = prepare(&script, &write);
    host().advance(Attempt::FRESH + Duration::from_millis(1));
    let failed = send(&script, &write, &attempt).unwrap_err();
    assert_eq!(failed.error.report().code.as_deref(), Some("stale"));
    assert_eq!(failed.outcome(), Outcome::NotDone);
    assert!(!attempt.was_sent());
}

#[test]
fn without_its_baseline_nothing_is_sent() {
    let write = Move::of(Class::Delta);
    let script = Script::new([lost()]);
    let error = run(caller(&script, TRIES).prepare(&write)).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unprepared"));
    assert_eq!(error.outcome(), Outcome::NotDone);
    assert_eq!(script.sent(), ["ask"]);
    // Nobody else reads before it writes.
    for class in [Class::State, Class::Charge, Class::Start, Class::Keyed] {
        let script = Script::new([]);
        prepare(&script, &Move::of(class));
        assert!(script.sent().is_empty(), "{class:?}");
    }
}

#[test]
fn a_delta_that_notes_nothing_before_it_is_never_sent() {
    let write = Move::of(Class::Delta).unwatched();
    let script = Script::new([answered("odd")]);
    let error = run(caller(&script, TRIES).prepare(&write)).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unprepared"));
    assert_eq!(script.sent(), ["ask"]);
}
