//! Arguments that name parcels in more than one way.

use kervan_core::problem::MISSING;
use kervan_core::{EncodeError, Problems};
use serde::{Deserialize, Serialize};

use super::sealed::{Names, Write};
use crate::ids::{CustomerReference, WaybillNumber};
use crate::query::asked::Asked;
use crate::shipments::service::Body;
use crate::{check, rules};

/// The movements of a reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct TransactionsOf {
    /// Its meaning is not public; probably the customer code. Empty where it is not given. Wire: `code`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub code: String,
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl From<CustomerReference> for TransactionsOf {
    fn from(reference: CustomerReference) -> Self {
        Self {
            code: String::new(),
            reference,
        }
    }
}

kervan_core::setters! { TransactionsOf {
    /// Sets the code.
    code: into String,
}}

impl Write for TransactionsOf {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        check::reference(problems, &self.reference);
        if !self.code.is_empty() {
            check::text(problems, || "code", &self.code);
        }
    }

    fn write(&self, [code, reference]: Names<2>, body: Body) -> Result<Body, EncodeError> {
        let body = body.text(code, self.code.as_str());
        Ok(body.text(reference, self.reference.as_str()))
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.reference.as_str())
    }
}

/// A parcel that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ReturnOf {
    /// A number, whose meaning is not public. Wire: `ukod`.
    pub ukod: i32,
    /// The shipper's reference. Wire: `integrationCode`.
    pub reference: CustomerReference,
}

impl ReturnOf {
    /// Asks for the return of a reference.
    pub fn new(ukod: i32, reference: CustomerReference) -> Self {
        Self { ukod, reference }
    }
}

impl Write for ReturnOf {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        check::reference(problems, &self.reference);
    }

    fn write(&self, [ukod, reference]: Names<2>, body: Body) -> Result<Body, EncodeError> {
        let body = body.text(ukod, self.ukod.to_string());
        Ok(body.text(reference, self.reference.as_str()))
    }

    fn asked(&self) -> Asked<'_> {
        Asked::reference(self.reference.as_str())
    }
}

/// Parcels by waybill, by a reference code, or by both. An argument without a value is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct CargoSearch {
    /// Wire: `seri` and `document_no`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waybill: Option<WaybillNumber>,
    /// Its kind is not public. Wire: `ref_code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference_code: Option<String>,
}

kervan_core::setters! { CargoSearch {
    /// Sets the waybill.
    waybill: Option<WaybillNumber>,
    /// Sets the reference code.
    reference_code: into Option<String>,
}}

impl From<WaybillNumber> for CargoSearch {
    fn from(waybill: WaybillNumber) -> Self {
        Self::default().waybill(waybill)
    }
}

impl Write for CargoSearch {
    type Names = Names<3>;

    fn check(&self, problems: &mut Problems) {
        match (&self.waybill, &self.reference_code) {
            (None, None) => problems.push(MISSING.at("waybill")),
            (Some(waybill), _) => problems.extend(waybill.warnings()),
            (None, Some(_)) => {}
        }
        if let Some(code) = &self.reference_code {
            check::text(problems, || "reference_code", code);
        }
    }

    fn write(&self, [series, number, code]: Names<3>, body: Body) -> Result<Body, EncodeError> {
        let waybill = self.waybill.as_ref();
        Ok(body
            .some(series, waybill.map(WaybillNumber::series))
            .some(number, waybill.map(WaybillNumber::number))
            .some(code, self.reference_code.as_deref()))
    }
}

/// The language of answers where nothing else is said. Its values are not public.
fn turkish() -> String {
    "tr".to_owned()
}

/// Documents, whose key is not public.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ByDocuments {
    /// At least one. Wire: `docID`, a `string` each.
    pub documents: Vec<String>,
    /// The language of the answer, `tr` by default. Its values are not public. Wire: `language`.
    #[serde(default = "turkish")]
    pub language: String,
}

impl<I: IntoIterator<Item = String>> From<I> for ByDocuments {
    fn from(documents: I) -> Self {
        Self {
            documents: documents.into_iter().collect(),
            language: turkish(),
        }
    }
}

kervan_core::setters! { ByDocuments {
    /// Sets the language of the answer.
    language: into String,
}}

impl Write for ByDocuments {
    type Names = Names<3>;

    fn check(&self, problems: &mut Problems) {
        if self.documents.is_empty() {
            problems.push(rules::NO_REFERENCES.at("documents"));
        }
        for (place, document) in self.documents.iter().enumerate() {
            check::text(problems, || format!("documents[{place}]"), document);
        }
        check::text(problems, || "language", &self.language);
    }

    fn write(&self, [language, documents, one]: Names<3>, body: Body) -> Result<Body, EncodeError> {
        let texts = self.documents.iter().map(String::as_str);
        let body = body.text(language, self.language.as_str());
        Ok(body.texts(documents, one, texts))
    }
}

/// The last rows of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct LastOf {
    /// How many. A maximum is not public. Wire: `recordCount`.
    pub count: u32,
    /// The language of the answer, `tr` by default. Its values are not public. Wire: `language`.
    #[serde(default = "turkish")]
    pub language: String,
}

impl From<u32> for LastOf {
    fn from(count: u32) -> Self {
        Self {
            count,
            language: turkish(),
        }
    }
}

kervan_core::setters! { LastOf {
    /// Sets the language of the answer.
    language: into String,
}}

impl Write for LastOf {
    type Names = Names<2>;

    fn check(&self, problems: &mut Problems) {
        check::text(problems, || "language", &self.language);
    }

    fn write(&self, [language, count]: Names<2>, body: Body) -> Result<Body, EncodeError> {
        let body = body.text(language, self.language.as_str());
        Ok(body.text(count, self.count.to_string()))
    }
}
