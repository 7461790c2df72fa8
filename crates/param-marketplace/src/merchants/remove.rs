//! Removes a seller. Wire: `Pazaryeri_TP_AltUyeIsyeri_Silme` (SOAP, write).

use kervan_core::{
    Context, Drift, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reply, Resend, Sent, Settle, Settled,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::answer;
use super::list::{ListSubMerchants, SubMerchants};
use crate::ids::SubMerchantId;
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, WireLogin};
use crate::{Client, Error};

/// Removes a seller. Provider's page: Alt Üye İşyeri Silme, which has only a title.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct RemoveSubMerchant {
    /// The seller. Wire: `GUID_AltUyeIsyeri`.
    pub id: SubMerchantId,
}

impl RemoveSubMerchant {
    /// The removal of a seller.
    pub fn new(id: SubMerchantId) -> Self {
        Self { id }
    }
}

/// The seller was removed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SubMerchantRemoved {
    /// The provider's message. Wire: `Sonuc_Str`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl Client {
    /// Removes a seller. Sent at most once.
    ///
    /// The answer's type is not described. One that holds only a number is read as the result code;
    /// one that holds only words is an [`Error::Rejected`] with an unknown outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when the service refuses; see [`Error`] for the rest.
    pub async fn remove_sub_merchant(
        &self,
        request: &RemoveSubMerchant,
    ) -> Result<SubMerchantRemoved, Error> {
        self.call(request).await
    }

    /// Finds out what became of a removal whose outcome is unknown, by listing all sellers: one that
    /// is still there was not removed, one that is missing from a complete list was, and anything
    /// else stays open.
    pub async fn settle_remove_sub_merchant(
        &self,
        request: &RemoveSubMerchant,
    ) -> Settled<SubMerchantRemoved, Rejection> {
        self.caller().settle(request).await
    }

    /// Removes a seller and, after an unknown outcome, settles it before it would send again.
    ///
    /// # Errors
    ///
    /// As [`remove_sub_merchant`](Client::remove_sub_merchant). An unknown outcome here means that
    /// all lists failed to settle it.
    pub async fn send_or_settle_remove_sub_merchant(
        &self,
        request: &RemoveSubMerchant,
    ) -> Result<Sent<SubMerchantRemoved>, Error> {
        self.caller().send_or_settle(request).await
    }
}

const PAGE: Page = Page::marketplace(
    "Pazaryeri_TP_AltUyeIsyeri_Silme",
    "Pazaryeri_TP_AltUyeIsyeri_SilmeResult",
);

impl Operation for RemoveSubMerchant {
    type Settings = Settings;
    type Output = SubMerchantRemoved;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        wire::check(&mut problems, "id", self.id.as_str(), 36, true);
        problems
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let wire = WireRemoval {
            login: settings.into(),
            id: self.id.as_str().to_owned(),
        };
        wire::request(PAGE, settings, &wire)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<SubMerchantRemoved, ReadError<Rejection>> {
        let (message, drift) = match wire::read_bare::<WireBare>(PAGE, reply)? {
            Some(bare) => (answer::bare(PAGE, settings, &bare.text)?, Drift::default()),
            None => answer::without_key(PAGE, settings, reply)?,
        };
        Ok(SubMerchantRemoved { message, drift })
    }
}

impl Settle for RemoveSubMerchant {
    type ReadBack = ListSubMerchants;

    fn read_back(&self) -> ListSubMerchants {
        ListSubMerchants::all()
    }

    fn settled(
        &self,
        answer: Result<SubMerchants, Error>,
    ) -> Settled<SubMerchantRemoved, Rejection> {
        match answer {
            Ok(found) => match found.holds(&self.id) {
                Some(true) => Settled::NotDone,
                Some(false) if found.is_complete() => Settled::AlreadyDone,
                _ => Settled::Open(Error::Rejected(Rejection::ambiguous(PAGE.operation))),
            },
            Err(open) => Settled::Open(open),
        }
    }
}

impl Resend for RemoveSubMerchant {}

#[derive(YaSerialize)]
#[yaserde(
    rename = "Pazaryeri_TP_AltUyeIsyeri_Silme",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpos.com.tr/" }
)]
struct WireRemoval {
    #[yaserde(rename = "G")]
    login: WireLogin,
    #[yaserde(rename = "GUID_AltUyeIsyeri")]
    id: String,
}

/// A result that holds only text.
#[derive(Deserialize)]
struct WireBare {
    #[serde(rename = "Pazaryeri_TP_AltUyeIsyeri_SilmeResult")]
    text: String,
}
