//! Other contents under a key, and other writes of an object.

use std::time::Duration;

use kervan_core::{Class, NextStep, Outcome};
use kervan_ledger::{Plan, State, WriteError};

use super::frozen::hold;
use super::{host_now, sent};
use crate::provider::{Move, No, Script, host, run};
use crate::support::{Faulty, answered, client, entry, key, lost, plan, program, write};

#[test]
fn other_contents_under_a_key_are_refused_while_it_may_have_happened() {
    let mut changed = Move::of(Class::State);
    changed.to = "B";
    for (lines, state) in [
        (vec![answered("done")], State::Done),
        (vec![lost()], State::Unknown),
    ] {
        let (store, script) = (Faulty::default(), Script::new(lines));
        let _ = write(&program(&store), &script, &Move::of(Class::State));
        assert_eq!(entry(&store).state, state);
        let failed = write(&program(&store), &script, &changed).unwrap_err();
        assert!(matches!(failed, WriteError::OtherContents(_)), "{failed:?}");
        assert_eq!(failed.next_step(), NextStep::Correct);
        assert_eq!(sent(&script), 1);
    }
}

#[test]
fn a_refused_write_is_corrected_under_its_key_and_its_history_is_kept() {
    let (store, script) = (
        Faulty::default(),
        Script::new([answered("no"), answered("done")]),
    );
    let ledger = program(&store);
    let refused = write(&ledger, &script, &Move::of(Class::Keyed)).unwrap_err();
    assert!(
        matches!(&refused, WriteError::Refused(_, Some(_))),
        "{refused:?}"
    );
    assert_eq!(refused.next_step(), NextStep::Correct);
    assert!(
        refused.to_string().contains("the shop said no"),
        "{refused}"
    );
    // The same again is refused without being sent.
    let again = write(&ledger, &script, &Move::of(Class::Keyed)).unwrap_err();
    assert!(matches!(&again, WriteError::Refused(_, None)), "{again:?}");
    assert_eq!(sent(&script), 1);
    let mut corrected = Move::of(Class::Keyed);
    corrected.to = "B";
    let written = write(&ledger, &script, &corrected).unwrap();
    assert_eq!(
        (written.entry.state, written.entry.revision),
        (State::Done, 2)
    );
    let history = run(ledger.history(&key("1"))).unwrap();
    let refused: Vec<_> = history
        .iter()
        .filter(|past| past.state == State::Refused)
        .collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].revision, 1);
    assert_eq!(refused[0].why.as_ref().unwrap().to_string(), "rejected no");
}

#[test]
fn a_second_write_of_an_open_object_is_refused_with_the_first_named() {
    let (store, script) = (Faulty::default(), Script::new([lost()]));
    let ledger = program(&store);
    write(&ledger, &script, &Move::of(Class::State)).unwrap_err();
    let second = run(ledger.write(
        &client(&script),
        Plan::new(key("2"), "order 1"),
        &Move::of(Class::State),
    ));
    let Err(WriteError::Taken(first)) = second else {
        panic!("{second:?}")
    };
    assert_eq!(first.key, key("1"));
    assert_eq!(run(ledger.find(&key("2"))).unwrap(), None);
    let other = Script::new([answered("done")]);
    let plan = Plan::new(key("2"), "order 2");
    run(ledger.write(&client(&other), plan, &Move::of(Class::State))).unwrap();
}

#[test]
fn a_corrected_write_of_an_object_that_another_has_taken_names_that_one() {
    let store = Faulty::default();
    let ledger = program(&store);
    let no = Script::new([answered("no")]);
    write(&ledger, &no, &Move::of(Class::State)).unwrap_err();
    let second = Plan::new(key("2"), "order 1");
    let lost = Script::new([lost()]);
    run(ledger.write(&client(&lost), second, &Move::of(Class::State))).unwrap_err();
    let mut corrected = Move::of(Class::State);
    corrected.to = "B";
    let taken = write(&ledger, &Script::new([]), &corrected).unwrap_err();
    let WriteError::Taken(first) = &taken else {
        panic!("{taken:?}")
    };
    assert_eq!(first.key, key("2"));
    assert_eq!(taken.outcome(), Outcome::NotDone);
    assert_eq!(entry(&store).state, State::Refused);
}

#[test]
fn a_write_that_breaks_a_rule_is_refused_before_anything_is_sent() {
    let (store, script) = (Faulty::default(), Script::new([]));
    let late = Move::of(Class::State).due(host_now());
    let failed: Result<_, WriteError<No>> = write(&program(&store), &script, &late);
    let Err(WriteError::Refused(refused, Some(_))) = failed else {
        panic!("{failed:?}")
    };
    assert_eq!(refused.why.as_ref().unwrap().kind, "invalid");
    assert!(script.sent().is_empty());
}

#[test]
fn a_new_password_does_not_make_it_another_write() {
    let (store, script) = (Faulty::default(), Script::new([lost()]));
    write(&program(&store), &script, &Move::of(Class::State)).unwrap_err();
    let before = entry(&store).contents;
    let other_key = kervan_ledger::ContentsKey::new([8; 32]);
    let other = kervan_ledger::Ledger::new(Faulty::default(), host(), other_key);
    let entry = other
        .entry(&client(&script), plan("1"), &Move::of(Class::State))
        .unwrap();
    assert_ne!(entry.contents, before, "the hash has a key");
    let same = program(&store).entry(&client(&script), plan("1"), &Move::of(Class::State));
    assert_eq!(same.unwrap().contents, before);
    assert_eq!(before.as_str().len(), 64);
}

/// The shop changed an order whose write is open: no worker has its request any more.
#[test]
fn a_write_whose_request_is_gone_waits_longer_each_time_and_comes_to_a_person() {
    let mut changed = Move::of(Class::State);
    changed.to = "B";
    let store = Faulty::default();
    let ledger = program(&store).patience(Duration::from_secs(3600));
    write(&ledger, &Script::new([lost()]), &Move::of(Class::State)).unwrap_err();
    let empty = client(&Script::new([]));
    let go_on = || {
        let held = run(ledger.hold(&entry(&store))).unwrap();
        run(ledger.go_on(&empty, held, &changed, &|_, _| None)).unwrap_err()
    };
    let mut waits = Vec::new();
    for _ in 0..3 {
        let failed = go_on();
        assert!(matches!(failed, WriteError::OtherContents(_)), "{failed:?}");
        assert_eq!(failed.outcome(), Outcome::Unknown);
        let waiting = entry(&store);
        assert_eq!((waiting.state, waiting.holder), (State::Unknown, None));
        assert_eq!(waiting.why.unwrap().kind, "other_request");
        waits.push(waiting.due.unwrap().duration_since(host_now()).unwrap());
    }
    assert!(waits.is_sorted() && waits[0] < waits[2], "{waits:?}");
    host().advance(Duration::from_secs(3601));
    assert_eq!(go_on().next_step(), NextStep::Correct);
    assert_eq!(entry(&store).state, State::NeedsAPerson);
}

#[test]
fn a_write_that_was_not_sent_and_whose_request_is_gone_stays_unsent() {
    let store = Faulty::default();
    let ledger = program(&store);
    let held = hold(&ledger, Class::Charge);
    let mut changed = Move::of(Class::Charge);
    changed.to = "B";
    let empty = client(&Script::new([]));
    let failed = run(ledger.go_on(&empty, held, &changed, &|_, _| None)).unwrap_err();
    assert_eq!(failed.outcome(), Outcome::NotDone);
    let waiting = entry(&store);
    assert_eq!((waiting.state, waiting.holder), (State::Prepared, None));
    assert!(waiting.due.unwrap() > host_now());
}
