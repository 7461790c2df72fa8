//! Percent-encoding: strict when writing, as lenient as the provider's pages when reading.

use std::iter;

use kervan_core::Rule;
use kervan_core::windows_1254;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};

use super::notes::Notes;
use crate::rules;

/// Everything but the characters that RFC 3986 calls unreserved.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The meaning of a raw `+`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Plus {
    /// A blank, in a query.
    Blank,
    /// Itself, in a path.
    Plus,
}

/// Encodes a value: UTF-8, a blank as `%20`, a plus as `%2B`.
pub(super) fn encode(value: &str) -> PercentEncode<'_> {
    utf8_percent_encode(value, VALUE)
}

/// Decodes a name or a value as ASP.NET does.
///
/// That is: `%XX`, also `%uXXXX` (which `escape` of JavaScript writes for Turkish letters), and a
/// `%` that encodes nothing stays. Bytes that are not UTF-8 are read as windows-1254, in which old
/// Turkish shop software encodes.
pub(crate) fn decode(raw: &str, plus: Plus, notes: &mut Notes) -> Option<String> {
    let mut decoder = Decoder {
        out: String::with_capacity(raw.len()),
        run: Vec::new(),
        notes,
    };
    let mut rest = raw;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        if let Some(unit) = utf16_unit(rest) {
            length = 6;
            let low = rest.get(6..).and_then(utf16_unit);
            if (0xd800..0xdc00).contains(&unit) {
                length = 12;
            }
            let units = iter::once(unit).chain(low.filter(|_| length == 12));
            let letter = char::decode_utf16(units).next()?.ok()?;
            decoder.flush()?;
            decoder.out.push(letter);
        } else if let Some(byte) = byte(rest) {
            length = 3;
            decoder.run.push(byte);
        } else if character == '+' && plus == Plus::Blank {
            decoder.note(&rules::LINK_PLUS);
            decoder.run.push(b' ');
        } else {
            if character == '%' {
                decoder.note(&rules::LINK_STRAY_PERCENT);
            } else if character.is_whitespace() {
                decoder.note(&rules::LINK_RAW_BLANK);
            }
            decoder.flush()?;
            decoder.out.push(character);
        }
        rest = rest.get(length..).unwrap_or_default();
    }
    decoder.flush()?;
    Some(decoder.out)
}

/// The bytes of one run of encoded characters wait until the run ends: one letter can be several.
struct Decoder<'a> {
    out: String,
    run: Vec<u8>,
    notes: &'a mut Notes,
}

impl Decoder<'_> {
    fn note(&mut self, rule: &'static Rule) {
        self.notes.add(rule);
    }

    fn flush(&mut self) -> Option<()> {
        if let Ok(text) = str::from_utf8(&self.run) {
            self.out.push_str(text);
        } else {
            self.out.push_str(&single_byte_letters(&self.run)?);
            self.note(&rules::LINK_SINGLE_BYTE);
        }
        self.run.clear();
        Some(())
    }
}

/// Decodes letters in windows-1254. Bytes from `0x80` to `0x9F` are refused, because a reference holds none
/// of their characters.
fn single_byte_letters(bytes: &[u8]) -> Option<String> {
    let no_letter = bytes.iter().any(|byte| (0x80..=0x9f).contains(byte));
    if no_letter {
        None
    } else {
        windows_1254::decode(bytes)
    }
}

fn byte(text: &str) -> Option<u8> {
    let digits = text.strip_prefix('%')?.get(..2)?;
    u8::try_from(hexadecimal(digits)?).ok()
}

fn utf16_unit(text: &str) -> Option<u16> {
    let digits = text
        .strip_prefix("%u")
        .or_else(|| text.strip_prefix("%U"))?;
    hexadecimal(digits.get(..4)?)
}

fn hexadecimal(digits: &str) -> Option<u16> {
    // `from_str_radix` would take a sign.
    digits
        .bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(raw: &str) -> Option<String> {
        decode(raw, Plus::Blank, &mut Notes::default())
    }

    #[test]
    fn reads_the_same_letters_in_all_four_spellings() {
        for raw in ["ığüşöç İ", "%C4%B1%C4%9F%C3%BC%C5%9F%C3%B6%C3%A7+%C4%B0"] {
            assert_eq!(read(raw).as_deref(), Some("ığüşöç İ"));
        }
        assert_eq!(
            read("%FD%F0%FC%FE%F6%E7%20%DD").as_deref(),
            Some("ığüşöç İ")
        );
        assert_eq!(
            read("%u0131%u011F%FC%u015F%F6%E7%20%u0130").as_deref(),
            Some("ığüşöç İ")
        );
    }

    #[test]
    fn keeps_a_percent_that_encodes_nothing() {
        for raw in ["50%", "%", "%G1", "%+1", "%u00", "%uGGGG", "%1ş", "%ş"] {
            let mut notes = Notes::default();
            assert_eq!(decode(raw, Plus::Plus, &mut notes).as_deref(), Some(raw));
            assert_eq!(notes.0, [&rules::LINK_STRAY_PERCENT]);
        }
    }

    #[test]
    fn joins_surrogates_and_refuses_halves() {
        assert_eq!(read("%uD83D%uDCE6").as_deref(), Some("📦"));
        for raw in [
            "%uD83D",
            "%uDCE6",
            "%uD83Dx",
            "%uD83D%u0041",
            "%80",
            "x%C5%9",
        ] {
            // The last one is a byte of windows-1254 and a stray percent.
            assert_eq!(read(raw).is_none(), raw != "x%C5%9", "{raw}");
        }
    }

    proptest! {
        #[test]
        fn every_text_survives(text in ".{0,60}") {
            let encoded = encode(&text).to_string();
            prop_assert!(encoded.is_ascii() && !encoded.contains(['&', '+', ' ', '=', '#']));
            let mut notes = Notes::default();
            prop_assert_eq!(decode(&encoded, Plus::Blank, &mut notes), Some(text.clone()));
            prop_assert_eq!(decode(&encoded, Plus::Plus, &mut notes), Some(text));
            prop_assert!(notes.0.is_empty());
        }

        #[test]
        fn no_text_panics(text in ".{0,60}|[%uU0-9a-fA-F+]{0,40}") {
            let _ = read(&text);
        }
    }
}
