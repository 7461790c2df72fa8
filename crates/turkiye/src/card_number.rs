//! Numbers of payment cards.

use zeroize::Zeroizing;

use crate::fault::{Fault, FaultKind, InputError};
use crate::input::compact;
use crate::letters::is_digits;
use crate::number_type::number_type;

const NAME: &str = "card_number";

/// A card number is digits and nothing else.
pub static NOT_A_NUMBER: Fault = Fault::new(
    "card_number.not_a_number",
    FaultKind::NotANumber,
    "`{path}` is not a card number",
    "`{path}` bir kart numarası değil",
);

/// A masked number, as `454671******7894`, is not the number of a card any more.
pub static MASKED: Fault = Fault::new(
    "card_number.masked",
    FaultKind::NotANumber,
    "`{path}` is masked; the whole card number is needed",
    "`{path}` maskelenmiş; kart numarasının tamamı gerekli",
);

/// A card number has 12 to 19 digits.
pub static LENGTH: Fault = Fault::new(
    "card_number.length",
    FaultKind::Length,
    "`{path}` has {actual} digits, a card number has {limit}",
    "`{path}` {actual} haneli, kart numarası {limit} hanelidir",
);

/// The last digit of a card number follows from the others (Luhn).
pub static CHECK_DIGIT: Fault = Fault::new(
    "card_number.check_digit",
    FaultKind::CheckDigits,
    "`{path}` is not a card number, its check digit is wrong",
    "`{path}` geçerli bir kart numarası değil, kontrol hanesi yanlış",
);

/// The faults of a card number.
pub static ALL: &[&Fault] = &[&NOT_A_NUMBER, &MASKED, &LENGTH, &CHECK_DIGIT];

/// A card number: 12 to 19 digits.
///
/// It is neither printed nor serialised nor cloned, and wiped from memory when it is dropped. Errors
/// suggest nothing. With the feature `serde` it can be read, without judging its check digit.
///
/// ```
/// use kervan_turkiye::card_number::CardNumber;
/// let number = CardNumber::from_input("4546 7112 3456 7894")?;
/// assert_eq!(number.as_str(), "4546711234567894");
/// assert_eq!(format!("{number:?}"), "[redacted]");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
pub struct CardNumber(Zeroizing<String>);

impl CardNumber {
    /// Reads a number as people type it and as cards print it: in groups.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        Self::new(&compact(NAME, text)?)
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

    /// Reads the form that is sent: 12 to 19 digits, the last of which follows from the others.
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

    /// Reads the form that is sent without judging its check digit, for test systems with cards that
    /// nobody issued.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`CHECK_DIGIT`].
    pub fn with_any_check_digit(text: &str) -> Result<Self, InputError> {
        if !is_digits(text) {
            return Err(if is_masked(text) {
                &MASKED
            } else {
                &NOT_A_NUMBER
            }
            .of(NAME));
        }
        if !(12..=19).contains(&text.len()) {
            let error = LENGTH.of(NAME).limit("12-19");
            return Err(error.actual(text.len().to_string()));
        }
        Ok(Self(Zeroizing::new(text.to_owned())))
    }

    /// Returns whether the last digit follows from the others.
    pub fn has_right_check_digit(&self) -> bool {
        luhn(&self.0)
    }
}

/// Digits at both ends, and something between them that hides the others.
fn is_masked(text: &str) -> bool {
    let is_mask = |letter: char| matches!(letter, '*' | 'x' | 'X' | '#' | '•' | '_');
    let masks = text.chars().filter(|letter| is_mask(*letter)).count();
    let rest_is_digits = text.chars().all(|c| is_mask(c) || c.is_ascii_digit());
    masks > 1 && rest_is_digits && text.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns whether the last of these digits follows from the others by the rule of Luhn: false for
/// anything but digits.
///
/// Finds what may be a card number in a longer text, and so takes any length.
///
/// ```
/// use kervan_turkiye::card_number::luhn;
/// assert!(luhn("4546711234567894"));
/// assert!(!luhn("4546711234567895") && !luhn("4546 7112") && !luhn(""));
/// ```
pub fn luhn(digits: &str) -> bool {
    let mut sum = 0_u32;
    for (at, byte) in digits.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        let weighted = if at % 2 == 1 { digit * 2 } else { digit };
        // Only the last digit of the sum matters, so it cannot grow too large.
        sum = (sum + weighted / 10 + weighted % 10) % 10;
    }
    !digits.is_empty() && sum == 0
}

number_type!(CardNumber, CardNumber::with_any_check_digit);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_grouped_numbers_are_read() {
        for text in [
            "4546711234567894",
            "4546 7112 3456 7894",
            "4546-7112-3456-7894",
            "4546\u{a0}7112\u{a0}3456\u{a0}7894",
            // Two more: typed in full width, and as a spreadsheet guards it.
            "４５４６７１１２３４５６７８９４",
            "'4546 7112 3456 7894",
        ] {
            let number = CardNumber::from_input(text).unwrap();
            assert_eq!(number.as_str(), "4546711234567894", "{text}");
        }
    }

    #[test]
    fn refuses_by_code_and_suggests_nothing() {
        for (text, code) in [
            ("", "text.missing"),
            ("4,54671E+15", "text.shortened_by_spreadsheet"),
            ("4546711234567894.0", "text.decimals_of_spreadsheet"),
            ("454671******7894", "card_number.masked"),
            ("**** **** **** 7894", "card_number.masked"),
            ("4546 71XX XXXX 7894", "card_number.masked"),
            ("4546711234567895", "card_number.check_digit"),
            ("45467112345", "card_number.length"),
            ("45467112345678944546", "card_number.length"),
            ("kart 4546711234567894", "card_number.not_a_number"),
            ("4546711234567894\0", "text.control_character"),
        ] {
            let error = CardNumber::from_input(text).unwrap_err();
            assert_eq!((error.code(), error.suggestion()), (code, None), "{text}");
        }
    }

    #[test]
    fn lengths_from_12_to_19_are_read() {
        for (length, last) in [(12, '0'), (19, '0')] {
            let text: String = std::iter::repeat_n('0', length - 1).chain([last]).collect();
            assert!(CardNumber::new(&text).is_ok(), "{length}");
        }
    }
}
