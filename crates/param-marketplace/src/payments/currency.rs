//! The currencies that a card can be charged in.

use serde::{Deserialize, Serialize};

/// A currency. Amounts beside it are in it, with two decimals. Wire: `Doviz_Kodu`, `CurrencyCode`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Currency {
    /// Turkish lira. Wire: `1000`.
    #[serde(rename = "try")]
    Lira,
    /// US dollar. Wire: `1001`.
    #[serde(rename = "usd")]
    Dollar,
    /// Euro. Wire: `1002`.
    #[serde(rename = "eur")]
    Euro,
    /// Pound sterling. Wire: `1003`.
    #[serde(rename = "gbp")]
    Pound,
}

impl Currency {
    pub(crate) fn wire(self) -> &'static str {
        match self {
            Self::Lira => "1000",
            Self::Dollar => "1001",
            Self::Euro => "1002",
            Self::Pound => "1003",
        }
    }

    /// Returns the name of the currency in callbacks.
    pub(crate) fn posted(self) -> &'static str {
        match self {
            Self::Lira => "TL",
            Self::Dollar => "USD",
            Self::Euro => "EUR",
            // No page has a text for it.
            Self::Pound => "GBP",
        }
    }
}
