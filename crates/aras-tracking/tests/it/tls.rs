//! An https address without a TLS feature fails when the client is built, not at the first call.

use aras_tracking::{
    BaseUrl, Login, PageClient, PageEnvironment, QueryClient, QueryEnvironment, ShipmentClient,
    ShipmentEnvironment,
};
use kervan_reqwest::{BuildError, HAS_TLS};

/// Without TLS it is refused for that reason, and for no other. With it, a client is built.
fn is_named<T>(built: &Result<T, BuildError>) {
    if HAS_TLS {
        assert!(built.is_ok());
    } else {
        assert!(matches!(built, Err(BuildError::NoTls)));
    }
}

#[test]
fn https_without_tls_is_an_error_of_the_builder() {
    let plain = || BaseUrl::parse("http://127.0.0.1:9").unwrap();
    let secure = || BaseUrl::parse("https://a.example").unwrap();
    let login = Login::published_test_account;

    let queries = |at| QueryClient::builder(&QueryEnvironment::At(at), login()).unwrap();
    is_named(&queries(secure()).build());
    assert!(queries(plain()).build().is_ok());

    let shipments = |at| ShipmentClient::builder(&ShipmentEnvironment::At(at), login()).unwrap();
    is_named(&shipments(secure()).build());
    assert!(shipments(plain()).build().is_ok());

    let pages = |at| PageClient::builder(&PageEnvironment::At(at)).unwrap();
    is_named(&pages(secure()).build());
    assert!(pages(plain()).build().is_ok());
}
