//! The client and its settings.

use std::ops::Deref;

use kervan_core::{BaseUrl, Caller, Config, Host, Service, Transport};
use kervan_settling::Settler;

/// The user agent of the calls.
pub(crate) const USER_AGENT: &str = concat!("aras-tracking/", env!("CARGO_PKG_VERSION"));

/// Calls one of the carrier's services. Its settings choose which one. [`Caller`] has the calls: `call`,
/// `check`, `dry_run`, and for writes `prepare`, `send`, `settle`, `resume` and `send_or_settle`.
///
/// Cheap to clone; one program may hold many, for many shippers.
///
/// Only writes can be settled. A query does not compile here:
///
/// ```compile_fail,E0277
/// # async fn f(client: aras_tracking::ShipmentClient, attempt: kervan_settling::Attempt) {
/// let reference = aras_tracking::CustomerReference::new("KV-1001").unwrap();
/// let find = aras_tracking::shipments::FindOrder::new(reference);
/// client.settle(&find, &attempt).await;
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Client<S> {
    caller: Settler<S>,
}

impl<S: Service> Client<S> {
    /// Starts a client of the service at `address`, which the settings hold too.
    pub(crate) fn of(address: BaseUrl, settings: S) -> ClientBuilder<S> {
        ClientBuilder {
            settings,
            config: Config::default(),
            address,
        }
    }
}

impl<S> Deref for Client<S> {
    type Target = Settler<S>;

    fn deref(&self) -> &Settler<S> {
        &self.caller
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

impl<S: Service> ClientBuilder<S> {
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
    pub fn build(self) -> Result<Client<S>, kervan_reqwest::BuildError> {
        let transport = kervan_reqwest::ReqwestTransport::calling(&self.config, [&self.address])?;
        Ok(self.build_over(transport, kervan_reqwest::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client<S> {
        Client {
            caller: Settler::new(Caller::new(self.settings, self.config, transport, host)),
        }
    }
}
