//! Clock, timer and randomness. They come from outside, so that a test can move them.

mod machine;
mod movable;

pub use self::machine::Host;
pub(crate) use self::machine::within;
pub use self::movable::MovableHost;
