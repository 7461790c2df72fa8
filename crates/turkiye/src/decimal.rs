//! Exact decimals with a fixed number of places.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::de::{self, Deserialize, Deserializer, Visitor};
use serde::{Serialize, Serializer};

use crate::fault::{Fault, FaultKind, InputError, MISSING, SHORTENED};
use crate::input::plain;
use crate::letters::{has_groups, is_digits};
use crate::spreadsheet::is_shortened;

const NAME: &str = "number";

/// A number is digits with the decimal mark of its file or form, and perhaps groups of three digits.
pub static FORM: Fault = Fault::new(
    "number.form",
    FaultKind::Form,
    "`{path}` is not a number with `{limit}` before the decimals",
    "`{path}` ondalık ayracı `{limit}` olan bir sayı değil",
);

/// A number has no more decimals than its unit. It is never rounded.
pub static TOO_MANY_DECIMALS: Fault = Fault::new(
    "number.too_many_decimals",
    FaultKind::Range,
    "`{path}` has more than {limit} decimals",
    "`{path}` alanında {limit} haneden fazla ondalık var",
);

/// A number has at most 15 digits before the decimal mark.
pub static TOO_LARGE: Fault = Fault::new(
    "number.too_large",
    FaultKind::Range,
    "`{path}` has more than {limit} digits before the decimal mark",
    "`{path}` tam kısmı {limit} haneden uzun",
);

/// The faults of a number.
pub static ALL: &[&Fault] = &[&FORM, &TOO_MANY_DECIMALS, &TOO_LARGE];

/// The most digits before the decimal mark.
const MAX_WHOLE_DIGITS: usize = 15;

/// An exact decimal with at most `PLACES` decimals. Never rounded, never a float.
///
/// Reads and prints with a point and without superfluous zeros: `50.5`. Reading is strict: digits,
/// at most one point, at most `PLACES` decimals as written, a leading minus; no exponent, no plus,
/// no grouping, no more than 15 digits before the point. [`from_comma`](Fixed::from_comma) reads
/// the Turkish mark. In serde's shape it is a text, so that no reader makes a float of it.
///
/// ```
/// use kervan_turkiye::decimal::Fixed;
/// let desi: Fixed<3> = "20.250".parse()?;
/// assert_eq!(desi.to_string(), "20.25");
/// assert!("20.2505".parse::<Fixed<3>>().is_err());
/// # Ok::<(), kervan_turkiye::decimal::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed<const PLACES: u32>(Decimal);

/// The reason why a text or a number is not a [`Fixed`]. Never holds the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// Something besides digits and one decimal mark.
    #[error("not a plain decimal number")]
    Form,
    /// The same for an amount of money: people type amounts with a comma, dots and a currency.
    /// [`Money::from_input`](crate::Money::from_input) reads these.
    #[error(
        "not a plain decimal number; `Money::from_input` reads amounts as people type them, as `10,00`"
    )]
    TypedAmount,
    /// More decimals than the type holds. Rounding is the caller's decision.
    #[error("more than {0} decimals")]
    TooManyDecimals(u32),
    /// More than 15 digits before the decimal mark.
    #[error("too large")]
    TooLarge,
}

impl<const PLACES: u32> Fixed<PLACES> {
    /// Zero.
    pub const ZERO: Self = Self(Decimal::ZERO);

    /// Reads a number with a decimal comma: `50,5`.
    ///
    /// # Errors
    ///
    /// [`DecimalError`] for another form.
    pub fn from_comma(text: &str) -> Result<Self, DecimalError> {
        scan(text, b',', PLACES).map(Self)
    }

    /// Reads a number that a person or a spreadsheet wrote, where the decimal mark is known: a comma or a point.
    ///
    /// Guards of spreadsheets are taken off, and digits of other keyboards are read. Groups of three digits
    /// are read where they cannot be mistaken for decimals: blanks between them, or the other mark where the
    /// decimal mark is behind them. So `1.250,5` is read with a comma, and `1.250` is refused.
    ///
    /// ```
    /// use kervan_turkiye::decimal::Fixed;
    /// let desi = Fixed::<3>::from_input("1.250,50", ',')?;
    /// assert_eq!(desi.to_string(), "1250.5");
    /// assert_eq!(Fixed::<3>::from_input("1.250", ',').unwrap_err().code(), "number.form");
    /// # Ok::<(), kervan_turkiye::fault::InputError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One of [`ALL`] or of [`fault::ALL`](crate::fault::ALL).
    pub fn from_input(text: &str, mark: char) -> Result<Self, InputError> {
        let plain = plain(NAME, text)?.replace('\u{2212}', "-");
        let number = plain.trim();
        if number.is_empty() {
            return Err(MISSING.of(NAME));
        }
        if is_shortened(number) {
            return Err(SHORTENED.of(NAME));
        }
        let form = || FORM.of(NAME).limit(mark.to_string());
        let ungrouped = ungrouped(number, mark).ok_or_else(form)?;
        let mark = u8::try_from(mark).map_err(|_| form())?;
        scan(&ungrouped, mark, PLACES)
            .map(Self)
            .map_err(|error| match error {
                DecimalError::Form | DecimalError::TypedAmount => form(),
                DecimalError::TooManyDecimals(places) => {
                    TOO_MANY_DECIMALS.of(NAME).limit(places.to_string())
                }
                DecimalError::TooLarge => TOO_LARGE.of(NAME).limit(MAX_WHOLE_DIGITS.to_string()),
            })
    }

    /// Returns the number as an arbitrary decimal.
    pub fn to_decimal(self) -> Decimal {
        self.0
    }

    /// Returns whether it is more than zero.
    pub fn is_positive(self) -> bool {
        self.0 > Decimal::ZERO
    }

    /// Returns the sum; `None` when it is too large.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0
            .checked_add(other.0)
            .and_then(|sum| Self::try_from(sum).ok())
    }

    /// Returns the difference; `None` when it is too large.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0
            .checked_sub(other.0)
            .and_then(|rest| Self::try_from(rest).ok())
    }

    /// This number so many times; `None` when it is too large.
    #[must_use]
    pub fn checked_times(self, count: u32) -> Option<Self> {
        self.0
            .checked_mul(count.into())
            .and_then(|product| Self::try_from(product).ok())
    }

    /// Returns the sum of many; `None` when it is too large.
    pub fn checked_sum(numbers: impl IntoIterator<Item = Self>) -> Option<Self> {
        numbers.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// All places, with this decimal mark: `50.50` for two places and a point.
    pub fn with_all_places(self, mark: char) -> String {
        let mut full = self.0;
        full.rescale(PLACES);
        full.to_string().replace('.', mark.encode_utf8(&mut [0; 4]))
    }
}

/// Takes out what is between groups of three digits. `None` for groups of another size, and where the only
/// mark of a number is not its decimal mark.
fn ungrouped(number: &str, mark: char) -> Option<String> {
    let (whole, has_decimals) = match number.split_once(mark) {
        Some((whole, _)) => (whole, true),
        None => (number, false),
    };
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let group = match unsigned.find(|letter: char| !letter.is_ascii_digit()) {
        None => return Some(number.to_owned()),
        Some(at) => unsigned[at..].chars().next()?,
    };
    let is_group_mark = group == ' ' || has_decimals && matches!(group, '.' | ',');
    let digits = whole.replace(group, "");
    (is_group_mark && has_groups(unsigned.split(group)))
        .then(|| format!("{digits}{}", &number[whole.len()..]))
}

fn scan(text: &str, mark: u8, places: u32) -> Result<Decimal, DecimalError> {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = match unsigned.bytes().position(|byte| byte == mark) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    if !is_digits(whole) || !decimals.is_none_or(is_digits) {
        return Err(DecimalError::Form);
    }
    if whole.len() > MAX_WHOLE_DIGITS {
        return Err(DecimalError::TooLarge);
    }
    let decimals = decimals.unwrap_or_default();
    if decimals.len() > places as usize {
        return Err(DecimalError::TooManyDecimals(places));
    }
    let sign = if unsigned.len() == text.len() {
        ""
    } else {
        "-"
    };
    let number = Decimal::from_str_exact(&format!("{sign}{whole}.{decimals:0<1}"))
        .map_err(|_| DecimalError::TooLarge)?;
    Ok(number.normalize())
}

impl<const PLACES: u32> TryFrom<Decimal> for Fixed<PLACES> {
    type Error = DecimalError;

    fn try_from(number: Decimal) -> Result<Self, DecimalError> {
        let number = number.normalize();
        if number.scale() > PLACES {
            return Err(DecimalError::TooManyDecimals(PLACES));
        }
        if number.abs() >= Decimal::from(10_u64.pow(15)) {
            return Err(DecimalError::TooLarge);
        }
        Ok(Self(number))
    }
}

impl<const PLACES: u32> From<u32> for Fixed<PLACES> {
    fn from(number: u32) -> Self {
        Self(number.into())
    }
}

impl<const PLACES: u32> FromStr for Fixed<PLACES> {
    type Err = DecimalError;

    fn from_str(text: &str) -> Result<Self, DecimalError> {
        scan(text, b'.', PLACES).map(Self)
    }
}

impl<const PLACES: u32> fmt::Display for Fixed<PLACES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<const PLACES: u32> Serialize for Fixed<PLACES> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const PLACES: u32> Deserialize<'de> for Fixed<PLACES> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<const PLACES: u32>;
        impl<const PLACES: u32> Visitor<'_> for Read<PLACES> {
            type Value = Fixed<PLACES>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(
                    f,
                    "a decimal number with at most {PLACES} decimals, as text"
                )
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
                text.trim().parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Read)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<String, DecimalError> {
        text.parse::<Fixed<3>>().map(|number| number.to_string())
    }

    #[test]
    fn reads_plain_numbers_only() {
        assert_eq!(read("50.5").as_deref(), Ok("50.5"));
        assert_eq!(read("050.500").as_deref(), Ok("50.5"));
        assert_eq!(read("-0").as_deref(), Ok("0"));
        let bad = [
            "", "-", "+1", "1e5", "1_000", ".5", "5.", "1,5", "1.2.3", " 1", "١", "0x1",
        ];
        for text in bad {
            assert_eq!(read(text), Err(DecimalError::Form), "{text}");
        }
        assert_eq!(read("1.2345"), Err(DecimalError::TooManyDecimals(3)));
        assert_eq!(read("1234567890123456"), Err(DecimalError::TooLarge));
    }

    #[test]
    fn serde_forgives_blanks_around_a_number() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error, StrDeserializer};
        let read = |text: &str| {
            let text: StrDeserializer<'_, Error> = text.into_deserializer();
            Fixed::<3>::deserialize(text).map(|number| number.to_string())
        };
        assert_eq!(read(" 50.5\n").as_deref(), Ok("50.5"));
        assert!(read("5 0").is_err());
    }

    #[test]
    fn t3_numbers_of_spreadsheets() {
        for (text, mark, number) in [
            ("20,25", ',', "20.25"),
            ("20.25", '.', "20.25"),
            ("1.250,5", ',', "1250.5"),
            ("1,250.125", '.', "1250.125"),
            // Two more: blanks between groups, and a guard with the digits of another keyboard.
            ("1\u{a0}234\u{202f}567,5", ',', "1234567.5"),
            ("=\"٢٠,٢٥\"", ',', "20.25"),
            ("'20", ',', "20"),
            ("\u{2212}1.000,0", ',', "-1000"),
            ("1,250", ',', "1.25"),
        ] {
            let read = Fixed::<3>::from_input(text, mark).map(|number| number.to_string());
            assert_eq!(read.as_deref(), Ok(number), "{text}");
        }
        for (text, code) in [
            ("", "text.missing"),
            ("1.250", "number.form"),
            ("20.25", "number.form"),
            ("1.250.500", "number.form"),
            ("1.25,5", "number.form"),
            ("0.250,5", "number.form"),
            ("0 250,5", "number.form"),
            ("1\n250,5", "number.form"),
            ("1\t250", "number.form"),
            ("1.2500,5", "number.form"),
            ("1 25", "number.form"),
            ("12,5 kg", "number.form"),
            ("1,5,5", "number.form"),
            ("20,2505", "number.too_many_decimals"),
            ("1234567890123456", "number.too_large"),
            ("1,25E+03", "text.shortened_by_spreadsheet"),
            ("20\0", "text.control_character"),
        ] {
            assert_eq!(
                Fixed::<3>::from_input(text, ',').unwrap_err().code(),
                code,
                "{text}"
            );
        }
    }

    #[test]
    fn refuses_results_that_are_too_large() {
        let most: Fixed<2> = "999999999999999.99".parse().unwrap();
        assert_eq!(most.checked_add("0.01".parse().unwrap()), None);
        assert_eq!(most.checked_times(u32::MAX), None);
        assert_eq!(Fixed::checked_sum([most, most]), None);
    }

    proptest! {
        #[test]
        fn point_and_comma_round_trip(units in -99_999_999_999_i64..=99_999_999_999) {
            let number = Fixed::<3>::try_from(Decimal::new(units, 3)).unwrap();
            prop_assert_eq!(number.to_string().parse(), Ok(number));
            prop_assert_eq!(Fixed::from_comma(&number.with_all_places(',')), Ok(number));
        }

        #[test]
        fn never_panics(text in "\\PC{0,40}") {
            let _ = read(&text);
            let _ = Fixed::<2>::from_comma(&text);
            let _ = Fixed::<2>::from_input(&text, ',');
        }

        #[test]
        fn reading_is_exact(whole in 0_u64..1_000_000_000_000_000, decimals in 0_u32..1000) {
            let text = format!("{whole}.{decimals:03}");
            let number: Fixed<3> = text.parse().unwrap();
            prop_assert_eq!(number.with_all_places('.'), text);
        }
    }
}
