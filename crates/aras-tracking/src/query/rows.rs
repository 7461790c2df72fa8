//! Finds the rows of an answer whose shape is not documented.

use kervan_core::Drift;
use kervan_core::error::{Reason, Unreadable};

use super::columns::{Columns, QueryRow};
use crate::cell::Cell;
use crate::status::fold;

/// The rows that were found, as far as they have been read.
pub(crate) struct Found<R> {
    pub(crate) rows: Vec<R>,
    pub(crate) drift: Drift,
}

/// What stands where the rows should be.
pub(crate) enum Content {
    /// Rows, or none.
    Rows(Vec<(String, Cell)>, Drift),
    /// A sentence.
    Sentence(String),
}

impl<R: QueryRow> Found<R> {
    pub(crate) fn new() -> Self {
        Self {
            rows: Vec::new(),
            drift: Drift::default(),
        }
    }

    /// Takes a row in. One without values is none.
    pub(crate) fn push(&mut self, name: &str, row: Cell) -> Result<(), Unreadable> {
        let members = match row {
            Cell::Map(members) => members,
            blank if blank.is_blank() => return Ok(()),
            _ => return Err(unexpected(name, "columns")),
        };
        let columns = Columns::new(Some(name), members);
        if columns.is_empty() {
            return Ok(());
        }
        let row = R::read(columns).ok_or_else(|| unexpected(name, "columns of this query type"))?;
        self.rows.push(row);
        Ok(())
    }
}

fn unexpected(name: &str, what: &'static str) -> Unreadable {
    let name: String = name.chars().take(64).filter(|c| !c.is_control()).collect();
    Unreadable::at(
        format!("QueryResult.{name}"),
        Reason::Unexpected(what.into()),
    )
}

/// Whether a member belongs to the way the answer is written, not to what it says: attributes and
/// declarations, as a converter from XML writes them.
fn is_markup(name: &str) -> bool {
    name.starts_with(['@', '?', '#']) || name.starts_with("xmlns")
}

/// The rows below a result: the first member that holds columns, whatever its name, one object or
/// many; or the row itself; or one level deeper.
pub(crate) fn find(result: Cell) -> Content {
    let content = match result {
        Cell::Map(members) => match take(members, "QUERYRESULT") {
            Ok(content) => content,
            Err(members) => Cell::Map(members),
        },
        other => other,
    };
    let mut drift = Drift::default();
    match content {
        blank if blank.is_blank() => Content::Rows(Vec::new(), drift),
        Cell::List(items) => rows("QueryResult", items, drift),
        Cell::Map(members) => match holder(members, &mut drift) {
            Holder::Row(members) => {
                let row = ("QueryResult".to_owned(), Cell::Map(members));
                Content::Rows(vec![row], drift)
            }
            Holder::Below(name, Cell::List(items)) => rows(&name, items, drift),
            Holder::Below(name, Cell::Map(members)) => {
                let holds_columns = members.iter().any(|(name, cell)| {
                    !is_markup(name) && matches!(cell, Cell::Text(_) | Cell::Null)
                });
                if holds_columns {
                    return Content::Rows(vec![(name, Cell::Map(members))], drift);
                }
                match holder(members, &mut drift) {
                    Holder::Below(name, Cell::List(items)) => rows(&name, items, drift),
                    Holder::Below(name, row) => Content::Rows(vec![(name, row)], drift),
                    Holder::Row(_) => Content::Rows(Vec::new(), drift),
                }
            }
            Holder::Below(..) => Content::Rows(Vec::new(), drift),
        },
        Cell::Text(sentence) => Content::Sentence(sentence),
        Cell::Null => Content::Rows(Vec::new(), drift),
    }
}

fn rows(name: &str, items: Vec<Cell>, drift: Drift) -> Content {
    let named = |item| (name.to_owned(), item);
    Content::Rows(items.into_iter().map(named).collect(), drift)
}

/// The member of a folded name, or all members where there is none.
fn take(mut members: Vec<(String, Cell)>, name: &str) -> Result<Cell, Vec<(String, Cell)>> {
    match members.iter().position(|(member, _)| fold(member) == name) {
        Some(at) => Ok(members.swap_remove(at).1),
        None => Err(members),
    }
}

enum Holder {
    /// A member that holds objects.
    Below(String, Cell),
    /// None does: the columns stand here.
    Row(Vec<(String, Cell)>),
}

fn holder(members: Vec<(String, Cell)>, drift: &mut Drift) -> Holder {
    let is_holder = |cell: &Cell| match cell {
        Cell::Map(_) => true,
        Cell::List(items) => items.iter().any(|item| matches!(item, Cell::Map(_))),
        _ => false,
    };
    let mut members: Vec<_> = members
        .into_iter()
        .filter(|(name, _)| !is_markup(name))
        .collect();
    let Some(at) = members.iter().position(|(_, cell)| is_holder(cell)) else {
        return Holder::Row(members);
    };
    let (name, cell) = members.remove(at);
    for (name, cell) in members {
        drift.note(&name, &cell.flat());
    }
    Holder::Below(name, cell)
}
