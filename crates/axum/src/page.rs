//! Responses for the customer's browser.

use std::fmt;

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use kervan_core::{BaseUrl, Personal};

use crate::answer::respond;

/// The page for a person whose browser posted something that cannot be read. It repeats nothing of it.
const NOT_READ: &str = "<!DOCTYPE html>\n<html lang=\"tr\">\n<head>\n<meta charset=\"utf-8\">\n\
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>Ödeme</title>\n</head>\n<body>\n\
<p>Bankadan dönen bilgi okunamadı. Ödemenizin durumunu sipariş sayfanızda görebilirsiniz. Yeniden ödemeyin.</p>\n\
<p lang=\"en\">The bank's answer could not be read. Your order's page shows the state of your payment. Do not pay \
again.</p>\n</body>\n</html>\n";

/// Makes a page that no cache keeps and no other page frames. A page with more than texts sets a policy of its own.
pub(crate) fn page(status: StatusCode, html: impl Into<Body>) -> Response {
    respond(
        status,
        html,
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (
                header::CONTENT_SECURITY_POLICY,
                "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
            ),
        ],
    )
}

pub(crate) fn not_read(status: StatusCode) -> Response {
    page(status, NOT_READ)
}

/// Leads a browser to another page of the shop with GET, so that a reload does not post again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeeOther(Option<HeaderValue>);

impl SeeOther {
    /// Takes a path of the shop's own, as `/orders/17`. Anything else leads nowhere, with status 500: an address of
    /// another site, or a text that no header can hold.
    pub fn path(path: &str) -> Self {
        let is_own = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
        Self(HeaderValue::from_str(path).ok().filter(|_| is_own))
    }
}

impl IntoResponse for SeeOther {
    fn into_response(self) -> Response {
        self.0.map_or_else(
            || page(StatusCode::INTERNAL_SERVER_ERROR, Body::empty()),
            see_other,
        )
    }
}

/// Leads a browser to a provider's page with GET: the address of a payment, of BKM, of a modal page, of a limit
/// request. It is valid once, so no cache keeps it and no page is told where the browser came from.
///
/// Browsers apply `form-action` to a redirect after a form: the policy of the page with the form has to name the
/// provider's host.
#[derive(Clone, PartialEq, Eq)]
pub struct Visit(HeaderValue);

impl Visit {
    /// Takes an address of an answer, as `VisitUrl::url`, `BrowserAddress::url` or `LimitLink::url`. `None` unless it
    /// is https, or http to this machine.
    pub fn new(url: &Personal) -> Option<Self> {
        let url = url.as_str();
        let (scheme, rest) = url.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        BaseUrl::parse(&[scheme, "://", host].concat()).ok()?;
        let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic());
        let location = HeaderValue::from_str(url).ok()?;
        is_plain.then_some(Self(location))
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit").finish_non_exhaustive()
    }
}

impl IntoResponse for Visit {
    fn into_response(self) -> Response {
        see_other(self.0)
    }
}

fn see_other(location: HeaderValue) -> Response {
    let mut response = respond(
        StatusCode::SEE_OTHER,
        "",
        [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "no-referrer"),
        ],
    );
    response.headers_mut().insert(header::LOCATION, location);
    response
}
