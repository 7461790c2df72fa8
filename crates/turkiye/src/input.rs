//! Takes out of a number what people write for their eyes.

use zeroize::Zeroizing;

use crate::fault::{CONTROL_CHARACTER, DECIMALS, InputError, MISSING, SHORTENED};
use crate::letters::{
    ascii, control_character, is_control, is_invisible, is_joiner, is_line_end, trimmed,
};
use crate::spreadsheet::{is_shortened, unguarded, whole_part};

/// The most bytes of a text of which a suggestion is made.
const LONGEST_GUESS: usize = 200;

/// Returns a number without blanks, dots, dashes, brackets and characters that have no width, with
/// digits of ASCII.
///
/// Full-width digits (`５`), Arabic (`٥`) and Persian ones (`۵`) become those of ASCII, because
/// keyboards and input methods type them, and each has one value. Digits of other scripts,
/// superscripts and circled digits stay, so the number is refused.
pub(crate) fn compact(name: &'static str, text: &str) -> Result<Zeroizing<String>, InputError> {
    // All copies are wiped, because the number may be that of a card.
    let unguarded = Zeroizing::new(unguarded(text).into_owned());
    // No number begins with an apostrophe, so it is a guard before letters too, as of an account.
    let unguarded = Zeroizing::new(without_apostrophe(&unguarded).to_owned());
    let mut compact = Zeroizing::new(String::with_capacity(unguarded.len()));
    let mut plain = Zeroizing::new(String::with_capacity(unguarded.len()));
    for letter in unguarded.chars() {
        if is_invisible(letter) || is_joiner(letter) {
            continue;
        }
        if is_control(letter) {
            return Err(control_character(name, letter));
        }
        let letter = ascii(letter);
        plain.push(letter);
        if !is_line_end(letter) && !is_separator(letter) {
            compact.push(letter);
        }
    }
    if is_shortened(&plain) {
        return Err(SHORTENED.of(name));
    }
    if whole_part(&plain).is_some() {
        return Err(DECIMALS.of(name));
    }
    if compact.is_empty() {
        return Err(MISSING.of(name));
    }
    Ok(compact)
}

fn without_apostrophe(text: &str) -> &str {
    let text = trimmed(text);
    text.strip_prefix('\'').unwrap_or(text)
}

/// Adds the value that was probably meant: one of the candidates that is a right value.
pub(crate) fn suggest<T: Into<String>>(
    error: InputError,
    text: &str,
    more: impl FnOnce(&str) -> Vec<String>,
    read: impl Fn(&str) -> Option<T>,
) -> InputError {
    // Digits are lost, or the text is broken.
    let is_broken = error.fault() == &SHORTENED || error.fault() == &CONTROL_CHARACTER;
    if text.len() > LONGEST_GUESS || is_broken {
        return error;
    }
    let plain: String = without_apostrophe(&unguarded(text))
        .chars()
        .filter(|c| !is_invisible(*c))
        .map(ascii)
        .collect();
    // The zero behind a point is no digit of the number.
    let plain = whole_part(&plain).unwrap_or(&plain);
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let mut candidates = more(&digits);
    // Letters that are taken for digits, before letters that do not belong to the number.
    candidates.push(
        plain
            .chars()
            .filter(|c| !is_separator(*c))
            .map(alike)
            .collect(),
    );
    candidates.push(digits);
    let found = candidates.iter().find_map(|candidate| read(candidate));
    error.suggest(found.map(Into::into))
}

/// Returns a typed text with ASCII digits and plain blanks, without the guard of a spreadsheet and without
/// letters that nobody sees.
///
/// A line end, and a stop between cells, stays one, because what is on its two sides is not one value.
pub(crate) fn plain(name: &'static str, text: &str) -> Result<String, InputError> {
    let text = unguarded(text);
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        if is_control(letter) {
            return Err(control_character(name, letter));
        }
        match letter {
            _ if is_invisible(letter) => {}
            _ if is_line_end(letter) => plain.push('\n'),
            _ if letter.is_whitespace() => plain.push(' '),
            _ => plain.push(ascii(letter)),
        }
    }
    Ok(plain)
}

/// Returns whether a character only groups digits.
fn is_separator(letter: char) -> bool {
    let is_dash = matches!(
        letter,
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}'
    );
    let is_bracket = matches!(letter, '(' | ')' | '[' | ']' | '\u{ff08}' | '\u{ff09}');
    letter.is_whitespace() || is_dash || is_bracket || matches!(letter, '.' | '\u{b7}')
}

/// Returns the digit that a letter looks like.
fn alike(letter: char) -> char {
    match letter {
        'O' | 'o' => '0',
        'I' | 'l' | 'ı' => '1',
        other => other,
    }
}
