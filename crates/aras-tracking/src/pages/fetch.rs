//! Fetches one page, without following where it leads.

use kervan_core::{Answer, Class, Context, Drift, EncodeError, Problems, ReadError, Url};

use super::read::{PageContent, Place};
use super::secrets::LinkSecrets;
use super::service::{Endpoint, Reading, unexpected};
use super::settings::PageSettings;
use crate::rejection::Rejection;
use crate::rules;

/// One page at an address that was checked before. The addresses that it leads to are checked here.
pub(super) struct FetchPage {
    /// Its address; `None` for a link without a known page of the carrier.
    pub(super) url: Option<Url>,
    /// The credentials in the first address. They go nowhere else.
    pub(super) secrets: LinkSecrets,
    /// The part that is fetched: the page of a link, or one of its tabs.
    pub(super) place: Place,
}

/// Where the tab of movements is.
pub(super) enum Movements {
    NoLink,
    At(Url),
    /// The link leads to an address that may not be visited.
    Refused,
}

/// The result of a fetch.
pub(super) enum Fetched {
    /// A page.
    Page(FetchedPage),
    /// It is somewhere else.
    Elsewhere(Url),
}

/// A page, and where its tabs are.
pub(super) struct FetchedPage {
    pub(super) content: PageContent,
    pub(super) waybill: Option<Url>,
    pub(super) movements: Movements,
}

// With its path, because the list of calls is made of the provider's own.
impl kervan_core::Operation for FetchPage {
    type Service = PageSettings;
    type Output = Fetched;
    const ENDPOINT: Endpoint = Endpoint;
    const CLASS: Class = Class::Read;

    fn check(&self, _context: &Context<'_, PageSettings>, problems: &mut Problems) {
        if self.url.is_none() {
            problems.push(rules::LINK_NOT_FETCHABLE.at("link"));
        }
    }

    fn body(&self, _context: &Context<'_, PageSettings>) -> Result<Url, EncodeError> {
        self.url.clone().ok_or(EncodeError::Value("link"))
    }

    fn read(&self, reading: Reading<'_>) -> Result<Answer<Fetched>, ReadError<Rejection>> {
        let from = self.url.as_ref().ok_or_else(unexpected)?;
        let lead = |to: &str| reading.lead(from, to, &self.secrets);
        if let Some(to) = reading.redirect()? {
            return Ok(Answer::new(Fetched::Elsewhere(lead(to)?), Drift::default()));
        }
        let content = reading.content(self.place, from, &self.secrets)?;
        content.try_map(|content| {
            let (waybill, movements) = match &content {
                PageContent::Entry { waybill, movements } => {
                    let movements = match movements.as_deref().map(lead) {
                        None => Movements::NoLink,
                        Some(Ok(url)) => Movements::At(url),
                        Some(Err(_)) => Movements::Refused,
                    };
                    (Some(lead(waybill)?), movements)
                }
                _ => (None, Movements::NoLink),
            };
            Ok(Fetched::Page(FetchedPage {
                content,
                waybill,
                movements,
            }))
        })
    }
}
