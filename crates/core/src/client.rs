//! The one path that every call takes: check, encode, send, decode.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::config::Config;
use crate::error::{Error, Invalid, ReadError, UnexpectedStatus, UnreadableAnswer};
use crate::message::{HttpRequest, Reply};
use crate::operation::{Effect, ErrorOf, Operation, Settings};
use crate::transport::{BoxFuture, Limits, Transport};

/// Makes the calls of one provider. Every provider's `Client` wraps one.
///
/// Cheap to clone; one program may hold many, for many merchants.
pub struct Caller<S> {
    settings: Arc<S>,
    config: Arc<Config>,
    transport: Arc<dyn Transport>,
}

impl<S: Settings> Caller<S> {
    /// A caller over any transport.
    pub fn new(settings: S, config: Config, transport: impl Transport) -> Self {
        Self {
            settings: Arc::new(settings),
            config: Arc::new(config),
            transport: Arc::new(transport),
        }
    }

    /// The provider's settings.
    pub fn settings(&self) -> &S {
        &self.settings
    }

    /// The limits of a call.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Makes one call. A write is sent at most once.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call<O>(&self, operation: &O) -> Result<O::Output, ErrorOf<O>>
    where
        O: Operation<Settings = S>,
    {
        let request = prepare(operation, self.settings())?;
        let started = Instant::now();
        let mut tried = 0;
        loop {
            tried += 1;
            let error = match self.send_once(operation, &request, started, tried).await {
                Ok(output) => return Ok(output),
                Err(error) => error,
            };
            let pause = match O::EFFECT {
                Effect::Read => self
                    .config
                    .retry
                    .pause_after(&error, tried, started.elapsed()),
                Effect::Write => None,
            };
            let Some(wait) = pause.and_then(|pause| self.transport.sleep(pause)) else {
                return Err(error);
            };
            wait.await;
        }
    }

    /// Makes one call and repeats nothing, a read neither: for whoever paces calls and counts them.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call_once<O>(&self, operation: &O) -> Result<O::Output, ErrorOf<O>>
    where
        O: Operation<Settings = S>,
    {
        let request = prepare(operation, self.settings())?;
        self.send_once(operation, &request, Instant::now(), 1).await
    }

    /// The request that would go out, with every credential replaced by `[redacted]`. Nothing is
    /// sent. **The body holds the personal data of the request.**
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when the request breaks a rule.
    pub fn dry_run<O>(&self, operation: &O) -> Result<HttpRequest, ErrorOf<O>>
    where
        O: Operation<Settings = S>,
    {
        prepare(operation, &self.settings.redacted())
    }

    async fn send_once<O>(
        &self,
        operation: &O,
        request: &HttpRequest,
        started: Instant,
        tried: u32,
    ) -> Result<O::Output, ErrorOf<O>>
    where
        O: Operation<Settings = S>,
    {
        let limits = Limits::new(
            self.time_for_one_try(O::EFFECT, started),
            self.config.max_body_bytes,
        );
        let sent = self.transport.send(request, limits).await;
        let result = match sent {
            Ok(reply) => read(operation, self.settings(), reply),
            Err(error) => Err(Error::transport(O::NAME, error)),
        };
        log_try::<O>(tried, started.elapsed(), result.as_ref().err());
        result
    }

    /// The same settings and transport with other limits.
    #[must_use]
    pub fn with_config(&self, config: Config) -> Self {
        Self {
            config: Arc::new(config),
            ..self.clone()
        }
    }

    /// Waits, where the transport has a timer: for whoever paces calls. `None` where it has none.
    pub fn sleep(&self, pause: Duration) -> Option<BoxFuture<'static, ()>> {
        self.transport.sleep(pause)
    }

    /// Waits before try number `tried + 1`, where the transport has a timer.
    pub(crate) async fn pause(&self, tried: u32) {
        if let Some(wait) = self.transport.sleep(self.config.retry.backoff(tried)) {
            wait.await;
        }
    }

    /// The time of one try; a read's is shortened where the deadline of all tries comes first.
    fn time_for_one_try(&self, effect: Effect, started: Instant) -> Duration {
        if effect == Effect::Write {
            return self.config.timeout;
        }
        let left = self.config.retry.deadline.saturating_sub(started.elapsed());
        self.config.timeout.min(left.max(Duration::from_millis(1)))
    }
}

impl<S> Clone for Caller<S> {
    fn clone(&self) -> Self {
        Self {
            settings: Arc::clone(&self.settings),
            config: Arc::clone(&self.config),
            transport: Arc::clone(&self.transport),
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

fn prepare<O: Operation>(operation: &O, settings: &O::Settings) -> Result<HttpRequest, ErrorOf<O>> {
    let problems = operation.check(settings);
    if problems.stop_the_call() {
        return Err(Error::Invalid(Invalid::problems_of(O::NAME, problems)));
    }
    log_warnings::<O>(&problems);
    operation
        .encode(settings)
        .map(|request| request.header("User-Agent", settings.user_agent()))
        .map_err(|cause| Error::Invalid(Invalid::unwritable(O::NAME, cause)))
}

/// Reads a reply. Any status is first offered to the provider's own decoder, so that a refusal in
/// the body is never lost behind a status.
fn read<O: Operation>(
    operation: &O,
    settings: &O::Settings,
    reply: Reply,
) -> Result<O::Output, ErrorOf<O>> {
    match operation.decode(settings, &reply) {
        Ok(output) => Ok(output),
        Err(ReadError::Rejected(rejection)) => Err(Error::Rejected(rejection)),
        Err(ReadError::Unreadable(cause)) if reply.is_success() => {
            Err(Error::Decode(UnreadableAnswer::new(O::NAME, cause, reply)))
        }
        Err(ReadError::Unreadable(_)) => Err(Error::Status(UnexpectedStatus::new(
            O::NAME,
            settings.status_hint(reply.status),
            reply,
        ))),
    }
}

#[cfg(feature = "tracing")]
fn log_try<O: Operation>(tried: u32, elapsed: Duration, error: Option<&ErrorOf<O>>) {
    let milliseconds = elapsed.as_millis();
    match error {
        None => tracing::debug!(operation = O::NAME, tried, milliseconds, "call answered"),
        Some(error) => {
            let report = error.report();
            tracing::warn!(
                operation = O::NAME,
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
}

#[cfg(not(feature = "tracing"))]
fn log_try<O: Operation>(_tried: u32, _elapsed: Duration, _error: Option<&ErrorOf<O>>) {}

#[cfg(feature = "tracing")]
fn log_warnings<O: Operation>(problems: &crate::problem::Problems) {
    for problem in problems.warnings() {
        let (code, path) = (problem.code(), problem.path());
        tracing::warn!(operation = O::NAME, code, path, "request looks odd");
    }
}

#[cfg(not(feature = "tracing"))]
fn log_warnings<O: Operation>(_problems: &crate::problem::Problems) {}
