//! The hosts of the tracking pages.

/// The host of the documented tracking pages.
pub(crate) const TRACKING: &str = "kargotakip.araskargo.com.tr";

/// The host of the newer page for recipients.
pub(super) const EBRANCH: &str = "ebranch.araskargo.com.tr";
