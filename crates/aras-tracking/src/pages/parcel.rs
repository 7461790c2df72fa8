//! A parcel as the pages show it.

use kervan_core::Personal;
use kervan_tracking::{EventTime, Timeline, Tracking, TrackingEvent};
use serde::{Deserialize, Serialize};

use crate::status;

/// A parcel as the pages show it. A field that the page lacks or leaves empty is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct ParcelPage {
    /// The state in the page's words. Element: `Son_Durum`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_text: Option<String>,
    /// `NORMAL`, `İADE`; empty where the page leaves it empty. `None` where the page lacks it; it is then not
    /// known whether the parcel is a return. Element: `LabelGonTipi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The code of 19 or 20 digits. Element: `labelShipmentCode`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cargo_code: Option<String>,
    /// The waybill. Elements: `FatNo`, `gfatno`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill: Option<String>,
    /// The shipper's own waybill. Element: `labelTradingWaybillNumber`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trading_waybill: Option<String>,
    /// The date of the waybill. Element: `cikis_tarihi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waybill_date: Option<EventTime>,
    /// The first branch. Element: `LabelIlkCikis`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_branch: Option<String>,
    /// The branch of origin. Element: `cikis_subesi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub origin_branch: Option<String>,
    /// The branch of delivery. Element: `varis_subesi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_branch: Option<String>,
    /// Who pays. Element: `fatura_turu`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_type: Option<String>,
    /// The sender's name, masked in later years. Element: `gonderici_adi_soyadi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sender: Option<Personal>,
    /// The recipient's name, masked in later years. Element: `alici_adi_soyadi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipient: Option<Personal>,
    /// Elements: `LabelCargoType`, `Kargonun_Cinsi`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cargo_type: Option<String>,
    /// Weight or volumetric size. Element: `LabelCargoVolume`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kg_or_desi: Option<String>,
    /// Element: `LabelPackageCount`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pieces: Option<String>,
    /// Who took it. Element: `Teslim_Alan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub received_by: Option<Personal>,
    /// When it was handed over. Elements: `Teslim_Tarihi`, `Teslim_Saati`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<EventTime>,
    /// The code that the recipient got by SMS. Element: `Teslimat_Kodu`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivery_code: Option<Personal>,
    /// Attempts that failed, in the page's order, which is not that of time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failed_attempts: Vec<FailedAttempt>,
    /// Movements, in the page's order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Whether the movements were read. Without it, an empty list of steps could mean that the parcel has not
    /// moved.
    #[serde(skip_serializing_if = "MovementsTab::is_no_link")]
    pub movements: MovementsTab,
}

/// Whether a parcel's movements were read. They have a tab of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum MovementsTab {
    /// They were read. The list may still be empty.
    #[serde(rename = "read")]
    Read,
    /// The page has neither their table nor a link to their tab.
    #[default]
    #[serde(rename = "no_link")]
    NoLink,
    /// Their tab says that the parcel has not moved.
    #[serde(rename = "not_found")]
    NotFound,
    /// A captcha is in front of their tab.
    #[serde(rename = "needs_person")]
    NeedsPerson,
    /// Their tab could not be fetched or read. The parcel's own page could.
    #[serde(rename = "failed")]
    Failed,
}

impl MovementsTab {
    // By reference, as the attribute calls it.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's signature")]
    fn is_no_link(&self) -> bool {
        *self == Self::NoLink
    }
}

/// A delivery that failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FailedAttempt {
    /// When.
    pub at: EventTime,
    /// Why, in the page's words.
    pub reason: String,
    /// A note of the carrier's people.
    pub note: Personal,
}

impl FailedAttempt {
    /// Creates a failed attempt, without reason and note.
    pub fn new(at: EventTime) -> Self {
        Self {
            at,
            reason: String::new(),
            note: Personal::default(),
        }
    }
}

kervan_core::setters! { FailedAttempt {
    /// Sets the reason.
    reason: into String,
    /// Sets the note of the carrier's people.
    note: into Personal,
}}

/// A movement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Step {
    /// When.
    pub at: EventTime,
    /// The province; absent on the page that has everything in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<String>,
    /// The branch or transfer centre.
    pub unit: String,
    /// The event, in the page's words.
    pub operation: String,
}

impl Step {
    /// Creates a movement with its time only.
    pub fn new(at: EventTime) -> Self {
        Self {
            at,
            city: None,
            unit: String::new(),
            operation: String::new(),
        }
    }
}

kervan_core::setters! { Step {
    /// Sets the province.
    city: into Option<String>,
    /// Sets the branch or transfer centre.
    unit: into String,
    /// Sets the event.
    operation: into String,
}}

impl ParcelPage {
    /// Returns the parcel in the shared vocabulary: movements and failed attempts in one timeline.
    pub fn tracking(&self) -> Tracking {
        let text = self.status_text.as_deref().unwrap_or_default();
        let kind = self.kind.as_deref();
        let steps = self.steps.iter().map(|step| {
            TrackingEvent::new(step.at.clone())
                .unit(step.unit.as_str())
                .city(step.city.as_deref().unwrap_or_default())
                .text(step.operation.as_str())
        });
        let failed = self.failed_attempts.iter().map(|attempt| {
            TrackingEvent::new(attempt.at.clone())
                .text(attempt.reason.as_str())
                .non_delivery(status::reason(&attempt.reason))
                .note(attempt.note.clone())
        });
        let last_failed = self.failed_attempts.iter().max_by(|a, b| a.at.cmp(&b.at));
        let mut tracking = Tracking::new(status::of_words(text, kind)).status_text(text);
        tracking.delivered_at.clone_from(&self.delivered_at);
        tracking.received_by.clone_from(&self.received_by);
        tracking.non_delivery = last_failed.map(|attempt| status::reason(&attempt.reason));
        tracking.timeline(Timeline::new(steps.chain(failed)))
    }
}
