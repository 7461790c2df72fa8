//! Approves, holds or cancels an order. Wire: `Pazaryeri_TP_Siparis_Onay` (SOAP, write).

use std::borrow::Cow;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Class, Context, EncodeError, ForeignText, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::query::{Orders, QueryOrders};
use super::status::OrderStatus;
use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::ids::{OrderKey, folded};
use crate::rejection::Rejection;
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// A state that a program may set. States 12 and 13 cannot be set, because they follow from a cancellation
/// or refund of the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderState {
    /// Waiting for approval. Wire: `0`.
    #[serde(rename = "waiting")]
    Waiting,
    /// Approved: paid out in the morning of the due date. Wire: `1`.
    #[serde(rename = "approved")]
    Approved,
    /// Cancelled: the order only, the payment stays. Wire: `-1`.
    #[serde(rename = "cancelled")]
    Cancelled,
}

impl OrderState {
    fn wire(self) -> &'static str {
        match self {
            Self::Waiting => "0",
            Self::Approved => "1",
            Self::Cancelled => "-1",
        }
    }

    fn is(self, status: &OrderStatus) -> bool {
        OrderStatus::from(self.wire().to_owned()) == *status
    }

    /// Returns whether the provider accepts this step. An approved order must wait before it can be
    /// cancelled, and a cancelled one keeps its state.
    pub fn may_become(self, next: Self) -> bool {
        use OrderState::{Approved, Cancelled, Waiting};
        matches!(
            (self, next),
            (Waiting, Approved | Cancelled) | (Approved, Waiting)
        )
    }

    /// Returns the steps from this state to another: empty when they are the same, `None` when no steps
    /// lead there.
    pub fn steps_to(self, goal: Self) -> Option<Vec<Self>> {
        match (self, goal) {
            _ if self == goal => Some(Vec::new()),
            _ if self.may_become(goal) => Some(vec![goal]),
            (Self::Approved, Self::Cancelled) => Some(vec![Self::Waiting, Self::Cancelled]),
            _ => None,
        }
    }
}

/// Moves an order to its next state. Provider's page: Sipariş Onay.
///
/// # Errors
///
/// [`Error::Invalid`](crate::Error::Invalid) for a step that the provider does not accept;
/// [`Error::Rejected`](crate::Error::Rejected) when it refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetOrderStatus {
    /// The order. Wire: `PYSiparis_GUID`.
    pub order: OrderKey,
    /// Its current state. It is not sent; the check needs it to know which steps are allowed.
    pub from: OrderState,
    /// Its next state. Wire: `Durum`.
    pub to: OrderState,
}

impl SetOrderStatus {
    /// Approves a waiting order: the seller's share is paid out on the due date.
    pub fn approve(order: OrderKey) -> Self {
        Self {
            order,
            from: OrderState::Waiting,
            to: OrderState::Approved,
        }
    }

    /// Holds an approved order: it waits again.
    pub fn hold(order: OrderKey) -> Self {
        Self {
            order,
            from: OrderState::Approved,
            to: OrderState::Waiting,
        }
    }

    /// Cancels a waiting order; the payment stays.
    pub fn cancel(order: OrderKey) -> Self {
        Self {
            order,
            from: OrderState::Waiting,
            to: OrderState::Cancelled,
        }
    }
}

/// The order's state was set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StatusSet {
    /// The state as the answer has it. Wire: `Durum`.
    #[serde(rename(deserialize = "Durum"))]
    pub status: Option<OrderStatus>,
    /// The state in words. Wire: `Durum_Str`.
    #[serde(rename(deserialize = "Durum_Str"))]
    pub status_text: Option<ForeignText>,
    /// Wire: `Tutar_Urun`.
    #[serde(rename(deserialize = "Tutar_Urun"))]
    pub product_amount: Option<ReceivedAmount>,
    /// Wire: `Tutar_Odenecek`.
    #[serde(rename(deserialize = "Tutar_Odenecek"))]
    pub payable: Option<ReceivedAmount>,
}

impl Operation for SetOrderStatus {
    type Service = Settings;
    type Output = StatusSet;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_Siparis_Onay",
        "Pazaryeri_TP_Siparis_OnayResult",
    )
    .ignoring(&["POS_Islem_Id", "GUID_AltUyeIsyeri"]);
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, 36);
        if !self.from.may_become(self.to) {
            let problem = rules::STEP_NOT_ALLOWED.at("to");
            problems.push(problem.limit(self.from.wire()).actual(self.to.wire()));
        }
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .text("PYSiparis_GUID", &self.order)
            .text("Durum", self.to.wire()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<StatusSet> {
        let answer = reading.value::<StatusSet>()?;
        // A state that no page lists contradicts nothing.
        let differs =
            |status: &OrderStatus| !matches!(status, OrderStatus::Other(_)) && !self.to.is(status);
        if answer.status.as_ref().is_some_and(differs) {
            let what = Cow::Borrowed("the state that was asked for");
            let at = reading.path("Durum");
            return Err(Unreadable::at(at, Reason::Unexpected(what)).into());
        }
        Ok(answer)
    }
}

impl Settle for SetOrderStatus {
    type ReadBack = QueryOrders;

    /// Returns the order's key.
    fn key(&self) -> String {
        folded(self.order.as_str())
    }

    fn read_back(&self) -> Option<QueryOrders> {
        Some(QueryOrders::by_order(self.order.clone()))
    }

    fn found(
        &self,
        now: Answer<Orders>,
        _baseline: Option<&Baseline>,
    ) -> Found<StatusSet, Rejection> {
        let order = now.only(&self.order);
        match order.and_then(|order| order.status.as_ref()) {
            Some(status) if self.to.is(status) => Found::Wanted,
            Some(status) if self.from.is(status) => Found::Absent,
            _ => Found::Unclear,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::OrderState::{Approved, Cancelled, Waiting};

    #[test]
    fn approved_is_cancelled_through_waiting_only() {
        assert!(!Approved.may_become(Cancelled));
        assert_eq!(Approved.steps_to(Cancelled), Some(vec![Waiting, Cancelled]));
        assert_eq!(Waiting.steps_to(Cancelled), Some(vec![Cancelled]));
        assert_eq!(Cancelled.steps_to(Waiting), None);
        assert_eq!(Approved.steps_to(Approved), Some(vec![]));
    }
}
