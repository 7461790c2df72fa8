//! Codes of products and the like, in capitals.

use std::borrow::Cow;

/// Returns a code of ASCII in capitals of ASCII, and `None` for a code with other letters.
///
/// A product code is not a Turkish word: its `i` stays without a dot. A code with other letters is a
/// text, and takes Turkish capitals.
///
/// ```
/// use kervan_turkiye::ascii_code::to_upper;
/// assert_eq!(to_upper("wifi-kit-i5").as_deref(), Some("WIFI-KIT-I5"));
/// assert_eq!(to_upper("ışık-5"), None);
/// ```
pub fn to_upper(code: &str) -> Option<Cow<'_, str>> {
    if !code.is_ascii() {
        return None;
    }
    Some(if code.bytes().any(|byte| byte.is_ascii_lowercase()) {
        code.to_ascii_uppercase().into()
    } else {
        code.into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t9_codes_have_capitals_of_ascii() {
        for (code, upper) in [
            ("wifi-kit-i5", "WIFI-KIT-I5"),
            // Two more, and one that is in capitals.
            ("mini_ipad/11", "MINI_IPAD/11"),
            ("i", "I"),
            ("SKU 1", "SKU 1"),
            ("", ""),
        ] {
            assert_eq!(to_upper(code).as_deref(), Some(upper));
        }
        for code in ["ışık-5", "WİFİ", "ｗｉｆｉ"] {
            assert_eq!(to_upper(code), None);
        }
        assert!(matches!(to_upper("KIT-I5"), Some(Cow::Borrowed(_))));
    }
}
