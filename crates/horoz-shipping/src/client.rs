//! The client: thin methods over the core's one calling path.

use std::sync::Arc;

use chrono::NaiveDate;
use kervan_core::{BaseUrl, Caller, Config, Host, HttpRequest, Operation, Problems, Transport};

use crate::place_book::PlaceBook;
use crate::settings::{Paths, ProcessKey, Quirks, Settings, TrackingService};
use crate::tracking::Asked;
use crate::{Error, Rejection};

/// Calls Horoz's domestic distribution service.
///
/// Cheap to clone; one program may hold many, for many merchants. Each call has a method of its
/// own beside its request type.
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

    /// Everything that breaks a documented rule, warnings included. Nothing is sent.
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
            asked: Arc::default(),
        }
    }
}
