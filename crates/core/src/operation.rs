//! One call, without any sending: what it checks, writes and reads.

use std::time::SystemTime;

use crate::class::Class;
use crate::error::{EncodeError, Error, ReadError};
use crate::message::{HttpRequest, Reply};
use crate::outcome::Rejection;
use crate::problem::Problems;

/// Whether a call changes something at the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_enums,
    reason = "repeating is either harmless or not"
)]
pub enum Effect {
    /// Changes nothing; may be repeated.
    Read,
    /// Changes something; [`Caller::call`](crate::Caller::call) never repeats it.
    Write,
}

/// What a provider's calls share: addresses, credentials, switches for its quirks.
pub trait Settings: Send + Sync + 'static {
    /// The same settings with every credential replaced, for dry runs.
    #[must_use]
    fn redacted(&self) -> Self;

    /// What an answer with this HTTP status and without an answer of the provider usually means, as
    /// that the machine's address is not on the provider's list. Becomes part of the error's text.
    fn status_hint(&self, status: u16) -> Option<&'static str> {
        let _ = status;
        None
    }

    /// What the calls call themselves in the `User-Agent` header, as `horoz-shipping/0.1.0`.
    fn user_agent(&self) -> &'static str;
}

/// What a call knows besides itself: its provider's settings, and the time.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a, S> {
    settings: &'a S,
    now: SystemTime,
}

impl<'a, S> Context<'a, S> {
    /// Joins settings and a time.
    pub fn new(settings: &'a S, now: SystemTime) -> Self {
        Self { settings, now }
    }

    /// Returns the provider's settings.
    pub fn settings(&self) -> &'a S {
        self.settings
    }

    /// Returns the time on the wall clock at which the call is checked and written.
    pub fn now(&self) -> SystemTime {
        self.now
    }

    /// Returns the calendar day in Türkiye at that time.
    #[cfg(feature = "time")]
    pub fn today(&self) -> chrono::NaiveDate {
        crate::time::istanbul_day(self.now.into())
    }
}

/// One call of a provider. Pure: nothing in here opens a socket.
pub trait Operation: Sync {
    /// The provider's settings.
    type Settings: Settings;
    /// What a successful call gives.
    type Output;
    /// What a refused call gives.
    type Rejection: Rejection;

    /// The provider's own name of the call.
    const NAME: &'static str;
    /// Whether it changes something.
    const EFFECT: Effect;

    /// The class of the call, which may depend on its values. A write that says nothing is blind.
    fn class(&self) -> Class {
        match Self::EFFECT {
            Effect::Read => Class::Read,
            Effect::Write => Class::Blind,
        }
    }

    /// The provider's name of this very call, for errors and logs. It differs from
    /// [`NAME`](Self::NAME) only where one type stands for two calls.
    fn name(&self) -> &'static str {
        Self::NAME
    }

    /// The result codes that the provider documents for this call.
    fn result_codes() -> Vec<&'static str> {
        Vec::new()
    }

    /// Finds the problems of the request: all that break a rule of this operation. Nothing is sent.
    fn check(&self, context: &Context<'_, Self::Settings>) -> Problems;

    /// Writes the request.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when it cannot be written at all.
    fn encode(&self, context: &Context<'_, Self::Settings>) -> Result<HttpRequest, EncodeError>;

    /// Reads the answer, whatever its HTTP status.
    ///
    /// # Errors
    ///
    /// [`ReadError`]: refused, or not readable.
    fn decode(
        &self,
        settings: &Self::Settings,
        reply: &Reply,
    ) -> Result<Self::Output, ReadError<Self::Rejection>>;
}

/// The error of an operation's calls.
pub type ErrorOf<O> = Error<<O as Operation>::Rejection>;

#[cfg(all(test, feature = "time"))]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn today_is_the_day_in_turkiye() {
        // 21:30 of 31 December 2026 in Greenwich.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_798_752_600);
        assert_eq!(Context::new(&(), now).today().to_string(), "2027-01-01");
    }
}
