//! The transport on reqwest and tokio.

use std::time::Duration;

use reqwest::header::{HeaderName, HeaderValue as HttpHeaderValue};
use reqwest::redirect::Policy;
use reqwest::retry;

use crate::config::Config;
use crate::error::{TransportError, TransportKind};
use crate::message::{HeaderValue, HttpRequest, Method, Reply};
use crate::transport::{BoxFuture, Limits, Transport};

/// Sends with reqwest: connections are kept, redirects are not followed, nothing is repeated.
///
/// The proxy variables of the environment are obeyed. Certificates are checked against the
/// system's store; that cannot be switched off here.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    http: reqwest::Client,
}

/// The HTTP client could not be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// reqwest refused, as it does when the system has no certificate store.
    #[error("the HTTP client cannot be built")]
    Http(#[source] reqwest::Error),
    /// The feature `rustls-no-provider` leaves the choice of cryptography to the program, and the
    /// program has not made it.
    #[error("no rustls crypto provider is installed; install one before building a client")]
    NoCryptoProvider,
}

impl ReqwestTransport {
    /// Builds an HTTP client with the safe settings.
    ///
    /// # Errors
    ///
    /// [`BuildError`].
    pub fn new(config: &Config) -> Result<Self, BuildError> {
        #[cfg(all(
            feature = "rustls-no-provider",
            not(feature = "rustls"),
            not(feature = "native-tls")
        ))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(BuildError::NoCryptoProvider);
        }
        reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(retry::never())
            .referer(false)
            .tcp_nodelay(true)
            .connect_timeout(config.connect_timeout)
            .build()
            .map(Self::over)
            .map_err(|error| BuildError::Http(error.without_url()))
    }

    /// Takes a client that the program has built, as for a private certificate authority.
    ///
    /// It must not follow redirects and must not retry: both would send a write twice.
    pub fn over(http: reqwest::Client) -> Self {
        Self { http }
    }

    async fn exchange(
        &self,
        request: &HttpRequest,
        limits: Limits,
    ) -> Result<Reply, TransportError> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
        let mut builder = self
            .http
            .request(method, request.url.as_str())
            .timeout(limits.timeout);
        for (name, value) in &request.headers {
            builder = builder.header(wire_name(name)?, wire_value(value)?);
        }
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        let mut response = builder
            .send()
            .await
            .map_err(|error| classify(error, Phase::Sending))?;
        let declared = response.content_length().unwrap_or(0);
        if declared > limits.max_body_bytes as u64 {
            return Err(TransportError::new(TransportKind::TooLarge));
        }
        let headers = response
            .headers()
            .iter()
            .map(|(name, value)| {
                (
                    name.as_str().to_owned(),
                    String::from_utf8_lossy(value.as_bytes()).into_owned(),
                )
            })
            .collect();
        let status = response.status().as_u16();
        let mut body = Vec::with_capacity(usize::try_from(declared).unwrap_or(0));
        while let Some(chunk) = response
            .chunk()
            .await
            .map_err(|error| classify(error, Phase::Reading))?
        {
            if body.len() + chunk.len() > limits.max_body_bytes {
                return Err(TransportError::new(TransportKind::TooLarge));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Reply::new(status, headers, body))
    }
}

impl Transport for ReqwestTransport {
    fn send<'a>(
        &'a self,
        request: &'a HttpRequest,
        limits: Limits,
    ) -> BoxFuture<'a, Result<Reply, TransportError>> {
        Box::pin(self.exchange(request, limits))
    }

    fn sleep(&self, pause: Duration) -> Option<BoxFuture<'static, ()>> {
        Some(Box::pin(tokio::time::sleep(pause)))
    }
}

fn wire_name(name: &str) -> Result<HeaderName, TransportError> {
    HeaderName::from_bytes(name.as_bytes())
        .map_err(|_| TransportError::new(TransportKind::Unsendable))
}

fn wire_value(value: &HeaderValue) -> Result<HttpHeaderValue, TransportError> {
    let mut wire = HttpHeaderValue::from_str(value.expose())
        .map_err(|_| TransportError::new(TransportKind::Unsendable))?;
    wire.set_sensitive(matches!(value, HeaderValue::Secret(_)));
    Ok(wire)
}

#[derive(Clone, Copy)]
enum Phase {
    Sending,
    Reading,
}

/// Sorts an error of reqwest. Only a failure to connect proves that nothing was sent. A stalled
/// body is a time-out and a decode error at once, so time is asked first.
fn classify(error: reqwest::Error, phase: Phase) -> TransportError {
    let kind = match phase {
        Phase::Sending if error.is_connect() => TransportKind::Connect,
        Phase::Sending if error.is_builder() => TransportKind::Unsendable,
        _ if error.is_timeout() => TransportKind::Timeout,
        _ => TransportKind::Interrupted,
    };
    TransportError::new(kind).caused_by(error.without_url())
}
