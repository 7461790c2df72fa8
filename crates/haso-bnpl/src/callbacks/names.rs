//! The names of a form's fields as paths into a document: `Data[0].Key`, `Data["CustomerId"]`.

use kervan_wire::tree::Value;

use crate::received::names::canonical;

/// The most steps of a path.
const MAX_STEPS: usize = 8;
/// The highest index of a list.
const MAX_INDEX: usize = 1023;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Name(String),
    Index(usize),
    /// `[]`: one more entry.
    Next,
}

/// Splits a name into its steps; a name in another form is one step.
fn steps(name: &str) -> Vec<Step> {
    parse(name).unwrap_or_else(|| vec![Step::Name(canonical(name).to_owned())])
}

fn parse(name: &str) -> Option<Vec<Step>> {
    let mut steps = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        if steps.len() == MAX_STEPS {
            return None;
        }
        if let Some(inner) = rest.strip_prefix('[') {
            let (key, after) = inner.split_once(']')?;
            let key = key.trim_matches(['"', '\'']);
            steps.push(match key.parse::<usize>() {
                Ok(index) if index <= MAX_INDEX => Step::Index(index),
                Ok(_) => return None,
                Err(_) if key.is_empty() => Step::Next,
                Err(_) => Step::Name(canonical(key).to_owned()),
            });
            rest = after;
            continue;
        }
        let plain = rest.strip_prefix('.').unwrap_or(rest);
        let end = plain.find(['.', '[']).unwrap_or(plain.len());
        if end == 0 {
            return None;
        }
        steps.push(Step::Name(canonical(&plain[..end]).to_owned()));
        rest = &plain[end..];
    }
    matches!(steps.first(), Some(Step::Name(_))).then_some(steps)
}

/// Makes one object of all fields. A duplicate field is in it twice, except for the
/// texts of `Errors`, which may repeat.
pub(super) fn object<'a>(fields: impl Iterator<Item = (&'a str, &'a str)>) -> Value {
    let mut root = Vec::new();
    for (name, text) in fields {
        put(&mut root, &steps(name), text);
    }
    let mut errors = Vec::new();
    let mut members = Vec::new();
    for (step, node) in root {
        match (step, node) {
            (Step::Name(name), Node::Text(text)) if name == "Errors" => {
                errors.push(Value::Text(text));
            }
            (Step::Name(name), node) => members.push((name, node.value())),
            (Step::Index(_) | Step::Next, _) => {}
        }
    }
    match errors.len() {
        0 => {}
        1 => members.extend(errors.pop().map(|only| ("Errors".to_owned(), only))),
        _ => members.push(("Errors".to_owned(), Value::List(errors))),
    }
    Value::Object(members)
}

enum Node {
    Text(String),
    Inner(Vec<(Step, Node)>),
}

impl Node {
    fn value(self) -> Value {
        let mut entries = match self {
            Self::Text(text) => return Value::Text(text),
            Self::Inner(entries) => entries,
        };
        let is_list = |step: &Step| matches!(step, Step::Index(_) | Step::Next);
        if entries.iter().all(|(step, _)| is_list(step)) {
            entries.sort_by_key(|(step, _)| match step {
                Step::Index(index) => *index,
                _ => usize::MAX,
            });
            return Value::List(entries.into_iter().map(|(_, node)| node.value()).collect());
        }
        let members = entries.into_iter().map(|(step, node)| {
            let name = match step {
                Step::Name(name) => name,
                Step::Index(index) => index.to_string(),
                Step::Next => String::new(),
            };
            (name, node.value())
        });
        Value::Object(members.collect())
    }
}

fn put(entries: &mut Vec<(Step, Node)>, steps: &[Step], text: &str) {
    let Some((step, rest)) = steps.split_first() else {
        return;
    };
    if rest.is_empty() {
        entries.push((step.clone(), Node::Text(text.to_owned())));
        return;
    }
    let existing = entries.iter_mut().find_map(|(own, node)| match node {
        Node::Inner(inner) if own == step && *step != Step::Next => Some(inner),
        _ => None,
    });
    if let Some(inner) = existing {
        put(inner, rest, text);
    } else {
        let mut inner = Vec::new();
        put(&mut inner, rest, text);
        entries.push((step.clone(), Node::Inner(inner)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(fields: &[(&str, &str)]) -> String {
        object(fields.iter().copied()).to_json()
    }

    #[test]
    fn reads_every_way_to_write_a_path() {
        for name in [
            "Data.customerid",
            "data[CustomerId]",
            "Data[\"CustomerId\"]",
            "Data['customerId']",
        ] {
            assert_eq!(
                json(&[(name, "1")]),
                r#"{"Data":{"CustomerId":"1"}}"#,
                "{name}"
            );
        }
        assert_eq!(
            json(&[
                ("Data[1].Key", "b"),
                ("Data[0].Key", "a"),
                ("Data[0].Value", "x"),
                ("Data[1].Value", "y")
            ]),
            r#"{"Data":[{"Key":"a","Value":"x"},{"Key":"b","Value":"y"}]}"#
        );
        assert_eq!(
            json(&[("Errors", "a"), ("errors", "b")]),
            r#"{"Errors":["a","b"]}"#
        );
        assert_eq!(
            json(&[("Errors[]", "a"), ("Errors[]", "b")]),
            r#"{"Errors":["a","b"]}"#
        );
        assert_eq!(
            json(&[("Errors[1]", "b"), ("Errors[0]", "a")]),
            r#"{"Errors":["a","b"]}"#
        );
    }

    #[test]
    fn a_name_in_another_form_is_a_name() {
        for name in ["[0]", "a[", "a..b", ".", "a[5000]", "", "a.b.c.d.e.f.g.h.i"] {
            let wanted = format!("{{{name:?}:\"1\"}}");
            assert_eq!(json(&[(name, "1")]), wanted, "{name}");
        }
    }

    #[test]
    fn what_repeats_stays_twice() {
        assert_eq!(
            json(&[("Success", "true"), ("success", "false")]),
            r#"{"Success":"true","Success":"false"}"#
        );
        assert_eq!(
            json(&[("Data.x", "1"), ("Data", "2")]),
            r#"{"Data":{"x":"1"},"Data":"2"}"#
        );
    }
}
