//! An https address without a TLS feature fails when the client is built, not at the first call.

use horoz_shipping::{BaseUrl, Client, ClientBuilder, ProcessKey, TrackingService};
use kervan_reqwest::{BuildError, HAS_TLS};

/// Without TLS it is refused for that reason, and for no other. With it, a client is built.
fn is_named<T>(built: &Result<T, BuildError>) {
    if HAS_TLS {
        assert!(built.is_ok());
    } else {
        assert!(matches!(built, Err(BuildError::NoTls)));
    }
}

fn key() -> ProcessKey {
    ProcessKey::new("KEY").unwrap()
}

fn builder(base: &str) -> ClientBuilder {
    Client::builder(BaseUrl::parse(base).unwrap(), key())
}

#[test]
fn https_without_tls_is_an_error_of_the_builder() {
    is_named(&builder("https://a.example").build());
    assert!(builder("http://127.0.0.1:9").build().is_ok());
    // The address of the tracking service is enough.
    let secure = BaseUrl::parse("https://a.example").unwrap();
    let tracking = TrackingService::new(secure);
    is_named(&builder("http://127.0.0.1:9").tracking(tracking).build());
}
