//! A request for a customer's limit, in whichever way it travels.

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::common::Common;
use crate::service::Body;
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::token::value::Token;
use crate::urls::ResultUrls;

/// A request for a customer's limit, without an order.
///
/// The results have no number of the shop's own: give every request addresses with a reference of
/// its own, and match the results by that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StartLimit {
    /// Where the results go.
    pub urls: ResultUrls,
    /// The customer, as far as known; nothing of it is required.
    #[serde(default)]
    pub shopper: Shopper,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

impl StartLimit {
    /// A request for an unknown customer.
    pub fn new(urls: ResultUrls) -> Self {
        Self {
            urls,
            shopper: Shopper::new(),
            common: Common::new(),
        }
    }

    /// Sets the known part of the customer.
    #[must_use]
    pub fn shopper(mut self, shopper: Shopper) -> Self {
        self.shopper = shopper;
        self
    }

    /// Sets the customer's IP address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    pub(super) fn check(&self, token: &Token, problems: &mut Problems) {
        problems.required("token", token.expose(), NO_LENGTH);
        self.urls.check(problems);
        self.shopper.check(problems, false);
        self.common.check(problems);
    }

    /// The fields in documented order; `response` asks for an answer in JSON.
    pub(super) fn body<'a>(
        &'a self,
        token: &'a Token,
        settings: &'a Settings,
        response: Option<&'a str>,
    ) -> Body<'a> {
        let Self { urls, shopper, .. } = self;
        Body::new(&self.common)
            .token("token", settings, token)
            .text("merchantId", &settings.merchant)
            .text("okUrl", &urls.ok)
            .text("failUrl", &urls.fail)
            .text("callbackUrl", &urls.callback)
            .maybe("response", response)
            .maybe("IpAddress", self.common.address())
            .personal("mobileNumber", shopper.mobile.as_ref())
            .maybe("birthDate", shopper.sent_birth_date(settings))
            .personal("email", shopper.email.as_ref())
            .personal("name", shopper.name.as_ref())
            .personal("surname", shopper.surname.as_ref())
            .personal("tckn", shopper.identity_number.as_ref())
    }
}
