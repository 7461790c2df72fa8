//! The provider's refusal: code, meaning, message.

use kervan_core::{Class, Drift, ForeignText, Order, Outcome, Scrub as _, Try};
use kervan_turkiye::line::sent;
use kervan_turkiye::text::fold_letters;
use serde::Serialize;

use crate::codes::RejectionKind;
use crate::endpoint::Endpoint;
use crate::order::RequestNumber;
use crate::settings::Settings;

/// How the provider's message begins when a value is too long; the field's wire name follows.
const TOO_LONG: &str = "GİRİLEN DEĞER ÇOK UZUN:";

/// How the number that is taken begins in the message of `ERR-20003`.
const NUMBER: &str = "TALEPNO:";

/// Horoz read the request and said no.
///
/// Its text holds the code and its meaning. The provider's own message repeats values of the request, so it
/// is kept apart and does not print itself.
#[derive(Clone, Debug, PartialEq, Serialize, thiserror::Error)]
#[error("`{operation}` was refused with {code}: {}", kind.meaning())]
#[non_exhaustive]
pub struct Rejection {
    /// The method's wire name.
    #[serde(skip)]
    pub operation: &'static str,
    /// The code as sent, as `ERR-20003`. A text that does not look like a code is in
    /// [`unusual_code`](Rejection::unusual_code), and `?` is here.
    pub code: String,
    /// The text in the place of the code, where it does not look like one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unusual_code: Option<ForeignText>,
    /// Its meaning in this method.
    pub kind: RejectionKind,
    /// The provider's message. Wire: `responseMessage`.
    pub message: Option<ForeignText>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Box<Drift>,
    /// The try that was refused, and its class. The meaning of `ERR-20003` depends on them.
    #[serde(skip)]
    this: Try,
}

impl Rejection {
    pub(crate) fn new(endpoint: Endpoint, settings: &Settings, code: &str, drift: Drift) -> Self {
        let kind = RejectionKind::of(endpoint, settings, code);
        let shown = settings.scrub(code);
        let usual = is_code(&shown);
        let unusual_code = (!usual).then(|| ForeignText::new(code, settings));
        let code = if usual { shown } else { "?".to_owned() };
        Self {
            operation: endpoint.method,
            code,
            unusual_code,
            kind,
            message: None,
            drift: Box::new(drift),
            this: Try::unknown(Class::Blind),
        }
    }

    /// Sets the provider's message.
    pub(crate) fn message(self, message: Option<ForeignText>) -> Self {
        Self { message, ..self }
    }

    /// Returns the request number that the message names as taken (`ERR-20003`). Several words are kept, up
    /// to the name of another value: `TalepNo: KV 1 Tarih: …` names `KV 1`.
    pub fn taken_number(&self) -> Option<&str> {
        let message = self.message.as_ref()?.as_str();
        // Letters outside ASCII keep their length, so that places in both texts are the same.
        let upper = message.to_ascii_uppercase();
        let start = upper.rfind(NUMBER)? + NUMBER.len();
        let rest = message.get(start..)?;
        let mut end = rest.len();
        let mut before = 0;
        for word in rest.split_inclusive(char::is_whitespace) {
            if before > 0 && word.trim_end().ends_with(':') && !rest[..before].trim().is_empty() {
                end = before;
                break;
            }
            before += word.len();
        }
        let number = rest[..end]
            .trim()
            .trim_end_matches(['.', ',', ';', '!', '"', '\'']);
        (!number.is_empty()).then_some(number)
    }

    /// Returns whether the taken number differs from this one.
    pub(crate) fn names_another_than(&self, number: &RequestNumber) -> bool {
        let taken = self
            .taken_number()
            .filter(|_| self.kind == RejectionKind::NumberTaken);
        // The page's own text has a row of X in place of the number.
        let taken = taken.filter(|text| !text.bytes().all(|byte| byte == b'X'));
        taken.is_some_and(|taken| !is_same_number(taken, number.as_str()))
    }

    /// Returns the wire name of the field that is too long, when the message names one (`ERR-20002`).
    pub fn too_long_field(&self) -> Option<&str> {
        let message = self
            .message
            .as_ref()
            .filter(|_| self.kind == RejectionKind::MissingOrTooLong)?;
        let field = message.as_str().trim().strip_prefix(TOO_LONG)?.trim();
        (!field.is_empty()).then_some(field)
    }
}

impl RejectionKind {
    /// Returns the meaning of a code in a method: that of its table, or else that of the settings.
    pub(crate) fn of(endpoint: Endpoint, settings: &Settings, code: &str) -> Self {
        let listed = endpoint.codes.iter().find(|row| row.code == code);
        let kind = listed.and_then(|row| row.kind);
        let kind = kind.or_else(|| settings.quirks.kind_of(endpoint.method, code));
        kind.unwrap_or(Self::Unlisted)
    }
}

/// Compares two request numbers as leniently as the provider may: blanks around them, letter case,
/// Turkish letters, letters in parts and the punctuation at their end make no difference.
pub(crate) fn is_same_number(one: &str, other: &str) -> bool {
    let plain = |text: &str| {
        let text = sent(text);
        fold_letters(text.trim_end_matches(['.', ',', ';', '!', '"', '\'']))
    };
    plain(one) == plain(other)
}

/// Returns whether a text can be printed as a code. A foreign text could hold personal data.
fn is_code(text: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (1..=20).contains(&text.len()) && text.bytes().all(letters)
}

impl kervan_core::Rejection for Rejection {
    fn code(&self) -> &str {
        &self.code
    }

    fn outcome(&self) -> Outcome {
        match (self.kind, self.this.order) {
            (RejectionKind::NumberTaken, Order::First) => Outcome::NotDone,
            (kind, _) => kind.outcome(),
        }
    }

    fn class(&self) -> Class {
        self.this.class
    }

    fn of_try(mut self, this: Try) -> Self {
        self.this = this;
        self
    }

    fn exists(&self) -> bool {
        self.kind == RejectionKind::NumberTaken && self.this.class == Class::Keyed
    }

    fn refuses_contents(&self) -> bool {
        self.kind.refuses_contents()
    }
}

#[cfg(test)]
mod tests {
    use kervan_core::BaseUrl;

    use super::*;
    use crate::codes::CREATE_SUPPLIER_PAYS;
    use crate::settings::{MethodName, ProcessKey, Quirks};

    fn rejection(code: &str, message: &str) -> Rejection {
        let base = BaseUrl::parse("https://horoz.example/").unwrap();
        let mut settings = Settings::new(base, ProcessKey::new("KEY-12345").unwrap());
        settings.quirks = Quirks::default()
            .code(MethodName::new("m"), "ERR-20003", RejectionKind::LabelRead)
            .code(MethodName::new("m"), "ERR-30001", RejectionKind::LabelRead)
            .code(
                MethodName::new("other"),
                "ERR-30002",
                RejectionKind::LabelRead,
            );
        let endpoint = Endpoint::new("m", |_| "m").codes(CREATE_SUPPLIER_PAYS);
        let message = Some(ForeignText::new(message, &settings));
        Rejection::new(endpoint, &settings, code, Drift::default()).message(message)
    }

    #[test]
    fn tells_the_two_meanings_of_20002_apart() {
        let long = rejection("ERR-20002", "GİRİLEN DEĞER ÇOK UZUN: senderTitle");
        assert_eq!(long.too_long_field(), Some("senderTitle"));
        assert_eq!(
            rejection("ERR-20002", "EKSİK PARAMETRE: TALEP NUMARASI").too_long_field(),
            None
        );
        assert_eq!(
            rejection("ERR-20003", "GİRİLEN DEĞER ÇOK UZUN: x").too_long_field(),
            None
        );
    }

    #[test]
    fn a_text_in_the_place_of_a_code_is_not_printed() {
        let odd = rejection("ERR-20003 - Ad: Ayşe\nERROR", "");
        assert!(!format!("{odd} {odd:?}").contains("Ayşe"));
        assert_eq!(
            odd.unusual_code.as_ref().map(ForeignText::as_str),
            Some("ERR-20003 - Ad: Ayşe\nERROR")
        );
    }

    #[test]
    fn a_key_in_the_place_of_a_code_is_hidden() {
        let odd = rejection("KEY-12345", "");
        assert_eq!(odd.code, "?");
        let shown = odd.unusual_code.as_ref().map(ForeignText::as_str);
        assert_eq!(shown, Some("[redacted]"));
    }

    #[test]
    fn a_code_means_what_the_settings_say_where_the_page_is_silent() {
        let kinds = ["ERR-30001", "ERR-20003", "ERR-30002"].map(|code| rejection(code, "").kind);
        assert_eq!(
            kinds,
            [
                RejectionKind::LabelRead,
                RejectionKind::NumberTaken,
                RejectionKind::Unlisted
            ]
        );
    }

    #[test]
    fn w6_the_number_of_the_text_is_compared() {
        let is_other = |text: &str| {
            let message = format!("BU TALEP NUMARASI SISTEMDE MEVCUT{text}");
            rejection("ERR-20003", &message).names_another_than(&RequestNumber::from("kv-i1"))
        };
        for same in [
            "",
            " - Key: 801452 TalepNo: KV-İ1",
            " - Key: 801452 TalepNo: kv-i1.",
            " - Key: 801452 TalepNo:  KV-I1 ",
            " - Key: XXX TalepNo: XXX",
            " - Key: 801452 TalepNo:",
            " - TALEPNO: kv-i1 Tarih: 2026-11-20",
            " - Key: 801452 TalepNo: KV-I\u{307}1",
            " - Key: 801452 TalepNo: KV-\u{200b}İ1\u{feff}",
        ] {
            assert!(!is_other(same), "{same}");
        }
        for other in [
            " - Key: 801452 TalepNo: KV-2",
            " - Key: 801452 TalepNo: KV-I11",
            " - Key: 801452 TalepNo: kv-i1 2",
            " - TalepNo: KV-2 Tarih: 2026-11-20",
        ] {
            assert!(is_other(other), "{other}");
        }
    }

    #[test]
    fn w6_a_taken_number_on_a_first_try_is_not_done() {
        use kervan_core::Rejection as _;

        for (this, outcome) in [
            (Try::first(Class::Keyed), Outcome::NotDone),
            (Try::again(Class::Keyed), Outcome::Unknown),
            (Try::unknown(Class::Keyed), Outcome::Unknown),
            (Try::unknown(Class::Blind), Outcome::Unknown),
        ] {
            let no = rejection("ERR-20003", "").of_try(this);
            assert_eq!(no.outcome(), outcome, "{this:?}");
            assert_eq!(no.exists(), this.class == Class::Keyed, "{this:?}");
            assert!(!no.refuses_contents());
        }
    }

    #[test]
    fn a_success_code_of_another_number_is_no_success() {
        assert_eq!(rejection("STA-101", "").kind, RejectionKind::Unlisted);
    }
}
