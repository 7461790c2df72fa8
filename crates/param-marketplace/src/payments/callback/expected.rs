//! The values that the shop stores when a payment starts, to verify its callback.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::ids::PaymentId;
use crate::payments::{
    Currency, CurrencyPayment, ModalCurrencyPayment, ModalPayment, PaymentKey, PaymentOrder, Sale,
    ShowPage, ShowReservation, VisitReservation, VisitUrl,
};

/// The values that the callback of a 3D Pay payment or reservation must repeat. Store them with the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectedPayment {
    /// The order's number: the one that the start's answer gave, otherwise the shop's.
    pub order: PaymentOrder,
    /// Whether the start's answer gave the order's number. When it did not, the service may have replaced
    /// the shop's number without a report, so that the callback may have another one.
    #[serde(default = "yes")]
    pub order_reported: bool,
    /// The shop's key of the attempt. **Give all keys one length**: the signature covers order and key
    /// without a separator, so it cannot distinguish a key from a longer one that ends with it.
    pub key: PaymentKey,
    /// The amount that is charged or reserved.
    pub total: Money,
    /// The currency of the total.
    #[serde(default = "lira")]
    pub currency: Currency,
    /// The payment's number, as the start's answer gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// Whether the amount is only reserved.
    #[serde(default, rename = "reserves")]
    pub(super) is_reservation: bool,
}

fn yes() -> bool {
    true
}

fn lira() -> Currency {
    Currency::Lira
}

#[cfg(feature = "testing")]
impl ExpectedPayment {
    /// Creates the values of an order in lira for a test, as if the start had reported its number. A
    /// program's own code builds them from the sale and the start's answer, with [`of`](Self::of).
    pub fn new(order: impl Into<PaymentOrder>, key: impl Into<PaymentKey>, total: Money) -> Self {
        Self {
            order: order.into(),
            order_reported: true,
            key: key.into(),
            total,
            currency: Currency::Lira,
            payment: None,
            is_reservation: false,
        }
    }

    /// Sets the payment's number.
    #[must_use]
    pub fn payment(mut self, payment: PaymentId) -> Self {
        self.payment = Some(payment);
        self
    }

    /// Expects a reservation: the amount is not charged.
    #[must_use]
    pub fn reserving(mut self) -> Self {
        self.is_reservation = true;
        self
    }
}

impl ExpectedPayment {
    /// Builds the expected values of a sale in lira.
    pub fn of(sale: &Sale, started: &VisitUrl) -> Self {
        Self {
            order: started.order.as_ref().unwrap_or(&sale.order).clone(),
            order_reported: started.order.is_some(),
            key: sale.key.clone(),
            total: sale.total,
            currency: Currency::Lira,
            payment: started.payment,
            is_reservation: false,
        }
    }

    /// Builds the expected values of a reservation.
    pub fn of_reservation(sale: &Sale, started: &VisitReservation) -> Self {
        Self {
            is_reservation: true,
            ..Self::of(sale, &started.visit)
        }
    }

    /// Builds the expected values of a payment on the provider's page. The page posts the form of 3D Pay
    /// with its signature to the one address of the payment, after a success and after a failure. It
    /// repeats the order's number as it was sent.
    pub fn of_modal(payment: &ModalPayment) -> Self {
        Self {
            order: payment.order.clone(),
            order_reported: true,
            key: payment.key.clone(),
            total: payment.amount,
            currency: Currency::Lira,
            payment: None,
            is_reservation: false,
        }
    }

    /// Builds the expected values of a payment on the provider's page in its own currency.
    pub fn of_modal_currency(payment: &ModalCurrencyPayment) -> Self {
        Self {
            currency: payment.currency,
            ..Self::of_modal(&payment.payment)
        }
    }

    /// Builds the expected values of a payment in its own currency.
    pub fn of_currency(payment: &CurrencyPayment, started: &VisitUrl) -> Self {
        Self {
            currency: payment.currency,
            ..Self::of(&payment.sale, started)
        }
    }
}

/// The values that the callback of a 3D Model payment or reservation must repeat. Store them with the
/// order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectedModel {
    /// The order's number, as the start's answer gave it.
    pub order: PaymentOrder,
    /// The shop's key of the attempt, by which the second step is settled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<PaymentKey>,
    /// The provider's key of the attempt, as the start's answer gave it. Wire: `Islem_GUID`.
    pub transaction: String,
    /// The amount to be charged or reserved.
    pub total: Money,
    /// The payment's number, as the start's answer gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// Whether the amount is only reserved.
    #[serde(default, rename = "reserves")]
    pub(super) is_reservation: bool,
}

#[cfg(feature = "testing")]
impl ExpectedModel {
    /// Creates the values of an order for a test. `transaction` is the provider's key of the attempt. A
    /// program's own code builds them from the sale and the start's answer, with [`of`](Self::of).
    pub fn new(
        order: impl Into<PaymentOrder>,
        transaction: impl Into<String>,
        total: Money,
    ) -> Self {
        Self {
            order: order.into(),
            key: None,
            transaction: transaction.into(),
            total,
            payment: None,
            is_reservation: false,
        }
    }

    /// Sets the shop's key of the attempt.
    #[must_use]
    pub fn key(mut self, key: impl Into<PaymentKey>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Expects a reservation: the second step charges nothing.
    #[must_use]
    pub fn reserving(mut self) -> Self {
        self.is_reservation = true;
        self
    }
}

impl ExpectedModel {
    /// Builds the expected values of a sale. `None` when the answer had no key of the attempt, because its
    /// callback could not be identified without one.
    pub fn of(sale: &Sale, started: &ShowPage) -> Option<Self> {
        Some(Self {
            order: started.order.as_ref().unwrap_or(&sale.order).clone(),
            key: Some(sale.key.clone()),
            transaction: started.transaction.clone().filter(|key| !key.is_empty())?,
            total: sale.total,
            payment: started.payment,
            is_reservation: false,
        })
    }

    /// Builds the expected values of a reservation, as [`of`](Self::of).
    pub fn of_reservation(sale: &Sale, started: &ShowReservation) -> Option<Self> {
        Some(Self {
            is_reservation: true,
            ..Self::of(sale, &started.page)?
        })
    }
}
