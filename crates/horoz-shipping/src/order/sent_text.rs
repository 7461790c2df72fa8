//! Texts of an order, in the one form in which they are checked and sent.

use std::borrow::Cow;

use kervan_core::{Problems, Rule};
use kervan_turkiye::ascii_code;
use kervan_turkiye::identity_number::{self, IdentityNumber};
use kervan_turkiye::line::sent;
use kervan_turkiye::phone_number::PhoneNumber;
use kervan_turkiye::problems::{check_line, check_line_by};
use kervan_turkiye::tax_number::{self, TaxNumber};
use kervan_turkiye::text::{to_upper, upper_len};
use serde::{Serialize, Serializer};

use crate::settings::ProductCodeCase;

/// A text as it is sent: of one line, with its letters composed.
///
/// A body takes no other text, so that no field can be written as it was typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SentText<'a>(Cow<'a, str>);

impl<'a> SentText<'a> {
    /// Creates a text in the case that it was given in.
    pub(crate) fn as_given(text: &'a str) -> Self {
        Self(sent(text))
    }

    /// Creates a text in Turkish capitals.
    pub(crate) fn capitals(text: &'a str) -> Self {
        Self(match sent(text) {
            Cow::Borrowed(text) => to_upper(text),
            Cow::Owned(text) => Cow::Owned(to_upper(&text).into_owned()),
        })
    }

    /// Creates a product's code: a code of ASCII in capitals of ASCII, because its `i` is not a Turkish
    /// letter.
    pub(crate) fn product_code(text: &'a str, case: ProductCodeCase) -> Self {
        let as_given = Self::as_given(text);
        match case {
            ProductCodeCase::AsGiven => as_given,
            ProductCodeCase::Capitals => match ascii_code::to_upper(&as_given.0) {
                Some(Cow::Owned(upper)) => Self(Cow::Owned(upper)),
                Some(Cow::Borrowed(_)) => as_given,
                None => Self::capitals(text),
            },
        }
    }

    /// Creates a telephone number as the provider's sample has it: eleven digits with a leading 0.
    ///
    /// The check has refused a text that is not a number.
    pub(crate) fn phone(text: &'a str) -> Self {
        match PhoneNumber::from_input(text) {
            Ok(number) => Self(Cow::Owned(number.with_zero())),
            Err(_) => Self::capitals(text),
        }
    }

    /// Creates a tax number of a company or a person as its digits. Any other text goes out in capitals,
    /// because the provider's sample is not a number.
    pub(crate) fn tax_number(text: &'a str) -> Self {
        let company = TaxNumber::from_input_with_any_check_digit(text).map(String::from);
        let person = |_| IdentityNumber::from_input_with_any_check_digits(text).map(String::from);
        match company.or_else(person) {
            Ok(number) => Self(Cow::Owned(number)),
            Err(_) => Self::capitals(text),
        }
    }

    /// Returns whether the text is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for SentText<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// Checks a text that is sent as given.
pub(crate) fn check_as_given<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    check_line(problems, path, text, max_characters, required);
}

/// Checks a tax number. Wrong check digits are a warning, as in all clients.
pub(crate) fn check_tax_number(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    max_characters: usize,
) {
    let company = TaxNumber::from_input_with_any_check_digit(text);
    let person = IdentityNumber::from_input_with_any_check_digits(text);
    let (is_right, fault) = match (company, person) {
        (Ok(number), _) => (number.has_right_check_digit(), &tax_number::CHECK_DIGIT),
        (_, Ok(number)) => (
            number.has_right_check_digits(),
            &identity_number::CHECK_DIGITS,
        ),
        _ => return check_capitals(problems, || path, text, max_characters, false),
    };
    if !is_right {
        problems.push(Rule::from(fault).at(path));
    }
}

/// Checks a text that is sent in Turkish capitals, by its length in them.
pub(crate) fn check_capitals<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    // No character grows to more than three.
    let length = |sent: &str| {
        if sent.len() > max_characters / 3 {
            upper_len(sent)
        } else {
            0
        }
    };
    check_line_by(problems, path, text, length, max_characters, required);
}
