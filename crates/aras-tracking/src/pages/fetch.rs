//! Fetches one page, without following where it leads.

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{
    Class, Context, EncodeError, HttpRequest, Problems, ReadError, Reply, Secret, Url,
};

use super::address::resolve;
use super::read::{PageContent, Place, read_at};
use super::settings::PageSettings;
use crate::rejection::{Kind, Rejection};
use crate::rules;

const NAME: &str = "tracking page";

/// One page at an address that was checked before. What it leads to is checked here.
pub(super) struct FetchPage {
    /// Where it is; `None` for a link that no page of the carrier is known for.
    pub(super) url: Option<Url>,
    /// The credentials in the first address. They go nowhere else.
    pub(super) secrets: Vec<Secret>,
    /// What is fetched: the page of a link, or one of its tabs.
    pub(super) place: Place,
}

/// Where the tab of movements is.
pub(super) enum Movements {
    NoLink,
    At(Url),
    /// The link leads where nobody goes.
    Refused,
}

/// What a fetch gave.
pub(super) enum Fetched {
    /// A page, and where its tabs are.
    Page {
        content: PageContent,
        waybill: Option<Url>,
        movements: Movements,
    },
    /// It is somewhere else.
    Elsewhere(Url),
}

/// A tracking page.
#[derive(Clone, Copy, Debug)]
pub struct Page;

impl kervan_core::Endpoint for Page {
    fn name(&self) -> &'static str {
        NAME
    }
}

// With its path, because the list of calls is made of the provider's own.
impl kervan_core::Operation for FetchPage {
    type Service = PageSettings;
    type Output = Fetched;
    const ENDPOINT: Page = Page;

    fn class(&self) -> Class {
        Class::Read
    }

    fn check(&self, _context: &Context<'_, PageSettings>) -> Problems {
        let mut problems = Problems::new();
        if self.url.is_none() {
            problems.push(rules::LINK_NOT_FETCHABLE.at("link"));
        }
        problems
    }

    fn body(&self, _context: &Context<'_, PageSettings>) -> Result<HttpRequest, EncodeError> {
        let url = self.url.clone().ok_or(EncodeError::Value("link"))?;
        Ok(HttpRequest::get(url).header("Accept", "text/html"))
    }

    fn read(
        &self,
        (settings, reply): (&PageSettings, &Reply),
    ) -> Result<Fetched, ReadError<Rejection>> {
        let from = self.url.as_ref().ok_or_else(unexpected)?;
        let led = |to: &str| {
            resolve(settings, from, to, &self.secrets)
                .map_err(|kind| ReadError::Rejected(refusal(kind)))
        };
        if matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
            let to = reply.header("location").unwrap_or_default();
            // The server's page of errors says nothing about a parcel.
            if to.to_ascii_lowercase().contains("aspxerrorpath=") {
                return Err(unexpected().into());
            }
            return led(to).map(Fetched::Elsewhere);
        }
        if !reply.is_success() {
            return Err(unexpected().into());
        }
        if from.path().to_ascii_lowercase().ends_with("/control.aspx") {
            return Ok(Fetched::Page {
                content: PageContent::NeedsPerson,
                waybill: None,
                movements: Movements::NoLink,
            });
        }
        let content_type = reply.header("content-type").unwrap_or_default();
        let content = read_at(self.place, &reply.body, content_type, &self.secrets)?;
        let (waybill, movements) = match &content {
            PageContent::Entry { waybill, movements } => {
                let movements = match movements.as_deref().map(led) {
                    None => Movements::NoLink,
                    Some(Ok(url)) => Movements::At(url),
                    Some(Err(_)) => Movements::Refused,
                };
                (Some(led(waybill)?), movements)
            }
            _ => (None, Movements::NoLink),
        };
        Ok(Fetched::Page {
            content,
            waybill,
            movements,
        })
    }
}

fn unexpected() -> Unreadable {
    Unreadable::whole(Reason::Unexpected("a tracking page".into()))
}

pub(super) fn refusal(kind: Kind) -> Rejection {
    let code = match kind {
        Kind::ForeignRedirect => "foreign_redirect",
        Kind::RedirectWithCredentials => "redirect_with_credentials",
        _ => "endless_redirect",
    };
    Rejection::new(NAME, code, kind)
}
