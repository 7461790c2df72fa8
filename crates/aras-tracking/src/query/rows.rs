//! Finds the rows of an answer whose shape is not documented.

use kervan_core::Drift;
use kervan_core::error::{Reason, Unreadable};

use super::columns::{Columns, QueryRow};
use crate::cell::{Cell, is_attribute};
use crate::status::fold;

/// The rows that were found, as far as they have been read.
pub(crate) struct Found<'a, R> {
    pub(crate) rows: Vec<R>,
    pub(crate) drift: Drift,
    /// Takes the login out of a name, before an error shows it.
    scrub: &'a dyn Fn(&str) -> String,
}

/// What stands where the rows should be.
pub(crate) enum Content {
    /// Rows, or none.
    Rows(Rows),
    /// A sentence.
    Sentence(String),
}

/// Rows, and what stands beside them.
#[derive(Default)]
pub(crate) struct Rows {
    pub(crate) found: Vec<(String, Cell)>,
    pub(crate) drift: Drift,
    /// The texts beside the rows. Where there are no rows, they are the answer.
    said: Vec<String>,
}

impl<'a, R: QueryRow> Found<'a, R> {
    pub(crate) fn new(scrub: &'a dyn Fn(&str) -> String) -> Self {
        Self {
            rows: Vec::new(),
            drift: Drift::default(),
            scrub,
        }
    }

    /// Takes a row in. One without values is none.
    pub(crate) fn push(&mut self, name: &str, row: Cell) -> Result<(), Unreadable> {
        let members = match row {
            Cell::Map(members) => members,
            blank if blank.is_blank() => return Ok(()),
            _ => return Err(self.unexpected(name, "columns")),
        };
        let columns = Columns::new(Some(&(self.scrub)(name)), members);
        if columns.is_empty() {
            return Ok(());
        }
        let row =
            R::read(columns).ok_or_else(|| self.unexpected(name, "columns of this query type"))?;
        self.rows.push(row);
        Ok(())
    }

    /// Takes in the rest of the answer. Gives the sentence that stands beside no rows at all.
    pub(crate) fn take(&mut self, rest: Rows) -> Result<Option<String>, Unreadable> {
        for (name, row) in rest.found {
            self.push(&name, row)?;
        }
        self.drift.extend(rest.drift);
        let is_sentence = self.rows.is_empty() && !rest.said.is_empty();
        Ok(is_sentence.then(|| rest.said.join("; ")))
    }

    fn unexpected(&self, name: &str, what: &'static str) -> Unreadable {
        let name = (self.scrub)(name);
        let name: String = name.chars().take(64).filter(|c| !c.is_control()).collect();
        Unreadable::at(
            format!("QueryResult.{name}"),
            Reason::Unexpected(what.into()),
        )
    }
}

/// Whether a member belongs to the way the answer is written, not to what it says: attributes and
/// declarations, as a converter from XML writes them.
fn is_markup(name: &str) -> bool {
    is_attribute(name) || name.starts_with('#')
}

/// The rows below a result: all members that hold objects, whatever their names, one object or many;
/// or the row itself; or one level deeper. What stands beside them, or beside `QueryResult`, is drift.
pub(crate) fn find(result: Cell) -> Content {
    let mut found = Rows::default();
    match result {
        Cell::Map(members) => {
            let is_result = |(name, _): &(String, Cell)| fold(name) == "QUERYRESULT";
            let (results, beside): (Vec<_>, Vec<_>) = members.into_iter().partition(is_result);
            if results.is_empty() {
                found.below("QueryResult", beside, true);
                return Content::Rows(found);
            }
            for (name, cell) in beside {
                found.beside(&name, cell);
            }
            for (name, cell) in results {
                match cell {
                    Cell::Map(members) => found.below("QueryResult", members, true),
                    Cell::List(items) => found.list("QueryResult", items),
                    Cell::Text(text) if !text.trim().is_empty() => {
                        found.beside(&name, Cell::Text(text));
                    }
                    Cell::Text(_) | Cell::Null => {}
                }
            }
        }
        Cell::List(items) => found.list("QueryResult", items),
        Cell::Text(text) if !text.trim().is_empty() => return Content::Sentence(text),
        Cell::Text(_) | Cell::Null => {}
    }
    Content::Rows(found)
}

impl Rows {
    fn beside(&mut self, name: &str, cell: Cell) {
        if is_markup(name) || cell.is_blank() {
            return;
        }
        self.said.extend(cell.text().map(str::to_owned));
        self.drift.note(name, &cell.flat());
    }

    /// A list: each item is a row. What is no object is unreadable as one.
    fn list(&mut self, name: &str, items: Vec<Cell>) {
        let items = items.into_iter().filter(|item| !item.is_blank());
        self.found.extend(items.map(|item| (name.to_owned(), item)));
    }

    fn below(&mut self, name: &str, members: Vec<(String, Cell)>, may_go_deeper: bool) {
        let members: Vec<_> = members
            .into_iter()
            .filter(|(name, _)| !is_markup(name))
            .collect();
        if !members.iter().any(|(_, cell)| is_holder(cell)) {
            // The columns stand here.
            let row = Cell::Map(members);
            if !row.is_blank() {
                self.found.push((name.to_owned(), row));
            }
            return;
        }
        for (name, cell) in members {
            match cell {
                Cell::Map(members) => {
                    let holds_columns = members.iter().any(|(name, cell)| {
                        !is_markup(name) && matches!(cell, Cell::Text(_) | Cell::Null)
                    });
                    if may_go_deeper && !holds_columns {
                        self.below(&name, members, false);
                    } else {
                        self.list(&name, vec![Cell::Map(members)]);
                    }
                }
                Cell::List(items) => self.list(&name, items),
                other => self.beside(&name, other),
            }
        }
    }
}

/// Whether a member holds rows.
fn is_holder(cell: &Cell) -> bool {
    match cell {
        Cell::Map(_) => true,
        Cell::List(items) => items.iter().any(|item| matches!(item, Cell::Map(_))),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use kervan_core::json;

    use super::*;
    use crate::query::parcel::Parcel;
    use crate::query::table::TableRow;

    /// The number of rows, the drift's names and the sentence; or `unreadable`.
    fn read<R: QueryRow>(text: &str) -> (usize, Drift, Option<String>) {
        let mut found = Found::<R>::new(&str::to_owned);
        let content = find(json::parse(text).unwrap().glance::<Cell>().unwrap());
        let said = match content {
            Content::Sentence(sentence) => Some(sentence),
            Content::Rows(rows) => found
                .take(rows)
                .unwrap_or_else(|_| Some("unreadable".to_owned())),
        };
        (found.rows.len(), found.drift, said)
    }

    fn parcels(text: &str) -> (usize, bool, Option<String>) {
        let (rows, drift, said) = read::<Parcel>(text);
        (rows, !drift.is_empty(), said)
    }

    #[test]
    fn every_group_of_rows_is_read() {
        for text in [
            r#"{"QueryResult":{"Cargo":[{"MOK":"1"}],"Collection":{"MOK":"2"}}}"#,
            r#"{"QueryResult":{"Cargo":{"MOK":"1"},"CARGO":[{"MOK":"2"},null,{}]}}"#,
            r#"{"QueryResult":[{"MOK":"1"},{"MOK":"2"}]}"#,
            r#"[{"MOK":"1"},{"MOK":"2"}]"#,
            r#"{"QueryResult":{"Set":{"A":{"MOK":"1"},"B":[{"MOK":"2"}]}}}"#,
        ] {
            assert_eq!(parcels(text), (2, false, None), "{text}");
        }
    }

    #[test]
    fn what_stands_beside_no_rows_is_the_answer() {
        let said = |text: &str| Some(text.to_owned());
        for (text, expected) in [
            (r#"{"QueryResult":null}"#, (0, false, None)),
            (
                r#"{"QueryResult":{"Cargo":{"@xsi:nil":"true"}}}"#,
                (0, false, None),
            ),
            (r#"{"QueryResult":null,"Hata":"x"}"#, (0, true, said("x"))),
            (
                r#"{"QueryResult":{"Cargo":{}},"Hata":"x"}"#,
                (0, true, said("x")),
            ),
            (
                r#"{"QueryResult":{"Cargo":[{}],"Hata":"x"}}"#,
                (0, true, said("x")),
            ),
            (r#"{"QueryResult":"x"}"#, (0, true, said("x"))),
            (r#"{"QueryResult":null,"Hata":{"A":"x"}}"#, (0, true, None)),
            (
                r#"{"QueryResult":{"Cargo":{"MOK":"1"}},"Hata":"x"}"#,
                (1, true, None),
            ),
        ] {
            assert_eq!(parcels(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_row_is_unreadable() {
        for text in [
            r#"{"QueryResult":{"Hata":"x"}}"#,
            r#"{"QueryResult":{"Cargo":{"ACIKLAMA":"x","BIRIM":"y"}}}"#,
            r#"{"QueryResult":{"Cargo":["a","b"]}}"#,
            r#"{"QueryResult":{"Set":{"Cargo":["a","b"]}}}"#,
            r#"{"QueryResult":["a","b"]}"#,
            r#"{"QueryResult":{"Cargo":[{"MOK":"1"},"b"]}}"#,
        ] {
            assert_eq!(parcels(text).2.as_deref(), Some("unreadable"), "{text}");
        }
        // A table of any columns keeps them.
        let (rows, drift, said) =
            read::<TableRow>(r#"{"QueryResult":{"Set":{"Cargo":["a","b"]}}}"#);
        assert_eq!((rows, drift.is_empty(), said), (1, true, None));
    }
}
