//! The three kinds of link that a text can be.

use std::str::FromStr;

use kervan_core::Problems;

use super::{AccountLink, LinkError, RecognisedLink, ShareableLink, parse};

/// What a text turned out to be. `Debug` is safe to print for each of the three.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Link {
    /// Shows one parcel; may go to a customer.
    Shareable(ShareableLink),
    /// Carries a shipper's credentials; must not.
    Account(AccountLink),
    /// An older or unproven form, which is read and never built.
    Recognised(RecognisedLink),
}

impl Link {
    /// The link that may go to a customer, in today's form.
    ///
    /// There is none for an account link, which has no tracking number, and for a waybill.
    pub fn to_shareable(&self) -> Option<ShareableLink> {
        match self {
            Self::Shareable(link) => Some(link.clone()),
            Self::Account(_) => None,
            Self::Recognised(link) => link.to_shareable(),
        }
    }

    /// What is unusual about the identifiers. [`LinkReport`](super::LinkReport) also has what is
    /// unusual about the text the link was read from.
    pub fn warnings(&self) -> Problems {
        match self {
            Self::Shareable(link) => link.warnings(),
            Self::Account(link) => link.warnings(),
            Self::Recognised(link) => link.warnings(),
        }
    }
}

/// The same as [`parse`].
impl FromStr for Link {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        parse(text)
    }
}
