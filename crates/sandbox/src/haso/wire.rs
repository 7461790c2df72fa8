//! Answers and posts in the dialect of a world.

use chrono::{NaiveDateTime, NaiveTime};
use rust_decimal::Decimal;

use super::dialect::{
    DataForm, Dates, Decimals, Dialect, EnvelopeForm, ErrorsForm, NewMember, PlanForm, PostForm,
    Spelling,
};
use super::plan::WirePlan;
use super::transaction::Transaction;
use super::tree::Tree;

/// The names of amounts, which the pages type as decimals.
const AMOUNTS: [&str; 5] = [
    "Fee",
    "TotalAmount",
    "DownPayment",
    "InstallmentPayment",
    "CustomerLimit",
];
/// The names of dates and times, which the world writes as ISO 8601.
const DATES: [&str; 2] = ["TermDate", "Expiredate"];
/// The names of numbers that the pages type as texts.
const CODES: [&str; 2] = ["CustomerId", "TransactionStatus"];

/// Returns the members around a plan, in the place of the dialect.
pub(super) fn plan(
    dialect: &Dialect,
    transaction: &Transaction,
    on_page: PlanForm,
) -> Vec<(String, Tree)> {
    let plan = Tree::of(&WirePlan::of(transaction));
    let mut members = Vec::new();
    if dialect.shows_status {
        let status = Tree::text(transaction.status.wire());
        members.push(("TransactionStatus".to_owned(), status));
    }
    let form = match dialect.plan {
        PlanForm::Page => on_page,
        chosen => chosen,
    };
    let plan = match (form, plan) {
        (PlanForm::Data, Tree::Object(inner)) => {
            members.extend(inner);
            return members;
        }
        (PlanForm::Text, plan) => Tree::Text(spelt(dialect, plan).write()),
        (_, plan) => plan,
    };
    members.push(("TransactionPayments".to_owned(), plan));
    members
}

/// Spells names, amounts, dates and codes.
pub(super) fn spelt(dialect: &Dialect, tree: Tree) -> Tree {
    match tree {
        Tree::Object(members) => Tree::Object(
            members
                .into_iter()
                .map(|(name, value)| {
                    let value = value_of(dialect, &name, value);
                    (name_of(dialect.spelling, &name), value)
                })
                .collect(),
        ),
        Tree::List(rows) => Tree::List(rows.into_iter().map(|row| spelt(dialect, row)).collect()),
        other => other,
    }
}

fn value_of(dialect: &Dialect, name: &str, value: Tree) -> Tree {
    match value {
        Tree::Plain(number) if AMOUNTS.contains(&name) => amount(dialect.decimals, number),
        Tree::Text(date) if DATES.contains(&name) => Tree::Text(self::date(dialect.dates, date)),
        Tree::Text(code) if CODES.contains(&name) && dialect.has_number_codes => Tree::Plain(code),
        other => spelt(dialect, other),
    }
}

fn name_of(spelling: Spelling, name: &str) -> String {
    let name = if spelling == Spelling::Page {
        return name.to_owned();
    } else if name == "Expiredate" {
        "ExpireDate"
    } else {
        name
    };
    let capitals = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let (beginning, rest) = match spelling {
        Spelling::Small if capitals == name.len() => (name.to_ascii_lowercase(), ""),
        Spelling::Small => (name[..1].to_ascii_lowercase(), &name[1..]),
        _ => (name[..1].to_ascii_uppercase(), &name[1..]),
    };
    beginning + rest
}

fn amount(form: Decimals, number: String) -> Tree {
    match form {
        Decimals::Number => Tree::Plain(number),
        Decimals::Text => Tree::Text(number),
        Decimals::Turkish => match number.parse() {
            Ok(amount) => Tree::Text(turkish(amount)),
            Err(_) => Tree::Plain(number),
        },
    }
}

/// `1.234,50`.
fn turkish(amount: Decimal) -> String {
    let text = format!("{amount:.2}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let (sign, digits) = whole
        .strip_prefix('-')
        .map_or(("", whole), |rest| ("-", rest));
    let mut grouped = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped},{decimals}")
}

fn date(form: Dates, iso: String) -> String {
    let Ok(at) = NaiveDateTime::parse_from_str(&iso, "%Y-%m-%dT%H:%M:%S") else {
        return iso;
    };
    match form {
        Dates::Iso => iso,
        Dates::Day => at.date().to_string(),
        Dates::Turkish if at.time() == NaiveTime::MIN => at.format("%d.%m.%Y").to_string(),
        Dates::Turkish => at.format("%d.%m.%Y %H:%M").to_string(),
        Dates::Net => {
            let utc = at - chrono::TimeDelta::hours(3);
            format!("/Date({})/", utc.and_utc().timestamp_millis())
        }
    }
}

/// Returns the envelope of a success. `beside` are members beside `Data`.
pub(super) fn success(dialect: &Dialect, data: Tree, beside: Vec<(String, Tree)>) -> String {
    let mut data = spelt(dialect, data);
    if dialect.new_member == NewMember::InData
        && let Tree::Object(members) = &mut data
    {
        members.push(("Yeni".to_owned(), Tree::Plain("7".to_owned())));
    }
    let data = formed(dialect.data, data);
    let mut members = envelope(dialect, true, Tree::null(), data);
    members.extend(beside);
    if dialect.new_member == NewMember::Beside {
        members.push(("Warning".to_owned(), Tree::text("x")));
    }
    Tree::Object(members).write()
}

/// Returns the envelope of a refusal with a code, which may be empty, and a text.
pub(super) fn refusal(dialect: &Dialect, code: &str, text: &str) -> String {
    let errors = match dialect.errors {
        ErrorsForm::CodeAndText if !code.is_empty() => {
            let known = super::lists::CODES
                .iter()
                .find(|(listed, _)| *listed == code);
            let sentence = known.map_or(text, |(_, sentence)| sentence);
            Tree::List(vec![Tree::Text(format!("{code}: {sentence}"))])
        }
        ErrorsForm::Text => Tree::text(text),
        _ => Tree::List(vec![Tree::text(text)]),
    };
    Tree::Object(envelope(dialect, false, errors, Tree::null())).write()
}

fn envelope(dialect: &Dialect, is_success: bool, errors: Tree, data: Tree) -> Vec<(String, Tree)> {
    let flag = is_success.to_string();
    let rest = [("Errors".to_owned(), errors), ("Data".to_owned(), data)];
    let (flag, rest): (Tree, Vec<_>) = match dialect.envelope {
        EnvelopeForm::Whole => (Tree::Plain(flag), rest.into()),
        EnvelopeForm::Short => {
            let filled = rest.into_iter().filter(|(_, value)| !value.is_null());
            (Tree::Text(flag), filled.collect())
        }
    };
    std::iter::once(("Success".to_owned(), flag))
        .chain(rest)
        .collect()
}

fn formed(form: DataForm, data: Tree) -> Tree {
    match (form, data) {
        (_, data) if data.is_null() => data,
        (DataForm::Text, data @ Tree::Object(_)) => Tree::Text(data.write()),
        (DataForm::Pairs, Tree::Object(members)) => pairs(members),
        (DataForm::InnerText, Tree::Object(members)) => {
            let inner = members.into_iter().map(|(name, value)| match value {
                Tree::Object(_) => (name, Tree::Text(value.write())),
                value => (name, value),
            });
            Tree::Object(inner.collect())
        }
        (_, data) => data,
    }
}

fn pairs(members: Vec<(String, Tree)>) -> Tree {
    let pair = |(name, value): (String, Tree)| {
        Tree::Object(vec![
            ("Key".to_owned(), Tree::Text(name)),
            ("Value".to_owned(), value),
        ])
    };
    Tree::List(members.into_iter().map(pair).collect())
}

/// Returns the post of a success as JSON, where the dialect has it so.
pub(super) fn json_post(dialect: &Dialect, data: &Tree) -> Option<String> {
    let is_json = dialect.posts == PostForm::Json;
    is_json.then(|| posted(dialect, spelt(dialect, data.clone())))
}

/// Returns the fields of the post of a success.
pub(super) fn form_post(dialect: &Dialect, data: Tree) -> Vec<(String, String)> {
    let data = spelt(dialect, data);
    let field = |name: &str, value: String| (name.to_owned(), value);
    if dialect.posts == PostForm::OneField {
        return vec![field("response", posted(dialect, data))];
    }
    let mut fields = vec![field("Success", "True".to_owned())];
    if dialect.envelope == EnvelopeForm::Whole {
        fields.push(field("Errors", String::new()));
    }
    match (dialect.posts, data) {
        (PostForm::Pairs, Tree::Object(members)) => {
            fields.push(field("Data", pairs(members).write()));
        }
        (PostForm::Dotted, data) => flatten("Data", &data, &mut fields),
        (PostForm::TopLevel, data) => flatten("", &data, &mut fields),
        (_, data) => fields.push(field("Data", data.write())),
    }
    fields
}

/// The whole envelope of a post, as JSON.
fn posted(dialect: &Dialect, data: Tree) -> String {
    Tree::Object(envelope(dialect, true, Tree::List(Vec::new()), data)).write()
}

/// Adds a field for each member: `Data.NameSurname`, `Data.Rows[0].Name`.
fn flatten(path: &str, tree: &Tree, fields: &mut Vec<(String, String)>) {
    match tree {
        Tree::Object(members) => {
            for (name, value) in members {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                flatten(&path, value, fields);
            }
        }
        Tree::List(rows) => {
            for (index, row) in rows.iter().enumerate() {
                flatten(&format!("{path}[{index}]"), row, fields);
            }
        }
        other => fields.push((path.to_owned(), other.field())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_dates_have_every_form() {
        for (amount, text) in [
            ("0", "0,00"),
            ("530.5", "530,50"),
            ("12500.75", "12.500,75"),
            ("-1234567", "-1.234.567,00"),
        ] {
            assert_eq!(turkish(amount.parse().unwrap()), text);
        }
        let of = |form, iso: &str| date(form, iso.to_owned());
        assert_eq!(of(Dates::Turkish, "2026-12-22T00:00:00"), "22.12.2026");
        assert_eq!(
            of(Dates::Turkish, "2026-12-22T14:05:00"),
            "22.12.2026 14:05"
        );
        assert_eq!(of(Dates::Day, "2026-12-22T14:05:00"), "2026-12-22");
        // 27 November 2026, noon in Istanbul.
        let net = of(Dates::Net, "2026-11-27T12:00:00");
        assert_eq!(net, "/Date(1795770000000)/");
    }

    #[test]
    fn names_have_every_spelling() {
        for (name, small, capital) in [
            ("URL", "url", "URL"),
            ("Expiredate", "expireDate", "ExpireDate"),
            ("token", "token", "Token"),
            ("CustomerInfo", "customerInfo", "CustomerInfo"),
        ] {
            assert_eq!(name_of(Spelling::Page, name), name);
            assert_eq!(name_of(Spelling::Small, name), small);
            assert_eq!(name_of(Spelling::Capital, name), capital);
        }
    }
}
