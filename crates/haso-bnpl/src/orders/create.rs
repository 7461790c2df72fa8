//! Creates an order for a customer who has a limit, without a browser. Wire: `CreateTransaction` (JSON, write).

use kervan_core::{Answer, Class, Context, Drift, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use super::basket::BasketItem;
use super::listed;
use crate::answer::UndocumentedList;
use crate::check::{CUSTOMER_ID, Checks as _};
use crate::common_fields::CommonFields;
use crate::customers::list_transactions::ListTransactions;
use crate::endpoint::{Area, Endpoint};
use crate::ids::CustomerId;
use crate::plan::{self, Plan, WirePlanData};
use crate::rejection::Rejection;
use crate::rules::COUNT_ZERO;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Creates an order with an installment plan that the customer chose. The readable part of the page does not
/// show an order number. Where the contract's page has one, add it with
/// [`CommonFields::extra`](crate::CommonFields::extra).
///
/// A delta: a new order of the same amount in the customer's list ([`ListTransactions`]) settles it, one that
/// the list before the write lacks. **That list shows approved orders only**, and a new order waits for its
/// activation, so an order that is absent may still be there: this write stays open until a person looks, and
/// is never proven absent.
///
/// Sent at most once; [`prepare`](kervan_settling::Settler::prepare) notes the orders before it, so that
/// [`settle`](kervan_settling::Settler::settle) can find the new one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CreateTransaction {
    /// The price of the order. Wire: `orderAmount`, times 100.
    pub amount: Money,
    /// The plan that the customer chose, by its number. Wire: `selectedInstallment`.
    pub installment: u32,
    /// HASO's number of the customer. Wire: `customerId`.
    pub customer: CustomerId,
    /// The goods, which help HASO to decide about a down payment. Wire: `basketList`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub basket: Vec<BasketItem>,
    /// Whether fees are left out. Wire: `notCalculateFees`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub no_fees: Option<bool>,
    /// Whether risky customers are not asked for the first installment at once. Wire: `forceRiskFreeEvaluate`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub risk_free: Option<bool>,
    /// Whether the plan is a deferred one. Wire: `PostponeSelected`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postponed: Option<bool>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl CreateTransaction {
    /// Creates a request from its required values.
    pub fn new(amount: Money, installment: u32, customer: impl Into<CustomerId>) -> Self {
        Self {
            amount,
            installment,
            customer: customer.into(),
            basket: Vec::new(),
            no_fees: None,
            risk_free: None,
            postponed: None,
            common: CommonFields::new(),
        }
    }

    /// Sets the goods.
    #[must_use]
    pub fn basket<T: Into<BasketItem>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.basket = values.into_iter().map(Into::into).collect();
        self
    }
}

kervan_core::setters! { CreateTransaction {
    /// Sets whether fees are left out.
    no_fees: Option<bool>,
    /// Sets whether risky customers are not asked for the first installment at once.
    risk_free: Option<bool>,
    /// Sets whether the plan is a deferred one.
    postponed: Option<bool>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for CreateTransaction {
    type Service = Settings;
    type Output = CreatedTransaction;
    /// The signature is inference.
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "CreateTransaction").signed(&[
        "merchantId",
        "customerId",
        "orderAmount",
        "selectedInstallment",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Delta;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.positive("amount", self.amount);
        if self.installment == 0 {
            problems.push(COUNT_ZERO.at("installment"));
        }
        problems.required("customer", &self.customer, CUSTOMER_ID);
        BasketItem::check(&self.basket, problems);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .amount("orderAmount", self.amount)
            .number("selectedInstallment", Some(self.installment))
            .text("customerId", self.customer.as_str())
            .with("basketList", BasketItem::wire(&self.basket))
            .flag("notCalculateFees", self.no_fees)
            .flag("forceRiskFreeEvaluate", self.risk_free)
            .flag("PostponeSelected", self.postponed))
    }

    fn read(&self, reading: Reading<'_>) -> Read<CreatedTransaction> {
        let mut success = reading.success()?;
        plan::settle_form(&mut success.envelope.data)?;
        let answer = success.read::<WirePlanData>()?;
        Ok(answer.map(|data| CreatedTransaction {
            plan: data.plan.into(),
        }))
    }
}

/// The fact that the list before the write did not show whose it is.
const UNNAMED: &str = "list without the customer's number";

impl Settle for CreateTransaction {
    type ReadBack = ListTransactions;

    /// Returns the customer's number.
    fn key(&self) -> String {
        self.customer.as_str().to_owned()
    }

    fn read_back(&self) -> Option<ListTransactions> {
        let question = ListTransactions::new(self.customer.clone());
        Some(question.common(self.common.clone()))
    }

    /// Returns the codes of the customer's orders. `None` for a list of another customer. A list that does
    /// not show whose it is prepares the write, but settles nothing afterwards.
    fn baseline(&self, before: &Answer<UndocumentedList>) -> Option<Baseline> {
        let list = listed::orders(before, &self.customer)?;
        let codes = list.rows.iter().map(|row| row.code.as_str());
        Some(Baseline::new(
            codes.chain((!list.is_named).then_some(UNNAMED)),
        ))
    }

    /// New orders come first, so a row behind a known one is not new.
    fn found(
        &self,
        now: Answer<UndocumentedList>,
        baseline: Option<&Baseline>,
    ) -> Found<CreatedTransaction, Rejection> {
        let list = listed::orders(&now, &self.customer).filter(|list| list.is_named);
        let before = baseline.filter(|before| !before.has(UNNAMED));
        let (Some(list), Some(before)) = (list, before) else {
            return Found::Unclear;
        };
        let new = list
            .rows
            .into_iter()
            .take_while(|row| !before.has(row.code.as_str()));
        let is_own = |plan: &Plan| {
            let amount = plan.fee.and_then(|fee| plan.total.checked_sub(fee));
            amount == Some(self.amount)
        };
        let mut own = new.filter_map(|row| row.plan).filter(is_own);
        match (own.next(), own.next()) {
            (Some(plan), None) => {
                let created = CreatedTransaction { plan };
                Found::Ours(Some(Answer::new(created, Drift::default())))
            }
            // None is new, which proves nothing in a list of approved orders; or several are.
            _ => Found::Unclear,
        }
    }
}

/// The order was created and waits for its activation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CreatedTransaction {
    /// The plan.
    pub plan: Plan,
}
