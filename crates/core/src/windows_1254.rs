//! Windows-1254, the one charset besides UTF-8 in which Turkish programs write.

/// Where the charset differs from ISO-8859-1.
pub const TURKISH: [(u8, char); 6] = [
    (0xD0, 'Ğ'),
    (0xDD, 'İ'),
    (0xDE, 'Ş'),
    (0xF0, 'ğ'),
    (0xFD, 'ı'),
    (0xFE, 'ş'),
];

/// The characters of the bytes 0x80 to 0x9F. A zero marks a byte without a meaning.
const HIGH: [char; 32] = [
    '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', '\0', '\0', //
    '\0', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', '\0', 'Ÿ',
];

/// Decodes a text. `None` when a byte has no meaning.
///
/// ```
/// use kervan_core::windows_1254::decode;
///
/// assert_eq!(decode(b"\xDDzmir"), Some("İzmir".to_owned()));
/// assert_eq!(decode(b"\x81"), None);
/// ```
pub fn decode(bytes: &[u8]) -> Option<String> {
    bytes.iter().map(|&byte| character(byte)).collect()
}

/// Returns the character of a byte. `None` when it has no meaning.
pub fn character(byte: u8) -> Option<char> {
    if let Some(&(_, letter)) = TURKISH.iter().find(|(own, _)| *own == byte) {
        return Some(letter);
    }
    match byte {
        0x80..=0x9F => Some(HIGH[usize::from(byte - 0x80)]).filter(|&found| found != '\0'),
        other => Some(char::from(other)),
    }
}
