//! A card, which is sent once and never kept.

use std::fmt;

use kervan_core::secret::REDACTED;
use kervan_core::{Personal, Problem, Problems, Rule, Secret};
use kervan_turkiye::card_number::{self, CardNumber};
use kervan_turkiye::problems::noted;
use serde::Deserialize;

use crate::service::Body;
use crate::{rules, typed, wire};

/// A card. It is neither printed nor serialised nor cloned, and wiped from memory when it is dropped. **Its
/// copies are not wiped**: the request's XML and the bytes that the HTTP library sends hold the card until
/// their memory is used again.
///
/// It can be read from a form or from JSON (`holder`, `number`, `month`, `year`, `code`).
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    holder: Secret,
    number: Secret,
    month: Secret,
    year: Secret,
    code: Secret,
}

impl fmt::Debug for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Card([redacted])")
    }
}

impl Card {
    /// Creates a card by its number, with or without blanks and dashes: `4546 7112 3456 7894`. It is sent
    /// without them. The check reports values that are not set. Wire: `KK_No`.
    pub fn new(number: impl Into<Secret>) -> Self {
        let empty = || Secret::new("");
        Self {
            holder: empty(),
            number: number.into(),
            month: empty(),
            year: empty(),
            code: empty(),
        }
    }

    /// Returns whether the number has the digits of a card and the right check digit (Luhn).
    pub fn has_right_check_digit(&self) -> bool {
        CardNumber::from_input(self.number.expose()).is_ok()
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        wire::check(problems, "card.holder", self.holder.expose(), 100, true);
        self.check_but_holder(problems);
    }

    /// Checks all values but the holder.
    pub(crate) fn check_but_holder(&self, problems: &mut Problems) {
        check_number(problems, "card.number", self.number.expose());
        check_expiry(problems, self.month.expose(), self.year.expose());
        if !has_digits(self.code.expose(), 3..=3) {
            problems.push(rules::CARD_CODE.at("card.code"));
        }
    }

    /// Builds the elements of the card.
    pub(crate) fn wire(&self, phone: Option<&Personal>) -> Body {
        Body::new()
            .card_text("KK_Sahibi", self.holder.expose())
            .and(self.wire_checked())
            .text("KK_Sahibi_GSM", phone.map(typed::mobile))
    }

    /// Builds the elements of the card for its verification.
    pub(crate) fn wire_checked(&self) -> Body {
        Body::new()
            .card("KK_No", sent_number(&self.number).expose())
            .card("KK_SK_Ay", self.month.expose())
            .card("KK_SK_Yil", self.year.expose())
            .card("KK_CVC", self.code.expose())
    }
}

kervan_core::setters! { Card {
    /// Sets the holder's name. Wire: `KK_Sahibi`.
    holder: into Secret,
    /// Sets the month of expiry, for example `12`. Wire: `KK_SK_Ay`.
    month: into Secret,
    /// Sets the year of expiry, for example `2026`. Wire: `KK_SK_Yil`.
    year: into Secret,
    /// Sets the code of three digits. Wire: `KK_CVC`.
    code: into Secret,
}}

/// The maximum length of a card number at Param, in digits.
const MOST_DIGITS: usize = 16;

/// Checks a card number. A wrong check digit is a warning.
pub(crate) fn check_number(problems: &mut Problems, path: &'static str, number: &str) {
    let length = |problem: Problem| problem.limit(format_args!("12-{MOST_DIGITS}"));
    match CardNumber::from_input_with_any_check_digit(number) {
        Ok(card) if card.as_str().len() > MOST_DIGITS => {
            let problem = Rule::from(&card_number::LENGTH).at(path);
            problems.push(length(problem.actual(card.as_str().len())));
        }
        Err(error) if error.fault() == &card_number::LENGTH => {
            problems.push(length(error.at(path).into()));
        }
        _ => {
            noted(problems, path, CardNumber::from_input(number));
        }
    }
}

/// Returns a card number as it is sent: digits only.
pub(crate) fn sent_number(number: &Secret) -> Secret {
    let read = CardNumber::from_input_with_any_check_digit(number.expose());
    Secret::new(read.as_ref().map_or(number.expose(), CardNumber::as_str))
}

pub(crate) fn check_expiry(problems: &mut Problems, month: &str, year: &str) {
    let is_month = has_digits(month, 2..=2) && ("01"..="12").contains(&month);
    if !is_month {
        problems.push(rules::CARD_MONTH.at("card.month"));
    }
    if !has_digits(year, 4..=4) {
        problems.push(rules::CARD_YEAR.at("card.year"));
    }
}

fn has_digits(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Hides possible card numbers in a text of the provider: 13 to 19 digits with the right check digit, with
/// or without blanks or dashes between them.
pub(crate) fn hide_card_numbers(text: String) -> String {
    let is_part = |c: char| c.is_ascii_digit() || c == ' ' || c == '-';
    if text.bytes().filter(u8::is_ascii_digit).count() < 13 {
        return text;
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|c| !is_part(c)).unwrap_or(run.len());
        let (run, after) = run.split_at(end);
        let number = run.trim_end_matches([' ', '-']);
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        shown.push_str(before);
        if digits.len() >= 13 && CardNumber::new(&digits).is_ok() {
            shown.push_str(REDACTED);
            shown.push_str(&run[number.len()..]);
        } else {
            shown.push_str(run);
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(holder: &str, number: &str, (month, year): (&str, &str), code: &str) -> Card {
        Card::new(number)
            .holder(holder)
            .month(month)
            .year(year)
            .code(code)
    }

    fn codes(card: &Card) -> Vec<(&'static str, String)> {
        let mut problems = Problems::new();
        card.check(&mut problems);
        let found = problems.iter();
        found.map(|p| (p.code(), p.path().to_owned())).collect()
    }

    #[test]
    fn takes_the_published_test_card() {
        let right = card("Ayşe Deneme", "4546711234567894", ("12", "2026"), "000");
        assert!(right.has_right_check_digit());
        assert_eq!(codes(&right), []);
        let wrong = card("", "4546 7112", ("13", "26"), "0000");
        let at = |code, path: &str| (code, path.to_owned());
        assert_eq!(
            codes(&wrong),
            [
                at("text.missing", "card.holder"),
                at("card_number.length", "card.number"),
                at("param.card_month", "card.month"),
                at("param.card_year", "card.year"),
                at("param.card_code", "card.code"),
            ]
        );
        let wrong = card("A", "4546711234567895", ("00", "2026"), "00a");
        let found = codes(&wrong);
        assert_eq!(found[0].0, "card_number.check_digit");
        assert_eq!(found[1].0, "param.card_month");
    }

    #[test]
    fn the_setters_set_what_they_say_and_the_check_reports_the_rest() {
        let found: Vec<_> = codes(&Card::new("4546711234567894"))
            .into_iter()
            .map(|(_, path)| path)
            .collect();
        let missing = ["card.holder", "card.month", "card.year", "card.code"];
        assert_eq!(found, missing);
        let card = card("HOLDER", "NUMBER", ("MONTH", "YEAR"), "CODE");
        let parts = [
            &card.holder,
            &card.number,
            &card.month,
            &card.year,
            &card.code,
        ];
        let texts = ["HOLDER", "NUMBER", "MONTH", "YEAR", "CODE"];
        assert_eq!(parts.map(Secret::expose), texts);
    }

    #[test]
    fn hides_card_numbers_in_foreign_texts() {
        let hidden = |text: &str| hide_card_numbers(text.to_owned());
        for (text, shown) in [
            ("Kart 4546711234567894 hatalı", "Kart [redacted] hatalı"),
            ("4546 7112 3456 7894.", "[redacted]."),
            ("4546-7112-3456-7894 ", "[redacted] "),
            ("no 3007300695, 6021847062", "no 3007300695, 6021847062"),
            ("454671******7894", "454671******7894"),
            ("4546711234567895", "4546711234567895"),
        ] {
            assert_eq!(hidden(text), shown);
        }
    }

    #[test]
    fn prints_nothing_of_itself() {
        let card = card("Ayşe Deneme", "4546711234567894", ("12", "2026"), "000");
        assert_eq!(
            format!("{card:?} {card:#?}"),
            "Card([redacted]) Card([redacted])"
        );
    }
}
