//! What becomes of a write whose outcome is unknown, by its class and by the time that has passed.

use std::time::{Duration, SystemTime};

use kervan_core::{
    Attempt, Caller, Class, Config, Error, Failed, Host, NextStep, Outcome, Resumed, Retry, Sent,
    Settled, TransportKind, Why,
};

use crate::provider::{Move, No, Script, Shop, host, run};
use crate::{answered, caller, lost};

const TRIES: u32 = 1;
/// The settling time, and the time within which an attempt may be sent.
const SETTLED: Duration = Duration::from_secs(600 + 60);

fn prepare(script: &Script, write: &Move) -> Attempt {
    run(caller(script, TRIES).prepare(write)).unwrap()
}

fn send(script: &Script, write: &Move, attempt: &Attempt) -> Result<String, Failed<No>> {
    run(caller(script, TRIES).send(write, attempt))
}

fn settle(script: &Script, write: &Move, attempt: &Attempt) -> Settled<String, No> {
    run(caller(script, TRIES).settle(write, attempt))
}

/// A write of a class whose answer was lost, and what answers the questions about it.
fn lost_write(
    class: Class,
    questions: impl IntoIterator<Item = &'static str>,
) -> (Move, Attempt, Script) {
    let write = Move::of(class);
    let before = (class == Class::Delta).then(|| answered("odd"));
    let questions = questions.into_iter().map(answered);
    let script = Script::new(before.into_iter().chain([lost()]).chain(questions));
    let attempt = prepare(&script, &write);
    let failed = send(&script, &write, &attempt).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::Unknown);
    assert_eq!(failed.attempt.as_deref(), Some(&attempt));
    (write, attempt, script)
}

#[test]
fn absence_proves_nothing_before_the_settling_time() {
    for class in [Class::State, Class::Delta] {
        let (write, attempt, script) = lost_write(class, ["absent", "absent", "absent"]);
        let start = host().now();
        let Settled::Open(open) = settle(&script, &write, &attempt) else {
            panic!("{class:?}: settled at once")
        };
        assert!(matches!(open.why, Why::TooEarly), "{class:?}");
        assert_eq!(open.ask_again_at, Some(start + SETTLED));
        assert_eq!(
            open.next_step(),
            NextStep::AskAgain {
                at: Some(start + SETTLED)
            }
        );
        host().advance(SETTLED.saturating_sub(Duration::from_millis(1)));
        assert!(!settle(&script, &write, &attempt).is_settled(), "{class:?}");
        host().advance(Duration::from_millis(1));
        let settled = settle(&script, &write, &attempt);
        assert!(matches!(settled, Settled::NotDone), "{class:?}");
        assert_eq!(settled.next_step(), NextStep::SendAgain);
    }
}

#[test]
fn a_clock_that_was_moved_proves_nothing() {
    let (write, attempt, script) = lost_write(Class::State, ["absent", "absent"]);
    host().set_wall(host().now() + SETTLED * 100);
    assert!(!settle(&script, &write, &attempt).is_settled(), "set ahead");
    host().set_wall(SystemTime::UNIX_EPOCH);
    host().advance(SETTLED / 2);
    assert!(!settle(&script, &write, &attempt).is_settled(), "set back");
}

#[test]
fn the_baseline_is_absence_too() {
    let (write, attempt, script) = lost_write(Class::Delta, ["odd", "odd", "present"]);
    assert!(!settle(&script, &write, &attempt).is_settled());
    host().advance(SETTLED);
    assert!(matches!(
        settle(&script, &write, &attempt),
        Settled::NotDone
    ));
    assert!(matches!(
        settle(&script, &write, &attempt),
        Settled::Done(None)
    ));
}

#[test]
fn what_is_not_found_of_a_charge_or_a_start_stays_open() {
    for (class, step) in [
        (Class::Charge, NextStep::AskAgain { at: None }),
        (Class::Start, NextStep::StartAnew),
    ] {
        let (write, attempt, script) = lost_write(class, ["absent", "absent"]);
        host().advance(SETTLED * 1000);
        let settled = settle(&script, &write, &attempt);
        assert_eq!(settled.next_step(), step, "{class:?}");
        let resumed = run(caller(&script, TRIES).resume(&write, &attempt));
        let Ok(Resumed::Settled(Settled::Open(open))) = resumed else {
            panic!("{class:?}")
        };
        assert!(matches!(open.why, Why::NotFound), "{class:?}");
        assert_eq!(
            script.sent(),
            ["move", "ask", "ask"],
            "{class:?}: sent once"
        );
    }
}

#[test]
fn the_state_is_ours_or_anybodys() {
    let (write, attempt, script) = lost_write(Class::State, ["present", "wanted", "failed", "odd"]);
    let next = || settle(&script, &write, &attempt);
    assert!(matches!(next(), Settled::Done(None)));
    assert!(matches!(next(), Settled::InState));
    assert!(matches!(next(), Settled::Refused(_)));
    let Settled::Open(open) = next() else {
        panic!("decided by an odd answer")
    };
    assert!(matches!(open.why, Why::Unclear));
    assert_eq!(
        open.to_string(),
        "the answer does not settle it; it may have happened"
    );
}

#[test]
fn the_answer_to_a_second_question_decides() {
    let words = ["ask-more", "wanted", "ask-more", "ask-more", "absent"];
    let (write, attempt, script) = lost_write(Class::State, words);
    let next = || settle(&script, &write, &attempt);
    assert!(matches!(next(), Settled::InState));
    let Settled::Open(open) = next() else {
        panic!("a third question")
    };
    assert!(matches!(open.why, Why::Unclear));
    let Settled::Open(open) = next() else {
        panic!("settled at once")
    };
    assert!(matches!(open.why, Why::TooEarly));
    assert_eq!(script.sent(), ["move", "ask", "more", "ask", "more", "ask"]);
}

#[test]
fn an_error_names_the_question_that_failed() {
    let write = Move::of(Class::State);
    let broken = Err(TransportKind::Connect);
    let script = Script::new([lost(), answered("ask-more"), broken]);
    let attempt = prepare(&script, &write);
    assert!(send(&script, &write, &attempt).is_err());
    let Settled::Open(open) = settle(&script, &write, &attempt) else {
        panic!("settled by nothing")
    };
    let Why::Failed(error) = open.why else {
        panic!("the second question failed")
    };
    assert!(error.to_string().contains("`more`"), "{error}");
}

#[test]
fn a_question_that_fails_leaves_it_open() {
    let write = Move::of(Class::State);
    let script = Script::new([lost(), Err(TransportKind::Connect)]);
    let attempt = prepare(&script, &write);
    assert!(send(&script, &write, &attempt).is_err());
    host().advance(SETTLED);
    let Settled::Open(open) = settle(&script, &write, &attempt) else {
        panic!("settled by nothing")
    };
    assert!(matches!(open.why, Why::Failed(Error::Transport(_))));
}

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
    let newer = Caller::new(Shop("shop/2"), config, script.clone(), host());
    let settled = run(newer.settle(&write, &attempt));
    assert!(matches!(settled, Settled::InState));
}

#[test]
fn a_request_that_breaks_a_rule_by_now_is_still_settled() {
    let write = Move::of(Class::State).due(host().now() + Attempt::FRESH);
    let script = Script::new([lost(), answered("wanted"), answered("absent")]);
    let (sent, unsent) = (prepare(&script, &write), prepare(&script, &write));
    assert!(send(&script, &write, &sent).is_err());
    host().advance(Attempt::FRESH);
    let again = |attempt| send(&script, &write, attempt).unwrap_err().outcome();
    assert_eq!(again(&sent), Outcome::Unknown);
    assert_eq!(again(&unsent), Outcome::NotDone);
    assert!(matches!(settle(&script, &write, &sent), Settled::InState));
    host().advance(SETTLED);
    let resumed = run(caller(&script, TRIES).resume(&write, &sent));
    assert!(matches!(resumed, Ok(Resumed::Prepared(_))), "{resumed:?}");
    assert_eq!(script.sent(), ["move", "ask", "ask"]);
}

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
fn send_or_settle_sends_a_keyed_write_until_it_is_answered() {
    let write = Move::of(Class::Keyed).without_read_back();
    let script = Script::new([lost(), lost(), answered("exists")]);
    let sent = run(caller(&script, 2).send_or_settle(&write)).unwrap();
    assert_eq!(sent, Sent::Exists);
    assert_eq!(script.sent(), ["move", "move", "move"]);
}

#[test]
fn writes_and_what_settles_them_use_fresh_connections() {
    use kervan_core::Connection;

    let (write, attempt, script) = lost_write(Class::State, ["present"]);
    assert!(settle(&script, &write, &attempt).is_settled());
    let used: Vec<_> = script
        .limits()
        .iter()
        .map(|limits| limits.connection)
        .collect();
    assert_eq!(used, [Connection::Fresh, Connection::Fresh]);
    let script = Script::new([answered("yes")]);
    run(caller(&script, 1).call(&crate::provider::Ask::Whether)).unwrap();
    assert_eq!(script.limits()[0].connection, Connection::Any);
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

#[test]
fn a_delta_that_notes_nothing_before_it_is_never_sent() {
    let write = Move::of(Class::Delta).unwatched();
    let script = Script::new([answered("odd")]);
    let error = run(caller(&script, TRIES).prepare(&write)).unwrap_err();
    assert_eq!(error.report().code.as_deref(), Some("unprepared"));
    assert_eq!(script.sent(), ["ask"]);
}

#[test]
fn each_class_that_stays_open_has_its_next_step() {
    for (class, expected) in [
        (Class::State, NextStep::AskAgain { at: None }),
        (Class::Charge, NextStep::AskAgain { at: None }),
        (Class::Start, NextStep::StartAnew),
        (Class::Keyed, NextStep::SendAgain),
        (Class::Blind, NextStep::AskAPerson),
    ] {
        let write = Move::of(class).without_read_back();
        let script = Script::new([lost()]);
        let attempt = prepare(&script, &write);
        assert!(send(&script, &write, &attempt).is_err());
        let Settled::Open(open) = settle(&script, &write, &attempt) else {
            panic!("{class:?}: settled")
        };
        assert!(matches!(open.why, Why::NoReadBack));
        assert_eq!(open.next_step(), expected, "{class:?}");
    }
}

#[test]
fn send_or_settle_waits_before_it_asks() {
    let write = Move::of(Class::State);
    let script = Script::new([lost(), answered("odd"), answered("present")]);
    run(caller(&script, 2).send_or_settle(&write)).unwrap();
    assert!(host().steady() > Duration::ZERO);
    assert_eq!(script.sent(), ["move", "ask", "ask"]);
}
