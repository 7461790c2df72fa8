//! No argument, or one.

use chrono::NaiveDate;
use kervan_core::{EncodeError, Problems};
use kervan_turkiye::time::DateForm;
use serde::{Deserialize, Serialize};

use super::sealed::{Names, Write};
use crate::ids::CustomerReference;
use crate::query::asked::Asked;
use crate::shipments::service::Body;
use crate::{check, rules};

/// No argument.
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
    type Names = Names<0>;

    fn check(&self, _problems: &mut Problems) {}

    fn write(&self, []: Names<0>, body: Body) -> Result<Body, EncodeError> {
        Ok(body)
    }
}

/// The shipper's reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ByReference {
    /// Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl From<CustomerReference> for ByReference {
    fn from(reference: CustomerReference) -> Self {
        Self { reference }
    }
}

impl Write for ByReference {
    type Names = Names<1>;

    fn check(&self, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn write(&self, [reference]: Names<1>, body: Body) -> Result<Body, EncodeError> {
        Ok(body.text(reference, self.reference.as_str()))
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.reference.as_str())
    }
}

/// A text, for whose meaning see the read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ByText {
    /// The text. Its element depends on the read.
    pub text: String,
}

impl<S: Into<String>> From<S> for ByText {
    fn from(text: S) -> Self {
        Self { text: text.into() }
    }
}

impl Write for ByText {
    type Names = Names<1>;

    fn check(&self, problems: &mut Problems) {
        check::text(problems, || "text", &self.text);
    }

    fn write(&self, [text]: Names<1>, body: Body) -> Result<Body, EncodeError> {
        Ok(body.text(text, self.text.as_str()))
    }
}

/// A day in Türkiye, written as dd.MM.yyyy like the day of `GetOrder`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ByDay {
    /// The day. Wire: `tarih` or `testarih`.
    pub day: NaiveDate,
}

impl From<NaiveDate> for ByDay {
    fn from(day: NaiveDate) -> Self {
        Self { day }
    }
}

impl Write for ByDay {
    type Names = Names<1>;

    fn check(&self, problems: &mut Problems) {
        if DateForm::Dotted.write(self.day).is_none() {
            problems.push(rules::DAY_NOT_WRITABLE.at("day").actual(self.day));
        }
    }

    fn write(&self, [day]: Names<1>, body: Body) -> Result<Body, EncodeError> {
        let written = DateForm::Dotted.write(self.day);
        Ok(body.text(day, written.ok_or(EncodeError::Value("day"))?))
    }
}
