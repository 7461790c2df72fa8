//! JSON text whose texts hold raw control characters or halves of surrogate pairs, made good.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Returns the same text with raw control characters in its texts escaped, and halves of surrogate pairs
/// replaced by U+FFFD. Everything outside of texts stays as it is.
pub(super) fn repaired(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let (mut out, mut copied, mut at) = (String::new(), 0, 0);
    let mut is_inside = false;
    while let Some(&byte) = bytes.get(at) {
        let (length, bad) = match byte {
            b'"' => {
                is_inside = !is_inside;
                (1, None)
            }
            b'\\' if is_inside => escape(&bytes[at..]),
            0..b' ' if is_inside => (1, Some(byte)),
            _ => (1, None),
        };
        if let Some(bad) = bad {
            out.push_str(&text[copied..at]);
            // Writing to a string cannot fail.
            let _ = match bad {
                DAMAGED => out.write_str("\\ufffd"),
                control => write!(out, "\\u{control:04x}"),
            };
            copied = at + length;
        }
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

/// Returns whether a letter was damaged where JSON has no letters.
pub(super) fn is_damaged_outside_of_texts(text: &str) -> bool {
    let (mut is_inside, mut is_escaped) = (false, false);
    text.chars().any(|letter| {
        if !std::mem::take(&mut is_escaped) {
            is_inside ^= letter == '"';
            is_escaped = is_inside && letter == '\\';
        }
        letter == crate::charset::DAMAGED && !is_inside
    })
}

/// Stands for half of a surrogate pair. No control character is written so.
const DAMAGED: u8 = 0xff;

/// Returns the length of an escape, of both halves of a pair, and what is wrong with it.
fn escape(rest: &[u8]) -> (usize, Option<u8>) {
    match unit(rest) {
        Some(0xd800..=0xdbff) => match rest.get(6..).and_then(unit) {
            Some(0xdc00..=0xdfff) => (12, None),
            _ => (6, Some(DAMAGED)),
        },
        Some(0xdc00..=0xdfff) => (6, Some(DAMAGED)),
        // A backslash and an ASCII character: more of it is never inside of a letter.
        _ if rest.get(1).is_some_and(u8::is_ascii_graphic) => (2, None),
        _ => (1, None),
    }
}

/// Returns the number of `\u002f`.
fn unit(rest: &[u8]) -> Option<u16> {
    let digits = rest.strip_prefix(b"\\u")?.get(..4)?;
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_what_json_has_no_raw_form_for() {
        for (text, good) in [
            ("{\"a\":\t\"b\tc\"}", "{\"a\":\t\"b\\u0009c\"}"),
            ("[\"\r\n\\\"\u{1}\"]", "[\"\\u000d\\u000a\\\"\\u0001\"]"),
            (r#"["\ud83d"]"#, r#"["\ufffd"]"#),
            (
                r#"["\ude00x\ud83d\ud83d\ude00"]"#,
                r#"["\ufffdx\ufffd\ud83d\ude00"]"#,
            ),
            (r#"["\\ud83d"]"#, r#"["\\ud83d"]"#),
            (r#"["\ud8"]"#, r#"["\ud8"]"#),
            ("[\"\\ş\"]", "[\"\\ş\"]"),
        ] {
            assert_eq!(repaired(text), good, "{text}");
        }
    }

    proptest! {
        #[test]
        fn good_json_is_not_copied(text in "[^\0]{0,40}") {
            let json = serde_json::to_string(&[&text]).unwrap();
            prop_assert!(matches!(repaired(&json), Cow::Borrowed(_)));
        }

        #[test]
        fn never_panics_and_repairs_once(text in "[\"\\\\udD8aş\t\n{}:,]{0,40}") {
            let once = repaired(&text).into_owned();
            prop_assert_eq!(repaired(&once), once.as_str());
        }
    }
}
