#![doc = include_str!("../README.md")]

mod delivery;
mod movable_host;

pub use delivery::delivery;
pub use movable_host::MovableHost;
