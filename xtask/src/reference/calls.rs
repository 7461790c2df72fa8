//! The calls of all crates, as the first line of each call's file tells them.

use crate::util::{files, has_extension, read};

/// Forms in which a call travels.
const FORMS: [&str; 4] = ["JSON", "SOAP", "form", "link"];
const EFFECTS: [&str; 2] = ["read", "write"];

/// A call, from the first line of its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Call {
    /// The file's path from the root.
    pub(crate) path: String,
    /// The package's folder below `crates`.
    pub(crate) package: String,
    /// The type that implements `Operation`.
    pub(crate) request: String,
    pub(crate) headline: Headline,
}

/// What the first line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) summary: String,
    pub(crate) wire: String,
    pub(crate) form: String,
    pub(crate) effect: String,
}

/// Every file that implements an operation, by path.
pub(crate) fn all() -> Result<Vec<Call>, String> {
    let mut calls = Vec::new();
    for path in files()? {
        let Some(package) = package_of(&path) else {
            continue;
        };
        let text = read(&path)?;
        if let (Some(request), Some(headline)) = (operation_of(&text), headline_of(&text)) {
            calls.push(Call {
                package: package.to_owned(),
                request: request.to_owned(),
                headline,
                path,
            });
        }
    }
    Ok(calls)
}

/// The package's folder of a source file of a provider crate.
pub(crate) fn package_of(path: &str) -> Option<&str> {
    let (package, rest) = path.strip_prefix("crates/")?.split_once('/')?;
    let is_source = rest.starts_with("src/") && has_extension(rest, "rs");
    (is_source && package != "core").then_some(package)
}

/// The type for which a file implements `Operation`.
pub(crate) fn operation_of(text: &str) -> Option<&str> {
    text.lines().find_map(|line| {
        let (before, after) = line.split_once(" Operation for ")?;
        let generic = before.starts_with("impl<") && before.ends_with('>');
        (before == "impl" || generic)
            .then(|| after.split([' ', '<', '{']).next())
            .flatten()
    })
}

/// Reads `//! Creates an order. Wire: `createOrder` (JSON, write).`
pub(crate) fn headline_of(text: &str) -> Option<Headline> {
    let line = text.lines().next()?.strip_prefix("//! ")?;
    let (summary, rest) = line.split_once(" Wire: `")?;
    let (wire, rest) = rest.split_once("` (")?;
    let (form, effect) = rest.strip_suffix(").")?.split_once(", ")?;
    let is_known = FORMS.contains(&form) && EFFECTS.contains(&effect);
    (is_known && !summary.is_empty() && !wire.is_empty()).then(|| Headline {
        summary: summary.to_owned(),
        wire: wire.to_owned(),
        form: form.to_owned(),
        effect: effect.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_first_line_of_a_call() {
        let text = "//! Creates an order. Wire: `createOrder` (JSON, write).\n";
        let headline = headline_of(text).unwrap();
        assert_eq!(headline.summary, "Creates an order.");
        assert_eq!(headline.wire, "createOrder");
        assert_eq!(
            (headline.form.as_str(), headline.effect.as_str()),
            ("JSON", "write")
        );
    }

    #[test]
    fn refuses_lines_of_another_form() {
        for line in [
            "//! Creates an order.",
            "//! Creates an order. Wire: createOrder (JSON, write).",
            "//! Creates an order. Wire: `createOrder` (XML, write).",
            "//! Creates an order. Wire: `createOrder` (JSON, delete).",
            "//! Creates an order. Wire: `createOrder` (JSON, write)",
            "// Creates an order. Wire: `createOrder` (JSON, write).",
            "",
        ] {
            assert_eq!(headline_of(line), None, "{line}");
        }
    }

    #[test]
    fn finds_the_type_that_is_an_operation() {
        let text = "struct A;\nimpl Operation for A {\n";
        assert_eq!(operation_of(text), Some("A"));
        let generic = "impl<P: Q, const N: u16> Operation for A<P, N> {\n";
        assert_eq!(operation_of(generic), Some("A"));
        assert_eq!(operation_of("// impl Operation for A {\n"), None);
    }

    #[test]
    fn only_sources_of_providers_hold_calls() {
        assert_eq!(package_of("crates/a-b/src/x/y.rs"), Some("a-b"));
        assert_eq!(package_of("crates/core/src/x.rs"), None);
        assert_eq!(package_of("crates/a-b/tests/x.rs"), None);
        assert_eq!(package_of("crates/a-b/src/NOTICE"), None);
    }
}
