//! Charges a stored card, with the 3D Model or without 3-D. Wire: `KS_Tahsilat_UCD` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::charge::{ChargeStoredCard, wire_charge_body};
use crate::endpoint::Endpoint;
use crate::payments::answer::{Payment, ShowPage};
use crate::payments::charge::three_d_model;
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Charges a stored card: 3D Model, or without 3-D. Provider's page: `KS_Tahsilat_UCD`.
///
/// With 3-D, the answer is a page for the customer. The bank's result is posted to the shop, which charges
/// the card with [`CompletePayment`](crate::payments::CompletePayment). The provider does not document
/// whether the callback is signed like that of [`ModelPayment`](crate::payments::ModelPayment).
#[derive(Debug, Deserialize)]
#[serde(transparent)]
#[non_exhaustive]
pub struct ChargeStoredCardWithModel {
    /// The payment.
    pub payment: ChargeStoredCard,
}

impl ChargeStoredCardWithModel {
    /// Creates a payment in the 3D Model.
    pub fn new(payment: ChargeStoredCard) -> Self {
        Self { payment }
    }
}

/// Elements that this answer lacks and others of its shape have.
const LACKING: [&str; 5] = [
    "Bank_Trans_ID",
    "Bank_AuthCode",
    "Bank_HostMsg",
    "Bank_Extra",
    "Bank_HostRefNum",
];

impl Operation for ChargeStoredCardWithModel {
    type Service = Settings;
    type Output = Payment<ShowPage>;
    const ENDPOINT: Endpoint = Endpoint::stored_cards("KS_Tahsilat_UCD", "KS_Tahsilat_UCDResult")
        .at_bank()
        .ignoring(three_d_model::IGNORED);
    const CLASS: Class = ChargeStoredCard::CLASS;

    fn class(&self) -> Class {
        self.payment.class()
    }

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.payment.check(context, problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_charge_body(&self.payment))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        Ok(three_d_model::read(reading)?.may_lack(&LACKING))
    }
}

settled_by_key! { ChargeStoredCardWithModel: payment.sale.key, payment.sale.total => PaymentStatus::found_charged }
