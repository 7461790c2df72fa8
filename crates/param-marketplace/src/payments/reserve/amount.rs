//! Reserves an amount, 3D Pay. Wire: `TP_Islem_Odeme_OnProv` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use super::reservation::{self, Reservation, Reserved, VisitReservation};
use crate::endpoint::Endpoint;
use crate::payments::answer::{self, VisitUrl, Way};
use crate::payments::card::Card;
use crate::payments::charge::whole::wire_whole;
use crate::payments::sale::{Sale, Security};
use crate::payments::status::by_key::settled_by_key;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Reserves an amount in lira, in one part. Provider's page: `TP_Islem_Odeme_OnProv`.
///
/// With 3-D, the answer is an address for the browser; Param reserves the amount there and posts the
/// result to the shop. [`CaptureReservation`](crate::payments::CaptureReservation) charges the card,
/// [`VoidReservation`](crate::payments::VoidReservation) releases the amount.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReserveAmount {
    /// The order, with up to five texts.
    pub sale: Sale,
    /// The card.
    pub card: Card,
    /// With or without 3-D.
    pub security: Security,
}

impl ReserveAmount {
    /// Creates a reservation.
    pub fn new(sale: Sale, card: Card, security: Security) -> Self {
        Self {
            sale,
            card,
            security,
        }
    }
}

impl Operation for ReserveAmount {
    type Service = Settings;
    type Output = Reservation<VisitReservation>;
    const ENDPOINT: Endpoint =
        Endpoint::payment("TP_Islem_Odeme_OnProv", "TP_Islem_Odeme_OnProvResult")
            .at_bank()
            .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.security.class()
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sale.check(problems, 5);
        self.card.check(problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(Body::with_login().and(wire_whole(&self.sale, &self.card, self.security)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        let answer = reading.value::<WireAnswer>()?;
        let way = answer::way(
            reading.endpoint,
            "UCD_URL",
            answer.url.as_deref(),
            answer.number.as_deref(),
            answer::is_address,
            "an https address or `NONSECURE`",
        )?;
        Ok(match way {
            Way::Browser(url) => answer.may_lack(&["Siparis_ID"]).map(|it| {
                let visit = VisitUrl {
                    url,
                    transaction: answer::trimmed(it.transaction),
                    payment: answer::payment_id(it.number.as_deref()),
                    order: answer::order(it.order),
                    commission_rate: None,
                };
                Reservation::Started(VisitReservation { visit })
            }),
            Way::Done(number) => answer.may_lack(&["Islem_GUID"]).map(|it| {
                Reservation::Reserved(Reserved {
                    provision: number.as_str().into(),
                    order: answer::order(it.order),
                })
            }),
        })
    }
}

settled_by_key! { ReserveAmount: sale.key, sale.total => reservation::found }

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Islem_ID")]
    number: Option<String>,
    #[serde(rename = "UCD_URL")]
    url: Option<String>,
    #[serde(rename = "Islem_GUID")]
    transaction: Option<String>,
    #[serde(rename = "Siparis_ID")]
    order: Option<String>,
}
