//! The parts that all numbers have in common: they print nothing of themselves.

/// Writes the parts that do not depend on the rules of a number: no `Display`, a `Debug` without the
/// number, strict reading, and serde.
///
/// `$stored` reads the form that is sent without judging more than it has to, because a program has to
/// be able to read back what it stored.
macro_rules! number_type {
    ($type:ident, $stored:path) => {
        impl $type {
            /// Returns the number as it is sent.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Debug for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::fault::REDACTED)
            }
        }

        /// Reads the form that is sent and no other, as [`new`](Self::new) does.
        impl std::str::FromStr for $type {
            type Err = $crate::fault::InputError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::number_type::read_stored(deserializer, $stored)
            }
        }
    };
}

/// Writes the parts of a number that is stored and compared.
macro_rules! kept_number_type {
    ($type:ident) => {
        impl From<$type> for String {
            fn from(number: $type) -> Self {
                number.0
            }
        }

        #[cfg(feature = "serde")]
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

pub(crate) use {kept_number_type, number_type};

/// Reads a stored value. Neither of the errors quotes what was found.
#[cfg(feature = "serde")]
pub(crate) fn read_stored<'de, D: serde::Deserializer<'de>, T>(
    deserializer: D,
    read: impl FnOnce(&str) -> Result<T, crate::fault::InputError>,
) -> Result<T, D::Error> {
    use serde::de::{Deserialize as _, Error as _};

    let text =
        String::deserialize(deserializer).map_err(|_| D::Error::custom("expected a text"))?;
    let text = zeroize::Zeroizing::new(text);
    read(&text).map_err(D::Error::custom)
}
