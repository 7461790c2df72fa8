//! The page of all writes: class, and what settles each.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use contract_kit::case;
use contract_kit::json::Node;
use kervan_core::Class;

use super::GENERATED;
use crate::contract::registry::{self, Row, Settling};

/// Classes, and the rules that follow from them.
const CLASSES: [(Class, &str, &str, &str); 6] = [
    (
        Class::Keyed,
        "the own key, or \"it exists\" after a try that was sent",
        "a refusal of the contents",
        "yes: same key, same contents",
    ),
    (
        Class::State,
        "the object is in the wanted state, whoever did it",
        "the old state, after the settling time",
        "yes, if no other write on the object lies between",
    ),
    (
        Class::Delta,
        "a row or a sum that the baseline does not have",
        "equal to the baseline, after the settling time",
        "only on that proof",
    ),
    (
        Class::Start,
        "the query by the own key, where there is one",
        "the query says that it failed; not found stays open",
        "never; a new start under a new key is safe at once",
    ),
    (
        Class::Charge,
        "the query by the own key",
        "the query says that it failed; not found stays open",
        "never under the same key",
    ),
    (Class::Blind, "–", "–", "never; a person decides"),
];

pub(super) fn page(rows: &[Row]) -> Result<String, String> {
    let mut page = format!(
        "# Writes\n\n{GENERATED}\n\n## Classes\n\n\
         | class | \"done\" is proven by | \"not done\" is proven by | sent again |\n|---|---|---|---|\n"
    );
    for (class, done, not_done, again) in CLASSES {
        let name = class.name();
        let _ = writeln!(page, "| {name} | {done} | {not_done} | {again} |");
    }
    page.push_str(
        "\nThe settling time is `Config::settling`, 10 minutes by default. It counts from the latest moment at which\n\
         the attempt can have been sent, one minute after its preparation. [Errors](../errors.md) shows the calls.\n\n\
         ## Which write has which class, and what settles it\n\n\
         A write with two classes takes one by its values, such as a payment with and without 3-D. \"Nothing\" means\n\
         that no call of the provider shows what became of the write. Raw calls are not in the table. Those of Aras\n\
         read, and all others are blind.\n\n\
         | crate | write | request type | class | settled by |\n|---|---|---|---|---|\n",
    );
    let calls = calls()?;
    for row in rows.iter().filter(|row| row.effect == "write") {
        let operations = row.wire.split(", ");
        let texts = operations
            .filter_map(|operation| calls.get(&(row.package.clone(), operation.to_owned())))
            .flatten();
        let settlings: Vec<_> = texts.filter_map(|text| (row.settling)(text)).collect();
        let (classes, read_backs) = summary(row, &settlings);
        let _ = writeln!(
            page,
            "| `{}` | `{}` | `{}` | {classes} | {read_backs} |",
            row.package, row.wire, row.request
        );
    }
    Ok(page)
}

/// Classes and read-backs of a row, each once, as its cases show them.
fn summary(row: &Row, settlings: &[Settling]) -> (String, String) {
    let mut classes: Vec<_> = settlings.iter().map(|s| s.class.name()).collect();
    classes.sort_unstable();
    classes.dedup();
    if classes.is_empty() {
        // A call without cases of its own, as a raw one.
        return (Class::Blind.name().to_owned(), "nothing".to_owned());
    }
    let mut read_backs: Vec<_> = settlings.iter().filter_map(|s| s.read_back).collect();
    read_backs.extend(row.second);
    read_backs.sort_unstable();
    read_backs.dedup();
    let read_backs = match read_backs.as_slice() {
        [] if classes == ["keyed"] => "the same request, sent again".to_owned(),
        [] if row.is_settled => return by_values(&classes.join(" or ")),
        [] => "nothing".to_owned(),
        names => names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", "),
    };
    (classes.join(" or "), read_backs)
}

/// Returns the cells of a write whose cases leave out the values by which it can be settled.
fn by_values(classes: &str) -> (String, String) {
    let classes = format!("{classes}, or another with its optional values");
    let read_backs = "nothing, or with these values the call that its type names";
    (classes, read_backs.to_owned())
}

/// Returns the requests of all cases, by crate and operation.
fn calls() -> Result<BTreeMap<(String, String), Vec<String>>, String> {
    let loaded = case::load(&case::default_root());
    if let Some(problem) = loaded.problems.first() {
        return Err(format!("{}: {}", problem.path.display(), problem.message));
    }
    let mut calls: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for case in &loaded.cases {
        if let Some(call) = &case.call {
            let key = (case.provider.clone(), case.operation.clone());
            calls.entry(key).or_default().push(Node::to_pretty(call));
        }
    }
    Ok(calls)
}

/// Returns the writes that a type says can be settled, and that the page would call settled by nothing.
pub(crate) fn unsettled(text: &str) -> Vec<&str> {
    let rows = registry::rows();
    let settled = |name: &str| rows.iter().any(|row| row.is_settled && row.request == name);
    text.lines()
        .filter_map(|line| {
            line.strip_prefix("impl Settle for ")?
                .split([' ', '{'])
                .next()
        })
        .filter(|name| !settled(name))
        .collect()
}
