//! The effects of calls on the outside world. Amounts are lira.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// Something that happened to customers and money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Effect {
    /// A page was opened for an order.
    OrderOpened {
        /// The shop's number of the order.
        order: String,
        /// The order's amount.
        amount: Decimal,
    },
    /// The customer completed an order; it waits for its activation.
    OrderWaiting {
        /// The shop's number of the order.
        order: String,
        /// HASO's number of the transaction.
        transaction: String,
        /// The order's amount.
        amount: Decimal,
    },
    /// The customer gave up, or HASO declined.
    OrderDeclined {
        /// The shop's number of the order.
        order: String,
    },
    /// A waiting order was activated: HASO owes the shop, the customer owes HASO.
    Activated {
        /// The shop's number of the order.
        order: String,
        /// HASO's number of the transaction.
        transaction: String,
        /// The order's amount.
        amount: Decimal,
    },
    /// An installment was paid.
    Paid {
        /// The number of the installment.
        payment: String,
        /// The amount paid.
        amount: Decimal,
    },
    /// A balance was loaded for a customer, before installments were paid from it.
    BalanceLoaded {
        /// HASO's number of the customer.
        customer: String,
        /// The amount loaded.
        amount: Decimal,
    },
    /// An order was refunded, in whole or in part.
    Refunded {
        /// The shop's number of the refund.
        refund: String,
        /// The shop's number of the order.
        order: String,
        /// The amount refunded.
        amount: Decimal,
    },
    /// The total of a transaction's enforcement expenses changed.
    ExpensesSet {
        /// HASO's number of the transaction.
        transaction: String,
        /// The new total.
        total: Decimal,
    },
    /// A customer's mobile number changed.
    PhoneChanged {
        /// HASO's number of the customer.
        customer: String,
        /// The new number.
        mobile: String,
    },
    /// A customer got a limit.
    LimitSet {
        /// HASO's number of the customer.
        customer: String,
        /// The limit.
        limit: Decimal,
    },
    /// A page was opened for a limit.
    LimitOpened {
        /// The number of the page.
        session: String,
        /// The shop's address for its result, which a shop gives each page of its own.
        callback: String,
    },
    /// A PIN was sent to a customer by SMS.
    PinSent {
        /// The number of the request to the credit bureau.
        reference: String,
        /// HASO's number of the customer.
        customer: String,
    },
    /// A QR code was shown in a customer's app.
    QrShown {
        /// HASO's number of the customer.
        customer: String,
        /// The code, which is the value of `qrhash`.
        code: String,
    },
}
