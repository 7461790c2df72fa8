//! The names of writes and of what they change.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The account of a merchant at a provider. Keys and objects of two accounts never meet.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Account {
    /// The provider, as `param`.
    pub provider: String,
    /// The merchant's account and environment there, as `live 10738`. Not a password.
    pub merchant: String,
}

/// Names a write: the second click, the restarted program and the other machine name it in the same way, so
/// that all of them find the one entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key {
    /// Where it goes.
    pub account: Account,
    /// The kind of write, in the shop's own word, as `approve`.
    pub kind: String,
    /// The shop's own key for it, as `order 17, share 2`. No personal data.
    pub own: String,
}

impl Account {
    /// Returns the name of a write at this account.
    pub fn key(&self, kind: &str, own: impl Into<String>) -> Key {
        Key {
            account: self.clone(),
            kind: kind.to_owned(),
            own: own.into(),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.provider, self.merchant)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}` at {}", self.kind, self.own, self.account)
    }
}
