//! Where an order is: Horoz's tracking service, which has an address of its own.
//!
//! **Experimental.** The provider's page is public in part only. It names the parts of the answer,
//! not the fields in them.

mod list;
mod members;
mod paced;
mod words;

pub use kervan_tracking::{
    EventTime, NonDeliveryReason, Timeline, Tracking, TrackingEvent, TrackingStatus,
};
pub use list::{GoodsDirection, TrackOrder, TrackedOrder};
pub use paced::TrackError;
