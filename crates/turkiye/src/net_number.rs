//! Numbers as .NET services print them in answers: one reader, with the forms in which services differ.
//!
//! No page of a provider describes the numbers of its answers fully, and one service mixes the settings of
//! several machines. So both marks are read, and what could mean two numbers is refused: they differ by a
//! factor of a thousand.

use std::borrow::Cow;

use crate::amount_fault::{AMBIGUOUS, FORM, NAME, TOO_LARGE, TOO_MANY_DECIMALS};
use crate::fault::{InputError, MISSING};
use crate::letters::{has_groups, is_digits, is_grouped};

/// The most digits before the decimal mark.
const MOST_WHOLE_DIGITS: usize = 15;

/// How a service prints numbers.
///
/// | text | `Mixed` | `Turkish` | `Measure` |
/// |---|---|---|---|
/// | `12`, `-3` | 12, -3 | 12, -3 | 12, -3 |
/// | `12,5`, `1,7500` | 12.5, 1.75 | 12.5, 1.75 | 12.5, 1.75 |
/// | `12.50`, `1.7500` | 12.5, 1.75 | – | 12.5, 1.75 |
/// | `12.500` | – | – | 12.5 |
/// | `1.234`, `1,234` | – | – | 1.234 |
/// | `1.234,50` | 1234.5 | 1234.5 | 1234.5 |
/// | `1,234.50` | 1234.5 | – | 1234.5 |
/// | `1.234.567` | 1234567 | 1234567 | 1234567 |
///
/// Zeros behind the last decimal are dropped. Blanks around a number are ignored. All forms reject a plus, an
/// exponent, a currency, digits outside ASCII, and a mark without digits beside it.
///
/// ```
/// use kervan_turkiye::net_number::NumberForm;
///
/// assert_eq!(NumberForm::Mixed.kurus("1.234,50")?, 123_450);
/// assert_eq!(NumberForm::Mixed.kurus("1,234.50")?, 123_450);
/// assert_eq!(NumberForm::Mixed.kurus("1.000").unwrap_err().code(), "amount.ambiguous");
/// assert!(NumberForm::Turkish.kurus("12.50").is_err());
/// # #[cfg(feature = "decimal")]
/// assert_eq!(NumberForm::Measure.fixed::<3>("12.500")?.to_string(), "12.5");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NumberForm {
    /// Either mark may begin the decimals: that which comes last. One mark before exactly three digits is
    /// ambiguous.
    Mixed,
    /// Turkish text: a comma begins the decimals and a point only groups digits. One mark before exactly three
    /// digits is ambiguous here too.
    Turkish,
    /// A size or a weight, which has three decimals: as [`Mixed`](Self::Mixed), but one mark is always a decimal
    /// mark.
    Measure,
}

impl NumberForm {
    /// Every form.
    pub const ALL: [Self; 3] = [Self::Mixed, Self::Turkish, Self::Measure];

    /// Reads an amount, in kuruş.
    ///
    /// # Errors
    ///
    /// One of [`amount::ALL`](crate::amount::ALL), or [`MISSING`].
    pub fn kurus(self, text: &str) -> Result<i64, InputError> {
        let digits = self.digits(text.trim())?;
        let decimals = digits.at_most(2)?;
        let whole = &digits.whole;
        // At most 17 digits, which always fit.
        let kurus: i64 = format!("{whole}{decimals:0<2}").parse().unwrap_or_default();
        Ok(if digits.is_negative { -kurus } else { kurus })
    }

    /// Reads a number with at most so many decimals besides zeros.
    ///
    /// # Errors
    ///
    /// As [`kurus`](Self::kurus).
    #[cfg(feature = "decimal")]
    pub fn fixed<const PLACES: u32>(
        self,
        text: &str,
    ) -> Result<crate::decimal::Fixed<PLACES>, InputError> {
        let digits = self.digits(text.trim())?;
        let decimals = digits.at_most(PLACES)?;
        let sign = if digits.is_negative { "-" } else { "" };
        let whole = &digits.whole;
        format!("{sign}{whole:0>1}.{decimals:0<1}")
            .parse()
            .map_err(|_| TOO_LARGE.of(NAME).limit(MOST_WHOLE_DIGITS.to_string()))
    }

    /// Reads a whole number that is not below zero, as of pieces. Decimals have to be zeros.
    ///
    /// # Errors
    ///
    /// As [`kurus`](Self::kurus).
    pub fn whole(self, text: &str) -> Result<u64, InputError> {
        let digits = self.digits(text.trim())?;
        digits.at_most(0)?;
        // At most 15 digits, which always fit.
        let number = format!("{:0>1}", digits.whole).parse().unwrap_or_default();
        if digits.is_negative && number > 0 {
            return Err(FORM.of(NAME));
        }
        Ok(number)
    }

    /// Reads the digits of a number without blanks around it.
    fn digits(self, text: &str) -> Result<Digits<'_>, InputError> {
        if text.is_empty() {
            return Err(MISSING.of(NAME));
        }
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = self.split(unsigned).map_err(|error| {
            let meant = error.suggestion().map(|meant| {
                let sign = if is_negative { "-" } else { "" };
                format!("{sign}{meant}")
            });
            error.suggest(meant)
        })?;
        if !is_digits(&whole) || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(FORM.of(NAME));
        }
        let whole = match whole {
            Cow::Borrowed(whole) => Cow::Borrowed(whole.trim_start_matches('0')),
            Cow::Owned(whole) => Cow::Owned(whole.trim_start_matches('0').to_owned()),
        };
        if whole.len() > MOST_WHOLE_DIGITS {
            return Err(TOO_LARGE.of(NAME).limit(MOST_WHOLE_DIGITS.to_string()));
        }
        Ok(Digits {
            is_negative,
            whole,
            decimals: decimals.trim_end_matches('0'),
        })
    }

    /// Returns the digits before and behind the decimal mark.
    fn split(self, text: &str) -> Result<(Cow<'_, str>, &str), InputError> {
        let Some(last) = text.rfind(['.', ',']) else {
            return Ok((text.into(), ""));
        };
        let (whole, decimals) = (&text[..last], &text[last + 1..]);
        let mark = &text[last..=last];
        let only_groups = |mark: &str| self == Self::Turkish && mark == ".";
        let never_groups = |mark: &str| self == Self::Turkish && mark == ",";
        if whole.contains(mark) {
            // All marks are alike: they group, and there are no decimals.
            return if !never_groups(mark) && has_groups(text.split(mark)) {
                Ok((text.replace(mark, "").into(), ""))
            } else {
                Err(FORM.of(NAME))
            };
        }
        if decimals.is_empty() {
            return Err(FORM.of(NAME));
        }
        if let Some(other) = whole.find(['.', ',']) {
            let other = &whole[other..=other];
            return if !only_groups(mark) && has_groups(whole.split(other)) {
                Ok((whole.replace(other, "").into(), decimals))
            } else {
                Err(FORM.of(NAME))
            };
        }
        let could_group = is_grouped([whole, decimals].into_iter()) && whole != "0";
        if self != Self::Measure && could_group {
            let meant = format!("{whole}{decimals},00");
            return Err(AMBIGUOUS.of(NAME).suggest(Some(meant)));
        }
        if only_groups(mark) {
            return Err(FORM.of(NAME));
        }
        Ok((whole.into(), decimals))
    }
}

/// The digits of a number without the zeros that mean nothing.
struct Digits<'a> {
    is_negative: bool,
    /// At most 15, none for a number below one.
    whole: Cow<'a, str>,
    decimals: &'a str,
}

impl<'a> Digits<'a> {
    /// Returns the decimals if there are up to `places` of them.
    fn at_most(&self, places: u32) -> Result<&'a str, InputError> {
        if self.decimals.len() > places as usize {
            return Err(TOO_MANY_DECIMALS.of(NAME).limit(places.to_string()));
        }
        Ok(self.decimals)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NO: Result<i64, &str> = Err("amount.form");
    const TWO: Result<i64, &str> = Err("amount.ambiguous");
    const MANY: Result<i64, &str> = Err("amount.too_many_decimals");

    fn kurus(form: NumberForm, text: &str) -> Result<i64, &'static str> {
        form.kurus(text).map_err(|error| error.code())
    }

    /// The kuruş by each form. A weight is one thing, an amount of a measure's form another: it is read here
    /// to show the decimals.
    #[test]
    fn every_form_reads_what_it_means_and_guesses_nothing() {
        for (text, mixed, turkish, measure) in [
            ("12", Ok(1_200), Ok(1_200), Ok(1_200)),
            (" 7\n", Ok(700), Ok(700), Ok(700)),
            ("-3", Ok(-300), Ok(-300), Ok(-300)),
            ("12,5", Ok(1_250), Ok(1_250), Ok(1_250)),
            ("12.50", Ok(1_250), NO, Ok(1_250)),
            ("1234.50", Ok(123_450), NO, Ok(123_450)),
            ("12.500", TWO, TWO, Ok(1_250)),
            ("1.000", TWO, TWO, Ok(100)),
            ("100,000", TWO, TWO, Ok(10_000)),
            ("1.234", TWO, TWO, MANY),
            ("1,234", TWO, TWO, MANY),
            ("-1.500", TWO, TWO, Ok(-150)),
            ("0.500", Ok(50), NO, Ok(50)),
            ("0,500", Ok(50), Ok(50), Ok(50)),
            ("1500.000", Ok(150_000), NO, Ok(150_000)),
            ("1.7500", Ok(175), NO, Ok(175)),
            ("-9.8300", Ok(-983), NO, Ok(-983)),
            ("1,7500", Ok(175), Ok(175), Ok(175)),
            ("1.7512", MANY, NO, MANY),
            ("1.234,50", Ok(123_450), Ok(123_450), Ok(123_450)),
            ("1.234,500", Ok(123_450), Ok(123_450), Ok(123_450)),
            ("1,234.50", Ok(123_450), NO, Ok(123_450)),
            (
                "12.345.678,90",
                Ok(1_234_567_890),
                Ok(1_234_567_890),
                Ok(1_234_567_890),
            ),
            (
                "1.234.567",
                Ok(123_456_700),
                Ok(123_456_700),
                Ok(123_456_700),
            ),
            ("1,234,567", Ok(123_456_700), NO, Ok(123_456_700)),
            ("1.234,567", MANY, MANY, MANY),
        ] {
            for (form, value) in NumberForm::ALL.into_iter().zip([mixed, turkish, measure]) {
                assert_eq!(kurus(form, text), value, "{text} {form:?}");
            }
        }
    }

    #[test]
    fn what_is_no_number_is_refused_by_every_form() {
        for text in [
            "1e5",
            "1E+3",
            "12\0",
            "\0",
            "12.",
            ".5",
            ",5",
            ".",
            "-",
            "--5",
            "5-",
            "+5",
            "1.23,50",
            "1.2345,6",
            "1.23.456,0",
            "1,2,3",
            "1.2,3,4",
            "1,23,456.0",
            "1..2",
            "1 234,5",
            "1'234",
            "١",
            "５",
            "12 TL",
            "₺12",
            "0x1",
            "NaN",
            "abc",
            "1.75ğ0",
            "0.123,45",
            "0,123.45",
            "0.123.456",
            "012.345,67",
        ] {
            for form in NumberForm::ALL {
                assert_eq!(kurus(form, text), NO, "{text:?} {form:?}");
            }
        }
        for form in NumberForm::ALL {
            assert_eq!(kurus(form, " "), Err("text.missing"));
            assert_eq!(kurus(form, "1234567890123456"), Err("amount.too_large"));
        }
        let error = NumberForm::Mixed.kurus("-1.500").unwrap_err();
        assert_eq!(error.suggestion(), Some("-1500,00"));
    }

    #[test]
    fn pieces_are_whole() {
        let whole = |text: &str| NumberForm::Mixed.whole(text).map_err(|error| error.code());
        assert_eq!(whole("3.00"), Ok(3));
        assert_eq!(whole("0"), Ok(0));
        assert_eq!(whole("-0"), Ok(0));
        assert_eq!(whole("999999999999999"), Ok(999_999_999_999_999));
        assert_eq!(whole("3.5"), Err("amount.too_many_decimals"));
        assert_eq!(whole("1.000"), Err("amount.ambiguous"));
        assert_eq!(whole("-3"), Err("amount.form"));
    }

    #[cfg(feature = "decimal")]
    #[test]
    fn a_weight_has_three_decimals() {
        let read = |text: &str| {
            let weight = NumberForm::Measure.fixed::<3>(text);
            weight.map(|weight| weight.to_string())
        };
        for (text, weight) in [
            ("2.000", "2"),
            ("1,250", "1.25"),
            ("-0.125", "-0.125"),
            ("1.234,5", "1234.5"),
            ("999999999999999.999", "999999999999999.999"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(weight), "{text}");
        }
        let error = read("1.2345").unwrap_err();
        assert_eq!(error.code(), "amount.too_many_decimals");
        assert_eq!(error.allowed(), Some("3"));
    }

    /// Puts a mark between groups of three digits.
    fn grouped(whole: u64, mark: &str) -> String {
        let digits = whole.to_string();
        let groups = digits.as_bytes().rchunks(3).rev();
        let groups: Vec<_> = groups.map(String::from_utf8_lossy).collect();
        groups.join(mark)
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-+0-9.,eE \0]{0,24}|\\PC{0,20}") {
            for form in NumberForm::ALL {
                let _ = (form.kurus(&text), form.whole(&text));
                #[cfg(feature = "decimal")]
                let _ = form.fixed::<3>(&text);
            }
        }

        #[test]
        fn every_amount_round_trips(whole in 0_u64..1_000_000_000_000_000, part in 0_u8..100) {
            let kurus = i64::try_from(whole).unwrap() * 100 + i64::from(part);
            let turkish = grouped(whole, ".");
            for form in NumberForm::ALL {
                prop_assert_eq!(form.kurus(&format!("{whole},{part:02}")), Ok(kurus));
                prop_assert_eq!(form.kurus(&format!("-{turkish},{part:02}")), Ok(-kurus));
            }
            for form in [NumberForm::Mixed, NumberForm::Measure] {
                prop_assert_eq!(form.kurus(&format!("{whole}.{part:02}")), Ok(kurus));
                prop_assert_eq!(form.kurus(&format!("{whole}.{part:02}00")), Ok(kurus));
                let english = grouped(whole, ",");
                prop_assert_eq!(form.kurus(&format!("{english}.{part:02}")), Ok(kurus));
            }
        }

        #[test]
        fn two_forms_that_read_a_text_read_the_same(text in "-?[0-9]{1,4}([.,][0-9]{1,4}){0,3}") {
            let read = NumberForm::ALL.map(|form| form.kurus(&text).ok());
            let values: Vec<_> = read.into_iter().flatten().collect();
            prop_assert!(values.windows(2).all(|pair| pair[0] == pair[1]), "{}", text);
        }
    }
}
