//! The effects of calls on the outside world.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::order::MovementKind;

/// Something that happened to parcels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Effect {
    /// A parcel was ordered, at first or by correcting a broken order.
    OrderCreated {
        /// The order's number.
        number: String,
        /// All pieces.
        pieces: u64,
        /// The total volumetric weight.
        desi: Decimal,
    },
    /// An order was cancelled.
    Cancelled {
        /// The order's number.
        number: String,
    },
    /// Goods were accepted by `createBarcode`, and labels made.
    LabelMade {
        /// The order's number.
        number: String,
        /// The number of the goods acceptance, 11 digits.
        atf: String,
    },
    /// A label and its goods acceptance were undone.
    LabelCancelled {
        /// The order's number.
        number: String,
        /// The number of the goods acceptance.
        atf: String,
    },
    /// Goods were accepted by Horoz' staff.
    Accepted {
        /// The order's number.
        number: String,
        /// The number of the goods acceptance.
        atf: String,
    },
    /// A parcel moved.
    Moved {
        /// The order's number.
        number: String,
        /// Its new state.
        to: MovementKind,
    },
}
