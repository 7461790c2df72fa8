//! Checks of single values, for the calls' own lists of them.

use std::borrow::Cow;

use chrono::NaiveDate;
use kervan_core::problem::MISSING;
use kervan_core::{Personal, Problems};
use kervan_turkiye::Money;
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::line::sent;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::problems::{check_client_address, check_line, check_verbatim, noted};
use kervan_turkiye::time::DateForm;

use crate::rules::{
    AMOUNT_NEGATIVE, AMOUNT_NOT_POSITIVE, COUNT_ZERO, DATE_OUT_OF_RANGE, PLAIN_HTTP, WEB_ADDRESS,
};

/// The most characters of an order number.
pub(crate) const ORDER_NUMBER: usize = 20;
/// The most characters of a customer's number.
pub(crate) const CUSTOMER_ID: usize = 10;
/// The most characters of a field without a documented length. It keeps a form below the limits of servers.
pub(crate) const NO_LENGTH: usize = 2000;

type Path = Cow<'static, str>;

/// A text that people may have typed. A plain `str` does not count, because the sent text of a number no
/// longer shows the changes.
pub(crate) trait TypedText {
    /// Returns the text as it was given.
    fn given(&self) -> &str;
}

impl TypedText for String {
    fn given(&self) -> &str {
        self
    }
}

impl TypedText for Personal {
    fn given(&self) -> &str {
        self.as_str()
    }
}

/// Checks of single values, which add to a list of problems.
///
/// A text of one line may have line ends and letters in parts, which only warn, because
/// [`Body`](crate::service::Body) and [`WireValue::line`](crate::wire::WireValue::line) write it without.
pub(crate) trait Checks {
    /// Checks a required text of one line.
    fn required(&mut self, path: impl Into<Path>, text: &impl TypedText, most: usize);
    /// Checks a text of one line that may be missing.
    fn optional(&mut self, path: impl Into<Path>, text: Option<&impl TypedText>, most: usize);
    /// Checks the required texts of a list.
    fn each<T: TypedText>(&mut self, path: &str, texts: &[T], most: usize);
    /// Checks a required text that is sent to the letter, as a token.
    fn exact(&mut self, path: impl Into<Path>, text: &str, most: usize);
    /// Checks an amount above zero.
    fn positive(&mut self, path: impl Into<Path>, amount: Money);
    /// Checks an amount of zero or more.
    fn not_negative(&mut self, path: impl Into<Path>, amount: Money);
    /// Checks a number that counts from one.
    fn not_zero(&mut self, path: impl Into<Path>, count: Option<u32>);
    /// Checks a required mobile number.
    fn mobile(&mut self, path: impl Into<Path>, number: Option<&Personal>);
    /// Checks an identity number: its form stops a call, its check digits only warn.
    fn identity(&mut self, path: impl Into<Path>, number: &Personal);
    /// Checks a day that can be written.
    fn day(&mut self, path: impl Into<Path>, day: NaiveDate);
    /// Checks an address for the results.
    fn web_address(&mut self, path: impl Into<Path>, address: &impl TypedText);
    /// Checks a customer's IP address.
    fn ip_address(&mut self, path: impl Into<Path>, address: &Personal);
}

impl Checks for Problems {
    fn required(&mut self, path: impl Into<Path>, text: &impl TypedText, most: usize) {
        let path = path.into();
        check_line(self, || path.clone(), text.given(), most, true);
    }

    fn optional(&mut self, path: impl Into<Path>, text: Option<&impl TypedText>, most: usize) {
        if let Some(text) = text {
            let path = path.into();
            check_line(self, || path.clone(), text.given(), most, false);
        }
    }

    fn each<T: TypedText>(&mut self, path: &str, texts: &[T], most: usize) {
        for (index, text) in texts.iter().enumerate() {
            self.required(format!("{path}[{index}]"), text, most);
        }
    }

    fn exact(&mut self, path: impl Into<Path>, text: &str, most: usize) {
        let path = path.into();
        check_verbatim(self, || path.clone(), text, most, true);
    }

    fn positive(&mut self, path: impl Into<Path>, amount: Money) {
        if !amount.is_positive() {
            self.push(AMOUNT_NOT_POSITIVE.at(path).actual(amount));
        }
    }

    fn not_negative(&mut self, path: impl Into<Path>, amount: Money) {
        if amount < Money::ZERO {
            self.push(AMOUNT_NEGATIVE.at(path).actual(amount));
        }
    }

    fn not_zero(&mut self, path: impl Into<Path>, count: Option<u32>) {
        if count == Some(0) {
            self.push(COUNT_ZERO.at(path));
        }
    }

    fn mobile(&mut self, path: impl Into<Path>, number: Option<&Personal>) {
        match number {
            Some(number) => {
                noted(self, path, MobileNumber::from_input(number.as_str()));
            }
            None => self.push(MISSING.at(path)),
        }
    }

    fn identity(&mut self, path: impl Into<Path>, number: &Personal) {
        noted(self, path, IdentityNumber::from_input(number.as_str()));
    }

    fn day(&mut self, path: impl Into<Path>, day: NaiveDate) {
        if DateForm::Iso.write(day).is_none() {
            self.push(DATE_OUT_OF_RANGE.at(path));
        }
    }

    fn web_address(&mut self, path: impl Into<Path>, address: &impl TypedText) {
        let path = path.into();
        self.required(path.clone(), address, NO_LENGTH);
        let address = sent(address.given());
        if kervan_turkiye::text::is_blank(&address) {
            return;
        }
        let has = |scheme: &str| {
            let start = address.get(..scheme.len());
            let rest = address.get(scheme.len()..).unwrap_or_default();
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        };
        let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic());
        match (has("https://"), has("http://"), is_plain) {
            (true, _, true) => {}
            (_, true, true) => self.push(PLAIN_HTTP.at(path)),
            _ => self.push(WEB_ADDRESS.at(path)),
        }
    }

    fn ip_address(&mut self, path: impl Into<Path>, address: &Personal) {
        check_client_address(self, path, address.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: impl FnOnce(&mut Problems)) -> Vec<&'static str> {
        let mut problems = Problems::new();
        check(&mut problems);
        problems.iter().map(kervan_core::Problem::code).collect()
    }

    #[test]
    fn a_text_that_is_sent_to_the_letter_has_no_control_characters() {
        assert!(codes(|p| p.exact("token", "t/ok+en== ", 20)).is_empty());
        for text in ["to\nken", "to\0ken", "token\u{85}"] {
            assert_eq!(
                codes(|p| p.exact("token", text, 20)),
                ["text.control_character"]
            );
        }
        assert_eq!(codes(|p| p.exact("token", "", 20)), ["text.missing"]);
        assert_eq!(codes(|p| p.exact("token", "token", 4)), ["text.too_long"]);
    }

    #[test]
    fn addresses_are_whole_and_encrypted() {
        let url = str::to_owned;
        assert!(codes(|p| p.web_address("u", &url(" https://shop.example/ok\n"))).is_empty());
        assert!(codes(|p| p.web_address("u", &url("https://shop.example/ok?x=1"))).is_empty());
        assert_eq!(
            codes(|p| p.web_address("u", &url("http://shop.example/ok"))),
            ["haso.plain_http"]
        );
        for address in [
            "shop.example",
            "javascript:alert(1)",
            "https://",
            "https://a b",
            "https:///x",
        ] {
            assert_eq!(
                codes(|p| p.web_address("u", &url(address))),
                ["haso.web_address"],
                "{address}"
            );
        }
        assert_eq!(codes(|p| p.web_address("u", &url(" "))), ["text.missing"]);
    }
}
