//! Checks a card with 3-D without charging it. Wire: `TP_KK_Verify` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems, Secret};
use serde::Deserialize;

use crate::endpoint::Endpoint;
use crate::payments::answer::Payment;
use crate::payments::card::Card;
use crate::payments::charge::browser::{self, BrowserAddress};
use crate::payments::charge::pos;
use crate::payments::sale::{check_data, check_return_url};
use crate::rules;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Checks a card: the customer is authenticated at the bank as its holder, and nothing is charged.
/// Provider's page: `TP_KK_Verify`.
///
/// The result is **not signed**: anybody can post it. Only the token separates the bank's answer from a
/// forgery, and the customer's browser sees it. So the result is only a hint; see
/// [`CardCheckHint`](crate::payments::CardCheckHint).
///
/// After an unknown outcome start another check: nothing is charged, and no query finds the first one.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct VerifyCard {
    /// The card. Its holder is not sent.
    pub card: Card,
    /// A random text that is used once: 16 to 250 visible characters of ASCII. It comes back with the
    /// result. Wire: `Data1`.
    pub token: Secret,
    /// The address that the browser visits afterwards. Wire: `Return_URL`, up to 256 characters.
    #[serde(default)]
    pub return_url: Option<Personal>,
    /// Up to four texts that come back. Wire: `Data2` to `Data5`, up to 250 characters each.
    #[serde(default)]
    pub data: Vec<Personal>,
}

impl VerifyCard {
    /// Checks a card. Generate a new token for each check.
    pub fn new(card: Card, token: impl Into<Secret>) -> Self {
        Self {
            card,
            token: token.into(),
            return_url: None,
            data: Vec::new(),
        }
    }
}

kervan_core::setters! { VerifyCard {
    /// Sets the address that the browser visits afterwards.
    return_url: into Option<Personal>,
}}

impl Operation for VerifyCard {
    type Service = Settings;
    type Output = BrowserAddress;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_KK_Verify", "TP_KK_VerifyResult")
        .at_bank()
        .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::Start;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.card.check_but_holder(problems);
        let token = self.token.expose().as_bytes();
        if !(16..=250).contains(&token.len()) || !token.iter().all(u8::is_ascii_graphic) {
            problems.push(rules::TOKEN.at("token"));
        }
        if let Some(url) = &self.return_url {
            check_return_url(problems, "return_url", url.as_str(), 256);
        }
        check_data(problems, "data", &self.data, 4);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .and(self.card.wire_checked())
            .text("Return_URL", &self.return_url)
            .card("Data1", self.token.expose())
            .text("Data2", self.data.first())
            .text("Data3", self.data.get(1))
            .text("Data4", self.data.get(2))
            .text("Data5", self.data.get(3)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<BrowserAddress> {
        pos::read(reading)?.try_map(|payment| match payment {
            Payment::Started(visit) => Ok(visit.into()),
            // A check charges nothing, so an answer that says so is not one.
            Payment::Charged(_) => Err(browser::no_address(reading.endpoint, "UCD_URL").into()),
        })
    }
}
