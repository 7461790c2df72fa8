//! One movement of a parcel, as query types 9 and 15 answer.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::{EventTime, TrackingEvent};
use serde::{Deserialize, Serialize};

use super::asked::Named;
use super::columns::{Columns, QueryRow};

/// One movement of a parcel.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Movement {
    /// The time. Wire: `ISLEM_TARIHI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<EventTime>,
    /// The branch or transfer centre. Wire: `BIRIM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The province. Wire: `IL`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The event. Wire: `ISLEM`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// A note of the carrier's people. Absent in type 15. Wire: `ACIKLAMA`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal>,
    /// Columns that no public document names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub other: BTreeMap<String, Personal>,
}

impl QueryRow for Movement {
    fn read(columns: &mut Columns) -> Option<Self> {
        let all = columns.len();
        let at = columns.take_time(&["ISLEM_TARIHI"]);
        let unit = columns.take(&["BIRIM"]);
        let city = columns.take(&["IL"]);
        let operation = columns.take(&["ISLEM"]);
        let note = columns.take_personal(&["ACIKLAMA"]);
        (columns.len() < all).then(|| Self {
            at,
            unit,
            city,
            operation,
            note,
            other: columns.rest(),
        })
    }

    fn named(&self) -> Named<'_> {
        Named::of(&self.other)
    }
}

impl Movement {
    /// Returns the movement in the shared vocabulary.
    pub fn event(&self) -> TrackingEvent {
        let at = self.at.clone().unwrap_or_else(|| EventTime::read(""));
        let mut event = TrackingEvent::new(at)
            .unit(self.unit.as_deref().unwrap_or_default())
            .city(self.city.as_deref().unwrap_or_default())
            .text(self.operation.as_deref().unwrap_or_default());
        event.note.clone_from(&self.note);
        event
    }
}
