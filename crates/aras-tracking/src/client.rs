//! The client: thin methods over the core's one calling path, the same for every service.

use kervan_core::{
    Attempt, BaseUrl, Caller, Config, Host, HttpRequest, Operation, Problems, Sent, Settings,
    Settle, Transport,
};

use crate::{Error, Failed, Rejection, Resumed, Settled};

/// Calls one of the carrier's services; which one, its settings say.
///
/// Cheap to clone; one program may hold many, for many shippers.
#[derive(Clone, Debug)]
pub struct Client<S> {
    caller: Caller<S>,
}

impl<S: Settings> Client<S> {
    /// `address` is that of the service, which the settings hold too.
    pub(crate) fn of(address: BaseUrl, settings: S) -> ClientBuilder<S> {
        ClientBuilder {
            settings,
            config: Config::default(),
            address,
        }
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

    /// Prepares a write. Nothing is sent. Keep the attempt before you [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As [`Caller::prepare`]. The outcome is always "not done".
    pub async fn prepare<O>(&self, write: &O) -> Result<Attempt, Error>
    where
        O: Settle<Settings = S, Rejection = Rejection>,
    {
        self.caller.prepare(write).await
    }

    /// Sends a write that was prepared. It leaves at most once, whatever happens.
    ///
    /// # Errors
    ///
    /// [`Failed`], with the attempt that settles it.
    pub async fn send<O>(&self, write: &O, attempt: &Attempt) -> Result<O::Output, Failed>
    where
        O: Settle<Settings = S, Rejection = Rejection>,
    {
        self.caller.send(write, attempt).await
    }

    /// Finds out what became of a write. Reads only, never writes.
    ///
    /// Only writes can be settled. A query does not compile here:
    ///
    /// ```compile_fail,E0277
    /// # async fn f(client: aras_tracking::ShipmentClient, attempt: kervan_core::Attempt) {
    /// let reference = aras_tracking::CustomerReference::new("KV-1001").unwrap();
    /// let find = aras_tracking::shipments::FindOrder::new(reference);
    /// client.settle(&find, &attempt).await;
    /// # }
    /// ```
    pub async fn settle<O>(&self, write: &O, attempt: &Attempt) -> Settled<O::Output>
    where
        O: Settle<Settings = S, Rejection = Rejection>,
    {
        self.caller.settle(write, attempt).await
    }

    /// Goes on after a crash or an unknown outcome: settles first, then does what the class of the
    /// write allows.
    ///
    /// A cancellation that is proven absent is prepared anew: keep that attempt, then send it.
    ///
    /// # Errors
    ///
    /// As [`Caller::resume`].
    pub async fn resume<O>(
        &self,
        write: &O,
        attempt: &Attempt,
    ) -> Result<Resumed<O::Output>, Failed>
    where
        O: Settle<Settings = S, Rejection = Rejection>,
    {
        self.caller.resume(write, attempt).await
    }

    /// Prepares, sends, and after an unknown outcome settles a write, within one run of the program.
    ///
    /// Calling it again for the same write is a new write; after a crash, [`resume`](Self::resume)
    /// the attempt that was kept.
    ///
    /// # Errors
    ///
    /// [`Failed`]: not done, refused, or still open after all tries.
    pub async fn send_or_settle<O>(&self, write: &O) -> Result<Sent<O::Output>, Failed>
    where
        O: Settle<Settings = S, Rejection = Rejection>,
    {
        self.caller.send_or_settle(write).await
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder<S> {
    pub(crate) settings: S,
    config: Config,
    #[cfg_attr(
        not(feature = "reqwest"),
        expect(dead_code, reason = "only `build` needs it")
    )]
    address: BaseUrl,
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
    /// When the HTTP client cannot be built, as on a system without a certificate store, or for an
    /// https address without a TLS feature.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<S>, kervan_core::transport::BuildError> {
        let transport =
            kervan_core::transport::ReqwestTransport::calling(&self.config, [&self.address])?;
        Ok(self.build_over(transport, kervan_core::host::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client<S> {
        Client {
            caller: Caller::new(self.settings, self.config, transport, host),
        }
    }
}
