//! Reports the expenses of debt enforcement. Wire: `SendTransactionExpense` (JSON, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH, ORDER_NUMBER};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{OrderNumber, TransactionCode};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Reports the running **total** of an order's enforcement expenses to HASO, which adds it to the last
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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl SendExpense {
    /// Creates a request from its required values.
    pub fn new(transaction: TransactionCode, order: OrderNumber, total: Money) -> Self {
        Self {
            transaction,
            order,
            total,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { SendExpense {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for SendExpense {
    type Service = Settings;
    type Output = Accepted;
    /// Fields beyond the documented ones, and the signature: inference.
    const ENDPOINT: Endpoint =
        Endpoint::write(Area::RequestV2, "SendTransactionExpense").signed(&[
            "merchantId",
            "merchantOid",
            "transactionCode",
            "expenseAmount",
            "ipAddress",
        ]);
    const CLASS: Class = Class::Blind;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("transaction", &self.transaction, NO_LENGTH);
        problems.required("order", &self.order, ORDER_NUMBER);
        problems.positive("total", self.total);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("transactionCode", self.transaction.as_str())
            .text("merchantOid", self.order.as_str())
            .amount("expenseAmount", self.total))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        let numbers = [
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ];
        Ok(reading.undocumented(&numbers)?.map(Accepted::new))
    }
}
