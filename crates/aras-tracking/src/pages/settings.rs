//! Where the pages are.

use kervan_core::{AddressError, BaseUrl};

use crate::client::{Client, ClientBuilder};
use crate::links::TRACKING;

/// Where the tracking pages are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PageEnvironment {
    /// `https://kargotakip.araskargo.com.tr`. Redirects are followed to hosts of
    /// `araskargo.com.tr`, over https, and to no others.
    Production,
    /// Another address, as a server of the program's own; over plain http too, where
    /// [`BaseUrl::over_plain_http`] made it. Redirects stay on that scheme, host and port.
    At(BaseUrl),
}

/// The settings that every fetch of a client shares. They hold no credentials: those are in account links.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct PageSettings {
    /// The address in the place of `https://kargotakip.araskargo.com.tr`.
    pub base: BaseUrl,
    /// Whether the pages are the carrier's own, so that its other hosts may be visited.
    pub(crate) is_carrier: bool,
    /// How many redirects are followed for one page. 5.
    pub max_redirects: usize,
}

impl Client<PageSettings> {
    /// Starts a client of the tracking pages.
    ///
    /// # Errors
    ///
    /// Never for the environments of this crate.
    pub fn builder(
        environment: &PageEnvironment,
    ) -> Result<ClientBuilder<PageSettings>, AddressError> {
        let (base, is_carrier) = match environment {
            PageEnvironment::Production => (BaseUrl::parse(&format!("https://{TRACKING}"))?, true),
            PageEnvironment::At(base) => (base.clone(), false),
        };
        let settings = PageSettings {
            base: base.clone(),
            is_carrier,
            max_redirects: 5,
        };
        Ok(Self::of(base, settings))
    }
}

impl ClientBuilder<PageSettings> {
    /// Sets how many redirects are followed for one page.
    pub fn max_redirects(mut self, redirects: usize) -> Self {
        self.settings.max_redirects = redirects;
        self
    }
}
