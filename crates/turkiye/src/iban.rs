//! Numbers of Turkish bank accounts (IBAN).

use crate::fault::{Fault, FaultKind, InputError};
use crate::input::{compact, suggest};
use crate::number_type::{kept_number_type, number_type};

const NAME: &str = "iban";
const CHARACTERS: usize = 26;
/// TR, two check digits, five digits of the bank, one that is reserved.
const DIGITS_UNTIL: usize = 10;

/// An IBAN is letters and digits.
pub static FORM: Fault = Fault::new(
    "iban.form",
    FaultKind::Form,
    "`{path}` is not a Turkish IBAN: TR and 24 digits",
    "`{path}` Türkiye IBAN'ı değil: TR ve 24 rakam olmalıdır",
);

/// An IBAN of Türkiye begins with TR.
pub static COUNTRY: Fault = Fault::new(
    "iban.country",
    FaultKind::Prefix,
    "`{path}` does not begin with TR",
    "`{path}` TR ile başlamıyor",
);

/// An IBAN of Türkiye has 26 characters.
pub static LENGTH: Fault = Fault::new(
    "iban.length",
    FaultKind::Length,
    "`{path}` has {actual} characters, a Turkish IBAN has {limit}",
    "`{path}` {actual} karakter, Türkiye IBAN'ı {limit} karakterdir",
);

/// The check digits of an IBAN follow from the rest of it.
pub static CHECK_DIGITS: Fault = Fault::new(
    "iban.check_digits",
    FaultKind::CheckDigits,
    "`{path}` is an IBAN with wrong check digits",
    "`{path}` alanındaki IBAN'ın kontrol haneleri yanlış",
);

/// The faults of an IBAN.
pub static ALL: &[&Fault] = &[&FORM, &COUNTRY, &LENGTH, &CHECK_DIGITS];

/// A Turkish account: TR, 24 digits, right check digits.
///
/// The standard has letters in the last 16 places too. [`is_all_digits`](Self::is_all_digits) says
/// whether there is one, for providers that take digits only. `Debug` prints nothing of an account.
///
/// ```
/// use kervan_turkiye::iban::Iban;
/// let iban = Iban::from_input("tr33 0006 1005 1978 6457 8413 26")?;
/// assert_eq!(iban.as_str(), "TR330006100519786457841326");
/// assert_eq!(iban.bank_code(), "00061");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Iban(String);

impl Iban {
    /// Reads an account as people type it: in groups, in small letters.
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        let read = |text: &str| Self::new(&text.to_ascii_uppercase());
        let more = |digits: &str| vec![format!("TR{digits}")];
        compact(NAME, text)
            .and_then(|text| read(&text))
            .map_err(|error| suggest(error, text, more, |text| read(text).ok()))
    }

    /// Reads the form that is sent: 26 capitals and digits with right check digits.
    ///
    /// # Errors
    ///
    /// One of [`ALL`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        let is_plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if text.is_empty() || !text.bytes().all(is_plain) {
            return Err(FORM.of(NAME));
        }
        if !text.starts_with("TR") {
            return Err(if is_iban_like(text) { &COUNTRY } else { &FORM }.of(NAME));
        }
        if text.len() != CHARACTERS {
            let error = LENGTH.of(NAME).limit("26");
            return Err(error.actual(text.len().to_string()));
        }
        if !text
            .bytes()
            .take(DIGITS_UNTIL)
            .skip(2)
            .all(|byte| byte.is_ascii_digit())
        {
            return Err(FORM.of(NAME));
        }
        // 98 less a remainder of 0 to 96. Other check digits could pass the division.
        let is_possible = ("02"..="98").contains(&&text[2..4]);
        if !is_possible || remainder(text) != 1 {
            return Err(CHECK_DIGITS.of(NAME));
        }
        Ok(Self(text.to_owned()))
    }

    /// Returns the five digits of the bank.
    pub fn bank_code(&self) -> &str {
        &self.0[4..9]
    }

    /// Returns whether only digits follow on TR.
    pub fn is_all_digits(&self) -> bool {
        self.0.bytes().skip(2).all(|byte| byte.is_ascii_digit())
    }

    /// Returns the account in groups of four, as banks print it.
    pub fn grouped(&self) -> String {
        let mut grouped = String::with_capacity(CHARACTERS + 6);
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                grouped.push(' ');
            }
            grouped.push(letter);
        }
        grouped
    }
}

/// Returns whether a text begins as an account of another country, or is an account without its country.
fn is_iban_like(text: &str) -> bool {
    let (country, check) = text.split_at(text.len().min(2));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let names_country = country.bytes().all(|byte| byte.is_ascii_uppercase());
    is_digits(text) || (names_country && check.len() >= 2 && is_digits(&check[..2]))
}

/// Returns the remainder modulo 97 of the number that an account is when its first four characters are moved
/// to the end and its letters are numbers from 10 on.
fn remainder(text: &str) -> u32 {
    let (start, rest) = text.as_bytes().split_at(4);
    rest.iter().chain(start).fold(0, |remainder, byte| {
        if byte.is_ascii_digit() {
            (remainder * 10 + u32::from(byte - b'0')) % 97
        } else {
            (remainder * 100 + u32::from(byte - b'A') + 10) % 97
        }
    })
}

number_type!(Iban, Iban::new);
kept_number_type!(Iban);

#[cfg(test)]
mod tests {
    use super::*;

    const RIGHT: &str = "TR330006100519786457841326";

    #[test]
    fn t6_grouped_accounts_are_read() {
        for text in [
            RIGHT,
            "TR33 0006 1005 1978 6457 8413 26",
            "TR33\u{a0}0006\u{a0}1005\u{a0}1978\u{a0}6457\u{a0}8413\u{a0}26",
            "tr33-0006-1005-1978-6457-8413-26",
            // Two more: full width, and a line that a mail program broke.
            "ＴＲ３３ 0006 1005 1978 6457 8413 26",
            "TR33 0006 1005 1978\r\n6457 8413 26\u{200e}",
            r#"="TR330006100519786457841326""#,
            "'TR330006100519786457841326",
            "\u{feff}'tr33 0006 1005 1978 6457 8413 26",
        ] {
            assert_eq!(Iban::from_input(text).unwrap().as_str(), RIGHT, "{text}");
        }
    }

    #[test]
    fn refuses_by_code_and_suggests() {
        for (text, code, suggestion) in [
            ("", "text.missing", None),
            ("330006100519786457841326", "iban.country", Some(RIGHT)),
            (
                "IBAN: TR33 0006 1005 1978 6457 8413 26",
                "iban.form",
                Some(RIGHT),
            ),
            ("TR33 OOO6 1005 1978 6457 8413 26", "iban.form", Some(RIGHT)),
            ("DE89370400440532013000", "iban.country", None),
            ("TR33000610051978645784132", "iban.length", None),
            ("TR3300061005197864578413266", "iban.length", None),
            ("TR330006100519786457841327", "iban.check_digits", None),
            ("TR330006100519786457841362", "iban.check_digits", None),
            ("TR33000610051978645784132A", "iban.check_digits", None),
            ("TRA30006100519786457841326", "iban.form", None),
            ("TR33,0006", "iban.form", None),
            ("hesap yok", "iban.form", None),
            (
                "TR33000610051978645784132\u{1}",
                "text.control_character",
                None,
            ),
        ] {
            let error = Iban::from_input(text).unwrap_err();
            assert_eq!(
                (error.code(), error.suggestion()),
                (code, suggestion),
                "{text}"
            );
        }
    }

    #[test]
    fn the_strict_constructor_reads_one_form() {
        assert!(Iban::new(RIGHT).is_ok());
        for text in [
            "",
            " TR330006100519786457841326",
            "tr330006100519786457841326",
        ] {
            assert_eq!(Iban::new(text).unwrap_err().fault(), &FORM, "{text}");
        }
    }

    #[test]
    fn prints_in_groups() {
        let iban = Iban::new(RIGHT).unwrap();
        assert_eq!(iban.grouped(), "TR33 0006 1005 1978 6457 8413 26");
        assert_eq!(Iban::from_input(&iban.grouped()), Ok(iban));
    }
}
