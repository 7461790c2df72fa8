//! Drawn stories over the clients and the simulated providers, in virtual time.
//!
//! A [`Story`] draws from a seed what happens to one write: other actors, lost requests, lost and
//! doubled answers, late effects, crashes, waits, a second click, wall clocks that jump. [`tell`]
//! plays it with the real client against the simulated provider and compares every claim of the
//! client with the provider's own truth:
//!
//! - the client causes at most one effect, however often its program goes on;
//! - "not done" and "refused" are never said of a write that happened, now or later;
//! - "done" is never said of a write that did not happen;
//! - an attempt of a write that is not keyed leaves the client once, however often it is sent;
//! - "exists" and "in state" are said only while the provider has the key or the state;
//! - once the settling time is over and the provider is healthy, a state, a delta and a keyed write
//!   are settled, and a charge that happened is found.
//!
//! A story that breaks a rule is [shrunk](shrink) to its shortest form and printed in words.
//!
//! [`sale`] has stories about whole sales, and [`Stage`] is for stories that are written by hand.
//!
//! # Limits of the stories
//!
//! No client can defend itself against everything, so the following is not drawn:
//!
//! - Effects that come later than the settling time, and reads that are stale for longer than that.
//! - Changes by other actors that undo what was asked for, and changes to the object of a delta or a
//!   charge after it was prepared, unless the provider's answers tell them from the write.
//! - The answer to another write of the same kind on a connection of its own, and the answer to the
//!   read-back before a write that is answered alike.
//! - A wall clock that is set forward between two programs: nothing else tells the second one how old
//!   the attempt of the first is.

mod another;
mod clock;
mod draws;
mod network;
pub mod sale;
mod shrink;
mod stage;
mod story;
mod subject;
mod tell;
mod told;
pub mod writes;

pub use network::Network;
pub use shrink::{Failing, search, shrink};
pub use stage::{Stage, arrived};
pub use story::{Step, Story};
pub use subject::{Account, Subject, Telling, Told, Write};
pub use tell::tell;
pub use told::{Broken, Claim, Incident, Incidents, Rule};
