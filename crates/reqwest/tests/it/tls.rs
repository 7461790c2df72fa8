//! TLS against servers of these tests, whose certificates come from authorities of these tests.

#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod authority;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod call;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod cuts;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod peers;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod resumption;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod server;
#[cfg(any(
    feature = "rustls",
    feature = "rustls-no-provider",
    feature = "native-tls"
))]
mod trust;

use kervan_core::{BaseUrl, Config};
use kervan_reqwest::{BuildError, HAS_TLS, ReqwestTransport};

use super::install_provider;

#[test]
fn https_without_tls_is_named_when_the_transport_is_built() {
    install_provider();
    let secure = BaseUrl::parse("https://a.example").unwrap();
    let config = Config::default();
    let built = ReqwestTransport::calling(&config, [&secure]);
    assert_eq!(matches!(built, Err(BuildError::NoTls)), !HAS_TLS);
    let local = BaseUrl::parse("http://127.0.0.1:9").unwrap();
    assert!(ReqwestTransport::calling(&config, [&local]).is_ok());
}

#[test]
fn root_certificates_without_tls_are_refused() {
    install_provider();
    let builder = ReqwestTransport::builder(&Config::default());
    for built in [
        builder.clone().root_certificates("").build(),
        builder.only_root_certificates("").build(),
    ] {
        let error = built.unwrap_err();
        let is_refused = matches!(error, BuildError::NoTls);
        assert_eq!(is_refused, !HAS_TLS, "{error:?}");
    }
}
