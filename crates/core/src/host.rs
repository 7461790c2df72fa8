//! Clock, timer and randomness. They come from outside, so that a test can move them.

mod machine;
mod movable;
#[cfg(feature = "reqwest")]
mod system;

pub use self::machine::Host;
pub(crate) use self::machine::within;
pub use self::movable::MovableHost;
#[cfg(feature = "reqwest")]
pub use self::system::SystemHost;
