//! The one shape of a simulated provider.

use std::fmt::Debug;

use crate::{Answer, Chance, Moment, Request};

/// One provider's state. Cloning it is a snapshot (stale reads are answered from an old one).
pub trait Provider: Clone {
    /// Something that happened to the outside world, as counted by stories: money moved, a parcel
    /// ordered.
    type Effect: Clone + PartialEq + Debug;

    /// Answers one request and changes the world.
    ///
    /// A refused request has no effects; every accepted write has at least one.
    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Self::Effect>);

    /// Does the work that the provider does by itself when time passes (default: none).
    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Self::Effect> {
        let _ = (now, chance);
        Vec::new()
    }

    /// Returns whether the request only asks. Without a known operation it is not a read.
    fn is_read(&self, request: &Request) -> bool;

    /// Returns the name of the operation, for plans and the journal (default: the path without its
    /// query).
    fn operation(&self, request: &Request) -> String {
        request.route().to_owned()
    }

    /// Returns the request's own key, for the journal: an order number, a reference, the key of an
    /// object. Never personal data (default: none).
    fn own_key(&self, request: &Request) -> Option<String> {
        let _ = request;
        None
    }

    /// Lets every login end that lasts only for a time, as a token. Returns whether there was one
    /// (default: the provider has none).
    fn expire_logins(&mut self) -> bool {
        false
    }
}
