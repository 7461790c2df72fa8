//! An https address without a TLS feature fails when the client is built, not at the first call.

use kervan_reqwest::{BuildError, HAS_TLS};
use param_marketplace::{
    BaseUrl, Client, ClientBuilder, Credentials, Environment, MarketplaceKey, MerchantKey,
};

/// Without TLS the address is rejected for that reason only. With TLS, a client is built.
fn is_named<T>(built: &Result<T, BuildError>) {
    if HAS_TLS {
        assert!(built.is_ok());
    } else {
        assert!(matches!(built, Err(BuildError::NoTls)));
    }
}

fn builder(environment: &Environment) -> ClientBuilder {
    let login = Credentials::published_test_account();
    let (marketplace, merchant) = (MarketplaceKey::new("ETS"), MerchantKey::new("GUID"));
    Client::builder(environment, login, marketplace, merchant).unwrap()
}

#[test]
fn https_without_tls_is_an_error_of_the_builder() {
    is_named(&builder(&Environment::Test).build());
    is_named(&builder(&Environment::Production).build());
    let plain = Environment::At(BaseUrl::parse("http://127.0.0.1:9").unwrap());
    assert!(builder(&plain).build().is_ok());
    // One of the other addresses is enough.
    let secure = || BaseUrl::parse("https://a.example").unwrap();
    is_named(&builder(&plain).payment_address(secure()).build());
    #[cfg(feature = "payments")]
    is_named(&builder(&plain).card_address(secure()).build());
}
