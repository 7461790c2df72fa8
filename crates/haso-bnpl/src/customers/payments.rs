//! Lists a customer's installments. Wire: `GetCustomerPayments` (form, read).

use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer::Done;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::ids::CustomerId;
use crate::plan::InstallmentStatus;
use crate::rejection::Rejection;
use crate::rules::COUNT_ZERO;
use crate::settings::Settings;
use crate::wire::{self, Fields, TokenRule, numbers};
use crate::{Client, Error, answer};

/// Asks for a customer's installments. The answer's members are not documented, so it is kept as JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ListPayments {
    /// HASO's number of the customer. Wire: `customerId`.
    pub customer: CustomerId,
    /// Only installments with these statuses; none for all. Wire: `paymentStatuses`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<InstallmentStatus>,
    /// Page, from 1. Wire: `pageNo`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Entries of a page; HASO takes 50 by itself. Wire: `pageSize`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "GetCustomerPayments",
    path: "Index/GetCustomerPayments",
    token: TokenRule::Always,
    signed: &["merchantId", "customerId", "ipAddress"],
    says_success: false,
    is_write: false,
};

impl ListPayments {
    /// A request from its required values.
    pub fn new(customer: impl Into<CustomerId>) -> Self {
        Self {
            customer: customer.into(),
            statuses: Vec::new(),
            page: None,
            page_size: None,
            common: Common::new(),
        }
    }

    /// Sets the statuses that are asked for.
    #[must_use]
    pub fn statuses<T: Into<InstallmentStatus>>(
        mut self,
        values: impl IntoIterator<Item = T>,
    ) -> Self {
        self.statuses = values.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the page, from 1.
    #[must_use]
    pub fn page(mut self, value: u32) -> Self {
        self.page = Some(value);
        self
    }

    /// Sets the entries of a page.
    #[must_use]
    pub fn page_size(mut self, value: u32) -> Self {
        self.page_size = Some(value);
        self
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
            .text("customerId", self.customer.as_str())
            .with(
                "paymentStatuses",
                numbers(self.statuses.iter().map(InstallmentStatus::as_str)),
            )
            .number("pageNo", self.page.map(i64::from))
            .number("pageSize", self.page_size.map(i64::from))
    }
}

impl Client {
    /// Lists a customer's installments.
    ///
    /// # Errors
    ///
    /// See [`Error`].
    pub async fn list_payments(&self, request: &ListPayments) -> Result<Done, Error> {
        self.call(request).await
    }
}

impl Operation for ListPayments {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        check::required(
            &mut problems,
            "customer",
            self.customer.as_str(),
            check::CUSTOMER_ID,
        );
        for (path, count) in [("page", self.page), ("page_size", self.page_size)] {
            if count == Some(0) {
                problems.push(COUNT_ZERO.at(path));
            }
        }
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
        answer::done(&PAGE, settings, reply)
    }
}
