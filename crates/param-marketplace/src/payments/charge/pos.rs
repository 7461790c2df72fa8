//! Charges a card, 3D Pay or without 3-D. Wire: `Pos_Odeme` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use crate::endpoint::Endpoint;
use crate::payments::answer::{self, Charged, Payment, VisitUrl, Way};
use crate::payments::card::Card;
use crate::payments::sale::{Sale, Security, check_installments};
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Charges a card in lira: 3D Pay, or without 3-D. Provider's page: Ödeme (`Pos_Odeme`).
///
/// With 3-D, the answer is an address for the browser; Param charges the card there and posts the
/// result to the shop.
///
/// After an unknown [`outcome`](kervan_core::Error::outcome), settle it before you send it again, because
/// the service makes a new payment even of a used order number.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PosPayment {
    /// The order.
    pub sale: Sale,
    /// The card.
    pub card: Card,
    /// The number of installments, 1 to 12. Wire: `Taksit`.
    pub installments: u8,
    /// With or without 3-D.
    pub security: Security,
}

impl PosPayment {
    /// Creates a payment in one part.
    pub fn new(sale: Sale, card: Card, security: Security) -> Self {
        Self {
            sale,
            card,
            installments: 1,
            security,
        }
    }
}

kervan_core::setters! { PosPayment {
    /// Sets the number of parts.
    installments: u8,
}}

impl Operation for PosPayment {
    type Service = Settings;
    type Output = Payment<VisitUrl>;
    const ENDPOINT: Endpoint = Endpoint::payment("Pos_Odeme", "Pos_OdemeResult")
        .at_bank()
        .ignoring(&["Banka_Sonuc_Kod"]);
    const CLASS: Class = Class::Charge;

    fn class(&self) -> Class {
        self.security.class()
    }

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sale.check(problems, 10);
        self.card.check(problems);
        check_installments(problems, self.installments);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let sale = &self.sale;
        let (amount, total) = (sale.amount.comma(), sale.total.comma());
        Ok(Body::with_login()
            .merchant()
            .and(self.card.wire(sale.phone.as_ref()))
            .and(sale.wire_order())
            .text("Taksit", self.installments)
            .text("Islem_Tutar", &amount)
            .text("Toplam_Tutar", &total)
            .hash(
                "Islem_Hash",
                [
                    &self.installments,
                    &amount,
                    &total,
                    &sale.order,
                    &sale.failure_url,
                    &sale.success_url,
                ],
            )
            .and(sale.wire_rest(self.security))
            .text("Data6", sale.data.get(5))
            .text("Data7", sale.data.get(6))
            .text("Data8", sale.data.get(7))
            .text("Data9", sale.data.get(8))
            .text("Data10", sale.data.get(9)))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        read(reading)
    }
}

settled_by_key! { PosPayment: sale.key, sale.total => PaymentStatus::found_charged }

/// Reads the answer `ST_TP_Islem_Odeme`, which several calls share.
pub(crate) fn read(reading: Reading<'_>) -> Read<Payment<VisitUrl>> {
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
        // Recorded starts lack it.
        Way::Browser(url) => answer.may_lack(&["Siparis_ID"]).map(|it| {
            Payment::Started(VisitUrl {
                url,
                transaction: None,
                payment: answer::payment_id(it.number.as_deref()),
                order: answer::order(it.order),
                commission_rate: it.commission_rate,
            })
        }),
        Way::Done(receipt) => answer.map(|it| {
            Payment::Charged(Charged {
                receipt,
                order: answer::order(it.order),
                commission_rate: it.commission_rate,
                commission: None,
                net: None,
            })
        }),
    })
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Islem_ID")]
    number: Option<String>,
    #[serde(rename = "UCD_URL")]
    url: Option<String>,
    #[serde(rename = "Siparis_ID")]
    order: Option<String>,
    #[serde(rename = "Komisyon_Oran")]
    commission_rate: Option<String>,
}
