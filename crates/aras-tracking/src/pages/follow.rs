//! From a link to a parcel: redirects by hand, then the tabs.

use kervan_core::{Secret, Url};
use serde::Serialize;

use super::address::of_link;
use super::fetch::{FetchPage, Fetched, Movements};
use super::parcel::{MovementsTab, ParcelPage};
use super::read::{PageContent, Place};
use super::service::refusal;
use super::settings::PageSettings;
use crate::client::Client;
use crate::error::Error;
use crate::ids::TrackingNumber;
use crate::links::{AccountLink, Link, ShareableLink};
use crate::rejection::Kind;

/// The answer of the pages about a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum ParcelAnswer {
    /// The parcel.
    #[serde(rename = "found")]
    Found(Box<ParcelPage>),
    /// The carrier does not know the parcel (yet).
    #[serde(rename = "not_found")]
    NotFound,
    /// A captcha is before the parcel. Nothing here tries to pass it.
    #[serde(rename = "needs_person")]
    NeedsPerson,
}

impl ParcelAnswer {
    /// The parcel, where it was found.
    pub fn found(&self) -> Option<&ParcelPage> {
        match self {
            Self::Found(page) => Some(page),
            _ => None,
        }
    }
}

impl Client<PageSettings> {
    /// Fetches the pages of a link and reads the parcel from them: at most three pages, and the
    /// redirects before each.
    ///
    /// Redirects are followed inside the carrier's own hosts only. The credentials of an account
    /// link are sent to the first address and to no other; what leads on with them is refused. No
    /// cookie and no referrer is sent.
    ///
    /// A link of the newer page for recipients is looked up by its number on the documented page.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a recognised link that names no parcel; [`Error::Rejected`] for a
    /// redirect that is not followed; see [`Error`] for the rest.
    pub async fn fetch_parcel(&self, link: &Link) -> Result<ParcelAnswer, Error> {
        match link {
            Link::Shareable(link) => self.fetch_shared(link).await,
            Link::Account(link) => self.fetch_account(link).await,
            Link::Recognised(link) => match link.to_shareable() {
                Some(link) => self.fetch_shared(&link).await,
                None => self.follow(None, Vec::new()).await,
            },
        }
    }

    /// Fetches the pages of a tracking number.
    ///
    /// # Errors
    ///
    /// As [`fetch_parcel`](Client::fetch_parcel).
    pub async fn fetch_number(&self, number: TrackingNumber) -> Result<ParcelAnswer, Error> {
        self.fetch_shared(&ShareableLink::by_tracking_number(number))
            .await
    }

    async fn fetch_shared(&self, link: &ShareableLink) -> Result<ParcelAnswer, Error> {
        let documented = match link {
            ShareableLink::Ebranch(number) => ShareableLink::by_tracking_number(number.clone()),
            other => other.clone(),
        };
        let url = of_link(self.settings(), &documented.to_string());
        self.follow(url, Vec::new()).await
    }

    async fn fetch_account(&self, link: &AccountLink) -> Result<ParcelAnswer, Error> {
        let mut secrets = vec![Secret::new(link.account_id().expose())];
        secrets.extend(link.link_password().cloned());
        let url = of_link(self.settings(), &link.expose_url());
        self.follow(url, secrets).await
    }

    async fn follow(&self, url: Option<Url>, secrets: Vec<Secret>) -> Result<ParcelAnswer, Error> {
        let entry = self.page(Place::Entry, url, secrets.clone()).await?;
        let (content, waybill, movements) = entry;
        let mut parcel = match content {
            PageContent::Parcel(parcel) => return Ok(ParcelAnswer::Found(parcel)),
            PageContent::NotFound => return Ok(ParcelAnswer::NotFound),
            PageContent::NeedsPerson => return Ok(ParcelAnswer::NeedsPerson),
            PageContent::Entry { .. } => {
                let tab = self.page(Place::Waybill, waybill, secrets.clone()).await?;
                match tab.0 {
                    PageContent::Parcel(parcel) => parcel,
                    PageContent::NeedsPerson => return Ok(ParcelAnswer::NeedsPerson),
                    PageContent::NotFound => return Ok(ParcelAnswer::NotFound),
                    PageContent::Entry { .. } => {
                        // A tab is never read as one; see `read_at`.
                        return Err(Error::Rejected(refusal(Kind::EndlessRedirect)));
                    }
                }
            }
        };
        let movements = match movements {
            Movements::NoLink => return Ok(ParcelAnswer::Found(parcel)),
            Movements::At(url) => self.page(Place::Movements, Some(url), secrets).await.ok(),
            Movements::Refused => None,
        };
        // The parcel has been read; what fails now takes only its movements away.
        parcel.movements = match movements.map(|(content, ..)| content) {
            Some(PageContent::Parcel(tab)) => {
                parcel.steps = tab.steps;
                MovementsTab::Read
            }
            Some(PageContent::NotFound) => MovementsTab::NotFound,
            Some(PageContent::NeedsPerson) => MovementsTab::NeedsPerson,
            Some(PageContent::Entry { .. }) | None => MovementsTab::Failed,
        };
        Ok(ParcelAnswer::Found(parcel))
    }

    /// Fetches a page, wherever the carrier sends the reader.
    async fn page(
        &self,
        place: Place,
        mut url: Option<Url>,
        secrets: Vec<Secret>,
    ) -> Result<(PageContent, Option<Url>, Movements), Error> {
        let mut fetch = FetchPage {
            url: None,
            secrets,
            place,
        };
        for _ in 0..=self.settings().max_redirects {
            fetch.url = url.take();
            match self.call(&fetch).await? {
                Fetched::Page {
                    content,
                    waybill,
                    movements,
                } => return Ok((content, waybill, movements)),
                Fetched::Elsewhere(next) => url = Some(next),
            }
        }
        Err(Error::Rejected(refusal(Kind::EndlessRedirect)))
    }
}
