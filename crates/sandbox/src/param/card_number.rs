//! Card numbers, of which a world keeps the first six digits, the last four and a digest.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use super::account::Account;

/// A card that was seen. Two are equal when their numbers are.
///
/// The digest is keyed with the account's password and key, so that a stored world does not show the
/// number. It does not keep one who has the whole world from trying numbers.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CardNumber {
    /// Six and four digits with stars between them.
    pub(crate) masked: String,
    /// The keyed digest, which finds the verdict of the card's bank.
    pub(crate) digest: String,
}

impl Account {
    /// Returns what a world keeps of a card's number.
    pub(crate) fn card(&self, number: &str) -> CardNumber {
        let key = format!("{}:{}", self.key, self.password);
        let mut digest = String::new();
        // An HMAC takes keys of any length.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.as_bytes()) {
            mac.update(number.as_bytes());
            for byte in mac.finalize().into_bytes() {
                // Writing to a text does not fail.
                let _ = write!(digest, "{byte:02x}");
            }
        }
        CardNumber {
            masked: masked(number),
            digest,
        }
    }
}

/// Returns six and four digits of a card's number.
fn masked(number: &str) -> String {
    let last = number.len().saturating_sub(4);
    match (number.get(..6), number.get(last..)) {
        (Some(first), Some(last)) if number.len() >= 12 => {
            format!("{first}{}{last}", "*".repeat(number.len() - 10))
        }
        _ => "*".repeat(number.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_numbers_have_equal_digests_in_one_account_only() {
        let (one, other) = (
            Account::published(),
            Account::new("10738", "Test", "other", "k", "k"),
        );
        let number = "4546711234567894";
        assert_eq!(one.card(number).masked, "454671******7894");
        assert_eq!(one.card(number).digest.len(), 64);
        assert!(one.card(number) == one.card(number));
        assert!(one.card(number) != one.card("4546711234567895"));
        assert!(one.card(number) != other.card(number));
        assert_eq!(one.card("45467112345").masked, "***********");
    }
}
