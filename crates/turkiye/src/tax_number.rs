//! Tax numbers of companies (vergi kimlik numarası, VKN), and of whoever is taxed.

use crate::fault::{Fault, FaultKind, InputError};
use crate::identity_number::IdentityNumber;
use crate::input::{compact, suggest};
use crate::letters::is_digits;
use crate::number_type::{kept_number_type, number_type};

const NAME: &str = "tax_number";
const DIGITS: usize = 10;

/// A tax number is digits and nothing else.
pub static NOT_A_NUMBER: Fault = Fault::new(
    "tax_number.not_a_number",
    FaultKind::NotANumber,
    "`{path}` is not a number",
    "`{path}` bir numara değil",
);

/// A tax number has ten digits.
pub static LENGTH: Fault = Fault::new(
    "tax_number.length",
    FaultKind::Length,
    "`{path}` has {actual} digits, a tax number has {limit}",
    "`{path}` {actual} haneli, vergi kimlik numarası {limit} hanelidir",
);

/// The number is that of a person: eleven digits with right check digits. Persons are taxed under their
/// identity number.
pub static IS_IDENTITY_NUMBER: Fault = Fault::new(
    "tax_number.is_identity_number",
    FaultKind::Length,
    "`{path}` is the identity number of a person, not a tax number",
    "`{path}` vergi kimlik numarası değil, bir kişinin T.C. kimlik numarası",
);

/// The last digit of a tax number follows from the others.
pub static CHECK_DIGIT: Fault = Fault::new(
    "tax_number.check_digit",
    FaultKind::CheckDigits,
    "`{path}` is not a tax number, its check digit is wrong",
    "`{path}` geçerli bir vergi kimlik numarası değil, kontrol hanesi yanlış",
);

/// The faults of a tax number.
pub static ALL: &[&Fault] = &[&NOT_A_NUMBER, &LENGTH, &IS_IDENTITY_NUMBER, &CHECK_DIGIT];

/// A tax number: ten digits.
///
/// `Debug` prints nothing of it. With the feature `serde` it is a text; reading one back judges all but
/// the check digit, because test systems know companies that do not exist.
///
/// A spreadsheet drops the zeros at the beginning of a number. The error then suggests the number with
/// them, and does not add them by itself:
///
/// ```
/// use kervan_turkiye::tax_number::TaxNumber;
/// let error = TaxNumber::from_input("10000012").unwrap_err();
/// assert_eq!(error.code(), "tax_number.length");
/// assert_eq!(TaxNumber::from_input("123 456 78 90")?.as_str(), "1234567890");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxNumber(String);

impl TaxNumber {
    /// Reads a number as people type it, with blanks, dots, dashes or brackets in it.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        let lost_zeros = |digits: &str| {
            let is_short = (7..DIGITS).contains(&digits.len());
            is_short
                .then(|| format!("{digits:0>10}"))
                .into_iter()
                .collect()
        };
        compact(NAME, text)
            .and_then(|digits| Self::new(&digits))
            .map_err(|error| suggest(error, text, lost_zeros, |text| Self::new(text).ok()))
    }

    /// Reads a number as people type it, without judging its check digit: the number that is sent to a test
    /// system.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`CHECK_DIGIT`], or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input_with_any_check_digit(text: &str) -> Result<Self, InputError> {
        Self::with_any_check_digit(&compact(NAME, text)?)
    }

    /// Reads the form that is sent: ten digits, the last of which follows from the others.
    ///
    /// # Errors
    ///
    /// One of [`ALL`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        let number = Self::with_any_check_digit(text)?;
        if number.has_right_check_digit() {
            Ok(number)
        } else {
            Err(CHECK_DIGIT.of(NAME))
        }
    }

    /// Reads the form that is sent without judging its check digit, for test systems that know companies
    /// which do not exist.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`CHECK_DIGIT`].
    pub fn with_any_check_digit(text: &str) -> Result<Self, InputError> {
        form(text).map(|()| Self(text.to_owned()))
    }

    /// Returns whether the last digit follows from the others: each digit plus its place from the right,
    /// times a power of two, modulo nine.
    pub fn has_right_check_digit(&self) -> bool {
        let mut digits = self.0.bytes().map(|byte| u32::from(byte - b'0'));
        let term = |(place, digit): (u32, u32)| {
            let moved = (digit + place) % 10;
            match moved * 2_u32.pow(place) % 9 {
                0 if moved != 0 => 9,
                term => term,
            }
        };
        let sum: u32 = (1..=9).rev().zip(digits.clone()).map(term).sum();
        digits.next_back() == Some((10 - sum % 10) % 10)
    }
}

fn form(text: &str) -> Result<(), InputError> {
    if !is_digits(text) {
        return Err(NOT_A_NUMBER.of(NAME));
    }
    if text.len() != DIGITS {
        if IdentityNumber::new(text).is_ok() {
            return Err(IS_IDENTITY_NUMBER.of(NAME));
        }
        let error = LENGTH.of(NAME).limit("10");
        return Err(error.actual(text.len().to_string()));
    }
    Ok(())
}

number_type!(TaxNumber, TaxNumber::with_any_check_digit);
kept_number_type!(TaxNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_grouped_numbers_are_read() {
        // The last two are more.
        for text in [
            "1234567890",
            "123 456 78 90",
            "123\u{a0}456\u{a0}7890",
            "123-456-7890",
            "'1234567890",
        ] {
            assert_eq!(
                TaxNumber::from_input(text).unwrap().as_str(),
                "1234567890",
                "{text}"
            );
        }
    }

    #[test]
    fn t2_zeros_that_a_spreadsheet_dropped_are_suggested() {
        for text in [r#"="0000000198""#, "'0000000198"] {
            assert_eq!(TaxNumber::from_input(text).unwrap().as_str(), "0000000198");
        }
        let with_zero = "0123456789";
        assert!(TaxNumber::new(with_zero).is_ok());
        // Two more: with decimals, where the digits alone would be a right number, and without a right one.
        for (text, code, suggestion) in [
            ("123456789", "tax_number.length", Some(with_zero)),
            (
                "123456789.0",
                "text.decimals_of_spreadsheet",
                Some(with_zero),
            ),
            (
                "123456789.0",
                "text.decimals_of_spreadsheet",
                Some(with_zero),
            ),
            ("1234567.0", "text.decimals_of_spreadsheet", None),
            ("198", "tax_number.length", None),
        ] {
            let error = TaxNumber::from_input(text).unwrap_err();
            assert_eq!(
                (error.code(), error.suggestion()),
                (code, suggestion),
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_by_code() {
        for (text, code) in [
            ("", "text.missing"),
            ("123456789", "tax_number.length"),
            ("12345678901", "tax_number.length"),
            ("10000000146", "tax_number.is_identity_number"),
            ("1234567891", "tax_number.check_digit"),
            ("0000000199", "tax_number.check_digit"),
            ("12345678,90", "tax_number.not_a_number"),
            ("VKN yok", "tax_number.not_a_number"),
            ("1,23E+09", "text.shortened_by_spreadsheet"),
            ("1234567\u{7f}890", "text.control_character"),
        ] {
            assert_eq!(
                TaxNumber::from_input(text).unwrap_err().code(),
                code,
                "{text}"
            );
        }
    }
}
