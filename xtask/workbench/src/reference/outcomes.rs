//! The page of outcomes: each documented refusal, as the client reads it by class of the write.
//!
//! The clients decide: each is given the answer to a request of its cases, with the code put into it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use aras_tracking::shipments::{ORDER_CODES, RESULT_CODES as ARAS_CODES};
use contract_kit::case::{self, Case};
use contract_kit::json::Node;
use haso_bnpl::RESULT_CODES as HASO_CODES;
use horoz_shipping::result_codes as horoz_codes;
use kervan_core::{Class, Reply};
use param_marketplace::RESULT_CODES as PARAM_CODES;

use super::GENERATED;
use crate::contract::registry::{self, Entry, Judged};

/// A provider, its documented codes with their meaning, and one that no document lists.
struct Provider {
    name: &'static str,
    codes: Vec<(String, &'static str)>,
    unlisted: &'static str,
}

/// Param's failure without a detail, with the bank's own code beside it.
const AT_BANK: &str = "-1 with bank code 99";
const BANK_CODE: &str = "<Bank_Sonuc_Kod>99</Bank_Sonuc_Kod>";

const CLASSES: [Class; 6] = [
    Class::Keyed,
    Class::State,
    Class::Delta,
    Class::Start,
    Class::Charge,
    Class::Blind,
];

fn providers() -> Vec<Provider> {
    let horoz: BTreeMap<_, _> = registry::all()
        .iter()
        .filter(|entry| entry.provider == "horoz-shipping" && entry.judge.is_some())
        .flat_map(|entry| horoz_codes(entry.operation))
        .filter_map(|row| Some((row.code.to_owned(), row.kind?.meaning())))
        .collect();
    let haso = HASO_CODES.iter();
    let mut param: Vec<_> = PARAM_CODES
        .iter()
        .map(|row| (row.code.to_string(), row.meaning))
        .collect();
    param.insert(1, (AT_BANK.to_owned(), "failed, and the bank says why"));
    let is_shared = |code: &str| ARAS_CODES.iter().any(|(shared, _)| *shared == code);
    let orders = ORDER_CODES.iter().filter(|row| !is_shared(row.code));
    let aras = ARAS_CODES.iter().map(|(code, kind)| (*code, *kind));
    let aras = aras.chain(orders.map(|row| (row.code, row.kind)));
    let aras = aras.map(|(code, kind)| (code.to_owned(), kind.meaning()));
    vec![
        Provider {
            name: "aras-tracking",
            codes: aras.collect(),
            unlisted: "77",
        },
        Provider {
            name: "haso-bnpl",
            codes: haso
                .filter_map(|row| Some((row.code.to_owned(), row.kind?.meaning())))
                .collect(),
            unlisted: "H999",
        },
        Provider {
            name: "horoz-shipping",
            codes: horoz.into_iter().collect(),
            unlisted: "ERR-99999",
        },
        Provider {
            name: "param-marketplace",
            codes: param,
            unlisted: "-999",
        },
    ]
}

pub(super) fn page() -> Result<String, String> {
    let mut page = format!(
        "# Outcomes by class\n\n{GENERATED}\n\n\
         Each documented code, and what the client makes of it as the answer to a write, by the\n\
         [class of the write](writes.md#classes).\n\n\
         | cell | meaning |\n|---|---|\n\
         | refused | not done; correct the request. An order that is paid already (-400): look at that payment first, or the customer pays twice |\n\
         | unknown | it may have happened; settle it, and where nothing settles it, let a person look |\n\
         | exists | the key is taken, by an earlier try of this write unless others use the same keys |\n\
         | again: … | the same answer to a try after one that was sent |\n\n\
         Writes are named where they differ from the others of their class.\n"
    );
    let loaded = case::load(&case::default_root());
    if let Some(problem) = loaded.problems.first() {
        return Err(problem.to_string());
    }
    for provider in providers() {
        section(&mut page, &provider, &loaded.cases)?;
    }
    Ok(page)
}

fn section(page: &mut String, provider: &Provider, cases: &[Case]) -> Result<(), String> {
    let of_provider = |case: &&Case| case.provider == provider.name;
    let cases: Vec<_> = cases.iter().filter(of_provider).collect();
    let mut writes = Vec::new();
    for entry in registry::all() {
        if entry.provider == provider.name && entry.judge.is_some() {
            writes.push(AskedWrite::new(entry, &cases)?);
        }
    }
    let has_class = |class: &Class| writes.iter().any(|write| write.has(*class));
    let classes: Vec<_> = CLASSES.into_iter().filter(has_class).collect();
    let names: Vec<_> = classes.iter().map(|class| class.name()).collect();
    let _ = write!(
        page,
        "\n## {}\n\n| code | meaning | {} |\n|---|---|{}\n",
        provider.name,
        names.join(" | "),
        "---|".repeat(names.len())
    );
    let unlisted = (provider.unlisted.to_owned(), "");
    for (code, meaning) in provider.codes.iter().chain([&unlisted]) {
        let label = if *code == unlisted.0 {
            "any other"
        } else {
            code
        };
        let _ = write!(page, "| {label} | {meaning} |");
        for class in &classes {
            let _ = write!(page, " {} |", cell(&writes, *class, code)?);
        }
        page.push('\n');
    }
    Ok(())
}

/// A write, a request of each of its classes, and an answer that refuses it.
struct AskedWrite {
    entry: Entry,
    requests: Vec<(Class, Case)>,
    refusal: Refusal,
}

impl AskedWrite {
    fn new(entry: Entry, cases: &[&Case]) -> Result<Self, String> {
        let of_call = |case: &&Case| case.operation == entry.operation;
        let own: Vec<_> = cases.iter().copied().filter(of_call).collect();
        // In JSON nothing names the call, so that the refusal of another one does as well.
        let of_another = || refusal(cases).filter(Refusal::is_json);
        let refusal = refusal(&own).or_else(of_another);
        let refusal = refusal.ok_or_else(|| format!("no case refuses `{}`", entry.operation))?;
        let mut requests: Vec<(Class, Case)> = Vec::new();
        let is_done = |case: &&&Case| {
            case.outcome
                .as_ref()
                .is_some_and(|out| out.get("ok").is_some())
        };
        for case in own.iter().filter(is_done) {
            let class = judged(&entry, case, &refusal.reply)?.class;
            if !requests.iter().any(|(known, _)| *known == class) {
                requests.push((class, (*case).clone()));
            }
        }
        Ok(Self {
            entry,
            requests,
            refusal,
        })
    }

    fn has(&self, class: Class) -> bool {
        self.requests.iter().any(|(known, _)| *known == class)
    }
}

fn judged(entry: &Entry, case: &Case, reply: &Reply) -> Result<Judged, String> {
    let judge = entry.judge.ok_or("not a write")?;
    judge(case, reply).map_err(|error| format!("{}: {error}", case.id()))
}

/// Returns the judgement of a class's writes on a code.
fn cell(writes: &[AskedWrite], class: Class, code: &str) -> Result<String, String> {
    let mut by_outcome: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for write in writes {
        for (_, case) in write.requests.iter().filter(|(of, _)| *of == class) {
            let judged = judged(&write.entry, case, &write.refusal.with(code))?;
            let text = match judged.again.filter(|again| *again != judged.first) {
                Some(again) => format!("{}; again: {again}", judged.first),
                None => judged.first.to_owned(),
            };
            by_outcome
                .entry(text)
                .or_default()
                .push(write.entry.operation);
        }
    }
    let mut outcomes: Vec<_> = by_outcome.into_iter().collect();
    outcomes.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    let texts = outcomes.iter().enumerate().map(|(at, (text, names))| {
        let names: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
        match at {
            0 => text.clone(),
            _ => format!("{text}: {}", names.join(", ")),
        }
    });
    Ok(texts.collect::<Vec<_>>().join("; "))
}

/// An answer that refuses, and the code in it.
struct Refusal {
    reply: Reply,
    code: String,
}

impl Refusal {
    fn is_json(&self) -> bool {
        self.reply.body.starts_with(b"{")
    }

    /// Returns the same answer with another code.
    fn with(&self, code: &str) -> Reply {
        let text = String::from_utf8_lossy(&self.reply.body).into_owned();
        let at = place(&text, &self.code).unwrap_or_default();
        let (before, after) = (&text[..at], &text[at + self.code.len()..]);
        let body = match code {
            AT_BANK => with_bank_code(before, after),
            code => format!("{before}{code}{after}"),
        };
        Reply::new(self.reply.status, self.reply.headers.clone(), body.into())
    }
}

/// Returns the answer with code -1 between these parts, and with the bank's code: in its element if there is
/// one, else behind the code.
fn with_bank_code(before: &str, after: &str) -> String {
    if let Some((head, rest)) = after.split_once("_Sonuc_Kod>") {
        let tail = rest.find('<').map_or("", |end| &rest[end..]);
        return format!("{before}-1{head}_Sonuc_Kod>99{tail}");
    }
    let (tag, rest) = after.split_once('>').unwrap_or((after, ""));
    format!("{before}-1{tag}>{BANK_CODE}{rest}")
}

/// Returns the first case that the provider refuses with a code that can be found in its answer.
fn refusal(cases: &[&Case]) -> Option<Refusal> {
    cases.iter().find_map(|case| {
        let rejection = case.outcome.as_ref()?.get("error")?.get("rejection")?;
        let code = rejection.get("code").and_then(Node::as_text)?.to_owned();
        let response = case.response.as_ref()?;
        place(&String::from_utf8_lossy(&response.body), &code)?;
        let headers = response.headers.clone();
        let reply = Reply::new(response.status().ok()?, headers, response.body.clone());
        Some(Refusal { reply, code })
    })
}

/// Returns the one place where a code is all of an element or of a text of JSON.
fn place(text: &str, code: &str) -> Option<usize> {
    let found = [format!(">{code}<"), format!("\"{code}\"")];
    let mut places = found
        .iter()
        .flat_map(|found| text.match_indices(found.as_str()));
    let (at, _) = places.next()?;
    places.next().is_none().then_some(at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(body: &str, old: &str, code: &str) -> String {
        let refusal = Refusal {
            reply: Reply::new(200, Vec::new(), body.into()),
            code: old.to_owned(),
        };
        String::from_utf8(refusal.with(code).body).unwrap()
    }

    #[test]
    fn puts_a_code_in_the_place_of_another() {
        assert_eq!(with("<A>-101</A>", "-101", "-1"), "<A>-1</A>");
        assert_eq!(with(r#"{"a":["H1"]}"#, "H1", "H2"), r#"{"a":["H2"]}"#);
        assert_eq!(
            with("<A>-101</A><B/>", "-101", AT_BANK),
            format!("<A>-1</A>{BANK_CODE}<B/>")
        );
        assert_eq!(
            with("<A>-101</A><B_Sonuc_Kod>0</B_Sonuc_Kod>", "-101", AT_BANK),
            "<A>-1</A><B_Sonuc_Kod>99</B_Sonuc_Kod>"
        );
    }

    #[test]
    fn a_part_of_another_text_is_not_the_code() {
        assert_eq!(place("<A>-1010</A>", "-101"), None);
        assert_eq!(place("<A>-1</A>", "-1"), Some(3));
        assert_eq!(place("<A>0</A><B>0</B>", "0"), None);
    }
}
