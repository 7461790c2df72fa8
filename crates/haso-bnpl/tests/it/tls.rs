//! An https address without a TLS feature fails when the client is built, not at the first call.

use haso_bnpl::{BaseUrl, Client};
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
    let built = |base| Client::builder(BaseUrl::parse(base).unwrap(), "1001").build();
    is_named(&built("https://a.example"));
    assert!(built("http://127.0.0.1:9").is_ok());
}
