//! Starts a limit request that the customer confirms with a PIN. Wire: `HasoAuthSendInfo` (JSON, write).

use kervan_core::Reason;
use kervan_core::error::Unreadable;
use kervan_core::problem::MISSING;
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply,
};
use serde::{Deserialize, Serialize};

use super::progress::LimitProgress;
use crate::codes::Page;
use crate::common::Common;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::shopper::Shopper;
use crate::wire::{self, Fields, Sent, TokenRule};

/// Registers a customer, asks the credit bureau and has a PIN sent by SMS; or gives the limit where a
/// valid one exists.
///
/// A start: the answer's number is needed for everything that follows, so nobody can use a request
/// whose answer is lost. Start anew; each start may send an SMS.
///
/// HASO's page has one more field behind the e-mail address. Its name begins with `dea`, perhaps
/// `dealerSegment`, and the rest could not be read. Add it with
/// [`Common::extra`](crate::Common::extra) under the name that the contract's documents give.
///
/// **No call finds out whether a start arrived**: its number is in the lost answer. After an
/// unknown outcome start anew, which may send a second SMS.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StartLimitByPin {
    /// The customer, all of it but the birth date. Wire: `shopperName`, `shopperSurname`, `tckn`,
    /// `mobileNumber`, and the e-mail address under [`Quirks::email_field`](crate::Quirks).
    pub shopper: Shopper,
    /// Whether this is a test, in which any PIN will do. Wire: `testOn`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<bool>,
    /// The customer's address and further fields.
    #[serde(default, skip_serializing_if = "Common::is_empty")]
    pub common: Common,
}

/// The page was read in part; the signature is inference.
const PAGE: Page = Page {
    name: "HasoAuthSendInfo",
    path: "RequestV2/HasoAuthSendInfo",
    token: TokenRule::Always,
    signed: &[
        "merchantId",
        "shopperName",
        "shopperSurname",
        "tckn",
        "mobileNumber",
        "ipAddress",
    ],
    says_success: false,
    is_write: true,
};

impl StartLimitByPin {
    /// A request from its required values.
    pub fn new(shopper: Shopper) -> Self {
        Self {
            shopper,
            test: None,
            common: Common::new(),
        }
    }

    /// Sets whether this is a test, in which any PIN will do.
    #[must_use]
    pub fn test(mut self, value: bool) -> Self {
        self.test = Some(value);
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
            .flag("testOn", self.test)
    }
}

impl Operation for StartLimitByPin {
    type Service = Settings;
    type Output = LimitProgress;
    const ENDPOINT: &'static Page = &PAGE;

    fn class(&self) -> Class {
        Class::Start
    }

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let settings = context.settings();
        let mut problems = Problems::new();
        self.shopper.check(&mut problems, true);
        if self.shopper.identity_number.is_none() {
            problems.push(MISSING.at("shopper.identity_number"));
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

    fn read(
        &self,
        (settings, reply): (&Settings, &Reply),
    ) -> Result<LimitProgress, ReadError<Rejection>> {
        let progress = LimitProgress::read(&PAGE, settings, reply, &[])?;
        // Without its number nobody can confirm the request.
        if progress.reference.is_none() && progress.limit.is_none() {
            return Err(Unreadable::at("Data.KkbRefNo", Reason::Missing).into());
        }
        Ok(progress)
    }
}
