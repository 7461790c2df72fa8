//! Programs that are suspended while they are sending.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::Duration;

use kervan_core::transport::BoxFuture;
use kervan_core::{
    Caller, Class, Config, HttpRequest, Limits, Reply, Retry, Transport, TransportError,
};
use kervan_ledger::{Entry, Held, Ledger, Store as _};
use kervan_settling::Settler;

use super::script;
use crate::provider::{Move, Script, Shop, host, run};
use crate::support::{Faulty, SETTLED, answered, client, entry, key, lost, plan, program};

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

/// A program is suspended while it sends; its write is as another one left it.
pub(super) fn stand_still(store: &Faulty, class: Class) -> Frozen {
    let ledger = program(store);
    let held = hold(&ledger, class);
    let sending = sending_of(&ledger, &script(class, [lost()]), class, held);
    // Its lease ends.
    host().advance(Duration::from_secs(90));
    sending
}

/// Another program sends the write a second time and is suspended, too.
pub(super) fn resend_and_stand_still(store: &Faulty) -> Frozen {
    host().advance(SETTLED);
    let ledger = program(store);
    let held = run(ledger.hold(&entry(store))).unwrap();
    let absent = Script::new([answered("odd")]);
    sending_of(&ledger, &absent, Class::Delta, held)
}
