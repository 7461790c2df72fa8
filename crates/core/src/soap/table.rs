//! A .NET `DataTable`: its schema passed over, its rows one by one, columns by name.

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use super::cursor::{Cursor, Space, Step};
use crate::error::{Reason, Unreadable};
use crate::tree::{Document, Drift, Node, Notes, Value};

/// One row of a table. A column without a value is missing; an empty text is an empty text.
#[derive(Debug)]
pub struct Row<'r, 'a> {
    table: &'a str,
    name: &'a str,
    position: usize,
    columns: &'r mut Vec<(Cow<'a, str>, Node<'a>)>,
}

impl<'a> Row<'_, 'a> {
    /// The element that holds the table, as `DT_Bilgi`.
    pub fn table(&self) -> &'a str {
        self.table
    }

    /// The row's own element, as `Table1`: a data set holds the rows of several tables, each under
    /// a name of its own.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The row's place, from 0.
    pub fn position(&self) -> usize {
        self.position
    }

    /// A column's text.
    pub fn text(&self, column: &str) -> Option<&str> {
        let (_, node) = self.columns.iter().find(|(name, _)| name == column)?;
        match &node.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|(name, _)| name == column)
    }

    /// Fills a type whose fields are renamed to the columns. Columns without a value are `None`.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path, as `DT_Bilgi[3].Tutar`.
    pub fn read<T: DeserializeOwned>(self) -> Result<(T, Drift), Unreadable> {
        let mut notes = Notes::default();
        let value = self.read_noting(&mut notes)?;
        Ok((value, notes.finish()))
    }

    fn read_noting<T: DeserializeOwned>(self, notes: &mut Notes) -> Result<T, Unreadable> {
        let columns = std::mem::take(self.columns);
        let node = Node {
            raw: "",
            value: Value::Object(columns),
        };
        let document = Document::row(self.table, self.position, node);
        let result = document.read_noting(notes);
        // The next row takes over the room.
        if let Value::Object(columns) = document.into_value() {
            *self.columns = columns;
        }
        result
    }
}

/// Collects the rows of a table as values of a type.
///
/// A column that no row holds is absent; one that some rows lack is a column with empty values.
#[derive(Debug)]
pub struct Rows<T> {
    rows: Vec<T>,
    notes: Notes,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self {
            rows: Vec::new(),
            notes: Notes::default(),
        }
    }
}

impl<T: DeserializeOwned> Rows<T> {
    /// Takes a row in.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] with the path, as `DT_Bilgi[3].Tutar`.
    pub fn push(&mut self, row: Row<'_, '_>) -> Result<(), Unreadable> {
        if !self.rows.is_empty() {
            self.notes.narrow_absent(|path| !row.has(column(path)));
        }
        self.rows.push(row.read_noting(&mut self.notes)?);
        Ok(())
    }

    /// The rows, and how the table differs from its documentation.
    pub fn finish(self) -> (Vec<T>, Drift) {
        (self.rows, self.notes.finish())
    }
}

/// The part of a path after the row.
fn column(path: &str) -> &str {
    path.rsplit("].").next().unwrap_or(path)
}

/// Hands out the rows of a diffgram whose start was read: the children of its first child, whatever
/// their names. Blocks of the diffgram's own (`before`, `errors`) are passed over.
///
/// A table in another shape is unreadable and never empty: text beside rows or columns, as of rows that
/// are escaped, values that are attributes, and elements in a column.
pub(super) fn rows<'a>(
    cursor: &mut Cursor<'a>,
    table: &'a str,
    rows: &mut impl FnMut(Row<'_, 'a>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut position = 0;
    let mut columns = Vec::new();
    loop {
        match cursor.next()? {
            Step::Start(block) if block.space == Space::Diffgram => cursor.skip()?,
            Step::Start(_) => loop {
                match cursor.next()? {
                    Step::Start(element) => {
                        row(cursor, table, &mut columns)?;
                        if columns.is_empty() && element.attributed {
                            return Err(misshapen(table, "a row with columns"));
                        }
                        rows(Row {
                            table,
                            name: element.local,
                            position,
                            columns: &mut columns,
                        })?;
                        position += 1;
                    }
                    Step::Text(text) => expect_blank(table, &text)?,
                    Step::End(_) => break,
                    Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
                }
            },
            Step::Text(text) => expect_blank(table, &text)?,
            Step::End(_) => return Ok(()),
            Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
        }
    }
}

/// Reads the columns of a row whose start was read.
fn row<'a>(
    cursor: &mut Cursor<'a>,
    table: &str,
    columns: &mut Vec<(Cow<'a, str>, Node<'a>)>,
) -> Result<(), Unreadable> {
    columns.clear();
    loop {
        match cursor.next()? {
            Step::Start(column) => {
                let mut text: Cow<'a, str> = Cow::Borrowed("");
                let mut is_nested = false;
                let end = loop {
                    match cursor.next()? {
                        Step::Text(more) if text.is_empty() => text = more,
                        Step::Text(more) => text.to_mut().push_str(&more),
                        Step::Start(_) => {
                            is_nested = true;
                            cursor.skip()?;
                        }
                        Step::End(at) => break at,
                        Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
                    }
                };
                let raw = cursor.slice(column.content, end);
                let is_elsewhere = column.attributed && text.trim().is_empty();
                let value = if is_nested || is_elsewhere {
                    Value::Opaque(Reason::Unexpected("a text".into()))
                } else if column.nil {
                    Value::Null
                } else {
                    Value::Text(text)
                };
                columns.push((Cow::Borrowed(column.local), Node { raw, value }));
            }
            Step::Text(text) => expect_blank(table, &text)?,
            Step::End(_) => return Ok(()),
            Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
        }
    }
}

fn misshapen(table: &str, expected: &'static str) -> Unreadable {
    Unreadable::at(table, Reason::Unexpected(expected.into()))
}

fn expect_blank(table: &str, text: &str) -> Result<(), Unreadable> {
    if text.trim().is_empty() {
        Ok(())
    } else {
        Err(misshapen(table, "rows"))
    }
}
