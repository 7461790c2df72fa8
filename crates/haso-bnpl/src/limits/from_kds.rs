//! Sets a limit that the merchant's own system computed. Wire: `SetLimitFromKds` (JSON, write).

use kervan_core::problem::MISSING;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Money, Operation, Personal, Problems, ReadError,
    Reply,
};
use serde::{Deserialize, Serialize};

use crate::answer;
use crate::answer::Done;
use crate::check;
use crate::codes::Page;
use crate::common::Common;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::wire::{self, Fields, Sent, TokenRule};

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
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

const PAGE: Page = Page {
    name: "SetLimitFromKds",
    path: "RequestV2/SetLimitFromKds",
    token: TokenRule::Always,
    signed: &[
        "merchantId",
        "shopperName",
        "shopperSurname",
        "dealerSegment",
        "ipAddress",
    ],
    says_success: false,
    is_write: true,
};

impl SetLimitFromKds {
    /// A request from its required values.
    pub fn new(shopper: Shopper, segment: impl Into<String>, limit: Money) -> Self {
        Self {
            shopper,
            segment: segment.into(),
            limit,
            customer_segment: None,
            common: Common::new(),
        }
    }

    /// Sets the customer's segment.
    #[must_use]
    pub fn customer_segment(mut self, value: impl Into<String>) -> Self {
        self.customer_segment = Some(value.into());
        self
    }

    /// Sets the customer's address and further fields.
    #[must_use]
    pub fn common(mut self, common: Common) -> Self {
        self.common = common;
        self
    }

    fn fields<'a>(&'a self, settings: &'a Settings) -> Fields<'a> {
        let text = |value: &'a Option<Personal>| value.as_ref().map(Personal::as_str);
        let email =
            text(&self.shopper.email).map_or(Sent::Nothing, |email| Sent::Text(email.into()));
        Fields::new()
            .text("merchantId", &settings.merchant)
            .maybe("ipAddress", self.common.address())
            .maybe("shopperName", text(&self.shopper.name))
            .maybe("shopperSurname", text(&self.shopper.surname))
            .maybe("tckn", text(&self.shopper.identity_number))
            .maybe("mobileNumber", text(&self.shopper.mobile))
            .with(settings.quirks.email_field.as_ref(), email)
            .maybe(
                "birthDate",
                self.shopper.birth_date.and_then(|day| day.wire(settings)),
            )
            .text("dealerSegment", &self.segment)
            .number("kdsLimit", Some(self.limit.kurus()))
            .maybe("kdsSegment", self.customer_segment.as_deref())
    }
}

impl Operation for SetLimitFromKds {
    type Service = Settings;
    type Output = Done;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Blind
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        self.shopper.check(&mut problems, true);
        if self.shopper.identity_number.is_none() {
            problems.push(MISSING.at("shopper.identity_number"));
        }
        if self.shopper.birth_date.is_none() {
            problems.push(MISSING.at("shopper.birth_date"));
        }
        check::required(&mut problems, "segment", &self.segment, 10);
        check::not_negative(&mut problems, "limit", self.limit);
        check::optional(
            &mut problems,
            "customer_segment",
            self.customer_segment.as_deref(),
            check::NO_LENGTH,
        );
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
