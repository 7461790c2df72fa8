//! The logins of the two services, which are separate accounts.

use std::cmp::Reverse;

use kervan_core::Secret;
use serde::Deserialize;

/// User name, password and customer code. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Login {
    /// Wire: `UserName`.
    pub user_name: Secret,
    /// Wire: `Password`.
    pub password: Secret,
    /// Digits, 13 of them today. Wire: `CustomerCode`.
    pub customer_code: Secret,
}

impl Login {
    /// A login.
    pub fn new(
        user_name: impl Into<Secret>,
        password: impl Into<Secret>,
        customer_code: impl Into<Secret>,
    ) -> Self {
        Self {
            user_name: user_name.into(),
            password: password.into(),
            customer_code: customer_code.into(),
        }
    }

    /// The test account that the carrier publishes.
    pub fn published_test_account() -> Self {
        Self::new("neodyum", "nd2580", "1932448851342")
    }

    pub(crate) fn redacted() -> Self {
        let hidden = Secret::redacted;
        Self::new(hidden(), hidden(), hidden())
    }

    /// Takes the login out of a text.
    pub(crate) fn scrub(&self, text: &str) -> String {
        self.hiding().hide(text.to_owned())
    }

    /// What takes the login out of texts.
    pub(crate) fn hiding(&self) -> Hiding {
        Hiding::of(&[&self.user_name, &self.password, &self.customer_code])
    }

    /// What takes only the password out of texts, of those that may name the account: the shipper's own
    /// keys, and labels.
    pub(crate) fn hiding_password(&self) -> Hiding {
        Hiding::of(&[&self.password])
    }

    /// Whether a text is nothing but a value of the login.
    pub(crate) fn is_value(&self, text: &str) -> bool {
        [&self.user_name, &self.password, &self.customer_code]
            .iter()
            .any(|value| value.expose().trim() == text.trim())
    }
}

/// Takes values out of texts, whatever their length: those of fewer than six letters where they are words
/// of their own, all others anywhere; as they are, and as XML escapes them.
pub(crate) struct Hiding {
    /// The longest first, because one may be a part of another.
    forms: Vec<Secret>,
}

impl Hiding {
    fn of(values: &[&Secret]) -> Self {
        let mut forms: Vec<String> = values.iter().flat_map(|value| forms(value)).collect();
        forms.sort_by_key(|form| Reverse(form.len()));
        Self {
            forms: forms.into_iter().map(Secret::new).collect(),
        }
    }

    pub(crate) fn hide(&self, text: String) -> String {
        // A backslash may be one of JSON's, within a value.
        let is_touched = |form: &Secret| text.contains(form.expose()) || text.contains('\\');
        if !self.forms.iter().any(is_touched) {
            return text;
        }
        let forms = self.forms.iter();
        forms.fold(text, |text, form| form.scrub(&text))
    }
}

/// The forms in which a value may come back.
fn forms(value: &Secret) -> Vec<String> {
    let plain = value.expose().trim();
    let escaped = plain
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let quoted = escaped.replace('"', "&quot;").replace('\'', "&apos;");
    let mut forms = vec![quoted, escaped, plain.to_owned()];
    forms.dedup();
    forms.retain(|form| !form.is_empty());
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r9_a_login_of_any_length_is_taken_out() {
        let login = Login::new("kv", "7&x", "19");
        for (text, hidden) in [
            ("kv", "[redacted]"),
            (
                "kullanici kv, sifre 7&x",
                "kullanici [redacted], sifre [redacted]",
            ),
            (
                "<UserName>kv</UserName><Password>7&amp;x</Password>",
                "<UserName>[redacted]</UserName><Password>[redacted]</Password>",
            ),
            ("(19)", "([redacted])"),
            ("kva 1950 x7&xx", "kva 1950 x7&xx"),
        ] {
            assert_eq!(login.scrub(text), hidden, "{text}");
        }
        // A longer value goes first: the user name is a part of the password.
        let login = Login::new("neodyum", "neodyum1", "");
        assert_eq!(login.scrub("neodyum neodyum1"), "[redacted] [redacted]");
        let password = login.hiding_password();
        assert_eq!(
            password.hide("neodyum neodyum1".to_owned()),
            "neodyum [redacted]"
        );
        assert_eq!(Login::new("", " ", "").scrub("a b"), "a b");
    }
}
