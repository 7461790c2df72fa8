//! Activates an order that the customer has completed. Wire: `UpdateTransaction` (form, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems, joined};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::get_plan::{GetPlan, OrderPlan};
use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{OrderNumber, TransactionCode};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Activates an order. It is made from a post that was confirmed against the shop's own order:
/// [`ConfirmedOrder::activation`](crate::ConfirmedOrder::activation).
///
/// A state: the plan of an active order settles it ([`GetPlan`]).
///
/// The method is public by name only: its fields are a guess, which
/// [`Quirks::method`](crate::Quirks::method) changes.
///
/// Store that the order is being activated before it, and that it is active after it. To survive a
/// crash, [`prepare`](kervan_settling::Settler::prepare) it, keep the attempt,
/// [`send`](kervan_settling::Settler::send) and [`settle`](kervan_settling::Settler::settle) it: the plan
/// shows an active order, and [`ConfirmedOrder::paid_by_plan`](crate::ConfirmedOrder::paid_by_plan)
/// accepts that plan for the lost answer. HASO repeats callbacks until the order is confirmed, so
/// an activation that stays open is prepared anew when the next callback comes. No page says that a
/// second activation is harmless.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ActivateOrder {
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// HASO's number of the order. Wire: `transactionCode`.
    pub transaction: TransactionCode,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

/// HASO activated the order: its own word, over its own service.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ActivatedOrder {
    /// The shop's number of the order, as it was asked for; an answer with another one is unreadable.
    pub order: OrderNumber,
    /// HASO's number of the order, as it was asked for; an answer with another one is unreadable.
    pub transaction: TransactionCode,
    /// `Data` as JSON text; its contents are not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
}

impl ActivateOrder {
    /// Creates an activation **without a confirmed post**: for a program that has looked up both
    /// numbers by a signed call, as [`ListTransactions`](crate::ListTransactions).
    pub fn without_post(order: OrderNumber, transaction: TransactionCode) -> Self {
        Self {
            order,
            transaction,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { ActivateOrder {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for ActivateOrder {
    type Service = Settings;
    type Output = ActivatedOrder;
    /// Fields and signature: inference.
    const ENDPOINT: Endpoint = Endpoint::write(Area::Index, "UpdateTransaction")
        .signed_if_possible(&["merchantId", "merchantOid", "transactionCode", "ipAddress"]);
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("order", &self.order, ORDER_NUMBER);
        problems.required("transaction", &self.transaction, NO_LENGTH);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("merchantOid", self.order.as_str())
            .text("transactionCode", self.transaction.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<ActivatedOrder> {
        let answer = reading.undocumented(&[
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ])?;
        Ok(answer.map(|data| ActivatedOrder {
            order: self.order.clone(),
            transaction: self.transaction.clone(),
            data,
        }))
    }
}

impl Settle for ActivateOrder {
    type ReadBack = GetPlan;

    /// Returns both numbers of the order.
    fn key(&self) -> String {
        joined(&[self.order.as_str(), self.transaction.as_str()])
    }

    fn read_back(&self) -> Option<GetPlan> {
        let question = GetPlan::new(self.transaction.clone(), self.order.clone());
        Some(question.common(self.common.clone()))
    }

    /// Judges a plan. The plan of this order means that it is active, whoever activated it. The waiting
    /// status is the old state. A refusal to show a plan proves nothing, because no page names its code.
    fn found(
        &self,
        now: Answer<OrderPlan>,
        _baseline: Option<&Baseline>,
    ) -> Found<ActivatedOrder, Rejection> {
        if !now.is_of(&self.order, &self.transaction) {
            Found::Unclear
        } else if now.is_waiting() {
            Found::Absent
        } else {
            Found::Wanted
        }
    }
}
