//! The client and its settings.

use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use kervan_core::{BaseUrl, Caller, Config, Host, Transport};
use kervan_settling::Settler;
use kervan_turkiye::time::istanbul_day_at;

use crate::asked::Asked;
use crate::place_book::PlaceBook;
use crate::settings::{MethodPaths, ProcessKey, Quirks, Settings, TrackingService};

/// Calls Horoz's domestic distribution service. [`Caller`] has the calls `call`, `check` and `dry_run`,
/// and for orders that the supplier pays `prepare`, `send`, `resume` and `send_or_settle`.
///
/// Cheap to clone; one program may hold many, for many merchants.
///
/// An order billed to the supplier stays open when it is settled, because Horoz has no call that shows
/// one: use [`resume`](Settler::resume). The other writes of this crate are blind, and settling them
/// does not compile:
///
/// ```compile_fail,E0277
/// # async fn f(client: horoz_shipping::Client, attempt: horoz_shipping::Attempt) {
/// let cancel = horoz_shipping::CancelShippingOrder::new("KV-1001");
/// client.settle(&cancel, &attempt).await;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client {
    caller: Settler<Settings>,
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

    /// Returns when each order was last asked for; shared by the client's clones.
    pub(crate) fn asked(&self) -> &Asked {
        &self.asked
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
    pub fn paths(mut self, paths: MethodPaths) -> Self {
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
    pub fn build(self) -> Result<Client, kervan_reqwest::BuildError> {
        let tracking = self.settings.tracking.iter().map(|service| &service.base);
        let addresses = std::iter::once(&self.settings.base).chain(tracking);
        let transport = kervan_reqwest::ReqwestTransport::calling(&self.config, addresses)?;
        Ok(self.build_over(transport, kervan_reqwest::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Settler::new(Caller::new(self.settings, self.config, transport, host)),
            asked: Arc::default(),
        }
    }
}
