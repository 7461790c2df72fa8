//! Why a guarded write is not done, and whether it may have happened.

use std::error::Error as StdError;
use std::fmt;

use kervan_core::{EncodeError, Error, NextStep, Outcome, Rejection};

use crate::entry::Entry;
use crate::event::Misplaced;
use crate::ledger::ChangeError;
use crate::store::StoreError;

/// A guarded write that is not done, or not known to be.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError<R> {
    /// The request cannot be written. Nothing was sent. With the entry that this program had taken to send it.
    Unwritable(EncodeError, Option<Box<Entry>>),
    /// The store failed before this call sent anything. With the entry, where it could be read: without it
    /// nobody knows whether an earlier call has sent the write.
    Store(StoreError, Option<Box<Entry>>),
    /// Another write of the same object is open: this is the one. Nothing was stored or sent.
    Taken(Box<Entry>),
    /// The key is that of a write with other contents, which is done or may be. Nothing was sent.
    OtherContents(Box<Entry>),
    /// Another program, or another task of this one, works on the write.
    Held(Box<Entry>),
    /// Another program went on with the write while this one stood still. Read the entry again.
    Overtaken(Box<Entry>),
    /// It did not happen, and will not as it is. With the error, where this call has brought it.
    Refused(Box<Entry>, Option<Box<Error<R>>>),
    /// It did not happen yet. It goes on by itself when it is due.
    NotDone(Box<Entry>, Option<Box<Error<R>>>),
    /// **It may have happened.** It is asked about when it is due, or a person decides.
    Open(Box<Entry>, Option<Box<Error<R>>>),
    /// The page that it started was seen by nobody. Start anew under a new key.
    Abandoned(Box<Entry>, Option<Box<Error<R>>>),
    /// Its result is known, but could not be stored. The entry is still open, and settled when its lease ends.
    NotRecorded {
        /// The entry as it is stored.
        entry: Box<Entry>,
        /// Whether it may have happened.
        outcome: Outcome,
        /// Why it could not be stored.
        cause: StoreError,
    },
}

impl<R> WriteError<R> {
    /// Returns whether this write may have happened.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Unwritable(_, None) | Self::Taken(_) | Self::Refused(..) | Self::NotDone(..) => {
                Outcome::NotDone
            }
            // The one that has the key.
            Self::OtherContents(entry)
            | Self::Unwritable(_, Some(entry))
            | Self::Store(_, Some(entry)) => entry.outcome(),
            Self::Store(_, None)
            | Self::Held(_)
            | Self::Overtaken(_)
            | Self::Open(..)
            | Self::Abandoned(..) => Outcome::Unknown,
            Self::NotRecorded { outcome, .. } => *outcome,
        }
    }

    /// Returns what a program does next.
    pub fn next_step(&self) -> NextStep {
        match self {
            Self::Unwritable(..) | Self::OtherContents(_) => NextStep::Correct,
            Self::Store(..) => NextStep::SendAgain,
            Self::Taken(entry)
            | Self::Held(entry)
            | Self::Overtaken(entry)
            | Self::NotRecorded { entry, .. } => NextStep::AskAgain { at: entry.due },
            Self::Refused(entry, _)
            | Self::NotDone(entry, _)
            | Self::Open(entry, _)
            | Self::Abandoned(entry, _) => entry.next_step(),
        }
    }

    /// Returns the entry that it is about.
    pub fn entry(&self) -> Option<&Entry> {
        match self {
            Self::Unwritable(_, entry) | Self::Store(_, entry) => entry.as_deref(),
            Self::Taken(entry)
            | Self::OtherContents(entry)
            | Self::Held(entry)
            | Self::Overtaken(entry)
            | Self::Refused(entry, _)
            | Self::NotDone(entry, _)
            | Self::Open(entry, _)
            | Self::Abandoned(entry, _)
            | Self::NotRecorded { entry, .. } => Some(entry),
        }
    }
}

impl<R> From<ChangeError> for WriteError<R> {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::Store { cause, entry } => Self::Store(cause, Some(entry)),
            ChangeError::Taken(first) => Self::Taken(first),
            ChangeError::Misplaced {
                why: Misplaced::Held { .. },
                entry,
            } => Self::Held(entry),
            ChangeError::Misplaced { entry, .. } | ChangeError::Overtaken(entry) => {
                Self::Overtaken(entry)
            }
        }
    }
}

impl<R: Rejection> fmt::Display for WriteError<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unwritable(..) => f.write_str("the request cannot be written"),
            Self::Store(..) => f.write_str("nothing was sent, because the ledger's store failed"),
            Self::Taken(first) => {
                let object = &first.object;
                write!(f, "another write of `{object}` is open: {}", first.key)
            }
            Self::OtherContents(entry) => {
                let state = entry.state.name();
                write!(f, "{} has other contents and is `{state}`", entry.key)
            }
            Self::Held(entry) => write!(f, "{}: another program works on it", entry.key),
            Self::Overtaken(entry) => write!(f, "{}: another program went on with it", entry.key),
            Self::Refused(entry, error) => {
                with(f, entry, "was not done and is refused", error.as_deref())
            }
            Self::NotDone(entry, error) => with(f, entry, "was not done yet", error.as_deref()),
            Self::Open(entry, error) => with(f, entry, "may have happened", error.as_deref()),
            Self::Abandoned(entry, error) => with(f, entry, "was seen by nobody", error.as_deref()),
            Self::NotRecorded { entry, .. } => {
                write!(f, "{}: its result could not be stored", entry.key)
            }
        }
    }
}

fn with<R: Rejection>(
    f: &mut fmt::Formatter<'_>,
    entry: &Entry,
    state: &str,
    error: Option<&Error<R>>,
) -> fmt::Result {
    write!(f, "{} {state}", entry.key)?;
    match (error, &entry.why) {
        (Some(error), _) => write!(f, ": {error}"),
        (None, Some(why)) => write!(f, ": {why}"),
        (None, None) => Ok(()),
    }
}

impl<R: Rejection> StdError for WriteError<R> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Unwritable(error, _) => Some(error),
            Self::Store(cause, _) | Self::NotRecorded { cause, .. } => Some(cause),
            Self::Refused(_, error)
            | Self::NotDone(_, error)
            | Self::Open(_, error)
            | Self::Abandoned(_, error) => error.as_ref().and_then(|error| error.source()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;
    use crate::contents::Contents;
    use crate::key::Account;
    use crate::state::State;

    #[test]
    fn a_request_that_cannot_be_written_says_nothing_about_the_one_that_was_sent() {
        let error = || EncodeError::Value("a name");
        let account = Account {
            provider: "toy".to_owned(),
            merchant: "test".to_owned(),
        };
        let contents = Contents::stored("c".repeat(64));
        let key = account.key("move", "1");
        let mut entry = Entry::new(key, "order 1", contents, SystemTime::UNIX_EPOCH);
        for (state, outcome) in [
            (State::Prepared, Outcome::NotDone),
            (State::Unknown, Outcome::Unknown),
        ] {
            entry.state = state;
            let failed = WriteError::<()>::Unwritable(error(), Some(Box::new(entry.clone())));
            assert_eq!(failed.outcome(), outcome);
            assert_eq!(failed.entry(), Some(&entry));
        }
        let new = WriteError::<()>::Unwritable(error(), None);
        assert_eq!(new.outcome(), Outcome::NotDone);
    }
}
