//! The client, its settings, and the source of its forms' tokens.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use chrono::NaiveDate;
use kervan_core::transport::BoxFuture;
use kervan_core::{BaseUrl, Caller, Config, Host, Secret, Transport};
use kervan_settling::Settler;
use kervan_turkiye::time::istanbul_day_at;

use crate::credentials::Signing;
use crate::error::Error;
use crate::settings::Settings;
use crate::settings::quirks::Quirks;
use crate::token::error::TokenError;
use crate::token::get::GetToken;
use crate::token::value::Token;

/// Calls HASO's services and prepares the forms that customers' browsers post. [`Caller`] has the
/// calls: `call`, `check`, `dry_run`, and for writes that can be settled `prepare`, `send`, `settle`,
/// `resume` and `send_or_settle`.
///
/// Cheap to clone; one program may hold many, for many merchants.
#[derive(Clone)]
pub struct Client {
    caller: Settler<Settings>,
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

    /// Gets a token for one form. The methods that make a form ([`Client::order_form`],
    /// [`Client::in_store_form`], [`Client::limit_form`], [`Client::limit_link`]) do it by themselves.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn get_token(&self, request: &GetToken) -> Result<Token, Error> {
        Ok(self.call(request).await?.value.token)
    }

    pub(crate) fn tokens(&self) -> &dyn TokenSource {
        &*self.tokens
    }

    /// Returns the calendar day in Türkiye, by the client's clock.
    pub fn today(&self) -> NaiveDate {
        istanbul_day_at(self.context().now())
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
    type Target = Settler<Settings>;

    fn deref(&self) -> &Settler<Settings> {
        &self.caller
    }
}

/// The source of the forms' tokens. Asked once for each form: how long a token lives and whether it may
/// be used twice is not documented.
///
/// A closure that returns a future is a source. A [`Token`] is a source that returns itself each time, for a
/// program that may use one token for many forms.
pub trait TokenSource: Send + Sync + 'static {
    /// Returns a token for one form.
    fn token<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>>;
}

/// The default source: calls `/Index/GetToken` for each form. See [`GetToken`].
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct FromService;

impl TokenSource for FromService {
    fn token<'a>(&'a self, client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(async move { Ok(client.get_token(&GetToken::new()).await?) })
    }
}

impl TokenSource for Token {
    fn token<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}

impl<F, A> TokenSource for F
where
    F: Fn() -> A + Send + Sync + 'static,
    A: Future<Output = Result<Token, TokenError>> + Send + 'static,
{
    fn token<'a>(&'a self, _client: &'a Client) -> BoxFuture<'a, Result<Token, TokenError>> {
        Box::pin(self())
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

    /// Sets the source of the tokens of the browser's forms. Default: `/Index/GetToken`, once for each form.
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
    pub fn build(self) -> Result<Client, kervan_reqwest::BuildError> {
        let transport =
            kervan_reqwest::ReqwestTransport::calling(&self.config, [&self.settings.base])?;
        Ok(self.build_over(transport, kervan_reqwest::SystemHost::new()))
    }

    /// Builds a client on a transport and a host of the program's own.
    pub fn build_over(self, transport: impl Transport, host: impl Host) -> Client {
        Client {
            caller: Settler::new(Caller::new(self.settings, self.config, transport, host)),
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
