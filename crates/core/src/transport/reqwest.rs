//! The transport on reqwest and tokio.

use std::error::Error as _;

use reqwest::header::{HeaderName, HeaderValue as HttpHeaderValue};
use reqwest::redirect::Policy;
use reqwest::{NoProxy, Proxy, retry};

use super::once::{Connection, Limits, Transport};
use crate::address::BaseUrl;
use crate::config::Config;
use crate::error::{TransportError, TransportKind};
use crate::future::BoxFuture;
use crate::message::{HeaderValue, HttpRequest, Method, Reply};

/// The most memory that a declared length is trusted with, before any of the body has come.
const MOST_ROOM: usize = 64 << 10;

/// Sends with reqwest: connections are kept, redirects are not followed, nothing is repeated.
///
/// Certificates are checked against the system's store; that cannot be switched off here.
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
    /// The address is `https`, and the program was built without a TLS feature.
    #[error(
        "the address is https and no TLS feature is enabled; enable `rustls`, `rustls-no-provider` or `native-tls`"
    )]
    NoTls,
}

/// Whether a TLS feature is enabled.
pub const HAS_TLS: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Checks that these addresses can be called.
fn check_tls<'a>(
    addresses: impl IntoIterator<Item = &'a BaseUrl>,
    has_tls: bool,
) -> Result<(), BuildError> {
    if !has_tls && addresses.into_iter().any(BaseUrl::is_https) {
        return Err(BuildError::NoTls);
    }
    Ok(())
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
        let builder = || builder(config, Proxies::of(|name| std::env::var(name).ok()));
        let fresh = |builder: reqwest::ClientBuilder| builder.pool_max_idle_per_host(0);
        let both = builder()
            .and_then(reqwest::ClientBuilder::build)
            .and_then(|http| Ok((http, fresh(builder()?).build()?)));
        let (http, fresh) = both.map_err(|error| BuildError::Http(error.without_url()))?;
        Ok(Self { http, fresh })
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

    /// Takes a client that the program has built, as for a private certificate authority.
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
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
        };
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

/// A client that sends once, and only where it was told to.
fn builder(config: &Config, proxies: Proxies) -> reqwest::Result<reqwest::ClientBuilder> {
    let builder = reqwest::Client::builder()
        .redirect(Policy::none())
        .retry(retry::never())
        .referer(false)
        .tcp_nodelay(true)
        // Harmless in an answer, and a write's answer is worth more than its form.
        .http1_allow_spaces_after_header_name_in_responses(true)
        .http1_allow_obsolete_multiline_headers_in_responses(true)
        .connect_timeout(config.connect_timeout)
        .no_proxy();
    Ok(match proxies.https {
        Some(address) => builder.proxy(Proxy::https(address)?.no_proxy(proxies.except)),
        None => builder,
    })
}

/// What the environment says about proxies, as far as it is obeyed.
struct Proxies {
    https: Option<String>,
    except: Option<NoProxy>,
}

impl Proxies {
    fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let first = |names: [&str; 4]| {
            let mut set = names.into_iter().filter_map(&variable);
            set.find(|value| !value.trim().is_empty())
        };
        Self {
            https: first(["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]),
            except: NoProxy::from_env(),
        }
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

/// Whether the peer sent something that is no HTTP.
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
    use std::time::Duration;

    use super::*;
    use crate::secret::Secret;

    fn https(set: &[(&str, &str)]) -> Option<String> {
        let value = |name: &str| {
            let found = set.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        Proxies::of(value).https
    }

    #[test]
    fn takes_the_proxy_of_https_and_no_other() {
        assert_eq!(https(&[("HTTP_PROXY", "a"), ("http_proxy", "b")]), None);
        assert_eq!(
            https(&[("ALL_PROXY", "a"), ("https_proxy", "b")]).as_deref(),
            Some("b")
        );
        assert_eq!(
            https(&[("all_proxy", "a"), ("HTTPS_PROXY", " ")]).as_deref(),
            Some("a")
        );
        assert_eq!(https(&[]), None);
    }

    #[test]
    fn the_client_has_the_settings() {
        let config = Config::default().connect_timeout(Duration::from_millis(1234));
        let shown = |https: Option<&str>| {
            let proxies = Proxies {
                https: https.map(str::to_owned),
                except: None,
            };
            builder(&config, proxies).map(|builder| format!("{builder:?}"))
        };
        let plain = shown(None).unwrap();
        assert!(plain.contains("connect_timeout: 1.234s"), "{plain}");
        assert!(
            !plain.contains("proxies") && plain.contains("redirect"),
            "{plain}"
        );
        let proxied = shown(Some("proxy.example:3128")).unwrap();
        assert!(proxied.contains("proxies"), "{proxied}");
        assert!(shown(Some("::")).is_err());
    }

    #[test]
    fn https_without_tls_is_named_when_the_client_is_built() {
        let plain = BaseUrl::parse("http://127.0.0.1:9").unwrap();
        let secure = BaseUrl::parse("HTTPS://a.example").unwrap();
        let both = [&plain, &secure];
        assert!(check_tls(both, true).is_ok() && check_tls([&plain], false).is_ok());
        let error = check_tls(both, false).unwrap_err();
        assert!(error.to_string().contains("TLS"), "{error}");
        let built = ReqwestTransport::calling(&Config::default(), both);
        let is_refused = matches!(built, Err(BuildError::NoTls));
        assert_eq!(is_refused, !HAS_TLS);
    }

    #[test]
    fn credentials_are_marked_for_the_library() {
        let secret = wire_value(&HeaderValue::Secret(Secret::new("a"))).unwrap();
        let public = wire_value(&HeaderValue::Public("a".into())).unwrap();
        assert!(secret.is_sensitive() && !public.is_sensitive());
        let error = wire_value(&HeaderValue::Secret(Secret::new("a\nb"))).unwrap_err();
        assert_eq!(error.kind(), TransportKind::Unsendable);
    }
}
