#![doc = include_str!("../README.md")]

mod delivery;
mod movable_host;
mod script;

pub use delivery::delivery;
pub use movable_host::MovableHost;
pub use script::{Line, Script, Seen};
