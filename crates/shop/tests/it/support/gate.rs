//! A transport that a test holds.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use kervan_core::transport::BoxFuture;
use kervan_core::{HttpRequest, Limits, Reply, Transport, TransportError, TransportKind};
use kervan_reqwest::ReqwestTransport;

/// An operation, a text of its answers, and another one in its place.
type Change = (&'static str, &'static str, String);

/// Controls a transport: it never lets one kind of call out, once, and it changes answers.
#[derive(Default)]
pub(crate) struct Gate {
    closed: Mutex<Option<&'static str>>,
    held: Mutex<bool>,
    down: Mutex<Option<&'static str>>,
    kept: Mutex<Option<&'static str>>,
    changes: Mutex<Vec<Change>>,
}

impl Gate {
    /// Holds the next call of an operation, before anything of it leaves.
    pub(crate) fn close(&self, operation: &'static str) {
        *self.closed.lock().unwrap() = Some(operation);
        *self.held.lock().unwrap() = false;
    }

    /// Refuses the connection of each call of an operation, or of none.
    pub(crate) fn refuse(&self, operation: Option<&'static str>) {
        *self.down.lock().unwrap() = operation;
    }

    /// Keeps each answer to an operation from now on, or lets the kept ones come.
    pub(crate) fn keep_answers_of(&self, operation: Option<&'static str>) {
        *self.kept.lock().unwrap() = operation;
    }

    /// Puts a text in the place of another one, in each answer to an operation from now on.
    pub(crate) fn change(&self, operation: &'static str, from: &'static str, to: &str) {
        let change = (operation, from, to.to_owned());
        self.changes.lock().unwrap().push(change);
    }

    fn changed(&self, operation: &str, mut reply: Reply) -> Reply {
        let changes = self.changes.lock().unwrap();
        for (_, from, to) in changes.iter().filter(|(own, ..)| *own == operation) {
            let body = String::from_utf8_lossy(&reply.body);
            reply.body = body.replace(from, to).into_bytes();
        }
        reply
    }

    pub(crate) fn holds(&self) -> bool {
        *self.held.lock().unwrap()
    }
}

pub(super) struct Gated(pub(super) Arc<Gate>, pub(super) ReqwestTransport);

impl Transport for Gated {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        let mut closed = self.0.closed.lock().unwrap();
        if closed.take_if(|own| *own == request.operation).is_some() {
            *self.0.held.lock().unwrap() = true;
            return Box::pin(std::future::pending());
        }
        drop(closed);
        if *self.0.down.lock().unwrap() == Some(request.operation) {
            let down = TransportError::new(TransportKind::Connect);
            return Box::pin(async { Err(down) });
        }
        Box::pin(async move {
            let reply = self.1.send(request, limits).await?;
            while *self.0.kept.lock().unwrap() == Some(request.operation) {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(self.0.changed(request.operation, reply))
        })
    }
}
