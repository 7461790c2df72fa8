//! Preparing, sending and settling within one run of the program.

use std::time::Duration;

use kervan_core::{Class, Config, Host as _, NextStep, Outcome, Retry};
use kervan_settling::Sent;

use crate::provider::{Move, Script, host, run};
use crate::{answered, caller, lost};

#[test]
fn send_or_settle_ends_with_what_the_read_back_proves() {
    for (question, expected) in [
        ("present", Some(Sent::Proven)),
        ("wanted", Some(Sent::InState)),
        ("absent", None),
        ("odd", None),
    ] {
        let write = Move::of(Class::State);
        let script = Script::new([lost(), answered(question)]);
        let sent = run(caller(&script, 1).send_or_settle(&write));
        match (sent, expected) {
            (Ok(sent), Some(expected)) => assert_eq!(sent, expected),
            (Err(failed), None) => {
                assert_eq!(failed.outcome(), Outcome::Unknown, "{question}");
                assert!(
                    failed.to_string().ends_with("it may have happened"),
                    "{failed}"
                );
                assert!(failed.attempt.is_some());
            }
            (sent, _) => panic!("{question}: {sent:?}"),
        }
        assert_eq!(script.sent(), ["move", "ask"], "{question}: sent once");
    }
}

#[test]
fn send_or_settle_of_a_refusal_is_the_refusal() {
    for script in [
        Script::new([answered("no")]),
        Script::new([lost(), answered("failed")]),
    ] {
        let write = Move::of(Class::State);
        let failed = run(caller(&script, 1).send_or_settle(&write)).unwrap_err();
        assert_eq!(failed.outcome(), Outcome::NotDone);
        assert_eq!(failed.next_step(), NextStep::Correct);
        assert!(failed.open.is_none());
    }
}

#[test]
fn a_settler_with_other_limits_settles_as_often_as_they_say() {
    let write = Move::of(Class::Keyed).without_read_back();
    let script = Script::new([lost(), lost(), answered("exists")]);
    let config = Config::default().retry(Retry::default().tries(1));
    let other = caller(&script, 2).with_config(config);
    let failed = run(other.send_or_settle(&write)).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert_eq!(script.sent(), ["move", "move"]);
}

#[test]
fn send_or_settle_sends_a_keyed_write_until_it_is_answered() {
    let write = Move::of(Class::Keyed).without_read_back();
    let script = Script::new([lost(), lost(), answered("exists")]);
    let sent = run(caller(&script, 2).send_or_settle(&write)).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert_eq!(script.sent(), ["move", "move", "move"]);
}

#[test]
fn send_or_settle_waits_before_it_asks() {
    let write = Move::of(Class::State);
    let script = Script::new([lost(), answered("odd"), answered("present")]);
    run(caller(&script, 2).send_or_settle(&write)).unwrap();
    assert!(host().steady() > Duration::ZERO);
    assert_eq!(script.sent(), ["move", "ask", "ask"]);
}
