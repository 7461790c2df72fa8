//! Reads the rows of an answer, and hides secrets in them.

use std::collections::BTreeSet;

use kervan_core::drift::path::short;
use kervan_core::error::{Reason, Unreadable};
use kervan_core::{Drift, Scrub as _};
use kervan_wire::soap::Row;
use kervan_wire::tree::Value;

use super::answer::QueryRows;
use super::asked::{Asked, is_key};
use super::columns::{Columns, QueryRow};
use super::content::{Candidates, Content};
use crate::login::Login;
use crate::value::{ValueExt as _, is_attribute, is_markup};

/// The rows that were found, as far as they have been read.
pub(crate) struct Found<'a, R> {
    rows: Vec<R>,
    pub(crate) drift: Drift,
    login: &'a Login,
    asked: &'a Asked<'a>,
    /// The elements that held rows.
    holders: BTreeSet<String>,
    misfits: Vec<Misfit>,
    /// A column with two values that differ.
    twofold: Option<String>,
}

/// A value in the place of a row that is not a row: an addition, or an unreadable row.
struct Misfit {
    name: String,
    /// Its text, without members that are a login.
    said: String,
    expected: &'static str,
}

/// The part of an answer that should hold rows, once it is read.
pub(crate) enum Told<R> {
    /// Rows, or an empty list, and the drift of the answer, as received.
    Rows(QueryRows<R>, Drift),
    /// A sentence as received.
    Sentence(String),
}

impl<'a, R: QueryRow> Found<'a, R> {
    pub(crate) fn new(login: &'a Login, asked: &'a Asked<'a>) -> Self {
        Self {
            rows: Vec::new(),
            drift: Drift::default(),
            login,
            asked,
            holders: BTreeSet::new(),
            misfits: Vec::new(),
            twofold: None,
        }
    }

    /// Adds a row. A row without values is ignored.
    fn push(&mut self, name: &str, row: Value) {
        if row.is_blank() {
            return;
        }
        let has_columns = matches!(&row, Value::Object(members) if members.iter().any(is_element));
        // The one place where members that are a login are dropped.
        let members = match row.without_login() {
            Value::Object(members) if has_columns => members,
            other => return self.misfit(name, other.flat(), "columns"),
        };
        let mut columns = Columns::new(Some(&self.scrub("", name)), members, &|column, text| {
            self.scrub(column, text)
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

    /// Adds a row of a data set.
    pub(crate) fn push_row(&mut self, row: Row<'_, '_>) -> Result<(), Unreadable> {
        let name = row.name().to_owned();
        let (columns, drift) = row.read::<Value>()?;
        self.drift.extend(drift);
        self.push(&name, columns);
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
        let rows = QueryRows::new(self.rows, self.asked);
        Ok(Told::Rows(rows, self.drift))
    }

    fn scrub(&self, column: &str, text: &str) -> String {
        scrubbed(self.login, self.asked, column, text)
    }

    /// Returns a name of the answer, as an error may show it.
    fn shown(&self, name: &str) -> String {
        let name = self.scrub("", name);
        name.chars().take(64).filter(|c| !c.is_control()).collect()
    }

    fn misfit(&mut self, name: &str, said: String, expected: &'static str) {
        self.misfits.push(Misfit {
            name: name.to_owned(),
            said,
            expected,
        });
    }

    /// Adds the rest of the answer. Returns the sentence of an answer without rows.
    ///
    /// A value that is not a row is an addition under a name of its own beside rows, and unreadable
    /// among them or alone.
    fn take(&mut self, mut rest: Candidates) -> Result<Option<String>, Unreadable> {
        for (name, row) in std::mem::take(&mut rest.found) {
            self.push(&name, row);
        }
        for (name, texts) in std::mem::take(&mut rest.texts) {
            let misfits = self.misfits.len();
            if self.rows.is_empty() && misfits > 0 {
                self.push(&name, Value::Object(texts.clone()));
                self.misfits.truncate(misfits);
                if !self.rows.is_empty() {
                    continue;
                }
            }
            for (name, value) in texts {
                rest.beside(&name, value);
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
            self.drift
                .note_unread(|| short(&misfit.name).to_owned(), &misfit.said);
        }
        self.drift.extend(rest.drift);
        let is_sentence = self.rows.is_empty() && !rest.said.is_empty();
        Ok(is_sentence.then(|| rest.said.join("; ")))
    }
}

/// Hides the login in the text of a column, by the folded name of that. The keys of a parcel may name the
/// account, but not its password; the values that were asked for are not secret.
pub(crate) fn scrubbed(login: &Login, asked: &Asked<'_>, column: &str, text: &str) -> String {
    if is_key(column) && asked.names(text) {
        text.to_owned()
    } else if is_key(column) && !login.is_value(text) {
        login.scrub_password(text)
    } else {
        login.scrub(text)
    }
}

/// Returns whether a member says something as an element.
fn is_element((name, value): &(String, Value)) -> bool {
    !is_markup(name) && !is_attribute(name) && !value.is_blank()
}

#[cfg(test)]
mod tests {
    use kervan_wire::json;

    use super::*;
    use crate::query::content::find;
    use crate::query::parcel::Parcel;
    use crate::query::table::TableRow;

    /// Returns the number of rows, the drift's names and the sentence; or `unreadable`.
    fn read<R: QueryRow>(text: &str) -> (usize, Drift, Option<String>) {
        let login = Login::published_test_account();
        let mut found = Found::<R>::new(&login, &Asked::Any);
        let content = find(json::parse(text).unwrap().glance::<Value>().unwrap());
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
        // A name that is too long is dropped with its dots, because a part of it may be half of a credential.
        let long = format!("{}gizli.parola", "x".repeat(60));
        let member =
            format!(r#"{{"QueryResult":{{"Cargo":{{"MOK":"1"}},"{long}":{{"Adet":"1"}}}}}}"#);
        let beside = format!(r#"{{"QueryResult":{{"Cargo":{{"MOK":"1"}}}},"{long}":"a"}}"#);
        for text in [member, beside] {
            assert_eq!(read::<Parcel>(&text).1.unread[0].path, "…", "{text}");
        }
        // Alone it does not prove that there are no rows.
        let alone = r#"{"QueryResult":{"Bilgi":{"Adet":"0"}}}"#;
        assert_eq!(parcels(alone).2.as_deref(), Some("unreadable"));
    }
}
