//! Reads the present plan of an approved order. Wire: `GetPaymentsOfTransaction` (form, read).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use kervan_settling::Found;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{OrderNumber, PaymentCode, TransactionCode};
use crate::plan::{self, Plan, WirePlanData};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Asks for the plan as it is now: refunds, cancellations and payments change it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetPlan {
    /// HASO's number of the order. Wire: `transactionCode`.
    pub transaction: TransactionCode,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl GetPlan {
    /// Creates a request from its required values.
    pub fn new(transaction: TransactionCode, order: OrderNumber) -> Self {
        Self {
            transaction,
            order,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { GetPlan {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for GetPlan {
    type Service = Settings;
    type Output = OrderPlan;
    const ENDPOINT: Endpoint = Endpoint::read(Area::Index, "GetPaymentsOfTransaction").signed(&[
        "merchantId",
        "merchantOid",
        "transactionCode",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("transaction", &self.transaction, NO_LENGTH);
        problems.required("order", &self.order, ORDER_NUMBER);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("transactionCode", self.transaction.as_str())
            .text("merchantOid", self.order.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<OrderPlan> {
        let mut success = reading.success()?;
        success.check_numbers(&[
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ])?;
        let data = &mut success.envelope.data;
        // The place of the plan is not documented: in `Data`, or in a member of it.
        plan::settle_form(data)?;
        let status = plan::take_status(data)?;
        let statuses = plan::take_installment_statuses(data)?;
        let is_waiting = status.as_deref() == Some(&*reading.settings.quirks.waiting_status);
        let answer = success.read::<WirePlanData>()?;
        Ok(answer.map(|data| OrderPlan {
            plan: data.plan.with_statuses(statuses),
            is_waiting,
        }))
    }
}

/// The plan as HASO's service has it: asked for by a signed call, so it can be trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OrderPlan {
    /// The plan.
    pub plan: Plan,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_waiting: bool,
}

impl OrderPlan {
    /// Creates the plan of an order that is active.
    #[cfg(feature = "testing")]
    pub(crate) fn of(plan: Plan) -> Self {
        Self {
            plan,
            is_waiting: false,
        }
    }

    /// Reports whether installments of an order are paid. Without HASO's number of the order, a waiting
    /// order and another order decide nothing.
    pub(crate) fn found_paid<'p, T>(
        &self,
        order: &OrderNumber,
        transaction: Option<&TransactionCode>,
        payments: impl IntoIterator<Item = &'p PaymentCode>,
    ) -> Found<T, Rejection> {
        match transaction {
            Some(transaction) if self.is_of(order, transaction) && !self.is_waiting() => {
                self.plan.found_paid(payments)
            }
            _ => Found::Unclear,
        }
    }

    /// Returns whether it is the plan of the order with these numbers.
    pub(crate) fn is_of(&self, order: &OrderNumber, transaction: &TransactionCode) -> bool {
        self.plan.order == *order && self.plan.transaction == *transaction
    }

    /// Returns whether the answer has the status of an order that still waits for its activation. Wire:
    /// `TransactionStatus`; no page names it there.
    pub fn is_waiting(&self) -> bool {
        self.is_waiting
    }
}
