//! The settings of the HTTP client, and what it trusts.

use std::time::Duration;

use kervan_core::{BaseUrl, Config};
use reqwest::redirect::Policy;
use reqwest::{NoProxy, Proxy, retry};

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
    /// The address is `https`, or root certificates are given, and the program was built without a TLS
    /// feature.
    #[error(
        "TLS is asked for and no TLS feature is enabled; enable `rustls`, `rustls-no-provider` or `native-tls`"
    )]
    NoTls,
    /// The text of the root certificates holds no certificate in PEM.
    #[error("the root certificates hold no certificate in PEM")]
    NoCertificate,
    /// A root certificate cannot be read.
    #[error("a root certificate cannot be read")]
    BadCertificate(#[source] reqwest::Error),
}

/// Whether a TLS feature is enabled.
pub const HAS_TLS: bool = cfg!(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
));

/// Builds a [`ReqwestTransport`](crate::ReqwestTransport).
///
/// It has no setting that weakens the check of certificates, follows a redirect or repeats a request.
#[derive(Clone, Debug)]
#[must_use]
pub struct TransportBuilder {
    connect_timeout: Duration,
    roots: Roots,
}

/// The authorities whose certificates are accepted, in PEM.
#[derive(Clone, Debug)]
#[cfg_attr(
    not(any(
        feature = "rustls",
        feature = "rustls-no-provider",
        feature = "native-tls"
    )),
    expect(dead_code, reason = "without TLS they are refused unread")
)]
enum Roots {
    /// Those of the system.
    System,
    /// Those of the system, and these.
    Added(Vec<u8>),
    /// These.
    Only(Vec<u8>),
}

impl TransportBuilder {
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            connect_timeout: config.connect_timeout,
            roots: Roots::System,
        }
    }

    /// Trusts the authorities in this PEM text besides those of the system.
    ///
    /// Such an authority can vouch for every host. A program that calls nothing but the host behind a
    /// gateway of its own trusts less with [`only_root_certificates`](Self::only_root_certificates).
    ///
    /// The last call of the two decides.
    pub fn root_certificates(self, pem: impl Into<Vec<u8>>) -> Self {
        let roots = Roots::Added(pem.into());
        Self { roots, ..self }
    }

    /// Trusts the authorities in this PEM text, and none of the system's.
    ///
    /// The last call of the two decides.
    pub fn only_root_certificates(self, pem: impl Into<Vec<u8>>) -> Self {
        let roots = Roots::Only(pem.into());
        Self { roots, ..self }
    }

    /// Returns a client that may keep its connections, and one that keeps none.
    pub(crate) fn clients(self) -> Result<(reqwest::Client, reqwest::Client), BuildError> {
        #[cfg(all(
            feature = "rustls-no-provider",
            not(feature = "rustls"),
            not(feature = "native-tls")
        ))]
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            return Err(BuildError::NoCryptoProvider);
        }
        let builder = || {
            let proxies = Proxies::of(|name| std::env::var(name).ok());
            trust(self.http(proxies).map_err(refused)?, &self.roots)
        };
        let kept = builder()?.build().map_err(refused)?;
        let fresh = builder()?.pool_max_idle_per_host(0).build();
        Ok((kept, fresh.map_err(refused)?))
    }

    /// Returns a client that sends once, and only where it was told to.
    fn http(&self, proxies: Proxies) -> reqwest::Result<reqwest::ClientBuilder> {
        let builder = reqwest::Client::builder()
            .redirect(Policy::none())
            .retry(retry::never())
            .referer(false)
            .tcp_nodelay(true)
            // Harmless in an answer, and a write's answer is worth more than its form.
            .http1_allow_spaces_after_header_name_in_responses(true)
            .http1_allow_obsolete_multiline_headers_in_responses(true)
            .connect_timeout(self.connect_timeout)
            .no_proxy();
        Ok(match proxies.https {
            Some(address) => builder.proxy(Proxy::https(address)?.no_proxy(proxies.except)),
            None => builder,
        })
    }
}

/// Checks that these addresses can be called.
pub(crate) fn check_tls<'a>(
    addresses: impl IntoIterator<Item = &'a BaseUrl>,
    has_tls: bool,
) -> Result<(), BuildError> {
    if !has_tls && addresses.into_iter().any(BaseUrl::is_https) {
        return Err(BuildError::NoTls);
    }
    Ok(())
}

fn refused(error: reqwest::Error) -> BuildError {
    BuildError::Http(error.without_url())
}

/// Adds the authorities to the client.
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
fn trust(
    builder: reqwest::ClientBuilder,
    roots: &Roots,
) -> Result<reqwest::ClientBuilder, BuildError> {
    let read = |pem: &[u8]| {
        let found = reqwest::Certificate::from_pem_bundle(pem);
        match found.map_err(BuildError::BadCertificate)? {
            none if none.is_empty() => Err(BuildError::NoCertificate),
            found => Ok(found),
        }
    };
    Ok(match roots {
        Roots::System => builder,
        Roots::Added(pem) => builder.tls_certs_merge(read(pem)?),
        Roots::Only(pem) => builder.tls_certs_only(read(pem)?),
    })
}

/// Without TLS there is nobody to trust.
#[cfg(not(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
)))]
fn trust(
    builder: reqwest::ClientBuilder,
    roots: &Roots,
) -> Result<reqwest::ClientBuilder, BuildError> {
    match roots {
        Roots::System => Ok(builder),
        Roots::Added(_) | Roots::Only(_) => Err(BuildError::NoTls),
    }
}

/// The proxy settings of the environment, as far as they are obeyed.
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

#[cfg(test)]
mod tests {
    use super::*;

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
            let builder = TransportBuilder::new(&config).http(proxies);
            builder.map(|builder| format!("{builder:?}"))
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
    }
}
