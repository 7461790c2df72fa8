//! The entries of a ledger, and the trait of those that keep them.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr;

use kervan_core::transport::BoxFuture;
use kervan_settling::Attempt;
use serde::{Deserialize, Serialize};

use crate::codes::RejectionKind;
use crate::error::Error;
use crate::order::RequestNumber;

/// Remembers the state of each order. `FileLedger` (feature `ledger`) keeps it in a file,
/// [`MemoryLedger`](super::MemoryLedger) as long as the program runs; a shop with a database implements its
/// own.
///
/// One run at a time: two runs over one ledger would both send the orders that neither has sent yet.
pub trait Ledger: Send + Sync {
    /// Returns the latest entry of an order.
    fn find<'a>(
        &'a self,
        number: &'a RequestNumber,
    ) -> BoxFuture<'a, Result<Option<LedgerEntry>, LedgerError>>;

    /// Returns the numbers of all orders with `sending` or `unknown` as their latest entry, in any order.
    fn open_orders(&self) -> BoxFuture<'_, Result<Vec<RequestNumber>, LedgerError>>;

    /// Writes an entry. When this returns, the entry must survive the end of the program, for the
    /// order leaves the machine next.
    fn record<'a>(
        &'a self,
        number: &'a RequestNumber,
        entry: &'a LedgerEntry,
    ) -> BoxFuture<'a, Result<(), LedgerError>>;
}

/// The knowledge about an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct LedgerEntry {
    /// The contents that were sent under the number.
    pub contents: Fingerprint,
    /// Its state.
    pub state: OrderState,
    /// The reason why it is not done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<FailureReason>,
    /// The attempt that settles it, while it is open. Absent in an entry of an older version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<Attempt>,
}

/// Returns the numbers of the open entries.
pub(super) fn open_ones(entries: &HashMap<RequestNumber, LedgerEntry>) -> Vec<RequestNumber> {
    let is_open =
        |entry: &LedgerEntry| matches!(entry.state, OrderState::Sending | OrderState::Unknown);
    let open = entries.iter().filter(|(_, entry)| is_open(entry));
    let mut numbers: Vec<_> = open.map(|(number, _)| number.clone()).collect();
    numbers.sort_by(|one, other| one.as_str().cmp(other.as_str()));
    numbers
}

impl LedgerEntry {
    /// Creates an entry without a reason.
    pub fn new(contents: Fingerprint, state: OrderState) -> Self {
        Self {
            contents,
            state,
            reason: None,
            attempt: None,
        }
    }

    /// Returns whether its attempt was certainly not sent, as when a run was dropped in between.
    pub(crate) fn is_unsent(&self) -> bool {
        self.attempt.as_ref().is_some_and(|known| !known.was_sent())
    }

    /// Returns whether Horoz has refused these very contents.
    pub(crate) fn was_refused(&self) -> bool {
        let meaning = self.reason.as_ref().and_then(|reason| reason.meaning);
        meaning.is_some_and(RejectionKind::refuses_contents)
    }
}

kervan_core::setters! { LedgerEntry {
    /// Sets the attempt that settles it.
    attempt: Option<Attempt>,
    /// Sets why the order is not done.
    reason: Option<FailureReason>,
}}

/// The state of an order in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum OrderState {
    /// About to be sent; its outcome is not known. In a ledger only, never a result.
    #[serde(rename = "sending")]
    Sending,
    /// Created, with an answer of Horoz.
    #[serde(rename = "created")]
    Created,
    /// It exists under its number: an earlier try had created it.
    #[serde(rename = "already_there")]
    AlreadyThere,
    /// Horoz refused it as it is. It has to be corrected; then it may be sent under the same number.
    #[serde(rename = "refused")]
    Refused,
    /// It was never tried before, and Horoz says that an order of its number exists: another order
    /// has the number, or the ledger was lost
    /// ([`RunPlan::trust_duplicates`](crate::RunPlan::trust_duplicates)).
    #[serde(rename = "number_taken")]
    NumberTaken,
    /// It may exist. A continued run settles it before anything else.
    #[serde(rename = "unknown")]
    Unknown,
    /// It does not exist, for a reason outside the order: no connection, a wrong key, a run that ended early.
    /// A continued run sends it.
    #[serde(rename = "not_done")]
    NotDone,
}

/// The reason why an order is not done. It does not hold personal data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailureReason {
    /// `rejected`, `transport`, `status`, `decode`, `invalid`, `unsent`, `stopped` for an order that was not
    /// tried because the run ended early, `changed` for one that has other contents than when it was perhaps
    /// sent, or `exists` for one with a number that was taken after it was sent, where others use the same
    /// numbers.
    pub kind: String,
    /// The provider's code, as `ERR-20005`, or that of the transport, as `timeout`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The meaning of the provider's code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<RejectionKind>,
    /// The HTTP status, where one came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

impl FailureReason {
    pub(crate) fn of(error: &Error) -> Self {
        let report = error.report();
        Self {
            kind: report.kind.to_owned(),
            code: report.code,
            meaning: error.rejection().map(|no| no.kind),
            status: report.status,
        }
    }

    pub(crate) fn stopped() -> Self {
        Self::plain("stopped")
    }

    pub(crate) fn changed() -> Self {
        Self::plain("changed")
    }

    pub(crate) fn exists() -> Self {
        Self::plain("exists")
    }

    fn plain(kind: &str) -> Self {
        Self {
            kind: kind.to_owned(),
            code: None,
            meaning: None,
            status: None,
        }
    }
}

/// A number for the contents of an order, its days apart: a run that is continued on the next day sends the
/// same order with another day of request. Prints as 16 digits. It is derived without a key, so it does not
/// protect the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fingerprint(u64);

impl Fingerprint {
    /// Returns the 64-bit FNV-1a hash of some bytes, which is the same on every machine and in every version.
    pub fn of(bytes: &[u8]) -> Self {
        let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        Self(bytes.iter().fold(0xcbf2_9ce4_8422_2325, step))
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text is not a [`Fingerprint`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not 16 hexadecimal digits")]
#[non_exhaustive]
pub struct FingerprintError;

impl FromStr for Fingerprint {
    type Err = FingerprintError;

    fn from_str(text: &str) -> Result<Self, FingerprintError> {
        let is_plain = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u64::from_str_radix(text, 16).ok().filter(|_| is_plain);
        number.map(Self).ok_or(FingerprintError)
    }
}

impl TryFrom<String> for Fingerprint {
    type Error = FingerprintError;

    fn try_from(text: String) -> Result<Self, FingerprintError> {
        text.parse()
    }
}

impl From<Fingerprint> for String {
    fn from(fingerprint: Fingerprint) -> Self {
        fingerprint.to_string()
    }
}

/// A ledger that cannot be read or written.
#[derive(Debug, thiserror::Error)]
#[error("the ledger failed")]
pub struct LedgerError(#[source] Box<dyn StdError + Send + Sync>);

impl LedgerError {
    /// Creates an error with its cause.
    pub fn new(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_the_same_for_all_time() {
        // Published test values of FNV-1a.
        assert_eq!(Fingerprint::of(b"").to_string(), "cbf29ce484222325");
        assert_eq!(Fingerprint::of(b"a").to_string(), "af63dc4c8601ec8c");
        assert_eq!(Fingerprint::of(b"foobar").to_string(), "85944171f73967e8");
        assert_eq!("85944171f73967e8".parse(), Ok(Fingerprint::of(b"foobar")));
        for text in [
            "",
            "85944171f73967e",
            "+5944171f73967e8",
            "85944171f73967eg",
        ] {
            assert_eq!(text.parse::<Fingerprint>(), Err(FingerprintError));
        }
    }
}
