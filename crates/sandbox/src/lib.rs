//! A stateful stand-in of the providers: request, state, time and chance in, answer and effects out.
//!
//! The crate is pure. It opens no socket, reads no clock and shares no code with the clients. Every
//! answer follows the providers' public pages; nothing was observed at a live service.

pub mod aras;
pub mod haso;
pub mod horoz;
mod rules;
mod values;

/// A request as it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method, in capitals.
    pub method: String,
    /// The path, with its query.
    pub path: String,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty when there is none.
    pub body: Vec<u8>,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Names and values in order.
    pub headers: Vec<(String, String)>,
    /// The body; empty when there is none.
    pub body: Vec<u8>,
}

/// Milliseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A small deterministic generator (SplitMix64): ids, times and order come from its seed.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Starts from a seed.
    pub fn new(seed: u64) -> Self {
        Chance(seed)
    }

    /// Draws the next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

/// One provider's state. Cloning it is a snapshot; stale reads are answered from an old one.
pub trait Provider: Clone {
    /// Something that happened to the outside world, as counted by stories: money moved, a parcel ordered.
    type Effect: Clone + PartialEq + std::fmt::Debug;

    /// Answers one request and changes the world.
    fn handle(
        &mut self,
        request: &Request,
        now: Moment,
        chance: &mut Chance,
    ) -> (Answer, Vec<Self::Effect>);

    /// Returns whether the request changes nothing.
    fn is_read(&self, request: &Request) -> bool;

    /// Does the work that the provider does by itself when time passes. Default: none.
    fn tick(&mut self, now: Moment, chance: &mut Chance) -> Vec<Self::Effect> {
        let _ = (now, chance);
        Vec::new()
    }
}
