//! Posts and answers for a program's own tests, as HASO would send them.
//!
//! HASO signs no post, so each is read as [`Unverified`](crate::Unverified) here too: a test goes the way of
//! the shop, from the post over [`ConfirmedOrder`](crate::ConfirmedOrder) and the service's answers to
//! [`PaidOrder`](crate::PaidOrder). Nothing here makes a confirmed or a paid order without these steps.
//!
//! ```
//! use haso_bnpl::callbacks::OrderCallback;
//! use haso_bnpl::testing::{self, OrderPost};
//! use haso_bnpl::{Quirks, StoredOrder, TransactionCode};
//! use kervan_testing::delivery;
//!
//! let quirks = Quirks::default();
//! let stored = StoredOrder::open("1905231436-1", "500.00".parse()?);
//! let transaction = TransactionCode::from("TRX-1");
//! let body = OrderPost::completed(&stored, &transaction, &quirks).body();
//!
//! // From here on it is the shop's own code.
//! let post = OrderCallback::read(&delivery(testing::CONTENT_TYPE, &body))?;
//! let order = post.confirm(&stored, &quirks)?;
//! let activated = testing::activated(&order.activation());
//! let plan = testing::plan_of_service(&stored, &transaction);
//! let paid = order.paid(&activated, &plan, &quirks)?;
//! assert_eq!(paid.amount(), stored.amount);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt;

use kervan_turkiye::Money;
use kervan_wire::tree::Value;

use crate::callbacks::StoredOrder;
use crate::customers::get_customer::{Customer, CustomerInformation};
use crate::ids::{CustomerId, OrderNumber, PaymentCode, TransactionCode};
use crate::orders::activate::{ActivateOrder, ActivatedOrder};
use crate::orders::get_plan::OrderPlan;
use crate::plan::{Installment, Plan};
use crate::received::value::ValueExt as _;
use crate::settings::quirks::Quirks;

/// The content type of the posts.
pub const CONTENT_TYPE: &str = "application/json";

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn object<const N: usize>(members: [(&str, Value); N]) -> Value {
    let members = members.into_iter();
    Value::Object(
        members
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
    )
}

/// Creates an envelope that says success, or the reasons of a failure.
fn envelope(errors: &[String], data: Value) -> Value {
    let reasons = errors.iter().map(|reason| text(reason.as_str()));
    object([
        ("Success", Value::Flag(errors.is_empty())),
        ("Errors", Value::List(reasons.collect())),
        ("Data", data),
    ])
}

/// Returns a value as JSON text.
fn written(value: &Value) -> Vec<u8> {
    value.to_json().into_bytes()
}

/// Creates a plan of one installment without a fee: its total is the order's amount.
fn plan(order: &StoredOrder, transaction: &TransactionCode) -> Plan {
    Plan {
        transaction: transaction.clone(),
        order: order.number.clone(),
        fee: Some(Money::ZERO),
        total: order.amount,
        down_payment: Some(Money::ZERO),
        installments: vec![Installment {
            number: Some(1),
            code: Some(PaymentCode::from("PAY-1")),
            amount: order.amount,
            fee: Some(Money::ZERO),
            due: None,
            status: None,
        }],
        unread_installments: 0,
    }
}

/// Writes a plan in HASO's names.
fn wire(plan: &Plan) -> Value {
    let amount = |amount: Option<Money>| text(amount.unwrap_or(Money::ZERO).dot());
    let installments = plan.installments.iter().map(|part| {
        let code = part.code.as_ref().map(PaymentCode::as_str);
        object([
            ("InstallmentNo", text(part.number.unwrap_or(1).to_string())),
            ("PaymentCode", text(code.unwrap_or_default())),
            ("InstallmentPayment", amount(Some(part.amount))),
            ("Fee", amount(part.fee)),
        ])
    });
    object([
        ("TransactionCode", text(plan.transaction.as_str())),
        ("MerchantOid", text(plan.order.as_str())),
        ("Fee", amount(plan.fee)),
        ("TotalAmount", amount(Some(plan.total))),
        ("DownPayment", amount(plan.down_payment)),
        ("TransactionPayments", Value::List(installments.collect())),
    ])
}

/// A post of an order, as [`OrderOk`](crate::callbacks::OrderOk),
/// [`OrderCallback`](crate::callbacks::OrderCallback) and [`OrderFail`](crate::callbacks::OrderFail) read it.
/// It is not signed, because HASO does not sign posts.
#[derive(Clone)]
#[must_use]
pub struct OrderPost(What);

#[derive(Clone)]
enum What {
    Completed {
        plan: Plan,
        status: String,
        customer: Option<CustomerId>,
    },
    Failed {
        order: OrderNumber,
        reason: String,
    },
}

impl OrderPost {
    /// Creates the post of an order that the customer completed, in one installment without a fee.
    pub fn completed(order: &StoredOrder, transaction: &TransactionCode, quirks: &Quirks) -> Self {
        Self(What::Completed {
            plan: plan(order, transaction),
            status: quirks.waiting_status.clone().into_owned(),
            customer: None,
        })
    }

    /// Creates the post of an order that the customer did not complete. `reason` is in `Errors`, as
    /// `H223`.
    pub fn failed(order: &OrderNumber, reason: impl Into<String>) -> Self {
        Self(What::Failed {
            order: order.clone(),
            reason: reason.into(),
        })
    }

    /// Sets HASO's number of the customer. A failure ignores it.
    pub fn customer(mut self, number: impl Into<CustomerId>) -> Self {
        if let What::Completed { customer, .. } = &mut self.0 {
            *customer = Some(number.into());
        }
        self
    }

    /// Sets another status than that of an order that waits for its activation. A failure ignores it.
    pub fn status(mut self, text: impl Into<String>) -> Self {
        if let What::Completed { status, .. } = &mut self.0 {
            *status = text.into();
        }
        self
    }

    /// Returns the body, in JSON.
    pub fn body(&self) -> Vec<u8> {
        written(&match &self.0 {
            What::Completed {
                plan,
                status,
                customer,
            } => {
                let mut data = object([
                    ("TransactionStatus", text(status.as_str())),
                    ("TransactionPayments", wire(plan)),
                ]);
                if let Some(customer) = customer {
                    data.put("CustomerId", text(customer.as_str()));
                }
                envelope(&[], data)
            }
            What::Failed { order, reason } => {
                let data = object([("MercantOid", text(order.as_str()))]);
                envelope(std::slice::from_ref(reason), data)
            }
        })
    }
}

impl fmt::Debug for OrderPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OrderPost").finish_non_exhaustive()
    }
}

/// A post of a limit, as [`LimitOk`](crate::callbacks::LimitOk),
/// [`LimitCallback`](crate::callbacks::LimitCallback) and
/// [`LimitFail`](crate::callbacks::LimitFail) read it.
#[derive(Clone)]
#[must_use]
pub struct LimitPost(Value);

impl LimitPost {
    /// Creates the post of a customer who has a limit.
    pub fn granted(customer: &CustomerId, limit: Money) -> Self {
        let data = object([
            ("CustomerId", text(customer.as_str())),
            ("CustomerLimit", text(limit.dot())),
        ]);
        Self(envelope(&[], data))
    }

    /// Creates the post of a customer without a limit. `reason` is in `Errors`, as `H307`.
    pub fn failed(reason: impl Into<String>) -> Self {
        Self(envelope(&[reason.into()], Value::Null))
    }

    /// Returns the body, in JSON.
    pub fn body(&self) -> Vec<u8> {
        written(&self.0)
    }
}

impl fmt::Debug for LimitPost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LimitPost").finish_non_exhaustive()
    }
}

/// Returns the answer to an activation: HASO's word that the order is active.
pub fn activated(activation: &ActivateOrder) -> ActivatedOrder {
    ActivatedOrder {
        order: activation.order.clone(),
        transaction: activation.transaction.clone(),
        data: None,
    }
}

/// Returns the answer of [`GetPlan`](crate::GetPlan) for an order that [`OrderPost::completed`] posts.
pub fn plan_of_service(order: &StoredOrder, transaction: &TransactionCode) -> OrderPlan {
    OrderPlan::of(plan(order, transaction))
}

/// Returns the answer of [`GetCustomer`](crate::GetCustomer) for a customer with this limit, which
/// confirms [`LimitPost::granted`].
pub fn customer_with_limit(customer: impl Into<CustomerId>, limit: Money) -> CustomerInformation {
    CustomerInformation {
        asked: Some(customer.into()),
        customer: Some(Customer { limit: Some(limit) }),
        data: None,
    }
}

#[cfg(test)]
mod tests {
    use kervan_testing::delivery;

    use super::*;
    use crate::callbacks::{
        LimitCallback, LimitFail, LimitOk, Mismatch, OrderCallback, OrderFail, OrderOk,
    };
    use crate::settings::quirks::{AmountRule, SumRule};

    const JSON: Option<&str> = Some(CONTENT_TYPE);

    fn stored() -> StoredOrder {
        StoredOrder::open("O-1", "500.00".parse().unwrap())
    }

    fn transaction() -> TransactionCode {
        TransactionCode::from("TRX-1")
    }

    #[test]
    fn a_completed_post_goes_the_whole_way_by_every_rule() {
        let stored = stored();
        for amounts in [AmountRule::TotalWithoutFee, AmountRule::Total] {
            for sums in [SumRule::Either, SumRule::Total, SumRule::WithoutDownPayment] {
                let quirks = Quirks {
                    amount_rule: amounts,
                    sum_rule: sums,
                    ..Quirks::default()
                };
                let post = OrderPost::completed(&stored, &transaction(), &quirks).customer("5004");
                let body = post.body();
                let ok = OrderOk::read(&delivery(JSON, &body)).unwrap();
                let order = ok.confirm(&stored, &quirks).unwrap();
                let callback = OrderCallback::read(&delivery(JSON, &body)).unwrap();
                assert_eq!(callback.confirm(&stored, &quirks).unwrap(), order);
                let activated = activated(&order.activation());
                let plan = plan_of_service(&stored, &transaction());
                let paid = order.paid(&activated, &plan, &quirks).unwrap();
                assert_eq!(paid.order(), &stored.number);
                assert_eq!(paid.customer().map(CustomerId::as_str), Some("5004"));
                assert!(paid.has_plan_of_service());
                // The post and the service have the same plan.
                assert_eq!(order.plan(), paid.plan());
            }
        }
    }

    #[test]
    fn a_post_of_another_order_or_status_does_not_confirm() {
        let quirks = Quirks::default();
        let confirm = |post: OrderPost| {
            let post = OrderOk::read(&delivery(JSON, post.body())).unwrap();
            post.confirm(&stored(), &quirks).err()
        };
        let of = |order: &StoredOrder| OrderPost::completed(order, &transaction(), &quirks);
        assert_eq!(confirm(of(&stored())), None);
        let other = StoredOrder::open("O-2", stored().amount);
        assert_eq!(confirm(of(&other)), Some(Mismatch::Order));
        let cheap = StoredOrder::open("O-1", "5.00".parse().unwrap());
        assert_eq!(confirm(of(&cheap)), Some(Mismatch::Amount));
        assert_eq!(confirm(of(&stored()).status("7")), Some(Mismatch::Status));
        let failed = OrderPost::failed(&stored().number, "H223");
        assert_eq!(confirm(failed.clone()), Some(Mismatch::NotCompleted));
        let post = OrderFail::read(&delivery(JSON, failed.body())).unwrap();
        let failed = post.claim().failed();
        assert_eq!(failed.order, Some(stored().number));
        assert_eq!(failed.code.as_deref(), Some("H223"));
    }

    #[test]
    fn limits_are_confirmed_by_the_service_only() {
        let customer = CustomerId::from("5004");
        let limit = "1000.00".parse().unwrap();
        let body = LimitPost::granted(&customer, "9999.00".parse().unwrap()).body();
        let read = customer_with_limit(customer.clone(), limit);
        let confirmed = LimitOk::read(&delivery(JSON, &body))
            .unwrap()
            .confirm(&read)
            .unwrap();
        assert_eq!(confirmed.limit, limit);
        let callback = LimitCallback::read(&delivery(JSON, &body)).unwrap();
        assert_eq!(callback.confirm(&read).unwrap(), confirmed);
        let other = customer_with_limit("5005", limit);
        assert_eq!(callback.confirm(&other), Err(Mismatch::Customer));
        let failed = LimitPost::failed("H307").body();
        let callback = LimitCallback::read(&delivery(JSON, &failed)).unwrap();
        assert_eq!(callback.confirm(&read), Err(Mismatch::NotCompleted));
        assert!(LimitFail::read(&delivery(JSON, &failed)).is_ok());
    }
}
