#![doc = include_str!("../README.md")]

mod moment;
mod reason;
mod status;
mod timeline;

use serde::{Deserialize, Serialize};

pub use self::moment::EventTime;
pub use self::reason::NonDeliveryReason;
pub use self::status::TrackingStatus;
pub use self::timeline::{Timeline, TrackingEvent};
use kervan_core::Personal;

/// Where one parcel is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tracking {
    /// Its state now.
    pub status: TrackingStatus,
    /// The carrier's own words for the state.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status_text: Option<String>,
    /// When it was handed over.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// Who took it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_by: Option<Personal>,
    /// Why it was last not delivered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_delivery: Option<NonDeliveryReason>,
    /// Its events, oldest first.
    #[serde(default)]
    pub timeline: Timeline,
}

impl Tracking {
    /// Creates a parcel of which only the state is known.
    pub fn new(status: TrackingStatus) -> Self {
        Self {
            status,
            status_text: None,
            delivered_at: None,
            received_by: None,
            non_delivery: None,
            timeline: Timeline::default(),
        }
    }

    /// Sets the carrier's own words for the state. A blank text counts as none.
    #[must_use]
    pub fn status_text(mut self, text: impl Into<String>) -> Self {
        self.status_text = Some(text.into()).filter(|text| !text.trim().is_empty());
        self
    }

    /// Sets when it was handed over.
    #[must_use]
    pub fn delivered_at(mut self, at: EventTime) -> Self {
        self.delivered_at = Some(at);
        self
    }

    /// Sets who took it. A blank name counts as none.
    #[must_use]
    pub fn received_by(mut self, name: impl Into<Personal>) -> Self {
        self.received_by = Some(name.into()).filter(|name| !name.is_blank());
        self
    }

    /// Sets why it was last not delivered.
    #[must_use]
    pub fn non_delivery(mut self, reason: NonDeliveryReason) -> Self {
        self.non_delivery = Some(reason);
        self
    }

    /// Sets what happened to it.
    #[must_use]
    pub fn timeline(mut self, timeline: Timeline) -> Self {
        self.timeline = timeline;
        self
    }
}
