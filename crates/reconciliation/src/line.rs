//! The lines that are compared: of the shop and of the providers' lists.

use std::time::SystemTime;

use kervan_core::Language;
use kervan_turkiye::Money;

/// The matter of a line. Lines of two kinds are never compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// A payment by card.
    Payment,
    /// A payment that was cancelled as a whole.
    Cancellation,
    /// A part of a payment that was given back.
    Refund,
    /// An amount that a bank settles.
    Payout,
    /// An order that is paid in installments.
    Installments,
    /// A parcel that a carrier has to fetch.
    Parcel,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 6] = [
        Self::Payment,
        Self::Cancellation,
        Self::Refund,
        Self::Payout,
        Self::Installments,
        Self::Parcel,
    ];

    /// Returns the kind in one word, as in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Cancellation => "cancellation",
            Self::Refund => "refund",
            Self::Payout => "payout",
            Self::Installments => "installments",
            Self::Parcel => "parcel",
        }
    }

    /// Returns the kind as words for people.
    pub fn text(self, language: Language) -> &'static str {
        let (english, turkish) = match self {
            Self::Payment => ("payment", "ödeme"),
            Self::Cancellation => ("cancellation", "iptal"),
            Self::Refund => ("refund", "iade"),
            Self::Payout => ("payout", "hakediş"),
            Self::Installments => ("installments", "taksitli alışveriş"),
            Self::Parcel => ("parcel", "gönderi"),
        };
        match language {
            Language::Turkish => turkish,
            _ => english,
        }
    }
}

/// A line of the shop: what it believes to have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ours {
    /// Its matter.
    pub kind: Kind,
    /// The number that both sides have, as the order's number at the provider.
    pub subject: String,
    /// The amount, above zero also for what was given back; of a payout below zero where the bank takes it back.
    /// `None` where it has none.
    pub amount: Option<Money>,
    /// Whether it happened, as far as the shop knows.
    pub belief: Belief,
    /// When it happened.
    pub at: SystemTime,
}

impl Ours {
    /// Creates a line of something that the shop believes to have happened.
    pub fn done(
        kind: Kind,
        subject: impl Into<String>,
        amount: impl Into<Option<Money>>,
        at: SystemTime,
    ) -> Self {
        Self {
            kind,
            subject: subject.into(),
            amount: amount.into(),
            belief: Belief::Done,
            at,
        }
    }

    /// Sets the belief.
    #[must_use]
    pub fn belief(mut self, belief: Belief) -> Self {
        self.belief = belief;
        self
    }
}

/// Whether something happened, as far as the shop knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are only these three")]
pub enum Belief {
    /// It happened.
    Done,
    /// It may have happened: a write that is still open.
    Open,
    /// It did not happen: a write that was refused.
    NotDone,
}

/// A line of a provider's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theirs {
    /// Its matter.
    pub kind: Kind,
    /// The number that both sides have.
    pub subject: String,
    /// The amount, signed as in [`Ours::amount`]. `None` where the list has none, or none that can be read.
    pub amount: Option<Money>,
    /// Whether it happened, as the list says.
    pub fact: Fact,
    /// When it happened; `None` where the list has no time, which counts as on the day itself.
    pub at: Option<SystemTime>,
}

/// Whether something happened, as a list says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are only these two")]
pub enum Fact {
    /// It happened.
    Done,
    /// It was tried and failed.
    NotDone,
}

/// A row of a provider's list, read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "there are only these two")]
pub enum Row {
    /// It can be compared.
    Line(Theirs),
    /// It cannot be compared, or not in whole, and a person reads it.
    Unread(Unread),
}

/// A row that cannot be compared, or not in whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// The kind of line that it should be.
    pub kind: Kind,
    /// The number that it has, as far as it has one.
    pub subject: String,
    /// The column that cannot be read, by its name on the wire.
    pub column: &'static str,
    /// The text in it.
    pub text: String,
}

#[cfg(any(feature = "haso", feature = "param"))]
impl Row {
    /// Returns a row of which a column cannot be read.
    pub(crate) fn unread(
        kind: Kind,
        subject: &str,
        column: &'static str,
        text: Option<&str>,
    ) -> Self {
        Self::Unread(Unread {
            kind,
            subject: subject.to_owned(),
            column,
            text: text.unwrap_or_default().to_owned(),
        })
    }
}
