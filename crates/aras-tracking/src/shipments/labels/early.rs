//! A tracking number that a label shows.

use serde::{Deserialize, Serialize};

use crate::ids::TrackingNumber;
use crate::query::{Parcel, QueryRows};
use crate::status::is_placeholder;

/// A tracking number that a label shows, **which no waybill has to have yet**.
///
/// By the carrier's guide the number comes into being when a branch cuts the waybill. Whether a label has it
/// before that, and whether it is the parcel's then, is not public. So it is not a [`TrackingNumber`], and no
/// link is made of it: ask [`FindParcels`](crate::query::FindParcels), query type 1, for the reference, and
/// take the number that [`confirmed_by`](Self::confirmed_by) returns.
///
/// ```
/// use aras_tracking::query::{Parcel, QueryRows};
/// use aras_tracking::shipments::EarlyTrackingNumber;
///
/// let early: EarlyTrackingNumber = serde_json::from_str("\"6513100200317\"")?;
/// let mut parcel = Parcel::default();
/// parcel.tracking_number = Some("6513100200317".to_owned());
/// assert!(early.confirmed_by(&QueryRows::default()).is_none());
/// let confirmed = early.confirmed_by(&QueryRows::of(vec![parcel]));
/// assert_eq!(confirmed.unwrap().as_str(), early.as_received());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EarlyTrackingNumber(String);

impl EarlyTrackingNumber {
    /// Creates a number, for a test.
    #[cfg(feature = "testing")]
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// Takes the number that a label shows. A placeholder as `0` is not one.
    pub(crate) fn read(text: Option<String>) -> Option<Self> {
        text.filter(|text| !is_placeholder(text)).map(Self)
    }

    /// Returns the number as the label shows it.
    pub fn as_received(&self) -> &str {
        &self.0
    }

    /// Returns the number if one of the parcels has it. They have to be the answer of query type 1 for the
    /// reference of the label.
    pub fn confirmed_by(&self, parcels: &QueryRows<Parcel>) -> Option<TrackingNumber> {
        let early = TrackingNumber::new(&self.0).ok()?;
        let mut shown = parcels.rows.iter().filter_map(|parcel| {
            let number = parcel.tracking_number.as_ref()?;
            TrackingNumber::new(number).ok()
        });
        shown.find(|number| *number == early)
    }
}
