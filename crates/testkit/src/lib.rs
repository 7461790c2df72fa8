//! Helpers that the tests of the provider crates share: a peer whose faults move the clock, a transport
//! without sockets, and one call over a script.

#![expect(
    clippy::expect_used,
    reason = "a helper of tests: there is nothing to test without it"
)]

pub mod browser;
pub mod faults;
mod in_process;
pub mod logs;
pub mod scripted;

use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

use contract_kit::faults::FaultServer;
use contract_kit::orders::OrderServer;
use kervan_core::{BaseUrl, Config, Retry};
use kervan_reqwest::ReqwestTransport;
use kervan_testing::MovableHost;

pub use self::in_process::InProcess;

/// The time-out of a try. No test waits for it: the clock of its host moves.
pub const TIMEOUT: Duration = Duration::from_secs(1);

/// Returns a host at noon of 22 November 2026 in Türkiye.
pub fn host() -> MovableHost {
    MovableHost::at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_795_338_000))
}

/// Limits whose reads are tried that often, without pauses. Connections are shared, because opening
/// thousands of them is most of the time of these tests; tests of connections set
/// [`Config::fresh_connections`] to its default again.
pub fn config(tries: u32) -> Config {
    let retry = Retry::default()
        .tries(tries)
        .pauses(Duration::ZERO, Duration::ZERO);
    Config::default()
        .timeout(TIMEOUT)
        .max_body_bytes(1 << 20)
        .fresh_connections(false)
        .retry(retry)
}

/// An address, and the clock of whoever calls it.
///
/// Made from a [`FaultServer`], its clock moves by [`TIMEOUT`] when that server stalls an answer.
#[derive(Clone, Debug)]
pub struct Peer {
    /// The address without a closing slash.
    pub address: String,
    /// The clock.
    pub host: MovableHost,
}

impl Peer {
    /// Returns the address as clients take it.
    ///
    /// # Panics
    ///
    /// When it is not an address.
    pub fn base(&self) -> BaseUrl {
        BaseUrl::parse(&self.address).expect("an address")
    }
}

impl From<&FaultServer> for Peer {
    fn from(server: &FaultServer) -> Self {
        let peer = Self::from(server.base_url());
        let host = peer.host.clone();
        server.on_stall(move || host.advance(TIMEOUT));
        peer
    }
}

impl From<&OrderServer> for Peer {
    fn from(server: &OrderServer) -> Self {
        Self::from(server.base_url())
    }
}

impl From<String> for Peer {
    fn from(address: String) -> Self {
        let host = host();
        Self { address, host }
    }
}

impl From<&String> for Peer {
    fn from(address: &String) -> Self {
        Self::from(address.clone())
    }
}

impl From<&str> for Peer {
    fn from(address: &str) -> Self {
        Self::from(address.to_owned())
    }
}

/// Returns the transport on real sockets, one for all tests of a program: each client of its own would read
/// the certificates of the system again. Servers have ports of their own, so that no two tests share
/// a connection.
///
/// # Panics
///
/// When the HTTP client cannot be built.
pub fn sockets() -> ReqwestTransport {
    static TRANSPORT: LazyLock<ReqwestTransport> =
        LazyLock::new(|| ReqwestTransport::new(&Config::default()).expect("an HTTP client"));
    TRANSPORT.clone()
}
