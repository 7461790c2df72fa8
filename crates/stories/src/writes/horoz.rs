//! Horoz: orders, cancels and labels.

mod existing;
mod orders;

use horoz_shipping::{Client, ClientBuilder, ProcessKey, Settings};
use kervan_core::{Config, Host, Transport};
use kervan_sandbox::horoz::Horoz;
use kervan_settling::Settler;

use crate::writes::base;
use crate::{Account, Write};

pub(super) fn writes() -> Vec<Write> {
    [orders::writes(), existing::writes()].concat()
}

const KEY: &str = "0123456789abcdef0123456789abcdef";

impl Account for Horoz {
    type Settings = Settings;

    fn client(network: impl Transport, host: impl Host, config: Config) -> Settler<Settings> {
        let client = builder().config(config).build_over(network, host);
        Settler::clone(&client)
    }
}

/// Starts to build a client with the key of the demo world.
#[expect(clippy::expect_used, reason = "the key of the world is a valid one")]
pub(crate) fn builder() -> ClientBuilder {
    let key = ProcessKey::new(KEY).expect("a key");
    Client::builder(base(), key)
}
