//! Links of older and unproven forms: read, never built.

use kervan_core::Problems;
use serde::Serialize;

use super::shareable::ShareableLink;
use crate::ids::{CargoCode, TrackingNumber, WaybillNumber};

/// A link of the provider in a form that this crate reads and never builds.
///
/// None of these forms is in a document of the provider; they are known from public code.
///
/// ```
/// use aras_tracking::{Link, RecognisedPage, parse_link};
/// let text = "http://kargotakip.araskargo.com.tr/CargoInfoV3.aspx?code=3513773163316";
/// let Link::Recognised(link) = parse_link(text)? else { unreachable!() };
/// assert_eq!(link.page(), RecognisedPage::CargoInfo);
/// assert_eq!(
///     link.to_shareable().map(|link| link.to_string()).as_deref(),
///     Some("https://kargotakip.araskargo.com.tr/mainpage.aspx?code=3513773163316")
/// );
/// # Ok::<(), aras_tracking::LinkError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RecognisedLink {
    page: RecognisedPage,
    identifier: Option<ParcelIdentifier>,
}

impl RecognisedLink {
    pub(super) fn new(page: RecognisedPage, identifier: Option<ParcelIdentifier>) -> Self {
        Self { page, identifier }
    }

    /// Returns the page that the link leads to.
    pub fn page(&self) -> RecognisedPage {
        self.page
    }

    /// Returns the parcel that it names, if it names one.
    pub fn identifier(&self) -> Option<&ParcelIdentifier> {
        self.identifier.as_ref()
    }

    /// Returns the link to use instead, `None` for a waybill.
    pub fn to_shareable(&self) -> Option<ShareableLink> {
        match self.identifier.clone()? {
            ParcelIdentifier::TrackingNumber(number) => {
                Some(ShareableLink::by_tracking_number(number))
            }
            ParcelIdentifier::CargoCode(code) => Some(ShareableLink::by_cargo_code(code)),
            ParcelIdentifier::Waybill(_) => None,
        }
    }

    /// Returns everything that is unusual about the identifier.
    pub fn warnings(&self) -> Problems {
        match &self.identifier {
            Some(ParcelIdentifier::TrackingNumber(number)) => number.warnings(),
            Some(ParcelIdentifier::CargoCode(code)) => code.warnings(),
            Some(ParcelIdentifier::Waybill(waybill)) => waybill.warnings(),
            None => Problems::new(),
        }
    }
}

/// The pages that are recognised without being built.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub enum RecognisedPage {
    /// Search by waybill: `yurticigonbil.aspx?seri={letters}&fat_no={digits}`, seen in 2021.
    #[serde(rename = "waybill_search")]
    WaybillSearch,
    /// The entry page of 2013 to 2017: `CargoInfoV3.aspx?code={number}`.
    #[serde(rename = "cargo_info")]
    CargoInfo,
    /// The corporate site before its redesign: `cargo_tracking_detail.aspx`. Probably dead.
    #[serde(rename = "corporate_detail")]
    CorporateDetail,
    /// The page behind the tracking application in a social network, about 2020 to 2022. Its links
    /// name no parcel.
    #[serde(rename = "social")]
    Social,
    /// Any other page on the provider's tracking hosts that names one parcel in its address. Such
    /// addresses occur in code that shows no sign of having been tried, and contradict each other.
    #[serde(rename = "unproven")]
    Unproven,
}

/// The number of the parcel in a recognised link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ParcelIdentifier {
    /// The provider's number. Wire: `code`, `kargo_takip_no`, `gonderitakipno`, `trackingNumber`.
    TrackingNumber(TrackingNumber),
    /// The number in the bar code. Wire: `Cargo_Code`, `barcode`.
    CargoCode(CargoCode),
    /// The waybill. Wire: `seri` and `fat_no`, or `seri_no` and `irs_no`.
    Waybill(WaybillNumber),
}
