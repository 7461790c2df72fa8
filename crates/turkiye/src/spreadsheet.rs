//! Traces that spreadsheets leave in the fields of a file.

use std::borrow::Cow;

use crate::fault::{DECIMALS, InputError, SHORTENED};
use crate::letters::{is_digits, trimmed};

/// Takes off the guard that keeps a spreadsheet from changing a number: `="0012345"` and `'0012345`.
///
/// An apostrophe is a guard before a digit, a quote or one of `= + - @`, and only where the text has
/// no other apostrophe, so `'90'lar` stays. Text without a guard is returned as it is; blanks around a
/// guard go with it.
///
/// ```
/// use kervan_turkiye::spreadsheet::unguarded;
/// assert_eq!(unguarded(r#"="0012345""#), "0012345");
/// assert_eq!(unguarded("'0012345"), "0012345");
/// assert_eq!(unguarded("'Merkez'"), "'Merkez'");
/// ```
pub fn unguarded(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    // A guard may be inside of another one. Each is shorter than the text that it is around.
    while let Some(inner) = inside(trimmed(&text)) {
        text = Cow::Owned(inner);
    }
    text
}

fn inside(text: &str) -> Option<String> {
    if let Some(rest) = text.strip_prefix('\'') {
        let is_guard =
            rest.starts_with(|first: char| first.is_numeric() || "=+-@\"".contains(first));
        return (is_guard && !rest.contains('\'')).then(|| rest.to_owned());
    }
    let quoted = text.strip_prefix('=')?.trim_start();
    let inner = quoted.strip_prefix('"')?.strip_suffix('"')?;
    // A quote inside is doubled, as formulas write it.
    let single = inner.replace("\"\"", "");
    (!single.contains('"')).then(|| inner.replace("\"\"", "\""))
}

/// Returns whether a text is a number that a spreadsheet shortened to powers of ten: `1,01202E+14`,
/// `5.32E+9`. Its last digits are lost, so that different numbers look the same.
///
/// ```
/// use kervan_turkiye::spreadsheet::is_shortened;
/// assert!(is_shortened("1,01202E+14"));
/// assert!(!is_shortened("SKU-12E4"));
/// ```
pub fn is_shortened(text: &str) -> bool {
    let text = text.trim();
    let Some((number, power)) = text.split_once(['e', 'E']) else {
        return false;
    };
    let number = number.strip_prefix(['-', '+']).unwrap_or(number);
    let (whole, decimals) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    // Spreadsheets write the sign. Codes such as `12E4` have none.
    let power = power.strip_prefix(['+', '-']);
    whole.len() == 1 && is_digits(whole) && is_digits(decimals) && power.is_some_and(is_digits)
}

/// Returns the value of a cell of any kind, without its guard and the blanks around it.
///
/// ```
/// use kervan_turkiye::spreadsheet::cell;
/// assert_eq!(cell(r#" ="0012345" "#)?, "0012345");
/// assert_eq!(cell("1,01202E+14").unwrap_err().code(), "text.shortened_by_spreadsheet");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
///
/// # Errors
///
/// [`SHORTENED`].
pub fn cell(text: &str) -> Result<Cow<'_, str>, InputError> {
    let value = match unguarded(text.trim()) {
        Cow::Borrowed(value) => Cow::Borrowed(value.trim()),
        Cow::Owned(value) => Cow::Owned(value.trim().to_owned()),
    };
    if is_shortened(&value) {
        return Err(SHORTENED.of(CELL));
    }
    Ok(value)
}

/// Returns the value of a cell that holds a key of digits or letters: an order number, a tax number, a code.
///
/// ```
/// use kervan_turkiye::spreadsheet::key_cell;
/// assert_eq!(key_cell("'0012345")?, "0012345");
/// assert_eq!(key_cell("1012021.0").unwrap_err().suggestion(), Some("1012021"));
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
///
/// # Errors
///
/// [`SHORTENED`], and [`DECIMALS`] for seven digits or more with `.0` behind them.
pub fn key_cell(text: &str) -> Result<Cow<'_, str>, InputError> {
    let value = cell(text)?;
    match whole_part(&value) {
        Some(whole) => Err(DECIMALS.of(CELL).suggest(Some(whole.to_owned()))),
        None => Ok(value),
    }
}

const CELL: &str = "cell";

/// Returns whether a text is a whole number that a spreadsheet or a program wrote with decimals:
/// `10000000146.0`, `5550000001,00`. Shorter numbers may be amounts and are not meant.
pub(crate) fn whole_part(text: &str) -> Option<&str> {
    let (whole, zeros) = text.trim().split_once(['.', ','])?;
    let has_zeros = matches!(zeros, "0" | "00");
    let is_long = whole.len() >= 7 && whole.bytes().all(|byte| byte.is_ascii_digit());
    (has_zeros && is_long).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t2_guards_are_taken_off() {
        for (text, inner) in [
            (r#"="0012345""#, "0012345"),
            ("'0012345", "0012345"),
            // Two more: a guard in a guard, and a guarded telephone number with blanks around it.
            (r#"'="0012345""#, "0012345"),
            (" '+90 555 000 00 01 ", "+90 555 000 00 01"),
            (r#"="5"" boru""#, "5\" boru"),
            ("\u{feff}'0012345", "0012345"),
            ("\u{200e}=\"0012345\"\u{200b}", "0012345"),
            ("=\"\"", ""),
        ] {
            assert_eq!(unguarded(text), inner, "{text}");
        }
        for text in [
            "",
            "'",
            "0012345",
            "'Merkez'",
            "'90'lar",
            "O'Neill",
            "=A1",
            "=\"",
            "=\"a\"&\"b\"",
            "='x'",
        ] {
            assert_eq!(unguarded(text), text, "{text}");
        }
    }

    #[test]
    fn t2_the_value_of_a_cell() {
        for (text, value) in [
            (r#"="0012345""#, "0012345"),
            ("'0012345 ", "0012345"),
            // Two more: blanks inside of the guard, and a name.
            (r#"=" 5 ""#, "5"),
            (" 'Merkez' ", "'Merkez'"),
        ] {
            assert_eq!(cell(text).as_deref(), Ok(value), "{text}");
            assert_eq!(key_cell(text).as_deref(), Ok(value), "{text}");
        }
        assert_eq!(cell("1012021.0").as_deref(), Ok("1012021.0"));
        for text in ["'1,01202E+14", r#"="5,32E+09""#] {
            assert_eq!(
                cell(text).unwrap_err().code(),
                "text.shortened_by_spreadsheet"
            );
        }
    }

    #[test]
    fn t1_shortened_numbers_are_recognised() {
        // The last two are more: a decimal point, and small letters.
        for text in ["1,01202E+14", "5,32E+09", "5.32E+9", " 1e+11 "] {
            assert!(is_shortened(text), "{text}");
        }
        for text in [
            "", "E", "12E4", "1E4", "5,32E+", "5,E+09", "52,3E+09", "A1E+5", "1E+5x",
        ] {
            assert!(!is_shortened(text), "{text}");
        }
    }
}
