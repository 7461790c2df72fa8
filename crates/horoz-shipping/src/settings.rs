//! Address, key, and the switches for what the provider's documents leave open.

use std::borrow::Cow;
use std::fmt;

use kervan_core::{BaseUrl, Secret};
use serde::Deserialize;

use crate::place_book::PlaceBook;

/// What every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Everything before the method's name. Horoz gives it with the contract; none is public.
    pub base: BaseUrl,
    /// The key that Horoz issued. Wire: header `processKey`.
    pub key: ProcessKey,
    /// The methods' paths below the base address.
    pub paths: Paths,
    /// Choices where the provider's documents contradict themselves or are silent.
    pub quirks: Quirks,
    /// The list that provinces and districts are checked against.
    pub places: PlaceBook,
}

impl Settings {
    /// Settings with every default.
    pub fn new(base: BaseUrl, key: ProcessKey) -> Self {
        Self {
            base,
            key,
            paths: Paths::default(),
            quirks: Quirks::default(),
            places: PlaceBook::default(),
        }
    }
}

impl kervan_core::Settings for Settings {
    fn redacted(&self) -> Self {
        Self {
            key: ProcessKey(Secret::redacted()),
            ..self.clone()
        }
    }

    fn user_agent(&self) -> &'static str {
        concat!("horoz-shipping/", env!("CARGO_PKG_VERSION"))
    }
}

/// The key that identifies a client of Horoz. Never prints itself.
#[derive(Clone, Deserialize)]
#[serde(try_from = "Secret")]
pub struct ProcessKey(Secret);

/// Why a text is no process key. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Empty.
    #[error("the process key is empty")]
    Empty,
    /// Longer than the 100 characters of the provider's page.
    #[error("the process key is longer than 100 characters")]
    TooLong,
    /// Something that does not fit into a header: blanks, line ends, letters beyond ASCII.
    #[error("the process key holds something besides printable ASCII")]
    NotPrintable,
}

impl ProcessKey {
    /// Takes a key in: 1 to 100 printable ASCII characters, without blanks. More is not documented.
    ///
    /// # Errors
    ///
    /// [`KeyError`].
    pub fn new(text: &str) -> Result<Self, KeyError> {
        if text.is_empty() {
            Err(KeyError::Empty)
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err(KeyError::NotPrintable)
        } else if text.len() > 100 {
            Err(KeyError::TooLong)
        } else {
            Ok(Self(Secret::new(text)))
        }
    }

    pub(crate) fn secret(&self) -> Secret {
        self.0.clone()
    }

    pub(crate) fn scrub(&self, text: &str) -> String {
        self.0.scrub(text)
    }
}

impl fmt::Debug for ProcessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Secret> for ProcessKey {
    type Error = KeyError;

    fn try_from(text: Secret) -> Result<Self, KeyError> {
        Self::new(text.expose())
    }
}

/// The methods' paths below the base address. The defaults are the methods' names, which is how
/// the provider's sibling services are laid out; none is documented for this one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct Paths {
    /// `createPaysSupplierShipping`.
    pub create_supplier_pays: String,
    /// `listCounties`.
    pub list_counties: String,
    /// `serviceControl`.
    pub service_control: String,
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            create_supplier_pays: "createPaysSupplierShipping".to_owned(),
            list_counties: "listCounties".to_owned(),
            service_control: "serviceControl".to_owned(),
        }
    }
}

/// Choices where the provider's documents contradict themselves or are silent. Each default is the
/// reading that more of the documents support; none has been tried against the service.
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
    /// What stands for a value that is left empty. Default: an empty text.
    pub empty: EmptyValue,
    /// The case of e-mail addresses. Default: as given. Turkish upper case would turn `i` into
    /// `İ`, and the sample leaves them alone too.
    pub emails: LetterCase,
    /// The `Content-Type` header. Default `application/json`.
    pub content_type: Cow<'static, str>,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            recipient_address_key: RecipientAddressKey::default(),
            delivery_type: Cow::Borrowed("PaysSupplier"),
            return_type: Cow::Borrowed("PaysSupplierReturn"),
            empty: EmptyValue::default(),
            emails: LetterCase::default(),
            content_type: Cow::Borrowed("application/json"),
        }
    }
}

impl Quirks {
    /// Sets how the recipient's address key is spelled.
    #[must_use]
    pub fn recipient_address_key(mut self, key: RecipientAddressKey) -> Self {
        self.recipient_address_key = key;
        self
    }

    /// Sets the shipping type of a delivery.
    #[must_use]
    pub fn delivery_type(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.delivery_type = text.into();
        self
    }

    /// Sets the shipping type of a return.
    #[must_use]
    pub fn return_type(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.return_type = text.into();
        self
    }

    /// Sets what stands for a value that is left empty.
    #[must_use]
    pub fn empty(mut self, empty: EmptyValue) -> Self {
        self.empty = empty;
        self
    }

    /// Sets the case of e-mail addresses.
    #[must_use]
    pub fn emails(mut self, case: LetterCase) -> Self {
        self.emails = case;
        self
    }

    /// Sets the `Content-Type` header.
    #[must_use]
    pub fn content_type(mut self, text: impl Into<Cow<'static, str>>) -> Self {
        self.content_type = text.into();
        self
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

/// What stands for a value that is left empty.
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
    /// No key.
    #[serde(rename = "absent")]
    Absent,
}

/// The case of a text on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum LetterCase {
    /// As the caller wrote it.
    #[default]
    #[serde(rename = "as_given")]
    AsGiven,
    /// Turkish upper case.
    #[serde(rename = "upper")]
    Upper,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_keys_that_fit_into_a_header() {
        assert!(ProcessKey::new(&"k".repeat(100)).is_ok());
        for (text, error) in [
            ("", KeyError::Empty),
            (&"k".repeat(101), KeyError::TooLong),
            ("a b", KeyError::NotPrintable),
            ("a\r\nX: y", KeyError::NotPrintable),
            ("anahtarı", KeyError::NotPrintable),
        ] {
            assert_eq!(ProcessKey::new(text).err(), Some(error));
        }
    }
}
