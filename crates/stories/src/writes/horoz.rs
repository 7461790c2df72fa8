//! Horoz: orders, cancels and labels.

mod existing;
mod orders;

use horoz_shipping::{Client, ProcessKey, Settings, TrackingService};
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
        Settler::clone(&client(network, host, config))
    }
}

/// Builds a client with the key of the demo world. Tracking is at the same address.
#[expect(clippy::expect_used, reason = "the key of the world is a valid one")]
pub(crate) fn client(network: impl Transport, host: impl Host, config: Config) -> Client {
    let key = ProcessKey::new(KEY).expect("a key");
    let tracking = TrackingService::new(base());
    let client = Client::builder(base(), key).tracking(tracking);
    client.config(config).build_over(network, host)
}
