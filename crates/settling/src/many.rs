//! Writes of which a shop sends many at once, each under a key of its own.

use kervan_core::Rule;

use crate::settle::Settle;

/// A write of which a shop sends many at once, each under a key of its own. `kervan-bulk` sends them; a
/// provider's crate says here what only it knows.
pub trait Many: Settle {
    /// The kind of write in a ledger, as `create_order`.
    const KIND: &'static str;

    /// The field that holds the key, as its problems name it.
    const KEY_PATH: &'static str;

    /// The rule that two writes of one run have different keys.
    const KEY_TWICE: &'static Rule;

    /// The rule that a key of a write which is done is not used for other contents.
    const KEY_OF_ANOTHER: &'static Rule;

    /// Returns the meaning of a refusal with a code.
    fn refusal(settings: &Self::Service, code: &str) -> Refusal;
}

/// The meaning of a refusal, for one write and for those that follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::exhaustive_structs,
    reason = "each crate of a provider makes one"
)]
pub struct Refusal {
    /// What it is about.
    pub about: RefusalOf,
    /// Its meaning in a few words of English, where the code is documented.
    pub meaning: Option<&'static str>,
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "every case has to be handled")]
pub enum RefusalOf {
    /// The login: every other write would be refused too.
    Login,
    /// The key, which a write has already.
    Key,
    /// The write as it is.
    Contents,
    /// Nobody knows: the code is not documented.
    Unlisted,
}
