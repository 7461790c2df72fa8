//! The part of an answer that should hold rows. Its shape is not documented.

use kervan_core::Drift;
use kervan_core::drift::path::short;
use kervan_wire::tree::Value;

use crate::value::{self, ValueExt as _};
use kervan_turkiye::text::fold_name;

/// The part of an answer that should hold rows.
pub(crate) enum Content {
    /// Rows, or an empty list.
    Rows(Candidates),
    /// A sentence.
    Sentence(String),
}

/// Rows, and the values beside them.
#[derive(Default)]
pub(crate) struct Candidates {
    pub(super) found: Vec<(String, Value)>,
    pub(super) drift: Drift,
    /// The texts beside the rows. Without rows, they are the answer.
    pub(super) said: Vec<String>,
    /// Texts beside members that may hold rows. They are the columns of a row, if none of those members is a
    /// row.
    pub(super) texts: Vec<(String, Vec<(String, Value)>)>,
}

/// Returns whether a member belongs to the way the answer is written, not to its contents: a converter's
/// markup and comments.
fn is_markup(name: &str) -> bool {
    value::is_markup(name) || name.starts_with('#') && name != "#text"
}

/// Finds the rows below a result: all members that hold objects, whatever their names, one object or many; or
/// the row itself; or one level deeper. Values beside them, or beside `QueryResult`, are drift.
pub(crate) fn find(result: Value) -> Content {
    let mut found = Candidates::default();
    match result {
        Value::Object(members) => {
            let is_result = |(name, _): &(String, Value)| fold_name(name) == "QUERYRESULT";
            let (results, beside): (Vec<_>, Vec<_>) = members.into_iter().partition(is_result);
            if results.is_empty() {
                found.below("QueryResult", beside, true);
                return Content::Rows(found);
            }
            for (name, value) in beside {
                found.beside(&name, value);
            }
            for (name, value) in results {
                match value {
                    Value::Object(members) => found.below("QueryResult", members, true),
                    Value::List(items) => found.list("QueryResult", items),
                    other => found.beside(&name, other),
                }
            }
        }
        Value::List(items) => found.list("QueryResult", items),
        blank if blank.is_blank() => {}
        text => return Content::Sentence(text.flat()),
    }
    Content::Rows(found)
}

impl Candidates {
    pub(super) fn beside(&mut self, name: &str, value: Value) {
        if is_markup(name) || value.is_blank() {
            return;
        }
        self.said.extend(value.text().map(str::to_owned));
        self.drift
            .note_unread(|| short(name).to_owned(), &value.flat());
    }

    /// Takes in a list: each item is a row. An item that is not an object is unreadable as one.
    fn list(&mut self, name: &str, items: Vec<Value>) {
        let items = items.into_iter().filter(|item| !item.is_blank());
        self.found.extend(items.map(|item| (name.to_owned(), item)));
    }

    fn below(&mut self, name: &str, members: Vec<(String, Value)>, may_go_deeper: bool) {
        let members: Vec<_> = members
            .into_iter()
            .filter(|(name, _)| !is_markup(name))
            .collect();
        if !members.iter().any(|(_, value)| is_holder(value)) {
            // The columns are here.
            let row = Value::Object(members);
            if !row.is_blank() {
                self.found.push((name.to_owned(), row));
            }
            return;
        }
        let mut texts = Vec::new();
        for (member, value) in members {
            match value {
                Value::Object(members) => {
                    let holds_columns = members.iter().any(|(name, value)| {
                        !is_markup(name) && !matches!(value, Value::Object(_) | Value::List(_))
                    });
                    if may_go_deeper && !holds_columns {
                        self.below(&member, members, false);
                    } else {
                        self.list(&member, vec![Value::Object(members)]);
                    }
                }
                Value::List(items) => self.list(&member, items),
                text => texts.push((member, text)),
            }
        }
        self.texts.push((name.to_owned(), texts));
    }
}

/// Returns whether a member holds rows.
fn is_holder(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::List(items) => items.iter().any(|item| matches!(item, Value::Object(_))),
        _ => false,
    }
}
