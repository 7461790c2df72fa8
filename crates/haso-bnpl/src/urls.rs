//! The shop's addresses for results.

use kervan_core::Problems;
use serde::{Deserialize, Serialize};

use crate::check::Checks as _;
use crate::service::Body;

/// The shop's addresses for the results. Anybody who knows them can post to them, so put an unguessable part
/// into each. For limits it is also the only way to match a result with its request.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ResultUrls {
    /// Posted to by the browser after success. Wire: `okUrl`.
    pub ok: String,
    /// Posted to by the browser after a failure or a cancellation. Wire: `failUrl`.
    pub fail: String,
    /// Posted to by HASO until it is answered with HTTP 200. Wire: `callbackUrl`.
    pub callback: String,
}

impl ResultUrls {
    /// Creates addresses from the one that HASO posts to. Those of the browser are set one by one, and
    /// the check reports them where they are missing.
    pub fn new(callback: impl Into<String>) -> Self {
        Self {
            ok: String::new(),
            fail: String::new(),
            callback: callback.into(),
        }
    }

    pub(crate) fn check(&self, problems: &mut Problems) {
        problems.web_address("urls.ok", &self.ok);
        problems.web_address("urls.fail", &self.fail);
        problems.web_address("urls.callback", &self.callback);
    }
}

kervan_core::setters! { ResultUrls {
    /// Sets the address for the browser after success.
    ok: into String,
    /// Sets the address for the browser after a failure or a cancellation.
    fail: into String,
}}

impl<'a> Body<'a> {
    /// Adds the addresses for the results.
    pub(crate) fn result_urls(self, urls: &'a ResultUrls) -> Self {
        self.text("okUrl", &urls.ok)
            .text("failUrl", &urls.fail)
            .text("callbackUrl", &urls.callback)
    }
}

/// The addresses may hold the unguessable part.
impl std::fmt::Debug for ResultUrls {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ResultUrls").finish_non_exhaustive()
    }
}
