//! Recalls a parcel, or takes a recall back. Wire: `Recall`, `CancelRecall` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems, ReadError};
use serde::{Deserialize, Serialize};

use super::endpoint::Endpoint;
use super::service::{Body, Reading};
use super::settings::ShipmentSettings;
use crate::check;
use crate::rejection::Rejection;

/// Recalls a parcel. Wire: `Recall`.
///
/// The carrier describes neither its purpose nor its codes; both are readings of the name.
pub type Recall = RecallRequest<false>;

/// Takes a recall back. Wire: `CancelRecall`.
///
/// The carrier describes neither its purpose nor its codes; both are readings of the name.
pub type CancelRecall = RecallRequest<true>;

/// A recall of a parcel, or the end of one. **No call shows whether it happened**: after an unknown
/// [`outcome`](kervan_core::Error::outcome) a person asks the branch.
///
/// 0 is success, as in the other writes of the service. Any other code leaves the outcome open, because none is
/// published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RecallRequest<const UNDO: bool> {
    /// A number of the parcel. Which one is not public. Wire: `code`.
    pub code: String,
}

impl<const UNDO: bool> RecallRequest<UNDO> {
    /// Asks for the parcel of a code.
    pub fn new(code: impl Into<String>) -> Self {
        Self { code: code.into() }
    }
}

/// A recall, or the end of one, that was accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Recalled {
    /// 0. Wire: `ResultCode`.
    pub code: String,
}

impl<const UNDO: bool> Operation for RecallRequest<UNDO> {
    type Service = ShipmentSettings;
    type Output = Recalled;
    const ENDPOINT: Endpoint = if UNDO {
        Endpoint::new("CancelRecall")
    } else {
        Endpoint::new("Recall")
    };
    /// Blind: no call is documented that shows it.
    const CLASS: Class = Class::Blind;

    fn check(&self, _context: &Context<'_, ShipmentSettings>, problems: &mut Problems) {
        check::text(problems, || "code", &self.code);
    }

    fn body(&self, _context: &Context<'_, ShipmentSettings>) -> Result<Body, EncodeError> {
        Ok(Body::new().text("code", self.code.as_str()))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Recalled>, ReadError<Rejection>> {
        let accepted = reading.accepted()?;
        let code = accepted.code().unwrap_or_default().to_owned();
        Ok(accepted.answer(Recalled { code }))
    }
}
