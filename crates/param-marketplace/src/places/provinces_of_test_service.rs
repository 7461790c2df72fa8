//! Lists the provinces, on the general test service. Wire: `Il_Liste` (SOAP, read).

use kervan_core::soap::Rows;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::provinces::Provinces;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, TablePlace, WireLogin};

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

const PAGE: Page = Page::payment("Il_Liste", "Il_ListeResult");

impl Operation for ListProvincesOfTestService {
    type Service = Settings;
    type Output = Provinces;
    const ENDPOINT: Page = PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        Problems::new()
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let wire = WireList {
            login: settings.into(),
        };
        wire::request(PAGE, settings, &wire)
    }

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<Provinces, ReadError<Rejection>> {
        let mut rows = Rows::default();
        let (answer, mut drift) =
            wire::read::<WireAnswer>(PAGE, settings, reply, |row| rows.push(row))?;
        let (provinces, in_rows) = rows.finish();
        drift.extend(in_rows);
        drift.scrub(|text| settings.scrub(text));
        Ok(Provinces {
            provinces,
            message: wire::message(answer.message.as_deref(), settings),
            drift,
        })
    }
}

#[derive(YaSerialize)]
#[yaserde(
    rename = "Il_Liste",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpos.com.tr/" }
)]
struct WireList {
    #[yaserde(rename = "G")]
    login: WireLogin,
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
