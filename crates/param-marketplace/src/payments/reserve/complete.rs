//! Reserves an amount after the customer's proof. Wire: `TP_WMD_Pay` (SOAP, write).

use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply, Settle,
    Settled,
};
use serde::{Deserialize, Serialize};

use super::reservation::Reserved;
use crate::payments::afterwards::query::{PaymentRecord, PaymentStatus, QueryPayment};
use crate::payments::charge::complete::CompletePayment;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::{Client, Error};

/// The second step of a reservation in the 3D Model: reserves the amount and charges nothing.
/// Provider's page: `TP_WMD_Pay`.
///
/// It goes out as [`CompletePayment`] does; what began with
/// [`ReserveWithModel`](crate::payments::ReserveWithModel) makes it a reservation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct CompleteReservation {
    /// Proof, key and order.
    pub step: CompletePayment,
}

impl From<CompletePayment> for CompleteReservation {
    /// The same values, sent for what [`ReserveWithModel`](crate::payments::ReserveWithModel) began.
    fn from(step: CompletePayment) -> Self {
        Self { step }
    }
}

impl Client {
    /// Reserves an amount after the customer's proof. Sent at most once.
    ///
    /// # Errors
    ///
    /// As [`complete_payment`](Self::complete_payment).
    pub async fn complete_reservation(
        &self,
        step: &CompleteReservation,
    ) -> Result<Reserved, Error> {
        self.call(step).await
    }

    /// Finds out what became of a reservation's second step whose outcome is unknown, by the order's
    /// number.
    pub async fn settle_reservation_completion(
        &self,
        step: &CompleteReservation,
    ) -> Settled<Reserved, Rejection> {
        self.caller().settle(step).await
    }
}

impl Operation for CompleteReservation {
    type Settings = Settings;
    type Output = Reserved;
    type Rejection = Rejection;
    const NAME: &'static str = CompletePayment::NAME;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        self.step.check(context)
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        self.step.encode(context)
    }

    fn decode(&self, settings: &Settings, reply: &Reply) -> Result<Reserved, ReadError<Rejection>> {
        let answer = self.step.decode(settings, reply)?;
        Ok(Reserved {
            provision: answer.receipt.as_str().into(),
            order: answer.order,
            message: answer.message,
            drift: answer.drift,
        })
    }
}

impl Settle for CompleteReservation {
    type ReadBack = QueryPayment;

    fn read_back(&self) -> QueryPayment {
        self.step.read_back()
    }

    fn settled(&self, answer: Result<PaymentStatus, Error>) -> Settled<Reserved, Rejection> {
        let is_done = PaymentRecord::is_reserved;
        PaymentStatus::settle_by(answer, &self.read_back(), is_done, Reserved::from)
    }
}
