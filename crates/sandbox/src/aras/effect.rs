//! What happens to the outside world.

/// Something that happened to parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Effect {
    /// An order was removed.
    Cancelled {
        /// Its integration code.
        code: String,
    },
}
