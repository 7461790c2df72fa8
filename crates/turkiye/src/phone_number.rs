//! Telephone numbers of Türkiye: mobile ones and those of lines.

use crate::dialling::{Faults, read, ten_digits};
use crate::fault::{Fault, FaultKind, InputError};
use crate::letters::is_digits;
use crate::mobile_number::MobileNumber;
use crate::number_type::{kept_number_type, number_type};

const NAME: &str = "phone_number";

/// A telephone number is digits and nothing else.
pub static NOT_A_NUMBER: Fault = Fault::new(
    "phone_number.not_a_number",
    FaultKind::NotANumber,
    "`{path}` is not a telephone number",
    "`{path}` bir telefon numarası değil",
);

/// A telephone number has ten digits, besides `0` or `+90`.
pub static LENGTH: Fault = Fault::new(
    "phone_number.length",
    FaultKind::Length,
    "`{path}` has {actual} digits, a telephone number has {limit} without 0 and +90",
    "`{path}` {actual} haneli, telefon numarası 0 ve +90 olmadan {limit} hanelidir",
);

/// A telephone number is of Türkiye: after a `+` comes 90.
pub static COUNTRY: Fault = Fault::new(
    "phone_number.country",
    FaultKind::Prefix,
    "`{path}` is a telephone number of another country, not of +90",
    "`{path}` başka bir ülkenin telefon numarası, +90 ile başlamıyor",
);

/// A telephone number begins with 2, 3, 4, 5 or 8.
pub static FIRST_DIGIT: Fault = Fault::new(
    "phone_number.first_digit",
    FaultKind::Prefix,
    "`{path}` is not a telephone number of Türkiye: the first of its ten digits must be 2, 3, 4, 5 or 8",
    "`{path}` Türkiye telefon numarası değil: on hanenin ilki 2, 3, 4, 5 ya da 8 olmalıdır",
);

/// The faults of a telephone number.
pub static ALL: &[&Fault] = &[&NOT_A_NUMBER, &LENGTH, &COUNTRY, &FIRST_DIGIT];

/// A telephone number: ten digits without `0` and `+90`.
///
/// Of a mobile telephone (5), a line (2, 3, 4) or a service (8, as 850). The numbers of companies that
/// begin with 444 have seven digits and no area. Where messages are sent, take [`MobileNumber`]. `Debug` prints nothing of it.
///
/// ```
/// use kervan_turkiye::phone_number::PhoneNumber;
/// let number = PhoneNumber::from_input("0 (312) 000 00 01")?;
/// assert_eq!(number.as_str(), "3120000001");
/// assert_eq!(number.with_zero(), "03120000001");
/// assert!(number.mobile().is_none());
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PhoneNumber(String);

impl PhoneNumber {
    /// Reads a number as people type it: with blanks, dots, dashes, strokes and brackets in it, and `0`,
    /// `90`, `+90` or `0090` before it.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        read(text, &FAULTS, Self::new)
    }

    /// Reads the form that is sent: ten digits, or seven that begin with 444.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`COUNTRY`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        if is_short(text) {
            return Ok(Self(text.to_owned()));
        }
        ten_digits(text, &FAULTS)?;
        if !text.starts_with(['2', '3', '4', '5', '8']) {
            return Err(FIRST_DIGIT.of(NAME));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the number as one of a mobile telephone, if it is one.
    pub fn mobile(&self) -> Option<MobileNumber> {
        MobileNumber::new(&self.0).ok()
    }

    /// Returns the number as it is dialled in Türkiye: eleven digits that begin with 0, or seven that
    /// begin with 444.
    pub fn with_zero(&self) -> String {
        let zero = if is_short(&self.0) { "" } else { "0" };
        format!("{zero}{}", self.0)
    }

    /// Returns the number as it is dialled from anywhere: `+90` and the digits.
    pub fn international(&self) -> String {
        format!("+90{}", self.0)
    }
}

/// Returns whether a number is one of the seven digits that are dialled without an area, from all of Türkiye.
fn is_short(text: &str) -> bool {
    text.len() == 7 && text.starts_with("444") && is_digits(text)
}

static FAULTS: Faults = Faults {
    name: NAME,
    not_a_number: &NOT_A_NUMBER,
    length: &LENGTH,
    country: &COUNTRY,
};

number_type!(PhoneNumber, PhoneNumber::new);
kept_number_type!(PhoneNumber);

impl From<MobileNumber> for PhoneNumber {
    fn from(number: MobileNumber) -> Self {
        Self(number.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_lines_and_mobile_numbers_are_read() {
        for (text, number) in [
            ("05550000001", "5550000001"),
            ("0312 000 00 01", "3120000001"),
            // Two more: a service, and a number as its owner prints it.
            ("0850 000 00 01", "8500000001"),
            ("+90 (212) 000.00.01", "2120000001"),
            ("0212/000 00 01", "2120000001"),
            ("444 0 001", "4440001"),
            ("+90 444 0 001", "4440001"),
            ("90 444 0 001", "4440001"),
            ("0090 444 0 001", "4440001"),
        ] {
            assert_eq!(
                PhoneNumber::from_input(text).unwrap().as_str(),
                number,
                "{text}"
            );
        }
        for (text, code) in [
            ("ev yok", "phone_number.not_a_number"),
            ("445 0 001", "phone_number.length"),
            ("0912 000 00 01", "phone_number.first_digit"),
            ("+49 30 0000001", "phone_number.country"),
            ("0049 30 00000001", "phone_number.country"),
        ] {
            assert_eq!(
                PhoneNumber::from_input(text).unwrap_err().code(),
                code,
                "{text}"
            );
        }
    }

    #[test]
    fn a_mobile_number_is_a_telephone_number() {
        let number = PhoneNumber::new("5550000001").unwrap();
        let mobile = number.mobile().unwrap();
        assert_eq!(PhoneNumber::from(mobile), number);
        assert_eq!(number.international(), "+905550000001");
    }

    #[test]
    fn a_short_number_has_no_zero() {
        let number = PhoneNumber::new("4440001").unwrap();
        assert_eq!(number.with_zero(), "4440001");
        assert_eq!(number.international(), "+904440001");
        assert_eq!(PhoneNumber::from_input(&number.international()), Ok(number));
    }
}
