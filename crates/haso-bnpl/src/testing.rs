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
//!
//! [`answer`] writes the service's answer to a call from the output that the call shall have, and
//! [`refused`] a refusal. The client reads them over a transport of the test's own, for example the `Script` of
//! `kervan-testing`.
//!
//! ```
//! use haso_bnpl::testing::{answer, refused};
//! use haso_bnpl::{Accepted, BaseUrl, CheckRefund, Client, Extent, MerchantKey, MerchantSalt, Refund, Sent, Signing};
//! use kervan_testing::{Line, MovableHost, Script};
//!
//! let part = Extent::Part("125.25".parse()?);
//! let refund = Refund::new("R-1".into(), "TRX-1".into(), "1905231436-1".into(), part);
//!
//! // The answer gets lost, no such refund is known, and the repeat is done.
//! let script = Script::new();
//! script.on("RefundTransaction", Line::lost())
//!     .on("CheckRefund", refused("H308"))
//!     .on("RefundTransaction", answer(&refund, &Accepted::default()));
//!
//! let host = MovableHost::at(std::time::SystemTime::UNIX_EPOCH);
//! let signing = Signing::new(MerchantKey::new("key"), MerchantSalt::new("salt"));
//! let client = Client::builder(BaseUrl::parse("https://haso.example")?, "1001")
//!     .signing(signing)
//!     .build_over(script.clone(), host.clone());
//!
//! assert!(matches!(host.run(client.send_or_settle(&refund))?, Sent::Done(_)));
//! script.assert_used();
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod answers;
mod written;

use std::fmt;

use kervan_core::Personal;
use kervan_turkiye::Money;
use kervan_wire::tree::Value;

use crate::callbacks::StoredOrder;
use crate::customers::get_customer::{Customer, CustomerInformation};
use crate::ids::{BureauReference, CustomerId, OrderNumber, PaymentCode, TransactionCode};
use crate::limits::{LimitLink, LimitProgress};
use crate::orders::activate::{ActivateOrder, ActivatedOrder};
use crate::orders::create::CreatedTransaction;
use crate::orders::get_plan::OrderPlan;
use crate::plan::{Installment, Plan};
use crate::received::value::ValueExt as _;
use crate::settings::quirks::Quirks;
use crate::token::{IssuedToken, Token};

pub use self::answers::{Answered, answer, refused, transactions};
pub use self::written::CONTENT_TYPE;
use self::written::{envelope, object, text, wire, written};

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

impl Plan {
    /// Creates the plan of one installment without a fee, for a test: its total is the order's amount. Its
    /// fields are public.
    pub fn of_one_installment(order: &StoredOrder, transaction: &TransactionCode) -> Self {
        plan(order, transaction)
    }
}

impl CreatedTransaction {
    /// Creates the output with a plan, for a test.
    pub fn new(plan: Plan) -> Self {
        Self { plan }
    }
}

impl IssuedToken {
    /// Creates the output with a token, for a test.
    pub fn new(token: impl Into<Token>) -> Self {
        Self {
            token: token.into(),
        }
    }
}

impl LimitLink {
    /// Creates the output with an address, for a test.
    pub fn new(url: impl Into<Personal>) -> Self {
        Self {
            url: url.into(),
            expires: None,
        }
    }
}

impl LimitProgress {
    /// Creates the progress of a request, for a test: with a limit once the customer has one.
    pub fn new(reference: impl Into<BureauReference>, limit: Option<Money>) -> Self {
        Self {
            reference: Some(reference.into()),
            customer: None,
            limit,
            data: None,
        }
    }
}

#[cfg(test)]
mod tests;
