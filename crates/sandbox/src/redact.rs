//! Logins and card numbers, which no log and no page shows.

use std::borrow::Cow;

use crate::world::Shown;

/// How much of a body is kept for people to look at.
const KEPT: usize = 20_000;

/// The mark in place of a secret.
const MARK: &str = "[redacted]";

/// Names on the wire whose values are secret: as elements, members, fields or headers.
const NAMES: [&str; 22] = [
    "authorization",
    "client_password",
    "cookie",
    "cvc",
    "cvv",
    "ets_guid",
    "guid",
    "kk_cvc",
    "kk_no",
    "kk_sk_ay",
    "kk_sk_yil",
    "merchantkey",
    "merchantsalt",
    "pass",
    "passw",
    "password",
    "processkey",
    "requesttoken",
    "sifre",
    "token",
    "wspassword",
    "x-api-key",
];

/// Values of this length or longer are secrets wherever they are; shorter ones, as `Test`, are words too.
const LONG: usize = 8;

/// The secrets of a world, which its texts hide.
#[derive(Clone, Debug, Default)]
pub(crate) struct Redaction {
    values: Secrets,
}

/// Values of logins; `Debug` shows how many there are.
#[derive(Clone, Default)]
struct Secrets(Vec<String>);

impl std::fmt::Debug for Secrets {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Secrets({})", self.0.len())
    }
}

impl Redaction {
    /// Hides the values of logins.
    pub(crate) fn of(logins: impl Iterator<Item = (&'static str, String)>) -> Self {
        let long = logins
            .map(|(_, value)| value)
            .filter(|value| value.len() >= LONG);
        Redaction {
            values: Secrets(long.collect()),
        }
    }

    /// Returns a message as people may see it.
    pub(crate) fn show(&self, line: &str, headers: &[(String, String)], body: &[u8]) -> Shown {
        let header = |(name, value): &(String, String)| {
            let shown = if is_secret(name) {
                MARK.to_owned()
            } else {
                self.text(value).into_owned()
            };
            (name.clone(), shown)
        };
        let whole = String::from_utf8_lossy(body);
        // Hidden before it is cut, so that no cut leaves half a secret.
        let hidden = self.text(&whole);
        let shown: String = hidden.chars().take(KEPT).collect();
        Shown {
            line: self.text(line).into_owned(),
            headers: headers.iter().map(header).collect(),
            body: shown,
        }
    }

    /// Hides secrets in a text.
    pub(crate) fn text<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let mut text = Cow::Borrowed(text);
        for value in &self.values.0 {
            for spelling in [value.clone(), value.to_lowercase(), value.to_uppercase()] {
                if text.contains(&spelling) {
                    text = Cow::Owned(text.replace(&spelling, MARK));
                }
            }
        }
        let named = hide_named(&text);
        Cow::Owned(hide_cards(&named))
    }
}

fn is_secret(name: &str) -> bool {
    let name = name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase();
    NAMES.contains(&name.as_str())
}

/// Hides the values of elements, members and fields by their names.
fn hide_named(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, value, after)) = next_secret(rest) {
        shown.push_str(before);
        if !value.is_empty() {
            shown.push_str(MARK);
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Splits a text at the first value whose name is secret: before it, the value, after it.
fn next_secret(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let found = text.get(from..)?.find(['>', ':', '='])?;
        let at = from + found;
        let (head, mark) = (text.get(..at)?, text.get(at..=at)?);
        if let Some((start, end)) = value_at(text, head, mark, at) {
            return Some((text.get(..start)?, text.get(start..end)?, text.get(end..)?));
        }
        from = at + 1;
    }
}

/// Returns where the value behind a mark begins and ends, when the name before it is secret.
fn value_at(text: &str, head: &str, mark: &str, at: usize) -> Option<(usize, usize)> {
    let head = head.trim_end();
    let is_quoted = mark == ":" && head.ends_with(['"', '\'']);
    let trimmed = head.trim_end_matches(['"', '\'', '\\']);
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || "_-".contains(letter);
    let start = trimmed
        .char_indices()
        .rev()
        .take_while(|(_, letter)| is_name(*letter))
        .last()?
        .0;
    let name = trimmed.get(start..)?;
    if !is_secret(name) {
        return None;
    }
    let before = trimmed.get(..start)?;
    let rest = text.get(at + 1..)?;
    match mark {
        // `</KK_No>` closes; `<soap:KK_No>` opens.
        ">" if before.ends_with(['<', ':']) && !before.ends_with("</") => {
            Some((at + 1, at + 1 + rest.find('<').unwrap_or(rest.len())))
        }
        "=" if before.is_empty() || before.ends_with(['&', '?', '\n']) => {
            let end = rest.find(['&', ' ', '\n']).unwrap_or(rest.len());
            Some((at + 1, at + 1 + end))
        }
        ":" if is_quoted => {
            let gap = rest.len() - rest.trim_start().len();
            let value = rest.trim_start();
            let quote = value.starts_with('"');
            let inner = if quote { value.get(1..)? } else { value };
            let end = if quote {
                inner.find('"')
            } else {
                inner.find([',', '}', '\n'])
            };
            let begin = at + 1 + gap + usize::from(quote);
            Some((begin, begin + end.unwrap_or(inner.len())))
        }
        _ => None,
    }
}

/// Hides runs of 13 to 19 digits that are card numbers by their last digit.
fn hide_cards(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() {
            run.push(letter);
            continue;
        }
        put_run(&mut shown, &run);
        run.clear();
        shown.push(letter);
    }
    put_run(&mut shown, &run);
    shown
}

fn put_run(shown: &mut String, run: &str) {
    if (13..=19).contains(&run.len()) && has_card_check_digit(run) {
        shown.push_str(MARK);
    } else {
        shown.push_str(run);
    }
}

fn has_card_check_digit(digits: &str) -> bool {
    let digit = |(place, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => digit * 2,
            (_, digit) => digit * 2 - 9,
        }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(digit).sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let login = [
            ("key", "0c13d406-873b-403b".to_owned()),
            ("user", "Test".to_owned()),
        ];
        Redaction::of(login.into_iter()).text(text).into_owned()
    }

    #[test]
    fn hides_values_by_their_names_in_every_notation() {
        for (text, expected) in [
            ("<KK_CVC>000</KK_CVC>", "<KK_CVC>[redacted]</KK_CVC>"),
            (
                "<a:Password>x y</a:Password>",
                "<a:Password>[redacted]</a:Password>",
            ),
            ("<KK_CVC></KK_CVC>", "<KK_CVC></KK_CVC>"),
            (
                r#"{"requestToken": "ab=", "b":1}"#,
                r#"{"requestToken": "[redacted]", "b":1}"#,
            ),
            (r#"{"token":12,"b":1}"#, r#"{"token":[redacted],"b":1}"#),
            ("a=1&token=abc&b=2", "a=1&token=[redacted]&b=2"),
            ("token=abc", "token=[redacted]"),
            (
                "POST /a?password=x HTTP",
                "POST /a?password=[redacted] HTTP",
            ),
            ("<Tutar>1,00</Tutar>", "<Tutar>1,00</Tutar>"),
        ] {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn hides_logins_and_cards_wherever_they_are() {
        assert_eq!(shown("of 0C13D406-873B-403B!"), "of [redacted]!");
        assert_eq!(shown("4022774022774026 and Test"), "[redacted] and Test");
        assert_eq!(shown("order 4022774022774027"), "order 4022774022774027");
        let headers = [("processKey".to_owned(), "x".to_owned())];
        let shown = Redaction::default().show("GET /", &headers, b"");
        assert_eq!(shown.headers[0].1, MARK);
    }

    #[test]
    fn any_text_is_survived() {
        for text in [
            "",
            ">",
            "=",
            ":",
            "\":",
            "<KK_No>",
            "token=",
            "\"token\":\"",
            "ş:ğ=ü>",
        ] {
            shown(text);
        }
    }
}
