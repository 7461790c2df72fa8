//! Address, key, and the switches for what the provider's documents leave open.

use std::fmt;
use std::time::Duration;

use kervan_core::{BaseUrl, Scrub, Secret};
use kervan_wire::scrub::scrub_all;
use serde::Deserialize;

use crate::place_book::PlaceBook;

mod quirks;

pub use quirks::{
    AtfIdForm, EmailCase, EmptyValue, MethodName, ProductCodeCase, Quirks, RecipientAddressKey,
};

/// The settings that every call of a client shares.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// Everything before the method's name. Horoz gives it with the contract; it is not public.
    pub base: BaseUrl,
    /// The key that Horoz issued. Wire: header `processKey`.
    pub key: ProcessKey,
    /// The methods' paths below the base address.
    pub paths: MethodPaths,
    /// Choices where the provider's documents contradict themselves or are silent.
    pub quirks: Quirks,
    /// The list that provinces and districts are checked against.
    pub places: PlaceBook,
    /// The tracking service, which has an address of its own.
    pub tracking: Option<TrackingService>,
}

/// Horoz's tracking service ("Cargo Tracking"), as the contract names it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct TrackingService {
    /// Everything before the method's name.
    pub base: BaseUrl,
    /// Its own key, where Horoz has issued one; else that of the other calls. Wire: header
    /// `processKey`.
    pub key: Option<ProcessKey>,
    /// How long after a query the same order may be asked for again. Default: one hour, as a third party's
    /// program waits. Horoz limits such queries; the time is not public.
    pub repeat_after: Duration,
}

impl TrackingService {
    /// Creates a service that takes the same key as the other calls.
    pub fn new(base: BaseUrl) -> Self {
        Self {
            base,
            key: None,
            repeat_after: Duration::from_secs(3600),
        }
    }
}

kervan_core::setters! { TrackingService {
    /// Sets a key of its own.
    key: Option<ProcessKey>,
    /// Sets how long after a query the same order may be asked for again.
    repeat_after: Duration,
}}

impl Settings {
    /// Creates settings with every default.
    pub fn new(base: BaseUrl, key: ProcessKey) -> Self {
        Self {
            base,
            key,
            paths: MethodPaths::default(),
            quirks: Quirks::default(),
            places: PlaceBook::default(),
            tracking: None,
        }
    }

    /// Returns the settings with every key replaced.
    pub(crate) fn hidden(&self) -> Self {
        let redacted = || ProcessKey(Secret::redacted());
        let tracking = self.tracking.clone().map(|own| TrackingService {
            key: own.key.map(|_| redacted()),
            ..own
        });
        Self {
            key: redacted(),
            tracking,
            ..self.clone()
        }
    }
}

/// Hides both keys, as they are and as JSON escapes them.
impl Scrub for Settings {
    fn scrub(&self, text: &str) -> String {
        let tracking = self.tracking.as_ref().and_then(|own| own.key.as_ref());
        let keys = std::iter::once(&self.key).chain(tracking);
        scrub_all(text, keys.map(|key| &key.0))
    }
}

/// The key that identifies a client of Horoz. Never prints itself.
#[derive(Clone, Deserialize)]
#[serde(try_from = "Secret")]
pub struct ProcessKey(Secret);

/// The reason why a text is not a process key. Never holds the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessKeyError {
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
    /// Takes a key: 1 to 100 printable ASCII characters, without blanks. Its form is not documented further.
    ///
    /// # Errors
    ///
    /// [`ProcessKeyError`].
    pub fn new(text: &str) -> Result<Self, ProcessKeyError> {
        if text.is_empty() {
            Err(ProcessKeyError::Empty)
        } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            Err(ProcessKeyError::NotPrintable)
        } else if text.len() > 100 {
            Err(ProcessKeyError::TooLong)
        } else {
            Ok(Self(Secret::new(text)))
        }
    }

    pub(crate) fn secret(&self) -> Secret {
        self.0.clone()
    }
}

impl fmt::Debug for ProcessKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<Secret> for ProcessKey {
    type Error = ProcessKeyError;

    fn try_from(text: Secret) -> Result<Self, ProcessKeyError> {
        Self::new(text.expose())
    }
}

/// The methods' paths below the base address. The defaults are the methods' names, as in the provider's
/// sibling services. The paths of this service are not documented.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct MethodPaths {
    /// `createPaysSupplierShipping`.
    pub create_supplier_pays: String,
    /// `cancelPaysSupplierShipping`.
    pub cancel_supplier_pays: String,
    /// `createShipping`.
    pub create_shipping: String,
    /// `cancelShipping`.
    pub cancel_shipping: String,
    /// `createBarcode`.
    pub create_barcode: String,
    /// `cancelBarcode`.
    pub cancel_barcode: String,
    /// `listCounties`.
    pub list_counties: String,
    /// `serviceControl`.
    pub service_control: String,
    /// `listShippingDetails`, below the address of the tracking service.
    pub list_shipping_details: String,
}

impl Default for MethodPaths {
    fn default() -> Self {
        Self {
            create_supplier_pays: "createPaysSupplierShipping".to_owned(),
            cancel_supplier_pays: "cancelPaysSupplierShipping".to_owned(),
            create_shipping: "createShipping".to_owned(),
            cancel_shipping: "cancelShipping".to_owned(),
            create_barcode: "createBarcode".to_owned(),
            cancel_barcode: "cancelBarcode".to_owned(),
            list_counties: "listCounties".to_owned(),
            service_control: "serviceControl".to_owned(),
            list_shipping_details: "listShippingDetails".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_keys_that_fit_into_a_header() {
        assert!(ProcessKey::new(&"k".repeat(100)).is_ok());
        for (text, error) in [
            ("", ProcessKeyError::Empty),
            (&"k".repeat(101), ProcessKeyError::TooLong),
            ("a b", ProcessKeyError::NotPrintable),
            ("a\r\nX: y", ProcessKeyError::NotPrintable),
            ("anahtarı", ProcessKeyError::NotPrintable),
        ] {
            assert_eq!(ProcessKey::new(text).err(), Some(error));
        }
    }
}
