//! What numbers of people, companies, accounts and telephones look like.

use iban::Iban;
use kervan_core::problem::MISSING;
use kervan_core::{Personal, Problems, Rule};

use crate::{rules, wire};

/// Checks a text that may be missing.
pub(super) fn optional(
    problems: &mut Problems,
    path: &'static str,
    text: Option<&str>,
    max_characters: usize,
) {
    if let Some(text) = text {
        wire::check(problems, path, text, max_characters, false);
    }
}

/// A person's number: eleven digits, the first not zero. A wrong check digit is a warning, because
/// test systems know people who do not exist.
pub(super) fn identity_number(problems: &mut Problems, path: &'static str, number: &Personal) {
    let fits = |text: &str| has_digits(text, 11) && !text.starts_with('0');
    if shape(problems, path, number, fits, &rules::IDENTITY_NUMBER)
        && !identity_checksum(number.as_str())
    {
        problems.push(rules::IDENTITY_CHECKSUM.at(path));
    }
}

/// A company's tax number: ten digits. A wrong check digit is a warning.
pub(super) fn tax_number(problems: &mut Problems, path: &'static str, number: &Personal) {
    let fits = |text: &str| has_digits(text, 10);
    if shape(problems, path, number, fits, &rules::TAX_NUMBER) && !tax_checksum(number.as_str()) {
        problems.push(rules::TAX_CHECKSUM.at(path));
    }
}

/// A mobile number: ten digits that begin with 5.
pub(super) fn mobile(problems: &mut Problems, path: &'static str, number: &Personal) {
    let fits = |text: &str| has_digits(text, 10) && text.starts_with('5');
    shape(problems, path, number, fits, &rules::MOBILE);
}

/// An account: TR and 24 digits, with the right check digits.
pub(super) fn iban(problems: &mut Problems, path: &'static str, iban: &Personal) {
    let compact = compact_iban(iban);
    let fits = |_: &str| {
        compact
            .strip_prefix("TR")
            .is_some_and(|digits| has_digits(digits, 24))
    };
    if shape(problems, path, iban, fits, &rules::IBAN_FORM) && compact.parse::<Iban>().is_err() {
        problems.push(rules::IBAN_CHECKSUM.at(path));
    }
}

/// An account's number as it is sent: without blanks, in capitals.
pub(super) fn compact_iban(iban: &Personal) -> String {
    let text = iban.as_str().chars();
    text.filter(|c| *c != ' ')
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

/// Whether a text is there and fits; what is wrong is noted.
fn shape(
    problems: &mut Problems,
    path: &'static str,
    text: &Personal,
    fits: impl Fn(&str) -> bool,
    rule: &'static Rule,
) -> bool {
    if text.is_blank() {
        problems.push(MISSING.at(path));
        return false;
    }
    let right = fits(text.as_str());
    if !right {
        problems.push(rule.at(path));
    }
    right
}

fn has_digits(text: &str, count: usize) -> bool {
    text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// The last two of eleven digits: seven times the odd places less the even ones, and the sum of all.
fn identity_checksum(number: &str) -> bool {
    let digits = digits(number);
    let [body @ .., tenth, last] = digits.as_slice() else {
        return false;
    };
    let odd: u32 = body.iter().step_by(2).sum();
    let even: u32 = body.iter().skip(1).step_by(2).sum();
    // 40 keeps the difference above zero without changing its last digit.
    *tenth == (odd * 7 + 40 - even) % 10 && *last == (odd + even + tenth) % 10
}

/// The last of ten digits: each digit plus its place from the right, times a power of two, modulo
/// nine.
fn tax_checksum(number: &str) -> bool {
    let digits = digits(number);
    let [body @ .., last] = digits.as_slice() else {
        return false;
    };
    let term = |(place, digit): (u32, &u32)| {
        let moved = (digit + place) % 10;
        match moved * 2_u32.pow(place) % 9 {
            0 if moved != 0 => 9,
            term => term,
        }
    };
    let sum: u32 = (1..=9).rev().zip(body).map(term).sum();
    (10 - sum % 10) % 10 == *last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(check: impl Fn(&mut Problems)) -> Vec<&'static str> {
        let mut problems = Problems::new();
        check(&mut problems);
        problems.iter().map(kervan_core::Problem::code).collect()
    }

    #[test]
    fn identity_numbers() {
        let found =
            |text: &str| codes(|problems| identity_number(problems, "n", &Personal::from(text)));
        assert!(found("10000000146").is_empty());
        for changed in ["20000000146", "10000000156", "10000000147"] {
            assert_eq!(found(changed), ["param.identity_checksum"], "{changed}");
        }
        for text in [
            "01000000146",
            "1000000014",
            "100000001460",
            "1000000014x",
            "1000000014٦",
        ] {
            assert_eq!(found(text), ["param.identity_number"], "{text}");
        }
        assert_eq!(found(" "), ["text.missing"]);
    }

    #[test]
    fn tax_numbers() {
        let found = |text: &str| codes(|p| tax_number(p, "n", &Personal::from(text)));
        for right in ["1234567890", "0000000198"] {
            let one_off = format!("{}{}", &right[..9], (right.as_bytes()[9] - b'0' + 1) % 10);
            assert!(found(right).is_empty(), "{right}");
            assert_eq!(found(&one_off), ["param.tax_checksum"], "{one_off}");
        }
        assert_eq!(found("123456789"), ["param.tax_number"]);
        assert_eq!(found("12345678901"), ["param.tax_number"]);
    }

    #[test]
    fn accounts() {
        let found = |text: &str| codes(|p| iban(p, "n", &Personal::from(text)));
        for right in [
            "TR330006100519786457841326",
            "tr33 0006 1005 1978 6457 8413 26",
        ] {
            assert!(found(right).is_empty(), "{right}");
        }
        // One digit off, and two that changed places.
        for wrong in ["TR330006100519786457841327", "TR330006100519786457841362"] {
            assert_eq!(found(wrong), ["param.iban_checksum"], "{wrong}");
        }
        for text in [
            "TR33000610051978645784132",
            "TR3300061005197864578413266",
            "DE89370400440532013000",
            "TR33000610051978645784132A",
            "330006100519786457841326TR",
        ] {
            assert_eq!(found(text), ["param.iban_form"], "{text}");
        }
        assert_eq!(found(""), ["text.missing"]);
    }

    #[test]
    fn telephones() {
        let found = |text: &str| codes(|p| mobile(p, "n", &Personal::from(text)));
        assert!(found("5000000000").is_empty());
        for text in [
            "05000000000",
            "4000000000",
            "500000000",
            "+905000000000",
            "500 000 00 00",
        ] {
            assert_eq!(found(text), ["param.mobile"], "{text}");
        }
    }
}
