//! Reserves an amount, 3D Model. Wire: `TP_Islem_Odeme_OnProv_WMD` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::reservation::{self, Reservation, ShowReservation};
use crate::endpoint::Endpoint;
use crate::payments::card::Card;
use crate::payments::charge::three_d_model;
use crate::payments::charge::whole::wire_whole;
use crate::payments::sale::{Sale, Security, check_installments};
use crate::payments::status::by_key::settled_by_key;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Reserves an amount in lira. Provider's page: `TP_Islem_Odeme_OnProv_WMD`.
///
/// With 3-D, the answer is a page for the customer. The bank's result is posted to the shop, which
/// reserves the amount with [`CompleteReservation`](crate::payments::CompleteReservation).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReserveWithModel {
    /// The order, with up to five texts.
    pub sale: Sale,
    /// The card.
    pub card: Card,
    /// The number of installments, 1 to 12. Wire: `Taksit`, which the hash does not cover.
    pub installments: u8,
    /// With or without 3-D.
    pub security: Security,
}

impl ReserveWithModel {
    /// Creates a reservation in one part.
    pub fn new(sale: Sale, card: Card, security: Security) -> Self {
        Self {
            sale,
            card,
            installments: 1,
            security,
        }
    }
}

kervan_core::setters! { ReserveWithModel {
    /// Sets the number of parts.
    installments: u8,
}}

impl Operation for ReserveWithModel {
    type Service = Settings;
    type Output = Reservation<ShowReservation>;
    const ENDPOINT: Endpoint = Endpoint::payment(
        "TP_Islem_Odeme_OnProv_WMD",
        "TP_Islem_Odeme_OnProv_WMDResult",
    )
    .at_bank()
    .ignoring(three_d_model::IGNORED);
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.security.class()
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sale.check(problems, 5);
        self.card.check(problems);
        check_installments(problems, self.installments);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login()
            .and(wire_whole(&self.sale, &self.card, self.security))
            .text("Taksit", self.installments))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        Ok(three_d_model::read(reading)?.map(Reservation::from))
    }
}

settled_by_key! { ReserveWithModel: sale.key, sale.total => reservation::found }
