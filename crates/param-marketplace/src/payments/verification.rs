//! Checks without money: a card, a hash.

pub(crate) mod card_check_hint;
pub(crate) mod compute_hash;
pub(crate) mod verify_card;
