//! Removes a seller. Wire: `Pazaryeri_TP_AltUyeIsyeri_Silme` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::answer;
use super::list::{ListSubMerchants, SubMerchants};
use crate::endpoint::Endpoint;
use crate::ids::{SubMerchantId, folded};
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;
use crate::wire::Checks as _;

/// Removes a seller. Provider's page: Alt Üye İşyeri Silme, which consists of a title.
///
/// The type of the answer is not documented. A number alone is read as the result code. Words alone are an
/// [`Error::Rejected`](crate::Error::Rejected) with an unknown outcome.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveSubMerchant {
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub id: SubMerchantId,
}

impl RemoveSubMerchant {
    /// Creates the removal of a seller.
    pub fn new(id: SubMerchantId) -> Self {
        Self { id }
    }
}

/// The seller was removed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubMerchantRemoved {}

impl Operation for RemoveSubMerchant {
    type Service = Settings;
    type Output = SubMerchantRemoved;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Silme",
        "Pazaryeri_TP_AltUyeIsyeri_SilmeResult",
    );
    const CLASS: Class = Class::State;

    fn check(&self, _context: &Context<'_, Settings>, problems: &mut Problems) {
        problems.required("id", &self.id, 36);
    }

    fn body(&self, context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        let _settings = context.settings();
        Ok(Body::with_login().text("GUID_AltUyeIsyeri", &self.id))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchantRemoved> {
        match reading.bare::<WireBare>()? {
            Some(bare) => answer::bare(reading, &bare.text),
            None => answer::without_key(reading),
        }
    }
}

impl Settle for RemoveSubMerchant {
    type ReadBack = ListSubMerchants;

    /// Returns the seller's key.
    fn key(&self) -> String {
        folded(self.id.as_str())
    }

    fn read_back(&self) -> Option<ListSubMerchants> {
        Some(ListSubMerchants::all())
    }

    fn found(
        &self,
        now: Answer<SubMerchants>,
        _baseline: Option<&Baseline>,
    ) -> Found<SubMerchantRemoved, Rejection> {
        match now.holds(&self.id) {
            Some(true) => Found::Absent,
            Some(false) if now.is_complete() => Found::Wanted,
            _ => Found::Unclear,
        }
    }
}

/// A result that holds only text.
#[derive(Deserialize)]
struct WireBare {
    #[serde(rename = "Pazaryeri_TP_AltUyeIsyeri_SilmeResult")]
    text: String,
}
