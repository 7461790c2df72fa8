//! From a claim to an order that may be activated, and from there to one that is paid.

use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::answer::CallbackAnswer;
use super::limit::{LimitCallback, LimitOk, LimitResult};
use super::order::{OrderCallback, OrderOk, OrderResult};
use super::stored::{OrderState, StoredOrder};
use super::unverified::Unverified;
use crate::customers::get_customer::CustomerInformation;
use crate::ids::{CustomerId, OrderNumber, TransactionCode};
use crate::orders::activate::{ActivateOrder, ActivatedOrder};
use crate::orders::get_plan::OrderPlan;
use crate::plan::Plan;
use crate::settings::quirks::Quirks;

/// The reason why a claim is not confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// The post says that the order was not completed.
    #[error("the order was not completed")]
    #[serde(rename = "not_completed")]
    NotCompleted,
    /// `Success` and `Errors` say the opposite of each other. Somebody should look.
    #[error("the post says both success and error")]
    #[serde(rename = "contradiction")]
    Contradiction,
    /// The status is not the one of orders that wait for their activation. Somebody should look.
    #[error("the status is not that of an order that waits for its activation")]
    #[serde(rename = "status")]
    Status,
    /// The plan is absent, so number and amount are too.
    #[error("there is no payment plan")]
    #[serde(rename = "no_plan")]
    NoPlan,
    /// Another order.
    #[error("it is another order")]
    #[serde(rename = "order")]
    Order,
    /// Another amount, or one that cannot be computed.
    #[error("the amount is not that of the order")]
    #[serde(rename = "amount")]
    Amount,
    /// The installments do not add up to the total.
    #[error("the installments do not add up to the total")]
    #[serde(rename = "sum")]
    Sum,
    /// The order was activated before, under the same number: a repeat.
    #[error("the order is active already")]
    #[serde(rename = "already_activated")]
    AlreadyActivated,
    /// HASO's number of the order is another one than that of an activation that was begun. Settle it and confirm
    /// the post again: one of the two posts may be forged. The answers of calls have this mismatch too.
    #[error("it is another transaction")]
    #[serde(rename = "transaction")]
    Transaction,
    /// The order is active under another one of HASO's numbers. The post is forged, or the customer has completed
    /// the order twice. Somebody should look.
    #[error("the order is active under another number")]
    #[serde(rename = "other_activated")]
    OtherActivated,
    /// The plan is not possible: nothing is paid, an amount is below zero, or an installment is a duplicate.
    #[error("the plan cannot be")]
    #[serde(rename = "plan")]
    Plan,
    /// The order was not activated.
    #[error("the order was not activated")]
    #[serde(rename = "not_activated")]
    NotActivated,
    /// The order does not wait for a payment any more.
    #[error("the order does not wait for a payment any more")]
    #[serde(rename = "closed")]
    Closed,
    /// The service does not know the customer, or was asked for another one.
    #[error("the service does not confirm the customer")]
    #[serde(rename = "customer")]
    Customer,
}

impl Mismatch {
    /// Returns the answer to a callback that was stored: repeats, failures, other statuses and orders that
    /// are closed are received; posts that do not fit the order are not, so that HASO's own posts come again.
    pub fn answer(self) -> CallbackAnswer {
        match self {
            Self::NotCompleted | Self::Status | Self::AlreadyActivated | Self::Closed => {
                CallbackAnswer::RECEIVED
            }
            _ => CallbackAnswer::MISMATCH,
        }
    }

    /// Returns whether somebody should look at it, whatever the answer was: a customer may have completed an
    /// order that the shop has closed.
    pub fn needs_a_look(self) -> bool {
        !matches!(self, Self::NotCompleted | Self::AlreadyActivated)
    }
}

/// A completed order that fits the shop's own. It may be activated; it is **not paid** yet.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfirmedOrder {
    stored: StoredOrder,
    plan: Plan,
    customer: Option<CustomerId>,
}

/// An order that HASO has activated. Only this is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PaidOrder {
    order: OrderNumber,
    transaction: TransactionCode,
    amount: Money,
    customer: Option<CustomerId>,
    plan: Plan,
    has_plan_of_service: bool,
}

impl Unverified<OrderOk> {
    /// Compares the claim with the shop's own order.
    ///
    /// # Errors
    ///
    /// [`Mismatch`].
    pub fn confirm(
        &self,
        stored: &StoredOrder,
        quirks: &Quirks,
    ) -> Result<ConfirmedOrder, Mismatch> {
        ConfirmedOrder::new(self.claim().result(), stored, quirks)
    }
}

impl Unverified<OrderCallback> {
    /// Compares the claim with the shop's own order.
    ///
    /// # Errors
    ///
    /// [`Mismatch`].
    pub fn confirm(
        &self,
        stored: &StoredOrder,
        quirks: &Quirks,
    ) -> Result<ConfirmedOrder, Mismatch> {
        ConfirmedOrder::new(self.claim().result(), stored, quirks)
    }
}

/// Checks that a plan is the shop's order: its number, its amount, its sums.
fn fits(plan: &Plan, stored: &StoredOrder, quirks: &Quirks) -> Result<(), Mismatch> {
    if plan.order != stored.number {
        Err(Mismatch::Order)
    } else if plan.order_amount(quirks) != Some(stored.amount) {
        Err(Mismatch::Amount)
    } else if !plan.is_possible() {
        Err(Mismatch::Plan)
    } else if !plan.adds_up(quirks) {
        Err(Mismatch::Sum)
    } else {
        Ok(())
    }
}

impl ConfirmedOrder {
    fn new(result: &OrderResult, stored: &StoredOrder, quirks: &Quirks) -> Result<Self, Mismatch> {
        let OrderResult::Completed(claim) = result else {
            return Err(Mismatch::NotCompleted);
        };
        if !claim.errors.is_empty() {
            return Err(Mismatch::Contradiction);
        }
        if claim.status.as_str() != quirks.waiting_status {
            return Err(Mismatch::Status);
        }
        let plan = claim.plan.as_ref().ok_or(Mismatch::NoPlan)?;
        fits(plan, stored, quirks)?;
        match &stored.state {
            OrderState::Open | OrderState::Doubtful(_) => {}
            OrderState::Activating(own) if *own.transaction() == plan.transaction => {}
            OrderState::Activated(own) if *own.transaction() == plan.transaction => {
                return Err(Mismatch::AlreadyActivated);
            }
            OrderState::Activating(_) => return Err(Mismatch::Transaction),
            OrderState::Activated(_) => return Err(Mismatch::OtherActivated),
            OrderState::Closed => return Err(Mismatch::Closed),
        }
        Ok(Self {
            stored: stored.clone(),
            plan: plan.clone(),
            customer: claim.customer.clone(),
        })
    }

    /// Returns the call that activates the order.
    pub fn activation(&self) -> ActivateOrder {
        ActivateOrder::without_post(self.stored.number.clone(), self.plan.transaction.clone())
    }

    /// Returns the state to store before the activation is sent. It keeps the numbers of earlier activations
    /// that may have happened.
    pub fn activating(&self) -> OrderState {
        OrderState::Activating(self.stored.state.next(&self.plan.transaction))
    }

    /// Returns the subject under which the order is activated once, for an inbox: both numbers. **The post is not
    /// signed**, so it proves nothing before the service has confirmed it. Another number of HASO's is another
    /// subject, so that a forged post with an invented one does not keep the genuine post out.
    ///
    /// A repeat of a post that was applied begins nothing. So apply it together with an activation that goes on by
    /// itself, as a write of a ledger does; or apply it only once the order is active.
    pub fn subject(&self) -> String {
        let (own, theirs) = (&self.stored.number, &self.plan.transaction);
        kervan_core::joined(&["order", own.as_str(), theirs.as_str()])
    }

    /// Returns the plan, as the post claimed it.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns the order as paid, by HASO's word that it is active and by the plan that its service
    /// has, asked for with [`GetPlan`](crate::GetPlan).
    ///
    /// # Errors
    ///
    /// [`Mismatch`]: another order was activated, or the service contradicts the post. Deliver nothing.
    pub fn paid(
        &self,
        activated: &ActivatedOrder,
        read: &OrderPlan,
        quirks: &Quirks,
    ) -> Result<PaidOrder, Mismatch> {
        self.paid_unchecked_plan(activated)?.with_plan(read, quirks)
    }

    /// Returns the order as paid, by HASO's word that it is active alone. **Number, amount and plan are
    /// still the post's**, which may be forged: the activation's answer need not repeat them.
    /// [`PaidOrder::with_plan`] compares them later.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] when another order was activated.
    pub fn paid_unchecked_plan(&self, activated: &ActivatedOrder) -> Result<PaidOrder, Mismatch> {
        if activated.order != self.stored.number {
            return Err(Mismatch::Order);
        }
        if activated.transaction != self.plan.transaction {
            return Err(Mismatch::Transaction);
        }
        Ok(self.by_post())
    }

    /// Returns the order as paid, by the plan that the service has, where the answer to the activation
    /// was lost. By HASO's page the service has plans of approved orders only, which nobody has
    /// verified.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] when it is not the plan of this order.
    pub fn paid_by_plan(&self, read: &OrderPlan, quirks: &Quirks) -> Result<PaidOrder, Mismatch> {
        self.by_post().with_plan(read, quirks)
    }

    fn by_post(&self) -> PaidOrder {
        PaidOrder {
            customer: self.customer.clone(),
            ..PaidOrder::by_plan(&self.stored, self.plan.clone())
        }
    }
}

impl StoredOrder {
    /// Returns the order as paid, by the plan that the service has, where its activation was stored,
    /// begun or done, and no post is at hand any more, as after a crash.
    ///
    /// # Errors
    ///
    /// [`Mismatch`] when it is not the plan of this order, or no activation was stored.
    pub fn paid_by_plan(&self, read: &OrderPlan, quirks: &Quirks) -> Result<PaidOrder, Mismatch> {
        let own = match &self.state {
            OrderState::Activating(own)
            | OrderState::Doubtful(own)
            | OrderState::Activated(own) => own,
            OrderState::Open => return Err(Mismatch::NotActivated),
            OrderState::Closed => return Err(Mismatch::Closed),
        };
        if !own.all().any(|code| *code == read.plan.transaction) {
            return Err(Mismatch::Transaction);
        }
        PaidOrder::by_plan(self, read.plan.clone()).with_plan(read, quirks)
    }
}

impl PaidOrder {
    /// Creates the order of a plan that was not compared yet.
    fn by_plan(stored: &StoredOrder, plan: Plan) -> Self {
        Self {
            order: stored.number.clone(),
            transaction: plan.transaction.clone(),
            amount: stored.amount,
            customer: None,
            plan,
            has_plan_of_service: false,
        }
    }

    /// Replaces the plan by the one that the service itself gives, compared with the order again.
    ///
    /// # Errors
    ///
    /// [`Mismatch`]: the service contradicts the post. Deliver nothing.
    pub fn with_plan(mut self, read: &OrderPlan, quirks: &Quirks) -> Result<Self, Mismatch> {
        if self.transaction != read.plan.transaction {
            return Err(Mismatch::Transaction);
        }
        if read.is_waiting() {
            return Err(Mismatch::NotActivated);
        }
        fits(
            &read.plan,
            &StoredOrder::open(self.order.clone(), self.amount),
            quirks,
        )?;
        self.plan = read.plan.clone();
        self.has_plan_of_service = true;
        Ok(self)
    }

    /// Returns the shop's number of the order.
    pub fn order(&self) -> &OrderNumber {
        &self.order
    }

    /// Returns HASO's number of the order.
    pub fn transaction(&self) -> &TransactionCode {
        &self.transaction
    }

    /// Returns the order's amount, without HASO's fee.
    pub fn amount(&self) -> Money {
        self.amount
    }

    /// Returns HASO's number of the customer, **as the post claimed it**.
    pub fn customer(&self) -> Option<&CustomerId> {
        self.customer.as_ref()
    }

    /// Returns the plan.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns whether the plan is the service's own, and not the post's.
    pub fn has_plan_of_service(&self) -> bool {
        self.has_plan_of_service
    }
}

/// A limit that the service has confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ConfirmedLimit {
    /// HASO's number of the customer.
    pub customer: CustomerId,
    /// The limit of the service, not that of the post.
    pub limit: Money,
}

impl ConfirmedLimit {
    /// Returns the subject under which the limit is stored once, for an inbox. `request` is the shop's own name of
    /// the request, by the address: no post of a limit names one.
    pub fn subject(&self, request: &str) -> String {
        let limit = self.limit.dot();
        kervan_core::joined(&["limit", request, self.customer.as_str(), &limit])
    }
}

impl Unverified<LimitOk> {
    /// Confirms the limit by the service's own data of the customer, asked for with
    /// [`GetCustomer`](crate::GetCustomer).
    ///
    /// # Errors
    ///
    /// [`Mismatch`].
    pub fn confirm(&self, read: &CustomerInformation) -> Result<ConfirmedLimit, Mismatch> {
        confirm_limit(self.claim().result(), read)
    }
}

impl Unverified<LimitCallback> {
    /// Confirms the limit by the service's own data of the customer, asked for with
    /// [`GetCustomer`](crate::GetCustomer).
    ///
    /// # Errors
    ///
    /// [`Mismatch`].
    pub fn confirm(&self, read: &CustomerInformation) -> Result<ConfirmedLimit, Mismatch> {
        confirm_limit(self.claim().result(), read)
    }
}

fn confirm_limit(
    result: &LimitResult,
    read: &CustomerInformation,
) -> Result<ConfirmedLimit, Mismatch> {
    let LimitResult::Granted(claim) = result else {
        return Err(Mismatch::NotCompleted);
    };
    if !claim.errors.is_empty() {
        return Err(Mismatch::Contradiction);
    }
    let limit = read.customer.as_ref().and_then(|customer| customer.limit);
    match (&read.asked, limit) {
        (Some(asked), Some(limit)) if *asked == claim.customer => Ok(ConfirmedLimit {
            customer: claim.customer.clone(),
            limit,
        }),
        _ => Err(Mismatch::Customer),
    }
}
