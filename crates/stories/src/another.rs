//! Requests of other programs that use the same account.

use std::sync::{Arc, Mutex, PoisonError};

use kervan_core::transport::BoxFuture;
use kervan_core::{
    Config, HttpRequest, Limits, Operation, Reply, Transport, TransportError, TransportKind,
};
use kervan_sandbox::{Chance, Moment, Request};
use kervan_settling::Settler;
use kervan_testing::MovableHost;

use crate::Account;
use crate::clock::{self, Clock};
use crate::network::converted;

/// Keeps the request, and answers nothing.
#[derive(Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<Option<Request>>>);

impl Transport for Recorder {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = Some(converted(request));
        Box::pin(async { Err(TransportError::new(TransportKind::Interrupted)) })
    }
}

/// Makes a call as another program with the same account does.
#[expect(clippy::expect_used, reason = "a story's own calls keep every rule")]
pub(crate) fn by_another<W: Account>(
    call: &impl Operation<Service = W::Settings>,
    world: &mut W,
    now: Moment,
    chance: &mut Chance,
) -> Vec<W::Effect> {
    let client = |network, host| W::client(network, host, Config::default());
    let request = request(client, call).expect("a call that can be sent");
    world.handle(&request, now, chance).1
}

/// Returns the request of a call; `None` when it breaks a rule.
pub(crate) fn request<O: Operation>(
    client: impl FnOnce(Recorder, MovableHost) -> Settler<O::Service>,
    call: &O,
) -> Option<Request> {
    let (host, recorder) = (Clock::new(0).host, Recorder::default());
    let caller = client(recorder.clone(), host.clone());
    clock::run(&host, caller.call_once(call), None)?.err()?;
    let mut kept = recorder.0.lock().unwrap_or_else(PoisonError::into_inner);
    kept.take()
}
