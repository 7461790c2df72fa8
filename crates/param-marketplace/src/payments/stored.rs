//! Stored cards: a card is kept at Param, and charged by a key.
//!
//! They belong to a separate service with its own address. **The key of a stored card charges it**, without
//! 3-D even without the card's code: keep it like a password. These calls are not signed by a hash, and the
//! page of the results does not list one either. Confirm a result by [`QueryPayment`](super::QueryPayment)
//! before anything is handed over.

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
