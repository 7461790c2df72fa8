//! A service in the test's own process with scripted answers, and a clock that the test moves.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use contract_kit::faults::Fault;
use haso_bnpl::{Client, ClientBuilder};
use kervan_testing::MovableHost;
use testkit::{InProcess, config, host};

use crate::support::builder;

/// The settling time, and the time within which an attempt may be sent.
pub(crate) const SETTLED: Duration = Duration::from_secs(600 + 60);

/// A service, its client and its clock.
pub(crate) struct Script {
    pub(crate) client: Client,
    pub(crate) host: MovableHost,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Fault>,
    /// Method and body of what arrived.
    arrived: Vec<(String, Vec<u8>)>,
}

/// Ends the connection without an answer.
pub(crate) fn lost() -> Fault {
    Fault::CloseBeforeAnswer
}

impl Script {
    /// Creates a service that gives these answers in turn, and then ends connections without an answer.
    pub(crate) fn new(answers: impl IntoIterator<Item = Fault>) -> Self {
        Self::by(answers, |builder| builder)
    }

    /// Creates the same for a client with other settings.
    pub(crate) fn by(
        answers: impl IntoIterator<Item = Fault>,
        set: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Self {
        let answers = answers.into_iter().collect();
        let state = Arc::new(Mutex::new(State {
            answers,
            ..State::default()
        }));
        let (host, own) = (host(), Arc::clone(&state));
        let transport = InProcess::new(move |arrived| {
            let mut state = own.lock().unwrap();
            let name = arrived.target.rsplit('/').next().unwrap_or_default();
            state.arrived.push((name.to_owned(), arrived.body.clone()));
            state.answers.pop_front().unwrap_or_else(lost)
        });
        let builder = set(builder("http://127.0.0.1:9").config(config(1)));
        let client = builder.build_over(transport, host.clone());
        Self {
            client,
            host,
            state,
        }
    }

    /// Runs a call of the client to its end.
    pub(crate) fn run<F: Future>(&self, call: F) -> F::Output {
        self.host.run(call)
    }

    /// Returns the methods that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        let state = self.state.lock().unwrap();
        state.arrived.iter().map(|(name, _)| name.clone()).collect()
    }

    /// Returns how often a method was asked for.
    pub(crate) fn count(&self, method: &str) -> usize {
        self.asked().iter().filter(|name| *name == method).count()
    }

    /// Returns whether everything that a method got was the same to the byte.
    pub(crate) fn is_same_each_time(&self, method: &str) -> bool {
        let state = self.state.lock().unwrap();
        let mut own = state.arrived.iter().filter(|(name, _)| name == method);
        let first = own.next();
        own.all(|next| Some(next) == first)
    }
}
