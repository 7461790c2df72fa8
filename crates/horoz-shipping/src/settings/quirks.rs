//! The switches for what the provider's documents leave open.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::codes::RejectionKind;

/// Choices where the provider's documents contradict themselves or are silent. Each default is the reading
/// that more of the documents support. The defaults have not been tried against the service.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Quirks {
    /// How the recipient's address key is spelled. Default: as in the sample.
    pub recipient_address_key: RecipientAddressKey,
    /// The shipping type of a delivery, at most 20 characters. Default `PaysSupplier`, as in the
    /// sample and in the method's name; the prose has `PaySupplier`.
    pub delivery_type: Cow<'static, str>,
    /// The shipping type of a return, at most 20 characters. Default `PaysSupplierReturn`.
    pub return_type: Cow<'static, str>,
    /// The form of a value that is left empty. Default: an empty text.
    pub empty: EmptyValue,
    /// The case of e-mail addresses. Default: as given. Turkish upper case would turn `i` into
    /// `İ`, and the sample leaves them alone too.
    pub emails: EmailCase,
    /// The case of product codes. Default: capitals, as the page asks of every text.
    pub product_codes: ProductCodeCase,
    /// The `Content-Type` header. Default `application/json`.
    pub content_type: Cow<'static, str>,
    /// The key of the order number in the bodies of `cancelShipping`,
    /// `cancelPaysSupplierShipping`, `createBarcode` and `cancelBarcode`. Default `requestNumber`;
    /// their tables are not public.
    pub order_number_key: Cow<'static, str>,
    /// How the ATF id is written. Default: a text.
    pub atf_id: AtfIdForm,
    /// The parameter with the order number in the address of `listShippingDetails`. Default
    /// `requestNumber`, as a third party's program has it.
    pub tracking_parameter: Cow<'static, str>,
    /// The meaning of codes in methods with lists that are not public, by method and code, as the contract or
    /// the test system has shown it. Codes that this crate knows cannot be changed.
    ///
    /// Default, from a third party's program: `listShippingDetails` answers `ERR-20002` when asked
    /// again too soon, and `ERR-20004` for an order that is unknown or not accepted yet.
    pub codes: BTreeMap<String, BTreeMap<String, RejectionKind>>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            recipient_address_key: RecipientAddressKey::default(),
            delivery_type: Cow::Borrowed("PaysSupplier"),
            return_type: Cow::Borrowed("PaysSupplierReturn"),
            empty: EmptyValue::default(),
            emails: EmailCase::default(),
            product_codes: ProductCodeCase::default(),
            content_type: Cow::Borrowed("application/json"),
            order_number_key: Cow::Borrowed("requestNumber"),
            atf_id: AtfIdForm::default(),
            tracking_parameter: Cow::Borrowed("requestNumber"),
            codes: BTreeMap::new(),
        }
        .code(
            MethodName::new("listShippingDetails"),
            "ERR-20002",
            RejectionKind::AskedTooSoon,
        )
        .code(
            MethodName::new("listShippingDetails"),
            "ERR-20004",
            RejectionKind::NotAcceptedYet,
        )
    }
}

impl Quirks {
    /// Sets the meaning of a code in a method, by their wire names. The two cannot be exchanged:
    ///
    /// ```compile_fail,E0308
    /// use horoz_shipping::{RejectionKind, MethodName, Quirks};
    ///
    /// Quirks::default().code("ERR-29004", MethodName::new("cancelBarcode"), RejectionKind::LabelRead);
    /// ```
    #[must_use]
    pub fn code(
        mut self,
        method: MethodName,
        code: impl Into<String>,
        kind: RejectionKind,
    ) -> Self {
        let method = self.codes.entry(method.0).or_default();
        method.insert(code.into(), kind);
        self
    }

    /// Returns the meaning of a code in a method, where the settings have one.
    pub(crate) fn kind_of(&self, method: &str, code: &str) -> Option<RejectionKind> {
        self.codes.get(method)?.get(code).copied()
    }
}

kervan_core::setters! { Quirks {
    /// Sets how the recipient's address key is spelled.
    recipient_address_key: RecipientAddressKey,
    /// Sets the shipping type of a delivery.
    delivery_type: into Cow<'static, str>,
    /// Sets the shipping type of a return.
    return_type: into Cow<'static, str>,
    /// Sets the form of a value that is left empty.
    empty: EmptyValue,
    /// Sets the case of e-mail addresses.
    emails: EmailCase,
    /// Sets the case of product codes.
    product_codes: ProductCodeCase,
    /// Sets the key of the order number in the methods that cancel and label.
    order_number_key: into Cow<'static, str>,
    /// Sets how the ATF id is written.
    atf_id: AtfIdForm,
    /// Sets the parameter with the order number in the address of a tracking query.
    tracking_parameter: into Cow<'static, str>,
    /// Sets the `Content-Type` header.
    content_type: into Cow<'static, str>,
}}

/// The wire name of a method, apart from a result code by its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodName(String);

// Not made by `into`: a rule for a code would not notice that the two are exchanged.
impl MethodName {
    /// Names a method, as `cancelBarcode`.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

/// How the key of the recipient's address is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum RecipientAddressKey {
    /// `recipientAdress`, as in the sample; the twin of `senderAdress`.
    #[default]
    #[serde(rename = "sample")]
    Sample,
    /// `recipientAddress`, as in the table.
    #[serde(rename = "table")]
    Table,
    /// Both keys with the same value. The safest first try if the service ignores unknown keys.
    #[serde(rename = "both")]
    Both,
}

/// The form of a value that is left empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum EmptyValue {
    /// The key with an empty text.
    #[default]
    #[serde(rename = "text")]
    Text,
    /// The key with `null`.
    #[serde(rename = "null")]
    Null,
    /// The key is omitted.
    #[serde(rename = "absent")]
    Absent,
}

/// The case of a text on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum EmailCase {
    /// As the caller wrote it.
    #[default]
    #[serde(rename = "as_given")]
    AsGiven,
    /// Turkish upper case.
    #[serde(rename = "upper")]
    Upper,
}

/// The case of a product's code on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum ProductCodeCase {
    /// Capitals: those of ASCII for a code of ASCII, `wifi-kit-i5` as `WIFI-KIT-I5`; Turkish ones for a code
    /// with other letters, `ışık-5` as `IŞIK-5`.
    #[default]
    #[serde(rename = "capitals")]
    Capitals,
    /// As the caller wrote it, for codes that differ by case alone.
    #[serde(rename = "as_given")]
    AsGiven,
}

/// How the ATF id is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum AtfIdForm {
    /// As a text.
    #[default]
    #[serde(rename = "text")]
    Text,
    /// As a number.
    #[serde(rename = "number")]
    Number,
}
