//! The one path that every call takes: check, encode, send, decode.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::config::Config;
use crate::error::{
    Error, Failure, Invalid, ReadError, TransportError, TransportKind, UnexpectedStatus,
    UnreadableAnswer,
};
use crate::host::{Host, within};
use crate::message::{HttpRequest, Reply};
use crate::operation::{Context, ErrorOf, Operation, ResultOf, Service};
use crate::outcome::{Order, Rejection, Try};
use crate::problem::Problems;
use crate::transport::{Connection, Limits, Transport};

/// The header that names the client and its version.
pub const USER_AGENT: &str = "User-Agent";

/// Makes the calls of one provider. Every provider's `Client` wraps one.
///
/// Cheap to clone; one program may hold many, for many merchants.
pub struct Caller<S> {
    settings: Arc<S>,
    config: Arc<Config>,
    transport: Arc<dyn Transport>,
    host: Arc<dyn Host>,
}

impl<S: Service> Caller<S> {
    /// Creates a caller over any transport, on any host.
    pub fn new(settings: S, config: Config, transport: impl Transport, host: impl Host) -> Self {
        Self {
            settings: Arc::new(settings),
            config: Arc::new(config),
            transport: Arc::new(transport),
            host: Arc::new(host),
        }
    }

    /// Returns the provider's settings.
    pub fn settings(&self) -> &S {
        &self.settings
    }

    /// Returns the limits of a call.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns the clock, timer and randomness of every call.
    pub fn host(&self) -> &dyn Host {
        &*self.host
    }

    /// Returns the context of a call that is written now: the settings and the time.
    pub fn context(&self) -> Context<'_, S> {
        Context::new(self.settings(), self.host.now())
    }

    /// Finds the problems of a request, warnings included: all that break a rule of its operation or of
    /// the provider's protocol. Nothing is sent.
    pub fn check<O: Operation<Service = S>>(&self, operation: &O) -> Problems {
        operation.problems(&self.context())
    }

    /// Makes one call. A write is sent at most once.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call<O: Operation<Service = S>>(&self, operation: &O) -> ResultOf<O> {
        if operation.class().is_write() {
            return self.call_once(operation).await;
        }
        let request = self.write(operation)?;
        self.read_with_retries(operation, &request, Connection::Any)
            .await
    }

    /// Checks a request and writes it, without sending it.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a request that breaks a rule or cannot be written.
    pub fn write<O: Operation<Service = S>>(
        &self,
        operation: &O,
    ) -> Result<HttpRequest, ErrorOf<O>> {
        write(operation, &self.context())
    }

    /// Writes a request without checking its rules, to compare it with one that was sent.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a request that cannot be written.
    pub fn encode<O: Operation<Service = S>>(
        &self,
        operation: &O,
    ) -> Result<HttpRequest, ErrorOf<O>> {
        encode(operation, &self.context())
    }

    /// Makes a read that settles a write, on a connection of its own as
    /// [`Config::fresh_connections`] says. Repeated as any read.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call).
    pub async fn ask<O: Operation<Service = S>>(&self, operation: &O) -> ResultOf<O> {
        let request = self.write(operation)?;
        self.read_with_retries(operation, &request, self.fresh())
            .await
    }

    /// Sends a request that was [written](Self::write) before, once, and reads its answer. A program takes
    /// [`call`](Self::call), or settles.
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call); a refusal is judged by the order of this try.
    pub async fn send_as<O: Operation<Service = S>>(
        &self,
        operation: &O,
        request: &HttpRequest,
        order: Order,
    ) -> ResultOf<O> {
        let limits = self.limits(self.config.timeout).connection(self.fresh());
        self.send_once(operation, request, limits, order, 1).await
    }

    async fn read_with_retries<O: Operation<Service = S>>(
        &self,
        operation: &O,
        request: &HttpRequest,
        connection: Connection,
    ) -> ResultOf<O> {
        let started = self.host.steady();
        let mut tried = 0;
        loop {
            tried += 1;
            let limits = self.limits(self.time_for_one_read(started));
            let limits = limits.connection(connection);
            let sent = self.send_once(operation, request, limits, Order::Unknown, tried);
            let error = match sent.await {
                Ok(output) => return Ok(output),
                Err(error) => error,
            };
            let elapsed = self.since(started);
            let retry = &self.config.retry;
            let Some(pause) = retry.pause_after(&error, tried, elapsed, self.host()) else {
                return Err(error);
            };
            self.host.sleep(pause).await;
        }
    }

    /// Makes one call and repeats nothing, not even a read: for whoever paces calls and counts them.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call_once<O: Operation<Service = S>>(&self, operation: &O) -> ResultOf<O> {
        let request = self.write(operation)?;
        let order = Order::Unknown;
        if operation.class().is_write() {
            return self.send_as(operation, &request, order).await;
        }
        let limits = self.limits(self.time_for_one_read(self.host.steady()));
        self.send_once(operation, &request, limits, order, 1).await
    }

    /// Returns the request that would go out, with every credential replaced by `[redacted]`. Nothing is
    /// sent. **The body holds the personal data of the request.**
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when the request breaks a rule.
    pub fn dry_run<O: Operation<Service = S>>(
        &self,
        operation: &O,
    ) -> Result<HttpRequest, ErrorOf<O>> {
        let settings = self.settings.redacted();
        write(operation, &Context::new(&settings, self.host.now()))
    }

    async fn send_once<O: Operation<Service = S>>(
        &self,
        operation: &O,
        request: &HttpRequest,
        limits: Limits,
        order: Order,
        tried: u32,
    ) -> ResultOf<O> {
        let started = self.host.steady();
        // The timer runs from before the request leaves.
        let timer = self.host.sleep(limits.timeout);
        let sent = within(timer, self.transport.send(request, limits)).await;
        let sent = sent.unwrap_or_else(|| Err(TransportError::new(TransportKind::Timeout)));
        let result = match sent {
            Ok(reply) => read(operation, self.settings(), reply, order),
            Err(error) => Err(Error::Transport(failure(operation, error))),
        };
        log_try(operation, tried, self.since(started), result.as_ref().err());
        result
    }

    /// Returns the same settings and transport with other limits.
    #[must_use]
    pub fn with_config(&self, config: Config) -> Self {
        Self {
            config: Arc::new(config),
            ..self.clone()
        }
    }

    /// Waits before try number `tried + 1`, as [`Config::retry`] says.
    pub async fn pause(&self, tried: u32) {
        let pause = self.config.retry.backoff(tried, self.host());
        self.host.sleep(pause).await;
    }

    fn since(&self, started: Duration) -> Duration {
        self.host.steady().saturating_sub(started)
    }

    fn limits(&self, timeout: Duration) -> Limits {
        Limits::new(timeout, self.config.max_body_bytes)
    }

    /// Returns the connection of a write, and of a read that settles one.
    fn fresh(&self) -> Connection {
        if self.config.fresh_connections {
            Connection::Fresh
        } else {
            Connection::Any
        }
    }

    /// Returns the time of one try of a read, which is shortened where the deadline of all tries comes first.
    fn time_for_one_read(&self, started: Duration) -> Duration {
        let deadline = self.config.retry.deadline;
        let left = deadline.saturating_sub(self.since(started));
        self.config.timeout.min(left.max(Duration::from_millis(1)))
    }
}

impl<S> Clone for Caller<S> {
    fn clone(&self) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            config: Arc::clone(&self.config),
            transport: Arc::clone(&self.transport),
            host: Arc::clone(&self.host),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for Caller<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("settings", &self.settings)
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}

fn write<O: Operation>(
    operation: &O,
    context: &Context<'_, O::Service>,
) -> Result<HttpRequest, ErrorOf<O>> {
    let problems = operation.problems(context);
    if problems.stop_the_call() {
        let invalid = Invalid::new(problems, None);
        return Err(Error::Invalid(failure(operation, invalid)));
    }
    log_warnings(operation, &problems);
    encode(operation, context)
}

/// Writes a request without checking its rules.
fn encode<O: Operation>(
    operation: &O,
    context: &Context<'_, O::Service>,
) -> Result<HttpRequest, ErrorOf<O>> {
    operation
        .encode(context)
        .map(|request| HttpRequest {
            operation: operation.name(),
            ..request.header(USER_AGENT, context.settings().user_agent())
        })
        .map_err(|cause| {
            let invalid = Invalid::new(Problems::new(), Some(cause));
            Error::Invalid(failure(operation, invalid))
        })
}

fn failure<O: Operation, C>(operation: &O, cause: C) -> Failure<C> {
    Failure::new(operation.name(), operation.class(), cause)
}

/// Reads a reply. Any status is first offered to the provider's own decoder, so that a refusal in
/// the body is never lost behind a status.
fn read<O: Operation>(
    operation: &O,
    settings: &O::Service,
    reply: Reply,
    order: Order,
) -> ResultOf<O> {
    let class = operation.class();
    match operation.decode(settings, &reply) {
        Ok(output) => Ok(output),
        Err(ReadError::Rejected(rejection)) => {
            Err(Error::Rejected(rejection.of_try(Try { class, order })))
        }
        Err(ReadError::Unreadable(cause)) if reply.is_success() => {
            let reply = Box::new(reply);
            let unreadable = UnreadableAnswer { cause, reply };
            Err(Error::Decode(failure(operation, unreadable)))
        }
        Err(ReadError::Unreadable(_)) => {
            let hint = settings.status_hint(reply.status);
            let reply = Box::new(reply);
            let status = UnexpectedStatus { hint, reply };
            Err(Error::Status(failure(operation, status)))
        }
    }
}

/// Logs a try of a call, with the feature `tracing`.
fn log_try<O: Operation>(operation: &O, tried: u32, elapsed: Duration, error: Option<&ErrorOf<O>>) {
    #[cfg(not(feature = "tracing"))]
    let _ = (operation, tried, elapsed, error);
    #[cfg(feature = "tracing")]
    {
        let (operation, milliseconds) = (operation.name(), elapsed.as_millis());
        let Some(report) = error.map(Error::report) else {
            tracing::debug!(operation, tried, milliseconds, "call answered");
            return;
        };
        tracing::warn!(
            operation,
            tried,
            milliseconds,
            kind = report.kind,
            code = report.code,
            status = report.status,
            outcome = ?report.outcome,
            "call failed"
        );
    }
}

/// Logs the warnings of a check, with the feature `tracing`.
fn log_warnings<O: Operation>(operation: &O, problems: &Problems) {
    #[cfg(not(feature = "tracing"))]
    let _ = (operation, problems);
    #[cfg(feature = "tracing")]
    for problem in problems.warnings() {
        let (operation, code, path) = (operation.name(), problem.code(), problem.path());
        tracing::warn!(operation, code, path, "request looks odd");
    }
}
