//! Sets a limit that the merchant's own system computed. Wire: `SetLimitFromKds` (JSON, write).

use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use kervan_turkiye::Money;
use serde::{Deserialize, Serialize};

use crate::answer::Accepted;
use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::shopper::Shopper;

/// Replaces a customer's limit, whether it has run out or not. Refused for customers with overdue
/// payments and for suspended ones.
///
/// Blind: limits are read by HASO's number of the customer, and this request names the customer by
/// identity number. Setting the same limit again replaces it with itself, which a person may decide.
///
/// Sent at most once; after an unknown outcome a person decides.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct SetLimitFromKds {
    /// The customer, all of it, birth date included. Wire: `shopperName`, `shopperSurname`, `tckn`,
    /// `mobileNumber`, `birthDate`, and the e-mail address under [`Quirks::email_field`](crate::Quirks).
    pub shopper: Shopper,
    /// The dealer's segment, at most 10 characters. Wire: `dealerSegment`.
    pub segment: String,
    /// The limit. Wire: `kdsLimit`, times 100.
    pub limit: Money,
    /// The customer's segment. Wire: `kdsSegment`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_segment: Option<String>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl SetLimitFromKds {
    /// Creates a request from its required values.
    pub fn new(shopper: Shopper, segment: impl Into<String>, limit: Money) -> Self {
        Self {
            shopper,
            segment: segment.into(),
            limit,
            customer_segment: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { SetLimitFromKds {
    /// Sets the customer's segment.
    customer_segment: into Option<String>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for SetLimitFromKds {
    type Service = Settings;
    type Output = Accepted;
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "SetLimitFromKds").signed(&[
        "merchantId",
        "shopperName",
        "shopperSurname",
        "dealerSegment",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Blind;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.shopper.check(context, problems, true);
        if self.shopper.identity_number.is_none() {
            problems.push(MISSING.at("shopper.identity_number"));
        }
        if self.shopper.known_birth_date().is_none() {
            problems.push(MISSING.at("shopper.birth_date"));
        }
        problems.required("segment", &self.segment, 10);
        problems.not_negative("limit", self.limit);
        problems.optional(
            "customer_segment",
            self.customer_segment.as_ref(),
            NO_LENGTH,
        );
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        let settings = context.settings();
        let shopper = &self.shopper;
        Ok(shopper
            .body(settings, &self.common)
            .birth_date(shopper, context)
            .text("dealerSegment", &self.segment)
            .number("kdsLimit", Some(self.limit.kurus()))
            .maybe("kdsSegment", self.customer_segment.as_deref()))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Accepted> {
        Ok(reading.undocumented(&[])?.map(Accepted::new))
    }
}
