//! The states of a write.

use serde::{Deserialize, Serialize};

/// How far a write has come.
///
/// `prepared` → `sending` → `done`, `refused`, `unknown`; `unknown` → `proven`, `in_state`, `exists`,
/// `refused`, `prepared` (it was not done), `needs_a_person`, `abandoned`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(clippy::exhaustive_enums, reason = "every state has to be handled")]
pub enum State {
    /// Nothing of it has left the machine.
    #[serde(rename = "prepared")]
    Prepared,
    /// It is being sent, or was when its program died.
    #[serde(rename = "sending")]
    Sending,
    /// It may have happened. It goes on by itself.
    #[serde(rename = "unknown")]
    Unknown,
    /// It may have happened, and no call finds out: a person looks and [resolves](crate::Ledger::resolve) it.
    #[serde(rename = "needs_a_person")]
    NeedsAPerson,
    /// Done, by its own answer.
    #[serde(rename = "done")]
    Done,
    /// Done by this write, as a read-back proved. The answer is lost.
    #[serde(rename = "proven")]
    Proven,
    /// The wanted state is there, whoever brought it about.
    #[serde(rename = "in_state")]
    InState,
    /// Its key was taken after it had been sent.
    #[serde(rename = "exists")]
    Exists,
    /// It did not happen, and will not as it is. Other contents may go out under the same key.
    #[serde(rename = "refused")]
    Refused,
    /// The start of a page that nobody has seen. A new one begins under a new key.
    #[serde(rename = "abandoned")]
    Abandoned,
    /// A person saw that it happened.
    #[serde(rename = "resolved_done")]
    ResolvedDone,
    /// A person saw that it did not happen. Other contents, or the same, may go out under the same key.
    #[serde(rename = "resolved_not_done")]
    ResolvedNotDone,
}

impl State {
    /// All states.
    pub const ALL: [Self; 12] = [
        Self::Prepared,
        Self::Sending,
        Self::Unknown,
        Self::NeedsAPerson,
        Self::Done,
        Self::Proven,
        Self::InState,
        Self::Exists,
        Self::Refused,
        Self::Abandoned,
        Self::ResolvedDone,
        Self::ResolvedNotDone,
    ];

    /// Returns the state in one word, as in stores and reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Sending => "sending",
            Self::Unknown => "unknown",
            Self::NeedsAPerson => "needs_a_person",
            Self::Done => "done",
            Self::Proven => "proven",
            Self::InState => "in_state",
            Self::Exists => "exists",
            Self::Refused => "refused",
            Self::Abandoned => "abandoned",
            Self::ResolvedDone => "resolved_done",
            Self::ResolvedNotDone => "resolved_not_done",
        }
    }

    /// Returns the state of a name; `None` for one that this version does not know.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Returns whether the write has not ended. Its object is closed to other writes as long.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Prepared | Self::Sending | Self::Unknown | Self::NeedsAPerson
        )
    }

    /// Returns whether it happened, or its state is there.
    pub fn is_done(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Proven | Self::InState | Self::Exists | Self::ResolvedDone
        )
    }

    /// Returns whether it certainly did not happen and is not on its way.
    pub fn is_not_done(self) -> bool {
        matches!(self, Self::Refused | Self::ResolvedNotDone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_has_one_name_in_stores_and_in_json() {
        for state in State::ALL {
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.name()));
            assert_eq!(State::named(state.name()), Some(state));
        }
        assert_eq!(State::named("later"), None);
    }

    #[test]
    fn a_state_is_open_or_done_or_not_done_or_abandoned() {
        for state in State::ALL {
            let kinds = [
                state.is_open(),
                state.is_done(),
                state.is_not_done(),
                state == State::Abandoned,
            ];
            assert_eq!(kinds.iter().filter(|is| **is).count(), 1, "{state:?}");
        }
    }
}
