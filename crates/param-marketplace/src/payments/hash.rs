//! The hash that signs a payment: base64 of SHA-1 over ISO-8859-9.
//!
//! It is SHA-1 in spite of the name `SHA2B64` that the service gives it. The values are hashed as they are
//! sent, without separators. Provider's page: Islem Hash.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kervan_core::{EncodeError, Problems};
use kervan_turkiye::line::sent;
use kervan_wire::charset::encode_iso_8859_9;
use sha1::{Digest, Sha1};

use crate::rules;
use crate::settings::Settings;

/// Computes the hash of these values. `None` when one of them has a character outside ISO-8859-9, because
/// the service does not document its bytes.
///
/// ```
/// let parts = ["10738", "0c13d406-873b-403b-9c09-a5766840d98c", "100,00", "sipariş1"];
/// let urls = ["http://localhost:62361/turkpos.api/Sonuc.aspx"; 2];
/// let hash = param_marketplace::payments::hash(parts.into_iter().chain(urls));
/// assert_eq!(hash.as_deref(), Some("4HaFjeEYpcVMQYgq94lxuYWHAV8="));
/// ```
pub fn hash<'a>(values: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut sha = Sha1::new();
    for value in values {
        sha.update(encode_iso_8859_9(value)?);
    }
    Some(STANDARD.encode(sha.finalize()))
}

/// Restores each `+` that became a blank because a layer between the provider and the shop decoded the form
/// twice. Base64 has no blank.
pub(crate) fn with_pluses(hash: &str) -> String {
    hash.replace(' ', "+")
}

/// Computes the hash of a request: of the client's code, the merchant's key and these values. Wire:
/// `Islem_Hash`, `Payment_Hash`.
pub(crate) fn of_request(settings: &Settings, values: &[&str]) -> Result<String, EncodeError> {
    let login = [
        settings.credentials.client_code.expose(),
        settings.merchant.0.expose(),
    ];
    hash(login.into_iter().chain(values.iter().copied())).ok_or(EncodeError::Value("hash"))
}

/// Reports a hashed text with characters that the hash has no bytes for. The text is hashed as it is sent.
pub(crate) fn check(problems: &mut Problems, path: &'static str, text: &str) {
    if encode_iso_8859_9(&sent(text)).is_none() {
        problems.push(rules::HASH_CHARSET.at(path));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GUID: &str = "0c13d406-873b-403b-9c09-a5766840d98c";

    fn of(values: &[&str]) -> String {
        hash(["10738", GUID].into_iter().chain(values.iter().copied())).unwrap()
    }

    /// The values of the provider's pages and of its own server.
    #[test]
    fn gives_the_published_values() {
        let (fail, success) = ("https://domain.com/fail", "https://domain.com/success");
        let amount = "1000,25";
        let pos = |count| of(&[count, amount, amount, "order222", fail, success]);
        assert_eq!(pos("1"), "qsIY8qDvdTsnALe7AYJiEA5kY20=");
        assert_eq!(pos("2"), "zdIBpbUnRfvlCIgHo01yfIfMXXQ=");
        assert_eq!(
            of(&[amount, amount, "order222", fail, success]),
            "LFZ+Sl0mW+ybGvLr1u0ehZoxhxM="
        );
        assert_eq!(
            of(&["3", "1.000,01", "1.000,01", "202412293F4E"]),
            "jsLYSB3lJ81leFgDLw4D8PbXURs="
        );
        let page = "http://localhost:62361/turkpos.api/Sonuc.aspx";
        assert_eq!(
            of(&["100,00", "sipariş1", page, page]),
            "4HaFjeEYpcVMQYgq94lxuYWHAV8="
        );
    }

    #[test]
    fn has_no_value_outside_its_charset() {
        assert_eq!(hash(["sipariş"]).map(|hash| hash.len()), Some(28));
        assert_eq!(hash(["sipariş", "€"]), None);
    }
}
