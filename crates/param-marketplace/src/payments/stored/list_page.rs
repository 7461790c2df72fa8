//! Lists stored cards page by page. Wire: `KS_Kart_Liste_Pagination` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use super::list::{self, ListStoredCards, StoredCards, check_name, wire_filter};
use super::values::check_owner;
use crate::endpoint::Endpoint;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::{ANY, Checks as _};

/// Lists a page of the stored cards. Provider's page: `KS_Kart_Liste_Pagination`.
///
/// Both texts are optional. The provider documents neither what they count nor whether they begin with 0 or
/// 1. Try it before you rely on pages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStoredCardsPage {
    /// The filter of the cards.
    pub filter: ListStoredCards,
    /// By its name, a number of pages; perhaps of cards on a page. Wire: `Sayfa_Sayi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
    /// The page. Wire: `Sayfa_Index`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<String>,
}

impl ListStoredCardsPage {
    /// Creates a query for these cards, without the two texts.
    pub fn new(filter: ListStoredCards) -> Self {
        Self {
            filter,
            ..Self::default()
        }
    }
}

kervan_core::setters! { ListStoredCardsPage {
    /// Sets `Sayfa_Sayi`.
    count: into Option<String>,
    /// Sets `Sayfa_Index`.
    index: into Option<String>,
}}

impl Operation for ListStoredCardsPage {
    type Service = Settings;
    type Output = StoredCards;
    const ENDPOINT: Endpoint =
        Endpoint::stored_cards("KS_Kart_Liste_Pagination", "KS_Kart_Liste_PaginationResult");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        check_name(problems, "filter.name", self.filter.name.as_ref());
        check_owner(problems, "filter.owner", self.filter.owner.as_ref());
        problems.optional("count", &self.count, ANY);
        problems.optional("index", &self.index, ANY);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_filter(&self.filter)
            .text("Sayfa_Sayi", &self.count)
            .text("Sayfa_Index", &self.index))
    }

    fn read(&self, reading: Reading<'_>) -> Read<StoredCards> {
        list::read(reading)
    }
}
