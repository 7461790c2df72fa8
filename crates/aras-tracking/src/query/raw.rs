//! A query of any number by its wire names, for numbers without a type of their own, as 23 and 36.

use kervan_core::problem::MISSING;
use kervan_core::{Answer, Class, Context, EncodeError, Personal, Problems, ReadError};
use kervan_turkiye::text::is_blank;
use kervan_wire::soap::not_carried;
use serde::{Deserialize, Serialize};

use super::answer::QueryRows;
use super::asked::Asked;
use super::endpoint::Endpoint;
use super::service::{Body, Reading};
use super::settings::QuerySettings;
use super::table::TableRow;
use crate::rejection::Rejection;
use crate::rules;

/// A query of any number. It keeps the login, the redaction, the caps and the errors of the others,
/// sends each text as it is given, and checks only that XML can carry it. Errors and logs name it by its number, as `GetQuery-36`.
///
/// ```
/// use aras_tracking::query::RawQuery;
/// let campaign = RawQuery::new(36).parameter("CampaignCode", "K-1");
/// let invoice = RawQuery::new(23)
///     .parameter("ReportType", "1")
///     .parameter("InvoiceSerialNumber", "A 123456");
/// # let _ = (campaign, invoice);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RawQuery {
    /// Wire: `QueryType`.
    pub query_type: u16,
    /// The parameters by their wire names, in this order.
    #[serde(default)]
    pub parameters: Vec<(String, Personal)>,
    /// The address in the login, beside the customer code. Wire: `AddressID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_id: Option<String>,
}

impl RawQuery {
    /// Creates a query without parameters.
    pub fn new(query_type: u16) -> Self {
        Self {
            query_type,
            parameters: Vec::new(),
            address_id: None,
        }
    }

    /// Adds a parameter.
    #[must_use]
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<Personal>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }
}

kervan_core::setters! { RawQuery {
    /// Sets the address in the login.
    address_id: into Option<String>,
}}

/// Returns whether XML carries a name unchanged.
pub(crate) fn is_name(name: &str) -> bool {
    let first = name.bytes().next().is_some_and(|b| b.is_ascii_alphabetic());
    first && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

// With its path, because the list of calls is made of those that are not raw.
impl kervan_core::Operation for RawQuery {
    type Service = QuerySettings;
    type Output = QueryRows<TableRow>;
    const ENDPOINT: Endpoint = Endpoint::of(0);
    const CLASS: Class = Class::Read;

    fn endpoint(&self) -> Endpoint {
        Endpoint::of(self.query_type)
    }

    fn check(&self, _context: &Context<'_, QuerySettings>, problems: &mut Problems) {
        for (place, (name, value)) in self.parameters.iter().enumerate() {
            let path = format!("parameters[{place}]");
            if is_name(name) {
                problems.extend(not_carried(|| path, value.as_str()));
            } else {
                problems.push(rules::RAW_NAME.at(path));
            }
        }
        if let Some(address) = &self.address_id {
            if is_blank(address) {
                problems.push(MISSING.at("address_id"));
            } else {
                problems.extend(not_carried(|| "address_id", address));
            }
        }
    }

    fn body(&self, _context: &Context<'_, QuerySettings>) -> Result<Body, EncodeError> {
        let body = Body::raw(self.address_id.as_deref());
        let parameters = self.parameters.iter();
        Ok(parameters.fold(body, |body, (name, value)| {
            body.text(name.clone(), value.as_str())
        }))
    }

    fn read(
        &self,
        reading: Reading<'_>,
    ) -> Result<Answer<QueryRows<TableRow>>, ReadError<Rejection>> {
        reading.rows(&Asked::Any)
    }
}
