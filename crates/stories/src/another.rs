//! Requests of other programs that use the same account.

use std::sync::{Arc, Mutex, PoisonError};

use kervan_core::transport::BoxFuture;
use kervan_core::{
    Caller, HttpRequest, Limits, MovableHost, Operation, Reply, Transport, TransportError,
    TransportKind,
};
use kervan_sandbox::Request;

use crate::clock;
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

/// Returns the request of a call; `None` when it breaks a rule.
pub(crate) fn request<O: Operation>(
    client: impl FnOnce(Recorder, MovableHost) -> Caller<O::Settings>,
    call: &O,
) -> Option<Request> {
    let (host, recorder) = (clock::host(0), Recorder::default());
    let caller = client(recorder.clone(), host.clone());
    clock::run(&host, caller.call_once(call), None)?.err()?;
    let mut kept = recorder.0.lock().unwrap_or_else(PoisonError::into_inner);
    kept.take()
}
