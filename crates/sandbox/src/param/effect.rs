//! Effects on money, sellers and cards.

use serde::{Deserialize, Serialize};

use crate::Kurus;

/// Something that happened to the outside world.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Effect {
    /// A seller was added.
    SellerAdded {
        /// The seller's key.
        key: String,
    },
    /// A seller was changed.
    SellerUpdated {
        /// The seller's key.
        key: String,
    },
    /// A seller was removed.
    SellerRemoved {
        /// The seller's key.
        key: String,
    },
    /// A seller was attached to a payment.
    OrderEntered {
        /// The key of the entry.
        key: String,
        /// The payment's number.
        payment: i64,
        /// The seller's key.
        seller: String,
        /// The product amount.
        product: Kurus,
        /// The seller's share.
        payable: Kurus,
    },
    /// An entry was put back to waiting.
    OrderHeld {
        /// The key of the entry.
        key: String,
    },
    /// An entry was approved: the seller will be paid.
    OrderApproved {
        /// The key of the entry.
        key: String,
    },
    /// An entry was cancelled, without its payment.
    OrderCancelled {
        /// The key of the entry.
        key: String,
    },
    /// A payment waits for its customer on a page.
    Started {
        /// The payment's number.
        payment: i64,
        /// The shop's order number.
        order: String,
    },
    /// The customer proved to be the card's owner; nothing is charged yet.
    Proven {
        /// The payment's number.
        payment: i64,
    },
    /// A card was charged.
    Charged {
        /// The payment's number.
        payment: i64,
        /// The shop's order number, as the provider keeps it.
        order: String,
        /// The shop's own key of the payment; empty when it sent none.
        key: String,
        /// The amount that was taken.
        amount: Kurus,
    },
    /// An amount was reserved on a card.
    Reserved {
        /// The payment's number.
        payment: i64,
        /// The shop's order number.
        order: String,
        /// The amount that is reserved.
        amount: Kurus,
    },
    /// A reservation was released.
    Released {
        /// The payment's number.
        payment: i64,
        /// The shop's order number.
        order: String,
    },
    /// Money went back to the card on the day of the payment.
    Cancelled {
        /// The payment's number.
        payment: i64,
        /// The key of the seller's entry, for a part of the payment.
        entry: Option<String>,
        /// The amount that went back.
        amount: Kurus,
    },
    /// Money went back to the card on a later day.
    Refunded {
        /// The payment's number.
        payment: i64,
        /// The key of the seller's entry, for a part of the payment.
        entry: Option<String>,
        /// The amount that went back.
        amount: Kurus,
    },
    /// The check of a card waits for its customer on a page.
    CardCheckStarted {
        /// The session of the page.
        session: String,
        /// The first of the texts that come back.
        token: String,
    },
    /// A card was stored.
    CardStored {
        /// The card's key.
        key: String,
    },
    /// A stored card was removed.
    CardRemoved {
        /// The card's key.
        key: String,
    },
}
