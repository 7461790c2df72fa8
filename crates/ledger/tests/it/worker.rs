//! Workers: what is due goes on, once, by one of them.

use std::cell::Cell;
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::Duration;

use kervan_core::{Class, Host as _};
use kervan_ledger::{Ledger, Plan, State, Store as _, Worker};

use crate::provider::{Move, Script, host, run};
use crate::support::{Faulty, answered, client, entry, key, plan, program};

fn worker(ledger: &Ledger<Faulty>, script: &Script) -> Worker<Faulty> {
    let (ledger_of_step, script) = (ledger.clone(), script.clone());
    Worker::new(ledger.clone()).on("move", move |held| {
        let (ledger, script) = (ledger_of_step.clone(), script.clone());
        async move {
            let _ = ledger
                .go_on(&client(&script), held, &Move::of(Class::State), &|_, _| {
                    None
                })
                .await;
        }
    })
}

fn store_it(ledger: &Ledger<Faulty>, own: &str, object: &str) {
    let plan = Plan::new(key(own), object);
    let entry = ledger
        .entry(&client(&Script::new([])), plan, &Move::of(Class::State))
        .unwrap();
    run(ledger.store().insert(&entry, None)).unwrap();
}

#[test]
fn a_stored_write_is_sent_by_a_worker() {
    let store = Faulty::default();
    let (ledger, script) = (program(&store), Script::new([answered("done")]));
    store_it(&ledger, "1", "order 1");
    let worker = worker(&ledger, &script);
    assert!(run(worker.step()).unwrap());
    assert_eq!(entry(&store).state, State::Done);
    assert!(!run(worker.step()).unwrap(), "nothing is due");
}

#[test]
fn two_workers_share_the_writes() {
    let store = Faulty::default();
    let (one, other) = (program(&store), program(&store));
    for number in 1..=6 {
        store_it(&one, &number.to_string(), &format!("order {number}"));
    }
    let script = Script::new((0..6).map(|_| answered("done")));
    let (one, other) = (worker(&one, &script), worker(&other, &script));
    for _ in 0..3 {
        assert!(run(one.step()).unwrap() && run(other.step()).unwrap());
    }
    assert!(!run(one.step()).unwrap() && !run(other.step()).unwrap());
    assert_eq!(script.sent().len(), 6);
    assert!(run(store.open(0, 9)).unwrap().is_empty());
}

#[test]
fn kinds_without_a_step_are_left_to_others() {
    let store = Faulty::default();
    let ledger = program(&store);
    store_it(&ledger, "1", "order 1");
    let stranger = Worker::new(ledger.clone()).on("refund", |_| async { panic!("not its kind") });
    assert!(!run(stranger.step()).unwrap());
    assert_eq!(entry(&store).holder, None);
    assert!(format!("{stranger:?}").contains("refund"));
}

#[test]
fn a_worker_asks_a_store_that_failed_again_and_stops_at_once() {
    let store = Faulty::default();
    let (ledger, script) = (program(&store), Script::new([answered("done")]));
    store_it(&ledger, "1", "order 1");
    store.fail_after(0);
    let failures = Cell::new(0);
    let stop = poll_fn(|_| match entry(&store).state {
        State::Done => Poll::Ready(()),
        _ => Poll::Pending,
    });
    run(worker(&ledger, &script)
        .pause(Duration::from_secs(7))
        .run(stop, |_| {
            failures.set(failures.get() + 1);
            if failures.get() == 2 {
                store.heal();
            }
        }));
    assert_eq!(failures.get(), 2);
    let _ = host();
}

/// A step that is dropped in the middle leaves the write to whoever comes when its lease has ended.
#[test]
fn a_step_that_was_dropped_is_gone_on_with() {
    let store = Faulty::default();
    let ledger = program(&store);
    store_it(&ledger, "1", "order 1");
    let begun = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&begun);
    let stuck = Worker::new(ledger.clone()).on("move", move |_| {
        count.fetch_add(1, Ordering::SeqCst);
        std::future::pending()
    });
    let stop = poll_fn(|_| match begun.load(Ordering::SeqCst) {
        0 => Poll::Pending,
        _ => Poll::Ready(()),
    });
    // The first look at `stop` comes before the step.
    let mut looks = 0;
    let mut stop = Box::pin(stop);
    run(stuck.run(
        poll_fn(|context| {
            looks += 1;
            if looks == 1 {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            stop.as_mut().poll(context)
        }),
        |_| panic!("the store works"),
    ));
    let script = Script::new([answered("done")]);
    let next = worker(&ledger, &script);
    assert!(!run(next.step()).unwrap(), "the lease lasts");
    host().advance(Duration::from_secs(4 * 60));
    assert!(run(next.step()).unwrap());
    assert_eq!(entry(&store).state, State::Done);
    let _ = plan("1");
}

#[test]
fn a_pause_ends_early_when_a_write_was_stored() {
    let store = Faulty::default();
    let (ledger, script) = (program(&store), Script::new([answered("done")]));
    let pauses = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&pauses);
    let ledger_of_pause = ledger.clone();
    let worker = worker(&ledger, &script).woken(move || {
        let first = counted.fetch_add(1, Ordering::SeqCst) == 0;
        if first {
            store_it(&ledger_of_pause, "1", "order 1");
        }
        // The second pause lasts.
        poll_fn(move |_| {
            if first {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
    });
    let (mut looks, is_enough) = (0, || pauses.load(Ordering::SeqCst) == 2);
    let stop = poll_fn(|context| {
        looks += 1;
        if is_enough() || looks == 1_000 {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    });
    run(worker.run(stop, |error| panic!("{error}")));
    assert!(is_enough());
    assert_eq!(entry(&store).state, State::Done);
}

#[test]
fn a_step_that_panics_ends_alone_and_its_write_goes_on_after_the_lease() {
    let store = Faulty::default();
    let script = Script::new([answered("done"), answered("done")]);
    let ledger = program(&store);
    store_it(&ledger, "1", "order 1");
    store_it(&ledger, "2", "order 2");
    let (of_step, of_script, calls) = (ledger.clone(), script.clone(), AtomicUsize::new(0));
    let worker = Worker::new(ledger.clone()).on("move", move |held| {
        let (ledger, script) = (of_step.clone(), of_script.clone());
        let call = calls.fetch_add(1, Ordering::SeqCst);
        assert!(call != 0, "of the shop, before there is a future");
        async move {
            let along = |_: &_, _: Option<&_>| None;
            let write = Move::of(Class::State);
            if call != 1 {
                let gone_on = ledger.go_on(&client(&script), held, &write, &along).await;
                gone_on.unwrap();
            }
            assert!(call != 1, "of the shop, after it");
        }
    });
    let mut failures = Vec::new();
    let stop = host().sleep(Duration::from_secs(3_600));
    run(worker.run(stop, |error| failures.push(error.to_string())));
    let of = |own: &str| format!("the step of move `{own}` at toy (test) panicked");
    assert_eq!(failures, [of("1"), of("2")]);
    assert_eq!(entry(&store).state, State::Done);
    assert!(run(store.open(0, 9)).unwrap().is_empty());
    assert_eq!(script.sent().len(), 2);
}
