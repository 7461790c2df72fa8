//! Changes a customer's mobile number. Wire: `ChangeCustomerGsmNo` (form, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Personal, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::get_customer::{CustomerInformation, GetCustomer};
use crate::answer::Accepted;
use crate::check::{CUSTOMER_ID, Checks as _};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::ids::CustomerId;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Changes a customer's mobile number.
///
/// Keyed, although it sets a state. No call reads the number back, but HASO answers a repeat of the same
/// change with `H311` ([`RejectionKind::SamePhone`](crate::RejectionKind::SamePhone)), so the repeat settles
/// it and changes nothing more. Settle it before the next change of the same customer, because a repeat after
/// that one would bring the old number back.
///
/// Sent at most once; [`send_or_settle`](kervan_settling::Settler::send_or_settle) sends it again after
/// an unknown outcome, until HASO answers.
///
/// # Errors
///
/// [`Error::Rejected`](crate::Error::Rejected) when the number cannot be used, with the numbers that the credit bureau
/// knows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChangePhone {
    /// HASO's number of the customer. Wire: `CustomerId`.
    pub customer: CustomerId,
    /// The new number, as people type it: `0555 000 00 01` is sent as `5550000001`. Wire: `NewGsmNo`.
    pub mobile: Personal,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl ChangePhone {
    /// Creates a request from its required values.
    pub fn new(customer: CustomerId, mobile: impl Into<Personal>) -> Self {
        Self {
            customer,
            mobile: mobile.into(),
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { ChangePhone {
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for ChangePhone {
    type Service = Settings;
    type Output = Accepted;
    /// The page shows no credential; the signature is inference.
    const ENDPOINT: Endpoint = Endpoint::write(Area::Index, "ChangeCustomerGsmNo")
        .signed_if_possible(&["MerchantId", "CustomerId", "NewGsmNo", "ipAddress"])
        .saying_success();
    const CLASS: Class = Class::Keyed;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("customer", &self.customer, CUSTOMER_ID);
        problems.mobile("mobile", Some(&self.mobile));
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let settings = context.settings();
        Ok(Body::new(&self.common)
            .text("MerchantId", &settings.merchant)
            .text("CustomerId", self.customer.as_str())
            .mobile("NewGsmNo", Some(&self.mobile)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        Ok(reading
            .undocumented(&[("CustomerId", self.customer.as_str())])?
            .map(Accepted::new))
    }
}

impl Settle for ChangePhone {
    /// Never asked, because no call shows the number.
    type ReadBack = GetCustomer;

    /// Returns the customer's number. The telephone number is personal data.
    fn key(&self) -> String {
        self.customer.as_str().to_owned()
    }

    fn read_back(&self) -> Option<GetCustomer> {
        None
    }

    fn found(
        &self,
        _now: Answer<CustomerInformation>,
        _baseline: Option<&Baseline>,
    ) -> Found<Accepted, Rejection> {
        Found::Unclear
    }
}
