//! A value of an answer whose shape is not known beforehand.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

use crate::status::fold;

/// A value: the columns of a row, the rows of a table, a text, or nothing. It does not print itself.
#[derive(Clone, PartialEq)]
pub(crate) enum Cell {
    Null,
    Text(String),
    List(Vec<Cell>),
    Map(Vec<(String, Cell)>),
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "Null",
            Self::Text(_) => "Text([redacted])",
            Self::List(_) => "List([redacted])",
            Self::Map(_) => "Map([redacted])",
        })
    }
}

impl Cell {
    /// The text of a value that holds no others; blanks around it are none of its.
    #[cfg(feature = "query")]
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// All values that this path of names leads to; lists on the way are passed through.
    pub(crate) fn below(&self, path: &[&str]) -> Vec<&Cell> {
        match (self, path) {
            (Self::List(items), _) => items.iter().flat_map(|item| item.below(path)).collect(),
            (_, []) => vec![self],
            (Self::Map(members), [name, rest @ ..]) => {
                let same = members.iter().filter(|(member, _)| member == name);
                same.flat_map(|(_, cell)| cell.below(rest)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The text that this path leads to, where there is one.
    ///
    /// # Errors
    ///
    /// [`Contradiction`] when it leads to two texts that differ.
    #[cfg(feature = "query")]
    pub(crate) fn one_text(&self, path: &[&str]) -> Result<Option<&str>, Contradiction> {
        one_of(self.below(path))
    }

    /// Whether it is a list of texts that differ, as XML holds an element that is there twice.
    #[cfg(feature = "query")]
    pub(crate) fn contradicts_itself(&self) -> bool {
        one_of(self.below(&[])).is_err()
    }

    /// Whether it is nothing, a text of blanks, or holds nothing else beside markup: a converter
    /// writes an element without a value as `{"@xsi:nil":"true"}`.
    #[cfg(feature = "query")]
    pub(crate) fn is_blank(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.trim().is_empty(),
            Self::List(items) => items.iter().all(Self::is_blank),
            Self::Map(members) => members
                .iter()
                .all(|(name, cell)| is_markup(name) || cell.is_blank()),
        }
    }

    /// The same without the user names and passwords in it.
    pub(crate) fn without_login(self) -> Self {
        match self {
            Self::Map(members) => {
                let members = members.into_iter();
                let members = members.filter(|(name, _)| !is_login(&fold(name)));
                let members = members.map(|(name, cell)| (name, cell.without_login()));
                Self::Map(members.collect())
            }
            Self::List(items) => Self::List(items.into_iter().map(Self::without_login).collect()),
            other => other,
        }
    }

    /// The value as one line of text, for a column that nobody expects to hold more.
    pub(crate) fn flat(self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) => text,
            Self::List(items) => {
                let items: Vec<_> = items.into_iter().map(Self::flat).collect();
                items.join(", ")
            }
            Self::Map(members) => {
                let members = members.into_iter();
                let members: Vec<_> = members
                    .map(|(name, value)| format!("{name}: {}", value.flat()))
                    .collect();
                members.join(", ")
            }
        }
    }
}

/// Two texts where one is expected.
#[cfg(feature = "query")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Contradiction;

#[cfg(feature = "query")]
fn one_of(cells: Vec<&Cell>) -> Result<Option<&str>, Contradiction> {
    let mut texts = cells.into_iter().filter_map(Cell::text);
    let first = texts.next();
    if texts.all(|text| Some(text) == first) {
        Ok(first)
    } else {
        Err(Contradiction)
    }
}

/// Whether a member belongs to the way in which an answer is written, as a converter from XML writes it:
/// names of namespaces, declarations, and attributes with a prefix (`@xsi:nil`, `@diffgr:id`).
#[cfg(feature = "query")]
pub(crate) fn is_markup(name: &str) -> bool {
    match name.strip_prefix('@') {
        Some(attribute) => attribute.contains(':') || matches!(attribute, "xmlns" | "nil"),
        None => name.starts_with('?') || name.starts_with("xmlns"),
    }
}

/// Whether a member is an attribute that holds a value of the answer.
#[cfg(feature = "query")]
pub(crate) fn is_attribute(name: &str) -> bool {
    name.starts_with('@') && !is_markup(name)
}

/// The names, folded, under which a login stands in a row: that of the question, or of another account.
const LOGIN: [&str; 5] = ["USERNAME", "PASSWORD", "KULLANICIADI", "SIFRE", "PAROLA"];

/// Whether a member of this folded name is a user name or a password.
pub(crate) fn is_login(folded: &str) -> bool {
    LOGIN.contains(&folded)
}

impl<'de> Deserialize<'de> for Cell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyCell)
    }
}

struct AnyCell;

impl<'de> Visitor<'de> for AnyCell {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Cell, E> {
        Ok(Cell::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Cell, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Cell::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Cell, A::Error> {
        let mut map = Vec::new();
        while let Some(member) = members.next_entry()? {
            map.push(member);
        }
        Ok(Cell::Map(map))
    }
}
