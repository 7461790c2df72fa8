//! Text that does not print itself: credentials and personal data.

use std::fmt;

use serde::de::{Error as _, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use zeroize::Zeroizing;

/// The placeholder of everything hidden.
pub const REDACTED: &str = "[redacted]";

/// A credential: prints as `[redacted]`, is wiped from memory on drop, does not serialise.
///
/// It can be read from a configuration file (`Deserialize`), but writing it back takes
/// [`expose`](Secret::expose), by name.
///
/// ```
/// use kervan_core::Secret;
/// let key = Secret::new("hunter2");
/// assert_eq!(format!("{key:?}"), "[redacted]");
/// assert_eq!(key.expose(), "hunter2");
/// ```
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a credential in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// Returns the placeholder that dry runs send in the place of a credential.
    pub fn redacted() -> Self {
        Self::new(REDACTED)
    }

    /// Returns the credential in clear. Its use is the caller's responsibility.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hidden_text(deserializer).map(Self::new)
    }
}

/// Reads a text. Serde's own error would quote the value that it found instead.
fn hidden_text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    String::deserialize(deserializer).map_err(|_| D::Error::custom("expected a text"))
}

/// Personal data: a name, an address, a telephone number, a provider's message that repeats them.
///
/// Prints as `[redacted]`. It serialises, because a request has to be queued and stored.
///
/// ```
/// let name = kervan_core::Personal::from("Ayşe Örnek");
/// assert_eq!(format!("{name:?}"), "[redacted]");
/// assert_eq!(name.as_str(), "Ayşe Örnek");
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Personal(String);

impl Personal {
    /// Takes personal data in.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text as it is.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty or blank.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// Hides what the texts of one provider may repeat, as the credentials of a client.
pub trait Scrub {
    /// Replaces every occurrence in a text.
    fn scrub(&self, text: &str) -> String;
}

/// The name under which a [`ForeignText`] asks for its value, so that a reader of answers recognises it.
pub const FOREIGN_TEXT: &str = "kervan_core::ForeignText";

/// A text that a provider wrote for people, as a message or the reason of a refusal. It may repeat what
/// was sent to it.
///
/// Read from an answer, it holds no credentials of the client. Like [`Personal`], it prints as
/// `[redacted]`.
#[derive(Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct ForeignText(String);

impl ForeignText {
    /// Takes over a text, and hides in it what must not be repeated.
    pub fn new(text: &str, scrub: &(impl Scrub + ?Sized)) -> Self {
        Self(scrub.scrub(text))
    }

    /// Takes over a text in which nothing has to be hidden, as one that a test makes.
    pub fn as_it_is(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether the text is empty or blank.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl From<ForeignText> for Personal {
    fn from(text: ForeignText) -> Self {
        Self(text.0)
    }
}

impl<'de> Deserialize<'de> for ForeignText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl<'de> Visitor<'de> for Text {
            type Value = ForeignText;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text")
            }

            fn visit_newtype_struct<D: Deserializer<'de>>(
                self,
                deserializer: D,
            ) -> Result<ForeignText, D::Error> {
                hidden_text(deserializer).map(ForeignText)
            }
        }
        deserializer.deserialize_newtype_struct(FOREIGN_TEXT, Text)
    }
}

impl<'de> Deserialize<'de> for Personal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        hidden_text(deserializer).map(Self)
    }
}

/// Prints a type as what is hidden, and takes in texts.
macro_rules! hidden {
    ($($type:ident)*) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(REDACTED)
            }
        }

        impl From<String> for $type {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        impl From<&str> for $type {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }
    )*};
}

hidden! { Secret Personal }

/// It is made by a reader, not out of any text.
impl fmt::Debug for ForeignText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(REDACTED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_type_prints_what_it_holds() {
        let shown = format!(
            "{:?} {:#?}",
            Secret::new("s3cret"),
            Some(Personal::from("Ayşe"))
        );
        assert!(
            !shown.contains("s3cret") && !shown.contains("Ayşe"),
            "{shown}"
        );
    }

    #[test]
    fn a_value_of_another_type_is_not_quoted() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, U64Deserializer};
        let number: U64Deserializer<Error> = 5_551_112_233_u64.into_deserializer();
        let errors = [
            Secret::deserialize(number).err(),
            Personal::deserialize(number).err(),
        ];
        assert!(!format!("{errors:?}").contains("5551112233"));
    }
}
