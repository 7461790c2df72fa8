#![doc = include_str!("../README.md")]

mod movable_host;

pub use movable_host::MovableHost;
