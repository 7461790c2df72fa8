//! Every link in `fixtures/data/aras-tracking/links` reads as its case says.

use aras_tracking::{Link, LinkReport, parse_link};
use contract_kit::case::{self, Case};
use serde_json::Value;

fn cases() -> Vec<Case> {
    let loaded = case::load_of(&case::default_root(), "aras-tracking");
    let cases = loaded.cases.into_iter();
    cases.filter(|case| case.operation == "links").collect()
}

fn link(case: &Case) -> &str {
    case.link.as_deref().unwrap()
}

#[test]
fn every_link_reads_as_its_case_says() {
    let cases = cases();
    assert!(cases.len() >= 50, "only {} cases found", cases.len());
    let mut wrong = Vec::new();
    for case in cases {
        let expected: Value =
            serde_json::from_str(&case.outcome.as_ref().unwrap().to_compact()).unwrap();
        let actual = serde_json::to_value(LinkReport::of(link(&case))).unwrap();
        if actual != expected {
            wrong.push(format!(
                "{}\n  expected {expected}\n  actual   {actual}",
                case.id()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shareable_result_reads_back_as_itself_without_warnings_about_the_link() {
    for case in cases() {
        let Some(link) = parse_link(link(&case))
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
