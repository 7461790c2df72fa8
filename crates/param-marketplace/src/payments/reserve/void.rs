//! Releases an amount that was reserved. Wire: `TP_Islem_Iptal_OnProv` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::reservation::check_named;
use crate::endpoint::Endpoint;
use crate::payments::ids::{PaymentOrder, ProvisionId};
use crate::payments::status::query::{PaymentStatus, QueryPayment};
use crate::payments::status::record::PaymentState;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Releases a reserved amount that was not captured. Provider's page: `TP_Islem_Iptal_OnProv`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VoidReservation {
    /// The reservation. The service accepted the order alone. Wire: `Prov_ID`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provision: Option<ProvisionId>,
    /// The order. Wire: `Siparis_ID`.
    pub order: PaymentOrder,
}

impl VoidReservation {
    /// Releases the order's reservation.
    pub fn new(order: impl Into<PaymentOrder>) -> Self {
        Self {
            provision: None,
            order: order.into(),
        }
    }
}

kervan_core::setters! { VoidReservation {
    /// Sets the reservation's number too.
    provision: into Option<ProvisionId>,
}}

/// The amount was released.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ReservationVoided {}

impl Operation for VoidReservation {
    type Service = Settings;
    type Output = ReservationVoided;
    const ENDPOINT: Endpoint =
        Endpoint::payment("TP_Islem_Iptal_OnProv", "TP_Islem_Iptal_OnProvResult")
            .at_bank()
            .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        check_named(problems, self.provision.as_ref(), &self.order);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .merchant()
            .text("Prov_ID", &self.provision)
            .text("Siparis_ID", &self.order))
    }

    fn read(&self, reading: Reading<'_>) -> Read<ReservationVoided> {
        reading.nothing()
    }
}

impl Settle for VoidReservation {
    type ReadBack = QueryPayment;

    /// Returns the order's number.
    fn key(&self) -> String {
        self.order.sent().into_owned()
    }

    fn read_back(&self) -> Option<QueryPayment> {
        Some(QueryPayment::by_order(self.order.clone()))
    }

    fn found(
        &self,
        now: Answer<PaymentStatus>,
        _baseline: Option<&Baseline>,
    ) -> Found<Self::Output, Rejection> {
        let asked = QueryPayment::by_order(self.order.clone());
        match now.value.payment.filter(|payment| asked.is_about(payment)) {
            // Another reservation under the same order number.
            Some(payment) if payment.is_other_reservation(self.provision.as_ref()) => {
                Found::Unclear
            }
            // Another payment of the same order may have been cancelled.
            Some(payment) if !payment.is_reservation() => Found::Unclear,
            Some(payment) if payment.state == Some(PaymentState::Cancelled) => Found::Wanted,
            Some(payment) if payment.is_reserved() => Found::Absent,
            _ => Found::Unclear,
        }
    }
}
