//! The calls whose answers can be written.

use kervan_core::Operation;

use super::said::Said;
use crate::settings::Settings;

/// A call whose answer [`answer`](super::answer) writes. It is implemented for the calls of this crate that
/// a shop makes every day.
pub trait Answered: Operation<Service = Settings> {
    /// Adds the elements of an output.
    #[doc(hidden)]
    fn write(&self, output: &Self::Output, said: Said) -> Said;
}

/// Implements it for calls whose answers hold nothing but a code.
macro_rules! answered_by_code {
    ($($call:ty),+) => {$(
        impl Answered for $call {
            fn write(&self, _: &Self::Output, said: Said) -> Said {
                said
            }
        }
    )+};
}

pub(super) use answered_by_code;
