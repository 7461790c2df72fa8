//! Resuming after a crash, by what was proven and by the class of the write.

use kervan_core::{Class, Host as _, NextStep, Outcome};
use kervan_settling::{Attempt, Resumed, Settled};

use super::{SETTLED, TRIES, lost_write, prepare, send, settle};
use crate::provider::{Move, Script, host, run};
use crate::{answered, caller, lost};

#[test]
fn a_keyed_write_that_breaks_a_rule_by_now_is_not_sent_again_and_may_have_happened() {
    let due = host().now() + Attempt::FRESH;
    let write = Move::of(Class::Keyed).without_read_back().due(due);
    let script = Script::new([lost()]);
    let (sent, unsent) = (prepare(&script, &write), prepare(&script, &write));
    assert!(send(&script, &write, &sent).is_err());
    host().advance(Attempt::FRESH);
    let resume = |attempt| run(caller(&script, TRIES).resume(&write, attempt)).unwrap_err();
    let failed = resume(&sent);
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert_eq!(failed.error.report().code.as_deref(), Some("changed"));
    assert!(std::error::Error::source(&failed).is_some(), "the rule");
    assert_eq!(resume(&unsent).outcome(), Outcome::NotDone);
    assert_eq!(script.sent(), ["move"]);
}

#[test]
fn resuming_prepares_anew_what_is_proven_absent() {
    for class in [Class::State, Class::Delta] {
        let (write, attempt, script) = lost_write(class, ["absent", "absent"]);
        let resume = || run(caller(&script, TRIES).resume(&write, &attempt)).unwrap();
        assert!(matches!(resume(), Resumed::Settled(Settled::Open(_))));
        host().advance(SETTLED);
        let Resumed::Prepared(next) = resume() else {
            panic!("{class:?}: not prepared")
        };
        assert!(!next.was_sent() && next.baseline() == attempt.baseline());
        let moves = script.sent().iter().filter(|name| *name == "move").count();
        assert_eq!(moves, 1, "{class:?}: resuming sends nothing by itself");
    }
}

#[test]
fn a_keyed_write_is_sent_again_and_its_answer_settles_it() {
    for (answer, expected) in [
        (answered("done"), "done"),
        (answered("exists"), "exists"),
        (answered("no"), "refused"),
        (answered("busy"), "open"),
        (lost(), "open"),
    ] {
        let write = Move::of(Class::Keyed).without_read_back();
        let script = Script::new([lost(), answer]);
        let attempt = prepare(&script, &write);
        assert!(send(&script, &write, &attempt).is_err());
        assert!(!settle(&script, &write, &attempt).is_settled());
        let resumed = run(caller(&script, TRIES).resume(&write, &attempt)).unwrap();
        let Resumed::Settled(settled) = resumed else {
            panic!("{expected}")
        };
        let name = match &settled {
            Settled::Done(Some(_)) => "done",
            Settled::Exists => "exists",
            Settled::Refused(_) => "refused",
            Settled::Open(open) => {
                assert_eq!(open.next_step(), NextStep::SendAgain);
                "open"
            }
            _ => "other",
        };
        assert_eq!(name, expected);
        assert_eq!(script.sent(), ["move", "move"]);
    }
}

#[test]
fn a_key_that_is_taken_on_a_first_try_is_a_refusal() {
    let write = Move::of(Class::Keyed).without_read_back();
    let script = Script::new([answered("exists")]);
    let attempt = prepare(&script, &write);
    let failed = send(&script, &write, &attempt).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    // Without an attempt nobody knows whether it is the first.
    let script = Script::new([answered("exists")]);
    let error = run(caller(&script, TRIES).call(&write)).unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
}

#[test]
fn resuming_a_keyed_write_that_was_not_sent_is_its_first_try() {
    let write = Move::of(Class::Keyed).without_read_back();
    let script = Script::new([answered("exists")]);
    let attempt = prepare(&script, &write);
    let resumed = run(caller(&script, TRIES).resume(&write, &attempt)).unwrap();
    assert!(
        matches!(resumed, Resumed::Settled(Settled::Refused(_))),
        "{resumed:?}"
    );
    assert!(attempt.was_sent());
    // Read back from a store, it may have been sent.
    let stored = serde_json::to_string(&attempt).unwrap();
    let attempt: Attempt = serde_json::from_str(&stored).unwrap();
    let script = Script::new([answered("exists")]);
    let resumed = run(caller(&script, TRIES).resume(&write, &attempt)).unwrap();
    assert!(matches!(resumed, Resumed::Settled(Settled::Exists)));
}

#[test]
fn resuming_what_was_never_sent_reads_its_baseline_anew() {
    let write = Move::of(Class::Delta);
    let script = Script::new([answered("odd"), answered("present"), answered("done")]);
    let attempt = prepare(&script, &write);
    let Ok(Resumed::Prepared(next)) = run(caller(&script, TRIES).resume(&write, &attempt)) else {
        panic!("not prepared")
    };
    assert_ne!(next.baseline(), attempt.baseline());
    assert!(
        send(&script, &write, &attempt).is_err(),
        "the old one is used up"
    );
    assert!(send(&script, &write, &next).is_ok());
    assert_eq!(script.sent(), ["ask", "ask", "move"]);
}
