//! The logins of the two services, which are separate accounts.

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

    /// Hides the login wherever a text repeats it. What is shorter than four characters is too
    /// short a word for that.
    pub(crate) fn scrub(&self, text: &str) -> String {
        [&self.user_name, &self.password, &self.customer_code]
            .into_iter()
            .filter(|secret| secret.expose().len() >= 4)
            .fold(text.to_owned(), |text, secret| secret.scrub(&text))
    }
}
