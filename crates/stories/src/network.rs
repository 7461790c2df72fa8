//! The way between a client and a simulated provider.

use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kervan_core::transport::BoxFuture;
use kervan_core::{
    Connection, Host, HttpRequest, Limits, Reply, Transport, TransportError, TransportKind,
};
use kervan_sandbox::{Chance, Delivered, Fault, Faulty, Origin, Plan, Provider, Request};

use crate::clock::Clock;

/// A [`Transport`] to a simulated provider, without sockets.
///
/// Clones share the provider. Silence never ends by itself; the client's own timer ends it.
pub struct Network<P: Provider> {
    shared: Arc<Mutex<Shared<P>>>,
    clock: Clock,
    /// The connection of calls that share one.
    connection: u64,
}

/// The provider, and the faults on the way to it.
pub(crate) struct Shared<P: Provider> {
    pub(crate) faulty: Faulty<P>,
    /// The faults of the next requests.
    pub(crate) faults: VecDeque<Fault>,
    /// The faults that were applied, and whether they were applied to a read.
    pub(crate) applied: Vec<(Fault, bool)>,
    /// The requests that reached the network.
    pub(crate) exchanges: u64,
    /// The write requests that left the client.
    pub(crate) writes: u32,
    luck: Chance,
    connections: u64,
    /// When the latest write left the client.
    last_write: Option<Duration>,
    was_write: bool,
    /// Whether the write and its read-back are answered alike.
    pub(crate) is_answered_alike: bool,
    settling: Duration,
}

impl<P: Provider> Network<P> {
    /// Puts a provider behind a network. `settling` bounds how long it may be late.
    pub(crate) fn new(world: P, seed: u64, clock: Clock, settling: Duration) -> Self {
        let faulty = Faulty::new(world, seed);
        let shared = Shared {
            faulty,
            faults: VecDeque::new(),
            applied: Vec::new(),
            exchanges: 0,
            writes: 0,
            luck: Chance::new(!seed),
            connections: 1,
            last_write: None,
            was_write: false,
            is_answered_alike: false,
            settling,
        };
        Self {
            shared: Arc::new(Mutex::new(shared)),
            clock,
            connection: 1,
        }
    }

    /// Returns the same network for a new program, whose connections and clock are new.
    pub(crate) fn restarted(&self, clock: Clock) -> Self {
        let mut shared = self.shared();
        shared.connections += 1;
        Self {
            connection: shared.connections,
            shared: Arc::clone(&self.shared),
            clock,
        }
    }

    pub(crate) fn shared(&self) -> MutexGuard<'_, Shared<P>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<P: Provider> Shared<P> {
    fn exchange(&mut self, connection: u64, request: &Request, clock: &Clock) -> Delivered {
        let is_read = self.faulty.world().is_read(request);
        let planned = self.faults.pop_front().unwrap_or(Fault::None);
        let fault = if self.is_fair(planned, is_read, clock.elapsed()) {
            planned
        } else {
            Fault::None
        };
        if fault != Fault::None {
            self.faulty.plan(Plan::next(fault));
        }
        self.exchanges += 1;
        if !is_read {
            self.writes += 1;
            self.last_write = Some(clock.elapsed());
        }
        let exchange = self.faulty.exchange(connection, request, clock.moment());
        self.applied.push((exchange.fault, is_read));
        self.was_write = !is_read;
        exchange.answer
    }

    /// Returns whether a client can be expected to see through a fault.
    fn is_fair(&self, fault: Fault, is_read: bool, now: Duration) -> bool {
        let is_young = self
            .last_write
            .is_some_and(|sent| now < sent + self.settling);
        let mut changes = self.faulty.journal().iter().rev();
        let last_change = changes.find(|entry| !entry.is_read);
        let is_outside = last_change.is_some_and(|entry| entry.origin == Origin::Outside);
        match fault {
            Fault::StaleRead => is_read && is_young && last_change.is_some() && !is_outside,
            Fault::OfAnotherCall => {
                // An old answer to a question is a stale read.
                let is_fair = if is_read {
                    is_young && !is_outside
                } else {
                    !self.is_answered_alike
                };
                self.exchanges > 0 && !self.was_write && is_fair
            }
            Fault::DoneTwice | Fault::Late(_) => !is_read,
            _ => true,
        }
    }
}

impl<P> Transport for Network<P>
where
    P: Provider<Effect: Send> + Send + 'static,
{
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(async move {
            let (connection, there, back) = {
                let mut shared = self.shared();
                let mut way = || Duration::from_millis(1 + shared.luck.below(400));
                let (there, back) = (way(), way());
                let connection = match limits.connection {
                    Connection::Any => self.connection,
                    Connection::Fresh => {
                        shared.connections += 1;
                        shared.connections
                    }
                };
                (connection, there, back)
            };
            self.clock.host.sleep(there).await;
            let request = converted(request);
            let delivered = self.shared().exchange(connection, &request, &self.clock);
            self.clock.host.sleep(back).await;
            match delivered {
                Delivered::Answer(answer) => {
                    Ok(Reply::new(answer.status, answer.headers, answer.body))
                }
                Delivered::Silence => pending().await,
                Delivered::Refused => Err(TransportError::new(TransportKind::Connect)),
                _ => Err(TransportError::new(TransportKind::Interrupted)),
            }
        })
    }
}

impl<P: Provider> Clone for Network<P> {
    fn clone(&self) -> Self {
        Self {
            shared: Arc::clone(&self.shared),
            clock: self.clock.clone(),
            connection: self.connection,
        }
    }
}

impl<P: Provider> std::fmt::Debug for Network<P> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Network")
    }
}

pub(crate) fn converted(request: &HttpRequest) -> Request {
    let address = request.url.as_str();
    let after_scheme = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = after_scheme.find('/').map_or("/", |at| &after_scheme[at..]);
    let headers = request.headers.iter();
    let headers: Vec<_> = headers
        .map(|(name, value)| (*name, value.expose()))
        .collect();
    Request::new(
        request.method.as_str(),
        path,
        &headers,
        request.body.clone(),
    )
}
