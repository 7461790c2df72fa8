#![doc = include_str!("../README.md")]

pub mod aras;
#[cfg(feature = "server")]
mod board;
mod chance;
mod clock;
#[cfg(feature = "server")]
mod control;
mod exchange;
mod faults;
pub mod haso;
pub mod horoz;
mod hosted;
mod http;
mod journal;
mod moment;
mod money;
pub mod outbox;
mod page;
pub mod param;
mod plan;
mod post;
mod provider;
mod redact;
mod rules;
#[cfg(feature = "server")]
mod sandbox;
#[cfg(feature = "server")]
pub mod server;
mod stand;
mod values;
pub mod world;

pub use chance::Chance;
pub use clock::Clock;
pub use exchange::{Call, Delivered, Exchange};
pub use faults::Faulty;
pub use hosted::{Hosted, StateName};
pub use http::{Answer, Refused, Request};
pub use journal::{Entry, Origin};
pub use moment::{Civil, Day, Moment};
pub use money::Kurus;
pub use plan::{Fault, Plan};
pub use post::{Post, PostBody, Repeats, Sender};
pub use provider::Provider;
#[cfg(feature = "server")]
pub use sandbox::{Account, Sandbox, Unused};

#[cfg(test)]
mod tests {
    /// One misreading must not hide on both sides, and the providers need no runtime.
    #[test]
    fn depends_on_no_client_and_without_the_server_on_no_runtime() {
        let manifest = include_str!("../Cargo.toml");
        let (_, after) = manifest.split_once("\n[dependencies]\n").unwrap();
        let dependencies: Vec<(&str, &str)> = after
            .lines()
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.split_once(" = "))
            .collect();
        let find = |name: &str| dependencies.iter().find(|(listed, _)| *listed == name);
        assert!(find("kervan-spec").is_some());
        for banned in [
            "aras-tracking",
            "haso-bnpl",
            "horoz-shipping",
            "kervan-core",
            "kervan-reqwest",
            "param-marketplace",
            "reqwest",
        ] {
            assert!(find(banned).is_none(), "{banned}");
        }
        for server in ["http-body-util", "hyper", "hyper-util", "lexopt", "tokio"] {
            let (_, asked) = find(server).unwrap();
            assert!(asked.contains("optional = true"), "{server}");
        }
    }
}
