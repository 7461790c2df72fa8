//! The moments at which a write is stored: before a byte leaves, and after an answer, a death or a store that
//! fails.

use std::time::Duration;

use kervan_core::{Class, NextStep, Outcome};
use kervan_ledger::{Entry, State, Store as _, StoreErrorKind, WriteError};

use super::{CLASSES, script, sent};
use crate::provider::{Move, Script, host, run};
use crate::support::{Faulty, SETTLED, answered, client, entry, key, lost, plan, program, write};

#[test]
fn it_is_stored_as_sending_before_it_is_sent() {
    for class in CLASSES {
        let (store, script) = (Faulty::default(), script(class, [answered("done")]));
        // The entry, and then not the state.
        store.fail_after(1);
        let failed = write(&program(&store), &script, &Move::of(class)).unwrap_err();
        let WriteError::Store(error, Some(_)) = &failed else {
            panic!("{class:?}: {failed:?}")
        };
        assert_eq!(error.kind(), StoreErrorKind::Gone);
        assert_eq!(failed.outcome(), Outcome::NotDone);
        assert_eq!(sent(&script), 0, "{class:?}");
        assert_eq!(entry(&store).state, State::Prepared);
    }
}

#[test]
fn a_result_that_cannot_be_stored_is_an_error_that_says_so() {
    for (line, outcome) in [
        (answered("done"), Outcome::Unknown),
        (answered("no"), Outcome::NotDone),
        (lost(), Outcome::Unknown),
    ] {
        let store = Faulty::default();
        let script = Script::new([line]);
        store.fail_after(2);
        let failed = write(&program(&store), &script, &Move::of(Class::State)).unwrap_err();
        assert!(
            matches!(failed, WriteError::NotRecorded { .. }),
            "{failed:?}"
        );
        assert_eq!(failed.outcome(), outcome);
        assert!(matches!(
            failed.next_step(),
            NextStep::AskAgain { at: Some(_) }
        ));
        assert_eq!(entry(&store).state, State::Sending);
    }
}

/// The process dies at each change of the store; the next one goes on. Of each class that can be settled,
/// exactly one is done in the end, and nothing is sent a second time without proof.
#[test]
fn a_program_that_dies_at_any_change_leaves_a_write_that_goes_on() {
    for class in [Class::Keyed, Class::State, Class::Delta] {
        for changes in 0..3 {
            let store = Faulty::default();
            let before = || (class == Class::Delta).then(|| answered("odd"));
            let lines = before().into_iter().chain([answered("done")]);
            let first = Script::new(lines);
            store.fail_after(changes);
            let failed = write(&program(&store), &first, &Move::of(class)).unwrap_err();
            store.heal();
            // Everything that the dead program held is free again.
            host().advance(Duration::from_secs(300));
            let was_sent = sent(&first) == 1;
            assert_eq!(was_sent, changes == 2, "{class:?} {changes}: {failed}");
            let lines: Vec<_> = if was_sent {
                vec![answered("present")]
            } else {
                before().into_iter().chain([answered("done")]).collect()
            };
            let second = Script::new(lines);
            let written = write(&program(&store), &second, &Move::of(class)).unwrap();
            assert!(written.entry.state.is_done());
            assert_eq!(sent(&second), usize::from(!was_sent), "{class:?} {changes}");
        }
    }
}

#[test]
fn another_program_waits_for_the_lease_and_then_finds_it_unknown() {
    let (store, script) = (Faulty::default(), Script::new([answered("done")]));
    store.fail_after(2);
    let write_it = Move::of(Class::State);
    write(&program(&store), &script, &write_it).unwrap_err();
    store.heal();
    let empty = Script::new([]);
    let held = write(&program(&store), &empty, &write_it).unwrap_err();
    assert!(matches!(held, WriteError::Held(_)), "{held:?}");
    assert_eq!(held.outcome(), Outcome::Unknown);
    // A try takes 30 seconds, and the lease a minute more.
    host().advance(Duration::from_secs(89));
    let held = write(&program(&store), &empty, &write_it).unwrap_err();
    assert!(matches!(held, WriteError::Held(_)), "{held:?}");
    host().advance(Duration::from_secs(1));
    let script = Script::new([answered("absent")]);
    let open = write(&program(&store), &script, &write_it).unwrap_err();
    assert!(matches!(open, WriteError::Open(..)), "{open:?}");
    let history = run(program(&store).history(&key("1"))).unwrap();
    let states: Vec<_> = history.iter().map(|past| past.state).collect();
    assert_eq!(
        states,
        [
            State::Prepared,
            State::Sending,
            State::Unknown,
            State::Unknown
        ]
    );
    host().advance(SETTLED);
    let script = Script::new([answered("absent"), answered("done")]);
    let written = write(&program(&store), &script, &write_it).unwrap();
    assert_eq!((written.entry.state, written.entry.tries), (State::Done, 2));
}

#[test]
fn a_store_that_fails_does_not_say_that_an_earlier_call_has_sent_nothing() {
    let store = Faulty::default();
    write(
        &program(&store),
        &Script::new([lost()]),
        &Move::of(Class::State),
    )
    .unwrap_err();
    // Nothing at all, or the entry and not its lease.
    for changes in [0, 1] {
        store.fail_after(changes);
        let empty = Script::new([]);
        let failed = write(&program(&store), &empty, &Move::of(Class::State)).unwrap_err();
        assert!(matches!(failed, WriteError::Store(..)), "{failed:?}");
        assert_eq!(failed.outcome(), Outcome::Unknown, "{changes}");
        assert_eq!(failed.entry().is_some(), changes == 1);
    }
}

#[test]
fn a_store_that_is_slow_keeps_a_write_from_being_sent() {
    for class in CLASSES {
        let (store, script) = (Faulty::default(), script(class, []));
        store.take_seconds(61);
        let failed = write(&program(&store), &script, &Move::of(class)).unwrap_err();
        assert!(matches!(failed, WriteError::NotDone(..)), "{failed:?}");
        assert_eq!(sent(&script), 0, "{class:?}");
        assert_eq!(entry(&store).state, State::Prepared);
    }
}

/// How often a keyed write may have gone out is stored before it goes out again.
#[test]
fn the_tries_of_a_keyed_write_are_stored_before_each() {
    let store = Faulty::default();
    let keyed = Move::of(Class::Keyed).without_read_back();
    write(&program(&store), &Script::new([lost()]), &keyed).unwrap_err();
    assert_eq!(entry(&store).tries, 1);
    // The lease, and then not the result.
    store.fail_after(2);
    let again = Script::new([answered("done")]);
    let failed = write(&program(&store), &again, &keyed).unwrap_err();
    assert!(
        matches!(failed, WriteError::NotRecorded { .. }),
        "{failed:?}"
    );
    assert_eq!((sent(&again), entry(&store).tries), (1, 2));
    // Neither the lease: nothing goes out.
    host().advance(Duration::from_secs(300));
    store.fail_after(1);
    let none = Script::new([]);
    write(&program(&store), &none, &keyed).unwrap_err();
    assert_eq!(entry(&store).tries, 2);
}

#[test]
fn the_shops_own_change_is_stored_with_the_end_and_only_once() {
    let (store, script) = (
        Faulty::default(),
        Script::new([lost(), answered("present")]),
    );
    let ledger = program(&store);
    let along =
        |entry: &kervan_ledger::Entry, _: Option<&_>| entry.state.is_done().then(|| store.mark());
    let state = Move::of(Class::State);
    let go_on = || run(ledger.write_along(&client(&script), plan("1"), &state, &along));
    assert!(go_on().is_err());
    assert_eq!(store.marks(), 0);
    assert!(go_on().is_ok());
    assert!(go_on().is_ok());
    assert_eq!(store.marks(), 1);
}

/// A shop that marks an order as paid in its closure must not be asked about a write that is open.
#[test]
fn the_shop_is_asked_for_its_own_changes_at_the_end_only() {
    for (line, marks) in [
        (lost(), 0),
        (Err(kervan_core::TransportKind::Connect), 0),
        (answered("done"), 1),
        (answered("no"), 1),
    ] {
        let (store, script) = (Faulty::default(), Script::new([line]));
        let ledger = program(&store);
        let state = Move::of(Class::State);
        let always = |_: &Entry, _: Option<&_>| Some(store.mark());
        let _ = run(ledger.write_along(&client(&script), plan("1"), &state, &always));
        assert_eq!(store.marks(), marks);
    }
}

/// Else a second click, or the call itself, would hear that another program works on it.
#[test]
fn no_worker_begins_with_a_write_that_its_own_call_is_about_to_send() {
    let store = Faulty::default();
    let (ledger, worker) = (program(&store), program(&store));
    let script = Script::new([Err(kervan_core::TransportKind::Timeout)]);
    let state = Move::of(Class::State);
    let client = client(&script);
    let mut call = Box::pin(ledger.write(&client, plan("1"), &state));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(call.as_mut().poll(&mut context).is_pending());
    assert_eq!(entry(&store).state, State::Sending);
    assert!(run(worker.claim(&["move"], 9)).unwrap().is_empty());
    let first = run(store.history(&key("1"))).unwrap();
    assert_eq!(first.len(), 2, "stored, then sent");
}

/// The settling time is an assumption: the first try may happen behind it.
#[test]
fn a_refused_second_try_is_not_called_undone_before_the_state_was_looked_at() {
    for (class, before, shown, expected) in [
        (Class::State, "absent", "wanted", State::InState),
        (Class::State, "absent", "absent", State::Refused),
        (Class::Delta, "odd", "present", State::Proven),
        (Class::Delta, "odd", "odd", State::Refused),
    ] {
        let (store, script) = (Faulty::default(), script(class, [lost()]));
        write(&program(&store), &script, &Move::of(class)).unwrap_err();
        host().advance(SETTLED);
        let script = Script::new([answered(before), answered("no"), answered(shown)]);
        let _ = write(&program(&store), &script, &Move::of(class));
        assert_eq!(entry(&store).state, expected, "{class:?} {shown}");
        assert_eq!(script.sent(), ["ask", "move", "ask"]);
    }
}
