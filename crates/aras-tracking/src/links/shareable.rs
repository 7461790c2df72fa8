//! Links that show one parcel and may go to a customer.

use std::fmt;

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::hosts::{EBRANCH, TRACKING};
use crate::ids::{CargoCode, TrackingNumber};

/// A link that shows one parcel, and nothing else, to anybody who has it.
///
/// `Display` gives the address, always with `https`. It serialises as that address, and reading it
/// back accepts shareable links only. Equal links open the same page for the same parcel: the two
/// forms by tracking number are not equal.
///
/// ```
/// use aras_tracking::{ShareableLink, TrackingNumber};
/// let link = ShareableLink::by_tracking_number(TrackingNumber::new("3513773163316")?);
/// assert_eq!(
///     link.to_string(),
///     "https://kargotakip.araskargo.com.tr/mainpage.aspx?code=3513773163316"
/// );
/// # Ok::<(), aras_tracking::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[non_exhaustive]
pub enum ShareableLink {
    /// The tracking page by tracking number, `mainpage.aspx?code=3513773163316`.
    ///
    /// Source: Aras tracking link guide of 2014-05-15, page 1, form 1.
    TrackingNumber(TrackingNumber),
    /// The tracking page by bar code, `yurticigonbil.aspx?Cargo_Code=0805513773163332313`.
    ///
    /// Source: Aras tracking link guide of 2014-05-15, page 2, form 3.
    CargoCode(CargoCode),
    /// The newer page for recipients, `ebranch.araskargo.com.tr/track/3513773163316`.
    ///
    /// Source: no document of the provider; public shop plug-ins use it since March 2024.
    Ebranch(TrackingNumber),
}

impl ShareableLink {
    /// Creates a link to the documented page by tracking number, form 1.
    pub fn by_tracking_number(number: TrackingNumber) -> Self {
        Self::TrackingNumber(number)
    }

    /// Creates a link to the documented page by bar code, form 3.
    pub fn by_cargo_code(code: CargoCode) -> Self {
        Self::CargoCode(code)
    }

    /// Creates a link to the newer page for recipients, by tracking number.
    pub fn on_ebranch(number: TrackingNumber) -> Self {
        Self::Ebranch(number)
    }

    /// Returns the tracking number, in the two forms that have one.
    pub fn tracking_number(&self) -> Option<&TrackingNumber> {
        match self {
            Self::TrackingNumber(number) | Self::Ebranch(number) => Some(number),
            Self::CargoCode(_) => None,
        }
    }

    /// Returns the cargo code, in the form that has one.
    pub fn cargo_code(&self) -> Option<&CargoCode> {
        match self {
            Self::CargoCode(code) => Some(code),
            Self::TrackingNumber(_) | Self::Ebranch(_) => None,
        }
    }

    /// Returns everything that is unusual about the identifier.
    pub fn warnings(&self) -> Problems {
        match self {
            Self::TrackingNumber(number) | Self::Ebranch(number) => number.warnings(),
            Self::CargoCode(code) => code.warnings(),
        }
    }
}

impl fmt::Display for ShareableLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Digits need no percent-encoding.
        match self {
            Self::TrackingNumber(number) => {
                write!(f, "https://{TRACKING}/mainpage.aspx?code={number}")
            }
            Self::CargoCode(code) => {
                write!(f, "https://{TRACKING}/yurticigonbil.aspx?Cargo_Code={code}")
            }
            Self::Ebranch(number) => write!(f, "https://{EBRANCH}/track/{number}"),
        }
    }
}

impl From<ShareableLink> for String {
    fn from(link: ShareableLink) -> Self {
        link.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::links::LinkError;

    #[test]
    fn builds_the_three_addresses() {
        let number = TrackingNumber::new("3513773163316").unwrap();
        let code = CargoCode::new("0805513773163332313").unwrap();
        assert_eq!(
            ShareableLink::by_tracking_number(number.clone()).to_string(),
            "https://kargotakip.araskargo.com.tr/mainpage.aspx?code=3513773163316"
        );
        assert_eq!(
            ShareableLink::by_cargo_code(code).to_string(),
            "https://kargotakip.araskargo.com.tr/yurticigonbil.aspx?Cargo_Code=0805513773163332313"
        );
        assert_eq!(
            ShareableLink::on_ebranch(number).to_string(),
            "https://ebranch.araskargo.com.tr/track/3513773163316"
        );
    }

    #[test]
    fn reads_back_what_it_serialises_and_nothing_else() {
        let link = ShareableLink::on_ebranch(TrackingNumber::new("3513773163316").unwrap());
        let json = serde_json::to_string(&link).unwrap();
        assert_eq!(
            json,
            "\"https://ebranch.araskargo.com.tr/track/3513773163316\""
        );
        assert_eq!(serde_json::from_str::<ShareableLink>(&json).unwrap(), link);
        let account = "https://kargotakip.araskargo.com.tr/mainpage.aspx?accountid=A&alici_kod=1";
        assert_eq!(
            account.parse::<ShareableLink>(),
            Err(LinkError::NotShareable)
        );
    }
}
