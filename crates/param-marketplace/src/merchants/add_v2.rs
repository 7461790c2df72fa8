//! Adds a seller with its numbers in shop systems. Wire: `Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2` (SOAP, write).

use kervan_core::{
    Context, Effect, EncodeError, HttpRequest, Operation, Problems, ReadError, Reply, Resend, Sent,
    Settle, Settled,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::add::{AddSubMerchant, SubMerchantAdded, WireSeller};
use super::answer;
use super::list::{ListSubMerchants, SubMerchants};
use super::values::ExternalIds;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, or_empty};
use crate::{Client, Error};

/// [`AddSubMerchant`] with two fields more, which are in the service description of the test service
/// only. Provider's page: none; Alt Üye İşyeri has the rest.
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
    /// A seller and its numbers elsewhere.
    pub fn new(sub_merchant: AddSubMerchant, external: ExternalIds) -> Self {
        Self {
            sub_merchant,
            external,
        }
    }
}

impl Client {
    /// Adds a seller with its numbers in shop systems. Sent at most once.
    ///
    /// # Errors
    ///
    /// As [`add_sub_merchant`](Client::add_sub_merchant).
    pub async fn add_sub_merchant_v2(
        &self,
        request: &AddSubMerchantV2,
    ) -> Result<SubMerchantAdded, Error> {
        self.call(request).await
    }

    /// Finds out what became of a seller whose entry has an unknown outcome, as
    /// [`settle_add_sub_merchant`](Client::settle_add_sub_merchant) does. The list does not show the
    /// numbers elsewhere.
    pub async fn settle_add_sub_merchant_v2(
        &self,
        request: &AddSubMerchantV2,
    ) -> Settled<SubMerchantAdded, Rejection> {
        self.caller().settle(request).await
    }

    /// Adds a seller and, after an unknown outcome, settles it before it would send again.
    ///
    /// # Errors
    ///
    /// As [`add_sub_merchant`](Client::add_sub_merchant).
    pub async fn send_or_settle_add_sub_merchant_v2(
        &self,
        request: &AddSubMerchantV2,
    ) -> Result<Sent<SubMerchantAdded>, Error> {
        self.caller().send_or_settle(request).await
    }
}

const PAGE: Page = Page::marketplace(
    "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2",
    "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2Result",
);

impl Operation for AddSubMerchantV2 {
    type Settings = Settings;
    type Output = SubMerchantAdded;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, context: &Context<'_, Settings>) -> Problems {
        let mut problems = self.sub_merchant.problems(context.today());
        self.external.check(&mut problems);
        problems
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let wire = WireAddV2 {
            seller: WireSeller::new(&self.sub_merchant, settings),
            sap: or_empty(self.external.sap.as_deref()).into_owned(),
            magento: or_empty(self.external.magento.as_deref()).into_owned(),
        };
        wire::request(PAGE, settings, &wire)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<SubMerchantAdded, ReadError<Rejection>> {
        let (id, message, drift) = answer::with_key(PAGE, settings, reply)?;
        Ok(SubMerchantAdded { id, message, drift })
    }
}

impl Settle for AddSubMerchantV2 {
    type ReadBack = ListSubMerchants;

    fn read_back(&self) -> ListSubMerchants {
        ListSubMerchants::all()
    }

    fn settled(&self, answer: Result<SubMerchants, Error>) -> Settled<SubMerchantAdded, Rejection> {
        match answer {
            Ok(found) => self.sub_merchant.settled_by(PAGE.operation, found),
            Err(open) => Settled::Open(open),
        }
    }
}

impl Resend for AddSubMerchantV2 {}

#[derive(YaSerialize)]
#[yaserde(
    rename = "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpos.com.tr/" }
)]
struct WireAddV2 {
    #[yaserde(flatten = true)]
    seller: WireSeller,
    #[yaserde(rename = "SAPId")]
    sap: String,
    #[yaserde(rename = "MagentoId")]
    magento: String,
}
