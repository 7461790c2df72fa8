//! A successful answer: its value, the provider's message, and how it differs from its documentation.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::drift::Drift;
use crate::secret::ForeignText;

/// The answer to a successful call. It dereferences to its value.
///
/// A reference can only lend a part. To move one out, name [`value`](Self::value):
///
/// ```
/// # use kervan_core::{Answer, Drift};
/// let answer = Answer::new(vec!["ANKARA".to_owned()], Drift::default());
/// assert_eq!(answer.len(), 1);
/// for name in answer.value {
///     println!("{name}");
/// }
/// ```
///
/// Credentials that the provider repeats in the message, in a [`ForeignText`] of the value or in the
/// drift are replaced by [`REDACTED`](crate::secret::REDACTED).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Answer<T> {
    /// The output of the call.
    pub value: T,
    /// The provider's message, for people. It may repeat personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<ForeignText>,
    /// How the answer differs from its documentation.
    #[serde(default, skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl<T> Answer<T> {
    /// Creates an answer without a message.
    pub fn new(value: T, drift: Drift) -> Self {
        Self {
            value,
            message: None,
            drift,
        }
    }

    /// Sets the message.
    #[must_use]
    pub fn message(mut self, message: Option<ForeignText>) -> Self {
        self.message = message;
        self
    }

    /// Takes back that fields of these names are absent, for an answer that does not have them.
    #[must_use]
    pub fn may_lack(mut self, names: &[&str]) -> Self {
        self.drift.forgive_absent(names);
        self
    }

    /// Splits the value off.
    pub fn split(self) -> (T, Answer<()>) {
        let Self {
            value,
            message,
            drift,
        } = self;
        (value, Answer::new((), drift).message(message))
    }

    /// Replaces the value by what a function makes of it.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Answer<U> {
        let (value, rest) = self.split();
        Answer::new(make(value), rest.drift).message(rest.message)
    }

    /// Replaces the value, unless a function refuses it.
    ///
    /// # Errors
    ///
    /// The error of the function.
    pub fn try_map<U, E>(self, make: impl FnOnce(T) -> Result<U, E>) -> Result<Answer<U>, E> {
        let (value, rest) = self.split();
        let value = make(value)?;
        Ok(rest.map(|()| value))
    }
}

impl<T> Deref for Answer<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
