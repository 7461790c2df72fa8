//! Stored cards: a card is kept at Param, and charged by a key.
//!
//! They are a service of their own, with an address of its own. **The key of a stored card charges
//! it**, without 3-D even without the card's code: keep it like a password. No hash signs these calls,
//! and the page of the results lists none either, so a result is confirmed by
//! [`QueryPayment`](super::QueryPayment) before anything is handed over.

mod charge;
mod charge_with_model;
mod list;
mod list_page;
mod remove;
mod store;
mod values;

pub use charge::ChargeStoredCard;
pub use charge_with_model::ChargeStoredCardWithModel;
pub use list::{ListStoredCards, StoredCard, StoredCards};
pub use list_page::ListStoredCardsPage;
pub use remove::{RemoveStoredCard, StoredCardRemoved};
pub use store::{CardStored, StoreCard};
pub use values::{CardCode, CardOwner, CardToStore, StoredCardKey};
