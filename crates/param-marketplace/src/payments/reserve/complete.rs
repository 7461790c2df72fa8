//! Reserves an amount after the customer's proof. Wire: `TP_WMD_Pay` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::reservation::Reserved;
use crate::endpoint::Endpoint;
use crate::payments::charge::complete::CompletePayment;
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::PaymentRecord;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// The second step of a reservation in the 3D Model: reserves the amount and charges nothing.
/// Provider's page: `TP_WMD_Pay`.
///
/// It is sent like [`CompletePayment`]. It reserves the amount because the attempt was started with
/// [`ReserveWithModel`](crate::payments::ReserveWithModel).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct CompleteReservation {
    /// The proof, the key and the order.
    pub step: CompletePayment,
}

impl From<CompletePayment> for CompleteReservation {
    /// Takes the same values, for an attempt that [`ReserveWithModel`](crate::payments::ReserveWithModel)
    /// started.
    fn from(step: CompletePayment) -> Self {
        Self { step }
    }
}

impl Operation for CompleteReservation {
    type Service = Settings;
    type Output = Reserved;
    const ENDPOINT: Endpoint = CompletePayment::ENDPOINT;
    const CLASS: Class = Class::Charge;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.step.check(context, problems);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        self.step.body(context)
    }

    fn read(&self, reading: Reading<'_>) -> Read<Reserved> {
        let answer = self.step.read(reading)?;
        Ok(answer.map(|it| Reserved {
            provision: it.receipt.as_str().into(),
            order: it.order,
        }))
    }
}

impl Settle for CompleteReservation {
    type ReadBack = QueryPayment;

    /// Returns the same key as the second step of a payment.
    fn key(&self) -> String {
        self.step.key()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        self.step.read_back()
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
        _baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        self.step
            .found_by(now, PaymentRecord::is_reserved, Reserved::from)
    }
}
