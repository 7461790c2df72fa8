//! Reads a customer's limit, or offers a plan. Wire: `GetCustomerInformation` (form, read).

use kervan_core::error::Unreadable;
use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_turkiye::Money;
use kervan_wire::tree::Value;
use serde::{Deserialize, Serialize};

use super::terms::PlanTerms;
use crate::check::{CUSTOMER_ID, Checks as _};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::CustomerId;
use crate::received::amount::Amount;
use crate::received::value::ValueExt as _;
use crate::service::{Body, Read, Reading};
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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

/// HASO's knowledge of a customer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomerInformation {
    /// The number that was asked for.
    pub asked: Option<CustomerId>,
    /// The customer; `None` when HASO does not know the number. Wire: `CustomerInfo`.
    pub customer: Option<Customer>,
    /// `Data` as JSON text: its further members are not documented.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub data: Option<Personal>,
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
            common: CommonFields::new(),
        }
    }

    /// Asks for a plan, for a customer who may be new.
    pub fn plan(customer: Option<CustomerId>, terms: PlanTerms) -> Self {
        Self {
            customer,
            terms: Some(terms),
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { GetCustomer {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for GetCustomer {
    type Service = Settings;
    type Output = CustomerInformation;
    /// The e-commerce page shows no credential, the server-to-server page a `requestToken`; the signed fields
    /// are inference.
    const ENDPOINT: Endpoint = Endpoint::read(Area::Index, "GetCustomerInformation")
        .signed_if_possible(&["merchantId", "customerId", "orderAmount", "ipAddress"]);
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        match &self.customer {
            Some(customer) => problems.required("customer", customer, CUSTOMER_ID),
            None if self.terms.is_none() => problems.push(MISSING.at("customer")),
            None => {}
        }
        if let Some(terms) = &self.terms {
            problems.positive("terms.amount", terms.amount);
            if let Some(limit) = terms.available_limit {
                problems.not_negative("terms.available_limit", limit);
            }
        }
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
            .amount("orderAmount", terms.amount)
            .flag("notCalculateFees", terms.no_fees)
            .flag("forceRiskFreeEvaluate", terms.risk_free)
            .flag("postponeSelected", terms.postponed)
            .number("RevisedFeeRate", terms.fee_rate)
            .number("availableLimit", terms.available_limit.map(Money::kurus)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<CustomerInformation> {
        let success = reading.success()?;
        if let Some(customer) = &self.customer {
            success.check_numbers(&[("CustomerId", customer.as_str())])?;
        }
        let found = success.envelope.data.get("CustomerInfo").cloned();
        let customer = Customer::read(found.unwrap_or_default().opened())?;
        Ok(success.undocumented()?.map(|data| CustomerInformation {
            asked: self.customer.clone(),
            customer,
            data,
        }))
    }
}

impl Customer {
    /// Reads a customer, if there is one.
    fn read(found: Value) -> Result<Option<Self>, Unreadable> {
        if found.is_nothing() {
            return Ok(None);
        }
        let whole = Value::Object(vec![("CustomerInfo".to_owned(), found)]);
        let (wire, _) = whole.pruned().read::<WireData>()?;
        let limit = wire.customer.limit.map(|limit| limit.0);
        Ok(Some(Self { limit }))
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
