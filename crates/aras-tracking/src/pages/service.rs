//! The protocol of the tracking pages, once for every fetch: address, redirects, the page itself.

use std::fmt;

use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Answer, Drift, EncodeError, HttpRequest, ReadError, Reply, Scrub, Url};

use super::address::resolve;
use super::read::{PageContent, Place, read_at};
use super::secrets::LinkSecrets;
use super::settings::PageSettings;
use crate::client::USER_AGENT;
use crate::rejection::{Rejection, RejectionKind};

const NAME: &str = "tracking page";

/// A tracking page. Each fetch goes to an address of its own.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint;

impl kervan_core::Endpoint for Endpoint {
    fn name(&self) -> &'static str {
        NAME
    }
}

/// The settings hold no credentials. Those of an account link belong to its fetch.
impl Scrub for PageSettings {
    fn scrub(&self, text: &str) -> String {
        text.to_owned()
    }
}

impl kervan_core::Service for PageSettings {
    type Rejection = Rejection;
    type Endpoint = Endpoint;
    /// The address.
    type Body<'a> = Url;
    type Reading<'a> = Reading<'a>;

    fn redacted(&self) -> Self {
        self.clone()
    }

    fn user_agent(&self) -> &'static str {
        USER_AGENT
    }

    fn write(&self, _endpoint: &Endpoint, address: Url) -> Result<HttpRequest, EncodeError> {
        Ok(HttpRequest::get(address).header("Accept", "text/html"))
    }

    fn reading<'a>(&'a self, _endpoint: &'a Endpoint, reply: &'a Reply) -> Reading<'a> {
        Reading {
            settings: self,
            reply,
        }
    }
}

/// An answer that is not judged yet. It does not print the answer.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    settings: &'a PageSettings,
    reply: &'a Reply,
}

impl<'a> Reading<'a> {
    /// Returns where a redirect leads; `None` for an answer that is not a redirect.
    pub(super) fn redirect(self) -> Result<Option<&'a str>, Unreadable> {
        if !matches!(self.reply.status, 301 | 302 | 303 | 307 | 308) {
            return Ok(None);
        }
        let to = self.reply.header("location").unwrap_or_default();
        // The server's page of errors says nothing about a parcel.
        if to.to_ascii_lowercase().contains("aspxerrorpath=") {
            return Err(unexpected());
        }
        Ok(Some(to))
    }

    /// Reads the page at an address, and hides the credentials of that in it.
    pub(super) fn content(
        self,
        place: Place,
        from: &Url,
        secrets: &LinkSecrets,
    ) -> Result<Answer<PageContent>, Unreadable> {
        if !self.reply.is_success() {
            return Err(unexpected());
        }
        if from.path().to_ascii_lowercase().ends_with("/control.aspx") {
            return Ok(Answer::new(PageContent::NeedsPerson, Drift::default()));
        }
        let content_type = self.reply.header("content-type").unwrap_or_default();
        read_at(place, &self.reply.body, content_type, secrets)
    }

    /// Returns where a link or a redirect of an address leads, or the refusal to go there.
    pub(super) fn lead(
        self,
        from: &Url,
        to: &str,
        secrets: &LinkSecrets,
    ) -> Result<Url, ReadError<Rejection>> {
        resolve(self.settings, from, to, secrets).map_err(|kind| ReadError::Rejected(refusal(kind)))
    }
}

impl fmt::Debug for Reading<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading").finish_non_exhaustive()
    }
}

/// Returns the error of an answer that is not a page of the carrier.
pub(super) fn unexpected() -> Unreadable {
    Unreadable::whole(Reason::Unexpected("a tracking page".into()))
}

/// Returns the refusal to follow a page.
pub(super) fn refusal(kind: RejectionKind) -> Rejection {
    let code = match kind {
        RejectionKind::ForeignRedirect => "foreign_redirect",
        RejectionKind::RedirectWithCredentials => "redirect_with_credentials",
        _ => "endless_redirect",
    };
    Rejection::new(NAME, code, kind)
}
