//! Bodies as text: UTF-8, or Windows-1254, the charset of Turkish systems that do not send UTF-8. It
//! holds ISO-8859-9.
//!
//! [`read`] and [`Charset::of`] decide by the bytes, and by what was declared only where the bytes
//! leave it open: systems declare Windows-1254 and send UTF-8, and cut a text in the middle of a letter.
//! A damaged letter becomes U+FFFD, so that one byte does not cost the whole answer.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::windows_1254;

/// Decodes a body, without a byte-order mark: as UTF-8, and as Windows-1254 when that was declared or when
/// the bytes are not valid UTF-8.
///
/// # Errors
///
/// [`Unreadable`] when it holds a zero byte, as UTF-16 does, or is text in neither charset.
pub fn body_text(body: &[u8], declared_turkish: bool) -> Result<Cow<'_, str>, Unreadable> {
    let charset = || Unreadable::whole(Reason::Charset);
    let bytes = unmarked(body)?;
    match std::str::from_utf8(bytes) {
        Ok(text) if !declared_turkish || text.is_ascii() => Ok(Cow::Borrowed(text)),
        _ => windows_1254::decode(bytes)
            .map(Cow::Owned)
            .ok_or_else(charset),
    }
}

/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Returns the bytes without a byte-order mark.
fn unmarked(body: &[u8]) -> Result<&[u8], Unreadable> {
    let bytes = body.strip_prefix(MARK).unwrap_or(body);
    if bytes.contains(&0) {
        return Err(Unreadable::whole(Reason::Charset));
    }
    Ok(bytes)
}

/// A text whose bytes were not all good. It does not print itself.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decoded<'a> {
    /// The text, with U+FFFD in the place of each damaged letter.
    pub text: Cow<'a, str>,
    /// Whether a letter was damaged.
    pub is_damaged: bool,
    /// Whether the bytes are in another charset than the declared one.
    pub is_misdeclared: bool,
}

impl fmt::Debug for Decoded<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Decoded")
            .field("bytes", &self.text.len())
            .field("is_damaged", &self.is_damaged)
            .field("is_misdeclared", &self.is_misdeclared)
            .finish()
    }
}

/// Reads a body as text, in the charset that its bytes are in.
///
/// ```
/// let cut = kervan_wire::charset::read("BAŞARIL\u{131}".as_bytes().split_last().unwrap().1, false)?;
/// assert_eq!(cut.text, "BAŞARIL\u{fffd}");
/// assert!(cut.is_damaged);
/// # Ok::<(), kervan_core::error::Unreadable>(())
/// ```
///
/// # Errors
///
/// [`Unreadable`] when it holds a zero byte, as UTF-16 does.
pub fn read(body: &[u8], declared_turkish: bool) -> Result<Decoded<'_>, Unreadable> {
    let bytes = unmarked(body)?;
    // Nearly every body. No letter of it speaks for another charset.
    if let Ok(text) = std::str::from_utf8(bytes)
        && (!declared_turkish || text.is_ascii())
    {
        return Ok(Decoded {
            text: Cow::Borrowed(text),
            is_damaged: false,
            is_misdeclared: false,
        });
    }
    let charset = Charset::of([bytes], declared_turkish);
    let mut decoded = charset.decode(bytes);
    decoded.is_misdeclared =
        declared_turkish && charset == Charset::Utf8 && !decoded.text.is_ascii();
    Ok(decoded)
}

/// The charset of some texts that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// Windows-1254.
    Windows1254,
}

impl Charset {
    /// Decides by the bytes: by letters that only one of the charsets explains, and without such letters
    /// by the declaration.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a [u8]>, declared_turkish: bool) -> Self {
        let mut evidence = Evidence::default();
        texts.into_iter().for_each(|text| evidence.add(text));
        evidence.charset(declared_turkish)
    }

    /// Decodes one of the texts, without a byte-order mark. Bytes that the charset does not know become
    /// U+FFFD.
    pub fn decode(self, bytes: &[u8]) -> Decoded<'_> {
        let bytes = bytes.strip_prefix(MARK).unwrap_or(bytes);
        let good = |text| Decoded {
            text,
            is_damaged: false,
            is_misdeclared: false,
        };
        match self {
            Self::Utf8 => {
                let text = String::from_utf8_lossy(bytes);
                Decoded {
                    is_damaged: matches!(text, Cow::Owned(_)),
                    ..good(text)
                }
            }
            Self::Windows1254 => {
                let letter = |&byte: &u8| windows_1254::character(byte);
                let is_damaged = bytes.iter().any(|byte| letter(byte).is_none());
                let letters = bytes.iter().map(|byte| letter(byte).unwrap_or(DAMAGED));
                Decoded {
                    is_damaged,
                    ..good(Cow::Owned(letters.collect()))
                }
            }
        }
    }
}

/// Replaces a letter whose bytes are damaged.
pub const DAMAGED: char = char::REPLACEMENT_CHARACTER;

/// Reads a key or a number, for `#[serde(deserialize_with)]`. One with a damaged letter is rejected, because
/// no later call finds anything by it and no comparison recognises it.
///
/// # Errors
///
/// Those of the deserializer, and an error for a text with U+FFFD.
pub fn whole<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: From<String>,
{
    let text = String::deserialize(deserializer)?;
    if text.contains(DAMAGED) {
        return Err(serde::de::Error::custom("a key with a damaged letter"));
    }
    Ok(text.into())
}

/// The number of letters that speak for each charset.
#[derive(Debug, Default)]
struct Evidence {
    /// Letters beyond ASCII in good UTF-8.
    utf_8: usize,
    /// Of these, letters of Turkish.
    turkish_in_utf_8: usize,
    /// Bytes that are not valid UTF-8, but a Turkish letter in Windows-1254.
    windows_1254: usize,
    /// Bytes that are not valid UTF-8, as the rest of a letter that was cut.
    cut: usize,
    /// Bytes that are not valid UTF-8, but a sign or a foreign letter in Windows-1254.
    other: usize,
}

impl Evidence {
    fn add(&mut self, text: &[u8]) {
        let mut end = 0;
        for chunk in text.utf8_chunks() {
            end += chunk.valid().len() + chunk.invalid().len();
            for letter in chunk.valid().chars().filter(|letter| !letter.is_ascii()) {
                // In Windows-1254 a letter and a quotation mark look like a letter of another script.
                let is_usual = matches!(letter, '\u{a0}'..='\u{17f}' | '\u{2010}'..='\u{20bf}');
                self.utf_8 += usize::from(is_usual);
                self.turkish_in_utf_8 += usize::from(is_turkish(letter));
            }
            let Some(&first) = chunk.invalid().first() else {
                continue;
            };
            if is_cut(chunk.invalid(), text.get(end)) {
                self.cut += 1;
            } else if windows_1254::character(first).is_some_and(is_turkish) {
                self.windows_1254 += 1;
            } else {
                self.other += 1;
            }
        }
    }

    fn charset(&self, declared_turkish: bool) -> Charset {
        let is_good_utf_8 = self.windows_1254 + self.cut + self.other == 0;
        let is_utf_8 = match (is_good_utf_8, declared_turkish) {
            (true, false) => true,
            (_, true) => self.turkish_in_utf_8 > self.windows_1254 + self.other,
            (false, false) if self.windows_1254 > 0 => self.utf_8 >= self.windows_1254,
            (false, false) => self.utf_8 > 0 || self.cut > 0,
        };
        if is_utf_8 {
            Charset::Utf8
        } else {
            Charset::Windows1254
        }
    }
}

/// Returns whether bytes that are not valid UTF-8 look like the rest of a letter that was cut: the first byte
/// of Turkish letters (0xC3 to 0xC5) before something other than a letter, the first bytes of a quotation
/// mark or of an emoji, or a byte that no charset knows.
fn is_cut(invalid: &[u8], next: Option<&u8>) -> bool {
    match *invalid {
        [0xC3..=0xC5] => next.is_none_or(|next| !next.is_ascii_alphabetic()),
        [0xE2, 0x80..=0x8F] | [0xF0, 0x9F, ..] => true,
        [first, ..] => windows_1254::character(first).is_none(),
        [] => false,
    }
}

fn is_turkish(letter: char) -> bool {
    "ÇĞİÖŞÜçğıöşüÂÎÛâîû".contains(letter)
}

/// Encodes a text in ISO-8859-9. `None` when it holds a character that the charset does not have.
pub fn encode_iso_8859_9(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return Some(text.as_bytes().to_vec());
    }
    text.chars().map(byte).collect()
}

fn byte(character: char) -> Option<u8> {
    windows_1254::TURKISH
        .iter()
        .find_map(|&(byte, letter)| (letter == character).then_some(byte))
        .or_else(|| {
            let byte = u8::try_from(character).ok()?;
            windows_1254::TURKISH
                .iter()
                .all(|&(taken, _)| taken != byte)
                .then_some(byte)
        })
}

/// Returns whether a `Content-Type` names Windows-1254 or ISO-8859-9, by any of their usual names.
pub fn declares_turkish(content_type: &str) -> bool {
    let lower = content_type.to_ascii_lowercase();
    let Some((_, charset)) = lower.split_once("charset=") else {
        return false;
    };
    names_turkish(
        charset
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .trim_matches('"'),
    )
}

/// Returns whether a name is one of Windows-1254 or ISO-8859-9.
pub fn names_turkish(charset: &str) -> bool {
    let names = [
        "windows-1254",
        "cp1254",
        "iso-8859-9",
        "iso8859-9",
        "latin5",
    ];
    names.iter().any(|name| name.eq_ignore_ascii_case(charset))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_the_turkish_letters_and_the_euro() {
        let bytes = b"\xd0\xdd\xde\xf0\xfd\xfe \xc7\xd6\xdc\xe7\xf6\xfc \x80 abc";
        assert_eq!(
            windows_1254::decode(bytes).as_deref(),
            Some("ĞİŞğış ÇÖÜçöü € abc")
        );
    }

    #[test]
    fn encodes_what_iso_8859_9_has_and_nothing_else() {
        let bytes: Vec<u8> = (0..0x80).chain(0xA0..=0xFF).collect();
        let text = windows_1254::decode(&bytes).unwrap();
        assert_eq!(encode_iso_8859_9(&text), Some(bytes));
        for text in ["ýþð", "€", "‘", "😀", "Ð", "i\u{307}"] {
            assert_eq!(encode_iso_8859_9(text), None, "{text}");
        }
        assert_eq!(encode_iso_8859_9("\u{80}"), Some(vec![0x80]));
    }

    #[test]
    fn refuses_the_seven_bytes_without_a_meaning() {
        let without: Vec<u8> = (0..=255)
            .filter(|&byte| windows_1254::decode(&[byte]).is_none())
            .collect();
        assert_eq!(without, [0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E]);
    }

    fn text(bytes: &[u8], declared: bool) -> (String, bool, bool) {
        let read = read(bytes, declared).unwrap();
        (read.text.into_owned(), read.is_damaged, read.is_misdeclared)
    }

    #[test]
    fn r5_a_cut_letter_costs_that_letter_only() {
        for (whole, cut, damaged) in [
            ("İŞLEM BAŞARILI", &b"\xc5"[..], "İŞLEM BAŞARILI\u{fffd}"),
            ("", b"BAS\xc5\",", "BAS\u{fffd}\","),
            ("", b"BASARILI\xc4", "BASARILI\u{fffd}"),
            ("Tamam ", b"\xf0\x9f\x98\"", "Tamam \u{fffd}\""),
            ("Güçlü ", b"\xe2\x80", "Güçlü \u{fffd}"),
            ("", b"\x9eule\xc5\x9f", "\u{fffd}uleş"),
            ("Şule", b"\xfe", "Şule\u{fffd}"),
        ] {
            let bytes = [whole.as_bytes(), cut].concat();
            assert_eq!(text(&bytes, false), (damaged.to_owned(), true, false));
        }
    }

    #[test]
    fn r4_bytes_that_contradict_the_declaration_are_what_they_are() {
        let said = "BAŞARILI".as_bytes();
        assert_eq!(text(said, true), ("BAŞARILI".to_owned(), false, true));
        let cut = [said, b"\xc4"].concat();
        assert_eq!(
            text(&cut, true),
            ("BAŞARILI\u{fffd}".to_owned(), true, true)
        );
        assert_eq!(
            text(b"BASARILI", true),
            ("BASARILI".to_owned(), false, false)
        );
        // No letter of Turkish: the declaration decides.
        assert_eq!(text(b"\xc3\xbe", true), ("Ã¾".to_owned(), false, false));
    }

    #[test]
    fn windows_1254_stays_what_it_is() {
        for bytes in [
            &b"\xddSTANBUL"[..],
            b"G\xfc\xe7\x92\xfcn",
            b"J\xc4GER",
            b"Ye\xf0\x92e",
            b"100 \x80",
            b"\xa7 5",
            b"\xc7\xd6\xdc \xc3\xbc \xde\x92nin",
        ] {
            for declared in [false, true] {
                let wanted = windows_1254::decode(bytes).unwrap();
                let found = text(bytes, declared);
                assert_eq!(found, (wanted, false, false), "{bytes:x?}");
            }
        }
        assert_eq!(text(b"\xfe\xde\xddx\x81", true).0, "şŞİx\u{fffd}");
    }

    #[test]
    fn texts_that_belong_together_are_in_one_charset() {
        let texts = ["Şule".as_bytes(), b"Ay\xc5"];
        let charset = Charset::of(texts, false);
        assert_eq!(charset, Charset::Utf8);
        assert_eq!(charset.decode(texts[1]).text, "Ay\u{fffd}");
        let texts = [&b"\xdeule"[..], b"x"];
        assert_eq!(Charset::of(texts, false), Charset::Windows1254);
    }

    proptest::proptest! {
        #[test]
        fn good_utf_8_is_read_unchanged(said in "[^\0\u{feff}][^\0]{0,60}") {
            proptest::prop_assert_eq!(text(said.as_bytes(), false), (said, false, false));
        }

        #[test]
        fn turkish_text_is_read_in_both_charsets(said in "[A-Za-zÇĞİÖŞÜçğıöşü0-9 .,:]{0,60}") {
            let bytes = encode_iso_8859_9(&said).unwrap();
            proptest::prop_assert_eq!(text(&bytes, false).0, said.clone());
            proptest::prop_assert_eq!(text(&bytes, true).0, said);
        }

        #[test]
        fn a_text_of_turkish_is_cut_anywhere(said in "[ÇĞİÖŞÜçğıöşü][A-ZÇĞİÖŞÜ ]{0,20}", end in 3_usize..40) {
            let bytes = said.as_bytes();
            let cut = &bytes[..end.min(bytes.len())];
            let read = text(cut, false);
            proptest::prop_assert!(said.starts_with(read.0.trim_end_matches(DAMAGED)), "{:?}", read);
        }
    }

    #[test]
    fn knows_the_names_of_the_charset() {
        assert!(declares_turkish("application/json; charset=\"ISO-8859-9\""));
        assert!(declares_turkish("text/html;charset=windows-1254;x=y"));
        assert!(!declares_turkish("application/json; charset=utf-8"));
        assert!(!declares_turkish("application/json"));
    }
}
