//! Values that the calls about stored cards share.

use std::borrow::Cow;
use std::fmt;

use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problems, Secret};
use serde::{Deserialize, Serialize};

use crate::ids::{digest, folded, same};
use crate::payments::card::{check_expiry, check_number, sent_number};
use crate::rules;
use crate::service::Body;
use crate::typed;
use crate::wire::{self, held_as_text};

/// The key of a stored card, 36 characters. **Whoever has it and the login can charge the card**, so
/// it does not print itself; it serialises, because it has to be kept. Wire: `KS_GUID`, in lists
/// `KK_GUID`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StoredCardKey(#[serde(deserialize_with = "kervan_wire::charset::whole")] Personal);

impl PartialEq for StoredCardKey {
    fn eq(&self, other: &Self) -> bool {
        same(self.expose(), other.expose())
    }
}

impl Eq for StoredCardKey {}

impl StoredCardKey {
    /// Exposes the key. The caller is responsible for the copy.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        wire::check(problems, "card", self.expose(), 36, true);
    }

    /// Returns a digest of the key, which cannot charge the card.
    pub(super) fn digest(&self) -> String {
        digest(&["card", &folded(self.expose())])
    }
}

impl<T: Into<String>> From<T> for StoredCardKey {
    fn from(key: T) -> Self {
        Self(Personal::new(key))
    }
}

impl fmt::Debug for StoredCardKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// The shop's own key of a customer or a card, up to 200 characters. A card that was stored with it is
/// charged and removed with the same one. Two are equal if they are sent alike. Does not print itself. Wire:
/// `KK_Islem_ID`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CardOwner(Personal);

impl CardOwner {
    /// Returns the key as text, as it was given.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the key as it is sent and compared.
    pub(super) fn sent(&self) -> Cow<'_, str> {
        typed::line(&self.0)
    }
}

impl PartialEq for CardOwner {
    fn eq(&self, other: &Self) -> bool {
        self.sent() == other.sent()
    }
}

impl Eq for CardOwner {}

impl<T: Into<String>> From<T> for CardOwner {
    fn from(key: T) -> Self {
        Self(Personal::new(key))
    }
}

impl fmt::Debug for CardOwner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

/// Checks the shop's key, if it is given.
pub(super) fn check_owner(problems: &mut Problems, path: &'static str, owner: Option<&CardOwner>) {
    if let Some(owner) = owner {
        wire::check(problems, path, owner.as_str(), 200, true);
    }
}

held_as_text! { CardOwner }

/// A card's code of three digits. It is neither printed nor serialised nor cloned, and wiped from
/// memory when it is dropped. Wire: `CVV`.
#[derive(Deserialize)]
#[serde(transparent)]
pub struct CardCode(Secret);

impl CardCode {
    /// Creates a code.
    pub fn new(code: impl Into<Secret>) -> Self {
        Self(code.into())
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        let code = self.0.expose();
        if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
            problems.push(rules::CARD_CODE.at("code"));
        }
    }

    pub(super) fn expose(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for CardCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardCode([redacted])")
    }
}

/// A card to be stored, without its code, which nobody may keep. It is neither printed nor serialised nor
/// cloned, and wiped from memory when it is dropped.
///
/// It can be read from a form or from JSON (`holder`, `number`, `month`, `year`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardToStore {
    holder: Personal,
    number: Secret,
    month: Secret,
    year: Secret,
}

impl fmt::Debug for CardToStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CardToStore([redacted])")
    }
}

impl CardToStore {
    /// Creates a card by its number, with or without blanks and dashes. The check reports values that are
    /// not set. Wire: `KK_No`.
    pub fn new(number: impl Into<Secret>) -> Self {
        Self {
            holder: Personal::default(),
            number: number.into(),
            month: Secret::new(""),
            year: Secret::new(""),
        }
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        // One page has 150, another 50.
        wire::check(problems, "card.holder", self.holder.as_str(), 50, true);
        check_number(problems, "card.number", self.number.expose());
        check_expiry(problems, self.month.expose(), self.year.expose());
    }

    /// Builds the elements of the card.
    pub(super) fn wire(&self) -> Body {
        Body::new()
            .card_text("KK_Sahibi", self.holder.as_str())
            .card("KK_No", sent_number(&self.number).expose())
            .card("KK_SK_Ay", self.month.expose())
            .card("KK_SK_Yil", self.year.expose())
    }

    /// Returns whether a masked number belongs to this card: it has the same length and the same digits
    /// before and after the mask, at least six and four of them. `None` for a text that is not a masked
    /// number.
    pub(super) fn is_masked_as(&self, masked: &str) -> Option<bool> {
        let number = sent_number(&self.number);
        let number = number.expose();
        let masked: String = masked.chars().filter(|c| *c != ' ').collect();
        let is_digit = |c: char| c.is_ascii_digit();
        let start = masked.split(|c| !is_digit(c)).next().unwrap_or_default();
        let end = masked.rsplit(|c| !is_digit(c)).next().unwrap_or_default();
        let is_mask = |c: char| matches!(c, '*' | 'x' | 'X') || is_digit(c);
        let is_masked = start.len() >= 6 && end.len() >= 4 && start.len() < masked.len();
        if !is_masked || !masked.chars().all(is_mask) {
            return None;
        }
        let same_length = masked.len() == number.len();
        Some(same_length && number.starts_with(start) && number.ends_with(end))
    }
}

kervan_core::setters! { CardToStore {
    /// Sets the holder's name. Wire: `KK_Sahibi`.
    holder: into Personal,
    /// Sets the month of expiry, for example `12`. Wire: `KK_SK_Ay`.
    month: into Secret,
    /// Sets the year of expiry, for example `2026`. Wire: `KK_SK_Yil`.
    year: into Secret,
}}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_nothing_of_itself() {
        let card = CardToStore::new("4546711234567894")
            .holder("Ayşe Deneme")
            .month("12")
            .year("2026");
        let (key, owner) = (StoredCardKey::from("KEY-1"), CardOwner::from("OWNER-1"));
        let shown = format!(
            "{card:?} {card:#?} {key:?} {owner:?} {:?}",
            CardCode::new("123")
        );
        for text in ["Ayşe", "4546", "12", "2026", "KEY", "OWNER"] {
            assert!(!shown.contains(text), "{shown}");
        }
    }

    #[test]
    fn a_masked_number_is_compared_and_never_guessed() {
        let card = CardToStore::new("4546711234567894");
        for (masked, same) in [
            ("454671******7894", Some(true)),
            ("4546 71** **** 7894", Some(true)),
            ("45467112****7894", Some(true)),
            ("454671XXXXXX7894", Some(true)),
            ("454671******7895", Some(false)),
            ("454672******7894", Some(false)),
            ("454671*****7894", Some(false)),
            ("4546711234567894", None),
            ("************7894", None),
            ("454671**********", None),
            ("454671******789", None),
            ("454671.7894", None),
            ("", None),
        ] {
            assert_eq!(card.is_masked_as(masked), same, "{masked}");
        }
    }
}
