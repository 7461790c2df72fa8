//! From a link to a parcel: redirects by hand, then the tabs.

use kervan_core::{Answer, Secret, Url};
use serde::Serialize;

use super::address::of_link;
use super::fetch::{FetchPage, Fetched, FetchedPage, Movements};
use super::parcel::{MovementsTab, ParcelPage};
use super::read::{PageContent, Place};
use super::secrets::LinkSecrets;
use super::service::refusal;
use super::settings::PageSettings;
use crate::client::Client;
use crate::error::Error;
use crate::ids::TrackingNumber;
use crate::links::{AccountLink, Link, ShareableLink};
use crate::rejection::RejectionKind;

/// The answer of the pages about a parcel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum ParcelLookup {
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

impl ParcelLookup {
    /// Returns the parcel, where it was found.
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
    /// Redirects are followed inside the carrier's own hosts only. The credentials of an account link are
    /// sent to the first address and to no other; a redirect that repeats them is refused. No cookie and no
    /// referrer is sent.
    ///
    /// A link of the newer page for recipients is looked up by its number on the documented page.
    ///
    /// # Errors
    ///
    /// [`Error::Invalid`] for a recognised link that names no parcel; [`Error::Rejected`] for a
    /// redirect that is not followed; see [`Error`] for the rest.
    pub async fn fetch_parcel(&self, link: &Link) -> Result<Answer<ParcelLookup>, Error> {
        match link {
            Link::Shareable(link) => self.fetch_shared(link).await,
            Link::Account(link) => self.fetch_account(link).await,
            Link::Recognised(link) => match link.to_shareable() {
                Some(link) => self.fetch_shared(&link).await,
                None => self.follow(None, LinkSecrets::default()).await,
            },
        }
    }

    /// Fetches the pages of a tracking number.
    ///
    /// # Errors
    ///
    /// As [`fetch_parcel`](Client::fetch_parcel).
    pub async fn fetch_number(
        &self,
        number: TrackingNumber,
    ) -> Result<Answer<ParcelLookup>, Error> {
        self.fetch_shared(&ShareableLink::by_tracking_number(number))
            .await
    }

    async fn fetch_shared(&self, link: &ShareableLink) -> Result<Answer<ParcelLookup>, Error> {
        let documented = match link {
            ShareableLink::Ebranch(number) => ShareableLink::by_tracking_number(number.clone()),
            other => other.clone(),
        };
        let url = of_link(self.settings(), &documented.to_string());
        self.follow(url, LinkSecrets::default()).await
    }

    async fn fetch_account(&self, link: &AccountLink) -> Result<Answer<ParcelLookup>, Error> {
        let account = Secret::new(link.account_id().expose());
        let secrets = [account].into_iter().chain(link.link_password().cloned());
        let url = of_link(self.settings(), &link.expose_url());
        self.follow(url, LinkSecrets::new(secrets)).await
    }

    async fn follow(
        &self,
        url: Option<Url>,
        secrets: LinkSecrets,
    ) -> Result<Answer<ParcelLookup>, Error> {
        let entry = self.page(Place::Entry, url, &secrets).await?;
        let (mut drift, entry) = (entry.drift, entry.value);
        let content = match entry.content {
            PageContent::Entry { .. } => {
                let tab = self.page(Place::Waybill, entry.waybill, &secrets).await?;
                drift.extend(tab.drift);
                tab.value.content
            }
            content => content,
        };
        let mut parcel = match content {
            PageContent::Parcel(parcel) => parcel,
            PageContent::NotFound => return Ok(Answer::new(ParcelLookup::NotFound, drift)),
            PageContent::NeedsPerson => return Ok(Answer::new(ParcelLookup::NeedsPerson, drift)),
            // A tab is never read as one; see `read_at`.
            PageContent::Entry { .. } => {
                return Err(Error::Rejected(refusal(RejectionKind::EndlessRedirect)));
            }
        };
        let movements = match entry.movements {
            Movements::NoLink => return Ok(Answer::new(ParcelLookup::Found(parcel), drift)),
            Movements::At(url) => self.page(Place::Movements, Some(url), &secrets).await.ok(),
            Movements::Refused => None,
        };
        // The parcel has been read; what fails now takes only its movements away.
        parcel.movements = match movements.map(|tab| (tab.value.content, tab.drift)) {
            Some((PageContent::Parcel(tab), of_tab)) => {
                drift.extend(of_tab);
                parcel.steps = tab.steps;
                MovementsTab::Read
            }
            Some((PageContent::NotFound, _)) => MovementsTab::NotFound,
            Some((PageContent::NeedsPerson, _)) => MovementsTab::NeedsPerson,
            Some((PageContent::Entry { .. }, _)) | None => MovementsTab::Failed,
        };
        Ok(Answer::new(ParcelLookup::Found(parcel), drift))
    }

    /// Fetches a page, wherever the carrier sends the reader.
    async fn page(
        &self,
        place: Place,
        mut url: Option<Url>,
        secrets: &LinkSecrets,
    ) -> Result<Answer<FetchedPage>, Error> {
        let mut fetch = FetchPage {
            url: None,
            secrets: secrets.clone(),
            place,
        };
        for _ in 0..=self.settings().max_redirects {
            fetch.url = url.take();
            let fetched = self.call(&fetch).await?;
            let (drift, fetched) = (fetched.drift, fetched.value);
            match fetched {
                Fetched::Page(page) => return Ok(Answer::new(page, drift)),
                Fetched::Elsewhere(next) => url = Some(next),
            }
        }
        Err(Error::Rejected(refusal(RejectionKind::EndlessRedirect)))
    }
}
