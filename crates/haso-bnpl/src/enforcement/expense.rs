//! Reports the expenses of debt enforcement. Wire: `SendTransactionExpense` (JSON, write).

use kervan_core::{Class, Context, EncodeError, Money, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::common::Common;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{OrderNumber, TransactionCode};
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Tells HASO the running **total** of an order's enforcement expenses, which is added to the last
/// installment. Its fields are not documented beyond that.
///
/// Blind: no documented answer shows the expenses, and no page says whether a repeat of the same total
/// is added once more.
///
/// Sent at most once; after an unknown outcome a person decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SendExpense {
    /// HASO's number of the order. Wire: `transactionCode`.
    pub transaction: TransactionCode,
    /// The shop's number of the order. Wire: `merchantOid`.
    pub order: OrderNumber,
    /// All expenses so far. Wire: `expenseAmount`, a guess; times 100.
    pub total: Money,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

impl SendExpense {
    /// A request from its required values.
    pub fn new(transaction: TransactionCode, order: OrderNumber, total: Money) -> Self {
        Self {
            transaction,
            order,
            total,
            common: Common::new(),
        }
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }
}

impl Operation for SendExpense {
    type Service = Settings;
    type Output = Done;
    /// Fields beyond the documented ones, and the signature: inference.
    const ENDPOINT: &'static Endpoint = &Endpoint::write(Area::RequestV2, "SendTransactionExpense")
        .signed(&[
            "merchantId",
            "merchantOid",
            "transactionCode",
            "expenseAmount",
            "ipAddress",
        ]);

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        problems.required("transaction", self.transaction.as_str(), NO_LENGTH);
        problems.required("order", self.order.as_str(), ORDER_NUMBER);
        problems.positive("total", self.total);
        self.common.check(&mut problems);
        problems
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("transactionCode", self.transaction.as_str())
            .text("merchantOid", self.order.as_str())
            .text("expenseAmount", self.total.kurus().to_string()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Done, ReadError<Rejection>> {
        let numbers = [
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ];
        reading.done(&numbers)
    }
}
