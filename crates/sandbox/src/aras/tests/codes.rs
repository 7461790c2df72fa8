//! The documented codes: which a rule reaches, and which nothing reaches.

use std::collections::BTreeSet;

use super::query::{LOGIN, query_as};
use super::register::{RULES, broken, order, set_request};
use super::*;

/// The codes of `SetOrder` in both lists.
const OF_SET_ORDER: &str = "934 935 936 937 938 939 940 941 942 1000 1001 1002 1003 1006 5000 5001 \
    5002 5003 5004 5005 5006 5007 5008 60020 60021 60022 70018 70019 70020 70021 70022 70023 70024 \
    70025 70026 70027 70028 70029 70030 70031 70032 70033 70034 70035 70121";

/// The codes of `CancelDispatch` but success.
const OF_CANCEL: &str = "1 936 999 -1 -2";

/// The faults of both services.
const OF_QUERIES: &str = "s:Client a:InternalServiceFault a:ActionNotSupported soap:Client";

/// Codes that neither a rule nor the fault script reaches, with the reason.
const UNREACHED: &[(&str, &str, &str)] = &[
    (
        "SetOrder",
        "1001",
        "an error of Aras' own, or the account's data",
    ),
    (
        "SetOrder",
        "1002",
        "the account has no branch, or an error of Aras' own",
    ),
    ("SetOrder", "1003", "the account has no branch"),
    ("SetOrder", "1006", "the world has no registered addresses"),
    ("SetOrder", "5000", "an error of Aras' own"),
    ("SetOrder", "5001", "an error of Aras' own"),
    ("SetOrder", "5002", "an error of Aras' own"),
    ("SetOrder", "5003", "an error of Aras' own"),
    ("SetOrder", "5004", "an error of Aras' own"),
    ("SetOrder", "5005", "an error of Aras' own"),
    ("SetOrder", "5006", "an error of Aras' own"),
    ("SetOrder", "5007", "an error of Aras' own"),
    ("SetOrder", "5008", "an error of Aras' own"),
    ("SetOrder", "70025", "no field says that a parcel is a file"),
    (
        "SetOrder",
        "70031",
        "a scan of the branch before the waybill, which the world does not have",
    ),
    (
        "CancelDispatch",
        "1",
        "a second code of success, and nothing says when",
    ),
    ("CancelDispatch", "936", "an error of Aras' own"),
];

fn code(world: &mut Aras, request: &Request) -> String {
    let (answer, effects) = world.handle(request, NOON, &mut Chance::new(1));
    assert_eq!(effects, []);
    let refused = answer.refused.clone().unwrap();
    assert!(!refused.rule.is_empty());
    // The code is on the wire, where it has one.
    assert!(answer.text().contains(&refused.code), "{refused:?}");
    refused.code
}

fn of_set_order() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for list in [CodeList::Printed, CodeList::Later] {
        let new = || {
            let mut world = Aras::demo();
            world.settings_mut().codes = list;
            world
        };
        for (from, to, ..) in RULES {
            let mut world = new();
            world.barcodes.insert("B-9".to_owned(), "KV-9".to_owned());
            found.insert(code(&mut world, &set_request(&broken(from, to))));
        }
        found.insert(code(&mut new(), &set_request("")));
        let mut world = new();
        for _ in 0..20 {
            let (answer, _) = world.handle(&set_request(&order()), NOON, &mut Chance::new(1));
            assert_eq!(answer.refused, None);
        }
        found.insert(code(&mut world, &set_request(&order())));
        world.cut_waybill("KV-2001");
        found.insert(code(&mut world, &set_request(&order())));
        world.settings_mut().user = "x".to_owned();
        found.insert(code(&mut world, &set_request(&order())));
    }
    found
}

fn of_cancel() -> BTreeSet<String> {
    let mut world = world();
    let cancel = by_code("CancelDispatch", "KV-1001");
    let mut found = BTreeSet::from([code(&mut world, &by_code("CancelDispatch", "X"))]);
    world.cut_waybill("KV-1001");
    found.insert(code(&mut world, &cancel));
    world.settings_mut().user = "x".to_owned();
    found.insert(code(&mut world, &cancel));
    found
}

fn of_queries() -> BTreeSet<String> {
    let mut world = world();
    let day = "<QueryType>2</QueryType>";
    let mut other = query_as("GetQueryJSON", LOGIN, day);
    other.headers.clear();
    let mut found = BTreeSet::from([code(&mut world, &other)]);
    other.path = "/arascargoservice.asmx".to_owned();
    found.insert(code(&mut world, &other));
    found.insert(code(&mut world, &query_as("GetQueryJSON", LOGIN, day)));
    found.insert(code(&mut world, &query_as("GetQueryJSON", "", day)));
    found
}

#[test]
fn each_documented_code_is_reached_or_listed() {
    let mut neither = Vec::new();
    let groups = [
        ("SetOrder", OF_SET_ORDER, of_set_order()),
        ("CancelDispatch", OF_CANCEL, of_cancel()),
        ("faults", OF_QUERIES, of_queries()),
    ];
    for (operation, documented, reached) in groups {
        let documented: BTreeSet<String> =
            documented.split_whitespace().map(str::to_owned).collect();
        let invented: Vec<_> = reached.difference(&documented).collect();
        assert!(invented.is_empty(), "{operation}: {invented:?}");
        let list: Vec<&str> = reached.iter().map(String::as_str).collect();
        println!(
            "aras-tracking, {operation}: codes by a rule: {}",
            list.join(", ")
        );
        let missing = documented.difference(&reached);
        neither.extend(missing.map(|code| (operation, code.clone())));
    }
    println!("aras-tracking: codes by the fault script: ");
    for (operation, code, reason) in UNREACHED {
        println!("aras-tracking, {operation}: code by neither: {code}, {reason}");
    }
    let mut listed: Vec<_> = UNREACHED
        .iter()
        .map(|(operation, code, _)| (*operation, (*code).to_owned()))
        .collect();
    listed.sort();
    neither.sort();
    assert_eq!(neither, listed);
}
