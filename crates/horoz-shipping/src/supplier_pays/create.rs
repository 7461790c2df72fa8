//! Creates an order billed to the supplier's contract. Wire: `createPaysSupplierShipping` (JSON, write).

use std::borrow::Cow;

use kervan_core::json;
use kervan_core::time::DateForm;
use kervan_core::{
    Drift, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError, Reply, Sent,
    Settle, Settled, text,
};
use serde::{Deserialize, Serialize};

use super::line::{Line, Measure};
use super::party::Party;
use super::request::{CreateSupplierPaysOrder, Direction};
use crate::codes::{self, CREATE_SUPPLIER_PAYS, Kind, Page};
use crate::rejection::Rejection;
use crate::settings::{EmptyValue, LetterCase, RecipientAddressKey, Settings};
use crate::{Client, Error, wire};

/// The order was created. Horoz gives no number of its own: the request number stays the handle.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreatedOrder {
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

const PAGE: Page = Page {
    method: "createPaysSupplierShipping",
    envelope: Some("response"),
    codes: CREATE_SUPPLIER_PAYS,
};

impl Client {
    /// Creates an order billed to the supplier's contract. Sent at most once.
    ///
    /// After an unknown [`outcome`](kervan_core::Error::outcome), do not give the order a new
    /// number: [`settle_supplier_pays_order`](Client::settle_supplier_pays_order) finds out what
    /// became of it, because Horoz takes each request number once.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] with [`Kind::Duplicate`] when the request number is taken and
    /// [`Kind::BrokenPlaces`] when an earlier record of it has a bad place; see [`Error`] for the
    /// rest.
    pub async fn create_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<CreatedOrder, Error> {
        self.call(order).await
    }

    /// Finds out what became of an order whose outcome is unknown, by sending it once more under
    /// the same request number: Horoz either creates it now or says that it exists.
    ///
    /// Do not change the order between the two. That an order of this number exists says nothing
    /// about its content: a number that another order had taken long before looks the same.
    pub async fn settle_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Settled<CreatedOrder, Rejection> {
        self.caller().settle(order).await
    }

    /// Creates an order and, after an unknown outcome, settles it under the same request number,
    /// as often and with the pauses that [`Retry`](kervan_core::Retry) says.
    ///
    /// Safe to call again for the same order, as after a crash: an order that exists under its
    /// number is [`Sent::AlreadyDone`]. So a number must never be used for two orders: the second
    /// would look as if it were done.
    ///
    /// # Errors
    ///
    /// As [`create_supplier_pays_order`](Client::create_supplier_pays_order). An unknown outcome
    /// here means that all tries failed to settle it.
    pub async fn send_or_settle_supplier_pays_order(
        &self,
        order: &CreateSupplierPaysOrder,
    ) -> Result<Sent<CreatedOrder>, Error> {
        self.caller().send_or_settle(order).await
    }
}

impl Operation for CreateSupplierPaysOrder {
    type Settings = Settings;
    type Output = CreatedOrder;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.method;
    const EFFECT: Effect = Effect::Write;

    fn result_codes() -> Vec<&'static str> {
        codes::texts(PAGE.codes)
    }

    fn check(&self, settings: &Settings) -> Problems {
        self.problems(settings)
    }

    fn encode(&self, settings: &Settings) -> Result<HttpRequest, EncodeError> {
        let body = json::encode(&WireOrder::new(self, settings)?)?;
        wire::post(settings, &settings.paths.create_supplier_pays, body)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<CreatedOrder, ReadError<Rejection>> {
        let (answer, drift) = wire::read::<WireAnswer>(&PAGE, settings, reply)?;
        Ok(CreatedOrder {
            message: wire::message(answer.message, settings),
            drift,
        })
    }
}

impl Settle for CreateSupplierPaysOrder {
    type ReadBack = Self;

    /// The order itself: a request number is taken once, so a repeat is harmless.
    fn read_back(&self) -> Self {
        self.clone()
    }

    fn is_already_done(rejection: &Rejection) -> bool {
        rejection.kind == Kind::Duplicate
    }

    fn settled(&self, answer: Result<CreatedOrder, Error>) -> Settled<CreatedOrder, Rejection> {
        match answer {
            Ok(created) => Settled::Done(created),
            Err(Error::Rejected(no)) => match no.kind {
                Kind::Duplicate => Settled::AlreadyDone,
                Kind::BrokenPlaces => Settled::Refused(no),
                // What is said of the repeat need not have been said of the order sent before.
                _ => Settled::Open(Error::Rejected(no)),
            },
            Err(open) => Settled::Open(open),
        }
    }
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "responseCode")]
    _code: String,
    #[serde(rename = "responseMessage")]
    message: Option<String>,
}

/// A text, or what stands for an empty one: `None` is no key, `Some(None)` is `null`.
type WireText<'a> = Option<Option<Cow<'a, str>>>;

/// The body, in the order of the provider's table.
#[derive(Serialize)]
struct WireOrder<'a> {
    #[serde(rename = "requestNumber")]
    number: &'a str,
    #[serde(rename = "customerRefNo")]
    reference: &'a str,
    #[serde(rename = "senderCode")]
    sender_code: u64,
    #[serde(rename = "senderTitle", skip_serializing_if = "Option::is_none")]
    sender_title: WireText<'a>,
    #[serde(rename = "senderCity", skip_serializing_if = "Option::is_none")]
    sender_city: WireText<'a>,
    #[serde(rename = "senderCounty", skip_serializing_if = "Option::is_none")]
    sender_county: WireText<'a>,
    #[serde(rename = "senderAdress", skip_serializing_if = "Option::is_none")]
    sender_address: WireText<'a>,
    #[serde(rename = "senderPhoneNumber", skip_serializing_if = "Option::is_none")]
    sender_phone: WireText<'a>,
    #[serde(rename = "senderEmail", skip_serializing_if = "Option::is_none")]
    sender_email: WireText<'a>,
    #[serde(rename = "recipientCode")]
    recipient_code: u64,
    #[serde(rename = "recipientTitle", skip_serializing_if = "Option::is_none")]
    recipient_title: WireText<'a>,
    #[serde(rename = "recipientCity", skip_serializing_if = "Option::is_none")]
    recipient_city: WireText<'a>,
    #[serde(rename = "recipientCounty", skip_serializing_if = "Option::is_none")]
    recipient_county: WireText<'a>,
    #[serde(rename = "recipientAdress", skip_serializing_if = "Option::is_none")]
    recipient_address_of_sample: WireText<'a>,
    #[serde(rename = "recipientAddress", skip_serializing_if = "Option::is_none")]
    recipient_address_of_table: WireText<'a>,
    #[serde(
        rename = "recipientPhoneNumber",
        skip_serializing_if = "Option::is_none"
    )]
    recipient_phone: WireText<'a>,
    #[serde(rename = "recipientEmail", skip_serializing_if = "Option::is_none")]
    recipient_email: WireText<'a>,
    #[serde(rename = "taxOffice", skip_serializing_if = "Option::is_none")]
    tax_office: WireText<'a>,
    #[serde(rename = "taxNumber", skip_serializing_if = "Option::is_none")]
    tax_number: WireText<'a>,
    #[serde(rename = "shipmentCount")]
    count: u64,
    #[serde(rename = "totalDesi", serialize_with = "json::number")]
    desi: Measure,
    #[serde(rename = "shippingType")]
    shipping_type: &'a str,
    #[serde(rename = "requestDate")]
    request_day: String,
    #[serde(rename = "requestedDeliveryDate")]
    delivery_day: String,
    #[serde(rename = "shippingDetail")]
    lines: Vec<WireLine<'a>>,
}

#[derive(Serialize)]
struct WireLine<'a> {
    #[serde(rename = "productCode")]
    product_code: Cow<'a, str>,
    #[serde(rename = "productName")]
    product_name: Cow<'a, str>,
    #[serde(rename = "quantity")]
    quantity: u32,
    #[serde(rename = "weightInKg", serialize_with = "json::number")]
    weight: Measure,
    #[serde(rename = "desi", serialize_with = "json::number")]
    desi: Measure,
    #[serde(rename = "productCategory")]
    category: Cow<'a, str>,
}

impl<'a> From<&'a Line> for WireLine<'a> {
    fn from(line: &'a Line) -> Self {
        Self {
            product_code: text::to_upper(&line.product_code),
            product_name: text::to_upper(&line.product_name),
            quantity: line.quantity,
            weight: line.sent_weight(),
            desi: line.desi,
            category: text::to_upper(&line.category),
        }
    }
}

/// The texts of one side.
struct WireParty<'a> {
    title: WireText<'a>,
    city: WireText<'a>,
    county: WireText<'a>,
    address: WireText<'a>,
    phone: WireText<'a>,
    email: WireText<'a>,
}

impl<'a> WireParty<'a> {
    fn new(party: Option<&'a Party>, settings: &'a Settings) -> Self {
        let empty = settings.quirks.empty;
        let upper = |value: Option<&'a Personal>| wire_text(value.map(upper_text), empty);
        let (city, county) = party.map_or_else(Default::default, |party| {
            settings
                .places
                .spell(party.city.as_str(), party.county.as_str())
        });
        let email = party.and_then(|party| party.email.as_ref());
        let email = email.map(|email| match settings.quirks.emails {
            LetterCase::AsGiven => Cow::Borrowed(email.as_str()),
            LetterCase::Upper => upper_text(email),
        });
        Self {
            title: upper(party.map(|party| &party.title)),
            city: wire_text(Some(city), empty),
            county: wire_text(Some(county), empty),
            address: upper(party.map(|party| &party.address)),
            phone: upper(party.map(|party| &party.phone)),
            email: wire_text(email, empty),
        }
    }
}

fn upper_text(value: &Personal) -> Cow<'_, str> {
    text::to_upper(value.as_str())
}

fn wire_text(value: Option<Cow<'_, str>>, empty: EmptyValue) -> WireText<'_> {
    match value.filter(|value| !text::is_blank(value)) {
        Some(value) => Some(Some(value)),
        None => match empty {
            EmptyValue::Text => Some(Some(Cow::Borrowed(""))),
            EmptyValue::Null => Some(None),
            EmptyValue::Absent => None,
        },
    }
}

impl<'a> WireOrder<'a> {
    fn new(
        order: &'a CreateSupplierPaysOrder,
        settings: &'a Settings,
    ) -> Result<Self, EncodeError> {
        let quirks = &settings.quirks;
        let (shipping_type, sender_code, recipient_code, sender, recipient) = match &order.direction
        {
            Direction::Delivery {
                supplier,
                recipient,
                sender,
            } => (
                &quirks.delivery_type,
                supplier.get(),
                0,
                sender.as_ref(),
                Some(recipient),
            ),
            Direction::Return {
                supplier,
                sender,
                recipient,
            } => (
                &quirks.return_type,
                0,
                supplier.get(),
                Some(sender),
                recipient.as_ref(),
            ),
        };
        let sender = WireParty::new(sender, settings);
        let recipient = WireParty::new(recipient, settings);
        let (of_sample, of_table) = match quirks.recipient_address_key {
            RecipientAddressKey::Sample => (recipient.address, None),
            RecipientAddressKey::Table => (None, recipient.address),
            RecipientAddressKey::Both => (recipient.address.clone(), recipient.address),
        };
        let day = |day| DateForm::Iso.write(day).ok_or(EncodeError::Value("days"));
        let optional =
            |value: &'a Option<Personal>| wire_text(value.as_ref().map(upper_text), quirks.empty);
        Ok(Self {
            number: order.number.as_str(),
            reference: order.sent_reference(),
            sender_code,
            sender_title: sender.title,
            sender_city: sender.city,
            sender_county: sender.county,
            sender_address: sender.address,
            sender_phone: sender.phone,
            sender_email: sender.email,
            recipient_code,
            recipient_title: recipient.title,
            recipient_city: recipient.city,
            recipient_county: recipient.county,
            recipient_address_of_sample: of_sample,
            recipient_address_of_table: of_table,
            recipient_phone: recipient.phone,
            recipient_email: recipient.email,
            tax_office: optional(&order.tax_office),
            tax_number: optional(&order.tax_number),
            count: order.count(),
            desi: order.desi().ok_or(EncodeError::Value("total_desi"))?,
            shipping_type,
            request_day: day(order.days.request)?,
            delivery_day: day(order.days.delivery)?,
            lines: order.lines.iter().map(WireLine::from).collect(),
        })
    }
}
