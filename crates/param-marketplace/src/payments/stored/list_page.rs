//! Lists stored cards page by page. Wire: `KS_Kart_Liste_Pagination` (SOAP, read).

use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::list::{self, ListStoredCards, StoredCards, WireFilter};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page};
use crate::{Client, Error};

/// Lists a page of the stored cards. Provider's page: `KS_Kart_Liste_Pagination`.
///
/// What the two numbers count, and whether they begin with 0 or 1, is not documented: try it before
/// relying on pages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStoredCardsPage {
    /// Which cards.
    #[serde(default)]
    pub filter: ListStoredCards,
    /// By its name, a number of pages; perhaps of cards on a page. Wire: `Sayfa_Sayi`.
    pub count: u32,
    /// The page. Wire: `Sayfa_Index`.
    pub index: u32,
}

impl ListStoredCardsPage {
    /// A page of these cards.
    pub fn new(filter: ListStoredCards, count: u32, index: u32) -> Self {
        Self {
            filter,
            count,
            index,
        }
    }
}

impl Client {
    /// Lists a page of the stored cards.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when the service refuses; see [`Error`] for the rest.
    pub async fn list_stored_cards_page(
        &self,
        request: &ListStoredCardsPage,
    ) -> Result<StoredCards, Error> {
        self.call(request).await
    }
}

const PAGE: Page = Page::stored_cards("KS_Kart_Liste_Pagination", "KS_Kart_Liste_PaginationResult");

impl Operation for ListStoredCardsPage {
    type Settings = Settings;
    type Output = StoredCards;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Read;

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        self.filter.problems("filter.name", "filter.owner")
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let wire = WireList {
            filter: WireFilter::of(settings, &self.filter),
            count: self.count,
            index: self.index,
        };
        wire::request(PAGE, settings, &wire)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<StoredCards, ReadError<Rejection>> {
        list::read(PAGE, settings, reply)
    }
}

#[derive(YaSerialize)]
#[yaserde(
    rename = "KS_Kart_Liste_Pagination",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpara.com.tr/" }
)]
struct WireList {
    #[yaserde(flatten = true)]
    filter: WireFilter,
    #[yaserde(rename = "Sayfa_Sayi")]
    count: u32,
    #[yaserde(rename = "Sayfa_Index")]
    index: u32,
}
