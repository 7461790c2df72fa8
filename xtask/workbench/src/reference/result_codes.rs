//! The page of the providers' result codes.

use std::fmt::Write as _;

use aras_tracking::Language;
use aras_tracking::shipments::{Meaning, ORDER_CODES, RESULT_CODES as ARAS_CODES};
use contract_kit::case;
use haso_bnpl::RESULT_CODES as HASO_CODES;
use horoz_shipping::{Outcome, result_codes};
use param_marketplace::{Action, RESULT_CODES};
use serde_json::Value;

use super::GENERATED;
use crate::contract::registry::Row;

const HOROZ: &str = "horoz-shipping";
const PARAM: &str = "param-marketplace";
const HASO: &str = "haso-bnpl";
const ARAS: &str = "aras-tracking";
const HASO_SUCCESS: &str = "RS100";
const SUCCESS: &str = "STA-100";

/// The most cases that are named for a code.
const SHOWN: usize = 4;

pub(super) fn page(rows: &[Row]) -> Result<String, String> {
    let mut page = format!(
        "# Result codes\n\n{GENERATED}\n\n\
         The codes that the providers document for the calls of this workspace. A code is read per call:\n\
         the same number means other things elsewhere. A code that is not listed is kept and passed on\n\
         with outcome unknown. The last column names the contract cases that end with the code.\n\n\
         The column \"outcome\" is for the code alone. The outcome of a write also depends on its class, on\n\
         earlier tries, and on the bank's own code: [outcomes by class](outcomes.md).\n"
    );
    let coded = coded(HOROZ)?;
    for row in rows.iter().filter(|row| row.package == HOROZ) {
        let name = row.wire;
        let _ = write!(
            page,
            "\n## {HOROZ}: {name}\n\n\
             | code | kind | meaning | outcome | cases |\n|---|---|---|---|---|\n"
        );
        let listed = result_codes(name);
        if listed.is_empty() {
            let place = "`result_codes` in crates/horoz-shipping/src/codes.rs";
            return Err(format!("`{name}` has no codes; add it to {place}"));
        }
        for row in listed {
            let cases = cases(&coded, name, row.code);
            let (kind, meaning, outcome) = match row.kind {
                None => ("success".to_owned(), "done", "done"),
                Some(kind) => (format!("`{kind:?}`"), kind.meaning(), text(kind.outcome())),
            };
            let _ = writeln!(
                page,
                "| {} | {kind} | {meaning} | {outcome} | {cases} |",
                row.code
            );
        }
    }
    page.push_str(&param()?);
    page.push_str(&haso()?);
    page.push_str(&aras()?);
    Ok(page)
}

/// Returns the cases of a provider with one list for all calls, named with their calls.
fn coded_by_all(package: &str) -> Result<Vec<Coded>, String> {
    let mut coded = coded(package)?;
    for case in &mut coded {
        case.case = format!("{}/{}", case.call, case.case);
        package.clone_into(&mut case.call);
    }
    coded.sort_by(|a, b| a.case.cmp(&b.case));
    Ok(coded)
}

/// Param has one list for all calls.
fn param() -> Result<String, String> {
    let coded = coded_by_all(PARAM)?;
    let mut section = format!(
        "\n## {PARAM}: all calls\n\n\
         The provider has one list for all its services and documents no code for a single call. Any number\n\
         above zero is success. Only `TP_WMD_UCD` and `TP_WMD_UCD_v2` are known to answer -400; from another\n\
         call it is read as a code that is not listed.\n\n\
         | code | kind | meaning | outcome | what to do | cases |\n|---|---|---|---|---|---|\n"
    );
    for row in &RESULT_CODES {
        // A code that has its meaning for some calls only is another refusal elsewhere.
        let kind = serde_json::to_value(row.kind).map_err(|error| error.to_string())?;
        let shown: Vec<_> = coded
            .iter()
            .filter(|coded| kind.as_str() == coded.kind.as_deref())
            .cloned()
            .collect();
        let cases = cases(&shown, PARAM, &row.code.to_string());
        let (kind, meaning, outcome) = (row.kind, row.meaning, text(row.kind.outcome()));
        let action = advice(kind.action());
        let _ = writeln!(
            section,
            "| {} | `{kind:?}` | {meaning} | {outcome} | {action} | {cases} |",
            row.code
        );
    }
    Ok(section)
}

/// HASO has few codes that are documented, each for some calls; the whole list is served by a call.
fn haso() -> Result<String, String> {
    let coded = coded(HASO)?;
    let mut section = format!(
        "\n## {HASO}\n\n\
         Every code that is documented, with the calls whose pages name it. `GetErrorCodes` serves the whole\n\
         list. Success is `Success` in the answer, and `{HASO_SUCCESS}` where a page asks for it.\n\n\
         | code | kind | meaning | outcome | call | cases |\n|---|---|---|---|---|---|\n"
    );
    for row in HASO_CODES {
        for call in row.methods {
            let code = if row.kind.is_none() {
                SUCCESS
            } else {
                row.code
            };
            let cases = cases(&coded, call, code);
            let (kind, meaning, outcome) = match row.kind {
                None => ("success".to_owned(), "done", "done"),
                Some(kind) => (format!("`{kind:?}`"), kind.meaning(), text(kind.outcome())),
            };
            let _ = writeln!(
                section,
                "| {} | {kind} | {meaning} | {outcome} | `{call}` | {cases} |",
                row.code
            );
        }
    }
    Ok(section)
}

/// Aras has one list for its shipment service, and two that contradict each other for `SetOrder`.
fn aras() -> Result<String, String> {
    let coded = coded_by_all(ARAS)?;
    let mut section = format!(
        "\n## {ARAS}: shipment service\n\n\
         The query service has no codes: it answers with rows, a sentence or a fault. 0 and 1 are success.\n\
         `SetOrder` has a table of its own.\n\n\
         | code | kind | meaning | outcome | cases |\n|---|---|---|---|---|\n"
    );
    for (code, kind) in ARAS_CODES {
        let cases = cases(&coded, ARAS, code);
        let (meaning, outcome) = (kind.meaning(), text(kind.outcome()));
        let _ = writeln!(
            section,
            "| {code} | `{kind:?}` | {meaning} | {outcome} | {cases} |"
        );
    }
    section.push_str(&orders()?);
    Ok(section)
}

/// `SetOrder` has codes that mean one thing in the guide's print and another in a later edition.
fn orders() -> Result<String, String> {
    let coded = coded(ARAS)?;
    let mut section = format!(
        "\n## {ARAS}: SetOrder\n\n\
         Two lists are in circulation: the guide's print of April 2025, and a later edition that production\n\
         follows in part. Seven numbers mean something else in each, so that they leave open whether an order\n\
         exists. 0 alone is success.\n\n\
         | code | kind | print of 2025 | later edition | outcome | cases |\n|---|---|---|---|---|---|\n"
    );
    let words =
        |meaning: Option<Meaning>| meaning.map_or("–", |said| said.text(Language::English));
    for row in &ORDER_CODES {
        let cases = cases(&coded, "SetOrder", row.code);
        let (printed, later) = (words(row.printed), words(row.later));
        let (kind, outcome) = (row.kind, text(row.kind.outcome()));
        let _ = writeln!(
            section,
            "| {} | `{kind:?}` | {printed} | {later} | {outcome} | {cases} |",
            row.code
        );
    }
    Ok(section)
}

fn advice(action: Action) -> &'static str {
    match action {
        Action::Correct => "correct the request",
        Action::CheckAccess => "check login and address list",
        Action::ReadBack => "read back first",
        _ => "look into it",
    }
}

fn text(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotDone => "not done",
        Outcome::Unknown => "unknown",
    }
}

/// A case, with the code of its outcome, and the kind of a refusal.
#[derive(Clone)]
struct Coded {
    call: String,
    case: String,
    code: String,
    kind: Option<String>,
}

fn coded(package: &str) -> Result<Vec<Coded>, String> {
    let loaded = case::load(&case::default_root());
    if let Some(problem) = loaded.problems.first() {
        return Err(problem.to_string());
    }
    let of_package = loaded.cases.iter().filter(|case| case.provider == package);
    let coded = of_package.filter_map(|case| {
        let (code, kind) = code_of(&case.outcome.as_ref()?.to_compact())?;
        Some(Coded {
            call: case.operation.clone(),
            case: case.name.clone(),
            code,
            kind,
        })
    });
    let mut found: Vec<_> = coded.collect();
    found.sort_by(|a, b| a.case.cmp(&b.case));
    Ok(found)
}

/// Returns the code of an outcome: success, or that of the refusal and its kind.
fn code_of(outcome: &str) -> Option<(String, Option<String>)> {
    let outcome: Value = serde_json::from_str(outcome).ok()?;
    if outcome.get("ok").is_some() {
        return Some((SUCCESS.to_owned(), None));
    }
    let refusal = &outcome["error"]["rejection"];
    let text = |name: &str| refusal[name].as_str().map(str::to_owned);
    Some((text("code")?, text("kind")))
}

/// Returns the cases of a call that end with a code.
fn cases(coded: &[Coded], call: &str, code: &str) -> String {
    let names: Vec<_> = coded
        .iter()
        .filter(|coded| coded.call == call && coded.code == code)
        .map(|coded| coded.case.as_str())
        .collect();
    match names.as_slice() {
        [] => "none".to_owned(),
        all if all.len() <= SHOWN => all.join(", "),
        all => {
            let shown = &all[..SHOWN - 1];
            let more = all.len() - shown.len();
            format!("{} and {more} more", shown.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_code_of_an_outcome() {
        let of = |text| code_of(text).map(|(code, _)| code);
        assert_eq!(of(r#"{"ok": {}}"#).as_deref(), Some(SUCCESS));
        let refused = r#"{"error": {"code": "x", "rejection": {"code": "ERR-1"}}}"#;
        assert_eq!(of(refused).as_deref(), Some("ERR-1"));
        assert_eq!(of(r#"{"error": {"code": "empty"}}"#), None);
        assert_eq!(of("{"), None);
    }

    #[test]
    fn names_the_cases_of_a_call_by_code() {
        let coded = |case: &str, call: &str, code: &str| Coded {
            call: call.to_owned(),
            case: case.to_owned(),
            code: code.to_owned(),
            kind: None,
        };
        let some = [
            coded("a", "create", "ERR-1"),
            coded("b", "create", "ERR-10"),
            coded("c", "list", "ERR-1"),
            coded("d", "create", "ERR-1"),
        ];
        assert_eq!(cases(&some, "create", "ERR-1"), "a, d");
        assert_eq!(cases(&some, "list", "ERR-1"), "c");
        assert_eq!(cases(&some, "list", "ERR-2"), "none");
        let many = ["p", "q", "r", "s", "t"].map(|case| coded(case, "create", "ERR-1"));
        assert_eq!(cases(&many, "create", "ERR-1"), "p, q, r and 2 more");
        assert_eq!(cases(&many[..4], "create", "ERR-1"), "p, q, r, s");
    }
}
