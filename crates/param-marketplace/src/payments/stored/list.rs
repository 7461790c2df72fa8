//! Lists stored cards. Wire: `KS_Kart_Liste` (SOAP, read).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use serde::{Deserialize, Serialize};

use super::values::{CardOwner, StoredCardKey, check_owner};
use crate::endpoint::Endpoint;
use crate::ids::is_key;
use crate::moment::ReceivedMoment;
use crate::service::{Body, Read, Reading, not_named};
use crate::settings::Settings;
use crate::wire;

/// Lists stored cards, of one owner or all. Provider's page: `KS_Kart_Liste`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct ListStoredCards {
    /// The name of the cards, up to 150 characters. Wire: `KK_Kart_Adi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Personal>,
    /// The shop's key that the cards were stored with. Wire: `KK_Islem_ID`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<CardOwner>,
}

impl ListStoredCards {
    /// Lists the cards that were stored with this key.
    pub fn of_owner(owner: impl Into<CardOwner>) -> Self {
        Self {
            owner: Some(owner.into()),
            ..Self::default()
        }
    }

    /// Lists all cards, with empty filters, whose effect is not documented.
    pub fn all() -> Self {
        Self::default()
    }
}

/// Checks a card's name, if it is given.
pub(super) fn check_name(problems: &mut Problems, path: &'static str, name: Option<&Personal>) {
    if let Some(name) = name {
        wire::check(problems, path, name.as_str(), 150, true);
    }
}

/// The stored cards that were found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StoredCards {
    /// One element a row, in the order received. Wire: the rows of `DT_Bilgi`.
    pub cards: Vec<StoredCard>,
}

impl StoredCards {
    /// Returns whether a card of this key is in the list; `None` when a row without a key could be it.
    pub(super) fn holds(&self, key: &StoredCardKey) -> Option<bool> {
        let same = |card: &StoredCard| Some(card.key()? == key);
        if self.cards.iter().any(|card| same(card) == Some(true)) {
            return Some(true);
        }
        let readable = self.cards.iter().all(|card| same(card).is_some());
        readable.then_some(false)
    }
}

/// A stored card. The columns are known by name; their contents are not documented. Columns without a value
/// are `None`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoredCard {
    /// The row's number. Wire: `ID`.
    #[serde(rename(deserialize = "ID"))]
    pub row_number: Option<String>,
    /// The key that charges the card. Wire: `KK_GUID`.
    #[serde(rename(deserialize = "KK_GUID"))]
    pub card: Option<StoredCardKey>,
    /// The time when it was stored. Wire: `Tarih`.
    #[serde(rename(deserialize = "Tarih"))]
    pub stored: Option<ReceivedMoment>,
    /// The number, masked. Wire: `KK_No`.
    #[serde(rename(deserialize = "KK_No"))]
    pub number: Option<Personal>,
    /// Wire: `KK_Tip`.
    #[serde(rename(deserialize = "KK_Tip"))]
    pub kind: Option<String>,
    /// Wire: `KK_Banka`.
    #[serde(rename(deserialize = "KK_Banka"))]
    pub bank: Option<String>,
    /// Wire: `KK_Marka`.
    #[serde(rename(deserialize = "KK_Marka"))]
    pub brand: Option<String>,
    /// The name that the card was stored with. Wire: `Kart_Adi`.
    #[serde(rename(deserialize = "Kart_Adi"))]
    pub name: Option<Personal>,
    /// Wire: `KK_Hash`.
    #[serde(rename(deserialize = "KK_Hash"))]
    pub hash: Option<Personal>,
    /// Wire: `KK_KD`.
    #[serde(rename(deserialize = "KK_KD"))]
    pub kd: Option<Personal>,
    /// By its name, the expiry. Wire: `KK_SK`.
    #[serde(rename(deserialize = "KK_SK"))]
    pub expiry: Option<Personal>,
    /// Wire: `Data2`.
    #[serde(rename(deserialize = "Data2"))]
    pub data: Option<Personal>,
}

impl StoredCard {
    /// Returns the key, unless it is empty.
    pub fn key(&self) -> Option<&StoredCardKey> {
        let key = self.card.as_ref();
        key.filter(|key| is_key(key.expose()))
    }
}

impl Operation for ListStoredCards {
    type Service = Settings;
    type Output = StoredCards;
    const ENDPOINT: Endpoint = Endpoint::stored_cards("KS_Kart_Liste", "KS_Kart_ListeResult");
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        check_name(problems, "name", self.name.as_ref());
        check_owner(problems, "owner", self.owner.as_ref());
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_filter(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<StoredCards> {
        read(reading)
    }
}

/// Reads the answer of both lists.
pub(super) fn read(reading: Reading<'_>) -> Read<StoredCards> {
    Ok(reading.rows(not_named)?.map(|cards| StoredCards { cards }))
}

/// Builds the elements of both lists.
pub(super) fn wire_filter(filter: &ListStoredCards) -> Body {
    Body::with_login()
        .merchant()
        .text("KK_Kart_Adi", &filter.name)
        .text("KK_Islem_ID", &filter.owner)
}
