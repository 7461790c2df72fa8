//! The client: thin methods over the core's one calling path.

use std::fmt;
use std::sync::Arc;

use kervan_core::{
    BaseUrl, Caller, Config, Host, HttpRequest, Operation, Problems, Secret, Transport,
};

use crate::credentials::Signing;
use crate::settings::{Quirks, Settings};
use crate::token::{FromService, TokenSource};
use crate::{Error, Rejection};

/// Calls HASO's services and prepares the forms that customers' browsers post.
///
/// Cheap to clone; one program may hold many, for many merchants. Each call has a method of its
/// own beside its request type.
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

    /// Everything that breaks a documented rule, warnings included. Nothing is sent.
    pub fn check<O>(&self, operation: &O) -> Problems
    where
        O: Operation<Settings = Settings>,
    {
        self.caller.check(operation)
    }

    /// The request that would go out, with tokens, key and salt replaced. Nothing is sent. **The
    /// body holds the personal data of the request.**
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
    /// When the HTTP client cannot be built, as on a system without a certificate store.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client, kervan_core::transport::BuildError> {
        let transport = kervan_core::transport::ReqwestTransport::new(&self.config)?;
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
