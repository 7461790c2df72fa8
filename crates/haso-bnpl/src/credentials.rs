//! The merchant's number, and the key and salt that sign service calls.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use kervan_core::Secret;
use serde::Deserialize;
use sha2::Sha256;

/// Key and salt for `requestToken`. Never print themselves.
///
/// That the signature's key is the merchant key, and its text in UTF-8, is an inference: the
/// provider's pages name no key.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Signing {
    /// The merchant key.
    pub key: Secret,
    /// The merchant salt, the last part of every signed text.
    pub salt: Secret,
    /// How the key's text is turned into bytes.
    #[serde(default)]
    pub key_form: KeyForm,
}

/// How the key's text is turned into bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub enum KeyForm {
    /// The text itself, in UTF-8.
    #[default]
    #[serde(rename = "text")]
    Text,
    /// Base64. A key that is not valid Base64 counts as text.
    #[serde(rename = "base64")]
    Base64,
}

/// The merchant key, apart from the salt by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MerchantKey(Secret);

/// The merchant salt, apart from the key by its type. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct MerchantSalt(Secret);

// Neither is made by `into`: signing would not notice that they are exchanged.
impl MerchantKey {
    /// Takes the key that HASO gave with the contract.
    pub fn new(key: impl Into<Secret>) -> Self {
        Self(key.into())
    }
}

impl MerchantSalt {
    /// Takes the salt that HASO gave with the contract.
    pub fn new(salt: impl Into<Secret>) -> Self {
        Self(salt.into())
    }
}

impl Signing {
    /// Joins a key and a salt. They cannot be exchanged:
    ///
    /// ```compile_fail,E0308
    /// use haso_bnpl::{MerchantKey, MerchantSalt, Signing};
    ///
    /// Signing::new(MerchantSalt::new("salt"), MerchantKey::new("key"));
    /// ```
    pub fn new(key: MerchantKey, salt: MerchantSalt) -> Self {
        Self {
            key: key.0,
            salt: salt.0,
            key_form: KeyForm::default(),
        }
    }

    pub(crate) fn redacted() -> Self {
        Self {
            key: Secret::redacted(),
            salt: Secret::redacted(),
            key_form: KeyForm::default(),
        }
    }

    /// Returns key and salt, which nothing may repeat.
    pub(crate) fn secrets(&self) -> [&Secret; 2] {
        [&self.key, &self.salt]
    }

    /// Returns the `requestToken` of some values: these and the salt without anything between them,
    /// signed with HMAC-SHA-256, in base64.
    ///
    /// ```
    /// use haso_bnpl::{MerchantKey, MerchantSalt, Signing};
    ///
    /// let key = MerchantKey::new("demo-merchant-key");
    /// let signing = Signing::new(key, MerchantSalt::new("demo-merchant-salt"));
    /// let token = signing.request_token(["1001", "5004", "203.0.113.7"]);
    /// assert_eq!(token.expose(), "Od3OLzqT2xkK0mNdzaMGZ5mkG0PqKhLGNLAQpH2uOT0=");
    /// ```
    pub fn request_token<'a>(&self, values: impl IntoIterator<Item = &'a str>) -> Secret {
        let text = self.key.expose();
        let decoded = match self.key_form {
            KeyForm::Text => None,
            KeyForm::Base64 => STANDARD.decode(text).ok(),
        };
        let key = decoded.as_deref().unwrap_or(text.as_bytes());
        // HMAC takes keys of every length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else {
            return Secret::new("");
        };
        for value in values {
            mac.update(value.as_bytes());
        }
        mac.update(self.salt.expose().as_bytes());
        Secret::new(STANDARD.encode(mac.finalize().into_bytes()))
    }
}

kervan_core::setters! { Signing {
    /// Sets how the key's text is turned into bytes.
    key_form: KeyForm,
}}

#[cfg(test)]
mod tests {
    use super::*;

    fn signing(key: &str, salt: &str) -> Signing {
        Signing::new(MerchantKey::new(key), MerchantSalt::new(salt))
    }

    #[test]
    fn signs_as_the_check_values_say() {
        let signing = signing("demo-merchant-key", "demo-merchant-salt");
        for (values, token) in [
            (
                &["1001", "1905231436-1", "TRX-1", "203.0.113.7"][..],
                "mFjaRXc2YK1fO95VNZ0JNvB/WTf1CNXNkiQEeLutxrg=",
            ),
            (
                &["1001", "1905231436-1", "TRX-1", ""],
                "O78NvOgXzhJWOmNPZf2CNzzMXH0BWkEyzYuhLJS2cuY=",
            ),
            (
                &["1001", "5004", "203.0.113.7"],
                "Od3OLzqT2xkK0mNdzaMGZ5mkG0PqKhLGNLAQpH2uOT0=",
            ),
            (
                &[
                    "1001",
                    "1905231436-1",
                    "PAY-1",
                    "REF-1",
                    "2024-05-31",
                    "203.0.113.7",
                ],
                "O64J597hiakpqy9jWqjZK5Z9xhum+fjl7ANFtKhivio=",
            ),
            (
                &["1001", "Çağrı", "Öztürk", "SEG", "203.0.113.7"],
                "onT/RpVg2jvY4wt2Pibu9tgDsf3rzCJrLEC8lkMGqhk=",
            ),
        ] {
            assert_eq!(
                signing.request_token(values.iter().copied()).expose(),
                token
            );
        }
    }

    #[test]
    fn a_key_in_base64_is_its_bytes() {
        let text = signing("demo-merchant-key", "s").request_token(["1"]);
        let coded = signing("ZGVtby1tZXJjaGFudC1rZXk=", "s").key_form(KeyForm::Base64);
        assert_eq!(coded.request_token(["1"]).expose(), text.expose());
    }
}
