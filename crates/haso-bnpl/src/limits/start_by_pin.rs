//! Starts a limit request that the customer confirms with a PIN. Wire: `HasoAuthSendInfo` (JSON, write).

use kervan_core::error::Unreadable;
use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Problems, Reason};
use serde::{Deserialize, Serialize};

use super::progress::LimitProgress;
use crate::common_fields::CommonFields;
use crate::endpoint::{Area, Endpoint};
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::shopper::Shopper;

/// Registers a customer, asks the credit bureau and has a PIN sent by SMS; or returns the limit where a valid
/// one exists.
///
/// A start: the answer's number is needed for everything that follows, so a request is useless after a lost
/// answer. Start anew; each start may send an SMS.
///
/// HASO's page has one more field behind the e-mail address. Its name begins with `dea`, perhaps
/// `dealerSegment`, and the rest could not be read. Add it with
/// [`CommonFields::extra`](crate::CommonFields::extra) under the name that the contract's documents give.
///
/// **No call finds a start that arrived**, because its number is in the lost answer. After an
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
    #[serde(default, skip_serializing_if = "CommonFields::is_empty")]
    pub common: CommonFields,
}

impl StartLimitByPin {
    /// Creates a request from its required values.
    pub fn new(shopper: Shopper) -> Self {
        Self {
            shopper,
            test: None,
            common: CommonFields::new(),
        }
    }
}

kervan_core::setters! { StartLimitByPin {
    /// Sets whether this is a test, in which any PIN will do.
    test: Option<bool>,
    /// Sets the customer's address and further fields.
    common: CommonFields,
}}

impl Operation for StartLimitByPin {
    type Service = Settings;
    type Output = LimitProgress;
    /// The page was read in part; the signature is inference.
    const ENDPOINT: Endpoint = Endpoint::write(Area::RequestV2, "HasoAuthSendInfo").signed(&[
        "merchantId",
        "shopperName",
        "shopperSurname",
        "tckn",
        "mobileNumber",
        "ipAddress",
    ]);
    const CLASS: Class = Class::Start;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.shopper.check(context, problems, true);
        if self.shopper.identity_number.is_none() {
            problems.push(MISSING.at("shopper.identity_number"));
        }
    }

    fn body<'a>(&'a self, context: &Context<'a, Settings>) -> Result<Body<'a>, EncodeError> {
        Ok(self
            .shopper
            .body(context.settings(), &self.common)
            .flag("testOn", self.test))
    }

    fn read(&self, reading: Reading<'_>) -> Read<LimitProgress> {
        let progress = LimitProgress::read(reading, &[])?;
        // Without its number nobody can confirm the request.
        if progress.reference.is_none() && progress.limit.is_none() {
            return Err(Unreadable::at("Data.KkbRefNo", Reason::Missing).into());
        }
        Ok(progress)
    }
}
