//! Asks where an order is (experimental). Wire: `listShippingDetails` (JSON, read).

use kervan_core::drift::path::short;
use kervan_core::{
    Answer, Class, Context, Drift, EncodeError, Operation, Personal, Problems, ReadError, Scrub,
};
use kervan_tracking::{Timeline, Tracking, TrackingStatus};
use kervan_wire::tree::Optional;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::members::{Members, Row};
use super::words;
use crate::endpoint::Endpoint;
use crate::order::{RequestNumber, check_number};
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Asks where an order is. Provider's page: Cargo Tracking, listShippingDetails, public in part.
///
/// The service has an address of its own: [`ClientBuilder::tracking`](crate::ClientBuilder::tracking).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TrackOrder {
    /// The order's key. Wire: by [`Quirks::tracking_parameter`](crate::Quirks::tracking_parameter),
    /// `requestNumber` by default.
    pub number: RequestNumber,
    /// The direction of the goods. Not sent; it gives "delivered" its meaning.
    #[serde(default)]
    pub way: GoodsDirection,
}

/// The direction of the goods of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "goods go one way or the other")]
pub enum GoodsDirection {
    /// To the consumer.
    #[default]
    #[serde(rename = "delivery")]
    Delivery,
    /// Back to the supplier.
    #[serde(rename = "return")]
    Return,
}

impl TrackOrder {
    /// Creates a query for a delivery.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
            way: GoodsDirection::Delivery,
        }
    }
}

kervan_core::setters! { TrackOrder {
    /// Sets the direction of the goods.
    way: GoodsDirection,
}}

/// Where an order is.
///
/// The fields of the answer are not public. The state is read from the members of `shippingDeliveryState`
/// with a state in their names, where all of them have the same word. The state of an event is read from its
/// movement in the same way. The words are those that a third party's program has met; an uncertain state is
/// unknown. The whole answer is beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TrackedOrder {
    /// The facts that are certain.
    pub tracking: Tracking,
    /// The whole answer as JSON text, with the process key taken out.
    pub raw: Personal,
}

impl Operation for TrackOrder {
    type Service = Settings;
    type Output = TrackedOrder;
    const ENDPOINT: Endpoint =
        Endpoint::tracking("listShippingDetails", |paths| &paths.list_shipping_details);
    const CLASS: Class = Class::Read;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        let settings = context.settings();
        check_number(problems, &self.number);
        if settings.tracking.is_none() {
            problems.push(rules::NO_TRACKING_ADDRESS.at("settings.tracking"));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        Ok(Body::number(&self.number))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<TrackedOrder>, ReadError<Rejection>> {
        let answer = reading.answer::<WireAnswer>()?;
        reading.check_numbers(&self.number)?;
        let raw = reading.text()?;
        let mut beside = Drift::default();
        let mut answer = answer.map(|wire| TrackedOrder {
            tracking: self.tracking(wire.scrubbed_by(reading.settings), &mut beside),
            raw,
        });
        answer.drift.extend(beside);
        Ok(answer)
    }
}

impl TrackOrder {
    /// Reads state and movements. Members of a movement with another state go to `beside`.
    fn tracking(&self, (state, movements): Parts, beside: &mut Drift) -> Tracking {
        let events = movements.iter().enumerate().filter_map(|(at, row)| {
            words::event(row, |name, text| {
                let path = || format!("listOfMovements[{at}].{}", short(name));
                beside.note_unread(path, text);
            })
        });
        let timeline = Timeline::new(events.map(|event| match event.status.clone() {
            Some(status) => event.status(self.status(status)),
            None => event,
        }));
        let Some(word) = state.as_ref().and_then(words::state) else {
            return Tracking::new(TrackingStatus::Unknown(String::new())).timeline(timeline);
        };
        let tracking = Tracking::new(self.status(word.status)).status_text(word.text);
        let tracking = match word.non_delivery {
            Some(reason) => tracking.non_delivery(reason),
            None => tracking,
        };
        tracking.timeline(timeline)
    }

    /// Returns a state as seen from the way that the goods go.
    fn status(&self, status: TrackingStatus) -> TrackingStatus {
        match (self.way, status) {
            (_, status @ TrackingStatus::Unknown(_)) | (GoodsDirection::Delivery, status) => status,
            (GoodsDirection::Return, status) => status.of_return(),
        }
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "shippingDeliveryState")]
    state: Option<Members>,
    #[serde(rename = "listOfShipments")]
    _shipments: Option<IgnoredAny>,
    #[serde(rename = "listOfMovements")]
    movements: Option<Vec<Optional<Row>>>,
}

/// The state of an order, and its movements.
type Parts = (Option<Members>, Vec<Members>);

impl WireAnswer {
    /// Returns the parts. The service may repeat its keys in any text or name of them.
    fn scrubbed_by(self, scrub: &impl Scrub) -> Parts {
        let rows = self.movements.into_iter().flatten();
        let rows = rows.filter_map(Optional::get).flat_map(|Row(rows)| rows);
        (
            self.state.map(|state| state.scrubbed_by(scrub)),
            rows.map(|row| row.scrubbed_by(scrub)).collect(),
        )
    }
}
