//! Charges a card in a foreign currency, in one part. Wire: `TP_Islem_Odeme_WD` (SOAP, write).

use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Personal, Problems};
use serde::Deserialize;

use super::pos;
use super::whole::wire_whole;
use crate::endpoint::Endpoint;
use crate::payments::answer::{Payment, VisitUrl};
use crate::payments::card::Card;
use crate::payments::currency::Currency;
use crate::payments::sale::{Sale, Security};
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Charges a card in a foreign currency: 3D Pay, or without 3-D. Provider's page: `TP_Islem_Odeme_WD`.
///
/// The documentation says for foreign cards only. Installments are not possible. The callback names the
/// currency in a text of its own (`TL`, `USD`, `EUR`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CurrencyPayment {
    /// The currency of the amounts. Wire: `Doviz_Kodu`.
    pub currency: Currency,
    /// The order, with a description and up to five texts.
    pub sale: Sale,
    /// The card.
    pub card: Card,
    /// With or without 3-D.
    pub security: Security,
}

impl CurrencyPayment {
    /// Creates a payment. The sale needs a description.
    pub fn new(currency: Currency, sale: Sale, card: Card, security: Security) -> Self {
        Self {
            currency,
            sale,
            card,
            security,
        }
    }
}

impl Operation for CurrencyPayment {
    type Service = Settings;
    type Output = Payment<VisitUrl>;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_Islem_Odeme_WD", "TP_Islem_Odeme_WDResult")
        .at_bank()
        .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.security.class()
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sale.check(problems, 5);
        let description = self.sale.description.as_ref();
        if description.is_none_or(Personal::is_blank) {
            problems.push(MISSING.at("sale.description"));
        }
        self.card.check(problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .text("Doviz_Kodu", self.currency.wire())
            .and(wire_whole(&self.sale, &self.card, self.security)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        pos::read(reading)
    }
}

settled_by_key! { CurrencyPayment: sale.key, sale.total => PaymentStatus::found_charged }
