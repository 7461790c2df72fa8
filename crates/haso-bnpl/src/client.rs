//! The client: thin methods over the core's one calling path.

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;
use kervan_core::{
    Attempt, BaseUrl, Caller, Config, Failed, Host, HttpRequest, Operation, Problems, Resumed,
    Secret, Sent, Settle, Settled, Transport,
};

use crate::credentials::Signing;
use crate::settings::{Quirks, Settings};
use crate::token::{FromService, TokenSource};
use crate::{Error, Rejection};

/// Calls HASO's services and prepares the forms that customers' browsers post.
///
/// Cheap to clone; one program may hold many, for many merchants. Each call has a method of its
/// own beside its request type; [`call`](Self::call) makes any of them.
#[derive(Clone)]
pub struct Client {
    caller: Caller<Settings>,
    tokens: Arc<dyn TokenSource>,
}

impl Client {
    /// Starts a client from what HASO gives with the contract.
    pub fn builder(base: BaseUrl, merchant: impl Into<String>) -> ClientBuilder {
        ClientBuilder {
            settings: Settings::new(base, merchant),
            config: Config::default(),
            tokens: Arc::new(FromService),
        }
    }

    /// The settings of every call.
    pub fn settings(&self) -> &Settings {
        self.caller.settings()
    }

    /// The core's calling path, for any operation of this service: call, dry run, settle.
    pub fn caller(&self) -> &Caller<Settings> {
        &self.caller
    }

    pub(crate) fn tokens(&self) -> &dyn TokenSource {
        &*self.tokens
    }

    /// Makes any call of this service.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call<O>(&self, operation: &O) -> Result<O::Output, Error>
    where
        O: Operation<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.call(operation).await
    }

    /// Finds the problems of a request, warnings included: all that break one of the
    /// [rules](crate::rules). Nothing is sent.
    pub fn check<O>(&self, operation: &O) -> Problems
    where
        O: Operation<Settings = Settings>,
    {
        self.caller.check(operation)
    }

    /// The request that would go out, with tokens, signature, and values of headers replaced. Nothing is
    /// sent. **The body holds the personal data of the request.**
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when the request breaks a rule.
    pub fn dry_run<O>(&self, operation: &O) -> Result<HttpRequest, Error>
    where
        O: Operation<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.dry_run(operation)
    }

    /// Prepares a write and returns its attempt. Keep the attempt before you [`send`](Self::send),
    /// because a crash returns no error. Nothing is written.
    ///
    /// # Errors
    ///
    /// The request breaks a rule, or the state before a write that needs a baseline cannot be read.
    pub async fn prepare<O>(&self, operation: &O) -> Result<Attempt, Error>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.prepare(operation).await
    }

    /// Sends a write that was prepared, at most once.
    ///
    /// # Errors
    ///
    /// [`Failed`], which holds the attempt: [`settle`](Self::settle) it where the outcome is unknown.
    pub async fn send<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Result<O::Output, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send(operation, attempt).await
    }

    /// Finds out what became of a write. Reads only, never writes.
    pub async fn settle<O>(&self, operation: &O, attempt: &Attempt) -> Settled<O::Output, Rejection>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.settle(operation, attempt).await
    }

    /// Continues after a crash or an unknown outcome: settles first, then does what the class of the
    /// write allows.
    ///
    /// # Errors
    ///
    /// [`Failed`] when the request breaks a rule, or differs from the one that the attempt was
    /// prepared for.
    pub async fn resume<O>(
        &self,
        operation: &O,
        attempt: &Attempt,
    ) -> Result<Resumed<O::Output, Rejection>, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.resume(operation, attempt).await
    }

    /// Prepares, sends, and after an unknown outcome settles a write, within one run of the program.
    /// **Calling it again for the same request is a new write**, unless the write is keyed.
    ///
    /// # Errors
    ///
    /// [`Failed`]: not done, refused, or still open, with the attempt that settles it later.
    pub async fn send_or_settle<O>(
        &self,
        operation: &O,
    ) -> Result<Sent<O::Output>, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send_or_settle(operation).await
    }

    /// Returns the calendar day in Türkiye by the client's clock.
    pub fn today(&self) -> NaiveDate {
        self.caller.context().today()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

/// Builds a [`Client`].
#[derive(Clone)]
#[must_use]
pub struct ClientBuilder {
    settings: Settings,
    config: Config,
    tokens: Arc<dyn TokenSource>,
}

impl ClientBuilder {
    /// Sets key and salt, with which service calls are signed.
    pub fn signing(mut self, signing: Signing) -> Self {
        self.settings.signing = Some(signing);
        self
    }

    /// Sets the limits of a call.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Sets the choices where the provider's documents leave something open.
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.settings.quirks = quirks;
        self
    }

    /// Adds a header to every call, where the contract asks for one.
    pub fn header(mut self, name: &'static str, value: impl Into<Secret>) -> Self {
        self.settings.headers.push((name, value.into()));
        self
    }

    /// Sets where the tokens of the browser's forms are from. Default: `/Index/GetToken`, once for
    /// each form.
    pub fn tokens(mut self, tokens: impl TokenSource) -> Self {
        self.tokens = Arc::new(tokens);
        self
    }

    /// Builds a client on reqwest.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be built, as on a system without a certificate store, or for an
    /// https address without a TLS feature.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client, kervan_core::transport::BuildError> {
        let transport =
            kervan_core::transport::ReqwestTransport::calling(&self.config, [&self.settings.base])?;
        Ok(self.build_over(transport, kervan_core::host::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Caller::new(self.settings, self.config, transport, host),
            tokens: self.tokens,
        }
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}
