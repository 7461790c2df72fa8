//! Asks where an order is (experimental). Wire: `listShippingDetails` (JSON, read).

use std::time::Duration;

use kervan_core::tracking::{Timeline, Tracking, TrackingStatus};
use kervan_core::tree::Optional;
use kervan_core::{
    Class, Context, Drift, EncodeError, Operation, Outcome, Personal, Problems, ReadError, Retry,
};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::members::{Members, Row};
use super::words;
use crate::client::Client;
use crate::endpoint::Endpoint;
use crate::error::Error;
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
    /// The order's key. Wire: what
    /// [`Quirks::tracking_parameter`](crate::Quirks::tracking_parameter) says, `requestNumber` by
    /// default.
    pub number: RequestNumber,
    /// Which way the goods go. Not sent; it says what "delivered" means.
    #[serde(default)]
    pub way: Way,
}

/// Which way the goods of an order go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "goods go one way or the other")]
pub enum Way {
    /// To the consumer.
    #[default]
    #[serde(rename = "delivery")]
    Delivery,
    /// Back to the supplier.
    #[serde(rename = "return")]
    Return,
}

impl TrackOrder {
    /// A query for a delivery.
    pub fn new(number: impl Into<RequestNumber>) -> Self {
        Self {
            number: number.into(),
            way: Way::Delivery,
        }
    }

    /// A state, seen from the way that the goods go.
    fn status(&self, status: TrackingStatus) -> TrackingStatus {
        match (self.way, status) {
            (_, status @ TrackingStatus::Unknown(_)) | (Way::Delivery, status) => status,
            (Way::Return, status) => status.of_return(),
        }
    }

    /// Says which way the goods go.
    #[must_use]
    pub fn way(mut self, way: Way) -> Self {
        self.way = way;
        self
    }
}

/// Where an order is.
///
/// The fields of the answer are not public. The state is read from the members of
/// `shippingDeliveryState` whose names speak of a state, where all of them say the same word; an
/// event's from those of its movement. The words are those that a third party's program has met; an
/// uncertain state is unknown. The whole answer is beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tracked {
    /// The facts that are certain.
    pub tracking: Tracking,
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// The whole answer as JSON text, with the process key taken out.
    pub raw: Personal,
    /// How the answer differed from what is expected.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

/// Why an order's state is not known.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TrackError {
    /// The order was asked for a short time ago, so nothing was sent.
    #[error("the order was asked for a short time ago; nothing was sent")]
    TooSoon {
        /// How long to wait.
        wait: Duration,
    },
    /// The call failed.
    #[error(transparent)]
    Call(#[from] Error),
}

impl Client {
    /// Asks where an order is. Sent once, and not again for the same order before
    /// [`TrackingService::repeat_after`](crate::TrackingService::repeat_after) is over: Horoz limits
    /// repeated queries. **Experimental.**
    ///
    /// The client and its clones keep the times in memory, for the latest 100 000 orders.
    /// [`call`](kervan_core::Caller::call) does not keep them.
    ///
    /// # Errors
    ///
    /// [`TrackError::TooSoon`] without a request. [`Error::Rejected`] with
    /// [`Kind::AskedTooSoon`](crate::Kind::AskedTooSoon) when Horoz itself finds it too soon, and with
    /// [`Kind::NotAcceptedYet`](crate::Kind::NotAcceptedYet) for an order that is unknown or not
    /// accepted yet; see [`Error`] for the rest.
    pub async fn track_order(&self, query: &TrackOrder) -> Result<Tracked, TrackError> {
        let service = self.settings().tracking.as_ref();
        let repeat_after = service.map_or(Duration::ZERO, |service| service.repeat_after);
        let now = self.host().steady();
        let asked = self.asked().ask(&query.number, now, repeat_after);
        asked.map_err(|wait| TrackError::TooSoon { wait })?;
        // A second try would be a repeated query too.
        let config = self.config().clone().retry(Retry::never());
        let answer = self.with_config(config).call(query).await;
        if let Err(Error::Invalid(_) | Error::Transport(_)) = &answer
            && answer
                .as_ref()
                .is_err_and(|error| error.outcome() == Outcome::NotDone)
        {
            self.asked().was_not_asked(&query.number, now);
        }
        Ok(answer?)
    }
}

impl Operation for TrackOrder {
    type Service = Settings;
    type Output = Tracked;
    const ENDPOINT: Endpoint =
        Endpoint::tracking("listShippingDetails", |paths| &paths.list_shipping_details);

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check_number(&mut problems, &self.number);
        if settings.tracking.is_none() {
            problems.push(rules::NO_TRACKING_ADDRESS.at("settings.tracking"));
        }
        problems
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        Ok(Body::number(&self.number))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Tracked, ReadError<Rejection>> {
        let (answer, mut drift) = reading.value::<WireAnswer>()?;
        let rows = answer.movements.into_iter().flatten();
        let rows = rows.filter_map(Optional::get).flat_map(|Row(rows)| rows);
        let mut beside = Drift::default();
        let rows: Vec<_> = rows.map(|row| row.shown_by(reading)).collect();
        let events = rows.iter().enumerate().filter_map(|(at, row)| {
            words::event(row, |name, text| {
                beside.note_at("listOfMovements", at, name, text);
            })
        });
        let timeline = Timeline::new(events.map(|event| match event.status.clone() {
            Some(status) => event.status(self.status(status)),
            None => event,
        }));
        drift.extend(beside);
        let state = answer.state.map(|state| state.shown_by(reading));
        let state = state.as_ref().and_then(words::state);
        let nothing = TrackingStatus::Unknown(String::new());
        let tracking = match state {
            None => Tracking::new(nothing),
            Some(word) => {
                let status = self.status(word.status);
                let tracking = Tracking::new(status).status_text(word.text);
                match word.non_delivery {
                    Some(reason) => tracking.non_delivery(reason),
                    None => tracking,
                }
            }
        };
        Ok(Tracked {
            tracking: tracking.timeline(timeline),
            message: reading.message(answer.message),
            raw: Personal::from(reading.text()?.trim()),
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "responseCode")]
    _code: String,
    #[serde(rename = "responseMessage")]
    message: Option<String>,
    #[serde(rename = "shippingDeliveryState")]
    state: Option<Members>,
    #[serde(rename = "listOfShipments")]
    _shipments: Option<IgnoredAny>,
    #[serde(rename = "listOfMovements")]
    movements: Option<Vec<Optional<Row>>>,
}
