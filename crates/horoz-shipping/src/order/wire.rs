//! An order as the create methods take it.

use kervan_core::{EncodeError, Personal};
use kervan_turkiye::time::DateForm;
use kervan_wire::json;
use serde::Serialize;

use super::contents::Contents;
use super::keys::RequestNumber;
use super::line::{Measure, OrderLine};
use super::party::Party;
use super::sent_text::SentText;
use crate::place_book::PlaceBook;
use crate::settings::{EmailCase, EmptyValue, ProductCodeCase, Quirks, RecipientAddressKey};

/// A text, or the form of an empty one: `None` omits the key, `Some(None)` writes `null`.
type WireText<'a> = Option<Option<SentText<'a>>>;

/// The body, in the order of the provider's table.
#[derive(Serialize)]
pub(crate) struct WireOrder<'a> {
    #[serde(rename = "requestNumber")]
    number: &'a RequestNumber,
    #[serde(rename = "customerRefNo")]
    reference: SentText<'a>,
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
    shipping_type: SentText<'a>,
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
    product_code: SentText<'a>,
    #[serde(rename = "productName")]
    product_name: SentText<'a>,
    #[serde(rename = "quantity")]
    quantity: u32,
    #[serde(rename = "weightInKg", serialize_with = "json::number")]
    weight: Measure,
    #[serde(rename = "desi", serialize_with = "json::number")]
    desi: Measure,
    #[serde(rename = "productCategory")]
    category: SentText<'a>,
}

impl<'a> WireLine<'a> {
    fn new(line: &'a OrderLine, codes: ProductCodeCase) -> Self {
        Self {
            product_code: line.sent_code(codes),
            product_name: SentText::capitals(&line.product_name),
            quantity: line.quantity,
            weight: line.sent_weight(),
            desi: line.desi,
            category: SentText::capitals(&line.category),
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
    fn new(party: Option<&'a Party>, quirks: &Quirks, places: &'a PlaceBook) -> Self {
        let written = |text: Option<SentText<'a>>| wire_text(text, quirks.empty);
        let capitals = |value: Option<&'a Personal>| written(value.map(capitals_of));
        let (city, county) = party
            .map(|party| places.spell(party.city.as_str(), party.county.as_str()))
            .unzip();
        let email = party.and_then(|party| party.email.as_ref());
        let email = email.map(|email| match quirks.emails {
            EmailCase::AsGiven => SentText::as_given(email.as_str()),
            EmailCase::Upper => capitals_of(email),
        });
        Self {
            title: capitals(party.map(|party| &party.title)),
            city: written(city),
            county: written(county),
            address: capitals(party.map(|party| &party.address)),
            phone: written(party.map(|party| SentText::phone(party.phone.as_str()))),
            email: written(email),
        }
    }
}

fn capitals_of(value: &Personal) -> SentText<'_> {
    SentText::capitals(value.as_str())
}

fn wire_text(value: Option<SentText<'_>>, empty: EmptyValue) -> WireText<'_> {
    match value.filter(|value| !value.is_empty()) {
        Some(value) => Some(Some(value)),
        None => match empty {
            EmptyValue::Text => Some(Some(SentText::as_given(""))),
            EmptyValue::Null => Some(None),
            EmptyValue::Absent => None,
        },
    }
}

impl<'a> WireOrder<'a> {
    pub(crate) fn new(
        contents: &Contents<'a>,
        quirks: &Quirks,
        places: &'a PlaceBook,
    ) -> Result<Self, EncodeError> {
        let sender = WireParty::new(contents.sender.party, quirks, places);
        let recipient = WireParty::new(contents.recipient.party, quirks, places);
        let (of_sample, of_table) = match quirks.recipient_address_key {
            RecipientAddressKey::Sample => (recipient.address, None),
            RecipientAddressKey::Table => (None, recipient.address),
            RecipientAddressKey::Both => (recipient.address.clone(), recipient.address),
        };
        let day = |day| DateForm::Iso.write(day).ok_or(EncodeError::Value("days"));
        let written = |text: Option<SentText<'a>>| wire_text(text, quirks.empty);
        let tax_number = |number: &'a Personal| SentText::tax_number(number.as_str());
        Ok(Self {
            number: contents.number,
            reference: SentText::as_given(contents.reference),
            sender_code: contents.sender.code,
            sender_title: sender.title,
            sender_city: sender.city,
            sender_county: sender.county,
            sender_address: sender.address,
            sender_phone: sender.phone,
            sender_email: sender.email,
            recipient_code: contents.recipient.code,
            recipient_title: recipient.title,
            recipient_city: recipient.city,
            recipient_county: recipient.county,
            recipient_address_of_sample: of_sample,
            recipient_address_of_table: of_table,
            recipient_phone: recipient.phone,
            recipient_email: recipient.email,
            tax_office: written(contents.tax_office.map(capitals_of)),
            tax_number: written(contents.tax_number.map(tax_number)),
            count: contents.count(),
            desi: contents.desi().ok_or(EncodeError::Value("total_desi"))?,
            shipping_type: SentText::as_given(contents.shipping_type),
            request_day: day(contents.days.request)?,
            delivery_day: day(contents.days.delivery)?,
            lines: contents
                .lines
                .iter()
                .map(|line| WireLine::new(line, quirks.product_codes))
                .collect(),
        })
    }
}
