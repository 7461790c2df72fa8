//! The keys and days of an order.

use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroU64;

use chrono::{NaiveDate, TimeDelta};
use kervan_turkiye::line::sent;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The shop's own key of an order.
///
/// It is compared, sent and stored in one form: letters together with their marks, no blanks at its ends. Two
/// spellings of a number are equal.
#[derive(Clone)]
pub struct RequestNumber {
    sent: String,
    /// The text for the check; `None` where it is the same.
    given: Option<String>,
}

impl RequestNumber {
    /// Returns the number as it is sent.
    pub fn as_str(&self) -> &str {
        &self.sent
    }

    /// Returns the text that was given.
    pub(crate) fn given(&self) -> &str {
        self.given.as_deref().unwrap_or(&self.sent)
    }
}

impl<T: Into<String>> From<T> for RequestNumber {
    fn from(text: T) -> Self {
        let given = text.into();
        let changed = match sent(&given) {
            Cow::Borrowed(same) if same.len() == given.len() => None,
            changed => Some(changed.into_owned()),
        };
        match changed {
            None => Self {
                sent: given,
                given: None,
            },
            Some(sent) => Self {
                sent,
                given: Some(given),
            },
        }
    }
}

impl PartialEq for RequestNumber {
    fn eq(&self, other: &Self) -> bool {
        self.sent == other.sent
    }
}

impl Eq for RequestNumber {}

impl Hash for RequestNumber {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.sent.hash(state);
    }
}

impl fmt::Debug for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("RequestNumber").field(&self.sent).finish()
    }
}

/// Writes the number as it is sent.
impl Serialize for RequestNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.sent)
    }
}

impl<'de> Deserialize<'de> for RequestNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        kervan_wire::charset::whole(deserializer)
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sent)
    }
}

/// A supplier's account code at Horoz, as 801452. Never zero: zero means the consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierCode(NonZeroU64);

impl SupplierCode {
    /// Creates a code; returns `None` for zero.
    pub fn new(code: u64) -> Option<Self> {
        NonZeroU64::new(code).map(Self)
    }

    /// Returns the code as a number.
    pub fn get(self) -> u64 {
        self.0.get()
    }
}

/// The days of an order, in Türkiye's calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OrderDays {
    /// The day the request is sent. Wire: `requestDate`, YYYY-MM-DD.
    pub request: NaiveDate,
    /// The wanted day of delivery. Wire: `requestedDeliveryDate`, YYYY-MM-DD.
    pub delivery: NaiveDate,
}

impl OrderDays {
    /// Creates days with the day the request is sent. Delivery is wanted on the same day until
    /// [`delivery`](Self::delivery) sets another.
    pub fn requested_on(day: NaiveDate) -> Self {
        Self {
            request: day,
            delivery: day,
        }
    }

    /// Creates days with a request today and a delivery some days later.
    /// [`Client::today`](crate::Client::today) returns today in Türkiye.
    pub fn from_today(today: NaiveDate, days_to_delivery: u32) -> Self {
        let delivery = today.checked_add_signed(TimeDelta::days(days_to_delivery.into()));
        Self {
            request: today,
            delivery: delivery.unwrap_or(NaiveDate::MAX),
        }
    }
}

kervan_core::setters! { OrderDays {
    /// Sets the wanted day of delivery.
    delivery: NaiveDate,
}}
