//! The transcribed tables of the providers' pages, as a list of broken rules.

use kervan_spec::wire::http::HttpText;

use crate::Request;

/// Returns every rule of the operation's table that the request breaks, as `path: message`.
pub(crate) fn broken(provider: &str, operation: &str, request: &Request) -> Vec<String> {
    // The tables name the path as the page does, so a prefix of the sandbox's own is harmless.
    let start_line = format!("{} {} HTTP/1.1", request.method, request.path);
    let mut text = HttpText::new(&start_line, &[], request.body.clone());
    text.headers.clone_from(&request.headers);
    match kervan_spec::check(provider, operation, &text) {
        Ok(findings) => findings.iter().map(ToString::to_string).collect(),
        Err(missing) => vec![format!("table: {missing}")],
    }
}

/// Returns the field that a finding calls too long.
pub(crate) fn too_long(finding: &str) -> Option<&str> {
    let (path, message) = finding.split_once(": ")?;
    message
        .contains("characters long, at most")
        .then(|| path.rsplit('.').next().unwrap_or(path))
}
