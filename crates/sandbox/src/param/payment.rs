//! Payments and reservations, and what went back of them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Kurus, Moment};

/// Where a payment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum PaymentState {
    /// It waits for its customer on a page.
    Waiting,
    /// The customer proved to be the card's owner; the shop has to complete it.
    Proven,
    /// The customer did not prove it. Nothing was taken.
    NotProven,
    /// The bank refused, with its own code. Nothing was taken.
    Refused(i64),
    /// The amount is reserved.
    Reserved,
    /// The reservation was released.
    Released,
    /// The card was charged; see [`Payment::given_back`] for what went back.
    Charged,
}

/// Which way a payment came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Flow {
    /// `Pos_Odeme` and its like: the provider charges after the proof.
    ThreeDPay,
    /// `TP_WMD_UCD` and its like: the shop charges after the proof, with `TP_WMD_Pay`.
    ThreeDModel,
    /// A page of BKM Express.
    Bkm,
    /// A page of the provider.
    Modal,
    /// A stored card, 3D Pay.
    StoredCard,
}

/// Money that went back to the card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct GivenBack {
    /// The number of this step.
    pub id: i64,
    /// The receipt of this step.
    pub receipt: i64,
    /// How much.
    pub amount: Kurus,
    /// When.
    pub at: Moment,
    /// Whether it was a cancellation on the day of the payment, not a refund.
    pub is_cancel: bool,
    /// The key of the seller's entry, for a part of a marketplace's payment.
    pub entry: Option<String>,
}

/// A payment or a reservation. Its `Debug` shows no personal data.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Payment {
    /// The provider's number of it (`SanalPOS_Islem_ID`).
    pub id: i64,
    /// The receipt (`Dekont_ID`); 0 as long as nothing was charged.
    pub receipt: i64,
    /// The shop's order number, as the provider keeps it.
    pub order: String,
    /// The shop's own key (`Islem_ID`); empty when it sent none.
    pub key: String,
    /// The session of its page (`Islem_GUID`).
    pub session: String,
    /// Where it is.
    pub state: PaymentState,
    /// Which way it came.
    pub flow: Flow,
    /// Whether it began as a reservation.
    pub is_reservation: bool,
    /// Whether it goes through 3-D.
    pub is_secure: bool,
    /// The requested amount; after a capture, the captured one.
    pub amount: Kurus,
    /// `TL`, `USD`, `EUR`, `GBP`.
    pub currency: String,
    /// 1 for a single payment.
    pub installments: i64,
    /// When it was asked for.
    pub started: Moment,
    /// When the card was charged; the start, as long as it was not.
    pub charged: Moment,
    /// How often its status was asked for while it waited for its customer.
    pub(crate) queries: u32,
    /// The amounts that went back, in order.
    pub given_back: Vec<GivenBack>,
    pub(crate) commission: Kurus,
    pub(crate) rate: i64,
    pub(crate) verdict: Verdict,
    pub(crate) card: String,
    pub(crate) owner: String,
    pub(crate) owner_gsm: String,
    pub(crate) address: String,
    pub(crate) description: String,
    pub(crate) data: String,
    pub(crate) success_url: String,
    pub(crate) failure_url: String,
    /// The value of the customer's proof (`md`), for the 3D Model.
    pub(crate) proof: String,
}

impl Payment {
    /// Returns what went back in all.
    pub fn returned(&self) -> Kurus {
        self.given_back.iter().map(|back| back.amount).sum()
    }

    /// Returns what can still go back.
    pub fn left(&self) -> Kurus {
        match self.state {
            PaymentState::Charged => self.amount - self.returned(),
            _ => Kurus::ZERO,
        }
    }

    /// Returns what the merchant gets after the commission.
    pub fn net(&self) -> Kurus {
        self.amount - self.commission
    }

    /// Returns whether the card was charged, whatever went back since.
    pub fn is_charged(&self) -> bool {
        self.state == PaymentState::Charged
    }

    /// Returns whether all of it was cancelled.
    pub fn is_cancelled(&self) -> bool {
        self.is_charged()
            && !self.left().is_positive()
            && self.given_back.iter().any(|back| back.is_cancel)
    }

    /// Returns whether all of it was refunded.
    pub fn is_refunded(&self) -> bool {
        self.is_charged() && !self.left().is_positive() && !self.is_cancelled()
    }
}

impl fmt::Debug for Payment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Payment")
            .field("id", &self.id)
            .field("receipt", &self.receipt)
            .field("order", &self.order)
            .field("state", &self.state)
            .field("amount", &self.amount)
            .field("given_back", &self.given_back)
            .finish_non_exhaustive()
    }
}

/// A bank's decision about a card.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Verdict {
    /// It pays.
    #[default]
    Approves,
    /// It refuses with this code.
    Refuses(i64),
    /// It pays, and not in installments: a debit card.
    ApprovesSingle,
}
