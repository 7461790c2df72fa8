//! The effects of calls on the outside world.

use serde::{Deserialize, Serialize};

use super::stage::Stage;

/// Something that happened to parcels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A registered order was sent again as it is.
    Repeated {
        /// Its integration code.
        code: String,
    },
    /// An order was removed.
    Cancelled {
        /// Its integration code.
        code: String,
    },
    /// The numbers of an order's dispatch note or invoice were changed.
    Renumbered {
        /// Its integration code.
        code: String,
    },
    /// A parcel was recalled.
    Recalled {
        /// Its tracking number.
        tracking_number: String,
    },
    /// The recall of a parcel was taken back.
    RecallCancelled {
        /// Its tracking number.
        tracking_number: String,
    },
    /// A branch cut the waybill of a parcel.
    WaybillCut {
        /// The integration code; empty when the parcel has none.
        code: String,
        /// The number that came into being.
        tracking_number: String,
    },
    /// A parcel moved.
    Moved {
        /// Its tracking number.
        tracking_number: String,
        /// Its new state.
        to: Stage,
    },
}
