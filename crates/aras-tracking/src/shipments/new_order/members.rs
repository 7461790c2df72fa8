//! The members of an order in the order of production's service description: one table for writing, checking and
//! comparing them.

use std::borrow::Cow;

use kervan_core::Personal;
use kervan_turkiye::line::sent;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::text::to_upper;
use kervan_wire::soap::Element;

use super::measure::Measure;
use super::{Destination, NewOrder, Piece};

/// A member with one text.
pub(super) struct Member {
    /// Its wire name.
    pub(super) wire: &'static str,
    /// Its path in an order, as problems and comparisons name it.
    pub(super) path: &'static str,
    /// Its most characters.
    pub(super) max: usize,
    /// Returns its text. `None` leaves it out.
    pub(super) text: fn(&NewOrder) -> Option<Cow<'_, str>>,
    pub(super) kind: Kind,
    pub(super) part: Part,
}

/// How two values of a member are compared.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Phone,
    /// A number with up to three decimals.
    Measure,
    Amount,
    Count,
}

/// What a member is to the parcel.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// The person and the place that the parcel goes to.
    Receiver,
    /// What is carried or collected, and who pays: numbers and codes.
    Carriage,
    /// The shipper's own numbers and words beside it.
    Note,
}

impl Part {
    /// Returns whether a parcel with another value is another parcel.
    pub(super) fn decides(self) -> bool {
        matches!(self, Self::Receiver | Self::Carriage)
    }
}

/// Writes a row of the table.
macro_rules! member {
    ($wire:literal, $path:literal, $max:expr, $kind:ident, $part:ident, $text:expr) => {
        Member {
            wire: $wire,
            path: $path,
            max: $max,
            text: $text,
            kind: Kind::$kind,
            part: Part::$part,
        }
    };
}

/// No length is published.
const ANY: usize = usize::MAX;

/// The members before the pieces. The login is before them.
#[rustfmt::skip]
pub(super) static MEMBERS: [Member; 36] = [
    member!("TradingWaybillNumber", "waybill", 16, Text, Note, |o| text(o.waybill.as_ref())),
    member!("InvoiceNumber", "invoice", 20, Text, Note, |o| text(o.invoice.as_ref())),
    member!("ReceiverName", "receiver.name", 100, Text, Receiver, |o| personal(Some(&o.receiver.name))),
    member!("ReceiverAddress", "receiver.address", 250, Text, Receiver, |o| personal(Some(&o.receiver.address))),
    member!("ReceiverPhone1", "receiver.phone", 10, Phone, Receiver, |o| phone(Some(&o.receiver.phone))),
    member!("ReceiverPhone2", "receiver.second_phone", 10, Phone, Receiver, |o| phone(o.receiver.second_phone.as_ref())),
    member!("ReceiverPhone3", "receiver.mobile_phone", 10, Phone, Receiver, |o| mobile(o.receiver.mobile_phone.as_ref())),
    member!("ReceiverCityName", "receiver.city", 32, Text, Receiver, |o| Some(to_upper(o.receiver.city.as_str()))),
    member!("ReceiverTownName", "receiver.town", 16, Text, Receiver, |o| Some(to_upper(o.receiver.town.as_str()))),
    member!("VolumetricWeight", "desi", ANY, Measure, Carriage, |o| measure(o.total_desi())),
    member!("Weight", "weight_kg", ANY, Measure, Carriage, |o| measure(o.total_weight())),
    member!("PieceCount", "pieces", 2, Count, Carriage, |o| Some(o.pieces.count().to_string().into())),
    member!("SpecialField1", "special_field_1", 200, Text, Note, |o| personal(o.special_field_1.as_ref())),
    member!("SpecialField2", "special_field_2", 100, Text, Note, |o| personal(o.special_field_2.as_ref())),
    member!("SpecialField3", "special_field_3", 100, Text, Note, |o| personal(o.special_field_3.as_ref())),
    member!("CodAmount", "payment.amount", ANY, Amount, Carriage, |o| Some(o.payment.collection()?.0.dot().into())),
    member!("CodCollectionType", "payment.by", 1, Text, Carriage, |o| Some(o.payment.collection()?.1.wire().into())),
    member!("CodBillingType", "payment", 1, Text, Carriage, |o| o.payment.collection().map(|_| "0".into())),
    member!("IntegrationCode", "reference", 32, Text, Note, |o| Some(o.reference.as_str().into())),
    member!("Description", "description", 255, Text, Note, |o| personal(o.description.as_ref())),
    member!("TaxNumber", "receiver.tax_number", 15, Text, Note, |o| personal(o.receiver.tax_number.as_ref())),
    member!("TtDocumentId", "collection_document", 12, Text, Note, |o| text(o.collection_document.as_ref())),
    member!("TaxOffice", "receiver.tax_office", 8, Count, Note, |o| Some(o.receiver.tax_office?.to_string().into())),
    member!("PrivilegeOrder", "branch_priority", 20, Text, Note, |o| text(o.branch_priority.as_ref())),
    member!("Country", "receiver.country", ANY, Text, Receiver, |o| text(o.receiver.country.as_ref())),
    member!("CountryCode", "receiver.country_code", ANY, Text, Receiver, |o| text(o.receiver.country_code.as_ref())),
    member!("CityCode", "receiver.city_code", 32, Text, Receiver, |o| text(o.receiver.city_code.as_ref())),
    member!("TownCode", "receiver.town_code", 32, Text, Receiver, |o| text(o.receiver.town_code.as_ref())),
    member!("ReceiverDistrictName", "receiver.locality", 64, Text, Note, |o| personal(o.receiver.locality.as_ref())),
    member!("ReceiverQuarterName", "receiver.neighbourhood", 64, Text, Note, |o| personal(o.receiver.neighbourhood.as_ref())),
    member!("ReceiverAvenueName", "receiver.avenue", 64, Text, Note, |o| personal(o.receiver.avenue.as_ref())),
    member!("ReceiverStreetName", "receiver.street", 64, Text, Note, |o| personal(o.receiver.street.as_ref())),
    member!("PayorTypeCode", "payment", 1, Text, Carriage, |o| Some(o.payment.payer().into())),
    member!("IsWorldWide", "destination", 1, Text, Carriage, |o| Some(o.destination.wire().into())),
    member!("IsCod", "payment", 1, Text, Carriage, |o| Some(if o.payment.collection().is_some() { "1" } else { "0" }.into())),
    member!("UnitID", "unit", ANY, Text, Note, |o| text(o.unit.as_ref())),
];

/// The member behind the pieces.
#[rustfmt::skip]
pub(super) static LAST: Member =
    member!("SenderAccountAddressId", "sender_address", ANY, Text, Note, |o| text(o.sender_address.as_ref()));

impl Member {
    /// Returns the text as it is sent.
    pub(super) fn sent(&self, order: &NewOrder) -> Option<String> {
        let text = (self.text)(order)?;
        let text = sent(&text);
        (!text.is_empty()).then(|| text.into_owned())
    }

    fn element(&self, order: &NewOrder) -> Option<Element> {
        Some(Element::text(self.wire, self.sent(order)?))
    }
}

impl NewOrder {
    /// Returns all members with one text.
    pub(super) fn members() -> impl Iterator<Item = &'static Member> {
        MEMBERS.iter().chain([&LAST])
    }

    /// Returns the elements of the order behind its login.
    pub(in crate::shipments) fn elements(&self) -> Vec<Element> {
        let mut elements: Vec<_> = MEMBERS
            .iter()
            .filter_map(|member| member.element(self))
            .collect();
        let pieces = self.pieces.iter().map(Piece::element).collect();
        elements.push(Element::parent("PieceDetails", pieces));
        elements.extend(LAST.element(self));
        elements
    }

    /// Returns everything that is sent but the login.
    pub(in crate::shipments) fn sent_contents(&self) -> Vec<u8> {
        let mut contents = Vec::new();
        let mut add = |name: &str, text: &str| {
            for part in [name, text] {
                contents.extend(part.as_bytes());
                contents.push(0);
            }
        };
        for member in Self::members() {
            if let Some(text) = member.sent(self) {
                add(member.wire, &text);
            }
        }
        for piece in self.pieces.iter() {
            for (name, text) in piece.texts() {
                add(name, &text);
            }
        }
        contents
    }

    /// Returns the desi of the parcel; `None` when the sum over the pieces is too large.
    pub(super) fn total_desi(&self) -> Option<Measure> {
        let sum = || Measure::sum(self.pieces.iter().map(|piece| piece.desi));
        self.desi.or_else(sum)
    }

    /// Returns the kilograms of the parcel; `None` when the sum over the pieces is too large.
    pub(super) fn total_weight(&self) -> Option<Measure> {
        let sum = || Measure::sum(self.pieces.iter().map(|piece| piece.weight_kg));
        self.weight_kg.or_else(sum)
    }
}

impl Piece {
    fn element(&self) -> Element {
        let texts = self.texts().into_iter();
        let texts = texts.map(|(name, text)| Element::text(name, text));
        Element::parent("PieceDetail", texts.collect())
    }

    /// Returns the members that are sent.
    fn texts(&self) -> Vec<(&'static str, String)> {
        let own = |text: &Personal| sent(text.as_str()).into_owned();
        let mut texts = vec![
            ("VolumetricWeight", self.desi.to_string()),
            ("Weight", self.weight_kg.to_string()),
            ("BarcodeNumber", sent(&self.barcode).into_owned()),
        ];
        let optional = [
            ("ProductNumber", &self.product),
            ("Description", &self.description),
        ];
        let optional = optional
            .into_iter()
            .filter_map(|(name, text)| Some((name, own(text.as_ref()?))));
        texts.extend(optional.filter(|(_, text)| !text.is_empty()));
        texts
    }
}

impl Destination {
    fn wire(self) -> &'static str {
        match self {
            Self::Domestic => "0",
            Self::Abroad => "1",
        }
    }
}

fn text(text: Option<&String>) -> Option<Cow<'_, str>> {
    Some(text?.as_str().into())
}

fn personal(text: Option<&Personal>) -> Option<Cow<'_, str>> {
    Some(text?.as_str().into())
}

fn measure(measure: Option<Measure>) -> Option<Cow<'static, str>> {
    Some(measure?.to_string().into())
}

/// Returns ten digits. The check has refused other texts, except for those of parcels abroad.
fn phone(text: Option<&Personal>) -> Option<Cow<'_, str>> {
    let text = text?.as_str();
    Some(PhoneNumber::from_input(text).map_or(text.into(), |number| String::from(number).into()))
}

fn mobile(text: Option<&Personal>) -> Option<Cow<'_, str>> {
    let text = text?.as_str();
    Some(MobileNumber::from_input(text).map_or(text.into(), |number| String::from(number).into()))
}
