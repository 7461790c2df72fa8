//! One guarded write, in every way that it can go.

use std::time::Duration;

use kervan_core::{Class, NextStep, Outcome};
use kervan_ledger::{Entry, Plan, Resolution, State, Store as _, StoreErrorKind, WriteError};

use crate::provider::{Move, No, Script, host, run};
use crate::support::{Faulty, SETTLED, answered, client, entry, key, lost, plan, program, write};

const CLASSES: [Class; 5] = [
    Class::Keyed,
    Class::State,
    Class::Delta,
    Class::Charge,
    Class::Start,
];

/// Returns a script that also answers the question before a delta.
fn script(class: Class, lines: impl IntoIterator<Item = crate::support::Line>) -> Script {
    let before = (class == Class::Delta).then(|| answered("odd"));
    Script::new(before.into_iter().chain(lines))
}

fn sent(script: &Script) -> usize {
    script.sent().iter().filter(|call| *call == "move").count()
}

#[test]
fn a_second_call_brings_the_first_ones_result() {
    for class in CLASSES {
        let (store, script) = (Faulty::default(), script(class, [answered("done")]));
        let ledger = program(&store);
        let written = write(&ledger, &script, &Move::of(class)).unwrap();
        assert_eq!(written.entry.state, State::Done, "{class:?}");
        assert_eq!(written.answer.unwrap().value, "done");
        let again = write(&program(&store), &script, &Move::of(class)).unwrap();
        assert_eq!(
            (again.entry.state, again.answer.is_some()),
            (State::Done, false)
        );
        assert_eq!(sent(&script), 1, "{class:?}");
    }
}

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

fn host_now() -> std::time::SystemTime {
    use kervan_core::Host as _;
    host().now()
}

/// The first program stands still between its last check and the answer; another one goes on meanwhile.
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

use self::frozen::{hold, sending_of};

/// A program that stands still while it is sending.
mod frozen {
    use std::future::Future;
    use std::pin::Pin;
    use std::sync::{Arc, Mutex};
    use std::task::{Context, Waker};

    use kervan_core::transport::BoxFuture;
    use kervan_core::{
        Caller, Class, Config, HttpRequest, Limits, Reply, Retry, Transport, TransportError,
    };
    use kervan_ledger::{Entry, Held, Ledger, Store as _};
    use kervan_settling::Settler;

    use crate::provider::{Move, Script, Shop, host, run};
    use crate::support::{Faulty, client, key, plan};

    pub(super) fn hold(ledger: &Ledger<Faulty>, class: Class) -> Held {
        let entry = ledger
            .entry(&client(&Script::new([])), plan("1"), &Move::of(class))
            .unwrap();
        run(ledger.store().insert(&entry, None)).unwrap();
        let stored = run(ledger.find(&key("1"))).unwrap().unwrap();
        run(ledger.hold(&stored)).unwrap()
    }

    /// Answers the question before a delta at once, and the write when it is told to.
    #[derive(Clone)]
    struct Gate {
        before: Script,
        answer: Arc<Mutex<Option<Reply>>>,
    }

    impl Transport for Gate {
        fn send<'a>(
            &'a self,
            request: &'a HttpRequest,
            limits: Limits,
        ) -> BoxFuture<'a, Result<Reply, TransportError>> {
            if !request.url.path().ends_with("move") {
                return self.before.send(request, limits);
            }
            Box::pin(std::future::poll_fn(|_| {
                match self.answer.lock().unwrap().take() {
                    Some(reply) => std::task::Poll::Ready(Ok(reply)),
                    None => std::task::Poll::Pending,
                }
            }))
        }
    }

    pub(super) struct Frozen {
        future: Pin<Box<dyn Future<Output = String>>>,
        answer: Arc<Mutex<Option<Reply>>>,
    }

    impl Frozen {
        /// The answer comes, and the program goes on.
        pub(super) fn answer(self) -> String {
            self.answer_with("done")
        }

        pub(super) fn answer_with(mut self, word: &str) -> String {
            let reply = Reply::new(200, Vec::new(), word.as_bytes().to_vec());
            *self.answer.lock().unwrap() = Some(reply);
            let mut context = Context::from_waker(Waker::noop());
            match self.future.as_mut().poll(&mut context) {
                std::task::Poll::Ready(result) => result,
                std::task::Poll::Pending => panic!("it still waits"),
            }
        }
    }

    pub(super) fn sending_of(
        ledger: &Ledger<Faulty>,
        before: &Script,
        class: Class,
        held: Held,
    ) -> Frozen {
        let answer = Arc::new(Mutex::new(None));
        let gate = Gate {
            before: before.clone(),
            answer: Arc::clone(&answer),
        };
        let config = Config::default().retry(Retry::never());
        let slow = Settler::new(Caller::new(Shop::default(), config, gate, host()));
        let ledger = ledger.clone();
        let mut future: Pin<Box<dyn Future<Output = String>>> = Box::pin(async move {
            let along = |entry: &Entry, _: Option<&_>| {
                let is_done = entry.state.is_done();
                is_done.then(|| ledger.store().mark())
            };
            let result = ledger.go_on(&slow, held, &Move::of(class), &along).await;
            format!("{result:?}")
        });
        let mut context = Context::from_waker(Waker::noop());
        assert!(future.as_mut().poll(&mut context).is_pending());
        Frozen { future, answer }
    }
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

/// A program stands still while it sends; its write is as another one left it.
fn stand_still(store: &Faulty, class: Class) -> frozen::Frozen {
    let ledger = program(store);
    let held = hold(&ledger, class);
    let sending = sending_of(&ledger, &script(class, [lost()]), class, held);
    // Its lease ends.
    host().advance(Duration::from_secs(90));
    sending
}

/// Another program sends the write a second time and stands still, too.
fn resend_and_stand_still(store: &Faulty) -> frozen::Frozen {
    host().advance(SETTLED);
    let ledger = program(store);
    let held = run(ledger.hold(&entry(store))).unwrap();
    let absent = Script::new([answered("odd")]);
    sending_of(&ledger, &absent, Class::Delta, held)
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
