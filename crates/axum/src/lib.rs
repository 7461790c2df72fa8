#![doc = include_str!("../README.md")]

pub mod answer;
#[cfg(feature = "aras")]
pub mod aras;
pub mod callback;
#[cfg(feature = "haso")]
pub mod haso;
#[cfg(feature = "inbox")]
pub mod intake;
mod page;
#[cfg(feature = "param")]
pub mod param;
mod post;
pub mod refusal;

pub use answer::Answer;
pub use callback::{Callback, Judgement, Posted, Sender};
#[cfg(feature = "inbox")]
pub use intake::{Arrived, Intake, Landing, Mailbox, Proven, Replayed, Seen, Subject, Verdict};
pub use page::{SeeOther, Visit};
pub use post::{HostClock, Peer};
pub use refusal::{Fault, Refusal};
