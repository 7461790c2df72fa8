//! Numbers of mobile telephones of Türkiye.

use crate::dialling::{Faults, read, ten_digits};
use crate::fault::{Fault, FaultKind, InputError};
use crate::number_type::{kept_number_type, number_type};

const NAME: &str = "mobile_number";

/// A mobile number is digits and nothing else.
pub static NOT_A_NUMBER: Fault = Fault::new(
    "mobile_number.not_a_number",
    FaultKind::NotANumber,
    "`{path}` is not a mobile number",
    "`{path}` bir cep telefonu numarası değil",
);

/// A mobile number has ten digits, besides `0` or `+90`.
pub static LENGTH: Fault = Fault::new(
    "mobile_number.length",
    FaultKind::Length,
    "`{path}` has {actual} digits, a mobile number has {limit} without 0 and +90",
    "`{path}` {actual} haneli, cep telefonu numarası 0 ve +90 olmadan {limit} hanelidir",
);

/// A mobile number is of Türkiye: after a `+` comes 90.
pub static COUNTRY: Fault = Fault::new(
    "mobile_number.country",
    FaultKind::Prefix,
    "`{path}` is a telephone number of another country, not of +90",
    "`{path}` başka bir ülkenin telefon numarası, +90 ile başlamıyor",
);

/// A mobile number begins with 5: `5550000001`. Lines begin with 2, 3 or 4.
pub static FIRST_DIGIT: Fault = Fault::new(
    "mobile_number.first_digit",
    FaultKind::Prefix,
    "`{path}` is not a mobile number: the first of its ten digits must be a 5",
    "`{path}` cep telefonu numarası değil: on hanenin ilki 5 olmalıdır",
);

/// The faults of a mobile number.
pub static ALL: &[&Fault] = &[&NOT_A_NUMBER, &LENGTH, &COUNTRY, &FIRST_DIGIT];

static FAULTS: Faults = Faults {
    name: NAME,
    not_a_number: &NOT_A_NUMBER,
    length: &LENGTH,
    country: &COUNTRY,
};

/// A mobile number: ten digits, the first a 5.
///
/// `Debug` prints nothing of it.
///
/// ```
/// use kervan_turkiye::mobile_number::MobileNumber;
/// for text in ["05550000001", "+90 555 000 00 01", "0090 (555) 000-00-01"] {
///     assert_eq!(MobileNumber::from_input(text)?.as_str(), "5550000001");
/// }
/// let error = MobileNumber::from_input("ev yok").unwrap_err();
/// assert_eq!(error.code(), "mobile_number.not_a_number");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MobileNumber(String);

impl MobileNumber {
    /// Reads a number as people type it: with blanks, dots, dashes, strokes and brackets in it, and `0`,
    /// `90`, `+90` or `0090` before it.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        read(text, &FAULTS, Self::new)
    }

    /// Reads the form that is sent: ten digits, the first a 5.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] but [`COUNTRY`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        ten_digits(text, &FAULTS)?;
        if text.starts_with('5') {
            Ok(Self(text.to_owned()))
        } else {
            Err(FIRST_DIGIT.of(NAME))
        }
    }

    /// Returns the number as it is dialled in Türkiye: eleven digits that begin with 0.
    pub fn with_zero(&self) -> String {
        format!("0{}", self.0)
    }

    /// Returns the number as it is dialled from anywhere: `+90` and ten digits.
    pub fn international(&self) -> String {
        format!("+90{}", self.0)
    }
}

number_type!(MobileNumber, MobileNumber::new);
kept_number_type!(MobileNumber);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t6_numbers_as_people_type_them() {
        for text in [
            "5550000001",
            "05550000001",
            "905550000001",
            "+905550000001",
            "00905550000001",
            "+90 555 000 00 01",
            "0 (555) 000-00-01",
            "0555.000.00.01",
            "0555/000 00 01",
            "555\u{a0}000\u{a0}00\u{a0}01",
            "(+90) 555 000 00 01",
            "+90 (0555) 000 00 01",
            "0090 0555 000 00 01",
            "\u{202a}+90 555 000 00 01\u{202c}",
            // Two more: full width with its plus, and a guard.
            "＋９０ ５５５ ０００ ００ ０１",
            "'+90 555 000 00 01",
            r#"="05550000001""#,
        ] {
            let number = MobileNumber::from_input(text).unwrap();
            assert_eq!(number.as_str(), "5550000001", "{text}");
        }
    }

    #[test]
    fn refuses_by_code_and_suggests() {
        for (text, code, suggestion) in [
            ("", "text.missing", None),
            ("-", "text.missing", None),
            ("ev yok", "mobile_number.not_a_number", None),
            ("5,32E+09", "text.shortened_by_spreadsheet", None),
            // Its digits alone would be a number, of somebody else.
            ("5,5500000E+01", "text.shortened_by_spreadsheet", None),
            (
                "5550000001.0",
                "text.decimals_of_spreadsheet",
                Some("5550000001"),
            ),
            (
                "Cep: 0555 000 00 01",
                "mobile_number.not_a_number",
                Some("5550000001"),
            ),
            (
                "0555 OOO OO O1",
                "mobile_number.not_a_number",
                Some("5550000001"),
            ),
            (
                "0555 000 00 01 dahili 2",
                "mobile_number.not_a_number",
                None,
            ),
            ("0555 000 00 0", "mobile_number.length", None),
            ("05550000001 05550000002", "mobile_number.length", None),
            ("0", "mobile_number.length", None),
            ("+90", "mobile_number.length", None),
            ("0312 000 00 01", "mobile_number.first_digit", None),
            ("9055500000", "mobile_number.first_digit", None),
            ("+49 151 00000001", "mobile_number.country", None),
            ("+5550000001", "mobile_number.country", None),
            ("+05550000001", "mobile_number.country", None),
            ("0049 151 0000001", "mobile_number.country", None),
            (
                "555+0000001",
                "mobile_number.not_a_number",
                Some("5550000001"),
            ),
            (
                "++905550000001",
                "mobile_number.not_a_number",
                Some("5550000001"),
            ),
            ("555000000\u{1b}1", "text.control_character", None),
        ] {
            let error = MobileNumber::from_input(text).unwrap_err();
            let found = (error.code(), error.suggestion());
            assert_eq!(found, (code, suggestion), "{text}");
        }
    }

    #[test]
    fn the_strict_constructor_reads_one_form() {
        assert!(MobileNumber::new("5550000001").is_ok());
        for text in [
            "05550000001",
            "+905550000001",
            "555 000 00 01",
            "4550000001",
            "",
        ] {
            assert!(MobileNumber::new(text).is_err(), "{text}");
        }
    }

    #[test]
    fn writes_the_other_forms() {
        let number = MobileNumber::new("5550000001").unwrap();
        assert_eq!(number.with_zero(), "05550000001");
        assert_eq!(number.international(), "+905550000001");
    }
}
