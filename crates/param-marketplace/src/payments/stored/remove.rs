//! Removes a stored card. Wire: `KS_Kart_Sil` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::list::{ListStoredCards, StoredCards};
use super::values::{CardOwner, StoredCardKey, check_owner};
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Removes a stored card. Provider's page: `KS_Kart_Sil`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveStoredCard {
    /// The card. Wire: `KS_GUID`.
    pub card: StoredCardKey,
    /// The shop's key that it was stored with. Wire: `KK_Islem_ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<CardOwner>,
}

impl RemoveStoredCard {
    /// Creates the removal of a card that was stored with this key of the shop.
    pub fn new(card: StoredCardKey, owner: CardOwner) -> Self {
        Self {
            card,
            owner: Some(owner),
        }
    }

    /// Creates the removal of a card that was stored without a key of the shop.
    pub fn without_owner(card: impl Into<StoredCardKey>) -> Self {
        Self {
            card: card.into(),
            owner: None,
        }
    }
}

/// The card was removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StoredCardRemoved {}

impl Operation for RemoveStoredCard {
    type Service = Settings;
    type Output = StoredCardRemoved;
    const ENDPOINT: Endpoint = Endpoint::stored_cards("KS_Kart_Sil", "KS_Kart_SilResult");
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.card.check(problems);
        check_owner(problems, "owner", self.owner.as_ref());
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .card_text("KS_GUID", self.card.expose())
            .text("KK_Islem_ID", &self.owner))
    }

    fn read(&self, reading: Reading<'_>) -> Read<StoredCardRemoved> {
        reading.nothing()
    }
}

impl Settle for RemoveStoredCard {
    type ReadBack = ListStoredCards;

    /// Returns a digest of the card's key.
    fn key(&self) -> String {
        self.card.digest()
    }

    fn read_back(&self) -> Option<ListStoredCards> {
        Some(ListStoredCards {
            name: None,
            owner: self.owner.clone(),
        })
    }

    fn found(
        &self,
        now: Answer<StoredCards>,
        _baseline: Option<&Baseline>,
    ) -> Found<StoredCardRemoved, Rejection> {
        let list = now.value;
        let tells = self.owner.is_some() && !list.cards.is_empty();
        match list.holds(&self.card) {
            Some(true) => Found::Absent,
            Some(false) if tells => Found::Wanted,
            _ => Found::Unclear,
        }
    }
}
