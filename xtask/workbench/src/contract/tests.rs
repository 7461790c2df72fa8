//! The runner itself: what it accepts, what it refuses, and by which name.

use std::fs;
use std::path::{Path, PathBuf};

use case_text::CaseText;
use contract_kit::json::Node;
use serde_json::Value;
use xtask::args::Args;
use xtask::failure::Failure;
use xtask::scratch::Scratch;

use super::flags::{Flags, Format};
use super::report::Report;
use super::runner::{Runner, compare};
use super::{test, test_by};

const CREATE: &str = "horoz-shipping/createPaysSupplierShipping";
const DOCUMENTED: &str = "horoz-shipping/createPaysSupplierShipping/success-documented";

/// Copies a case as one file, which needs no base and no family. Returns its path.
pub(crate) fn copy_of(id: &str, root: &Path) -> PathBuf {
    let loaded = contract_kit::case::load(&contract_kit::case::default_root());
    let case = loaded.cases.iter().find(|case| case.id() == id).unwrap();
    let path = root.join(format!("{id}.case"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, case.whole().unwrap().write()).unwrap();
    path
}

/// A copy of some cases that a test may break.
struct Copy {
    dir: Scratch,
}

impl Copy {
    fn of(cases: &[&str]) -> Self {
        let dir = Scratch::new().unwrap();
        for id in cases {
            copy_of(id, dir.path());
        }
        Self { dir }
    }

    fn root(&self) -> &Path {
        self.dir.path()
    }

    fn path(&self, case: &str) -> PathBuf {
        self.root().join(format!("{case}.case"))
    }

    /// Changes the text of a case.
    fn change(&self, case: &str, change: impl FnOnce(&mut CaseText)) -> &Self {
        let path = self.path(case);
        let mut text = CaseText::parse(&fs::read(&path).unwrap()).unwrap();
        change(&mut text);
        fs::write(path, text.write()).unwrap();
        self
    }

    /// Replaces what a section contains exactly once.
    fn edit(&self, case: &str, section: &str, from: &str, to: &str) -> &Self {
        self.change(case, |text| {
            let contents = text.section(section).unwrap();
            let contents = String::from_utf8(contents.to_vec()).unwrap();
            assert_eq!(contents.matches(from).count(), 1, "`{from}` in {section}");
            text.set(section, contents.replace(from, to));
        })
    }

    fn run(&self) -> Report {
        self.run_by(&Runner::start().unwrap())
    }

    fn run_by(&self, runner: &Runner) -> Report {
        let flags = Flags {
            fixtures: self.root().to_owned(),
            ..Flags::default()
        };
        test_by(runner, &flags).unwrap()
    }

    /// Returns the paths of all differences.
    fn differences(&self) -> Vec<String> {
        self.differences_by(&Runner::start().unwrap())
    }

    fn differences_by(&self, runner: &Runner) -> Vec<String> {
        let report = self.run_by(runner);
        let json: Value = serde_json::from_str(&report.render(Format::Json, false)).unwrap();
        let cases = json["cases"].as_array().unwrap().iter();
        cases
            .flat_map(|case| case["differences"].as_array().unwrap())
            .map(|difference| difference["path"].as_str().unwrap().to_owned())
            .collect()
    }
}

fn flags(args: &[&str]) -> Result<Flags, Failure> {
    let args: Vec<_> = args.iter().map(ToString::to_string).collect();
    Flags::parse(Args::new("contract-test", &args))
}

#[test]
fn every_case_of_the_repository_holds() {
    let report = test(&Flags::default()).unwrap();
    assert_eq!(
        report.failed(),
        0,
        "{}",
        report.render(Format::Human, false)
    );
}

/// A value with each of its leaves changed, one at a time.
fn changed(value: &Value) -> Vec<Value> {
    let inside = |inner: &Value, put: &dyn Fn(Value) -> Value| -> Vec<Value> {
        changed(inner).into_iter().map(put).collect()
    };
    match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, inner)| {
                inside(inner, &|other| {
                    let mut members = members.clone();
                    members.insert(name.clone(), other);
                    Value::Object(members)
                })
            })
            .collect(),
        Value::Array(items) => (0..items.len())
            .flat_map(|at| {
                inside(&items[at], &|other| {
                    let mut items = items.clone();
                    items[at] = other;
                    Value::Array(items)
                })
            })
            .collect(),
        Value::String(text) => vec![Value::String(format!("{text}x"))],
        Value::Bool(is) => vec![Value::Bool(!is)],
        Value::Number(_) => vec![serde_json::json!(-77)],
        Value::Null => vec![Value::Bool(true)],
    }
}

/// Each value of each outcome is compared, and so is each request, of a family's cases too.
#[test]
fn every_value_of_every_outcome_and_request_counts() {
    let runner = Runner::start().unwrap();
    let loaded = contract_kit::case::load(&contract_kit::case::default_root());
    let (mut values, mut bytes) = (0, 0);
    for case in &loaded.cases {
        let executed = runner.execute(case).unwrap();
        let outcome = case.outcome.as_ref().unwrap().to_compact();
        let outcome: Value = serde_json::from_str(&outcome).unwrap();
        for other in changed(&outcome) {
            let mut changed = case.clone();
            changed.outcome = Some(Node::parse(&other.to_string()).unwrap());
            assert!(!compare(&changed, &executed).is_empty(), "{}", case.id());
            values += 1;
        }
        let Some(request) = &case.request else {
            continue;
        };
        let step = (request.body.len() / 7).max(1);
        let letters = (0..request.body.len()).step_by(step);
        for at in letters.filter(|at| request.body[*at].is_ascii_alphanumeric()) {
            let mut changed = case.clone();
            let body = &mut changed.request.as_mut().unwrap().body;
            body[at] = if body[at] == b'8' { b'7' } else { b'8' };
            assert!(
                !compare(&changed, &executed).is_empty(),
                "{}, {at}",
                case.id()
            );
            bytes += 1;
        }
    }
    assert!(values > 15_000 && bytes > 5_000, "{values} {bytes}");
}

#[test]
fn one_byte_of_a_request_fails_with_the_field() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(DOCUMENTED, "request", "\"desi\": 30.3", "\"desi\": 30.4");
    assert_eq!(copy.differences(), ["body.shippingDetail[1].desi"]);
}

#[test]
fn one_byte_of_an_answer_fails_with_the_field() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(DOCUMENTED, "response", "Kayit islemi", "Kayit izlemi");
    assert_eq!(copy.differences(), ["outcome.ok.message"]);
}

#[test]
fn one_byte_of_an_outcome_fails_with_the_field() {
    let case = format!("{CREATE}/refused-20003");
    let copy = Copy::of(&[&case]);
    copy.edit(&case, "outcome", "\"duplicate\"", "\"duplicatE\"");
    assert_eq!(copy.differences(), ["outcome.error.rejection.kind"]);
}

#[test]
fn one_byte_of_a_typed_request_fails_with_the_field() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(DOCUMENTED, "call", "05443335511", "05443335512");
    assert_eq!(copy.differences(), ["body.recipientPhoneNumber"]);
}

/// Not only the bytes chosen above: a changed digit or letter anywhere in the bodies is seen.
#[test]
fn every_letter_and_digit_of_the_documented_exchange_counts() {
    let copy = Copy::of(&[DOCUMENTED]);
    // One for all: to start one takes longer than a case.
    let runner = Runner::start().unwrap();
    for section in ["request", "response"] {
        let path = copy.path(DOCUMENTED);
        let whole = CaseText::parse(&fs::read(&path).unwrap()).unwrap();
        let good = whole.section(section).unwrap().to_vec();
        let body = good.windows(2).position(|pair| pair == b"\n\n").unwrap() + 2;
        // Every third byte keeps the test short; the offset of three walks over all of a body
        // whose fields have many lengths.
        for at in (body..good.len())
            .step_by(3)
            .filter(|&at| good[at].is_ascii_alphanumeric())
        {
            let mut bad = good.clone();
            bad[at] = if bad[at] == b'8' { b'7' } else { b'8' };
            copy.change(DOCUMENTED, |text| text.set(section, bad));
            assert!(
                !copy.differences_by(&runner).is_empty(),
                "{section}, byte {at}"
            );
        }
        fs::write(&path, whole.write()).unwrap();
    }
}

#[test]
fn a_request_that_the_case_does_not_list_fails() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(
        DOCUMENTED,
        "request",
        "POST /createPaysSupplierShipping",
        "POST /createShipping",
    );
    let human = copy.run().render(Format::Human, false);
    assert!(
        human.contains(
            "request: expected no unlisted request, got POST /createPaysSupplierShipping"
        ),
        "{human}"
    );
}

#[test]
fn a_request_where_none_is_listed_fails() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.change(DOCUMENTED, |text| {
        text.remove("request");
        text.remove("response");
    });
    assert!(copy.differences().contains(&"request".to_owned()));
}

#[test]
fn a_listed_request_that_never_comes_fails() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(
        DOCUMENTED,
        "call",
        "\"number\": \"20230619\"",
        "\"number\": \"\"",
    );
    assert!(copy.differences().contains(&"request".to_owned()));
}

#[test]
fn a_wrong_key_is_named_and_not_shown() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.edit(
        DOCUMENTED,
        "request",
        "0123456789abcdef0123456789abcdef",
        "0123456789abcdef0123456789abcdeX",
    );
    for format in [Format::Human, Format::Json, Format::Junit] {
        let text = copy.run().render(format, false);
        assert!(text.contains("header.processKey"), "{text}");
        assert!(!text.contains("0123456789abcde"), "{text}");
    }
}

#[test]
fn a_request_against_the_provider_page_fails_though_file_and_code_agree() {
    // Both the file and the code say nonsense; the independent tables do not.
    let case = format!("{CREATE}/success-prose-shipping-type");
    let copy = Copy::of(&[&case]);
    copy.change(&case, |text| {
        text.head = text.head.replace("\"PaySupplier\"", "\"Elsewhere\"");
    });
    copy.edit(&case, "request", "\"PaySupplier\"", "\"Elsewhere\"");
    assert_eq!(copy.differences(), ["spec.body.shippingType"]);
}

#[test]
fn files_that_cannot_be_read_fail_with_their_names() {
    let copy = Copy::of(&[DOCUMENTED]);
    copy.change(DOCUMENTED, |text| {
        text.head = text.head.replace("\"documented\"", "\"true\"");
    });
    let json: Value = serde_json::from_str(&copy.run().render(Format::Json, false)).unwrap();
    assert_eq!(json["cases"][0]["case"], "success-documented");
    let path = json["cases"][0]["differences"][0]["path"].as_str().unwrap();
    assert!(path.contains("/success-documented.case:"), "{path}");
    assert_eq!(json["totals"]["failed"], 1);
}

#[test]
fn a_case_of_no_known_operation_fails() {
    let copy = Copy::of(&[DOCUMENTED]);
    let to = copy.path("horoz-shipping/createNothing/success");
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(copy.path(DOCUMENTED), to).unwrap();
    assert_eq!(copy.differences(), ["case"]);
}

#[test]
fn json_has_the_promised_shape() {
    let case = format!("{CREATE}/success-new-field");
    let report = Copy::of(&[&case]).run().render(Format::Json, false);
    let json: Value = serde_json::from_str(&report).unwrap();
    let expected = serde_json::json!({
        "cases": [{
            "provider": "horoz-shipping",
            "operation": "createPaysSupplierShipping",
            "case": "success-new-field",
            "provenance": "synthetic",
            "status": "passed",
            "differences": [],
            "drift": [
                {"path": "response.shipmentId", "kind": "unread", "expected": true},
                {"path": "response.responseMessage", "kind": "absent", "expected": true}
            ]
        }],
        "totals": {"cases": 1, "passed": 1, "failed": 0, "drift": 1}
    });
    assert_eq!(json, expected);
}

#[test]
fn junit_is_xml_with_the_failures() {
    let copy = Copy::of(&[DOCUMENTED, &format!("{CREATE}/refused-20003")]);
    copy.edit(DOCUMENTED, "response", "Kayit islemi", "<&\\u0007>");
    let junit = copy.run().render(Format::Junit, false);
    let mut reader = quick_xml::Reader::from_str(&junit);
    let (mut cases, mut failures) = (0, 0);
    loop {
        use quick_xml::events::Event;
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => match tag.name().as_ref() {
                "testcase" => cases += 1,
                "failure" => failures += 1,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!((cases, failures), (2, 1), "{junit}");
}

#[test]
fn the_report_ends_with_the_table_and_a_line_of_totals() {
    let human = Copy::of(&[DOCUMENTED]).run().render(Format::Human, false);
    assert!(human.starts_with("provider "), "{human}");
    assert_eq!(
        human.lines().last(),
        Some("1 case: 1 passed, 0 failed, 0 with drift")
    );
    assert_eq!(human.lines().count(), 4, "{human}");
    let two = Copy::of(&[DOCUMENTED, &format!("{CREATE}/refused-20003")]);
    let two = two.run().render(Format::Human, false);
    assert!(
        two.ends_with("\n2 cases: 2 passed, 0 failed, 0 with drift\n"),
        "{two}"
    );
}

#[test]
fn drift_is_listed_where_the_case_does_not_expect_it_or_when_asked_for() {
    let case = format!("{CREATE}/success-new-field");
    let copy = Copy::of(&[&case]);
    let human = |drift| copy.run().render(Format::Human, drift);
    let unread = "  response.shipmentId: came, and no type reads it";
    let absent = "  response.responseMessage: is documented, and did not come";
    assert!(!human(false).contains(unread) && !human(false).contains(absent));
    let meaning = "drift: a field came that no type reads, or a documented one did not come";
    let end = format!("\n1 case: 1 passed, 0 failed, 1 with drift\n{meaning}");
    assert!(human(false).ends_with(&format!("{end}; `--drift` lists it\n")));
    assert!(human(true).ends_with(&format!("{end}\n")));
    assert!(human(true).contains(unread) && human(true).contains(absent));

    copy.edit(&case, "outcome", "response.shipmentId", "response.other");
    assert!(human(false).contains(unread) && !human(false).contains(absent));
    assert!(human(false).contains("FAILED "));
}

#[test]
fn a_provider_is_chosen_by_its_name_or_its_first_word() {
    for (choice, chosen) in [("horoz", true), ("horoz-shipping", true), ("horo", false)] {
        let flags = flags(&["--provider", choice]).unwrap();
        assert_eq!(
            flags.chooses("horoz-shipping", "o", "c"),
            chosen,
            "{choice}"
        );
    }
    let flags = flags(&[
        "--provider=horoz",
        "--operation=listCounties",
        "--case=success",
    ])
    .unwrap();
    assert!(flags.chooses("horoz-shipping", "listCounties", "success"));
    assert!(!flags.chooses("horoz-shipping", "listCounties", "success-empty-list"));
}

#[test]
fn a_mistyped_name_is_an_error_that_names_the_nearest() {
    for (args, message) in [
        (
            &["--provider", "horozz"][..],
            "no provider `horozz`; nearest: `horoz-shipping`; all: `aras-tracking`, `haso-bnpl`, \
             `horoz-shipping`, `param-marketplace`",
        ),
        (
            &["--operation", "listCountys"],
            "no operation `listCountys`; nearest: `listCounties`",
        ),
        (
            &["--operation", "listCounties", "--case", "sucess"],
            "no case `sucess`; nearest: `success`",
        ),
    ] {
        let error = test(&flags(args).unwrap()).err().unwrap();
        assert!(error.starts_with(message), "{error}");
    }
}

#[test]
fn a_run_that_proves_nothing_is_an_error() {
    for args in [&["--case", "none"][..], &["--fixtures", "/nowhere"]] {
        assert!(test(&flags(args).unwrap()).is_err(), "{args:?}");
    }
    for args in [&["--format", "xml"][..], &["--format"], &["--colour"]] {
        assert_eq!(flags(args).unwrap_err().status(), 2, "{args:?}");
    }
}

#[test]
fn an_unreadable_file_is_shown_in_full_and_for_every_case_that_may_need_it() {
    let copy = Copy::of(&[DOCUMENTED]);
    let family = copy
        .root()
        .join("horoz-shipping/families/unreadable-page.case");
    fs::create_dir_all(family.parent().unwrap()).unwrap();
    fs::write(&family, "operation = \"all\"\n").unwrap();
    let flags = Flags {
        operation: Some("createPaysSupplierShipping".to_owned()),
        fixtures: copy.root().to_owned(),
        ..Flags::default()
    };
    let text = test(&flags).unwrap().render(Format::Human, false);
    let line = format!(
        "  {}:1: unknown field `operation`, expected one of ",
        family.display()
    );
    assert!(text.contains(&line), "{text}");
    assert!(text.contains("`operations`, `except`\n"), "{text}");
    let other = Flags {
        provider: Some("param".to_owned()),
        ..Flags::default()
    };
    assert!(!other.may_need("horoz-shipping", "families"));
    assert!(!flags.may_need("horoz-shipping", "listCounties"));
    assert!(flags.may_need("horoz-shipping", "createPaysSupplierShipping"));
}
