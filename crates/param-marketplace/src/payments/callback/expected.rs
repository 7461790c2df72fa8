//! What the shop stores when a payment starts, for the callback that ends it.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::ids::PaymentId;
use crate::payments::{
    Currency, CurrencyPayment, ModalCurrencyPayment, ModalPayment, PaymentKey, PaymentOrder, Sale,
    ShowPage, ShowReservation, VisitReservation, VisitUrl,
};

/// What a started 3D Pay payment or reservation has to come back with. Store it with the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ExpectedPayment {
    /// The order's number: the one that the start's answer gave, otherwise the shop's.
    pub order: PaymentOrder,
    /// Whether the start's answer gave the order's number. When it did not, the service may have
    /// replaced the shop's number without a word, so that the callback may bring another one.
    #[serde(default = "yes")]
    pub order_reported: bool,
    /// The shop's key of the attempt. **Give all keys one length**: the signature covers order and key
    /// one behind the other, so a key that is the end of another could be taken for it.
    pub key: PaymentKey,
    /// What the card is charged, or what is reserved.
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

impl ExpectedPayment {
    /// What a started sale in lira has to come back with.
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

    /// What a started reservation has to come back with.
    pub fn of_reservation(sale: &Sale, started: &VisitReservation) -> Self {
        Self {
            is_reservation: true,
            ..Self::of(sale, &started.visit)
        }
    }

    /// What a payment on the provider's page has to come back with. The page posts the form of 3D Pay
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

    /// The same for a payment on the provider's page in its own currency.
    pub fn of_modal_currency(payment: &ModalCurrencyPayment) -> Self {
        Self {
            currency: payment.currency,
            ..Self::of_modal(&payment.payment)
        }
    }

    /// What a started payment has to come back with, in its own currency.
    pub fn of_currency(payment: &CurrencyPayment, started: &VisitUrl) -> Self {
        Self {
            currency: payment.currency,
            ..Self::of(&payment.sale, started)
        }
    }
}

/// What a started 3D Model payment or reservation has to come back with. Store it with the order.
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
    /// What the card is to be charged, or what is to be reserved.
    pub total: Money,
    /// The payment's number, as the start's answer gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentId>,
    /// Whether the amount is only reserved.
    #[serde(default, rename = "reserves")]
    pub(super) is_reservation: bool,
}

impl ExpectedModel {
    /// What a started sale has to come back with; `None` when the answer had no key of the attempt,
    /// without which a callback cannot be told from another's.
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

    /// What a started reservation has to come back with, as [`of`](Self::of).
    pub fn of_reservation(sale: &Sale, started: &ShowReservation) -> Option<Self> {
        Some(Self {
            is_reservation: true,
            ..Self::of(sale, &started.page)?
        })
    }
}
