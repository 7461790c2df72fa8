//! Answers for a program's own tests: each is built from its required values, and the rest is empty.
//!
//! Answers without required values have a `Default`. Callbacks are read and verified in tests as in the
//! shop: the feature `testing` signs forms.

use kervan_core::Personal;

use crate::ids::{OrderKey, SubMerchantId};
use crate::limits::{LimitChecked, Verdict};
use crate::merchants::SubMerchantAdded;
use crate::orders::{Order, OrderDetail, Orders};
use crate::raw::RawAnswer;

macro_rules! built_from {
    ($($name:ident { $required:ident: $type:ty $(; $($rest:ident),+)? })+) => {$(
        impl $name {
            /// Creates an answer with this value only. Its fields are public, so that a test can fill the
            /// others.
            pub fn new($required: impl Into<$type>) -> Self {
                Self {
                    $required: $required.into(),
                    $($($rest: Default::default(),)+)?
                }
            }
        }
    )+} }

built_from! {
    SubMerchantAdded { id: SubMerchantId }
    OrderDetail {
        order: OrderKey;
        product_amount, payable, collected, limit, new_payable
    }
    LimitChecked { verdict: Verdict; seller, collected, limit, new_payable }
    RawAnswer { text: Personal; code }
}

impl Orders {
    /// Creates an answer with these rows.
    pub fn new(orders: impl IntoIterator<Item = Order>) -> Self {
        Self {
            orders: orders.into_iter().collect(),
        }
    }
}

#[cfg(feature = "payments")]
mod payments {
    use kervan_core::Personal;

    use crate::payments::stored::{CardStored, StoredCard, StoredCardKey, StoredCards};
    use crate::payments::{
        BrowserAddress, Captured, Charged, Completed, ComputedHash, PaymentRecord, PaymentStatus,
        ProvisionId, ReceiptId, Reserved, ShowPage, ShowReservation, VisitReservation, VisitUrl,
    };

    built_from! {
        VisitUrl { url: Personal; transaction, payment, order, commission_rate }
        ShowPage {
            html: Personal;
            transaction, payment, order, commission_rate, commission, net
        }
        Charged {
            receipt: ReceiptId;
            order, commission_rate, commission, net
        }
        Completed {
            receipt: ReceiptId;
            order, bank_transaction, bank_approval, bank_reference, commission_rate
        }
        BrowserAddress { url: Personal }
        ComputedHash { hash: String }
        VisitReservation { visit: VisitUrl }
        ShowReservation { page: ShowPage }
        Reserved { provision: ProvisionId; order }
        Captured {
            receipt: ReceiptId;
            provision, order, bank_transaction, bank_approval, bank_reference
        }
        CardStored { card: StoredCardKey }
    }

    impl StoredCards {
        /// Creates an answer with these rows.
        pub fn new(cards: impl IntoIterator<Item = StoredCard>) -> Self {
            Self {
                cards: cards.into_iter().collect(),
            }
        }
    }

    impl PaymentStatus {
        /// Creates the answer with a payment, or that of a payment which was not found.
        pub fn new(payment: Option<PaymentRecord>) -> Self {
            Self { payment }
        }
    }
}
