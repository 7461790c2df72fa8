//! Forms and queries: names and values, percent-encoded.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The characters that a browser encodes, the space apart.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b' ')
    .remove(b'*')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_');

/// Reads the pairs of a form or a query. `None` when it is not UTF-8.
pub(crate) fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decode(name)?, decode(value)?))
    });
    pairs.collect()
}

/// Writes a form as browsers do.
pub(crate) fn write(pairs: &[(String, String)]) -> String {
    let encode = |text: &str| {
        let encoded = utf8_percent_encode(text, ENCODED).to_string();
        encoded.replace(' ', "+")
    };
    let pairs = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let decoded = percent_decode_str(&text).decode_utf8().ok()?;
    Some(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_undoes_writing() {
        let written = [("a[0]".to_owned(), "Çağrı & 1+1=2 %".to_owned())];
        assert_eq!(
            write(&written),
            "a%5B0%5D=%C3%87a%C4%9Fr%C4%B1+%26+1%2B1%3D2+%25"
        );
        assert_eq!(pairs(&write(&written)).unwrap(), written);
        assert_eq!(
            pairs("a=b+c").unwrap(),
            [("a".to_owned(), "b c".to_owned())]
        );
        assert_eq!(pairs("a=%C5"), None);
    }
}
