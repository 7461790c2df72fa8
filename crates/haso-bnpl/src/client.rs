//! The client and its settings.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use kervan_core::{BaseUrl, Caller, Config, Host, Secret, Transport};

use crate::credentials::Signing;
use crate::settings::{Quirks, Settings};
use crate::token::{FromService, TokenSource};

/// Calls HASO's services and prepares the forms that customers' browsers post. [`Caller`] has the
/// calls: `call`, `check`, `dry_run`, and for writes that can be settled `prepare`, `send`, `settle`,
/// `resume` and `send_or_settle`.
///
/// Cheap to clone; one program may hold many, for many merchants.
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

    pub(crate) fn tokens(&self) -> &dyn TokenSource {
        &*self.tokens
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

impl Deref for Client {
    type Target = Caller<Settings>;

    fn deref(&self) -> &Caller<Settings> {
        &self.caller
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
