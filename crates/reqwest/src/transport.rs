//! The transport on reqwest and tokio.

use std::error::Error as _;

use kervan_core::message::HeaderValue;
use kervan_core::transport::BoxFuture;
use kervan_core::{
    BaseUrl, Config, Connection, HttpRequest, Limits, Reply, Transport, TransportError,
    TransportKind,
};
use reqwest::header::{HeaderName, HeaderValue as HttpHeaderValue};

use crate::builder::{BuildError, HAS_TLS, TransportBuilder, check_tls};

/// The most memory that a declared length is trusted with, before any of the body has come.
const MOST_ROOM: usize = 64 << 10;

/// Sends with reqwest: connections are kept, redirects are not followed, nothing is repeated.
///
/// Certificates are checked against the system's store, or against what a [`TransportBuilder`] names. The
/// check cannot be switched off here.
///
/// Calls over https obey the proxy variables of the environment: `HTTPS_PROXY`, or else
/// `ALL_PROXY`, except for the hosts of `NO_PROXY`; each is also read in lower case. Calls over
/// plain http obey none, `HTTP_PROXY` included: most of them stay on this machine, and a proxy
/// would read them all.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    http: reqwest::Client,
    /// Keeps no connection.
    fresh: reqwest::Client,
}

impl TransportBuilder {
    /// Builds the transport.
    ///
    /// # Errors
    ///
    /// [`BuildError`].
    pub fn build(self) -> Result<ReqwestTransport, BuildError> {
        let (http, fresh) = self.clients()?;
        Ok(ReqwestTransport { http, fresh })
    }
}

impl ReqwestTransport {
    /// Starts a transport with the safe settings, for a program with certificates of its own.
    pub fn builder(config: &Config) -> TransportBuilder {
        TransportBuilder::new(config)
    }

    /// Builds a transport with the safe settings.
    ///
    /// # Errors
    ///
    /// [`BuildError`].
    pub fn new(config: &Config) -> Result<Self, BuildError> {
        Self::builder(config).build()
    }

    /// As [`new`](Self::new), for a client of these addresses: one that cannot be called at all, because
    /// no TLS feature is enabled, is an error now and not at the first call.
    ///
    /// # Errors
    ///
    /// [`BuildError`].
    pub fn calling<'a>(
        config: &Config,
        addresses: impl IntoIterator<Item = &'a BaseUrl>,
    ) -> Result<Self, BuildError> {
        check_tls(addresses, HAS_TLS)?;
        Self::new(config)
    }

    /// Takes an HTTP client that the program has built, as for a client certificate or a proxy of its own.
    /// For a private certificate authority, [`builder`](Self::builder) is enough.
    ///
    /// **It must not follow redirects and must not retry: both send a write twice.** Nobody can see
    /// from outside how a client was built, so
    /// `redirect(reqwest::redirect::Policy::none())` and `retry(reqwest::retry::never())` are the
    /// program's duty. An answer that came from another address than the one called is refused as
    /// [`TransportKind::Interrupted`], whose outcome is unknown: by then the harm is done. A
    /// redirect to the same address and a retry cannot be noticed at all.
    ///
    /// The proxies of such a client are its own as well, those for plain http included. So are its
    /// connections: [`Connection::Fresh`] is not obeyed, and a client without
    /// `pool_max_idle_per_host(0)` may read a late answer of another call as that of a write.
    pub fn over(http: reqwest::Client) -> Self {
        let fresh = http.clone();
        Self { http, fresh }
    }

    async fn exchange(
        &self,
        request: &HttpRequest,
        limits: Limits,
    ) -> Result<Reply, TransportError> {
        let method = reqwest::Method::from_bytes(request.method.as_str().as_bytes())
            .map_err(|_| TransportError::new(TransportKind::Unsendable))?;
        let http = match limits.connection {
            Connection::Any => &self.http,
            Connection::Fresh => &self.fresh,
        };
        let mut builder = http.request(method, request.url.as_str());
        for (name, value) in &request.headers {
            builder = builder.header(wire_name(name)?, wire_value(value)?);
        }
        if !request.body.is_empty() {
            builder = builder.body(request.body.clone());
        }
        let request = builder
            .build()
            .map_err(|error| classify(error, Phase::Sending))?;
        let called = request.url().clone();
        let mut response = http
            .execute(request)
            .await
            .map_err(|error| classify(error, Phase::Sending))?;
        if *response.url() != called {
            return Err(TransportError::new(TransportKind::Interrupted)
                .caused_by("the answer came from another address"));
        }
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
        let room = usize::try_from(declared).unwrap_or(0).min(MOST_ROOM);
        let mut body = Vec::with_capacity(room);
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
        _ if is_malformed(&error) => TransportKind::Malformed,
        _ => TransportKind::Interrupted,
    };
    TransportError::new(kind).caused_by(error.without_url())
}

/// Returns whether the peer sent something other than HTTP.
fn is_malformed(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if let Some(error) = error.downcast_ref::<hyper::Error>()
            && error.is_parse()
        {
            return true;
        }
        // The length of a chunk.
        if let Some(error) = error.downcast_ref::<std::io::Error>()
            && error.kind() == std::io::ErrorKind::InvalidInput
        {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use kervan_core::Secret;

    use super::*;

    #[test]
    fn credentials_are_marked_for_the_library() {
        let secret = wire_value(&HeaderValue::Secret(Secret::new("a"))).unwrap();
        let public = wire_value(&HeaderValue::Public("a".into())).unwrap();
        assert!(secret.is_sensitive() && !public.is_sensitive());
        let error = wire_value(&HeaderValue::Secret(Secret::new("a\nb"))).unwrap_err();
        assert_eq!(error.kind(), TransportKind::Unsendable);
    }

    // With `rustls-no-provider` alone, the program brings the provider.
    #[cfg(any(feature = "rustls", not(feature = "rustls-no-provider")))]
    #[tokio::test]
    async fn an_error_of_the_library_is_sorted_by_what_it_proves() {
        let http = reqwest::Client::builder().no_proxy();
        let http = http
            .timeout(std::time::Duration::from_millis(20))
            .build()
            .unwrap();
        let refused = http.get("no address").build().unwrap_err();
        assert_eq!(
            classify(refused, Phase::Sending).kind(),
            TransportKind::Unsendable
        );

        // Connections wait in the queue of a listener that nobody asks.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let silent = format!("http://{}/", listener.local_addr().unwrap());
        let late = http.get(silent).send().await.unwrap_err();
        assert_eq!(
            classify(late, Phase::Sending).kind(),
            TransportKind::Timeout
        );

        let unused = listener.local_addr().unwrap();
        drop(listener);
        let gone = http
            .get(format!("http://{unused}/"))
            .send()
            .await
            .unwrap_err();
        assert_eq!(
            classify(gone, Phase::Sending).kind(),
            TransportKind::Connect
        );
    }
}
