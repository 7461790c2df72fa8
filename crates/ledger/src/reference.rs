//! References that follow from an order and the number of a try.

use sha2::{Digest as _, Sha256};

/// The letters of a digest: digits and capital letters, without those that look like others.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The fewest letters of a digest: 60 bits.
const SHORTEST: usize = 12;

/// Returns the reference of a try to pay or ship an order: the same on every machine and after every crash, and another
/// one for each order and each try, so that nothing has to be stored to find it again.
///
/// It is `order-try` where that has nothing but Latin letters, digits and hyphens and is not longer than `longest`, and
/// else a digest of 26 letters, or of `longest`. `None` where the provider allows less than 12.
///
/// ```
/// use kervan_ledger::reference;
/// assert_eq!(reference("KV-17", 1, 20).as_deref(), Some("KV-17-1"));
/// let digest = reference("sipariş 2026/11/30 no 000000017", 1, 20);
/// assert_eq!(digest, reference("sipariş 2026/11/30 no 000000017", 1, 20));
/// assert_eq!(digest.map(|text| text.len()), Some(20));
/// ```
///
/// | provider | where | longest |
/// |---|---|---|
/// | Param | `PaymentOrder`, `Siparis_ID` | 36 |
/// | Param | `PaymentKey`, `Islem_ID` | no length is documented |
/// | HASO | `OrderNumber`, `merchantOid` | 20 |
/// | Horoz | `RequestNumber`, `requestNumber` | 50 |
/// | Aras | `IntegrationCode` | 32 |
pub fn reference(order: &str, attempt: u32, longest: usize) -> Option<String> {
    if longest < SHORTEST {
        return None;
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let readable = format!("{order}-{attempt}");
    if !order.is_empty() && readable.len() <= longest && readable.bytes().all(is_plain) {
        return Some(readable);
    }
    let digest = Sha256::new()
        .chain_update(attempt.to_be_bytes())
        .chain_update(order)
        .finalize();
    // Without a hyphen, so that it is no readable one.
    let letters = digest.iter().map(|byte| letter(*byte));
    // A byte has more bits than a letter, so that each letter takes one.
    Some(letters.take(longest.min(26)).collect())
}

fn letter(byte: u8) -> char {
    char::from(LETTERS[usize::from(byte % 32)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_order_and_try_has_its_own_within_the_length() {
        let orders = [
            "KV-1",
            "KV-1-1",
            "KV",
            "",
            "-",
            "ş",
            "kv-1",
            "KV 1",
            "KV-1 ",
            "0",
            "a very long number of an order, longer than any provider takes, with 80 letters",
        ];
        for longest in [12, 20, 36, 50, 500] {
            let mut seen = BTreeSet::new();
            for order in orders {
                for attempt in [0, 1, 2, 11, u32::MAX] {
                    let reference = reference(order, attempt, longest).unwrap_or_default();
                    assert!((2..=longest).contains(&reference.len()), "{reference}");
                    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
                    assert!(reference.chars().all(is_plain), "{reference}");
                    assert!(seen.insert(reference.clone()), "{reference} twice");
                }
            }
        }
        assert_eq!(reference("KV-1", 1, 11), None);
    }

    #[test]
    fn a_reference_never_changes_between_versions() {
        let known = reference("Sipariş 1", 1, 36);
        assert_eq!(known.as_deref(), Some("42P4PWB4CNGB4GR9GMRPNP00F8"));
    }
}
