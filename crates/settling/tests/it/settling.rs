//! Writes whose outcome is unknown, by their class and by the time that has passed.

mod attempts;
mod resuming;
mod send_or_settle;

use std::time::{Duration, SystemTime};

use kervan_core::{Answer, Class, Error, Host, NextStep, Outcome, TransportKind};
use kervan_settling::{Attempt, Failed, Resumed, Settled, Why};

use crate::provider::{Move, No, Script, host, run};
use crate::{answered, caller, lost};

const TRIES: u32 = 1;
/// The settling time, and the time within which an attempt may be sent.
const SETTLED: Duration = Duration::from_secs(600 + 60);

fn prepare(script: &Script, write: &Move) -> Attempt {
    run(caller(script, TRIES).prepare(write)).unwrap()
}

fn send(script: &Script, write: &Move, attempt: &Attempt) -> Result<Answer<String>, Failed<No>> {
    run(caller(script, TRIES).send(write, attempt))
}

fn settle(script: &Script, write: &Move, attempt: &Attempt) -> Settled<String, No> {
    run(caller(script, TRIES).settle(write, attempt))
}

/// Returns a write of a class whose answer was lost, and what answers the questions about it.
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
fn other_contents_under_the_key_are_never_sent_over() {
    for class in [Class::Keyed, Class::State] {
        let (write, attempt, script) = lost_write(class, ["other", "other", "other"]);
        for _ in 0..2 {
            let resumed = run(caller(&script, TRIES).resume(&write, &attempt)).unwrap();
            let Resumed::Settled(Settled::Open(open)) = resumed else {
                panic!("{class:?}: {resumed:?}")
            };
            let is_other = matches!(&open.why, Why::Other(members) if members.len() == 2);
            assert!(is_other, "{class:?}: {open:?}");
            assert_eq!(open.next_step(), NextStep::AskAPerson);
            let said = "it is there with another address, weight; it may have happened";
            assert_eq!(open.to_string(), said);
            host().advance(SETTLED);
        }
        let failed = run(caller(&script, TRIES).send(&write, &attempt));
        assert!(failed.is_err(), "{class:?}");
        // The write, and two questions.
        assert_eq!(script.limits().len(), 3, "{class:?}");
    }
}
