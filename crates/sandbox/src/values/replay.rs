//! The cases of the fixtures, to be played at a world, and the shapes of their answers.

use std::collections::BTreeSet;

use contract_kit::case;
use serde_json::Value;

use super::xml::{self, Element};
use crate::{Answer, Request};

/// A case with its request and the provider's answer.
pub(crate) struct Case {
    /// The operation and the case, as `GetToken/success`.
    pub(crate) name: String,
    pub(crate) request: Request,
    pub(crate) answer: Answer,
}

/// Every case with a request whose name begins with `success`. Without operations: all of them.
pub(crate) fn successes(provider: &str, operations: &[&str]) -> Vec<Case> {
    let is_asked = |name: &str| operations.is_empty() || operations.contains(&name);
    cases(provider, |case| {
        case.name.starts_with("success") && is_asked(&case.operation)
    })
}

/// Every case with a request and an answer that is from the provider, or whose name begins with
/// `success`.
pub(crate) fn documented(provider: &str) -> Vec<Case> {
    cases(provider, |case| {
        case.about.provenance != case::Provenance::Synthetic || case.name.starts_with("success")
    })
}

/// The bodies of the posts that a provider sends, by the names of their cases.
pub(crate) fn posts(provider: &str) -> Vec<(String, Vec<u8>)> {
    let loaded = case::load_of(&case::default_root(), provider);
    let posts = loaded.cases.into_iter().filter_map(|case| {
        let name = format!("{}/{}", case.operation, case.name);
        Some((name, case.callback?.body))
    });
    posts.collect()
}

fn cases(provider: &str, is_wanted: impl Fn(&case::Case) -> bool) -> Vec<Case> {
    let loaded = case::load_of(&case::default_root(), provider);
    let cases = loaded.cases.iter().filter(|case| is_wanted(case));
    let found: Vec<_> = cases.filter_map(read).collect();
    assert!(!found.is_empty(), "{provider}");
    found
}

/// Plays cases, and compares the shape of each answer with that of the case. A case has the provider's shape,
/// or it is one of the known differences: `operation/case`, or `*/case` for every operation, with the
/// reason.
///
/// `play` gets a case and whether its difference is known. It answers, and checks what is its provider's
/// own. Prints how many cases were played, how many had the provider's shape, and the differences.
pub(crate) fn compare(
    provider: &str,
    cases: &[Case],
    differences: &[(&str, &str)],
    shape: impl Fn(&Answer) -> BTreeSet<String>,
    mut play: impl FnMut(&Case, bool) -> Answer,
) {
    let mut same = 0;
    let mut met = vec![0; differences.len()];
    let mut wrong = Vec::new();
    for case in cases {
        let name = case.name.as_str();
        let is_it = |listed: &str| match listed.strip_prefix('*') {
            Some(family) => name.ends_with(family),
            None => listed == name,
        };
        let known = differences.iter().position(|(listed, _)| is_it(listed));
        let ours = shape(&play(case, known.is_some()));
        let theirs = shape(&case.answer);
        match (ours == theirs, known) {
            (true, None) => same += 1,
            (false, Some(at)) => met[at] += 1,
            (true, Some(_)) => wrong.push(format!("{name} does not differ any more")),
            (false, None) => {
                let more: Vec<_> = ours.difference(&theirs).collect();
                let less: Vec<_> = theirs.difference(&ours).collect();
                wrong.push(format!("{name}\n    more: {more:?}\n    less: {less:?}"));
            }
        }
    }
    let listed = differences.iter().zip(met);
    let listed = listed.filter(|(_, count)| *count == 0);
    wrong.extend(listed.map(|((listed, _), _)| format!("{listed}: no case differs so")));
    println!(
        "{provider}: {} cases played, {same} of the same shape, {} known differences",
        cases.len(),
        cases.len() - same
    );
    for (case, reason) in differences {
        println!("    {case}: {reason}");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Prints which codes of a provider's pages are reached by a rule, by the fault script, and by neither.
pub(crate) fn print_codes(provider: &str, by_rule: &[&str], by_fault: &[&str], neither: &[&str]) {
    println!("{provider}: codes by a rule: {}", by_rule.join(", "));
    println!(
        "{provider}: codes by the fault script: {}",
        by_fault.join(", ")
    );
    println!("{provider}: codes by neither: {}", neither.join(", "));
}

/// Returns a case with its request and answer; `None` for one that lacks either.
pub(crate) fn read(case: &case::Case) -> Option<Case> {
    let (request, response) = (case.request.as_ref()?, case.response.as_ref()?);
    let (method, path) = request.request_line().unwrap();
    Some(Case {
        name: format!("{}/{}", case.operation, case.name),
        request: Request {
            method: method.to_owned(),
            path: path.to_owned(),
            headers: request.headers.clone(),
            body: request.body.clone(),
        },
        answer: Answer {
            status: response.status().unwrap(),
            headers: response.headers.clone(),
            body: response.body.clone(),
            refused: None,
        },
    })
}

/// Returns the paths of an answer's values with their kinds: `Data.token text`. JSON or XML in a text
/// counts as what it holds.
pub(crate) fn shape(answer: &Answer) -> BTreeSet<String> {
    let mut found = BTreeSet::from([format!("status {}", answer.status)]);
    if let Ok(value) = serde_json::from_slice(&answer.body) {
        walk("", &value, &mut found);
    } else if let Some(element) = xml::call(&answer.body) {
        walk_element("", &element, &mut found);
    } else {
        let names = answer
            .headers
            .iter()
            .map(|(name, _)| format!("header {name}"));
        found.extend(names);
    }
    found
}

fn walk(path: &str, value: &Value, found: &mut BTreeSet<String>) {
    let kind = match value {
        Value::Object(members) => {
            for (name, member) in members {
                walk(&format!("{path}.{name}"), member, found);
            }
            return;
        }
        Value::Array(rows) => {
            for row in rows {
                walk(&format!("{path}[]"), row, found);
            }
            "list"
        }
        Value::String(text) => {
            if text.starts_with('{')
                && let Ok(inner) = serde_json::from_str(text)
            {
                walk(&format!("{path}(text)"), &inner, found);
                return;
            }
            "text"
        }
        Value::Number(_) => "number",
        Value::Bool(_) => "flag",
        Value::Null => "null",
    };
    found.insert(format!("{} {kind}", path.trim_start_matches('.')));
}

fn walk_element(path: &str, element: &Element, found: &mut BTreeSet<String>) {
    let path = format!("{path}/{}", element.name);
    for child in &element.children {
        walk_element(&path, child, found);
    }
    let text = element.text.trim();
    if text.starts_with('{')
        && let Ok(inner) = serde_json::from_str(text)
    {
        walk(&format!("{path}(text)"), &inner, found);
    } else if text.starts_with('<')
        && let Some(inner) = xml::read(text)
    {
        walk_element(&format!("{path}(text)"), &inner, found);
    }
    found.insert(path);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(name: &str) -> Case {
        Case {
            name: name.to_owned(),
            request: Request::new("GET", "/", &[], ""),
            answer: Answer::new(200, "", r#"{"a": 1}"#),
        }
    }

    fn is_refused(cases: &[&str], differences: &[(&str, &str)], body: &'static str) -> bool {
        let cases: Vec<Case> = cases.iter().map(|name| case(name)).collect();
        let compare = || {
            compare("test", &cases, differences, shape, |_, _| {
                Answer::new(200, "", body)
            });
        };
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(compare)).is_err()
    }

    #[test]
    fn a_case_has_the_shape_or_a_known_difference_and_every_difference_is_met() {
        let (equal, other) = (r#"{"a": 2}"#, r#"{"a": "2"}"#);
        let known = [("X/one", "a reason")];
        let family = [("*/one", "a reason")];
        assert!(!is_refused(&["X/one"], &[], equal));
        assert!(is_refused(&["X/one"], &[], other));
        assert!(!is_refused(&["X/one"], &known, other));
        assert!(is_refused(&["X/one"], &known, equal));
        assert!(is_refused(&["X/two"], &known, equal));
        assert!(!is_refused(&["X/one", "Y/one"], &family, other));
        assert!(is_refused(&["X/one", "X/done"], &family, other));
    }
}
