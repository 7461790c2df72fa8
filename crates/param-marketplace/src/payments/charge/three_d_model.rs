//! Charges a card, 3D Model or without 3-D. Wire: `TP_WMD_UCD` (SOAP, write).

use kervan_core::{Class, Context, EncodeError, Operation, Problems};
use serde::Deserialize;

use crate::amount::ReceivedAmount;
use crate::endpoint::Endpoint;
use crate::payments::answer::{self, Charged, Payment, ShowPage, Way};
use crate::payments::card::Card;
use crate::payments::sale::{Sale, Security, check_installments};
use crate::payments::status::by_key::settled_by_key;
use crate::payments::status::query::PaymentStatus;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// Starts a payment in the 3D Model, or charges a card without 3-D. Provider's page: `TP_WMD_UCD`.
///
/// With 3-D, the answer is a page for the customer. The bank's result is posted to the shop, which
/// charges the card with [`CompletePayment`](crate::payments::CompletePayment).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ModelPayment {
    /// The order.
    pub sale: Sale,
    /// The card.
    pub card: Card,
    /// The number of installments, 1 to 12. Wire: `Taksit`.
    pub installments: u8,
    /// With or without 3-D.
    pub security: Security,
}

impl ModelPayment {
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

kervan_core::setters! { ModelPayment {
    /// Sets the number of parts.
    installments: u8,
}}

impl Operation for ModelPayment {
    type Service = Settings;
    type Output = Payment<ShowPage>;
    const ENDPOINT: Endpoint = Endpoint::payment("TP_WMD_UCD", "TP_WMD_UCDResult")
        .at_bank()
        .ignoring(IGNORED);
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
        Ok(wire_model_payment(self))
    }

    fn read(&self, reading: Reading<'_>) -> Read<Self::Output> {
        read(reading)
    }
}

settled_by_key! { ModelPayment: sale.key, sale.total => PaymentStatus::found_charged }

/// Reads the answer `ST_WMD_UCD`, which several calls share. Only the list of errors says that production
/// adds the net amount to it.
pub(crate) fn read(reading: Reading<'_>) -> Read<Payment<ShowPage>> {
    Ok(read_with_net(reading)?.may_lack(&NET))
}

/// Elements that only some answers of this shape have.
const NET: [&str; 3] = ["Net_Tutar", "Komisyon_Tutar", "Komisyon_Oran"];

/// Elements that a start lacks, because the bank has not been asked yet.
const OF_THE_BANK: [&str; 5] = [
    "Bank_Trans_ID",
    "Bank_AuthCode",
    "Bank_HostMsg",
    "Bank_Extra",
    "Bank_HostRefNum",
];
/// Elements that an answer without 3-D lacks, because it has no page.
const OF_THE_PAGE: [&str; 2] = ["Islem_GUID", "UCD_MD"];

/// Documented elements of the answer that no output has.
pub(crate) const IGNORED: &[&str] = &[
    // A value of the bank's, before the customer's proof. It is not what the second call wants.
    "UCD_MD",
    "Banka_Sonuc_Kod",
    "Bank_Trans_ID",
    "Bank_AuthCode",
    "Bank_HostMsg",
    "Bank_Extra",
    "Bank_HostRefNum",
    // Only the description of the test service has it.
    "Ext_Data",
];

/// Reads the answer `ST_WMD_UCD` of a call that reports the net amount.
pub(crate) fn read_with_net(reading: Reading<'_>) -> Read<Payment<ShowPage>> {
    let answer = reading.value::<WireAnswer>()?.may_lack(&["Ext_Data"]);
    let way = answer::way(
        reading.endpoint,
        "UCD_HTML",
        answer.html.as_deref(),
        answer.number.as_deref(),
        answer::is_page,
        "a page or `NONSECURE`",
    )?;
    Ok(match way {
        Way::Browser(html) => answer.may_lack(&OF_THE_BANK).map(|it| {
            Payment::Started(ShowPage {
                html,
                transaction: answer::trimmed(it.transaction),
                payment: answer::payment_id(it.number.as_deref()),
                order: answer::order(it.order),
                commission_rate: it.commission_rate,
                commission: it.commission,
                net: it.net,
            })
        }),
        Way::Done(receipt) => answer.may_lack(&OF_THE_PAGE).map(|it| {
            Payment::Charged(Charged {
                receipt,
                order: answer::order(it.order),
                commission_rate: it.commission_rate,
                commission: it.commission,
                net: it.net,
            })
        }),
    })
}

/// Builds the elements of the call and of its variants.
pub(crate) fn wire_model_payment(payment: &ModelPayment) -> Body {
    let sale = &payment.sale;
    let (amount, total) = (sale.amount.comma(), sale.total.comma());
    Body::with_login()
        .merchant()
        .and(payment.card.wire(sale.phone.as_ref()))
        .and(sale.wire_order())
        .text("Taksit", payment.installments)
        .text("Islem_Tutar", &amount)
        .text("Toplam_Tutar", &total)
        // The addresses are not part of this hash.
        .hash(
            "Islem_Hash",
            [&payment.installments, &amount, &total, &sale.order],
        )
        .and(sale.wire_rest(payment.security))
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Islem_ID")]
    number: Option<String>,
    #[serde(rename = "Islem_GUID")]
    transaction: Option<String>,
    #[serde(rename = "UCD_HTML")]
    html: Option<String>,
    #[serde(rename = "Siparis_ID")]
    order: Option<String>,
    #[serde(rename = "Net_Tutar")]
    net: Option<ReceivedAmount>,
    #[serde(rename = "Komisyon_Tutar")]
    commission: Option<ReceivedAmount>,
    #[serde(rename = "Komisyon_Oran")]
    commission_rate: Option<String>,
}
