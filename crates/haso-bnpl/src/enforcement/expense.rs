//! Reports the expenses of debt enforcement. Wire: `SendTransactionExpense` (JSON, write).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Money, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::answer::Done;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::{OrderNumber, TransactionCode};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule};

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

/// Fields beyond the documented ones, and the signature: inference.
const PAGE: Page = Page {
    name: "SendTransactionExpense",
    path: "RequestV2/SendTransactionExpense",
    token: TokenRule::Always,
    signed: &[
        "merchantId",
        "merchantOid",
        "transactionCode",
        "expenseAmount",
        "ipAddress",
    ],
    says_success: false,
    is_write: true,
};

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

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        Fields::new()
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
            .text("transactionCode", self.transaction.as_str())
            .text("merchantOid", self.order.as_str())
            .text("expenseAmount", self.total.kurus().to_string())
    }
}

impl Operation for SendExpense {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "transaction",
            self.transaction.as_str(),
            check::NO_LENGTH,
        );
        check::required(
            &mut problems,
            "order",
            self.order.as_str(),
            check::ORDER_NUMBER,
        );
        check::positive(&mut problems, "total", self.total);
        self.common.check(&mut problems);
        wire::check(
            settings,
            &PAGE,
            &self.common,
            &self.fields(settings),
            &mut problems,
        );
        problems
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        wire::request(settings, &PAGE, &self.common, self.fields(settings))
    }

    fn read(&self, (settings, reply): (&Settings, &Reply)) -> Result<Done, ReadError<Rejection>> {
        let numbers = [
            ("MerchantOid", self.order.as_str()),
            ("TransactionCode", self.transaction.as_str()),
        ];
        answer::done_of(&PAGE, settings, reply, &numbers)
    }
}
