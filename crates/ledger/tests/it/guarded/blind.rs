//! Writes of which nothing can be read back: sent once, and then a person looks.

use kervan_core::{Class, NextStep, Outcome, TransportKind};
use kervan_ledger::{Resolution, State, Worker, WriteError};
use kervan_settling::Blind;

use super::sent;
use crate::provider::{Move, Script, host, run};
use crate::support::{Faulty, answered, client, entry, lost, plan, program};

fn blind() -> Blind<Move> {
    Blind::new(Move::of(Class::Blind))
}

/// Lets a worker go on for as long as it likes.
fn work(store: &Faulty, script: &Script) {
    let ledger = program(store);
    let (of_step, script) = (ledger.clone(), script.clone());
    let worker = Worker::new(ledger).on("move", move |held| {
        let (ledger, script) = (of_step.clone(), script.clone());
        async move {
            let nothing = |_: &_, _: Option<&_>| None;
            let _ = ledger
                .go_on(&client(&script), held, &blind(), &nothing)
                .await;
        }
    });
    for _ in 0..20 {
        while run(worker.step()).unwrap() {}
        host().advance(crate::support::SETTLED);
    }
}

#[test]
fn it_is_done_when_its_answer_says_so() {
    let (store, script) = (Faulty::default(), Script::new([answered("done")]));
    let written = run(program(&store).write(&client(&script), plan("1"), &blind())).unwrap();
    assert_eq!(written.entry.state, State::Done);
    let again = run(program(&store).write(&client(&script), plan("1"), &blind())).unwrap();
    assert!(again.answer.is_none(), "it was done before");
    assert_eq!(sent(&script), 1);
}

#[test]
fn a_lost_answer_brings_a_person_and_no_second_try() {
    let (store, script) = (Faulty::default(), Script::new([lost(), answered("done")]));
    let open = run(program(&store).write(&client(&script), plan("1"), &blind())).unwrap_err();
    assert_eq!(open.outcome(), Outcome::Unknown);
    work(&store, &script);
    let after = entry(&store);
    assert_eq!(after.state, State::NeedsAPerson, "{:?}", after.why);
    assert_eq!(after.next_step(), NextStep::AskAPerson);
    assert_eq!(sent(&script), 1);
    // The person saw that it did not happen, and the shop sends it again.
    let ledger = program(&store);
    run(ledger.resolve(&after, "Ayşe", Resolution::NotDone, None)).unwrap();
    let written = run(ledger.write(&client(&script), plan("1"), &blind())).unwrap();
    assert_eq!(
        (written.entry.state, written.entry.revision),
        (State::Done, 2)
    );
}

#[test]
fn a_program_that_dies_while_it_sends_leaves_it_to_a_person() {
    let (store, script) = (Faulty::default(), Script::new([answered("done")]));
    // Its result cannot be stored, as if it had died.
    store.fail_after(2);
    let failed = run(program(&store).write(&client(&script), plan("1"), &blind())).unwrap_err();
    assert!(
        matches!(failed, WriteError::NotRecorded { .. }),
        "{failed:?}"
    );
    store.heal();
    assert_eq!(entry(&store).state, State::Sending);
    work(&store, &script);
    assert_eq!(entry(&store).state, State::NeedsAPerson);
    assert_eq!(sent(&script), 1);
}

#[test]
fn it_is_sent_again_when_nothing_has_left_the_machine() {
    let lines = [Err(TransportKind::Connect), answered("done")];
    let (store, script) = (Faulty::default(), Script::new(lines));
    let failed = run(program(&store).write(&client(&script), plan("1"), &blind())).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone, "{failed:?}");
    work(&store, &script);
    assert_eq!(entry(&store).state, State::Done);
}
