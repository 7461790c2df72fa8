//! Reads a customer's limit, or offers a plan. Wire: `GetCustomerInformation` (form, read).

use kervan_core::{
    Class, Context, Drift, EncodeError, Money, Operation, Personal, Problems, ReadError,
};
use serde::{Deserialize, Serialize};

use super::terms::PlanTerms;
use crate::answer::Done;
use crate::check::{CUSTOMER_ID, Checks as _};
use crate::common::Common;
use crate::endpoint::{Area, Endpoint};
use crate::ids::CustomerId;
use crate::lenient::amount::Amount;
use crate::lenient::value::Value;
use crate::rejection::Rejection;
use crate::service::{Body, Reading};
use crate::settings::Settings;

/// Asks for a customer's limit, or, with terms, for an installment plan. The e-commerce pages
/// document the first, the server-to-server pages the second, with other spellings of the same
/// fields; each is sent as its own page has it.
///
/// # Errors
///
/// See [`Error`](crate::Error). An unknown customer is not an error.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GetCustomer {
    /// HASO's number of the customer. `None` for a new one, with terms only. Wire: `CustomerId`,
    /// `customerId`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// The terms of a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<PlanTerms>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// HASO's knowledge of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomerInformation {
    /// The number that was asked for.
    pub asked: Option<CustomerId>,
    /// The customer; `None` when HASO knows none of this number. Wire: `CustomerInfo`.
    pub customer: Option<Customer>,
    /// `Data` as JSON text: its further members are not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

/// A customer whom HASO knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Customer {
    /// The limit in lira. Wire: `CustomerLimit`.
    pub limit: Option<Money>,
}

impl GetCustomer {
    /// Asks for a customer's limit.
    pub fn new(customer: impl Into<CustomerId>) -> Self {
        Self {
            customer: Some(customer.into()),
            terms: None,
            common: Common::new(),
        }
    }

    /// Asks for a plan, for a customer who may be new.
    pub fn plan(customer: Option<CustomerId>, terms: PlanTerms) -> Self {
        Self {
            customer,
            terms: Some(terms),
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

impl Operation for GetCustomer {
    type Service = Settings;
    type Output = CustomerInformation;
    /// The e-commerce page shows no credential, the server-to-server page a `requestToken`; what it signs
    /// is inference.
    const ENDPOINT: &'static Endpoint = &Endpoint::read(Area::Index, "GetCustomerInformation")
        .signed_if_possible(&["merchantId", "customerId", "orderAmount", "ipAddress"]);

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        let customer = self.customer.as_ref().map_or("", CustomerId::as_str);
        if self.customer.is_some() || self.terms.is_none() {
            problems.required("customer", customer, CUSTOMER_ID);
        }
        if let Some(terms) = &self.terms {
            problems.positive("terms.amount", terms.amount);
            if let Some(limit) = terms.available_limit {
                problems.not_negative("terms.available_limit", limit);
            }
        }
        self.common.check(&mut problems);
        problems
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let settings = context.settings();
        let customer = self.customer.as_ref().map(CustomerId::as_str);
        let Some(terms) = &self.terms else {
            return Ok(Body::new(&self.common)
                .text("MerchantId", &settings.merchant)
                .maybe("CustomerId", customer));
        };
        Ok(Body::of_merchant(settings, &self.common)
            .maybe("customerId", customer)
            .text("orderAmount", terms.amount.kurus().to_string())
            .flag("notCalculateFees", terms.no_fees)
            .flag("forceRiskFreeEvaluate", terms.risk_free)
            .flag("postponeSelected", terms.postponed)
            .number("RevisedFeeRate", terms.fee_rate)
            .number("availableLimit", terms.available_limit.map(Money::kurus)))
    }

    fn read(&self, reading: Reading<'_>) -> Result<CustomerInformation, ReadError<Rejection>> {
        let success = reading.success()?;
        let Done { data, drift } = success.kept()?;
        let found = success
            .envelope
            .data
            .get("CustomerInfo")
            .cloned()
            .unwrap_or_default()
            .opened();
        let customer = if found.is_nothing() {
            None
        } else {
            let mut whole = Value::default();
            whole.put("CustomerInfo", found);
            let (wire, _) = whole.read::<WireData>()?;
            Some(Customer {
                limit: wire.customer.limit.map(|limit| limit.0),
            })
        };
        Ok(CustomerInformation {
            asked: self.customer.clone(),
            customer,
            data,
            drift,
        })
    }
}

#[derive(Deserialize)]
struct WireData {
    #[serde(rename = "CustomerInfo")]
    customer: WireCustomer,
}

#[derive(Deserialize)]
struct WireCustomer {
    #[serde(rename = "CustomerLimit")]
    limit: Option<Amount>,
}
