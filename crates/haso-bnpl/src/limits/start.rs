//! A request for a customer's limit, before it is a form.

use kervan_core::{Context, Problems};
use serde::{Deserialize, Serialize};

use crate::check::{Checks as _, NO_LENGTH};
use crate::common_fields::CommonFields;
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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl StartLimit {
    /// Creates a request for an unknown customer.
    pub fn new(urls: ResultUrls) -> Self {
        Self {
            urls,
            shopper: Shopper::new(),
            common: CommonFields::new(),
        }
    }

    pub(super) fn check(
        &self,
        token: &Token,
        context: &Context<'_, Settings>,
        problems: &mut Problems,
    ) {
        problems.exact("token", token.expose(), NO_LENGTH);
        self.urls.check(problems);
        self.shopper.check(context, problems, false);
    }

    /// Returns the fields in documented order; `response` asks for an answer in JSON.
    pub(super) fn body<'a>(
        &'a self,
        token: &'a Token,
        context: &Context<'a, Settings>,
        response: Option<&'a str>,
    ) -> Body<'a> {
        let settings = context.settings();
        Body::new(&self.common)
            .token("token", settings, token)
            .text("merchantId", &settings.merchant)
            .result_urls(&self.urls)
            .maybe("response", response)
            .address("IpAddress", &self.common)
            .shopper(&self.shopper, context)
    }
}

kervan_core::setters! { StartLimit {
    /// Sets the known part of the customer.
    shopper: Shopper,
    /// Sets the customer's IP address and further fields.
    common: CommonFields,
}}
