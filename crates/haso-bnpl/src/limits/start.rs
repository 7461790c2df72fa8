//! A request for a customer's limit, in whichever way it travels.

use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problems};
use serde::{Deserialize, Serialize};

use crate::check;
use crate::common::Common;
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::token::Token;
use crate::urls::ResultUrls;
use crate::wire::Fields;

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
    /// A request for a customer of whom nothing is known.
    pub fn new(urls: ResultUrls) -> Self {
        Self {
            urls,
            shopper: Shopper::new(),
            common: Common::new(),
        }
    }

    /// Sets what is known of the customer.
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
        check::required(problems, "token", token.expose(), check::NO_LENGTH);
        self.urls.check(problems);
        self.shopper.check(problems, false);
        self.common.check(problems);
    }

    /// The fields in documented order; with `response` an answer in JSON is asked for.
    pub(super) fn fields<'a>(
        &'a self,
        token: &'a Token,
        settings: &'a Settings,
        response: Option<&'a str>,
    ) -> Fields<'a> {
        let personal = |value: &'a Option<Personal>| value.as_ref().map(Personal::as_str);
        let shopper = &self.shopper;
        let token = if settings.is_dry_run {
            REDACTED
        } else {
            token.expose()
        };
        Fields::new()
            .text("token", token)
            .text("merchantId", &settings.merchant)
            .text("okUrl", &self.urls.ok)
            .text("failUrl", &self.urls.fail)
            .text("callbackUrl", &self.urls.callback)
            .maybe("response", response)
            .maybe("IpAddress", self.common.address())
            .maybe("mobileNumber", personal(&shopper.mobile))
            .maybe(
                "birthDate",
                shopper.birth_date.and_then(|day| day.wire(settings)),
            )
            .maybe("email", personal(&shopper.email))
            .maybe("name", personal(&shopper.name))
            .maybe("surname", personal(&shopper.surname))
            .maybe("tckn", personal(&shopper.identity_number))
    }
}
