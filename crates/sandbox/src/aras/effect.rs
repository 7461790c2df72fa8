//! The effects of calls on the outside world.

/// Something that happened to parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// An order was registered.
    Registered {
        /// Its integration code.
        code: String,
        /// How many pieces it lists.
        pieces: usize,
    },
    /// A registered order was replaced by another sending of it.
    Updated {
        /// Its integration code.
        code: String,
        /// How many pieces it lists now.
        pieces: usize,
    },
    /// An order was removed.
    Cancelled {
        /// Its integration code.
        code: String,
    },
}
