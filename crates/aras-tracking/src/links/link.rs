//! The three kinds of link that a text can be.

use kervan_core::Problems;

use super::account::AccountLink;
use super::recognised::RecognisedLink;
use super::shareable::ShareableLink;

/// A link of one of the three kinds. `Debug` is safe to print for each of them.
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
    /// Returns the link that may go to a customer, in today's form.
    ///
    /// Returns `None` for an account link, which has no tracking number, and for a waybill.
    pub fn to_shareable(&self) -> Option<ShareableLink> {
        match self {
            Self::Shareable(link) => Some(link.clone()),
            Self::Account(_) => None,
            Self::Recognised(link) => link.to_shareable(),
        }
    }

    /// Returns everything that is unusual about the identifiers. [`LinkReport`](super::LinkReport) also has everything
    /// unusual about the text that the link was read from.
    pub fn warnings(&self) -> Problems {
        match self {
            Self::Shareable(link) => link.warnings(),
            Self::Account(link) => link.warnings(),
            Self::Recognised(link) => link.warnings(),
        }
    }
}
