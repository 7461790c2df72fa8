//! The answers of calls that reserve an amount.

use kervan_core::{Answer, Problems};
use kervan_settling::Found;
use kervan_turkiye::Money;
use serde::Serialize;

use crate::payments::answer::{Charged, Payment, ShowPage, VisitUrl};
use crate::payments::ids::{PaymentOrder, ProvisionId};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::PaymentRecord;
use crate::rejection::Rejection;
use crate::wire::{ANY, Checks as _};

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

/// The customer's browser has to go to an address. Param reserves the amount there and posts the
/// result to the shop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct VisitReservation {
    /// The address and the values beside it.
    pub visit: VisitUrl,
}

/// The customer has to be shown a page. The bank's answer is posted to the shop, which reserves the
/// amount with [`CompleteReservation`](crate::payments::CompleteReservation).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct ShowReservation {
    /// The page and the values beside it.
    pub page: ShowPage,
}

impl From<ShowPage> for ShowReservation {
    fn from(page: ShowPage) -> Self {
        Self { page }
    }
}

/// An amount is reserved on the card.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reserved {
    /// The reservation's number, for its capture or release. Wire: `Islem_ID`, and `Dekont_ID` of the
    /// second step.
    pub provision: ProvisionId,
    /// The order's number, which the service may have changed. Wire: `Siparis_ID`.
    pub order: Option<PaymentOrder>,
}

impl From<Charged> for Reserved {
    /// Takes the answer of a reservation, which has the form of a payment.
    fn from(answer: Charged) -> Self {
        Self {
            provision: answer.receipt.as_str().into(),
            order: answer.order,
        }
    }
}

impl<P, S: From<P>> From<Payment<P>> for Reservation<S> {
    fn from(answer: Payment<P>) -> Self {
        match answer {
            Payment::Started(started) => Self::Started(started.into()),
            Payment::Charged(charged) => Self::Reserved(charged.into()),
        }
    }
}

/// Reads the outcome of a reservation of an amount.
pub(crate) fn found<S>(
    now: Answer<PaymentStatus>,
    asked: &QueryPayment,
    total: Money,
) -> Found<Reservation<S>, Rejection> {
    let is_done = PaymentRecord::is_reserved;
    PaymentStatus::found_by(now, asked, Some(total), is_done, |charged| {
        Reservation::Reserved(charged.into())
    })
}

/// Checks the numbers that name a reservation.
pub(crate) fn check_named(
    problems: &mut Problems,
    provision: Option<&ProvisionId>,
    order: &PaymentOrder,
) {
    problems.unless_absent("provision", provision, ANY);
    problems.required("order", order, 36);
}
