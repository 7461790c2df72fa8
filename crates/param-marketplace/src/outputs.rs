//! Answers for a program's own tests: each is built from its required values, and the rest is empty.
//!
//! Answers without required values have a `Default`. Callbacks are read and verified in tests as in the
//! shop: the feature `testing` signs forms.

use kervan_core::Personal;

use crate::ids::{OrderKey, SubMerchantId};
use crate::limits::{LimitChecked, Verdict};
use crate::merchants::SubMerchantAdded;
use crate::orders::OrderDetail;
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

#[cfg(feature = "payments")]
mod payments {
    use kervan_core::Personal;

    use crate::payments::stored::{CardStored, StoredCardKey};
    use crate::payments::{
        BrowserAddress, Captured, Charged, Completed, ComputedHash, ProvisionId, ReceiptId,
        Reserved, ShowPage, ShowReservation, VisitReservation, VisitUrl,
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
}
