//! Every result code of an answer: two that differ contradict each other.

use kervan_core::Form;
use kervan_core::error::{Reason, Unreadable};
use kervan_wire::tree::Document;
use serde::de::{Deserialize, Deserializer};

use super::walk::each_text;

/// The deepest level that is searched. Documented answers have their code on the first or second.
const DEEPEST: usize = 6;

/// Returns the result code of an answer, in whatever place and spelling. Refuses an answer with two codes
/// that differ.
///
/// A result code is the value of a member `responseCode`, in any letter case and with or without
/// separators, and the value of any other member with `code` in its name that looks like one, as
/// `"errorCode": "ERR-20005"`. Blanks and letter case make no difference.
pub(super) fn check_agreement(answer: &Document<'_>) -> Result<Option<String>, Unreadable> {
    let Found(codes) = answer.glance::<Found>()?;
    let mut codes = codes.into_iter();
    let Some(first) = codes.next() else {
        return Ok(None);
    };
    if codes.all(|code| code.eq_ignore_ascii_case(&first)) {
        Ok(Some(first))
    } else {
        Err(Unreadable::at("responseCode", Reason::Twice))
    }
}

/// Returns a result code without blanks around it, in capitals where it looks like one, and its odd forms.
pub(super) fn plain(code: &str) -> (String, Vec<Form>) {
    let mut forms = Vec::new();
    let trimmed = code.trim();
    if trimmed != code {
        forms.push(Form::Blanks);
    }
    if !is_code(trimmed) || trimmed[..4].bytes().all(|byte| !byte.is_ascii_lowercase()) {
        return (trimmed.to_owned(), forms);
    }
    forms.push(Form::LetterCase);
    (trimmed.to_ascii_uppercase(), forms)
}

/// Returns whether a text looks like a result code of Horoz, as `ERR-20005`.
fn is_code(text: &str) -> bool {
    let prefix = text.get(..4).unwrap_or_default();
    let is_known = prefix.eq_ignore_ascii_case("STA-") || prefix.eq_ignore_ascii_case("ERR-");
    is_known && text.len() > 4 && text.bytes().skip(4).all(|byte| byte.is_ascii_digit())
}

/// The role of a member's value, by its name.
#[derive(Clone, Copy)]
enum Name {
    ResponseCode,
    SomeCode,
    Other,
}

impl Name {
    fn of(name: &str) -> Self {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        let plain: Vec<u8> = letters.map(|byte| byte.to_ascii_lowercase()).collect();
        if plain == b"responsecode" {
            Self::ResponseCode
        } else if plain.windows(4).any(|part| part == b"code") {
            Self::SomeCode
        } else {
            Self::Other
        }
    }
}

struct Found(Vec<String>);

impl<'de> Deserialize<'de> for Found {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut found: Vec<String> = Vec::new();
        each_text(deserializer, DEEPEST, |name, text| {
            let is_result = match Name::of(name) {
                Name::ResponseCode => !text.is_empty(),
                Name::SomeCode => is_code(text),
                Name::Other => false,
            };
            if is_result && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
        })?;
        Ok(Self(found))
    }
}

#[cfg(test)]
mod tests {
    use kervan_wire::json;

    use super::*;

    #[test]
    fn w14_two_codes_that_differ_are_unreadable() {
        for text in [
            r#"{"responseCode":"STA-100","response":{"responseCode":"ERR-20005"}}"#,
            r#"{"response":{"responseCode":"STA-100","ResponseCode":"ERR-20005"}}"#,
            r#"{"response":{"responseCode":"STA-100"},"Response":{"response_code":"ERR-20005"}}"#,
            r#"{"responseCode":"STA-100","errorCode":"ERR-20005"}"#,
            r#"{"response":{"responseCode":"STA-100","results":[{"code":"err-20005"}]}}"#,
            r#"{"responseCode":"STA-100","response":{"responseCode":20005}}"#,
            r#"{"responseCode":["STA-100","ERR-20005"]}"#,
        ] {
            assert!(
                check_agreement(&json::parse(text).unwrap()).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn r7_a_code_is_read_without_blanks_and_in_any_case() {
        use Form::{Blanks, LetterCase};

        for (code, plainly, forms) in [
            ("STA-100", "STA-100", &[][..]),
            (" STA-100 ", "STA-100", &[Blanks]),
            ("\tsta-100", "STA-100", &[Blanks, LetterCase]),
            ("Err-20003", "ERR-20003", &[LetterCase]),
            ("tamam ", "tamam", &[Blanks]),
            ("sta-1x", "sta-1x", &[]),
            ("", "", &[]),
        ] {
            assert_eq!(plain(code), (plainly.to_owned(), forms.to_vec()), "{code}");
        }
    }

    #[test]
    fn w14_the_same_code_twice_and_other_codes_agree() {
        for text in [
            r#"{"responseCode":"STA-100"}"#,
            r#"{"responseCode":"STA-100","response":{"responseCode":" sta-100 "}}"#,
            r#"{"responseCode":"STA-100","response":{"responseCode":null,"ResponseCode":""}}"#,
            r#"{"responseCode":"STA-100","productCode":"YT-160","barcode":"01234567890001"}"#,
            r#"{"responseCode":"ERR-20005","errorCode":"","ipBilgisi":"127.0.0.1"}"#,
            "[]",
            "7",
        ] {
            assert!(
                check_agreement(&json::parse(text).unwrap()).is_ok(),
                "{text}"
            );
        }
    }
}
