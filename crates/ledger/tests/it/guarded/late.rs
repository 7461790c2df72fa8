//! Answers that come after another program has gone on.

use std::time::Duration;

use kervan_core::Class;
use kervan_ledger::{Entry, Plan, Resolution, State};

use super::frozen::{hold, resend_and_stand_still, sending_of, stand_still};
use super::script;
use crate::provider::{Move, Script, host, run};
use crate::support::{Faulty, SETTLED, answered, client, entry, key, lost, plan, program, write};

/// The first program is suspended between its last check and the answer; another one goes on meanwhile.
#[test]
fn a_late_answer_counts_for_its_own_try_and_is_listed_for_another() {
    for (class, was_resent, expected) in [
        (Class::Delta, false, State::Done),
        (Class::Delta, true, State::NeedsAPerson),
        (Class::State, true, State::Done),
    ] {
        let store = Faulty::default();
        let ledger = program(&store);
        let first = script(class, [lost()]);
        let held = hold(&ledger, class);
        // The entry as the first program has it in its hand while it is sending.
        let sending = sending_of(&ledger, &first, class, held);
        host().advance(Duration::from_secs(90));
        let second = if was_resent {
            host().advance(SETTLED);
            let absent = if class == Class::Delta {
                "odd"
            } else {
                "absent"
            };
            Script::new([answered(absent), lost()])
        } else {
            Script::new([answered("failed-question")])
        };
        let _ = write(&program(&store), &second, &Move::of(class));
        let stored = entry(&store);
        assert_eq!(stored.state, State::Unknown, "{class:?}");
        assert_eq!(stored.tries, if was_resent { 2 } else { 1 });
        let result = sending.answer();
        assert_eq!(
            entry(&store).state,
            expected,
            "{class:?} {was_resent}: {result}"
        );
    }
}

#[test]
fn two_answers_of_success_to_a_delta_go_to_a_person_in_either_order() {
    for first_is_first in [true, false] {
        let store = Faulty::default();
        let first = stand_still(&store, Class::Delta);
        let second = resend_and_stand_still(&store);
        assert_eq!(entry(&store).tries, 2);
        if first_is_first {
            first.answer();
            second.answer();
        } else {
            second.answer();
            first.answer();
        }
        let twice = entry(&store);
        assert_eq!(twice.state, State::NeedsAPerson, "{first_is_first}");
        assert_eq!(twice.why.unwrap().kind, "late_answer");
    }
}

#[test]
fn a_late_answer_to_earlier_contents_does_not_count_for_later_ones() {
    for class in [Class::State, Class::Keyed] {
        let store = Faulty::default();
        let first = stand_still(&store, class);
        let ledger = program(&store);
        let question = [answered("failed-question"), lost()];
        write(&ledger, &Script::new(question), &Move::of(class)).unwrap_err();
        run(ledger.resolve(&entry(&store), "Ayşe", Resolution::NotDone, None)).unwrap();
        let mut corrected = Move::of(class);
        corrected.to = "B";
        write(&ledger, &Script::new([lost()]), &corrected).unwrap_err();
        assert_eq!(entry(&store).revision, 2);
        let result = first.answer();
        assert_eq!(entry(&store).state, State::NeedsAPerson, "{result}");
    }
}

#[test]
fn a_late_answer_to_what_was_shown_changes_nothing_of_the_shop_again() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::State);
    let along = |entry: &Entry, _: Option<&_>| entry.state.is_done().then(|| store.mark());
    let script = Script::new([answered("wanted")]);
    let write_it = Move::of(Class::State);
    run(program(&store).write_along(&client(&script), plan("1"), &write_it, &along)).unwrap();
    assert_eq!((entry(&store).state, store.marks()), (State::InState, 1));
    first.answer();
    assert_eq!((entry(&store).state, store.marks()), (State::Done, 1));
}

#[test]
fn a_late_answer_is_stored_though_another_program_changes_the_write_meanwhile() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::State);
    let question = Script::new([answered("failed-question")]);
    write(&program(&store), &question, &Move::of(Class::State)).unwrap_err();
    store.race();
    let result = first.answer();
    assert_eq!(
        (entry(&store).state, store.marks()),
        (State::Done, 1),
        "{result}"
    );
}

#[test]
fn a_late_answer_beside_another_open_write_is_not_passed_over_in_silence() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::Delta);
    let ledger = program(&store);
    let question = Script::new([answered("failed-question")]);
    write(&ledger, &question, &Move::of(Class::Delta)).unwrap_err();
    run(ledger.resolve(&entry(&store), "Ayşe", Resolution::NotDone, None)).unwrap();
    let other = script(Class::Delta, [lost()]);
    let plan = Plan::new(key("2"), "order 1");
    run(ledger.write(&client(&other), plan, &Move::of(Class::Delta))).unwrap_err();
    let result = first.answer();
    assert!(result.contains("NotRecorded"), "{result}");
    assert!(
        result.contains("order 1") && result.contains("another write"),
        "{result}"
    );
}

#[test]
fn a_late_refusal_is_left_to_the_program_that_went_on() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::Delta);
    let second = resend_and_stand_still(&store);
    let before = entry(&store);
    let result = first.answer_with("no");
    assert!(result.contains("Overtaken"), "{result}");
    assert_eq!((entry(&store), store.marks()), (before, 0));
    second.answer();
    assert_eq!((entry(&store).state, store.marks()), (State::Done, 1));
}

#[test]
fn a_late_answer_to_a_state_that_is_done_changes_nothing() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::State);
    host().advance(SETTLED);
    let second = Script::new([answered("absent"), answered("done")]);
    write(&program(&store), &second, &Move::of(Class::State)).unwrap();
    let before = entry(&store);
    let result = first.answer();
    assert!(result.contains("Ok("), "{result}");
    assert_eq!((entry(&store), store.marks()), (before, 0));
}
