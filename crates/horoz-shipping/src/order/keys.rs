//! The keys and days of an order.

use std::fmt;
use std::num::NonZeroU64;

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

/// The shop's own key of an order.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestNumber(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

impl RequestNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<T: Into<String>> From<T> for RequestNumber {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A supplier's account code at Horoz, as 801452. Never zero: zero stands for the consumer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SupplierCode(NonZeroU64);

impl SupplierCode {
    /// A code; `None` for zero.
    pub fn new(code: u64) -> Option<Self> {
        NonZeroU64::new(code).map(Self)
    }

    /// The code as a number.
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
    /// The day the request is sent. Delivery is wanted on the same day until
    /// [`delivery`](Self::delivery) sets another.
    pub fn requested_on(day: NaiveDate) -> Self {
        Self {
            request: day,
            delivery: day,
        }
    }

    /// Today, and a delivery some days later. [`Client::today`](crate::Client::today) returns today
    /// in Türkiye.
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
