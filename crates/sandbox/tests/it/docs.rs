//! The guide names everything that the code has, and nothing else.

use std::collections::BTreeSet;

use kervan_sandbox::outbox::{How, State};
use kervan_sandbox::{Fault, aras, haso, horoz, param};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::http::Site;
use crate::program::program;
use crate::started::text;

const PAGE: &str = "docs/sandbox.md";

/// The lines of a section, up to the next heading.
fn section(heading: &str) -> Vec<String> {
    let page = text(PAGE);
    let (_, rest) = page
        .split_once(&format!("\n{heading}\n"))
        .unwrap_or_else(|| panic!("no section {heading}"));
    let lines = rest.lines().take_while(|line| !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// The cells of the rows of the table whose head begins with a cell.
fn rows(heading: &str, head: &str) -> Vec<Vec<String>> {
    let lines = section(heading);
    let cells = |line: &str| -> Vec<String> {
        let line = line.replace("\\|", "\u{1}");
        let inner = line.trim().trim_matches('|').to_owned();
        let cells = inner.split('|');
        cells
            .map(|cell| cell.trim().replace('\u{1}', "|"))
            .collect()
    };
    let mut lines = lines.iter();
    lines
        .find(|line| line.starts_with(&format!("| {head} |")))
        .unwrap_or_else(|| panic!("{heading}: no table of {head}"));
    lines
        .skip(1)
        .take_while(|line| line.starts_with('|'))
        .map(|line| cells(line))
        .collect()
}

/// The texts in backticks.
fn ticked(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names in backticks in the first cells of a table.
fn first_cells(heading: &str, head: &str) -> BTreeSet<String> {
    let rows = rows(heading, head);
    let names = rows.iter().flat_map(|row| ticked(&row[0]));
    names.map(str::to_owned).collect()
}

/// The names that an enum has in JSON: the error of an unknown one lists them.
fn names<T: DeserializeOwned>(unknown: Value) -> BTreeSet<String> {
    let error = serde_json::from_value::<T>(unknown).err();
    listed(&error.unwrap().to_string())
}

fn listed(error: &str) -> BTreeSet<String> {
    let (_, names) = error.split_once("expected one of").unwrap();
    ticked(names).map(str::to_owned).collect()
}

#[test]
fn the_guide_has_every_fault_rule_and_state_of_a_callback() {
    let faults = first_cells("## Faults", "fault");
    assert_eq!(faults, names::<Fault>(json!("?")));
    let rules = first_cells("## Callbacks", "`how`");
    assert_eq!(rules, names::<How>(json!("?")));
    let states = first_cells("## Callbacks", "`state`");
    assert_eq!(states, names::<State>(json!("?")));
}

/// Compares the steps of one provider, and reads each example.
fn check_steps<S: DeserializeOwned>(provider: &str) {
    let heading = format!("### Steps of {provider}");
    let steps = first_cells(&heading, "step");
    assert_eq!(steps, names::<S>(json!({"step": "?"})), "{provider}");
    for row in rows(&heading, "step") {
        let name = ticked(&row[0]).next().unwrap();
        let example = ticked(&row[2]).next().unwrap();
        let value: Value = serde_json::from_str(example).unwrap();
        assert_eq!(value["step"], name);
        let read = serde_json::from_value::<S>(value);
        assert!(read.is_ok(), "{example}: {:?}", read.err());
    }
}

#[test]
fn the_guide_has_every_step_with_an_example_that_is_read() {
    check_steps::<param::Step>("Param");
    check_steps::<haso::Step>("HASO");
    check_steps::<horoz::Step>("Horoz");
    check_steps::<aras::Step>("Aras");
    let stages = names::<aras::Stage>(json!("?"));
    let rows = rows("## States and waiting", "provider");
    let shown: BTreeSet<String> = rows
        .iter()
        .filter(|row| row[0] == "Aras" && row[1].starts_with("parcel"))
        .flat_map(|row| ticked(&row[2]).map(str::to_owned))
        .collect();
    assert_eq!(shown, stages);
}

#[test]
fn the_guide_has_every_change_of_the_clock() {
    let site = Site::start();
    let refused = site.control("/clock", r#"{"?": 1}"#);
    let changes = listed(refused.json()["error"].as_str().unwrap());
    let mut shown = BTreeSet::new();
    for body in first_cells("## Clock", "body") {
        let value: Value = serde_json::from_str(&body).unwrap();
        shown.extend(value.as_object().unwrap().keys().cloned());
        // Nothing has happened in this world, so that its clock may go back.
        assert_eq!(site.control("/clock", &body).status, 200, "{body}");
    }
    assert_eq!(shown, changes);
}

#[test]
fn the_guide_has_every_flag() {
    let source = include_str!("../../src/bin/kervan-sandbox/options.rs");
    let (source, _) = source.split_once("#[cfg(test)]").unwrap();
    let named = |mark: &'static str| {
        let parts = source.split(mark).skip(1);
        parts.filter_map(|part| part.split(['"', '\'']).next())
    };
    let mut flags: BTreeSet<String> = named("Arg::Long(\"").map(|it| format!("--{it}")).collect();
    flags.extend(named("Arg::Short('").map(|it| format!("-{it}")));
    let shown = first_cells("## Flags and exit codes", "flag");
    let of_page = |flag: &String| flag.split(' ').next().unwrap().to_owned();
    let shown: BTreeSet<String> = shown.iter().map(of_page).collect();
    assert_eq!(shown, flags);
    for language in ["en", "tr"] {
        let help = program(&["--help", "--lang", language]).output().unwrap();
        let help = String::from_utf8(help.stdout).unwrap();
        let words = help.split(|letter: char| letter.is_whitespace() || letter == ',');
        let words = words.filter(|word| word.starts_with('-'));
        let words: BTreeSet<String> = words.map(str::to_owned).collect();
        assert_eq!(words, flags, "{language}");
    }
}

#[test]
fn the_guide_has_every_name_of_a_login() {
    let site = Site::start();
    let logins = site.ask("")["logins"].clone();
    let mut names = BTreeSet::new();
    for (provider, login) in logins.as_object().unwrap() {
        let of_login = login.as_object().unwrap().keys();
        names.extend(of_login.map(|name| (provider.clone(), name.clone())));
    }
    let shown: BTreeSet<(String, String)> = rows("### Names of logins", "provider")
        .iter()
        .map(|row| (row[0].to_lowercase(), row[1].trim_matches('`').to_owned()))
        .collect();
    assert_eq!(shown, names);
}

/// The addresses in the arms of a `match` over a method and the parts of a path.
fn addresses(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let arms = source.lines().filter_map(|line| {
        let (arm, _) = line.trim().strip_prefix("(\"")?.split_once(") =>")?;
        arm.split_once("\", ")
    });
    for (method, patterns) in arms {
        for pattern in patterns.split(" | ") {
            let parts = pattern.trim_matches(['[', ']']).split(", ");
            let parts = parts.filter(|part| !part.is_empty());
            let part = |part: &str| match part.strip_prefix('"') {
                Some(literal) => literal.trim_end_matches('"').to_owned(),
                None => format!("{{{part}}}"),
            };
            let parts: Vec<String> = parts.map(part).collect();
            found.insert(format!("{method} /{}", parts.join("/")));
        }
    }
    found
}

#[test]
fn the_guide_has_every_address_of_the_control_api() {
    let server = addresses(include_str!("../../src/server/manage.rs"));
    let world = addresses(include_str!("../../src/control.rs"));
    assert!(server.len() > 4 && world.len() > 10, "{server:?} {world:?}");
    let lines = section("## Control API").join("\n");
    let (_, of_server) = lines.split_once("Addresses of the server").unwrap();
    let (of_server, of_world) = of_server.split_once("Addresses of a world").unwrap();
    let (of_world, _) = of_world.split_once("A record of the log").unwrap();
    let first = |table: &str| -> BTreeSet<String> {
        let rows = table.lines().filter(|line| line.starts_with("| `"));
        rows.filter_map(|row| ticked(row).next().map(str::to_owned))
            .collect()
    };
    assert_eq!(first(of_server), server);
    assert_eq!(first(of_world), world);
}
