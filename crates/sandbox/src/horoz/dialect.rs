//! How the wire spells things where the pages leave it open.

use serde::{Deserialize, Serialize};

/// The choices of spelling and form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a choice of its own, and an enum would only say yes and no"
)]
#[non_exhaustive]
pub struct Dialect {
    /// Where the result code of an order, cancel or label is.
    pub envelope: Envelope,
    /// The status of a success. Default: 200. The pages name no status at all.
    pub success_status: u16,
    /// The status of a refusal. Default: 200.
    pub refusal_status: u16,
    /// The charset of answers, whatever their content type says.
    pub charset: Charset,
    /// Whether a success has a text beside its code. Default: yes.
    pub has_message: bool,
    /// Whether answers have a member that no page describes. Default: no.
    pub has_new_member: bool,
    /// Whether `serviceControl` shows the caller's address. Default: yes.
    pub shows_address: bool,
    /// Whether a list of one pair is a lone object, as gateways write it. Default: no.
    pub lone_county: bool,
    /// The form of a label.
    pub label: LabelForm,
    /// The names inside a tracking answer.
    pub tracking: TrackingNames,
    /// The spelling of the recipient's address that orders must have.
    pub address_key: AddressKey,
    /// The spelling of the type of a delivery that orders must have.
    pub delivery_type: DeliveryType,
}

impl Default for Dialect {
    fn default() -> Self {
        Self {
            envelope: Envelope::Response,
            success_status: 200,
            refusal_status: 200,
            charset: Charset::Utf8,
            has_message: true,
            has_new_member: false,
            shows_address: true,
            lone_county: false,
            label: LabelForm::ByPieces,
            tracking: TrackingNames::Shop,
            address_key: AddressKey::Either,
            delivery_type: DeliveryType::Either,
        }
    }
}

/// Where a result code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Envelope {
    /// Inside `response`.
    Response,
    /// At the top level.
    Bare,
    /// Inside a member of the method's own name: `createShippingOutput`.
    Method,
}

/// The charset of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// Windows-1254, under a content type that says UTF-8. The text of a created order has Turkish
    /// letters then.
    Windows1254,
}

/// The form of a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum LabelForm {
    /// `barcode` for one piece, and a row with a text in ZPL for each of several.
    ByPieces,
    /// `barcode` as a list of numbers.
    Numbers,
    /// A success without any barcode.
    Hidden,
}

/// The names inside a tracking answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TrackingNames {
    /// Those of one public web shop: three names of a movement contain the word for state.
    Shop,
    /// Few: `state`, `movementDate`, and no lines.
    Few,
}

/// The spelling of the recipient's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum AddressKey {
    /// Either one.
    Either,
    /// `recipientAdress`, as in the page's sample.
    Sample,
    /// `recipientAddress`, as in the page's table.
    Table,
}

/// The spelling of the type of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DeliveryType {
    /// Either one.
    Either,
    /// `PaysSupplier`, as in the page's sample.
    Sample,
    /// `PaySupplier`, as in the page's prose.
    Prose,
}
