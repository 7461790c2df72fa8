//! What a call that reserves an amount leads to.

use kervan_core::{Drift, Personal, Problems, Settled};
use serde::Serialize;

use crate::payments::afterwards::query::{PaymentRecord, PaymentStatus, QueryPayment};
use crate::payments::answer::{Charged, Payment};
use crate::payments::ids::{PaymentOrder, ProvisionId};
use crate::rejection::Rejection;
use crate::{Error, wire};

/// A reservation was accepted: it is under way, or the amount is reserved.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum Reservation<S> {
    /// The customer has to do something in the browser. **Nothing is reserved yet.**
    #[serde(rename = "started")]
    Started(S),
    /// The amount is reserved. **Nothing is charged** until
    /// [`CaptureReservation`](crate::payments::CaptureReservation).
    #[serde(rename = "reserved")]
    Reserved(Reserved),
}

/// An amount is reserved on the card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reserved {
    /// The reservation's number, which capturing and releasing take. Wire: `Islem_ID`.
    pub provision: ProvisionId,
    /// The order's number, which the service may have changed. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
    /// The provider's message. Wire: `Sonuc_Str`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl From<Charged> for Reserved {
    /// A reservation is answered in the form of a payment.
    fn from(answer: Charged) -> Self {
        Self {
            provision: answer.receipt.as_str().into(),
            order: answer.order,
            message: answer.message,
            drift: answer.drift,
        }
    }
}

impl<S> From<Payment<S>> for Reservation<S> {
    fn from(answer: Payment<S>) -> Self {
        match answer {
            Payment::Started(started) => Self::Started(started),
            Payment::Charged(charged) => Self::Reserved(charged.into()),
        }
    }
}

/// What a read-back says about a reservation with an unknown outcome.
pub(crate) fn settle<S>(
    answer: Result<PaymentStatus, Error>,
    asked: &QueryPayment,
) -> Settled<Reservation<S>, Rejection> {
    PaymentStatus::settle_by(answer, asked, PaymentRecord::is_reserved, |charged| {
        Reservation::Reserved(charged.into())
    })
}

/// Checks what names a reservation.
pub(crate) fn check_named(
    problems: &mut Problems,
    provision: Option<&ProvisionId>,
    order: &PaymentOrder,
) {
    if let Some(provision) = provision {
        wire::check(problems, "provision", provision.as_str(), usize::MAX, true);
    }
    wire::check(problems, "order", order.as_str(), 36, true);
}
