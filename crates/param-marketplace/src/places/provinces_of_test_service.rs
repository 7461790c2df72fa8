//! Lists the provinces, on the general test service. Wire: `Il_Liste` (SOAP, read).

use kervan_core::soap::Rows;
use kervan_core::{Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::provinces::Provinces;
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;
use crate::wire::TablePlace;

/// Asks for all provinces in the form of the general test service, which has neither
/// [`ListProvinces`](crate::ListProvinces) nor the districts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListProvincesOfTestService {}

impl ListProvincesOfTestService {
    /// Asks for all provinces.
    pub fn new() -> Self {
        Self::default()
    }
}

impl Operation for ListProvincesOfTestService {
    type Service = Settings;
    type Output = Provinces;
    const ENDPOINT: Endpoint = Endpoint::payment("Il_Liste", "Il_ListeResult");

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        Problems::new()
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let settings = context.settings();
        Ok(Body::with_login(settings))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Provinces, ReadError<Rejection>> {
        let mut rows = Rows::default();
        let (answer, mut drift) = reading.with_rows::<WireAnswer>(|row| rows.push(row))?;
        let (provinces, in_rows) = rows.finish();
        drift.extend(in_rows);
        drift.scrub(|text| reading.settings.scrub(text));
        Ok(Provinces {
            provinces,
            message: reading.message(answer.message.as_deref()),
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Sonuc")]
    _code: String,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
    // The table has another name than in the marketplace service.
    #[serde(rename = "DT")]
    _table: Option<TablePlace>,
}
