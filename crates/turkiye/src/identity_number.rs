//! Identity numbers of persons (T.C. kimlik numarası, TCKN), and those of foreigners, which begin with 99.

use crate::fault::{Fault, FaultKind, InputError};
use crate::input::{compact, suggest};
use crate::letters::is_digits;
use crate::number_type::{kept_number_type, number_type};

const NAME: &str = "identity_number";
const DIGITS: usize = 11;

/// An identity number is digits and nothing else.
pub static NOT_A_NUMBER: Fault = Fault::new(
    "identity_number.not_a_number",
    FaultKind::NotANumber,
    "`{path}` is not a number",
    "`{path}` bir numara değil",
);

/// An identity number has eleven digits.
pub static LENGTH: Fault = Fault::new(
    "identity_number.length",
    FaultKind::Length,
    "`{path}` has {actual} digits, an identity number has {limit}",
    "`{path}` {actual} haneli, T.C. kimlik numarası {limit} hanelidir",
);

/// An identity number does not begin with 0.
pub static FIRST_DIGIT: Fault = Fault::new(
    "identity_number.first_digit",
    FaultKind::Prefix,
    "`{path}` begins with 0, which no identity number does",
    "`{path}` 0 ile başlıyor, T.C. kimlik numarası 0 ile başlamaz",
);

/// The last two digits of an identity number follow from the others.
pub static CHECK_DIGITS: Fault = Fault::new(
    "identity_number.check_digits",
    FaultKind::CheckDigits,
    "`{path}` is not an identity number, its check digits are wrong",
    "`{path}` geçerli bir T.C. kimlik numarası değil, kontrol haneleri yanlış",
);

/// The faults of an identity number.
pub static ALL: &[&Fault] = &[&NOT_A_NUMBER, &LENGTH, &FIRST_DIGIT, &CHECK_DIGITS];

/// An identity number: eleven digits, the first not 0.
///
/// `Debug` prints nothing of it. With the feature `serde` it is a text; reading one back judges all but
/// the check digits, because test systems know people who do not exist.
///
/// ```
/// use kervan_turkiye::identity_number::IdentityNumber;
/// let number = IdentityNumber::from_input(" 100 000 001-46 ")?;
/// assert_eq!(number.as_str(), "10000000146");
/// assert_eq!(format!("{number:?}"), "[redacted]");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityNumber(String);

impl IdentityNumber {
    /// Reads a number as people type it, with blanks, dots, dashes or brackets in it.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        let read = |text: &str| Self::new(text);
        compact(NAME, text)
            .and_then(|digits| read(&digits))
            .map_err(|error| suggest(error, text, |_| Vec::new(), |text| read(text).ok()))
    }

    /// Reads a number as people type it, without judging its check digits: the number that is sent to a test
    /// system.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`CHECK_DIGITS`], or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input_with_any_check_digits(text: &str) -> Result<Self, InputError> {
        Self::with_any_check_digits(&compact(NAME, text)?)
    }

    /// Reads the form that is sent: eleven digits, the last two of which follow from the others.
    ///
    /// # Errors
    ///
    /// One of [`ALL`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        let number = Self::with_any_check_digits(text)?;
        if number.has_right_check_digits() {
            Ok(number)
        } else {
            Err(CHECK_DIGITS.of(NAME))
        }
    }

    /// Reads the form that is sent without judging its check digits, for test systems that know people
    /// who do not exist.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`CHECK_DIGITS`].
    pub fn with_any_check_digits(text: &str) -> Result<Self, InputError> {
        form(text).map(|()| Self(text.to_owned()))
    }

    /// Returns whether the last two digits follow from the others.
    pub fn has_right_check_digits(&self) -> bool {
        let digit = |at: usize| u32::from(self.0.as_bytes()[at] - b'0');
        let odd: u32 = (0..9).step_by(2).map(digit).sum();
        let even: u32 = (1..8).step_by(2).map(digit).sum();
        // 40 keeps the difference above zero without changing its last digit.
        let tenth = (odd * 7 + 40 - even) % 10;
        digit(9) == tenth && digit(10) == (odd + even + tenth) % 10
    }
}

fn form(text: &str) -> Result<(), InputError> {
    if !is_digits(text) {
        return Err(NOT_A_NUMBER.of(NAME));
    }
    if text.len() != DIGITS {
        let error = LENGTH.of(NAME).limit("11");
        return Err(error.actual(text.len().to_string()));
    }
    if text.starts_with('0') {
        return Err(FIRST_DIGIT.of(NAME));
    }
    Ok(())
}

number_type!(IdentityNumber, IdentityNumber::with_any_check_digits);
kept_number_type!(IdentityNumber);

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> &'static str {
        IdentityNumber::from_input(text).unwrap_err().code()
    }

    #[test]
    fn t6_grouped_numbers_are_read() {
        for text in [
            "10000000146",
            "100 000 001 46",
            "100\u{a0}000\u{202f}001\u{2007}46",
            "100.000.001-46",
            "(10000000146)",
            // Two more: typed with an Arabic keyboard, and copied from a file with a mark of byte order.
            "١٠٠٠٠٠٠٠١٤٦",
            "\u{feff}10000000146\r\n",
            "۱۰۰۰۰۰۰۰۱۴۶",
            "１０００００００１４６",
        ] {
            let number = IdentityNumber::from_input(text).unwrap();
            assert_eq!(number.as_str(), "10000000146", "{text}");
        }
    }

    #[test]
    fn t2_guarded_numbers_are_read() {
        // The last two are more.
        for text in [
            r#"="10000000146""#,
            "'10000000146",
            " '100 000 001 46",
            r#"= "10000000146""#,
        ] {
            let number = IdentityNumber::from_input(text).unwrap();
            assert_eq!(number.as_str(), "10000000146", "{text}");
        }
    }

    #[test]
    fn t1_numbers_that_a_spreadsheet_changed_are_refused() {
        assert_eq!(code("1,00E+10"), "text.shortened_by_spreadsheet");
        assert_eq!(code("1.00000001E+10"), "text.shortened_by_spreadsheet");
        let error = IdentityNumber::from_input("10000000146.0").unwrap_err();
        assert_eq!(error.code(), "text.decimals_of_spreadsheet");
        assert_eq!(error.suggestion(), Some("10000000146"));
    }

    #[test]
    fn refuses_by_code_and_suggests() {
        for (text, code, suggestion) in [
            ("", "text.missing", None),
            (" \u{a0} ", "text.missing", None),
            ("1000000014\0", "text.control_character", None),
            ("yok", "identity_number.not_a_number", None),
            (
                "TC: 10000000146",
                "identity_number.not_a_number",
                Some("10000000146"),
            ),
            (
                "1OOOOOOO146",
                "identity_number.not_a_number",
                Some("10000000146"),
            ),
            ("1000000014⁶", "identity_number.not_a_number", None),
            ("1000000014", "identity_number.length", None),
            ("100000001460", "identity_number.length", None),
            ("01000000146", "identity_number.first_digit", None),
            ("00000000000", "identity_number.first_digit", None),
            ("10000000147", "identity_number.check_digits", None),
            ("10000000156", "identity_number.check_digits", None),
            ("11111111111", "identity_number.check_digits", None),
        ] {
            let error = IdentityNumber::from_input(text).unwrap_err();
            assert_eq!(
                (error.code(), error.suggestion()),
                (code, suggestion),
                "{text}"
            );
        }
    }

    #[test]
    fn the_strict_constructor_reads_one_form() {
        assert!(IdentityNumber::new("10000000146").is_ok());
        for text in [
            " 10000000146",
            "100 00000146",
            "١٠٠٠٠٠٠٠١٤٦",
            "'10000000146",
            "",
        ] {
            assert_eq!(
                IdentityNumber::new(text).unwrap_err().fault(),
                &NOT_A_NUMBER,
                "{text}"
            );
        }
        let invented = IdentityNumber::with_any_check_digits("10000000147").unwrap();
        assert!(!invented.has_right_check_digits());
    }

    #[test]
    fn texts_name_the_field_and_not_the_number() {
        let error = IdentityNumber::from_input("1000000014")
            .unwrap_err()
            .at("shopper.tckn");
        assert_eq!(
            error.english(),
            "`shopper.tckn` has 10 digits, an identity number has 11"
        );
        assert_eq!(
            error.turkish(),
            "`shopper.tckn` 10 haneli, T.C. kimlik numarası 11 hanelidir"
        );
        let error = IdentityNumber::from_input("10000000146.0").unwrap_err();
        let shown = format!("{error} {error:?} {}", error.turkish());
        assert!(!shown.contains("10000000146"), "{shown}");
    }
}
