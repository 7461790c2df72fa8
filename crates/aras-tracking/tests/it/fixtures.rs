//! Every link in `fixtures/data/aras-tracking/links` reads as its `outcome.json` says.

use std::fs;
use std::path::{Path, PathBuf};

use aras_tracking::{Link, LinkReport, parse_link};
use serde_json::Value;

fn cases() -> Vec<PathBuf> {
    let root =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/data/aras-tracking/links");
    let mut cases: Vec<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    cases
}

fn read(case: &Path, file: &str) -> String {
    let path = case.join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_link_reads_as_its_case_says() {
    let cases = cases();
    assert!(cases.len() >= 50, "only {} cases found", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let expected: Value = serde_json::from_str(&read(&case, "outcome.json")).unwrap();
        let actual = serde_json::to_value(LinkReport::of(&read(&case, "link.txt"))).unwrap();
        if actual != expected {
            wrong.push(format!(
                "{}\n  expected {expected}\n  actual   {actual}",
                case.display()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shareable_result_reads_back_as_itself_without_warnings_about_the_link() {
    for case in cases() {
        let Some(link) = parse_link(&read(&case, "link.txt"))
            .ok()
            .and_then(|link| link.to_shareable())
        else {
            continue;
        };
        let report = LinkReport::of(&link.to_string());
        assert!(matches!(report.link(), Ok(Link::Shareable(again)) if *again == link));
        assert!(
            report
                .warnings()
                .iter()
                .all(|warning| warning.path() != "link")
        );
    }
}

#[test]
fn every_case_says_where_it_is_from() {
    for case in cases() {
        let about = read(&case, "about.toml");
        for key in ["provenance", "source", "date", "environment", "notes"] {
            assert!(
                about
                    .lines()
                    .any(|line| line.starts_with(&format!("{key} = \""))),
                "{}: {key}",
                case.display()
            );
        }
        assert_eq!(
            read(&case, "link.txt").lines().count(),
            1,
            "{}",
            case.display()
        );
    }
}
