//! Lists the provinces and districts that Horoz accepts. Wire: `listCounties` (JSON, read).

use std::sync::Arc;

use kervan_core::Drift;
use kervan_core::places::Pairs;
use kervan_core::tree::ReadableRows;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{LIST_COUNTIES, Page};
use crate::place_book::PlaceBook;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire;

/// Asks for every pair of province and district that Horoz accepts. Provider's page: listCounties.
///
/// The list changes rarely; keep it for a day. [`CountyList::place_book`] makes it the truth for
/// the checks of orders.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when the process key is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCounties {}

impl ListCounties {
    /// A request without parameters.
    pub fn new() -> Self {
        Self::default()
    }
}

/// Every pair of province and district that Horoz accepts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CountyList {
    /// The pairs in the order received. Wire: `county`.
    pub counties: Vec<County>,
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl CountyList {
    /// The list as the truth for the checks of orders.
    pub fn place_book(&self) -> PlaceBook {
        let pairs = self
            .counties
            .iter()
            .map(|county| (&county.city, &county.county));
        PlaceBook::Fetched(Arc::new(Pairs::new(pairs)))
    }
}

/// A district and its province, in upper-case Turkish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct County {
    /// Province. Wire: `cityName`.
    pub city: String,
    /// District; the central one of a province without a metropolitan municipality is `MERKEZ`.
    /// Wire: `countyName`.
    pub county: String,
}

const PAGE: Page = Page {
    method: "listCounties",
    envelope: Some("listCountiesOutput"),
    codes: LIST_COUNTIES,
};

impl Operation for ListCounties {
    type Service = Settings;
    type Output = CountyList;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        Problems::new()
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::get(settings, &settings.paths.list_counties)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<CountyList, ReadError<Rejection>> {
        let (answer, drift) = wire::read::<WireAnswer>(&PAGE, settings, reply)?;
        let counties = answer.list.counties.read();
        let counties = counties
            .map(|row| County {
                city: row.city,
                county: row.county,
            })
            .collect();
        Ok(CountyList {
            counties,
            message: wire::message(answer.message, settings),
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
    #[serde(rename = "listCounties")]
    list: WireList,
}

#[derive(Deserialize)]
struct WireList {
    #[serde(rename = "county")]
    counties: ReadableRows<WireCounty>,
}

#[derive(Deserialize)]
struct WireCounty {
    #[serde(rename = "cityName")]
    city: String,
    #[serde(rename = "countyName")]
    county: String,
}
