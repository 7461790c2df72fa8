//! One call, without any sending: what it checks, writes and reads.

use std::time::SystemTime;

use crate::answer::Answer;
use crate::class::Class;
use crate::error::{EncodeError, Error, ReadError};
use crate::message::{HttpRequest, Reply};
use crate::outcome::Rejection;
use crate::problem::Problems;
use crate::secret::Scrub;

/// One protocol that a provider speaks: its settings, and what it asks of every call. A call says only
/// what is its own, so that none can forget the login, the result code or the scrubbing.
pub trait Service: Scrub + Sized + Send + Sync + 'static {
    /// The refusal of a call.
    type Rejection: Rejection;
    /// Where a call goes, and how its answer is recognised.
    type Endpoint: Endpoint;
    /// The contents that a call puts into its request.
    type Body<'a>;
    /// An answer that nobody has judged yet. Every method that takes a value out of it judges it first.
    type Reading<'a>;

    /// Returns the same with every credential replaced, for dry runs.
    #[must_use]
    fn redacted(&self) -> Self;

    /// Returns the usual meaning of this HTTP status when the body is not an answer of the provider, as
    /// that the machine's address is not on the provider's list. It becomes part of the error's text.
    fn status_hint(&self, status: u16) -> Option<&'static str> {
        let _ = status;
        None
    }

    /// Returns the value of the `User-Agent` header of every call, as `horoz-shipping/0.1.0`.
    fn user_agent(&self) -> &'static str;

    /// Finds what breaks a rule that the protocol has for every call. It follows
    /// [`Operation::check`], which knows the rules of one call.
    fn check<O>(operation: &O, context: &Context<'_, Self>, problems: &mut Problems)
    where
        O: Operation<Service = Self>,
    {
        let _ = (operation, context, problems);
    }

    /// Writes a request.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when it cannot be written at all.
    fn write(
        &self,
        endpoint: &Self::Endpoint,
        body: Self::Body<'_>,
    ) -> Result<HttpRequest, EncodeError>;

    /// Opens the answer to a call, whatever its HTTP status.
    fn reading<'a>(&'a self, endpoint: &'a Self::Endpoint, reply: &'a Reply) -> Self::Reading<'a>;
}

/// Where a call goes, and how its answer is recognised.
pub trait Endpoint: Send + Sync + 'static {
    /// Returns the provider's own name of the call, for errors and logs.
    fn name(&self) -> &'static str;

    /// Returns the result codes that the provider documents for the call.
    fn result_codes(&self) -> Vec<&'static str> {
        Vec::new()
    }
}

/// The context of a call: its provider's settings, and the time.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a, S> {
    settings: &'a S,
    now: SystemTime,
}

impl<'a, S> Context<'a, S> {
    /// Joins settings and a time.
    pub fn new(settings: &'a S, now: SystemTime) -> Self {
        Self { settings, now }
    }

    /// Returns the provider's settings.
    pub fn settings(&self) -> &'a S {
        self.settings
    }

    /// Returns the time on the wall clock at which the call is checked and written.
    pub fn now(&self) -> SystemTime {
        self.now
    }
}

/// For a service that needs nothing but the name.
impl Endpoint for &'static str {
    fn name(&self) -> &'static str {
        self
    }
}

/// One call of a provider. Pure: nothing in here opens a socket.
pub trait Operation: Sync {
    /// The protocol that the call is part of.
    type Service: Service;
    /// The output of a successful call.
    type Output;

    /// Where the call goes.
    const ENDPOINT: EndpointOf<Self>;

    /// The class of the call. Where it depends on the call's values, the one that allows the least.
    const CLASS: Class;

    /// Returns where this very call goes. It differs from [`ENDPOINT`](Self::ENDPOINT) only where one
    /// type makes several calls.
    fn endpoint(&self) -> EndpointOf<Self> {
        Self::ENDPOINT
    }

    /// Returns the class of this very call. It differs from [`CLASS`](Self::CLASS) only where it depends on
    /// the call's values.
    fn class(&self) -> Class {
        Self::CLASS
    }

    /// Finds everything that breaks a rule of the call. Nothing is sent.
    fn check(&self, context: &Context<'_, Self::Service>, problems: &mut Problems) {
        let _ = (context, problems);
    }

    /// Says what the request holds.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when it cannot be written at all.
    fn body<'a>(
        &'a self,
        context: &Context<'a, Self::Service>,
    ) -> Result<BodyOf<'a, Self>, EncodeError>;

    /// Reads the output.
    ///
    /// # Errors
    ///
    /// [`ReadError`]: refused, or not readable.
    fn read(
        &self,
        reading: ReadingOf<'_, Self>,
    ) -> Result<Answer<Self::Output>, ReadError<RejectionOf<Self>>>;

    /// Returns the provider's name of this very call.
    fn name(&self) -> &'static str {
        self.endpoint().name()
    }

    /// Finds everything that breaks a rule of the call, then everything that breaks one of the protocol.
    fn problems(&self, context: &Context<'_, Self::Service>) -> Problems
    where
        Self: Sized,
    {
        let mut problems = Problems::new();
        self.check(context, &mut problems);
        Self::Service::check(self, context, &mut problems);
        problems
    }

    /// Writes the request.
    ///
    /// # Errors
    ///
    /// Those of [`body`](Self::body) and of [`Service::write`].
    fn encode(&self, context: &Context<'_, Self::Service>) -> Result<HttpRequest, EncodeError> {
        let body = self.body(context)?;
        context.settings().write(&self.endpoint(), body)
    }

    /// Reads the answer, whatever its HTTP status. Texts that the service hides are hidden in the path of
    /// an error too.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    fn decode(
        &self,
        service: &Self::Service,
        reply: &Reply,
    ) -> Result<Answer<Self::Output>, ReadError<RejectionOf<Self>>> {
        let answer = self.read(service.reading(&self.endpoint(), reply));
        answer.map_err(|error| match error {
            ReadError::Unreadable(error) => ReadError::Unreadable(error.scrubbed_by(service)),
            refusal @ ReadError::Rejected(_) => refusal,
        })
    }
}

/// Where the calls of an operation go.
pub type EndpointOf<O> = <<O as Operation>::Service as Service>::Endpoint;

/// The contents that an operation puts into its request.
pub type BodyOf<'a, O> = <<O as Operation>::Service as Service>::Body<'a>;

/// An answer to an operation that nobody has judged yet.
pub type ReadingOf<'a, O> = <<O as Operation>::Service as Service>::Reading<'a>;

/// The answer to a successful call of an operation.
pub type AnswerOf<O> = Answer<<O as Operation>::Output>;

/// The refusal of a call of an operation.
pub type RejectionOf<O> = <<O as Operation>::Service as Service>::Rejection;

/// The error of an operation's calls.
pub type ErrorOf<O> = Error<RejectionOf<O>>;

/// The result of a call.
pub type ResultOf<O> = Result<AnswerOf<O>, ErrorOf<O>>;
