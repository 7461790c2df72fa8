//! Changes a seller with its numbers in shop systems. Wire: `Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::answer;
use super::list::{ListSubMerchants, SubMerchants};
use super::update::{SubMerchantUpdated, UpdateSubMerchant, wire_change};
use super::values::ExternalIds;
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// [`UpdateSubMerchant`] with two more fields, which only the description of the test service has. No page
/// of the provider describes them; the page Alt Üye İşyeri Güncelleme has the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateSubMerchantV2 {
    /// The change. Its problems are named as those of [`UpdateSubMerchant`].
    pub sub_merchant: UpdateSubMerchant,
    /// The seller's numbers elsewhere. Wire: `SAPId`, `MagentoId`.
    pub external: ExternalIds,
}

impl UpdateSubMerchantV2 {
    /// Creates a change with the seller's numbers elsewhere.
    pub fn new(sub_merchant: UpdateSubMerchant, external: ExternalIds) -> Self {
        Self {
            sub_merchant,
            external,
        }
    }
}

impl Operation for UpdateSubMerchantV2 {
    type Service = Settings;
    type Output = SubMerchantUpdated;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2",
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2Result",
    );
    const CLASS: Class = Class::State;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sub_merchant.check(context, problems);
        self.external.check(problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_change(&self.sub_merchant)
            .text("SAPId", &self.external.sap)
            .text("MagentoId", &self.external.magento))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchantUpdated> {
        answer::without_key(reading)
    }
}

impl Settle for UpdateSubMerchantV2 {
    type ReadBack = ListSubMerchants;

    /// Returns the seller's key.
    fn key(&self) -> String {
        self.sub_merchant.key()
    }

    fn read_back(&self) -> Option<ListSubMerchants> {
        Some(ListSubMerchants::all())
    }

    fn found(
        &self,
        now: Answer<SubMerchants>,
        _baseline: Option<&Baseline>,
    ) -> Found<SubMerchantUpdated, Rejection> {
        // The list shows no numbers elsewhere.
        if self.external != ExternalIds::default() {
            return Found::Unclear;
        }
        self.sub_merchant.found_in(&now)
    }
}
