//! The client and its settings.

use std::ops::Deref;

use chrono::NaiveDate;
use kervan_core::{AddressError, BaseUrl, Caller, Config, Host, Transport};
use kervan_settling::Settler;
use kervan_turkiye::time::istanbul_day_at;

use crate::credentials::Credentials;
use crate::ids::{MarketplaceKey, MerchantKey};
use crate::settings::{Environment, Settings};

/// Calls Param's services. [`Caller`] has the calls `call`, `check` and `dry_run`, and for writes
/// `prepare`, `send`, `settle`, `resume` and `send_or_settle`.
///
/// Cheap to clone. A program may hold several, one for each marketplace.
///
/// A write that no query can find cannot be settled, so this does not compile:
///
/// ```compile_fail,E0277
/// use param_marketplace::{Client, raw::RawCall};
///
/// async fn settle(client: &Client, attempt: &kervan_settling::Attempt) {
///     client.settle(&RawCall::new("MP_OrderDetailAdd"), attempt).await;
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    caller: Settler<Settings>,
}

impl Client {
    /// Starts to build a client.
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

    /// Returns the calendar day in Türkiye, by the client's clock.
    pub fn today(&self) -> NaiveDate {
        istanbul_day_at(self.context().now())
    }
}

impl Deref for Client {
    type Target = Settler<Settings>;

    fn deref(&self) -> &Settler<Settings> {
        &self.caller
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
    /// Returns the settings so far, for example for a program that verifies callbacks and makes no call.
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
    /// When the HTTP client cannot be built, for example on a system without a certificate store, or for an
    /// https address without a TLS feature.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client, kervan_reqwest::BuildError> {
        let addresses = self.settings.addresses();
        let transport = kervan_reqwest::ReqwestTransport::calling(&self.config, addresses)?;
        Ok(self.build_over(transport, kervan_reqwest::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Settler::new(Caller::new(self.settings, self.config, transport, host)),
        }
    }
}
