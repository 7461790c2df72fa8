//! The errors of a call, and whether it may have happened all the same.

mod report;
mod transport;
mod unreadable;
mod unsent;

use std::error::Error as StdError;
use std::fmt;
use std::ops::Deref;

pub use report::Report;
pub use transport::{TransportError, TransportKind};
pub use unreadable::{Reason, Unreadable};
pub use unsent::{Unsent, UnsentReason};

use crate::address::AddressError;
use crate::class::Class;
use crate::message::Reply;
use crate::next_step::NextStep;
use crate::outcome::{Outcome, Rejection};
use crate::problem::Problems;

/// A call that failed. `R` is the provider's own refusal.
///
/// [`outcome`](Error::outcome) tells whether the call may have happened. Texts never hold an
/// address with its query, a header, a body or personal data.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<R> {
    /// The request breaks a rule or cannot be written. Nothing was sent.
    Invalid(Failure<Invalid>),
    /// No complete answer came.
    Transport(Failure<TransportError>),
    /// An HTTP status other than success, without an answer of the provider in the body.
    Status(Failure<UnexpectedStatus>),
    /// An answer with a successful status that nobody could read.
    Decode(Failure<UnreadableAnswer>),
    /// The provider read the request and said no.
    Rejected(R),
    /// The write was held back, though its request is in order.
    Unsent(Failure<Unsent>),
}

impl<R: Rejection> Error<R> {
    /// Returns whether the call may have happened.
    ///
    /// | variant | outcome |
    /// |---|---|
    /// | `Invalid` | not done |
    /// | `Transport` | not done when no connection was made, else unknown |
    /// | `Status`, `Decode` | unknown |
    /// | `Rejected` | as the provider's table of codes says; unknown for codes it does not list |
    /// | `Unsent` | not done, unless the attempt was sent before |
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Invalid(_) => Outcome::NotDone,
            Self::Transport(failure) => failure.outcome(),
            Self::Status(_) | Self::Decode(_) => Outcome::Unknown,
            Self::Rejected(rejection) => rejection.outcome(),
            Self::Unsent(unsent) => unsent.outcome(),
        }
    }

    /// Returns the class of the call.
    pub fn class(&self) -> Class {
        match self {
            Self::Invalid(failure) => failure.class,
            Self::Transport(failure) => failure.class,
            Self::Status(failure) => failure.class,
            Self::Decode(failure) => failure.class,
            Self::Unsent(failure) => failure.class,
            Self::Rejected(rejection) => rejection.class(),
        }
    }

    /// Returns what a program does next.
    pub fn next_step(&self) -> NextStep {
        // An order that is paid already, by whichever payment: who corrects the request and sends it
        // before looking charges the customer twice.
        let takes_money = matches!(self.class(), Class::Charge | Class::Start);
        if takes_money && self.rejection().is_some_and(Rejection::exists) {
            return NextStep::AskAgain { at: None };
        }
        let is_at_fault = matches!(self, Self::Invalid(_) | Self::Rejected(_));
        NextStep::after(self.class(), self.outcome(), is_at_fault)
    }

    /// Returns the same as data that is safe to log.
    pub fn report(&self) -> Report {
        Report::of(self)
    }

    /// Returns the refusal, if the provider said no.
    pub fn rejection(&self) -> Option<&R> {
        match self {
            Self::Rejected(rejection) => Some(rejection),
            _ => None,
        }
    }
}

impl<R: Rejection> fmt::Display for Error<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Invalid(it) => write!(f, "`{}` was not sent: {}", it.operation, it.summary()),
            Self::Transport(it) => {
                write!(f, "`{}` got no complete answer: {}", it.operation, it.cause)
            }
            Self::Status(it) => {
                let (name, status, hint) = (it.operation, it.reply.status, it.hint);
                let hint = hint.map(|hint| format!(": {hint}")).unwrap_or_default();
                write!(f, "`{name}` was answered with HTTP status {status}{hint}")
            }
            Self::Decode(it) => write!(f, "the answer of `{}` cannot be read", it.operation),
            Self::Rejected(rejection) => fmt::Display::fmt(rejection, f),
            Self::Unsent(it) => write!(f, "`{}` was not sent: {}", it.operation, it.cause),
        }?;
        if self.class().is_write() && self.outcome() == Outcome::Unknown {
            f.write_str("; it may have happened")?;
        }
        Ok(())
    }
}

impl<R: Rejection> StdError for Error<R> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Invalid(failure) => failure.unwritable.as_ref().map(|cause| cause as _),
            Self::Transport(failure) => failure.cause.source(),
            Self::Status(_) => None,
            Self::Decode(failure) => Some(&failure.cause.cause),
            Self::Rejected(rejection) => rejection.source(),
            Self::Unsent(failure) => failure.cause.source(),
        }
    }
}

/// Which call failed, and why.
#[derive(Debug)]
pub struct Failure<C> {
    operation: &'static str,
    class: Class,
    cause: C,
}

impl<C> Failure<C> {
    /// Names the call that failed.
    pub fn new(operation: &'static str, class: Class, cause: C) -> Self {
        Self {
            operation,
            class,
            cause,
        }
    }

    /// Returns the call's name.
    pub fn operation(&self) -> &'static str {
        self.operation
    }
}

impl<C> Deref for Failure<C> {
    type Target = C;

    fn deref(&self) -> &C {
        &self.cause
    }
}

/// A request that was not sent, because it breaks a rule or cannot be written.
#[derive(Debug)]
pub struct Invalid {
    problems: Problems,
    unwritable: Option<EncodeError>,
}

impl Invalid {
    pub(crate) fn new(problems: Problems, unwritable: Option<EncodeError>) -> Self {
        Self {
            problems,
            unwritable,
        }
    }

    /// Returns everything that is wrong with it.
    pub fn problems(&self) -> &Problems {
        &self.problems
    }

    fn summary(&self) -> String {
        if self.unwritable.is_some() {
            return "the request cannot be written".to_owned();
        }
        let errors = self.problems.errors().map(ToString::to_string);
        errors.collect::<Vec<_>>().join("; ")
    }
}

/// An HTTP status other than success, with a body that is not an answer of the provider.
#[derive(Debug)]
pub struct UnexpectedStatus {
    pub(crate) hint: Option<&'static str>,
    pub(crate) reply: Box<Reply>,
}

impl UnexpectedStatus {
    /// Returns what this status means at the provider, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        self.hint
    }

    /// Returns the answer as it came. It may hold anything.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }
}

/// An answer that nobody could read.
#[derive(Debug)]
pub struct UnreadableAnswer {
    pub(crate) cause: Unreadable,
    pub(crate) reply: Box<Reply>,
}

impl UnreadableAnswer {
    /// Returns what could not be read, and where.
    pub fn cause(&self) -> &Unreadable {
        &self.cause
    }

    /// Returns the answer as it came. It may hold anything.
    pub fn reply(&self) -> &Reply {
        &self.reply
    }
}

/// Why a request cannot be written at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EncodeError {
    /// The address of the call is not one.
    #[error("the address of the call is not valid")]
    Address(#[from] AddressError),
    /// A value has no form on the wire.
    #[error("`{0}` has no form on the wire")]
    Value(&'static str),
}

/// Why an answer gave no output: the provider refused, or nobody can read it.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "an answer is either read or not")]
pub enum ReadError<R> {
    /// The provider said no.
    Rejected(R),
    /// Not readable.
    Unreadable(Unreadable),
}

impl<R> From<Unreadable> for ReadError<R> {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(unreadable)
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::outcome::Try;

    /// A refusal for tests of the core.
    #[derive(Debug, serde::Serialize, thiserror::Error)]
    #[error("refused")]
    pub(crate) struct No;

    impl Rejection for No {
        fn code(&self) -> &'static str {
            "NO"
        }

        fn outcome(&self) -> Outcome {
            Outcome::NotDone
        }

        fn class(&self) -> Class {
            Class::State
        }

        fn of_try(self, _: Try) -> Self {
            self
        }
    }

    #[test]
    fn a_refusal_says_nothing_about_keys_and_contents_by_itself() {
        assert!(!No.exists() && !No.refuses_contents());
    }

    #[test]
    fn an_error_stays_small() {
        assert!(size_of::<Error<No>>() <= 96, "{}", size_of::<Error<No>>());
    }

    /// Returns the texts of an error and of all its sources.
    pub(crate) fn chain(error: &dyn StdError) -> Vec<String> {
        let mut texts = vec![error.to_string()];
        texts.extend(error.source().map(chain).unwrap_or_default());
        texts
    }

    #[test]
    fn an_error_does_not_repeat_itself_in_its_chain() {
        let transport = TransportError::new(TransportKind::Connect).caused_by("refused by peer");
        let transport: Error<No> = Error::Transport(Failure::new("track", Class::Read, transport));
        let unreadable = Unreadable::at("Kod", Reason::Missing);
        let reply = Reply::new(200, Vec::new(), Vec::new());
        let decode = UnreadableAnswer {
            cause: unreadable,
            reply: Box::new(reply),
        };
        let encode = EncodeError::Address(AddressError::Path);
        let invalid = Invalid::new(Problems::new(), Some(encode));
        for (error, count) in [
            (transport, 2),
            (Error::Decode(Failure::new("track", Class::Read, decode)), 2),
            (
                Error::Invalid(Failure::new("track", Class::Read, invalid)),
                3,
            ),
        ] {
            let texts = chain(&error);
            assert_eq!(texts.len(), count, "{texts:?}");
            for (at, text) in texts.iter().enumerate() {
                let later = &texts[at + 1..];
                assert!(!later.iter().any(|later| text.contains(later)), "{texts:?}");
            }
        }
    }

    #[test]
    fn texts_leave_the_body_out() {
        let reply = Reply::new(500, Vec::new(), b"<html>Ay\xc5\x9fe</html>".to_vec());
        let status = UnexpectedStatus {
            hint: None,
            reply: Box::new(reply),
        };
        let error: Error<No> = Error::Status(Failure::new("createOrder", Class::State, status));
        assert_eq!(
            error.to_string(),
            "`createOrder` was answered with HTTP status 500; it may have happened"
        );
        assert!(!format!("{error:?}").contains("html"));
        assert_eq!(error.outcome(), Outcome::Unknown);
    }
}
