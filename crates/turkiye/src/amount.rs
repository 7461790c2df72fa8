//! Amounts of money as people type them, in kuruş. Those of answers are read by [`net_number`](crate::net_number).

use std::borrow::Cow;

use crate::amount_fault::NAME;
pub use crate::amount_fault::{ALL, AMBIGUOUS, FORM, TOO_LARGE, TOO_MANY_DECIMALS};
use crate::fault::{InputError, SHORTENED};
use crate::input::plain;
use crate::letters::has_groups;
use crate::net_number::NumberForm;
use crate::spreadsheet::is_shortened;

/// Returns the kuruş of an amount that a person typed: `10,00`, `1.234,50`, `1 234,50 TL`, `₺1234.5`.
///
/// The mark that comes last is the decimal one, if only one or two digits or zeros follow it. Zeros
/// beyond the second decimal are dropped, because the amount stays the same. `1.234` and `1,234` are
/// ambiguous: Turkish and English differ by a factor of a thousand, so nobody guesses. A minus before
/// the amount is read; whether an amount may be below zero is for the caller to say.
///
/// ```
/// use kervan_turkiye::amount::kurus_from_input;
/// assert_eq!(kurus_from_input("10,00")?, 1_000);
/// assert_eq!(kurus_from_input("1.234,50 TL")?, 123_450);
/// assert_eq!(kurus_from_input("1.234").unwrap_err().suggestion(), Some("1234,00"));
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
///
/// # Errors
///
/// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
pub fn kurus_from_input(text: &str) -> Result<i64, InputError> {
    let plain = plain(NAME, text)?.replace('\u{2212}', "-");
    let number = without_currency(plain.trim());
    if is_shortened(number) {
        return Err(SHORTENED.of(NAME));
    }
    NumberForm::Mixed.kurus(&without_blanks(number)?)
}

/// Takes off the name or the sign of the currency, before or behind the amount.
fn without_currency(text: &str) -> &str {
    for sign in ["₺", "TL", "TRY", "tl", "Tl", "try"] {
        let rest = text.strip_prefix(sign).or_else(|| text.strip_suffix(sign));
        if let Some(rest) = rest {
            return rest.trim();
        }
    }
    text
}

/// Takes the blanks out between groups of three digits. A blank elsewhere is a mistake.
fn without_blanks(text: &str) -> Result<Cow<'_, str>, InputError> {
    let text = match text.strip_prefix('-') {
        Some(rest) if rest.starts_with(' ') => Cow::Owned(format!("-{}", rest.trim_start())),
        _ => Cow::Borrowed(text),
    };
    if !text.contains(' ') {
        return Ok(text);
    }
    let whole = text.split([',', '.']).next().unwrap_or_default();
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    if !has_groups(unsigned.split(' ')) || text[whole.len()..].contains(' ') {
        return Err(FORM.of(NAME));
    }
    Ok(Cow::Owned(text.replace(' ', "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_amounts_as_people_type_them() {
        for (text, kurus) in [
            ("10,00", 1_000),
            ("1.234,50", 123_450),
            ("10", 1_000),
            ("10,5", 1_050),
            ("1234.50", 123_450),
            ("1,234.50", 123_450),
            ("1.234.567", 123_456_700),
            ("1 234,50", 123_450),
            ("1\u{a0}234\u{202f}567,5", 123_456_750),
            ("500.0000", 50_000),
            ("1500.000", 150_000),
            ("0,500", 50),
            ("-12,50", -1_250),
            ("\u{2212} 12,50", -1_250),
            // Two more: with a currency, and with the digits of another keyboard.
            ("₺1.234,50", 123_450),
            ("1.234,50 TL", 123_450),
            ("TRY 10", 1_000),
            ("١٠,٥٠", 1_050),
            (r#"="10,00""#, 1_000),
            ("'10,00", 1_000),
            ("000000000000000000,01", 1),
            ("999.999.999.999.999,99", 99_999_999_999_999_999),
        ] {
            assert_eq!(kurus_from_input(text), Ok(kurus), "{text}");
        }
    }

    #[test]
    fn refuses_by_code() {
        for (text, code) in [
            ("", "text.missing"),
            (" TL ", "text.missing"),
            ("1.234", "amount.ambiguous"),
            ("-100,000", "amount.ambiguous"),
            ("10,005", "amount.ambiguous"),
            ("1234,505", "amount.too_many_decimals"),
            ("1.234,5678", "amount.too_many_decimals"),
            ("1.2345", "amount.too_many_decimals"),
            ("1234567890123456", "amount.too_large"),
            ("1,2E+3", "text.shortened_by_spreadsheet"),
            ("1e5", "amount.form"),
            ("on lira", "amount.form"),
            ("12.", "amount.form"),
            (",50", "amount.form"),
            ("1.23.456,0", "amount.form"),
            ("1.2,3,4", "amount.form"),
            ("1.23,50", "amount.form"),
            ("10 00", "amount.form"),
            ("1 234, 50", "amount.form"),
            ("1 23,5", "amount.form"),
            ("--5", "amount.form"),
            ("+5", "amount.form"),
            ("5-", "amount.form"),
            ("1'234,50", "amount.form"),
            ("10,00 $", "amount.form"),
            ("0.123,45", "amount.form"),
            ("-0,123.45", "amount.form"),
            ("0 123,45", "amount.form"),
            ("1\n234", "amount.form"),
            ("1\t234,50", "amount.form"),
            ("1\u{2028}234", "amount.form"),
            ("0.123.456", "amount.form"),
            ("10,\0", "text.control_character"),
        ] {
            assert_eq!(kurus_from_input(text).unwrap_err().code(), code, "{text}");
        }
        for (text, suggestion) in [
            ("1.234", "1234,00"),
            ("1,234", "1234,00"),
            ("-100.000", "-100000,00"),
        ] {
            let error = kurus_from_input(text).unwrap_err();
            assert_eq!(error.suggestion(), Some(suggestion));
            assert!(kurus_from_input(suggestion).is_ok());
        }
    }
}
