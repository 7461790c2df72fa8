//! Charges a stored card, with 3D Pay or without 3-D. Wire: `KS_Tahsilat` (SOAP, write).

use kervan_core::problem::MISSING;
use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::values::{CardCode, CardOwner, StoredCardKey, check_owner};
use crate::endpoint::Endpoint;
use crate::payments::answer::{Payment, VisitUrl};
use crate::payments::charge::pos;
use crate::payments::sale::{Sale, Security, check_installments};
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::typed;

/// The maximum number of texts and the maximum length of addresses, both smaller than elsewhere.
const TEXTS: usize = 4;
const URL: usize = 250;

/// Charges a stored card in lira: 3D Pay, or without 3-D. Provider's page: `KS_Tahsilat`.
///
/// The request is not signed by a hash, and the page of the result does not list one. Confirm the result
/// with [`QueryPayment`](crate::payments::QueryPayment).
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), settle it before you send it again, because
/// the service makes a new payment even of a used order number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ChargeStoredCard {
    /// The order, with up to four texts and addresses of up to 250 characters.
    pub sale: Sale,
    /// The card. Wire: `KS_GUID`.
    pub card: StoredCardKey,
    /// The shop's key that the card was stored with. Wire: `KK_Islem_ID`.
    #[serde(default)]
    pub owner: Option<CardOwner>,
    /// The card's code, which 3-D needs. Wire: `CVV`.
    #[serde(default)]
    pub code: Option<CardCode>,
    /// The number of installments, 1 to 12. Wire: `Taksit`.
    pub installments: u8,
    /// With or without 3-D.
    pub security: Security,
}

impl ChargeStoredCard {
    /// Creates a payment in one part with 3-D, which needs the card's code.
    pub fn with_3d(sale: Sale, card: impl Into<StoredCardKey>, code: CardCode) -> Self {
        Self {
            code: Some(code),
            ..Self::without_3d(sale, card).secured(Security::ThreeD)
        }
    }

    /// Creates a payment in one part without 3-D and without the card's code.
    pub fn without_3d(sale: Sale, card: impl Into<StoredCardKey>) -> Self {
        Self {
            sale,
            card: card.into(),
            owner: None,
            code: None,
            installments: 1,
            security: Security::None,
        }
    }

    fn secured(mut self, security: Security) -> Self {
        self.security = security;
        self
    }
}

kervan_core::setters! { ChargeStoredCard {
    /// Sets the shop's key that the card was stored with.
    owner: into Option<CardOwner>,
    /// Sets the number of parts.
    installments: u8,
}}

impl Operation for ChargeStoredCard {
    type Service = Settings;
    type Output = Payment<VisitUrl>;
    const ENDPOINT: Endpoint = Endpoint::stored_cards("KS_Tahsilat", "KS_TahsilatResult")
        .at_bank()
        .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.security.class()
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sale.check_unhashed(problems, TEXTS, URL);
        self.card.check(problems);
        check_owner(problems, "owner", self.owner.as_ref());
        match &self.code {
            Some(code) => code.check(problems),
            None if self.security == Security::None => {}
            None => problems.push(MISSING.at("code")),
        }
        check_installments(problems, self.installments);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_charge_body(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        // The same shape with two elements less.
        Ok(pos::read(reading)?.may_lack(&["Siparis_ID", "Komisyon_Oran"]))
    }
}

settled_by_key! { ChargeStoredCard: sale.key, sale.total => PaymentStatus::found_charged }

/// Builds the elements of both ways to charge a stored card.
pub(super) fn wire_charge_body(payment: &ChargeStoredCard) -> Body {
    let sale = &payment.sale;
    Body::with_login()
        .merchant()
        .card_text("KS_GUID", payment.card.expose())
        .and(match &payment.code {
            Some(code) => Body::new().card("CVV", code.expose()),
            None => Body::new().text("CVV", ""),
        })
        .text("KK_Sahibi_GSM", sale.phone.as_ref().map(typed::mobile))
        .and(sale.wire_order())
        .text("Taksit", payment.installments)
        .text("Islem_Tutar", sale.amount.comma())
        .text("Toplam_Tutar", sale.total.comma())
        .and(sale.wire_attempt(payment.security))
        .text("Data1", sale.data.first())
        .text("Data2", sale.data.get(1))
        .text("Data3", sale.data.get(2))
        .text("Data4", sale.data.get(3))
        .text("KK_Islem_ID", &payment.owner)
}
