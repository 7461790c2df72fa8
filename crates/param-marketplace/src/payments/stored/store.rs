//! Stores a card. Wire: `KS_Kart_Ekle` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::list::{ListStoredCards, StoredCard, StoredCards, check_name};
use super::values::{CardOwner, CardToStore, StoredCardKey, check_owner};
use crate::endpoint::Endpoint;
use crate::ids::digest;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Stores a card. Provider's page: `KS_Kart_Ekle`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoreCard {
    /// The card.
    pub card: CardToStore,
    /// The shop's key of the customer or the card. It is optional, but only this key finds a card whose
    /// answer was lost. Wire: `KK_Islem_ID`.
    #[serde(default)]
    pub owner: Option<CardOwner>,
    /// A name for the card, up to 150 characters. Wire: `KK_Kart_Adi`.
    #[serde(default)]
    pub name: Option<Personal>,
}

impl StoreCard {
    /// Creates a request for a card with the shop's key, which also charges and removes it.
    pub fn new(card: CardToStore, owner: impl Into<CardOwner>) -> Self {
        Self {
            card,
            owner: Some(owner.into()),
            name: None,
        }
    }

    /// Returns whether a row can be this card; `None` when its number cannot be compared.
    fn is(&self, row: &StoredCard) -> Option<bool> {
        self.card.is_masked_as(row.number.as_ref()?.as_str())
    }

    /// Sets a name for the card.
    #[must_use]
    pub fn named(mut self, name: impl Into<Personal>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// The card is stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CardStored {
    /// The key that charges the card. Wire: `KS_GUID`.
    pub card: StoredCardKey,
}

impl Operation for StoreCard {
    type Service = Settings;
    type Output = CardStored;
    const ENDPOINT: Endpoint = Endpoint::stored_cards("KS_Kart_Ekle", "KS_Kart_EkleResult");
    const CLASS: Class = Class::Delta;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.card.check(problems);
        check_owner(problems, "owner", self.owner.as_ref());
        check_name(problems, "name", self.name.as_ref());
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .merchant()
            .and(self.card.wire())
            .text("KK_Kart_Adi", &self.name)
            .text("KK_Islem_ID", &self.owner))
    }

    fn read(&self, reading: Reading<'_>) -> Read<CardStored> {
        let answer = reading.value::<WireAnswer>()?;
        answer.try_map(|it| {
            let card = reading.required_key("KS_GUID", it.key.as_deref())?.into();
            Ok(CardStored { card })
        })
    }
}

impl Settle for StoreCard {
    type ReadBack = ListStoredCards;

    /// Returns a digest of the shop's key; empty for a card without one.
    fn key(&self) -> String {
        let owner = self.owner.as_ref().map(CardOwner::sent);
        owner.map_or_else(String::new, |owner| digest(&["owner", &owner]))
    }

    /// Returns the query for the owner's cards; `None` without an owner, because no query finds such a
    /// card.
    fn read_back(&self) -> Option<ListStoredCards> {
        let owner = self.owner.clone()?;
        Some(ListStoredCards {
            name: None,
            owner: Some(owner),
        })
    }

    /// Returns digests of the keys of the owner's cards whose masked number fits.
    fn baseline(&self, before: &Answer<StoredCards>) -> Option<Baseline> {
        let possible = before
            .cards
            .iter()
            .filter(|row| self.is(row) != Some(false));
        let keys: Option<Vec<_>> = possible.map(|row| Some(row.key()?.digest())).collect();
        keys.map(Baseline::new)
    }

    fn found(
        &self,
        now: Answer<StoredCards>,
        baseline: Option<&Baseline>,
    ) -> Found<CardStored, Rejection> {
        let Some(before) = baseline else {
            return Found::Unclear;
        };
        let is_old = |row: &StoredCard| row.key().is_some_and(|key| before.has(&key.digest()));
        let rows = now.cards.iter().filter(|row| !is_old(row));
        let new: Vec<_> = rows
            .map(|row| (row.key(), self.is(row)))
            .filter(|(_, is)| *is != Some(false))
            .collect();
        match new.as_slice() {
            [] => Found::Absent,
            [(Some(key), Some(true))] => {
                let card = (*key).clone();
                Found::Ours(Some(now.clone().map(|_| CardStored { card })))
            }
            _ => Found::Unclear,
        }
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "KS_GUID")]
    key: Option<String>,
}
