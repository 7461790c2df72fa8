//! Lists the provinces and districts that Horoz accepts. Wire: `listCounties` (JSON, read).

use std::sync::Arc;

use kervan_core::Drift;
use kervan_core::places::Pairs;
use kervan_core::tree::ReadableRows;
use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::codes::{self, LIST_COUNTIES, Page};
use crate::place_book::PlaceBook;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Client, Error, wire};

/// Asks for every pair of province and district that Horoz accepts. Provider's page: listCounties.
///
/// The list changes rarely; keep it for a day. [`CountyList::place_book`] makes it the truth for
/// the checks of orders.
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

impl Client {
    /// Lists every pair of province and district that Horoz accepts.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when the process key is wrong; see [`Error`] for the rest.
    pub async fn list_counties(&self) -> Result<CountyList, Error> {
        self.call(&ListCounties::new()).await
    }
}

impl Operation for ListCounties {
    type Settings = Settings;
    type Output = CountyList;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.method;
    const EFFECT: Effect = Effect::Read;

    fn result_codes() -> Vec<&'static str> {
        codes::texts(PAGE.codes)
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        Problems::new()
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::get(settings, &settings.paths.list_counties)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
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
