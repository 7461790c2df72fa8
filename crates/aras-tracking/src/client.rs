//! The client: thin methods over the core's one calling path, the same for every service.

use kervan_core::{Caller, Config, Host, HttpRequest, Operation, Problems, Settings, Transport};

use crate::{Error, Rejection};

/// Calls one of the carrier's services; which one, its settings say.
///
/// Cheap to clone; one program may hold many, for many shippers.
#[derive(Clone, Debug)]
pub struct Client<S> {
    caller: Caller<S>,
}

impl<S: Settings> Client<S> {
    pub(crate) fn of(settings: S) -> ClientBuilder<S> {
        let config = Config::default();
        ClientBuilder { settings, config }
    }

    /// The settings of every call.
    pub fn settings(&self) -> &S {
        self.caller.settings()
    }

    /// The core's calling path, for any operation of this service: call, dry run, settle.
    pub fn caller(&self) -> &Caller<S> {
        &self.caller
    }

    /// Makes any call of this service.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn call<O>(&self, operation: &O) -> Result<O::Output, Error>
    where
        O: Operation<Settings = S, Rejection = Rejection>,
    {
        self.caller.call(operation).await
    }

    /// Everything that breaks a documented rule, warnings included. Nothing is sent.
    pub fn check<O>(&self, operation: &O) -> Problems
    where
        O: Operation<Settings = S>,
    {
        self.caller.check(operation)
    }

    /// The request that would go out, with the login replaced. Nothing is sent.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] when the request breaks a rule.
    pub fn dry_run<O>(&self, operation: &O) -> Result<HttpRequest, Error>
    where
        O: Operation<Settings = S, Rejection = Rejection>,
    {
        self.caller.dry_run(operation)
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder<S> {
    pub(crate) settings: S,
    config: Config,
}

impl<S: Settings> ClientBuilder<S> {
    /// Sets the limits of a call.
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Builds a client on reqwest.
    ///
    /// # Errors
    ///
    /// When the HTTP client cannot be built, as on a system without a certificate store.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<S>, kervan_core::transport::BuildError> {
        let transport = kervan_core::transport::ReqwestTransport::new(&self.config)?;
        Ok(self.build_over(transport, kervan_core::host::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client<S> {
        Client {
            caller: Caller::new(self.settings, self.config, transport, host),
        }
    }
}
