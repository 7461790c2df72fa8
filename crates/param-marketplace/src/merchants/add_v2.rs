//! Adds a seller with its numbers in shop systems. Wire: `Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2` (SOAP, write).

use kervan_core::{Answer, Class, Context, EncodeError, Operation, Problems};
use kervan_settling::{Baseline, Found, Settle};
use serde::{Deserialize, Serialize};

use super::add::{AddSubMerchant, wire_seller};
use super::answer::{self, SubMerchantAdded};
use super::list::{ListSubMerchants, SubMerchants};
use super::values::ExternalIds;
use crate::endpoint::Endpoint;
use crate::rejection::Rejection;
use crate::service::{Body, Read, Reading};
use crate::settings::Settings;

/// [`AddSubMerchant`] with two more fields, which only the description of the test service has. No page of
/// the provider describes them; the page Alt Üye İşyeri has the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct AddSubMerchantV2 {
    /// The seller. Its problems are named as those of [`AddSubMerchant`].
    pub sub_merchant: AddSubMerchant,
    /// The seller's numbers elsewhere. Wire: `SAPId`, `MagentoId`.
    pub external: ExternalIds,
}

impl AddSubMerchantV2 {
    /// Creates a request for a seller with its numbers elsewhere.
    pub fn new(sub_merchant: AddSubMerchant, external: ExternalIds) -> Self {
        Self {
            sub_merchant,
            external,
        }
    }
}

impl Operation for AddSubMerchantV2 {
    type Service = Settings;
    type Output = SubMerchantAdded;
    const ENDPOINT: Endpoint = Endpoint::marketplace(
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2",
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2Result",
    );
    const CLASS: Class = Class::Delta;

    fn check(&self, context: &Context<'_, Settings>, problems: &mut Problems) {
        self.sub_merchant.check(context, problems);
        self.external.check(problems);
    }

    fn body(&self, _context: &Context<'_, Settings>) -> Result<Body, EncodeError> {
        Ok(wire_seller(&self.sub_merchant)
            .text("SAPId", &self.external.sap)
            .text("MagentoId", &self.external.magento))
    }

    fn read(&self, reading: Reading<'_>) -> Read<SubMerchantAdded> {
        answer::with_key(reading)
    }
}

impl Settle for AddSubMerchantV2 {
    type ReadBack = ListSubMerchants;

    /// Returns a digest of the seller's number and account.
    fn key(&self) -> String {
        self.sub_merchant.key()
    }

    fn read_back(&self) -> Option<ListSubMerchants> {
        Some(ListSubMerchants::all())
    }

    /// Returns the keys of the sellers that have this number already.
    fn baseline(&self, before: &Answer<SubMerchants>) -> Option<Baseline> {
        self.sub_merchant.baseline(before)
    }

    fn found(
        &self,
        now: Answer<SubMerchants>,
        baseline: Option<&Baseline>,
    ) -> Found<SubMerchantAdded, Rejection> {
        self.sub_merchant.found(now, baseline)
    }
}
