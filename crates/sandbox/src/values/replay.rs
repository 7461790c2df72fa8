//! The requests of the recorded cases, to be played at a world.

use std::fs;

use fixtures::case::default_root;
use fixtures::http::HttpText;

use crate::Request;

/// Every request of a case whose name begins with `success`, with the case's name.
pub(crate) fn successes(provider: &str, operations: &[&str]) -> Vec<(String, Request)> {
    let mut found = Vec::new();
    let root = default_root().join(provider);
    for operation in fs::read_dir(root).unwrap().flatten() {
        let name = operation.file_name().into_string().unwrap();
        if !operations.is_empty() && !operations.contains(&name.as_str()) {
            continue;
        }
        for case in fs::read_dir(operation.path()).unwrap().flatten() {
            let case_name = case.file_name().into_string().unwrap();
            let file = case.path().join("request.http");
            if !case_name.starts_with("success") || !file.exists() {
                continue;
            }
            let text = HttpText::parse(&fs::read(file).unwrap()).unwrap();
            let (method, path) = text.request_line().unwrap();
            let request = Request {
                method: method.to_owned(),
                path: path.to_owned(),
                headers: text.headers.clone(),
                body: text.body.clone(),
            };
            found.push((format!("{name}/{case_name}"), request));
        }
    }
    found.sort_by(|one, other| one.0.cmp(&other.0));
    assert!(!found.is_empty(), "{provider}");
    found
}
