//! A server in the test's own process.

use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::task::Poll;

use contract_kit::faults::Fault;
use contract_kit::http::{Arrived, HttpText};
use kervan_core::transport::BoxFuture;
use kervan_core::{HttpRequest, Limits, Reply, Transport, TransportError, TransportKind};

type Answer = dyn Fn(&Arrived) -> Fault + Send + Sync;

/// A transport without sockets: a function answers each request, or breaks it off.
///
/// A stalled answer never comes, so that only the client's own timer ends the call: run it by
/// [`MovableHost::run`](kervan_testing::MovableHost::run).
#[derive(Clone)]
pub struct InProcess(Arc<Answer>);

impl InProcess {
    /// Returns a transport whose requests are answered by a function. Of the faults, an answer, a stall, and
    /// an end before the answer are known; any other is taken for an end before the answer.
    pub fn new(answer: impl Fn(&Arrived) -> Fault + Send + Sync + 'static) -> Self {
        Self(Arc::new(answer))
    }
}

impl std::fmt::Debug for InProcess {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("InProcess")
    }
}

impl Transport for InProcess {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        _limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(async move {
            // Others have their turn between request and answer, as over a network.
            pass().await;
            let fault = (self.0)(&arrived(request));
            pass().await;
            match fault {
                Fault::Answer(bytes) => reply(&bytes),
                Fault::Stall(_) => pending().await,
                _ => Err(TransportError::new(TransportKind::Interrupted)),
            }
        })
    }
}

fn arrived(request: &HttpRequest) -> Arrived {
    let address = request.url.as_str();
    let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
    let target = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    let mut arrived = Arrived::new(request.method.as_str(), target);
    let headers = request.headers.iter();
    arrived.headers = headers
        .map(|(name, value)| ((*name).to_owned(), value.expose().to_owned()))
        .collect();
    arrived.body.clone_from(&request.body);
    arrived
}

fn reply(bytes: &[u8]) -> Result<Reply, TransportError> {
    // The line end that a file has after its body.
    let text = HttpText::parse(&[bytes, b"\n"].concat());
    let text = text.map_err(|_| TransportError::new(TransportKind::Interrupted))?;
    let status = text.status();
    let status = status.map_err(|_| TransportError::new(TransportKind::Interrupted))?;
    Ok(Reply::new(status, text.headers, text.body))
}

/// Lets the others of the task go on once.
async fn pass() {
    let mut has_passed = false;
    poll_fn(|context| {
        if has_passed {
            return Poll::Ready(());
        }
        has_passed = true;
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
