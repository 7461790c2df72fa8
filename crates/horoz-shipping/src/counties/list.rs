//! Lists the provinces and districts that Horoz accepts. Wire: `listCounties` (JSON, read).

use std::sync::Arc;

use kervan_core::{Answer, Class, Context, EncodeError, Operation, ReadError};
use kervan_turkiye::places::Pairs;
use kervan_wire::tree::ReadableRows;
use serde::{Deserialize, Serialize};

use crate::codes::LIST_COUNTIES;
use crate::endpoint::Endpoint;
use crate::place_book::PlaceBook;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Asks for every pair of province and district that Horoz accepts. Provider's page: listCounties.
///
/// The list changes rarely; keep it for a day. [`CountyList::place_book`] makes it the reference for the
/// checks of orders.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when the process key is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListCounties {}

impl ListCounties {
    /// Creates a request without parameters.
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
}

impl CountyList {
    /// Returns the list as the reference for the checks of orders.
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

impl Operation for ListCounties {
    type Service = Settings;
    type Output = CountyList;
    const ENDPOINT: Endpoint = Endpoint::new("listCounties", |paths| &paths.list_counties)
        .inside("listCountiesOutput")
        .codes(LIST_COUNTIES);
    const CLASS: Class = Class::Read;

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body<'_>, EncodeError> {
        Ok(Body::empty())
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<CountyList>, ReadError<Rejection>> {
        let answer = reading.answer::<WireAnswer>()?;
        Ok(answer.map(|wire| CountyList {
            counties: wire.list.counties.read().map(County::from).collect(),
        }))
    }
}

#[derive(Deserialize)]
struct WireAnswer {
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

impl From<WireCounty> for County {
    fn from(WireCounty { city, county }: WireCounty) -> Self {
        Self { city, county }
    }
}
