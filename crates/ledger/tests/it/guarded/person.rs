//! Writes that no call settles, and the person who looks.

use std::time::Duration;

use kervan_core::{Class, NextStep, Outcome};
use kervan_ledger::{Entry, Plan, Resolution, State, WriteError};

use super::frozen::{resend_and_stand_still, stand_still};
use super::sent;
use crate::provider::{Move, Script, host, run};
use crate::support::{Faulty, SETTLED, answered, client, entry, key, lost, program, write};

#[test]
fn a_charge_that_is_not_found_is_never_sent_again_and_goes_to_a_person() {
    let store = Faulty::default();
    let script = Script::new([
        lost(),
        answered("absent"),
        answered("absent"),
        answered("absent"),
    ]);
    let ledger = program(&store).patience(Duration::from_secs(3600));
    let charge = Move::of(Class::Charge);
    write(&ledger, &script, &charge).unwrap_err();
    for (wait, state) in [
        (SETTLED, State::Unknown),
        (SETTLED, State::Unknown),
        (Duration::from_secs(3600), State::NeedsAPerson),
    ] {
        host().advance(wait);
        let open = write(&ledger, &script, &charge).unwrap_err();
        assert!(matches!(open, WriteError::Open(..)), "{open:?}");
        assert_eq!(entry(&store).state, state);
    }
    assert_eq!(sent(&script), 1);
    let needs = entry(&store);
    assert_eq!((needs.next_step(), needs.due), (NextStep::AskAPerson, None));
    let along = store.mark();
    let resolved = run(ledger.resolve(&needs, "Ayşe", Resolution::NotDone, Some(along))).unwrap();
    assert_eq!((resolved.state, store.marks()), (State::ResolvedNotDone, 1));
    let again = run(ledger.resolve(&needs, "Mehmet", Resolution::Done, None));
    assert!(again.is_err(), "it was resolved by somebody else");
}

/// Whoever starts anew because of this refusal, under another key, charges the customer twice.
#[test]
fn money_for_what_is_paid_already_comes_to_a_person_and_keeps_its_object() {
    for class in [Class::Charge, Class::Start] {
        let (store, script) = (Faulty::default(), Script::new([answered("exists")]));
        let ledger = program(&store);
        let open = write(&ledger, &script, &Move::of(class)).unwrap_err();
        assert!(matches!(open, WriteError::Open(_, Some(_))), "{open:?}");
        assert_eq!(open.next_step(), NextStep::AskAPerson, "{class:?}");
        let anew = Plan::new(key("2"), "order 1");
        let anew = run(ledger.write(&client(&script), anew, &Move::of(class)));
        assert!(matches!(anew, Err(WriteError::Taken(_))), "{class:?}");
        assert_eq!(sent(&script), 1, "{class:?}");
    }
}

#[test]
fn a_start_whose_answer_is_lost_is_abandoned_and_frees_its_object() {
    let (store, script) = (Faulty::default(), Script::new([lost(), answered("done")]));
    let ledger = program(&store);
    let failed = write(&ledger, &script, &Move::of(Class::Start)).unwrap_err();
    assert!(matches!(failed, WriteError::Abandoned(..)), "{failed:?}");
    assert_eq!(failed.next_step(), NextStep::StartAnew);
    assert_eq!(failed.outcome(), Outcome::Unknown);
    let anew = run(ledger.write(
        &client(&script),
        Plan::new(key("2"), "order 1"),
        &Move::of(Class::Start),
    ));
    assert_eq!(anew.unwrap().entry.state, State::Done);
}

#[test]
fn a_second_click_does_not_decide_for_a_person() {
    let store = Faulty::default();
    let first = stand_still(&store, Class::Delta);
    let second = resend_and_stand_still(&store);
    first.answer();
    drop(second);
    let before = entry(&store);
    assert_eq!((before.state, before.due), (State::NeedsAPerson, None));
    let empty = Script::new([]);
    let open = write(&program(&store), &empty, &Move::of(Class::Delta)).unwrap_err();
    assert!(matches!(open, WriteError::Open(..)), "{open:?}");
    assert_eq!(open.next_step(), NextStep::AskAPerson);
    assert!(run(program(&store).hold(&before)).is_err());
    assert_eq!(entry(&store), before, "a person can still resolve it");
}

#[test]
fn a_write_that_a_person_saw_was_not_done_goes_out_again_as_it_is() {
    let store = Faulty::default();
    let ledger = program(&store);
    let charge = Move::of(Class::Charge);
    write(&ledger, &Script::new([lost()]), &charge).unwrap_err();
    let resolved = run(ledger.resolve(&entry(&store), "Ayşe", Resolution::NotDone, None)).unwrap();
    assert_eq!(resolved.next_step(), NextStep::SendAgain);
    let again = Script::new([answered("done")]);
    let written = write(&ledger, &again, &charge).unwrap();
    assert_eq!(
        (written.entry.state, written.entry.revision),
        (State::Done, 2)
    );
    assert_eq!(sent(&again), 1);
}

#[test]
fn a_person_waits_for_a_worker() {
    let store = Faulty::default();
    let ledger = program(&store);
    write(&ledger, &Script::new([lost()]), &Move::of(Class::Charge)).unwrap_err();
    let held = run(ledger.hold(&entry(&store))).unwrap();
    let resolve = |of: &Entry| run(ledger.resolve(of, "Ayşe", Resolution::NotDone, None));
    assert!(resolve(held.entry()).is_err(), "it may be sent now");
    assert_eq!(entry(&store).state, State::Unknown);
    host().advance(Duration::from_secs(4 * 60));
    assert!(resolve(held.entry()).is_ok(), "its program has died");
}
