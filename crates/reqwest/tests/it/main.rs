//! The transport against peers on this machine.

#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod sending;
mod tls;

use kervan_core::Config;
use kervan_reqwest::{ReqwestTransport, TransportBuilder};

/// Returns a transport; with `rustls-no-provider`, the program has chosen its cryptography.
fn transport(set: impl FnOnce(TransportBuilder) -> TransportBuilder) -> ReqwestTransport {
    install_provider();
    set(ReqwestTransport::builder(&Config::default()))
        .build()
        .unwrap()
}

#[cfg(feature = "rustls-no-provider")]
fn install_provider() {
    // An error says that another test was first.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
}

#[cfg(not(feature = "rustls-no-provider"))]
fn install_provider() {}
