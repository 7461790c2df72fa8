//! Faults of a typed value as problems of a request (feature `problems`).
//!
//! The clients of the providers check with these functions, so that the same mistake is the same problem
//! everywhere, with the same code, the same texts and a suggestion.

use std::borrow::Cow;

use kervan_core::problem::{MISSING, TOO_LONG};
use kervan_core::{Problem, Problems, Rule};

use crate::client_address::ClientAddress;
use crate::fault::{Fault, InputError, SHORTENED};
use crate::letters::{control_character, is_control};
use crate::line::{Line, Note, sent};
use crate::spreadsheet::is_shortened;
use crate::{card_number, identity_number, tax_number};

impl From<InputError> for Problem {
    fn from(error: InputError) -> Self {
        let problem = Rule::from(error.fault()).at(error.path().to_owned());
        let problem = match error.allowed() {
            Some(limit) => problem.limit(limit),
            None => problem,
        };
        let problem = match error.found() {
            Some(actual) => problem.actual(actual),
            None => problem,
        };
        problem.suggest(error.suggestion().map(str::to_owned).into_iter().collect())
    }
}

/// Faults that only warn: the test systems of providers know people, companies and cards that do not exist.
static WARNINGS: [&Fault; 3] = [
    &identity_number::CHECK_DIGITS,
    &tax_number::CHECK_DIGIT,
    &card_number::CHECK_DIGIT,
];

impl From<&Fault> for Rule {
    fn from(fault: &Fault) -> Self {
        let rule = if WARNINGS.contains(&fault) {
            Self::warning
        } else {
            Self::error
        };
        rule(fault.code, fault.en, fault.tr)
    }
}

/// Returns a value that was read, or adds its fault to the problems, at a path.
///
/// Wrong check digits of people, companies and cards are a warning, because test systems know some that do
/// not exist: [`from_input_with_any_check_digits`](crate::identity_number::IdentityNumber::from_input_with_any_check_digits)
/// reads what is sent then. Those of an IBAN are an error.
///
/// ```
/// use kervan_core::Problems;
/// use kervan_turkiye::mobile_number::MobileNumber;
/// use kervan_turkiye::problems::noted;
///
/// let mut problems = Problems::new();
/// let read = MobileNumber::from_input("0555 000 00 0l");
/// assert!(noted(&mut problems, "buyer.mobile", read).is_none());
/// let problem = problems.iter().next().unwrap();
/// assert_eq!((problem.code(), problem.path()), ("mobile_number.not_a_number", "buyer.mobile"));
/// assert_eq!(problem.suggestions(), ["5550000001"]);
/// ```
pub fn noted<T>(
    problems: &mut Problems,
    path: impl Into<Cow<'static, str>>,
    read: Result<T, InputError>,
) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(error) => {
            problems.push(error.at(path).into());
            None
        }
    }
}

/// Checks a text of one line against a length in characters, and on request that it is there.
///
/// Control characters are a problem, and so is a number that a spreadsheet shortened, because two numbers
/// look the same then. A change by [`sent`] is a warning, except for blanks at the ends. The length is that
/// of the text as it is sent.
pub fn check_line<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    // No character is shorter than a byte.
    let length = |text: &str| match text.len() {
        0..=64 if text.len() <= max_characters => 0,
        _ => text.chars().count(),
    };
    check_line_by(problems, path, text, length, max_characters, required);
}

/// Checks a text of one line as [`check_line`] does, with a length of the caller's counting.
pub fn check_line_by<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
    length: impl FnOnce(&str) -> usize,
    max_characters: usize,
    required: bool,
) {
    let line;
    let text = match sent(text) {
        // Nothing to note: what is sent is a part of what was given.
        Cow::Borrowed(sent) => sent,
        Cow::Owned(_) => match Line::from_input(text) {
            Ok(read) => {
                let warnings = read.notes().iter().map(|note| rule(*note).at(path()));
                problems.extend(warnings);
                line = read;
                line.as_str()
            }
            Err(error) => {
                problems.push(error.at(path()).into());
                return;
            }
        },
    };
    if is_shortened(text) {
        problems.push(SHORTENED.of("text").at(path()).into());
        return;
    }
    check_length(problems, path, text, length(text), max_characters, required);
}

/// The address of a customer is one that a customer on the internet can have.
pub static CLIENT_ADDRESS_NOT_PUBLIC: Rule = Rule::warning(
    "client_address.not_public",
    "`{path}` is not a public address; send the customer's own",
    "`{path}` dışarıya açık bir adres değil; müşterinin gerçek adresi gönderilmelidir",
);

/// Checks the address of a customer. One that is not public is a warning: private, shared, of this machine,
/// for many machines or kept for something else ([`Reach`](crate::client_address::Reach)).
///
/// ```
/// use kervan_core::{Problem, Problems};
/// use kervan_turkiye::problems::check_client_address;
///
/// let mut problems = Problems::new();
/// check_client_address(&mut problems, "buyer.address", "::ffff:203.0.113.7");
/// assert!(problems.is_empty());
/// check_client_address(&mut problems, "buyer.address", "100.64.3.2");
/// assert_eq!(problems.iter().map(Problem::code).collect::<Vec<_>>(), ["client_address.not_public"]);
/// ```
pub fn check_client_address(
    problems: &mut Problems,
    path: impl Into<Cow<'static, str>>,
    text: &str,
) {
    let path = path.into();
    let read = ClientAddress::from_input(text);
    if let Some(address) = noted(problems, path.clone(), read)
        && !address.is_public()
    {
        problems.push(CLIENT_ADDRESS_NOT_PUBLIC.at(path));
    }
}

/// Returns the rule of a note: a warning.
pub const fn rule(note: Note) -> Rule {
    Rule::warning(note.code(), note.english(), note.turkish())
}

/// Checks a text that is sent as it was given, as a token: that it holds no control character, its length in
/// characters, and on request that it is there.
pub fn check_verbatim<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    if let Some(letter) = text.chars().find(|c| c.is_control() || is_control(*c)) {
        problems.push(control_character("text", letter).at(path()).into());
    }
    let length = text.chars().count();
    check_length(problems, path, text, length, max_characters, required);
}

/// Checks a text whose length is counted: that it is not too long, and there if it has to be.
fn check_length<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl FnOnce() -> P,
    text: &str,
    length: usize,
    max_characters: usize,
    required: bool,
) {
    if length > max_characters {
        problems.push(TOO_LONG.at(path()).limit(max_characters).actual(length));
    } else if required && text.trim().is_empty() {
        problems.push(MISSING.at(path()));
    }
}

#[cfg(test)]
mod tests {
    use kervan_core::Severity;
    use kervan_core::problem::CONTROL_CHARACTER;

    use super::*;
    use crate::fault;
    use crate::iban::Iban;
    use crate::identity_number::IdentityNumber;

    fn codes(text: &str, max: usize, required: bool) -> Vec<&'static str> {
        let mut problems = Problems::new();
        check_line(&mut problems, || "title", text, max, required);
        problems.iter().map(Problem::code).collect()
    }

    #[test]
    fn t7_one_rule_for_lines() {
        for (text, found) in [
            ("Örnek A.Ş.", [].as_slice()),
            (" Örnek A.Ş. ", &[]),
            ("Örnek\r\nA.Ş.", &["line.line_ends"]),
            ("Örnek\0A.Ş.", &["text.control_character"]),
            // Two more: a mark that contacts add, and letters in parts.
            ("\u{202a}Örnek\u{202c} A", &["line.invisible"]),
            ("O\u{308}rnek", &["line.composed"]),
            ("Örnek Anonim", &["text.too_long"]),
            ("Örnek\nAnonim", &["line.line_ends", "text.too_long"]),
            (" \u{a0}", &["text.missing"]),
            ("\u{200b}\n", &["text.missing"]),
            ("", &["text.missing"]),
            // Of a spreadsheet, which has lost digits.
            ("5,32E+09 ", &["text.shortened_by_spreadsheet"]),
            ("1,01202E+14", &["text.shortened_by_spreadsheet"]),
            ("\u{200b}1,0E+14", &["text.shortened_by_spreadsheet"]),
            ("KV\u{a0}1", &["line.blanks"]),
            ("12E4", &[]),
        ] {
            assert_eq!(codes(text, 10, true), found, "{text:?}");
        }
        assert!(codes("", 10, false).is_empty());
    }

    #[test]
    fn t8_addresses_are_judged_as_what_they_are() {
        for (text, found) in [
            ("::ffff:203.0.113.7", [].as_slice()),
            ("88.255.1.2", &[]),
            ("::ffff:10.0.0.5", &["client_address.not_public"]),
            ("100.64.3.2", &["client_address.not_public"]),
            ("255.255.255.255", &["client_address.not_public"]),
            // Two more: of the same wire, and of many machines.
            ("::ffff:a9fe:0101", &["client_address.not_public"]),
            ("ff02::1", &["client_address.not_public"]),
            ("88.255.1.2, 10.0.0.1", &["client_address.several"]),
            ("x", &["client_address.form"]),
            ("", &["text.missing"]),
        ] {
            let mut problems = Problems::new();
            check_client_address(&mut problems, "address", text);
            let codes: Vec<_> = problems.iter().map(Problem::code).collect();
            assert_eq!(codes, found, "{text}");
            assert!(problems.iter().all(|problem| problem.path() == "address"));
        }
    }

    #[test]
    fn t7_a_token_has_no_character_that_no_protocol_carries() {
        for text in ["TOKEN\0", "TO\nKEN", "TOKEN\u{fffe}", "\u{ffff}"] {
            let mut problems = Problems::new();
            check_verbatim(&mut problems, || "token", text, 10, true);
            let codes: Vec<_> = problems.iter().map(Problem::code).collect();
            assert_eq!(codes, ["text.control_character"], "{text:?}");
        }
    }

    #[test]
    fn the_length_is_that_of_the_text_as_it_is_sent() {
        assert_eq!(codes("s\u{327}is\u{327}e", 4, true), ["line.composed"]);
        assert_eq!(
            codes("s\u{327}is\u{327}es", 4, true),
            ["line.composed", "text.too_long"]
        );
        for length in [64, 65, 66] {
            let is_too_long = !codes(&"a".repeat(length), 65, true).is_empty();
            assert_eq!(is_too_long, length > 65, "{length}");
        }
    }

    #[test]
    fn a_rule_that_both_crates_have_is_one_rule() {
        for (fault, rule) in [
            (&fault::MISSING, &MISSING),
            (&fault::CONTROL_CHARACTER, &CONTROL_CHARACTER),
        ] {
            assert_eq!(
                (fault.code, fault.en, fault.tr),
                (rule.code, rule.en, rule.tr)
            );
        }
    }

    #[test]
    fn check_digits_warn_but_for_accounts() {
        let people = IdentityNumber::from_input("100 0000 0147").unwrap_err();
        let account = Iban::from_input("TR330006100519786457841327").unwrap_err();
        assert_eq!(Problem::from(people).severity(), Severity::Warning);
        assert_eq!(Problem::from(account).severity(), Severity::Error);
        let sent = IdentityNumber::from_input_with_any_check_digits("100 0000 0147");
        assert_eq!(sent.unwrap().as_str(), "10000000147");
    }

    #[test]
    fn a_problem_says_what_the_error_says() {
        let error = Iban::from_input("TR12").unwrap_err().at("seller.iban");
        let problem = Problem::from(error.clone());
        assert_eq!(
            problem.text(kervan_core::Language::English),
            error.english()
        );
        assert_eq!(
            problem.text(kervan_core::Language::Turkish),
            error.turkish()
        );
        assert_eq!(problem.path(), "seller.iban");
        assert!(problem.allowed().is_some() && problem.found().is_some());
    }
}
