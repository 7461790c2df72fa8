//! Check digits, computed in other ways than the crate does.

use kervan_turkiye::card_number::CardNumber;
use kervan_turkiye::iban::Iban;
use kervan_turkiye::identity_number::{self, IdentityNumber};
use kervan_turkiye::tax_number::{self, TaxNumber};
use proptest::prelude::*;

/// Returns the two last digits by congruences: the tenth is 7 a − b, the last the sum of ten, modulo 10.
fn identity(body: &str) -> String {
    let digits: Vec<i64> = body.bytes().map(|byte| i64::from(byte - b'0')).collect();
    let weights = [7, -1, 7, -1, 7, -1, 7, -1, 7];
    let tenth: i64 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    let tenth = tenth.rem_euclid(10);
    let last = (digits.iter().sum::<i64>() + tenth) % 10;
    format!("{body}{tenth}{last}")
}

/// Returns the last digit by the steps of the published recipe: add 9, 8 … 1; double that many times, with
/// the remainder of nine after each step, where nine stays nine.
fn tax(body: &str) -> String {
    let mut sum = 0;
    for (byte, place) in body.bytes().zip((1..=9_u32).rev()) {
        let mut value = (u32::from(byte - b'0') + place) % 10;
        for _ in 0..place {
            value *= 2;
            while value > 9 {
                value -= 9;
            }
        }
        sum += value;
    }
    let last = (1000 - sum) % 10;
    format!("{body}{last}")
}

/// Returns the check digits of an account as the standard writes them: 98 less the remainder of the whole
/// number, divided by hand from the left.
fn account(rest: &str) -> String {
    let digits: String = format!("{rest}TR00")
        .chars()
        .map(|letter| letter.to_digit(36).unwrap().to_string())
        .collect();
    let mut remainder = 0_u128;
    let mut left = digits.as_str();
    while !left.is_empty() {
        let (block, behind) = left.split_at(left.len().min(30));
        remainder = format!("{remainder}{block}").parse::<u128>().unwrap() % 97;
        left = behind;
    }
    format!("TR{:02}{rest}", 98 - remainder)
}

/// Returns the last digit by doubling and casting out nines, from the left.
fn card(body: &str) -> String {
    let parity = body.len() % 2;
    let mut sum = 0;
    for (at, byte) in body.bytes().enumerate() {
        let digit = u32::from(byte - b'0');
        let is_doubled = at % 2 != parity;
        sum += match (is_doubled, digit * 2) {
            (false, _) => digit,
            (true, double) if double > 9 => double - 9,
            (true, double) => double,
        };
    }
    format!("{body}{}", sum * 9 % 10)
}

/// Returns the text with one digit changed.
fn changed(text: &str, at: usize, by: u8) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes[at] = (bytes[at] - b'0' + by) % 10 + b'0';
    String::from_utf8(bytes).unwrap()
}

proptest! {
    #[test]
    fn of_persons(body in "[1-9][0-9]{8}", at in 0_usize..11, by in 1_u8..10) {
        let right = identity(&body);
        prop_assert_eq!(IdentityNumber::new(&right).map(String::from), Ok(right.clone()));
        let wrong = changed(&right, at, by);
        let error = IdentityNumber::new(&wrong).unwrap_err();
        let is_known = error.fault() == &identity_number::CHECK_DIGITS
            || (error.fault() == &identity_number::FIRST_DIGIT && wrong.starts_with('0'));
        prop_assert!(is_known, "{error:?}");
    }

    #[test]
    fn of_companies(body in "[0-9]{9}", by in 1_u8..10) {
        let right = tax(&body);
        prop_assert_eq!(TaxNumber::new(&right).map(String::from), Ok(right.clone()));
        let error = TaxNumber::new(&changed(&right, 9, by)).unwrap_err();
        prop_assert_eq!(error.fault(), &tax_number::CHECK_DIGIT);
    }

    #[test]
    fn of_accounts(rest in "[0-9]{6}[0-9A-Z]{16}", at in 0_usize..26) {
        let right = account(&rest);
        prop_assert_eq!(Iban::new(&right).map(String::from), Ok(right.clone()));
        prop_assert!(right.parse::<iban::Iban>().is_ok());
        // A letter is two digits of the division, so only two digits are always told apart.
        let mut wrong = right.clone().into_bytes();
        let (one, other) = (at, (at + 1) % 26);
        wrong.swap(one, other);
        if wrong[one] != wrong[other] && wrong[one].is_ascii_digit() && wrong[other].is_ascii_digit() {
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(Iban::new(&wrong).is_err());
        }
    }

    /// Another library agrees on every text of the right form. It divides only, and so accepts the check
    /// digits 00, 01 and 99 for 97, 98 and 02.
    #[test]
    fn of_any_account(text in "TR[0-9]{24}", right in "[0-9]{22}") {
        for text in [text, account(&right), account(&right).replace("TR02", "TR99")] {
            let other = text.parse::<iban::Iban>().is_ok();
            let is_alias = ["00", "01", "99"].contains(&&text[2..4]);
            prop_assert_eq!(Iban::new(&text).is_ok(), other && !is_alias);
        }
    }

    #[test]
    fn of_an_account_with_the_other_digits(text in "TR99[0-9]{22}") {
        prop_assert!(Iban::new(&text).is_err());
    }

    #[test]
    fn of_cards(body in "[0-9]{11,18}", at in 0_usize..11, by in 1_u8..10) {
        let right = card(&body);
        prop_assert!(CardNumber::new(&right).is_ok());
        prop_assert!(CardNumber::new(&changed(&right, at, by)).is_err());
    }
}

/// Every account number has exactly one pair of check digits, though three pairs leave the remainder.
#[test]
fn an_account_has_one_pair_of_check_digits() {
    let rest = "0006100519786457841326";
    let right: Vec<_> = (0..100)
        .map(|check| format!("TR{check:02}{rest}"))
        .filter(|text| Iban::new(text).is_ok())
        .collect();
    assert_eq!(right, ["TR330006100519786457841326"]);
    // Among these, 02 is replaced by 99 without a change of the remainder, and so are 97 by 00 and 98 by 01.
    let alias = "TR999224785795164097308619";
    assert!(alias.parse::<iban::Iban>().is_ok() && Iban::new(alias).is_err());
    assert!(Iban::new("TR029224785795164097308619").is_ok());
    for number in 0..200 {
        let rest = format!("{number:022}");
        let pairs = (0..100).filter(|check| Iban::new(&format!("TR{check:02}{rest}")).is_ok());
        assert_eq!(pairs.count(), 1, "{rest}");
    }
}
