//! Lists the orders of a day. Wire: `GetOrder` (SOAP, read).

use chrono::NaiveDate;
use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use kervan_turkiye::time::DateForm;
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::order::Order;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::query::QueryRows;
use crate::query::asked::Asked;
use crate::rejection::Rejection;
use crate::rules;

/// Asks for the orders that were registered on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOrders {
    /// The day in Türkiye. Wire: `Date`, dd.MM.yyyy; in small letters the service ignores it.
    pub date: NaiveDate,
}

impl ListOrders {
    /// Asks for the orders of a day.
    pub fn new(date: NaiveDate) -> Self {
        Self { date }
    }
}

impl Operation for ListOrders {
    type Service = ShipmentSettings;
    type Output = QueryRows<Order>;
    const ENDPOINT: Endpoint = Endpoint::new("GetOrder");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        if DateForm::Dotted.write(self.date).is_none() {
            problems.push(rules::DAY_NOT_WRITABLE.at("date").actual(self.date));
        }
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        let day = DateForm::Dotted.write(self.date);
        Ok(Body::new().text("Date", day.ok_or(EncodeError::Value("date"))?))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<QueryRows<Order>>, ReadError<Rejection>> {
        reading.rows(&Asked::Any)
    }
}
