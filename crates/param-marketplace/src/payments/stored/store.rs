//! Stores a card. Wire: `KS_Kart_Ekle` (SOAP, write).

use kervan_core::error::Unreadable;
use kervan_core::{
    Context, Drift, Effect, EncodeError, HttpRequest, Operation, Personal, Problems, ReadError,
    Reason, Reply, Settle, Settled,
};
use serde::{Deserialize, Serialize};
use yaserde::YaSerialize;

use super::list::{ListStoredCards, StoredCards, check_name};
use super::values::{
    CardOwner, CardToStore, StoredCardKey, WireCardToStore, check_owner, owner_text,
};
use crate::rejection::Rejection;
use crate::settings::Settings;
use crate::wire::{self, Page, WireLogin, no_rows};
use crate::{Client, Error};

/// Stores a card. Provider's page: `KS_Kart_Ekle`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct StoreCard {
    /// The card.
    pub card: CardToStore,
    /// The shop's key of the customer or the card. Not required, but nothing else finds a card whose
    /// answer was lost. Wire: `KK_Islem_ID`.
    #[serde(default)]
    pub owner: Option<CardOwner>,
    /// A name for the card, up to 150 characters. Wire: `KK_Kart_Adi`.
    #[serde(default)]
    pub name: Option<Personal>,
}

impl StoreCard {
    /// A card, and the shop's key that it is charged and removed with.
    pub fn new(card: CardToStore, owner: impl Into<CardOwner>) -> Self {
        Self {
            card,
            owner: Some(owner.into()),
            name: None,
        }
    }

    /// Gives the card a name.
    #[must_use]
    pub fn named(mut self, name: impl Into<Personal>) -> Self {
        self.name = Some(name.into());
        self
    }
}

/// The card is stored.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CardStored {
    /// The key that charges the card. Wire: `KS_GUID`.
    pub card: StoredCardKey,
    /// The provider's message. Wire: `Sonuc_Str`.
    pub message: Option<Personal>,
    /// How the answer differed from its documentation.
    #[serde(skip_serializing_if = "Drift::is_empty")]
    pub drift: Drift,
}

impl Client {
    /// Stores a card. Sent at most once.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when the service refuses; see [`Error`] for the rest.
    pub async fn store_card(&self, request: &StoreCard) -> Result<CardStored, Error> {
        self.call(request).await
    }

    /// Finds out whether a card was stored, by the list of its owner's cards: the one card whose
    /// masked number fits, which may have been stored before. Anything else stays open, and so does a
    /// card without an owner: sending it again may store it twice, which charges nobody.
    pub async fn settle_store_card(&self, request: &StoreCard) -> Settled<CardStored, Rejection> {
        self.caller().settle(request).await
    }
}

const PAGE: Page = Page::stored_cards("KS_Kart_Ekle", "KS_Kart_EkleResult");

impl Operation for StoreCard {
    type Settings = Settings;
    type Output = CardStored;
    type Rejection = Rejection;
    const NAME: &'static str = PAGE.operation;
    const EFFECT: Effect = Effect::Write;

    fn check(&self, _context: &Context<'_, Settings>) -> Problems {
        let mut problems = Problems::new();
        self.card.check(&mut problems);
        check_owner(&mut problems, "owner", self.owner.as_ref());
        check_name(&mut problems, "name", self.name.as_ref());
        problems
    }

    fn encode(&self, context: &Context<'_, Settings>) -> Result<HttpRequest, EncodeError> {
        let settings = context.settings();
        let name = self.name.as_ref().map(Personal::as_str);
        let wire = WireStore {
            login: settings.into(),
            merchant: settings.merchant.0.expose().to_owned(),
            card: self.card.wire(settings),
            name: name.unwrap_or_default().to_owned(),
            owner: owner_text(self.owner.as_ref()),
        };
        wire::request(PAGE, settings, &wire)
    }

    fn decode(
        &self,
        settings: &Settings,
        reply: &Reply,
    ) -> Result<CardStored, ReadError<Rejection>> {
        let (answer, drift) = wire::read::<WireAnswer>(PAGE, settings, reply, no_rows)?;
        let key = answer.key.unwrap_or_default();
        let key = key.trim();
        if key.is_empty() {
            return Err(Unreadable::at(PAGE.path("KS_GUID"), Reason::Missing).into());
        }
        Ok(CardStored {
            card: key.into(),
            message: wire::message(answer.message.as_deref(), settings),
            drift,
        })
    }
}

impl Settle for StoreCard {
    type ReadBack = ListStoredCards;

    fn read_back(&self) -> ListStoredCards {
        ListStoredCards {
            name: None,
            owner: self.owner.clone(),
        }
    }

    fn settled(&self, answer: Result<StoredCards, Error>) -> Settled<CardStored, Rejection> {
        let list = match answer {
            Ok(list) => list,
            Err(open) => return Settled::Open(open),
        };
        let is_this = |number: &Personal| self.card.is_masked_as(number.as_str());
        let fits = list.cards.iter().filter(|row| {
            let number = row.number.as_ref();
            number.and_then(is_this) == Some(true)
        });
        let fits: Vec<_> = fits.map(super::StoredCard::key).collect();
        match (fits.as_slice(), &self.owner) {
            ([Some(key)], Some(_)) => Settled::Done(CardStored {
                card: (*key).clone(),
                message: list.message.clone(),
                drift: list.drift.clone(),
            }),
            _ => Settled::Open(Error::Rejected(Rejection::ambiguous(ListStoredCards::NAME))),
        }
    }
}

#[derive(YaSerialize)]
#[yaserde(
    rename = "KS_Kart_Ekle",
    prefix = "t",
    default_namespace = "t",
    namespaces = { "t" = "https://turkpara.com.tr/" }
)]
struct WireStore {
    #[yaserde(rename = "G")]
    login: WireLogin,
    #[yaserde(rename = "GUID")]
    merchant: String,
    #[yaserde(flatten = true)]
    card: WireCardToStore,
    #[yaserde(rename = "KK_Kart_Adi")]
    name: String,
    #[yaserde(rename = "KK_Islem_ID")]
    owner: String,
}

#[derive(Deserialize)]
struct WireAnswer {
    #[serde(rename = "Sonuc")]
    _code: String,
    #[serde(rename = "Sonuc_Str")]
    message: Option<String>,
    #[serde(rename = "KS_GUID")]
    key: Option<String>,
}
