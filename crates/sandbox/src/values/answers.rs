//! Answers that no provider gives: what the sandbox says about itself.

use crate::{Answer, Request};

/// No operation of the provider has this path.
pub(crate) fn unknown(request: &Request) -> Answer {
    let path = path(request);
    plain(
        404,
        &format!("unknown operation: {} {path}", request.method),
    )
}

/// The operation exists at the provider, but not here.
pub(crate) fn not_simulated(operation: &str) -> Answer {
    plain(501, &format!("not simulated: {operation}"))
}

/// The body cannot be read, and no page describes the provider's answer to that.
pub(crate) fn unreadable(operation: &str) -> Answer {
    plain(400, &format!("unreadable: {operation}"))
}

/// Returns the path without its query.
pub(crate) fn path(request: &Request) -> &str {
    request.path.split('?').next().unwrap_or_default()
}

/// Returns the first header of that name, in any letter case.
pub(crate) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut headers = request.headers.iter();
    headers
        .find(|(listed, _)| listed.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}

fn plain(status: u16, text: &str) -> Answer {
    let body = format!("sandbox: {text}");
    Answer::new(status, "text/plain; charset=utf-8", body).refusing("", text)
}
