//! Finds the rows of an answer whose shape is not documented.

use std::collections::BTreeSet;

use kervan_core::Drift;
use kervan_core::error::{Reason, Unreadable};
use kervan_core::soap::Row;

use super::answer::QueryAnswer;
use super::asked::{Asked, is_key};
use super::columns::{Columns, QueryRow};
use crate::cell::{self, Cell, is_attribute};
use crate::login::{Hiding, Login};
use crate::status::fold;

/// The rows that were found, as far as they have been read.
pub(crate) struct Found<'a, R> {
    rows: Vec<R>,
    pub(crate) drift: Drift,
    login: &'a Login,
    hiding: Hiding,
    hiding_password: Hiding,
    asked: &'a Asked<'a>,
    /// The elements that held rows.
    holders: BTreeSet<String>,
    misfits: Vec<Misfit>,
    /// A column that says two things.
    twofold: Option<String>,
}

/// A value in the place of a row that is not a row: an addition, or a row that nobody understands.
struct Misfit {
    name: String,
    /// Its text, without the login.
    said: String,
    expected: &'static str,
}

/// The part of an answer that should hold rows.
pub(crate) enum Content {
    /// Rows, or none.
    Rows(Rows),
    /// A sentence.
    Sentence(String),
}

/// The part of an answer that should hold rows, once it is read.
pub(crate) enum Told<R> {
    /// Rows, or none.
    Rows(QueryAnswer<R>),
    /// A sentence as received.
    Sentence(String),
}

/// Rows, and the values beside them.
#[derive(Default)]
pub(crate) struct Rows {
    found: Vec<(String, Cell)>,
    drift: Drift,
    /// The texts beside the rows. Where there are no rows, they are the answer.
    said: Vec<String>,
    /// Texts beside what may hold rows: the columns of a row, if nothing there is one.
    texts: Vec<(String, Vec<(String, Cell)>)>,
}

impl<'a, R: QueryRow> Found<'a, R> {
    pub(crate) fn new(login: &'a Login, asked: &'a Asked<'a>) -> Self {
        Self {
            rows: Vec::new(),
            drift: Drift::default(),
            login,
            hiding: login.hiding(),
            hiding_password: login.hiding_password(),
            asked,
            holders: BTreeSet::new(),
            misfits: Vec::new(),
            twofold: None,
        }
    }

    /// Takes a row in. A row without values is ignored.
    fn push(&mut self, name: &str, row: Cell) {
        if row.is_blank() {
            return;
        }
        let members = match row {
            Cell::Map(members) if members.iter().any(is_element) => members,
            other => return self.misfit(name, other.without_login().flat(), "columns"),
        };
        let shown = self.hiding.hide(name.to_owned());
        let mut columns = Columns::new(Some(&shown), members, |column, value| {
            self.hidden(column, value)
        });
        if columns.is_empty() {
            return self.misfit(name, String::new(), "columns beside the login");
        }
        let is_holder = self.holders.contains(name);
        // Nothing else may be among rows, so that its text is not needed.
        let said = (!is_holder).then(|| columns.flat());
        let row = R::read(&mut columns);
        if let Some(column) = columns.contradiction() {
            self.twofold.get_or_insert_with(|| column.to_owned());
        }
        let Some(row) = row else {
            let said = said.unwrap_or_default();
            return self.misfit(name, said, "columns of this query type");
        };
        if !is_holder {
            self.holders.insert(name.to_owned());
        }
        self.rows.push(row);
    }

    /// Takes a row of a data set in.
    pub(crate) fn push_row(&mut self, row: Row<'_, '_>) -> Result<(), Unreadable> {
        let name = row.name().to_owned();
        let (cell, drift) = row.read::<Cell>()?;
        self.drift.extend(drift);
        self.push(&name, cell);
        Ok(())
    }

    /// Returns the rows, or the sentence in their place.
    pub(crate) fn finish(mut self, content: Content) -> Result<Told<R>, Unreadable> {
        let sentence = match content {
            Content::Sentence(sentence) => Some(sentence),
            Content::Rows(rows) => self.take(rows)?,
        };
        if let Some(sentence) = sentence {
            return Ok(Told::Sentence(sentence));
        }
        self.drift.scrub(|text| self.hiding.hide(text.to_owned()));
        let answer = QueryAnswer::new(self.rows, self.asked, self.drift);
        Ok(Told::Rows(answer))
    }

    /// Returns a value without the login. The keys of a parcel may name the account, but not its
    /// password; the values that were asked for are not secret.
    fn hidden(&self, column: &str, value: String) -> String {
        if !is_key(column) {
            self.hiding.hide(value)
        } else if self.asked.names(&value) {
            value
        } else if self.login.is_value(&value) {
            self.hiding.hide(value)
        } else {
            self.hiding_password.hide(value)
        }
    }

    /// A name of the answer, as an error may show it.
    fn shown(&self, name: &str) -> String {
        let name = self.hiding.hide(name.to_owned());
        name.chars().take(64).filter(|c| !c.is_control()).collect()
    }

    fn misfit(&mut self, name: &str, said: String, expected: &'static str) {
        self.misfits.push(Misfit {
            name: name.to_owned(),
            said,
            expected,
        });
    }

    /// Takes in the rest of the answer. Returns the sentence of an answer without rows.
    ///
    /// A value that is not a row is an addition under a name of its own beside rows, and unreadable
    /// among them or alone.
    fn take(&mut self, mut rest: Rows) -> Result<Option<String>, Unreadable> {
        for (name, row) in std::mem::take(&mut rest.found) {
            self.push(&name, row);
        }
        for (name, texts) in std::mem::take(&mut rest.texts) {
            let misfits = self.misfits.len();
            if self.rows.is_empty() && misfits > 0 {
                self.push(&name, Cell::Map(texts.clone()));
                self.misfits.truncate(misfits);
                if !self.rows.is_empty() {
                    continue;
                }
            }
            for (name, cell) in texts {
                rest.beside(&name, cell);
            }
        }
        if let Some(name) = &self.twofold {
            let path = format!("QueryResult.{}", self.shown(name));
            return Err(Unreadable::at(path, Reason::Twice));
        }
        let is_row = |misfit: &&Misfit| self.rows.is_empty() || self.holders.contains(&misfit.name);
        if let Some(misfit) = self.misfits.iter().find(is_row) {
            let reason = Reason::Unexpected(misfit.expected.into());
            let path = format!("QueryResult.{}", self.shown(&misfit.name));
            return Err(Unreadable::at(path, reason));
        }
        for misfit in self.misfits.drain(..) {
            self.drift.note(&misfit.name, &misfit.said);
        }
        self.drift.extend(rest.drift);
        let is_sentence = self.rows.is_empty() && !rest.said.is_empty();
        Ok(is_sentence.then(|| rest.said.join("; ")))
    }
}

/// Whether a member says something as an element.
fn is_element((name, cell): &(String, Cell)) -> bool {
    !cell::is_markup(name) && !is_attribute(name) && !cell.is_blank()
}

/// Whether a member belongs to the way the answer is written, not to what it says: a converter's markup
/// and comments.
fn is_markup(name: &str) -> bool {
    cell::is_markup(name) || name.starts_with('#') && name != "#text"
}

/// The rows below a result: all members that hold objects, whatever their names, one object or many;
/// or the row itself; or one level deeper. Values beside them, or beside `QueryResult`, are drift.
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

    /// Takes in a list: each item is a row. An item that is not an object is unreadable as one.
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
            // The columns are here.
            let row = Cell::Map(members);
            if !row.is_blank() {
                self.found.push((name.to_owned(), row));
            }
            return;
        }
        let mut texts = Vec::new();
        for (member, cell) in members {
            match cell {
                Cell::Map(members) => {
                    let holds_columns = members.iter().any(|(name, cell)| {
                        !is_markup(name) && matches!(cell, Cell::Text(_) | Cell::Null)
                    });
                    if may_go_deeper && !holds_columns {
                        self.below(&member, members, false);
                    } else {
                        self.list(&member, vec![Cell::Map(members)]);
                    }
                }
                Cell::List(items) => self.list(&member, items),
                text => texts.push((member, text)),
            }
        }
        self.texts.push((name.to_owned(), texts));
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
        let login = Login::published_test_account();
        let mut found = Found::<R>::new(&login, &Asked::Any);
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
        for text in [
            r#"{"QueryResult":{"Cargo":{"@MOK":"1","@DURUM_KODU":"6"}}}"#,
            r#"{"QueryResult":{"@Adet":"1"}}"#,
            r##"{"QueryResult":{"#text":"1;6"}}"##,
            r##"{"QueryResult":{"Cargo":{"#text":"1;6"}}}"##,
            r#"{"QueryResult":{"Cargo":{"UserName":"a","Password":"b"}}}"#,
            r#"{"QueryResult":{"Cargo":{"Kolon":["MOK"],"Satir":[["1"]]}}}"#,
        ] {
            assert_eq!(parcels(text).2.as_deref(), Some("unreadable"), "{text}");
        }
        // A table of any columns keeps them.
        let (rows, drift, said) =
            read::<TableRow>(r#"{"QueryResult":{"Set":{"Cargo":["a","b"]}}}"#);
        assert_eq!((rows, drift.is_empty(), said), (1, true, None));
    }

    #[test]
    fn r8_an_addition_beside_rows_is_drift() {
        for text in [
            r#"{"QueryResult":{"Cargo":[{"MOK":"1"}],"Bilgi":{"Adet":"1"}}}"#,
            r#"{"QueryResult":{"Bilgi":{"Adet":"1"},"Cargo":{"MOK":"1"}}}"#,
            r#"{"QueryResult":{"Cargo":{"MOK":"1"},"Bilgi":[{"Adet":"1"},{"Adet":"2"}]}}"#,
            r#"{"QueryResult":{"Cargo":{"MOK":"1"},"Uyarilar":["a","b"]}}"#,
            r#"{"QueryResult":{"MOK":"1","DURUM_KODU":"6","Bilgi":{"Adet":"1"}}}"#,
            r#"{"QueryResult":{"Set":{"Cargo":{"MOK":"1"},"Bilgi":{"Adet":"1"}}}}"#,
        ] {
            let (rows, drift, said) = read::<Parcel>(text);
            assert_eq!((rows, said), (1, None), "{text}");
            let paths: Vec<_> = drift.unread.iter().map(|u| u.path.as_str()).collect();
            assert!(matches!(paths[0], "Bilgi" | "Uyarilar"), "{paths:?}");
            assert!(!drift.unread[0].value.is_blank());
        }
        // Alone it does not prove that there are no rows.
        let alone = r#"{"QueryResult":{"Bilgi":{"Adet":"0"}}}"#;
        assert_eq!(parcels(alone).2.as_deref(), Some("unreadable"));
    }
}
