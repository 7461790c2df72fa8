//! The answer to a provider's server.

use std::borrow::Cow;
use std::fmt;

use axum_core::body::Body;
use axum_core::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header};

/// The answer to a provider's server: a status, a type and a body. No cache keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    status: StatusCode,
    content_type: &'static str,
    body: Cow<'static, [u8]>,
}

impl Answer {
    /// Creates an answer in plain text.
    pub fn text(status: StatusCode, body: &'static str) -> Self {
        Self::new(
            status,
            "text/plain; charset=utf-8",
            Cow::Borrowed(body.as_bytes()),
        )
    }

    pub(crate) fn new(
        status: StatusCode,
        content_type: &'static str,
        body: impl Into<Cow<'static, [u8]>>,
    ) -> Self {
        let body = body.into();
        Self {
            status,
            content_type,
            body,
        }
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the content type.
    pub fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        respond(
            self.status,
            self.body.into_owned(),
            [
                (header::CONTENT_TYPE, self.content_type),
                (header::CACHE_CONTROL, "no-store"),
                (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            ],
        )
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer")
            .field("status", &self.status)
            .field("content_type", &self.content_type)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// Makes a response with these headers and no others.
pub(crate) fn respond<const N: usize>(
    status: StatusCode,
    body: impl Into<Body>,
    headers: [(HeaderName, &'static str); N],
) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    for (name, value) in headers {
        response
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    response
}
