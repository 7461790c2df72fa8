//! Lists a customer's approved orders with their plans, newest first. Wire: `GetCustomerTransactions` (form, read).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::{Deserialize, Serialize};

use crate::answer::UndocumentedList;
use crate::check::{CUSTOMER_ID, Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::{CustomerId, TransactionCode};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::WireValue;

/// Asks for a customer's approved orders. The answer's members are not documented, so it is kept as
/// JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListTransactions {
    /// HASO's number of the customer. Wire: `customerId`.
    pub customer: CustomerId,
    /// Only these orders; empty for all. Wire: `transactionCodes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub transactions: Vec<TransactionCode>,
    /// Page, from 1. Wire: `pageNo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Entries of a page; HASO takes 50 by itself. Wire: `pageSize`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl ListTransactions {
    /// Creates a request from its required values.
    pub fn new(customer: impl Into<CustomerId>) -> Self {
        Self {
            customer: customer.into(),
            transactions: Vec::new(),
            page: None,
            page_size: None,
            common: CommonFields::new(),
        }
    }

    /// Sets the orders that are asked for.
    #[must_use]
    pub fn transactions<T: Into<TransactionCode>>(
        mut self,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.transactions = values.into_iter().map(Into::into).collect();
        self
    }
}

kervan_core::setters! { ListTransactions {
    /// Sets the page, from 1.
    page: Option<u32>,
    /// Sets the entries of a page.
    page_size: Option<u32>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for ListTransactions {
    type Service = Settings;
    type Output = UndocumentedList;
    const ENDPOINT: Endpoint = Endpoint::read(Area::Index, "GetCustomerTransactions").signed(&[
        "merchantId",
        "customerId",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("customer", &self.customer, CUSTOMER_ID);
        problems.each("transactions", &self.transactions, NO_LENGTH);
        problems.not_zero("page", self.page);
        problems.not_zero("page_size", self.page_size);
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(Body::of_merchant(context.settings(), &self.common)
            .text("customerId", self.customer.as_str())
            .with(
                "transactionCodes",
                WireValue::texts(self.transactions.iter().map(TransactionCode::as_str)),
            )
            .number("pageNo", self.page)
            .number("pageSize", self.page_size))
    }

    fn read(&self, reading: Reading<'_>) -> Read<UndocumentedList> {
        let success = reading.success()?;
        success.check_numbers(&[("CustomerId", self.customer.as_str())])?;
        if !self.transactions.is_empty() {
            let asked = self.transactions.iter().map(TransactionCode::as_str);
            success.check_listed("TransactionCode", &asked.collect::<Vec<_>>())?;
        }
        Ok(success.undocumented()?.map(UndocumentedList::new))
    }
}
