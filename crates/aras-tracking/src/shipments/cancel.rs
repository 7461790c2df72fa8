//! Cancels an order whose waybill is not cut. Wire: `CancelDispatch` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::find_order::FindOrder;
use super::order::Order;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::ids::CustomerReference;
use crate::query::asked::{Asked, folded};
use crate::query::{QueryRow as _, QueryRows};
use crate::rejection::Rejection;

/// Cancels an order before a branch has cut its waybill.
///
/// | code | meaning |
/// |---|---|
/// | 0, 1 | cancelled |
/// | -1 | order not found |
/// | -2 | wrong login |
/// | 936 | error |
/// | 999 | the waybill is cut: the parcel is on its way |
///
/// Some public clients treat 1 as a failure; the guide lists it as success.
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), do not cancel again: the answer -1 also comes
/// for a reference that was never registered. Use
/// [`send_or_settle`](kervan_settling::Settler::send_or_settle), or
/// [`prepare`](kervan_settling::Settler::prepare), [`send`](kervan_settling::Settler::send) and
/// [`settle`](kervan_settling::Settler::settle), which ask by [`FindOrder`] whether the order is still
/// registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CancelDispatch {
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl CancelDispatch {
    /// Cancels the order of a reference.
    pub fn new(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

/// An order that was cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Cancelled {
    /// 0 or 1. Wire: `ResultCode`.
    pub code: String,
    /// Probably the shipper's dispatch note. Wire: `CargoKey`.
    pub cargo_key: Option<String>,
}

impl Operation for CancelDispatch {
    type Service = ShipmentSettings;
    type Output = Cancelled;
    const ENDPOINT: Endpoint = Endpoint::new("CancelDispatch");
    /// State: the order is registered, or it is not.
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("integrationCode", self.reference.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Cancelled>, ReadError<Rejection>> {
        Ok(reading.done()?.map(|done| Cancelled {
            code: done.code,
            cargo_key: done.cargo_key,
        }))
    }
}

impl Settle for CancelDispatch {
    type ReadBack = FindOrder;

    /// Returns the reference as the carrier may write it: in one case and Latin letters.
    fn key(&self) -> String {
        folded(self.reference.as_str())
    }

    /// Asks for the order of the reference. Cancelling again does not answer it, because -1 also comes for a
    /// reference that was never registered.
    fn read_back(&self) -> Option<FindOrder> {
        Some(FindOrder::new(self.reference.clone()))
    }

    fn found(
        &self,
        now: Answer<QueryRows<Order>>,
        _baseline: Option<&Baseline>,
    ) -> Found<Cancelled, Rejection> {
        let asked = Asked::reference(self.reference.as_str());
        if now.rows.iter().any(|row| asked.is_named_by(&row.named())) {
            // It is still registered, which is the old state.
            Found::Absent
        } else if now.is_not_found() {
            // The carrier's form of "not registered, or removed".
            Found::Wanted
        } else {
            // Rows of other references, or of none, answer another question.
            Found::Unclear
        }
    }
}
