//! A stateful imitation of Turkish payment and parcel providers.
//!
//! A [`Provider`] is pure: state, [`Request`], [`Moment`] and [`Chance`] give an [`Answer`] and the
//! effects on the outside world. [`Faulty`] puts a fault script before it and keeps a journal, so that
//! a story can compare what a client believes with what really happened.
//!
//! - [`param`]: payments, stored cards and marketplace of Param.
//! - [`horoz`]: shipping orders, labels and tracking of Horoz.
//! - [`haso`]: orders, limits, plans and refunds of HASO.
//! - [`aras`]: orders, tracking queries, tracking pages and events of Aras.
//!
//! Nothing here was observed on a provider's live service. The sandbox shows how this project reads
//! the providers' documents.

pub mod aras;
mod chance;
mod exchange;
mod faults;
pub mod haso;
pub mod horoz;
mod hosted;
mod http;
mod journal;
mod moment;
mod money;
pub mod param;
mod plan;
mod post;
mod provider;
mod rules;
mod values;

pub use chance::Chance;
pub use exchange::{Delivered, Exchange};
pub use faults::Faulty;
pub use hosted::Hosted;
pub use http::{Answer, Refused, Request};
pub use journal::{Entry, Origin};
pub use moment::{Civil, Day, Moment};
pub use money::Kurus;
pub use plan::{Fault, Plan};
pub use post::{Post, PostBody, Repeats, Sender};
pub use provider::Provider;

#[cfg(test)]
mod tests {
    /// One misreading must not hide on both sides, and the heart needs no runtime.
    #[test]
    fn depends_on_no_client_and_no_runtime() {
        let manifest = include_str!("../Cargo.toml");
        let (_, after) = manifest.split_once("[dependencies]").unwrap();
        let dependencies: Vec<&str> = after
            .lines()
            .take_while(|line| !line.starts_with('['))
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, _)| name)
            .collect();
        assert!(dependencies.contains(&"kervan-spec"));
        for banned in [
            "aras-tracking",
            "haso-bnpl",
            "horoz-shipping",
            "kervan-core",
            "kervan-reqwest",
            "param-marketplace",
            "reqwest",
            "tokio",
        ] {
            assert!(!dependencies.contains(&banned), "{banned}");
        }
    }
}
