//! Bodies as text: UTF-8, or Windows-1254, the charset of Turkish systems that do not send UTF-8. It
//! holds ISO-8859-9.

use std::borrow::Cow;

use crate::error::{Reason, Unreadable};

/// A body as text, without a byte-order mark: UTF-8, and Windows-1254 when that was declared or when
/// the bytes are no UTF-8.
///
/// # Errors
///
/// [`Unreadable`] when it holds a zero byte, as UTF-16 does, or is text in neither charset.
pub fn body_text(body: &[u8], declared_turkish: bool) -> Result<Cow<'_, str>, Unreadable> {
    let charset = || Unreadable::whole(Reason::Charset);
    let bytes = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    if bytes.contains(&0) {
        return Err(charset());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !declared_turkish || text.is_ascii() => Ok(Cow::Borrowed(text)),
        _ => decode_windows_1254(bytes)
            .map(Cow::Owned)
            .ok_or_else(charset),
    }
}

/// The characters of the bytes 0x80 to 0x9F. A zero stands for a byte without a meaning.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', '\0', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', '\0', 'Ÿ',
];

/// Encodes a text in ISO-8859-9. `None` when it holds a character that the charset does not have.
pub fn encode_iso_8859_9(text: &str) -> Option<Vec<u8>> {
    if text.is_ascii() {
        return Some(text.as_bytes().to_vec());
    }
    text.chars().map(byte).collect()
}

fn byte(character: char) -> Option<u8> {
    TURKISH
        .iter()
        .find_map(|&(byte, letter)| (letter == character).then_some(byte))
        .or_else(|| {
            let byte = u8::try_from(character).ok()?;
            TURKISH
                .iter()
                .all(|&(taken, _)| taken != byte)
                .then_some(byte)
        })
}

/// Where the charset differs from ISO-8859-1.
const TURKISH: [(u8, char); 6] = [
    (0xD0, 'Ğ'),
    (0xDD, 'İ'),
    (0xDE, 'Ş'),
    (0xF0, 'ğ'),
    (0xFD, 'ı'),
    (0xFE, 'ş'),
];

/// Decodes Windows-1254. `None` when a byte has no meaning in it.
pub fn decode_windows_1254(bytes: &[u8]) -> Option<String> {
    bytes.iter().map(|&byte| character(byte)).collect()
}

fn character(byte: u8) -> Option<char> {
    let turkish = TURKISH.iter().find(|(own, _)| *own == byte);
    if let Some(&(_, letter)) = turkish {
        return Some(letter);
    }
    Some(match byte {
        0x80..=0x9F => Some(HIGH[usize::from(byte - 0x80)]).filter(|&found| found != '\0')?,
        other => char::from(other),
    })
}

/// Whether a `Content-Type` names Windows-1254 or ISO-8859-9, by any of their usual names.
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

/// Whether a name is one of Windows-1254 or ISO-8859-9.
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
            decode_windows_1254(bytes).as_deref(),
            Some("ĞİŞğış ÇÖÜçöü € abc")
        );
    }

    #[test]
    fn encodes_what_iso_8859_9_has_and_nothing_else() {
        let bytes: Vec<u8> = (0..0x80).chain(0xA0..=0xFF).collect();
        let text = decode_windows_1254(&bytes).unwrap();
        assert_eq!(encode_iso_8859_9(&text), Some(bytes));
        for text in ["ýþð", "€", "‘", "😀", "Ð", "i\u{307}"] {
            assert_eq!(encode_iso_8859_9(text), None, "{text}");
        }
        assert_eq!(encode_iso_8859_9("\u{80}"), Some(vec![0x80]));
    }

    #[test]
    fn refuses_the_seven_bytes_without_a_meaning() {
        let without: Vec<u8> = (0..=255)
            .filter(|&byte| decode_windows_1254(&[byte]).is_none())
            .collect();
        assert_eq!(without, [0x81, 0x8D, 0x8E, 0x8F, 0x90, 0x9D, 0x9E]);
    }

    #[test]
    fn knows_the_names_of_the_charset() {
        assert!(declares_turkish("application/json; charset=\"ISO-8859-9\""));
        assert!(declares_turkish("text/html;charset=windows-1254;x=y"));
        assert!(!declares_turkish("application/json; charset=utf-8"));
        assert!(!declares_turkish("application/json"));
    }
}
