//! Values that people type: their checks by `kervan-turkiye`, and the form in which they are sent and
//! compared.
//!
//! A value that cannot be read is never sent, because the check rejects it. It is compared as text.

use std::borrow::Cow;

use kervan_core::{Personal, Problems, Rule};
use kervan_turkiye::fault::InputError;
use kervan_turkiye::iban::{self, Iban};
use kervan_turkiye::identity_number::IdentityNumber;
use kervan_turkiye::line;
use kervan_turkiye::mobile_number::MobileNumber;
use kervan_turkiye::problems::noted;
use kervan_turkiye::tax_number::TaxNumber;

type Path = &'static str;

/// Checks a person's number. Wrong check digits are a warning.
pub(crate) fn check_identity_number(problems: &mut Problems, path: Path, number: &Personal) {
    noted(problems, path, IdentityNumber::from_input(number.as_str()));
}

/// Returns a person's number as it is sent.
pub(crate) fn identity_number(number: &Personal) -> String {
    as_sent(number, IdentityNumber::from_input_with_any_check_digits)
}

/// Checks a company's number. A wrong check digit is a warning.
pub(crate) fn check_tax_number(problems: &mut Problems, path: Path, number: &Personal) {
    noted(problems, path, TaxNumber::from_input(number.as_str()));
}

/// Returns a company's number as it is sent.
pub(crate) fn tax_number(number: &Personal) -> String {
    as_sent(number, TaxNumber::from_input_with_any_check_digit)
}

/// Checks a mobile number.
pub(crate) fn check_mobile(problems: &mut Problems, path: Path, number: &Personal) {
    noted(problems, path, MobileNumber::from_input(number.as_str()));
}

/// Returns a mobile number as it is sent.
pub(crate) fn mobile(number: &Personal) -> String {
    as_sent(number, MobileNumber::from_input)
}

/// Checks an account. The provider's page has digits only, although the standard has letters too.
pub(crate) fn check_iban(problems: &mut Problems, path: Path, account: &Personal) {
    let read = noted(problems, path, Iban::from_input(account.as_str()));
    if read.is_some_and(|account| !account.is_all_digits()) {
        problems.push(Rule::from(&iban::FORM).at(path));
    }
}

/// Returns an account as it is sent.
pub(crate) fn iban(account: &Personal) -> String {
    as_sent(account, Iban::from_input)
}

/// Returns a text of one line as it is sent.
pub(crate) fn line(text: &Personal) -> Cow<'_, str> {
    line::sent(text.as_str())
}

fn as_sent<T: Into<String>>(
    text: &Personal,
    read: impl FnOnce(&str) -> Result<T, InputError>,
) -> String {
    read(text.as_str()).map_or_else(|_| line(text).into_owned(), T::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(check: fn(&mut Problems, Path, &Personal), text: &str) -> Vec<&'static str> {
        let mut problems = Problems::new();
        check(&mut problems, "n", &Personal::from(text));
        problems.iter().map(kervan_core::Problem::code).collect()
    }

    #[test]
    fn an_account_has_digits_only() {
        assert!(found(check_iban, "tr33 0006 1005 1978 6457 8413 26").is_empty());
        // A right IBAN by the standard, with a letter in the account.
        let with_letter = "TR13000610A519786457841326";
        assert!(Iban::from_input(with_letter).is_ok_and(|iban| !iban.is_all_digits()));
        assert_eq!(found(check_iban, with_letter), ["iban.form"]);
    }

    #[test]
    fn what_cannot_be_read_is_refused_and_compared_as_a_text() {
        for (check, sent) in [
            (
                check_mobile as fn(&mut Problems, Path, &Personal),
                mobile as fn(&Personal) -> String,
            ),
            (check_identity_number, identity_number),
            (check_tax_number, tax_number),
            (check_iban, iban),
        ] {
            assert_eq!(found(check, " ").len(), 1);
            assert_eq!(found(check, "yok").len(), 1);
            assert_eq!(sent(&Personal::from(" yok ")), "yok");
        }
    }

    #[test]
    fn wrong_check_digits_of_people_and_companies_are_sent() {
        let (person, company) = ("100 0000 0147", "123 456 78 91");
        assert_eq!(
            found(check_identity_number, person),
            ["identity_number.check_digits"]
        );
        assert_eq!(identity_number(&Personal::from(person)), "10000000147");
        assert_eq!(found(check_tax_number, company), ["tax_number.check_digit"]);
        assert_eq!(tax_number(&Personal::from(company)), "1234567891");
    }
}
