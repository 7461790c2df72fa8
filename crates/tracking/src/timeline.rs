//! The events of a parcel, in order.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::moment::EventTime;
use super::reason::NonDeliveryReason;
use super::status::TrackingStatus;
use kervan_core::Personal;

/// One thing that happened to a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackingEvent {
    /// When.
    pub at: EventTime,
    /// The event, in the carrier's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The carrier's branch or centre.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The province or city.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The state it puts the parcel in, where the carrier's words say so for certain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<TrackingStatus>,
    /// Why the parcel was not delivered, if this is such an event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub non_delivery: Option<NonDeliveryReason>,
    /// A note of the carrier's people. May hold names and telephone numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal>,
}

impl TrackingEvent {
    /// Creates an event of which only the time is known.
    pub fn new(at: EventTime) -> Self {
        Self {
            at,
            text: None,
            unit: None,
            city: None,
            status: None,
            non_delivery: None,
            note: None,
        }
    }

    /// Sets what happened, in the carrier's own words. As below, a blank text counts as none.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = some(text);
        self
    }

    /// Sets the carrier's branch or centre.
    #[must_use]
    pub fn unit(mut self, unit: impl Into<String>) -> Self {
        self.unit = some(unit);
        self
    }

    /// Sets the province or city.
    #[must_use]
    pub fn city(mut self, city: impl Into<String>) -> Self {
        self.city = some(city);
        self
    }

    /// Sets the state it puts the parcel in.
    #[must_use]
    pub fn status(mut self, status: TrackingStatus) -> Self {
        self.status = Some(status);
        self
    }

    /// Sets why the parcel was not delivered.
    #[must_use]
    pub fn non_delivery(mut self, reason: NonDeliveryReason) -> Self {
        self.non_delivery = Some(reason);
        self
    }

    /// Sets what the carrier's people noted.
    #[must_use]
    pub fn note(mut self, note: impl Into<Personal>) -> Self {
        self.note = Some(note.into()).filter(|note| !note.is_blank());
        self
    }
}

fn some(text: impl Into<String>) -> Option<String> {
    Some(text.into()).filter(|text| !text.trim().is_empty())
}

/// The events of a parcel, oldest first, without duplicates. Events of one moment keep the order in
/// which they came; those without a readable time come last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<TrackingEvent>", into = "Vec<TrackingEvent>")]
pub struct Timeline(Vec<TrackingEvent>);

impl Timeline {
    /// Sorts events and drops those that are there already.
    pub fn new(events: impl IntoIterator<Item = TrackingEvent>) -> Self {
        let mut seen = HashSet::new();
        let mut events: Vec<_> = events.into_iter().collect();
        let first: Vec<bool> = events.iter().map(|event| seen.insert(event)).collect();
        let mut first = first.into_iter();
        events.retain(|_| first.next().unwrap_or(true));
        events.sort_by(|a, b| a.at.cmp(&b.at));
        Self(events)
    }

    /// This and another one in one, as of a query and a page.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self::new(self.0.into_iter().chain(other.0))
    }

    /// Returns the events, oldest first.
    pub fn events(&self) -> &[TrackingEvent] {
        &self.0
    }

    /// Returns the events one by one, oldest first.
    pub fn iter(&self) -> std::slice::Iter<'_, TrackingEvent> {
        self.0.iter()
    }

    /// Returns the newest event with a readable time, or the last one at all.
    pub fn last(&self) -> Option<&TrackingEvent> {
        let dated = self.0.iter().rev().find(|event| event.at.day().is_some());
        dated.or(self.0.last())
    }

    /// Returns whether nothing is known to have happened.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Vec<TrackingEvent>> for Timeline {
    fn from(events: Vec<TrackingEvent>) -> Self {
        Self::new(events)
    }
}

impl From<Timeline> for Vec<TrackingEvent> {
    fn from(timeline: Timeline) -> Self {
        timeline.0
    }
}

impl FromIterator<TrackingEvent> for Timeline {
    fn from_iter<I: IntoIterator<Item = TrackingEvent>>(events: I) -> Self {
        Self::new(events)
    }
}

impl<'a> IntoIterator for &'a Timeline {
    type Item = &'a TrackingEvent;
    type IntoIter = std::slice::Iter<'a, TrackingEvent>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(at: &str, text: &str) -> TrackingEvent {
        TrackingEvent::new(EventTime::read(at)).text(text)
    }

    fn texts(timeline: &Timeline) -> Vec<&str> {
        let texts = timeline.iter().map(|event| event.text.as_deref());
        texts.map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn sorts_and_keeps_the_order_of_one_moment() {
        let timeline = Timeline::new([
            event("09.04.2014 08:00:00", "c"),
            event("?", "f"),
            event("07.04.2014 18:00:00", "a"),
            event("2014-04-09T08:00:00", "d"),
            event("08.04.2014", "b"),
            event("10.04.2014 11:00", "e"),
        ]);
        assert_eq!(texts(&timeline), ["a", "b", "c", "d", "e", "f"]);
        assert_eq!(
            timeline.last().and_then(|last| last.text.as_deref()),
            Some("e")
        );
    }

    #[test]
    fn drops_what_two_sources_tell_alike() {
        let query = Timeline::new([
            event("2014-04-07T18:00:00", "a"),
            event("2014-04-08T09:00:00", "b"),
        ]);
        let page = Timeline::new([
            event("07.04.2014 18:00:00", "a"),
            event("08.04.2014 09:00:00", "c"),
        ]);
        let both = query.merge(page);
        assert_eq!(texts(&both), ["a", "b", "c"]);
        assert_eq!(Timeline::new(both.events().to_vec()), both);
    }

    #[test]
    fn blank_texts_are_none() {
        let event = event("x", " ").unit("").city("\u{a0}").note(" ");
        assert_eq!(event, TrackingEvent::new(EventTime::read("x")));
    }

    #[test]
    fn notes_do_not_print() {
        let event = event("07.04.2014", "a").note("Ayşe 555");
        assert!(!format!("{event:?}").contains("Ayşe"));
    }
}
