//! Parameters that name parcels.

use chrono::NaiveDate;
use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use super::dates::Period;
use super::sealed::{Write, Written};
use crate::check;
use crate::ids::{CustomerReference, TrackingNumber};
use crate::query::asked::Asked;
use crate::query::limits::{Bounded, Limits};
use crate::query::settings::QuerySettings;
use crate::rules;

/// No parameter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Nothing {}

impl From<()> for Nothing {
    fn from((): ()) -> Self {
        Self {}
    }
}

impl Write for Nothing {
    fn check(&self, _today: NaiveDate, _problems: &mut Problems) {}

    fn write(&self, _settings: &QuerySettings, _to: &mut Written) {}
}

/// A parcel by the shipper's reference or by its tracking number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum ParcelKey {
    /// Wire: `IntegrationCode`.
    #[serde(rename = "reference")]
    Reference(CustomerReference),
    /// The guide does not list it; several public clients use it. Prefer the reference. Wire:
    /// `TrackingNumber`.
    #[serde(rename = "tracking_number")]
    TrackingNumber(TrackingNumber),
}

impl From<CustomerReference> for ParcelKey {
    fn from(reference: CustomerReference) -> Self {
        Self::Reference(reference)
    }
}

impl From<TrackingNumber> for ParcelKey {
    fn from(number: TrackingNumber) -> Self {
        Self::TrackingNumber(number)
    }
}

impl Write for ParcelKey {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        match self {
            Self::Reference(reference) => check::reference(problems, reference),
            Self::TrackingNumber(number) => problems.extend(number.warnings()),
        }
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(match self {
            Self::Reference(reference) => ("IntegrationCode", reference.to_string()),
            Self::TrackingNumber(number) => ("TrackingNumber", number.to_string()),
        });
    }

    fn asked(&self) -> Asked<'_> {
        match self {
            Self::Reference(reference) => Asked::reference(reference.as_str()),
            Self::TrackingNumber(number) => Asked::TrackingNumber(number.as_str()),
        }
    }
}

/// One reference of the shipper. Wire: `IntegrationCode`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct OneReference {
    /// The reference; in type 21 the shipper's number of a piece.
    pub reference: CustomerReference,
}

impl From<CustomerReference> for OneReference {
    fn from(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

impl Write for OneReference {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("IntegrationCode", self.reference.to_string()));
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.reference.as_str())
    }
}

/// Several references of the shipper. Wire: `IntegrationCode`, separated by commas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct References {
    /// At least one, each without a comma.
    pub references: Vec<CustomerReference>,
}

impl References {
    pub(super) fn check_list(&self, problems: &mut Problems) {
        if self.references.is_empty() {
            problems.push(rules::NO_REFERENCES.at("references"));
        }
        for (place, reference) in self.references.iter().enumerate() {
            let path = || format!("references[{place}]");
            check::text(problems, path, reference.as_str());
            if reference.as_str().contains(',') {
                problems.push(rules::REFERENCE_COMMA.at(path()));
            }
        }
    }

    pub(super) fn joined(&self) -> String {
        let texts: Vec<_> = self
            .references
            .iter()
            .map(CustomerReference::as_str)
            .collect();
        texts.join(",")
    }
}

impl<I: IntoIterator<Item = CustomerReference>> From<I> for References {
    fn from(references: I) -> Self {
        let references = references.into_iter().collect();
        Self { references }
    }
}

impl Write for References {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        self.check_list(problems);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("IntegrationCode", self.joined()));
    }

    fn asked(&self) -> Asked<'_> {
        of(&self.references)
    }
}

/// Asks for these references. One with a comma, which the check refuses, would be several in the list.
pub(super) fn of(references: &[CustomerReference]) -> Asked<'_> {
    Asked::References(references.iter().map(CustomerReference::as_str).collect())
}

/// A tracking number, and in type 14 a code beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TrackingAndCode {
    /// Wire: `TrackingNumber`.
    pub tracking_number: TrackingNumber,
    /// Its meaning is not explained; the guide's text speaks of references separated by commas.
    /// Sent in type 14 only. Wire: `Code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

kervan_core::setters! { TrackingAndCode {
    /// Sets the code.
    code: into Option<String>,
}}

impl From<TrackingNumber> for TrackingAndCode {
    fn from(tracking_number: TrackingNumber) -> Self {
        Self {
            tracking_number,
            code: None,
        }
    }
}

impl Write for TrackingAndCode {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        problems.extend(self.tracking_number.warnings());
        if let Some(code) = &self.code {
            check::text(problems, || "code", code);
        }
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("TrackingNumber", self.tracking_number.to_string()));
        to.extend(self.code.clone().map(|code| ("Code", code)));
    }

    fn asked(&self) -> Asked<'_> {
        match self.code {
            None => Asked::TrackingNumber(self.tracking_number.as_str()),
            // Nothing explains which parcels a code adds.
            Some(_) => Asked::Any,
        }
    }
}

/// The bar code of a piece: 34 digits in the guide's sample. Wire: `Barcode`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct PieceBarcode {
    /// The digits.
    pub barcode: String,
}

impl From<&str> for PieceBarcode {
    fn from(barcode: &str) -> Self {
        let barcode = barcode.to_owned();
        Self { barcode }
    }
}

impl Write for PieceBarcode {
    fn check(&self, _today: NaiveDate, problems: &mut Problems) {
        check::text(problems, || "barcode", &self.barcode);
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        to.push(("Barcode", self.barcode.clone()));
    }
}

/// A parcel that comes in, by any of its numbers, or all of a period. At most one month back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Incoming {
    /// Wire: `StartDate`, `EndDate`.
    #[serde(rename = "period")]
    Period(Period),
    /// Wire: `IntegrationCode`.
    #[serde(rename = "reference")]
    Reference(CustomerReference),
    /// Wire: `TrackingNumber`.
    #[serde(rename = "tracking_number")]
    TrackingNumber(TrackingNumber),
    /// 34 digits in the guide's sample. Wire: `Barcode`.
    #[serde(rename = "barcode")]
    Barcode(String),
    /// 22 digits in the guide's sample. Wire: `KtfBarcodeNo`.
    #[serde(rename = "ktf_number")]
    KtfNumber(String),
}

impl Write for Incoming {
    fn check(&self, today: NaiveDate, problems: &mut Problems) {
        match self {
            Self::Period(period) => {
                let limits = Limits {
                    longest: None,
                    back: Some(Bounded::Month),
                };
                period.check_within(limits, today, problems);
            }
            Self::Reference(reference) => check::reference(problems, reference),
            Self::TrackingNumber(number) => problems.extend(number.warnings()),
            Self::Barcode(number) => check::text(problems, || "barcode", number),
            Self::KtfNumber(number) => check::text(problems, || "ktf_number", number),
        }
    }

    fn write(&self, _settings: &QuerySettings, to: &mut Written) {
        match self {
            Self::Period(period) => period.write_to(to),
            Self::Reference(reference) => to.push(("IntegrationCode", reference.to_string())),
            Self::TrackingNumber(number) => to.push(("TrackingNumber", number.to_string())),
            Self::Barcode(number) => to.push(("Barcode", number.clone())),
            Self::KtfNumber(number) => to.push(("KtfBarcodeNo", number.clone())),
        }
    }

    fn asked(&self) -> Asked<'_> {
        match self {
            Self::Reference(reference) => Asked::reference(reference.as_str()),
            Self::TrackingNumber(number) => Asked::TrackingNumber(number.as_str()),
            Self::Period(_) | Self::Barcode(_) | Self::KtfNumber(_) => Asked::Any,
        }
    }
}
