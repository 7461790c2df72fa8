//! Checks of single values, for the calls' own lists of them.

use std::borrow::Cow;
use std::net::IpAddr;

use chrono::NaiveDate;
use kervan_core::Problems;
use kervan_core::problem::check_text;
use kervan_turkiye::Money;
use kervan_turkiye::time::DateForm;

use crate::rules::{
    AMOUNT_NEGATIVE, AMOUNT_NOT_POSITIVE, CONTROL_CHARACTER, COUNT_ZERO, DATE_OUT_OF_RANGE,
    IDENTITY_CHECK_DIGITS, IDENTITY_NUMBER, IP_ADDRESS, IP_ADDRESS_NOT_PUBLIC, MOBILE_NUMBER,
    PLAIN_HTTP, WEB_ADDRESS,
};

/// The most characters of an order number.
pub(crate) const ORDER_NUMBER: usize = 20;
/// The most characters of a customer's number.
pub(crate) const CUSTOMER_ID: usize = 10;
/// No length is documented; this keeps a form below what servers take.
pub(crate) const NO_LENGTH: usize = 2000;

type Path = Cow<'static, str>;

/// Checks of single values, which add to a list of problems.
pub(crate) trait Checks {
    /// Checks a required text.
    fn required(&mut self, path: impl Into<Path>, text: &str, most: usize);
    /// Checks a text that may be missing.
    fn optional(&mut self, path: impl Into<Path>, text: Option<&str>, most: usize);
    /// Checks an amount above zero.
    fn positive(&mut self, path: impl Into<Path>, amount: Money);
    /// Checks an amount of zero or more.
    fn not_negative(&mut self, path: impl Into<Path>, amount: Money);
    /// Checks a number that counts from one.
    fn not_zero(&mut self, path: impl Into<Path>, count: Option<u32>);
    /// Checks a mobile number.
    fn mobile(&mut self, path: impl Into<Path>, number: &str);
    /// Checks an identity number: its form stops a call, its check digits only warn.
    fn identity(&mut self, path: impl Into<Path>, number: &str);
    /// Checks a day that can be written.
    fn day(&mut self, path: impl Into<Path>, day: NaiveDate);
    /// Checks an address for the results.
    fn web_address(&mut self, path: impl Into<Path>, address: &str);
    /// Checks a customer's IP address.
    fn ip_address(&mut self, path: impl Into<Path>, address: &str);
}

impl Checks for Problems {
    fn required(&mut self, path: impl Into<Path>, text: &str, most: usize) {
        checked(self, path.into(), text, most, true);
    }

    fn optional(&mut self, path: impl Into<Path>, text: Option<&str>, most: usize) {
        if let Some(text) = text {
            checked(self, path.into(), text, most, false);
        }
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

    fn mobile(&mut self, path: impl Into<Path>, number: &str) {
        let digits = number.len() == 10 && number.bytes().all(|byte| byte.is_ascii_digit());
        if !digits || !number.starts_with('5') {
            self.push(MOBILE_NUMBER.at(path));
        }
    }

    fn identity(&mut self, path: impl Into<Path>, number: &str) {
        let digits: Option<Vec<u32>> = number.chars().map(|digit| digit.to_digit(10)).collect();
        let Some(digits) = digits.filter(|digits| digits.len() == 11) else {
            self.push(IDENTITY_NUMBER.at(path));
            return;
        };
        let sum = |from: usize| digits[from..9].iter().step_by(2).sum::<u32>();
        let tenth = (sum(0) * 7 + 90 - sum(1)) % 10;
        let eleventh = digits[..10].iter().sum::<u32>() % 10;
        if digits[0] == 0 || digits[9] != tenth || digits[10] != eleventh {
            self.push(IDENTITY_CHECK_DIGITS.at(path));
        }
    }

    fn day(&mut self, path: impl Into<Path>, day: NaiveDate) {
        if DateForm::Iso.write(day).is_none() {
            self.push(DATE_OUT_OF_RANGE.at(path));
        }
    }

    fn web_address(&mut self, path: impl Into<Path>, address: &str) {
        let path = path.into();
        let has = |scheme: &str| {
            let start = address.get(..scheme.len());
            let rest = address.get(scheme.len()..).unwrap_or_default();
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
                && rest.starts_with(|first: char| first.is_alphanumeric() || first == '[')
        };
        let is_plain = address.bytes().all(|byte| byte.is_ascii_graphic());
        self.required(path.clone(), address, NO_LENGTH);
        if kervan_turkiye::text::is_blank(address) {
            return;
        }
        match (has("https://"), has("http://"), is_plain) {
            (true, _, true) => {}
            (_, true, true) => self.push(PLAIN_HTTP.at(path)),
            _ => self.push(WEB_ADDRESS.at(path)),
        }
    }

    fn ip_address(&mut self, path: impl Into<Path>, address: &str) {
        let is_public = match address.parse() {
            Ok(IpAddr::V4(v4)) => {
                !(v4.is_private() || v4.is_loopback() || v4.is_link_local() || v4.is_unspecified())
            }
            Ok(IpAddr::V6(v6)) => {
                !(v6.is_loopback()
                    || v6.is_unspecified()
                    || v6.is_unique_local()
                    || v6.is_unicast_link_local())
            }
            Err(_) => {
                self.push(IP_ADDRESS.at(path));
                return;
            }
        };
        if !is_public {
            self.push(IP_ADDRESS_NOT_PUBLIC.at(path));
        }
    }
}

fn checked(problems: &mut Problems, path: Path, text: &str, most: usize, is_required: bool) {
    if text.chars().any(char::is_control) {
        problems.push(CONTROL_CHARACTER.at(path.clone()));
    }
    check_text(problems, || path, text, most, is_required);
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
    fn mobile_numbers_have_ten_digits_and_begin_with_5() {
        assert!(codes(|p| p.mobile("m", "5536616020")).is_empty());
        for number in [
            "05536616020",
            "+905536616020",
            "553661602",
            "4536616020",
            "553 661602",
            "",
        ] {
            assert_eq!(
                codes(|p| p.mobile("m", number)),
                ["haso.mobile_number"],
                "{number}"
            );
        }
    }

    #[test]
    fn identity_numbers_have_check_digits() {
        assert!(codes(|p| p.identity("i", "10000000146")).is_empty());
        for number in ["10000000145", "10000000156", "00000000000"] {
            assert_eq!(
                codes(|p| p.identity("i", number)),
                ["haso.identity_check_digits"],
                "{number}"
            );
        }
        for number in ["1000000014", "1000000014a", "١٠٠٠٠٠٠٠١٤٦", ""] {
            assert_eq!(
                codes(|p| p.identity("i", number)),
                ["haso.identity_number"],
                "{number}"
            );
        }
    }

    #[test]
    fn addresses_are_whole_and_encrypted() {
        assert!(codes(|p| p.web_address("u", "https://shop.example/ok?x=1")).is_empty());
        assert_eq!(
            codes(|p| p.web_address("u", "http://shop.example/ok")),
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
                codes(|p| p.web_address("u", address)),
                ["haso.web_address"],
                "{address}"
            );
        }
        assert_eq!(codes(|p| p.web_address("u", " ")), ["text.missing"]);
    }

    #[test]
    fn ip_addresses_are_the_customers() {
        for address in ["203.0.113.7", "2001:db8::1"] {
            assert!(codes(|p| p.ip_address("a", address)).is_empty());
        }
        for address in ["10.0.0.1", "127.0.0.1", "::1", "fd00::1"] {
            assert_eq!(
                codes(|p| p.ip_address("a", address)),
                ["haso.ip_address_not_public"]
            );
        }
        assert_eq!(codes(|p| p.ip_address("a", "x")), ["haso.ip_address"]);
    }
}
