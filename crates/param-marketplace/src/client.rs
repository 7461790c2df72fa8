//! The client: thin methods over the core's one calling path.

use chrono::NaiveDate;
use kervan_core::{
    AddressError, Attempt, BaseUrl, Caller, Config, Failed, Host, HttpRequest, Operation, Problems,
    Resumed, Sent, Settle, Settled, Transport,
};

use crate::credentials::Credentials;
use crate::ids::{MarketplaceKey, MerchantKey};
use crate::settings::{Environment, Settings};
use crate::{Error, Rejection};

/// Calls Param's marketplace service.
///
/// Cheap to clone; one program may hold many, for many marketplaces. Each call has a method of its
/// own beside its request type.
#[derive(Clone, Debug)]
pub struct Client {
    caller: Caller<Settings>,
}

impl Client {
    /// Starts a client.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn builder(
        environment: &Environment,
        credentials: Credentials,
        marketplace: MarketplaceKey,
        merchant: MerchantKey,
    ) -> Result<ClientBuilder, AddressError> {
        let settings = Settings {
            address: environment.address()?,
            payment_address: environment.payment_address()?,
            #[cfg(feature = "payments")]
            card_address: environment.card_address()?,
            credentials,
            marketplace,
            merchant,
            #[cfg(feature = "payments")]
            hide_cards: false,
        };
        Ok(ClientBuilder {
            settings,
            config: Config::default(),
        })
    }

    /// The settings of every call.
    pub fn settings(&self) -> &Settings {
        self.caller.settings()
    }

    /// The core's calling path, for any operation of this service: call, dry run, settle.
    pub fn caller(&self) -> &Caller<Settings> {
        &self.caller
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

    /// Prepares a write: checks it, and reads the state before it where its class needs that. Keep the
    /// attempt before you [`send`](Self::send) the write.
    ///
    /// # Errors
    ///
    /// The outcome is always "not done". See [`Caller::prepare`].
    pub async fn prepare<O>(&self, write: &O) -> Result<Attempt, Error>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.prepare(write).await
    }

    /// Sends a prepared write. It leaves at most once.
    ///
    /// # Errors
    ///
    /// [`Failed`], which holds the attempt: [`settle`](Self::settle) it where the outcome is unknown.
    pub async fn send<O>(
        &self,
        write: &O,
        attempt: &Attempt,
    ) -> Result<O::Output, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send(write, attempt).await
    }

    /// Finds out what became of a write. Reads only.
    ///
    /// A write that nothing can be read back of cannot be settled, so this does not compile:
    ///
    /// ```compile_fail,E0277
    /// use param_marketplace::{Client, raw::RawCall};
    ///
    /// async fn settle(client: &Client, attempt: &kervan_core::Attempt) {
    ///     client.settle(&RawCall::new("MP_OrderDetailAdd"), attempt).await;
    /// }
    /// ```
    pub async fn settle<O>(&self, write: &O, attempt: &Attempt) -> Settled<O::Output, Rejection>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.settle(write, attempt).await
    }

    /// Goes on after a crash or an unknown outcome: settles first, then does what the class of the
    /// write allows.
    ///
    /// # Errors
    ///
    /// [`Failed`] when the request breaks a rule, or is not the one that was prepared.
    pub async fn resume<O>(
        &self,
        write: &O,
        attempt: &Attempt,
    ) -> Result<Resumed<O::Output, Rejection>, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.resume(write, attempt).await
    }

    /// Prepares and sends a write, and settles it after an unknown outcome, within one program run.
    /// **Calling it again for the same write is a new write**: after a crash, [`resume`](Self::resume)
    /// from the attempt that was kept.
    ///
    /// # Errors
    ///
    /// [`Failed`]: not done, refused, or still open, with the attempt that settles it later.
    pub async fn send_or_settle<O>(&self, write: &O) -> Result<Sent<O::Output>, Failed<Rejection>>
    where
        O: Settle<Settings = Settings, Rejection = Rejection>,
    {
        self.caller.send_or_settle(write).await
    }

    /// Returns the calendar day in Türkiye, by the client's clock.
    pub fn today(&self) -> NaiveDate {
        self.caller.context().today()
    }

    /// Everything that breaks a documented rule, warnings included. Nothing is sent.
    pub fn check<O>(&self, operation: &O) -> Problems
    where
        O: Operation<Settings = Settings>,
    {
        self.caller.check(operation)
    }

    /// The request that would go out, with login and keys replaced. Nothing is sent. **The body
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
    /// The settings so far, as for a program that verifies callbacks and makes no call.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Sets another address of the payment service.
    pub fn payment_address(mut self, address: BaseUrl) -> Self {
        self.settings.payment_address = address;
        self
    }

    /// Sets another address of the service for stored cards.
    #[cfg(feature = "payments")]
    pub fn card_address(mut self, address: BaseUrl) -> Self {
        self.settings.card_address = address;
        self
    }

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
    pub fn build(self) -> Result<Client, kervan_core::transport::BuildError> {
        let addresses = self.settings.addresses();
        let transport = kervan_core::transport::ReqwestTransport::calling(&self.config, addresses)?;
        Ok(self.build_over(transport, kervan_core::host::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Caller::new(self.settings, self.config, transport, host),
        }
    }
}
