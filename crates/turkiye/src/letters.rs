//! Kinds of characters, and digits in groups.

use crate::fault::{CONTROL_CHARACTER, InputError};

/// Returns a text without blanks and characters without width at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim_matches(|letter: char| letter.is_whitespace() || is_invisible(letter))
}

/// Returns whether a text is digits of ASCII and nothing else.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the error for a character that nobody types.
pub(crate) fn control_character(name: &'static str, letter: char) -> InputError {
    CONTROL_CHARACTER
        .of(name)
        .actual(format!("U+{:04X}", u32::from(letter)))
}

/// Returns whether a character ends a line or moves to the next stop. Between two words it means a
/// blank.
pub(crate) fn is_line_end(letter: char) -> bool {
    matches!(
        letter,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Returns whether nobody types a character and no protocol carries it: control characters that do not
/// end a line, and the two that XML excludes.
pub(crate) fn is_control(letter: char) -> bool {
    (letter.is_control() && !is_line_end(letter)) || matches!(letter, '\u{fffe}' | '\u{ffff}')
}

/// Returns whether a character has no width and no meaning in a Turkish text: marks of byte order and
/// of direction, soft hyphens, joints of words, choices of a letter's look. Contacts of telephones and web
/// pages add them. These are the characters that Unicode lets programs leave out (`Default_Ignorable_Code_Point`)
/// but the joiners.
pub(crate) fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Returns whether a character joins or parts letters of other scripts and pictures. It has a meaning in a
/// text behind such a letter, and none in a number.
pub(crate) fn is_joiner(letter: char) -> bool {
    matches!(letter, '\u{200c}' | '\u{200d}')
}

/// Returns the digit, letter or plus of ASCII that is written in another width or script.
pub(crate) fn ascii(letter: char) -> char {
    let code = u32::from(letter);
    let shifted = match code {
        0xff10..=0xff19 | 0xff21..=0xff3a | 0xff41..=0xff5a | 0xff0b => code - 0xfee0,
        0x660..=0x669 => code - 0x660 + 0x30,
        0x6f0..=0x6f9 => code - 0x6f0 + 0x30,
        _ => code,
    };
    char::from_u32(shifted).unwrap_or(letter)
}

/// The same of a number that nobody can take for a decimal: no number with groups begins with a zero, so
/// `0.123,45` is a mistake.
pub(crate) fn has_groups<'a>(groups: impl Iterator<Item = &'a str> + Clone) -> bool {
    let mut first = groups.clone();
    !first.next().unwrap_or_default().starts_with('0') && is_grouped(groups)
}

/// One to three digits, and groups of three after them.
pub(crate) fn is_grouped<'a>(mut groups: impl Iterator<Item = &'a str>) -> bool {
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len())
        && is_digits(first)
        && groups.all(|group| group.len() == 3 && is_digits(group))
}
