//! Lists the orders of a day. Wire: `GetOrder` (SOAP, read).

use chrono::NaiveDate;
use kervan_core::time::DateForm;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::order::Order;
use super::settings::ShipmentSettings;
use super::wire::{self, Page};
use crate::query::QueryAnswer;
use crate::query::asked::Asked;
use crate::rejection::Rejection;
use crate::rules;
use kervan_core::soap::Element;

/// Asks for the orders that were registered on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListOrders {
    /// The day in Türkiye. Wire: `Date`, dd.MM.yyyy; one in small letters reaches the service as no day.
    pub date: NaiveDate,
}

impl ListOrders {
    /// Asks for the orders of a day.
    pub fn new(date: NaiveDate) -> Self {
        Self { date }
    }
}

const PAGE: Page = Page {
    operation: "GetOrder",
    result: "GetOrderResult",
    user_name: "userName",
    password: "password",
};

impl Operation for ListOrders {
    type Service = ShipmentSettings;
    type Output = QueryAnswer<Order>;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, ShipmentSettings>) -> Problems {
        let mut problems = Problems::new();
        if DateForm::Dotted.write(self.date).is_none() {
            problems.push(rules::DAY_NOT_WRITABLE.at("date").actual(self.date));
        }
        problems
    }

    fn body(&self, context: &Context<'_, ShipmentSettings>) -> Result<HttpRequest, EncodeError> {
        let day = DateForm::Dotted.write(self.date);
        let day = day.ok_or(EncodeError::Value("date"))?;
        wire::encode(&PAGE, context.settings(), vec![Element::text("Date", day)])
    }

    fn read(
        &self,
        (settings, reply): (&ShipmentSettings, &Reply),
    ) -> Result<QueryAnswer<Order>, ReadError<Rejection>> {
        wire::list(&PAGE, settings, reply, &Asked::Any)
    }
}
