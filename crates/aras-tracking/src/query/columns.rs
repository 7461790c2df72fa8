//! The columns of a row, found by name whatever their spelling and order.

use std::collections::BTreeMap;

use kervan_core::Personal;
use kervan_tracking::EventTime;
use kervan_turkiye::empty_date::is_empty_date;
use kervan_wire::tree::Value;
use serde::Serialize;

use super::asked::Named;
use super::number::Number;
use crate::status::is_placeholder;
use crate::value::ValueExt as _;
use kervan_turkiye::text::fold_name;

/// The columns of one row. A type takes the columns that it knows; the rest stays.
///
/// Names are compared after folding: `KARGO_TAKIP_NO`, `KARGO TAKİP NO` and `KargoTakipNo` are one
/// column. Columns without a value are not there, as the service leaves them out or empty.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    table: Option<String>,
    left: Vec<Column>,
    /// A taken column with two values that differ.
    contradiction: Option<String>,
}

#[derive(Clone, Debug)]
struct Column {
    name: String,
    folded: String,
    value: Personal,
    /// Whether it holds texts that differ.
    is_twofold: bool,
    /// The texts of a column that is a list.
    #[cfg(feature = "shipments")]
    items: Vec<String>,
    /// The parts of a value that holds others, by their names.
    #[cfg(feature = "shipments")]
    parts: Vec<Columns>,
}

/// A row of an answer.
pub trait QueryRow: Serialize + Sized + Send {
    /// Takes a row out of its columns; `None` when they have no column of such a row.
    fn read(columns: &mut Columns) -> Option<Self>;

    /// Returns the parcel that the row names. Rows without a name belong to the parcel that was asked for.
    fn named(&self) -> Named<'_> {
        Named::default()
    }
}

impl Columns {
    /// Creates the columns of a row. `scrub` hides the login in a text, by the folded name of its column.
    pub(crate) fn new(
        table: Option<&str>,
        members: Vec<(String, Value)>,
        scrub: &dyn Fn(&str, &str) -> String,
    ) -> Self {
        let columns = members.into_iter().filter(|(_, value)| !value.is_blank());
        let columns = columns.map(|(name, value)| {
            let (folded, is_twofold) = (fold_name(&name), value.contradicts_itself());
            Column {
                #[cfg(feature = "shipments")]
                items: value.items().map(|text| scrub(&folded, text)).collect(),
                #[cfg(feature = "shipments")]
                parts: parts(&value, scrub),
                value: Personal::from(scrub(&folded, &value.flat())),
                name: scrub("", &name),
                folded,
                is_twofold,
            }
        });
        Self {
            table: table.map(str::to_owned),
            left: columns.collect(),
            contradiction: None,
        }
    }

    /// Returns the columns as one line of text.
    pub(crate) fn flat(&self) -> String {
        let columns = self.left.iter();
        let columns: Vec<_> = columns
            .map(|column| format!("{}: {}", column.name, column.value.as_str()))
            .collect();
        columns.join(", ")
    }

    /// Returns the name of the row's own element or table, as `Cargo`.
    pub fn table(&self) -> Option<&str> {
        self.table.as_deref()
    }

    /// Returns how many columns are left.
    pub fn len(&self) -> usize {
        self.left.len()
    }

    /// Returns whether no column is left.
    pub fn is_empty(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes the first of these columns that has a value, without the blanks around it.
    pub fn take(&mut self, names: &[&str]) -> Option<String> {
        self.take_where(names, |_| true)
    }

    /// Takes a value as [`take`](Self::take) does, where it reports an event. A placeholder as `0` or `-`
    /// does not, and stays among the rest.
    pub(crate) fn take_said(&mut self, names: &[&str]) -> Option<String> {
        self.take_where(names, |text| !is_placeholder(text))
    }

    /// Takes a column that holds others of one name, and reads each of them. Anything else stays.
    #[cfg(feature = "shipments")]
    pub(crate) fn take_rows<T>(
        &mut self,
        name: &str,
        part: &str,
        read: impl Fn(&mut Self) -> T,
    ) -> Vec<T> {
        let folded = fold_name(name);
        let holds_rows = |column: &Column| {
            let mut parts = column.parts.iter();
            column.folded == folded && parts.all(|one| one.table() == Some(part))
        };
        let at = self
            .left
            .iter()
            .position(|column| holds_rows(column) && !column.parts.is_empty());
        let Some(at) = at else { return Vec::new() };
        let mut rows = Vec::new();
        for mut columns in self.left.remove(at).parts {
            rows.push(read(&mut columns));
            self.contradiction = self.contradiction.take().or(columns.contradiction);
        }
        rows
    }

    fn take_where(&mut self, names: &[&str], says: fn(&str) -> bool) -> Option<String> {
        let at = names.iter().find_map(|name| {
            let folded = fold_name(name);
            let mut columns = self.left.iter();
            columns.position(|column| column.folded == folded && says(column.value.as_str()))
        })?;
        let taken = self.left.remove(at);
        let text = taken.value.as_str().trim();
        let differs = |other: &Column| {
            let said = other.value.as_str();
            other.folded == taken.folded && says(said) && said.trim() != text
        };
        if taken.is_twofold || self.left.iter().any(differs) {
            self.contradiction = Some(taken.name);
        }
        Some(text.to_owned())
    }

    /// Returns the taken column that has two values, if there is one.
    pub(crate) fn contradiction(&self) -> Option<&str> {
        self.contradiction.as_deref()
    }

    /// Takes a column with personal data.
    pub fn take_personal(&mut self, names: &[&str]) -> Option<Personal> {
        self.take(names).map(Personal::from)
    }

    /// Takes a column with a number.
    pub fn take_number(&mut self, names: &[&str]) -> Option<Number> {
        self.take(names).map(Number::new)
    }

    /// Takes a column with a date. .NET's `0001-01-01T00:00:00` is a placeholder, and stays among the rest.
    pub fn take_time(&mut self, names: &[&str]) -> Option<EventTime> {
        let text = self.take_where(names, |text| !is_empty_date(text))?;
        Some(EventTime::read(&text))
    }

    /// Takes a column that is a list of texts.
    #[cfg(feature = "shipments")]
    pub(crate) fn take_list(&mut self, name: &str) -> Vec<String> {
        let folded = fold_name(name);
        let at = self.left.iter().position(|column| column.folded == folded);
        at.map(|at| self.left.remove(at).items).unwrap_or_default()
    }

    /// Takes the columns that are left, by the names as received. Of two columns of one name the first stays.
    pub fn rest(&mut self) -> BTreeMap<String, Personal> {
        let mut rest = BTreeMap::new();
        for column in self.left.drain(..) {
            rest.entry(column.name).or_insert(column.value);
        }
        rest
    }
}

/// Returns the parts of a value that holds nothing but others. A part without values is dropped.
#[cfg(feature = "shipments")]
fn parts(value: &Value, scrub: &dyn Fn(&str, &str) -> String) -> Vec<Columns> {
    let Value::Object(members) = value else {
        return Vec::new();
    };
    let mut parts = Vec::new();
    for (name, value) in members {
        let items = match value {
            Value::List(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items.iter().filter(|item| !item.is_blank()) {
            let Value::Object(members) = item else {
                return Vec::new();
            };
            parts.push(Columns::new(Some(name), members.clone(), scrub));
        }
    }
    parts
}
