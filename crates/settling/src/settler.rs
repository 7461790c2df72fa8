//! Preparing a write, sending it once, and finding out what became of it.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use kervan_core::client::USER_AGENT;
use kervan_core::error::{Failure, Unsent, UnsentReason};
use kervan_core::{
    Answer, Caller, Class, Config, Error, ErrorOf, HttpRequest, Order, Outcome, Rejection,
    RejectionOf, Service,
};

use crate::attempt::{Attempt, digest};
use crate::settle::{Failed, Open, Resumed, Sent, Settle, Settled, Why};

/// Makes the calls of one provider as a [`Caller`] does, and settles its writes. Every provider's `Client`
/// with such writes wraps one.
///
/// Cheap to clone.
pub struct Settler<S> {
    caller: Caller<S>,
    /// Callers with the settings under which attempts were prepared before.
    earlier: Arc<[Caller<S>]>,
}

impl<S> Settler<S> {
    /// Creates a settler that sends and asks through a caller.
    pub fn new(caller: Caller<S>) -> Self {
        Self {
            caller,
            earlier: Arc::default(),
        }
    }

    /// Returns a settler that also recognizes the attempts of an earlier one, as after a change of the password.
    ///
    /// The digest in an attempt covers the login, which keeps personal data from being guessed from it. Under
    /// another login, address or setting, the same request has another digest, and its attempt is that of
    /// [another request](Why::OtherRequest). Keep the earlier settings until no write is open. They only recognize:
    /// the questions, and whatever is sent, go out by this settler's own.
    ///
    /// **Both must be of one account at the provider**, because the other account's answers would settle nothing.
    ///
    /// ```
    /// # use kervan_core::Service;
    /// # use kervan_settling::{Attempt, Settle, Settled, Settler};
    /// # async fn settle<O: Settle>(now: &Settler<O::Service>, before: &Settler<O::Service>, write: &O, attempt: &Attempt) {
    /// // `before` has the password that was valid when the attempt was prepared.
    /// let settled = now.recognizing(before).settle(write, attempt).await;
    /// # }
    /// ```
    #[must_use]
    pub fn recognizing(&self, earlier: &Self) -> Self {
        let others = std::iter::once(&earlier.caller).chain(earlier.earlier.iter());
        Self {
            caller: self.caller.clone(),
            earlier: self.earlier.iter().chain(others).cloned().collect(),
        }
    }
}

impl<S> Deref for Settler<S> {
    type Target = Caller<S>;

    fn deref(&self) -> &Caller<S> {
        &self.caller
    }
}

impl<S> Clone for Settler<S> {
    fn clone(&self) -> Self {
        Self {
            caller: self.caller.clone(),
            earlier: Arc::clone(&self.earlier),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for Settler<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.caller.fmt(f)
    }
}

impl<S: Service> Settler<S> {
    /// Returns the same settings and transport with other limits.
    #[must_use]
    pub fn with_config(&self, config: Config) -> Self {
        Self {
            caller: self.caller.with_config(config),
            earlier: Arc::clone(&self.earlier),
        }
    }

    /// Prepares a write: checks it, and reads what is there before it where its class needs that.
    /// Nothing is written. Keep the attempt before you [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a request that breaks a rule, [`Error::Unsent`] when the state before
    /// the write cannot be read. The outcome is always "not done".
    pub async fn prepare<O>(&self, operation: &O) -> Result<Attempt, ErrorOf<O>>
    where
        O: Settle<Service = S>,
    {
        let request = self.write(operation)?;
        let class = operation.class();
        let baseline = match operation.read_back().filter(|_| operation.needs_baseline()) {
            None => None,
            Some(question) => {
                let before = self.ask(&question).await;
                let baseline = before.as_ref().ok();
                let Some(baseline) = baseline.and_then(|before| operation.baseline(before)) else {
                    let unsent = Unsent::new(UnsentReason::Unprepared);
                    let unsent = match before.err() {
                        Some(cause) => unsent.caused_by(cause),
                        None => unsent,
                    };
                    return Err(held_back(operation, unsent));
                };
                Some(baseline)
            }
        };
        let contents = contents(&request);
        let key = operation.key();
        Ok(Attempt::new(
            operation.name(),
            class,
            key,
            contents,
            baseline,
            self.host(),
        ))
    }

    /// Sends a write that was prepared. It leaves at most once, whatever happens.
    ///
    /// # Errors
    ///
    /// [`Failed`], which holds the attempt: keep it, and settle it where the outcome is unknown.
    pub async fn send<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Result<Answer<O::Output>, Failed<RejectionOf<O>>>
    where
        O: Settle<Service = S>,
    {
        let failed = |error| Failed {
            error,
            attempt: Some(Box::new(attempt.clone())),
            open: None,
        };
        // Another task may have sent the attempt since it was asked for.
        let unsent = |reason| {
            let unsent = Unsent::new(reason).maybe_sent(attempt.was_sent());
            failed(held_back(operation, unsent))
        };
        // Before all else: whatever is wrong with the request now, it may have happened.
        if attempt.was_sent() {
            return Err(unsent(UnsentReason::AlreadySent));
        }
        let request = self.write(operation).map_err(failed)?;
        if !self.is_of(attempt, operation, &request) {
            return Err(unsent(UnsentReason::Changed));
        }
        if attempt.is_stale(self.host()) {
            return Err(unsent(UnsentReason::Stale));
        }
        if !attempt.take() {
            return Err(unsent(UnsentReason::AlreadySent));
        }
        self.send_as(operation, &request, Order::First)
            .await
            .map_err(failed)
    }

    /// Finds out what became of a write. Reads only, never writes.
    ///
    /// Absence counts as "not done" only once [`Config::settling_time`](kervan_core::Config) is over.
    pub async fn settle<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Settled<O::Output, RejectionOf<O>>
    where
        O: Settle<Service = S>,
    {
        if !self.is_same(attempt, operation) {
            return Settled::Open(Open::new(attempt.class(), Why::OtherRequest, None));
        }
        self.settle_own(operation, attempt).await
    }

    /// Settles an attempt that was prepared for this very request.
    async fn settle_own<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Settled<O::Output, RejectionOf<O>>
    where
        O: Settle<Service = S>,
    {
        let class = attempt.class();
        if !attempt.was_sent() {
            return Settled::NotDone;
        }
        let Some(question) = operation.read_back() else {
            return Settled::Open(Open::new(class, Why::NoReadBack, None));
        };
        // Before the question: what is not there then may have come since.
        let settles_at = attempt.settles_at(self.config().settling_time(), self.host());
        let first = self.ask(&question).await;
        let second = first
            .as_ref()
            .ok()
            .and_then(|answer| operation.second_question(answer));
        let now = match second {
            Some(question) => self.ask(&question).await,
            None => first,
        };
        let found = match now {
            Ok(now) => operation.found(now, attempt.baseline()),
            Err(error) => operation.found_by_error(error),
        };
        Settled::of(found, class, settles_at)
    }

    /// Goes on after a crash or an unknown outcome: settles first, then does what the class allows.
    ///
    /// A keyed write is sent again, because the provider takes its key once. A write of a state or a
    /// delta that did not happen is prepared anew: keep that attempt, then send it. A charge, and a
    /// start, are never sent again.
    ///
    /// # Errors
    ///
    /// [`Failed`] when the request breaks a rule, or is not the one that the attempt was prepared
    /// for.
    pub async fn resume<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Result<Resumed<O::Output, RejectionOf<O>>, Failed<RejectionOf<O>>>
    where
        O: Settle<Service = S>,
    {
        let failed = |error| Failed {
            error,
            attempt: Some(Box::new(attempt.clone())),
            open: None,
        };
        let changed = || Unsent::new(UnsentReason::Changed).maybe_sent(attempt.was_sent());
        let request = self.encode(operation);
        let request =
            request.map_err(|error| failed(held_back(operation, changed().caused_by(error))))?;
        if !self.is_of(attempt, operation, &request) {
            return Err(failed(held_back(operation, changed())));
        }
        let settled = self.settle_own(operation, attempt).await;
        Ok(match (operation.class(), settled) {
            // Other contents under the key are replaced only by a write that was made to replace them.
            (Class::Keyed, Settled::Open(open)) if open.is_of_another() => {
                Resumed::Settled(Settled::Open(open))
            }
            (Class::Keyed, Settled::NotDone | Settled::Open(_)) => {
                // It was in order when it was prepared; rules about dates may have overtaken it.
                if let Err(error) = self.write(operation) {
                    return Err(failed(held_back(operation, changed().caused_by(error))));
                }
                // Of an attempt that was not sent this is the first try, and a key that is taken is
                // somebody else's.
                let order = if attempt.take() {
                    Order::First
                } else {
                    Order::Again
                };
                Resumed::Settled(self.send_keyed(operation, &request, order).await)
            }
            // Of an attempt that was not sent nothing was read: its baseline may be old. Its right to
            // be sent ends here, so that only the new one can be.
            (Class::State | Class::Delta, Settled::NotDone) if attempt.take() => {
                Resumed::Prepared(self.prepare(operation).await.map_err(failed)?)
            }
            (class @ (Class::State | Class::Delta), Settled::NotDone) => {
                let (key, contents) = (operation.key(), contents(&request));
                let baseline = attempt.baseline().cloned();
                let host = self.host();
                Resumed::Prepared(Attempt::new(
                    operation.name(),
                    class,
                    key,
                    contents,
                    baseline,
                    host,
                ))
            }
            (_, settled) => Resumed::Settled(settled),
        })
    }

    /// Prepares, sends, and after an unknown outcome settles a write, within one program run. For a
    /// write that has to survive a crash, [`prepare`](Self::prepare) it and keep the attempt.
    ///
    /// **Calling it again for the same write is a new write**, unless the write is keyed.
    ///
    /// The read-back is tried as often as [`Retry`](kervan_core::Retry) says, with its pauses. A keyed
    /// write without a read-back is sent again instead, because that cannot do it twice.
    ///
    /// # Errors
    ///
    /// [`Failed`]: not done, refused, or still open after all tries, with the attempt that settles it
    /// later.
    pub async fn send_or_settle<O>(
        &self,
        operation: &O,
    ) -> Result<Sent<O::Output>, Failed<RejectionOf<O>>>
    where
        O: Settle<Service = S>,
    {
        let attempt = self.prepare(operation).await.map_err(|error| Failed {
            error,
            attempt: None,
            open: None,
        })?;
        let mut failed = match self.send(operation, &attempt).await {
            Ok(output) => return Ok(Sent::Done(output)),
            Err(failed) if failed.outcome() == Outcome::NotDone => return Err(failed),
            Err(failed) => failed,
        };
        for tried in 1..=self.config().retry.tries {
            self.pause(tried).await;
            let settled = match self.resume_or_settle(operation, &attempt).await {
                Ok(settled) => settled,
                Err(failed) => return Err(failed),
            };
            match settled {
                Settled::Done(Some(output)) => return Ok(Sent::Done(output)),
                Settled::Done(None) => return Ok(Sent::Proven),
                Settled::InState => return Ok(Sent::InState),
                Settled::Exists => return Ok(Sent::Exists),
                Settled::Refused(no) => {
                    failed.error = Error::Rejected(no);
                    failed.open = None;
                    return Err(failed);
                }
                Settled::NotDone => {
                    failed.error = held_back(operation, Unsent::new(UnsentReason::ProvenAbsent));
                    failed.open = None;
                    return Err(failed);
                }
                Settled::Open(open) => failed.open = Some(Box::new(open)),
            }
        }
        Err(failed)
    }

    /// Settles, or sends a keyed write again.
    async fn resume_or_settle<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Result<Settled<O::Output, RejectionOf<O>>, Failed<RejectionOf<O>>>
    where
        O: Settle<Service = S>,
    {
        if operation.class() != Class::Keyed {
            return Ok(self.settle(operation, attempt).await);
        }
        match self.resume(operation, attempt).await? {
            Resumed::Settled(settled) => Ok(settled),
            Resumed::Prepared(_) => Ok(Settled::NotDone),
        }
    }

    /// Returns an attempt as one of this very request, so that [`resume`](Self::resume) goes on from it on
    /// another day, under another login or at another address.
    ///
    /// **The caller has to know by other means that both are one write at one account**, as a ledger does by
    /// its own hash of the [lasting contents](Settle::lasting_contents).
    #[must_use]
    pub fn adopt<O>(&self, operation: &O, attempt: &Attempt) -> Attempt
    where
        O: Settle<Service = S>,
    {
        match self.encode(operation) {
            Ok(request) => attempt.of_contents(contents(&request)),
            // `resume` names what is wrong with it.
            Err(_) => attempt.clone(),
        }
    }

    async fn send_keyed<O>(
        &self,
        operation: &O,
        request: &HttpRequest,
        order: Order,
    ) -> Settled<O::Output, RejectionOf<O>>
    where
        O: Settle<Service = S>,
    {
        let is_first = order == Order::First;
        match self.send_as(operation, request, order).await {
            Ok(output) => Settled::Done(Some(output)),
            Err(Error::Rejected(no)) if is_first && no.outcome() == Outcome::NotDone => {
                Settled::Refused(no)
            }
            Err(Error::Rejected(no)) if no.exists() => Settled::Exists,
            // The first try would have been refused for the same contents.
            Err(Error::Rejected(no)) if no.refuses_contents() => Settled::Refused(no),
            // Any other refusal is of this try alone.
            Err(error) => Settled::Open(Open::new(operation.class(), Why::Failed(error), None)),
        }
    }

    fn is_same<O: Settle<Service = S>>(&self, attempt: &Attempt, operation: &O) -> bool {
        self.encode(operation)
            .is_ok_and(|request| self.is_of(attempt, operation, &request))
    }

    /// Returns whether an attempt was prepared for this very request, under these settings or earlier ones.
    fn is_of<O>(&self, attempt: &Attempt, operation: &O, request: &HttpRequest) -> bool
    where
        O: Settle<Service = S>,
    {
        let is_its = |request: &HttpRequest| attempt.contents() == contents(request);
        let was_its = |earlier: &Caller<S>| {
            let request = earlier.encode(operation);
            request.is_ok_and(|request| is_its(&request))
        };
        attempt.operation() == operation.name()
            && attempt.key() == operation.key()
            && (is_its(request) || self.earlier.iter().any(was_its))
    }
}

fn held_back<O: Settle>(operation: &O, unsent: Unsent) -> ErrorOf<O> {
    Error::Unsent(Failure::new(operation.name(), operation.class(), unsent))
}

/// Returns a digest of all that is sent but the name of the client, which holds its version. The credentials
/// are in it and act as its key, so that nobody without them can guess personal data from it.
fn contents(request: &HttpRequest) -> String {
    let mut parts = vec![request.url.as_str().as_bytes()];
    for (name, value) in request
        .headers
        .iter()
        .filter(|(name, _)| *name != USER_AGENT)
    {
        parts.push(name.as_bytes());
        parts.push(value.expose().as_bytes());
    }
    parts.push(&request.body);
    digest(&parts)
}
