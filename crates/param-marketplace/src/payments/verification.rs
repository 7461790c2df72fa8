//! Checks of a card and of a hash, which move no money.

pub(crate) mod card_check_hint;
pub(crate) mod compute_hash;
pub(crate) mod verify_card;
