//! The client: thin methods over the core's one calling path.

use std::sync::Arc;

use chrono::NaiveDate;
use kervan_core::{
    Attempt, BaseUrl, Caller, Config, Host, HttpRequest, Operation, Problems, Sent, Settle,
    Transport,
};

use crate::place_book::PlaceBook;
use crate::settings::{Paths, ProcessKey, Quirks, Settings, TrackingService};
use crate::tracking::Asked;
use crate::{Error, Failed, Rejection, Resumed, Settled};

/// Calls Horoz's domestic distribution service.
///
/// Cheap to clone; one program may hold many, for many merchants. Each call has a method of its
/// own beside its request type; [`call`](Self::call) makes any of them.
#[derive(Clone, Debug)]
pub struct Client {
    caller: Caller<Settings>,
    asked: Arc<Asked>,
}

impl Client {
    /// Starts a client from what Horoz gives with the contract.
    pub fn builder(base: BaseUrl, key: ProcessKey) -> ClientBuilder {
        ClientBuilder {
            settings: Settings::new(base, key),
            config: Config::default(),
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

    /// When each order was last asked for; shared by the client's clones.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// The calendar day in Türkiye now, by the client's clock.
    pub fn today(&self) -> NaiveDate {
        self.caller.context().today()
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

    /// The request that would go out, with the process key replaced. Nothing is sent. **The body
    /// holds the personal data of the request.**
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

    /// Prepares a write. Nothing is sent. Keep the attempt before you [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As [`Caller::prepare`]. The outcome is always "not done".
    pub async fn prepare<O>(&self, write: &O) -> Result<Attempt, Error>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
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
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send(write, attempt).await
    }

    /// Finds out what became of a write. Reads only, never writes.
    ///
    /// An order billed to the supplier stays open, because Horoz has no call that shows one: use
    /// [`resume`](Self::resume). The other writes of this crate are blind, and settling them does not
    /// compile:
    ///
    /// ```compile_fail,E0277
    /// # async fn f(client: horoz_shipping::Client, attempt: horoz_shipping::Attempt) {
    /// let cancel = horoz_shipping::CancelShippingOrder::new("KV-1001");
    /// client.settle(&cancel, &attempt).await;
    /// # }
    /// ```
    pub async fn settle<O>(&self, write: &O, attempt: &Attempt) -> Settled<O::Output>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.settle(write, attempt).await
    }

    /// Goes on after a crash or an unknown outcome: settles first, then does what the class of the
    /// write allows.
    ///
    /// An order billed to the supplier is sent again, with the same number and contents: Horoz either
    /// creates it now, or says that it exists.
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
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.resume(write, attempt).await
    }

    /// Prepares, sends, and after an unknown outcome settles a write, within one run of the program.
    ///
    /// A number that is taken on the first try is a refusal, [`Kind::NumberTaken`](crate::Kind). So
    /// after a crash do not call this again, but [`resume`](Self::resume) the attempt that was kept.
    ///
    /// # Errors
    ///
    /// [`Failed`]: not done, refused, or still open after all tries.
    pub async fn send_or_settle<O>(&self, write: &O) -> Result<Sent<O::Output>, Failed>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send_or_settle(write).await
    }
}

/// Builds a [`Client`].
#[derive(Clone, Debug)]
#[must_use]
pub struct ClientBuilder {
    settings: Settings,
    config: Config,
}

impl ClientBuilder {
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

    /// Sets the methods' paths below the base address.
    pub fn paths(mut self, paths: Paths) -> Self {
        self.settings.paths = paths;
        self
    }

    /// Sets the list that provinces and districts are checked against.
    pub fn places(mut self, places: PlaceBook) -> Self {
        self.settings.places = places;
        self
    }

    /// Sets the tracking service, which has an address of its own.
    pub fn tracking(mut self, service: TrackingService) -> Self {
        self.settings.tracking = Some(service);
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
        let tracking = self.settings.tracking.iter().map(|service| &service.base);
        let addresses = std::iter::once(&self.settings.base).chain(tracking);
        let transport = kervan_core::transport::ReqwestTransport::calling(&self.config, addresses)?;
        Ok(self.build_over(transport, kervan_core::host::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Caller::new(self.settings, self.config, transport, host),
            asked: Arc::default(),
        }
    }
}
