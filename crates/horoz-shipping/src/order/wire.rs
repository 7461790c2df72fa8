//! An order as the create methods take it.

use std::borrow::Cow;

use kervan_core::{EncodeError, Personal};
use kervan_turkiye::text;
use kervan_turkiye::time::DateForm;
use kervan_wire::json;
use serde::Serialize;

use super::contents::Contents;
use super::line::{Measure, OrderLine};
use super::party::Party;
use crate::settings::{EmailCase, EmptyValue, RecipientAddressKey, Settings};

/// A text, or the form of an empty one: `None` omits the key, `Some(None)` writes `null`.
type WireText<'a> = Option<Option<Cow<'a, str>>>;

/// The body, in the order of the provider's table.
#[derive(Serialize)]
pub(crate) struct WireOrder<'a> {
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

impl<'a> From<&'a OrderLine> for WireLine<'a> {
    fn from(line: &'a OrderLine) -> Self {
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
            EmailCase::AsGiven => Cow::Borrowed(email.as_str()),
            EmailCase::Upper => upper_text(email),
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
    pub(crate) fn new(
        contents: &Contents<'a>,
        settings: &'a Settings,
    ) -> Result<Self, EncodeError> {
        let quirks = &settings.quirks;
        let sender = WireParty::new(contents.sender.party, settings);
        let recipient = WireParty::new(contents.recipient.party, settings);
        let (of_sample, of_table) = match quirks.recipient_address_key {
            RecipientAddressKey::Sample => (recipient.address, None),
            RecipientAddressKey::Table => (None, recipient.address),
            RecipientAddressKey::Both => (recipient.address.clone(), recipient.address),
        };
        let day = |day| DateForm::Iso.write(day).ok_or(EncodeError::Value("days"));
        let optional = |value: Option<&'a Personal>| wire_text(value.map(upper_text), quirks.empty);
        Ok(Self {
            number: contents.number.as_str(),
            reference: contents.reference,
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
            tax_office: optional(contents.tax_office),
            tax_number: optional(contents.tax_number),
            count: contents.count(),
            desi: contents.desi().ok_or(EncodeError::Value("total_desi"))?,
            shipping_type: contents.shipping_type,
            request_day: day(contents.days.request)?,
            delivery_day: day(contents.days.delivery)?,
            lines: contents.lines.iter().map(WireLine::from).collect(),
        })
    }
}
