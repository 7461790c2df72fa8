//! The logins of the two services, which are separate accounts.

use std::fmt;

use kervan_core::{Scrub, Secret};
use kervan_turkiye::line::sent;
use kervan_wire::scrub::scrub_all;
use serde::{Deserialize, Deserializer};

use crate::parts::{Password, UserName};

/// User name, password and customer code. Never prints itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Parts")]
#[non_exhaustive]
pub struct Login {
    /// Wire: `UserName`.
    pub(crate) user_name: Secret,
    /// Wire: `Password`.
    pub(crate) password: Secret,
    /// Digits, 13 of them today; sent as one line. Wire: `CustomerCode`.
    pub(crate) customer_code: Secret,
    all: Hiding,
    password_only: Hiding,
}

/// A login as a configuration file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Parts {
    user_name: UserName,
    password: Password,
    customer_code: CustomerCode,
}

impl From<Parts> for Login {
    fn from(parts: Parts) -> Self {
        Self::new(parts.user_name, parts.password, parts.customer_code)
    }
}

/// The customer code of a login, apart from its other parts by its type. Never prints itself.
#[derive(Clone, Debug)]
pub struct CustomerCode(Secret);

impl<'de> Deserialize<'de> for CustomerCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Secret::deserialize(deserializer).map(Self::new)
    }
}

// Not made by `into`: a login would not notice that it is exchanged.
impl CustomerCode {
    /// Takes the code that the carrier gave, its `CustomerCode`, as one line. Both spellings of a letter are
    /// one code.
    pub fn new(code: impl Into<Secret>) -> Self {
        Self(Secret::new(sent(code.into().expose())))
    }
}

impl Login {
    /// Creates a login. Its parts cannot be exchanged:
    ///
    /// ```compile_fail,E0308
    /// use aras_tracking::{CustomerCode, Login, Password, UserName};
    ///
    /// let code = CustomerCode::new("1932448851342");
    /// Login::new(Password::new("secret"), UserName::new("user"), code);
    /// ```
    pub fn new(user_name: UserName, password: Password, customer_code: CustomerCode) -> Self {
        let (user_name, password) = (user_name.into_secret(), password.into_secret());
        let customer_code = customer_code.0;
        Self {
            all: Hiding::of(&[&user_name, &password, &customer_code]),
            password_only: Hiding::of(&[&password]),
            user_name,
            password,
            customer_code,
        }
    }

    /// Returns the test account that the carrier publishes.
    pub fn published_test_account() -> Self {
        Self::new(
            UserName::new("neodyum"),
            Password::new("nd2580"),
            CustomerCode::new("1932448851342"),
        )
    }

    pub(crate) fn redacted() -> Self {
        let redacted = Secret::redacted;
        Self::new(
            UserName::new(redacted()),
            Password::new(redacted()),
            CustomerCode::new(redacted()),
        )
    }

    /// Hides only the password, in texts that may name the account: the shipper's own keys, and labels.
    pub(crate) fn scrub_password(&self, text: &str) -> String {
        self.password_only.scrub(text)
    }

    /// Returns whether a text is exactly a value of the login.
    pub(crate) fn is_value(&self, text: &str) -> bool {
        [&self.user_name, &self.password, &self.customer_code]
            .iter()
            .any(|value| value.expose().trim() == text.trim())
    }
}

/// Hides all parts of the login.
impl Scrub for Login {
    fn scrub(&self, text: &str) -> String {
        self.all.scrub(text)
    }
}

/// Hides values in texts, whatever their length: those of fewer than six letters where they are words of
/// their own, all others anywhere; as they are, and as XML escapes them.
#[derive(Clone)]
struct Hiding {
    /// The values without whitespace around them.
    values: Vec<Secret>,
}

impl Hiding {
    fn of(values: &[&Secret]) -> Self {
        let values = values.iter().map(|value| value.expose().trim());
        let values = values.filter(|value| !value.is_empty());
        Self {
            values: values.map(Secret::new).collect(),
        }
    }

    fn scrub(&self, text: &str) -> String {
        scrub_all(text, &self.values)
    }
}

impl fmt::Debug for Hiding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hiding").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn login(user_name: &str, password: &str, code: &str) -> Login {
        Login::new(
            UserName::new(user_name),
            Password::new(password),
            CustomerCode::new(code),
        )
    }

    #[test]
    fn a_login_is_read_from_a_configuration_and_hides_itself() {
        let read = |json: &str| kervan_wire::json::parse(json).unwrap().glance::<Login>();
        let text = r#"{"user_name":"kv","password":"gizli1","customer_code":"19"}"#;
        let login = read(text).unwrap();
        assert_eq!(
            login.scrub("kv gizli1 19"),
            "[redacted] [redacted] [redacted]"
        );
        assert!(!format!("{login:?}").contains("gizli1"));
        assert!(read(r#"{"user_name":"kv"}"#).is_err());
    }

    #[test]
    fn r9_a_login_of_any_length_is_taken_out() {
        let short = login("kv", "7&x", "19");
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
            assert_eq!(short.scrub(text), hidden, "{text}");
        }
        // A longer value goes first: the user name is a part of the password.
        let long = login("neodyum", "neodyum1", "");
        assert_eq!(long.scrub("neodyum neodyum1"), "[redacted] [redacted]");
        assert_eq!(
            long.scrub_password("neodyum neodyum1"),
            "neodyum [redacted]"
        );
        assert_eq!(login("", " ", "").scrub("a b"), "a b");
    }

    #[test]
    fn t10_a_customer_code_is_one_in_both_spellings() {
        for (parts, whole) in [
            ("s\u{327}-1", "ş-1"),
            ("I\u{307}-2", "İ-2"),
            // Two more: a letter of another language, and what a copy brings along.
            ("e\u{301}-3", "é-3"),
            (" 19324\u{200b}48851342\n", "1932448851342"),
        ] {
            assert_eq!(login("u", "p", parts).customer_code.expose(), whole);
            let json = serde_json::json!({
                "user_name": "u", "password": "s\u{327}", "customer_code": parts
            });
            let read: Login = serde_json::from_value(json).unwrap();
            assert_eq!(read.customer_code.expose(), whole);
            // What opens the account is kept to the letter.
            assert_eq!(read.password.expose(), "s\u{327}");
        }
    }
}
