//! When a write goes on by itself.

use std::time::Duration;

use kervan_core::Class;
use kervan_ledger::{State, WriteError};

use super::frozen::hold;
use super::host_now;
use crate::provider::{Move, Script, host};
use crate::support::{Faulty, answered, entry, lost, program, write};

#[test]
fn what_did_not_leave_the_machine_is_tried_again_later() {
    let store = Faulty::default();
    let script = Script::new([Err(kervan_core::TransportKind::Connect), answered("done")]);
    let ledger = program(&store);
    let failed = write(&ledger, &script, &Move::of(Class::Charge)).unwrap_err();
    assert!(
        matches!(failed, WriteError::NotDone(_, Some(_))),
        "{failed:?}"
    );
    let waiting = entry(&store);
    assert_eq!((waiting.state, waiting.tries), (State::Prepared, 1));
    assert!(waiting.due.unwrap() > host_now());
    let written = write(&ledger, &script, &Move::of(Class::Charge)).unwrap();
    assert_eq!((written.entry.state, written.entry.tries), (State::Done, 2));
}

#[test]
fn a_provider_that_cannot_be_reached_is_tried_at_longer_and_longer_pauses() {
    let store = Faulty::default();
    let waits: Vec<_> = (0..4)
        .map(|_| {
            let script = Script::new([Err(kervan_core::TransportKind::Connect)]);
            write(&program(&store), &script, &Move::of(Class::Charge)).unwrap_err();
            let due = entry(&store).due.unwrap();
            due.duration_since(host_now()).unwrap()
        })
        .collect();
    assert_eq!(waits, [2, 4, 8, 16].map(Duration::from_secs));
}

#[test]
fn a_write_is_asked_about_soon_though_its_absence_proves_nothing_yet() {
    let store = Faulty::default();
    let script = Script::new([lost(), answered("absent")]);
    for wait in [2, 4] {
        write(&program(&store), &script, &Move::of(Class::State)).unwrap_err();
        let due = entry(&store).due.unwrap();
        assert_eq!(due, host_now() + Duration::from_secs(wait));
    }
}

/// A program took a write while the clock was a year ahead, and died.
#[test]
fn a_lease_of_a_clock_that_was_set_back_does_not_last() {
    let store = Faulty::default();
    let ledger = program(&store);
    let today = host_now();
    host().set_wall(today + Duration::from_secs(365 * 24 * 3600));
    drop(hold(&ledger, Class::State));
    host().set_wall(today);
    let written = write(
        &ledger,
        &Script::new([answered("done")]),
        &Move::of(Class::State),
    );
    assert_eq!(written.unwrap().entry.state, State::Done);
}
