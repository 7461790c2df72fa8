//! The barcode of a label, and the ATF id in it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many digits of a barcode are the ATF id.
const ATF_DIGITS: usize = 11;

/// The number of a goods-acceptance record ("ambar tesellüm fişi"): the first eleven digits of a
/// label's barcode. Kept as text, zeros in front included.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AtfId(#[serde(deserialize_with = "kervan_wire::charset::whole")] String);

impl AtfId {
    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns whether it is eleven digits.
    pub(super) fn is_well_formed(&self) -> bool {
        self.0.len() == ATF_DIGITS && self.0.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl<T: Into<String>> From<T> for AtfId {
    fn from(text: T) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for AtfId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The barcode of a label. Wire: `barcode`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Barcode(String);

impl Barcode {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Returns the barcode as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns its first eleven characters, when they are digits.
    pub fn atf_id(&self) -> Option<AtfId> {
        let id = AtfId::from(self.0.get(..ATF_DIGITS)?);
        id.is_well_formed().then_some(id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_atf_id_is_the_first_eleven_digits() {
        let id = |text| Barcode::new(text).atf_id();
        assert_eq!(id("00123456789001"), Some(AtfId::from("00123456789")));
        assert_eq!(id("12345678901"), Some(AtfId::from("12345678901")));
        for text in [
            "",
            "1234567890",
            "1234567890A1",
            "1234567890ş1",
            "-1234567890",
        ] {
            assert_eq!(id(text), None, "{text}");
        }
    }
}
