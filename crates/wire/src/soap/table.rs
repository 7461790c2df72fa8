//! A .NET `DataTable`: its schema passed over, its rows one by one, columns by name.

use std::borrow::Cow;
use std::fmt;

use serde::de::DeserializeOwned;

use super::cursor::{Cursor, Element, Space, Step};
use crate::charset::DAMAGED;
use crate::tree::path::{self, path};
use crate::tree::{Document, Drift, Form, Kind, Node, Notes};
use kervan_core::error::{Reason, Unreadable};
use kervan_core::secret::Scrub;

/// One row of a table. A column without a value is missing; an empty text is an empty text.
pub struct Row<'r, 'a> {
    table: &'a str,
    name: &'a str,
    position: usize,
    columns: &'r mut Vec<(Cow<'a, str>, Node<'a>)>,
    /// Whether letters of the text are damaged.
    is_damaged: bool,
    /// The secrets that are hidden in the provider's texts.
    scrub: Option<&'a dyn Scrub>,
}

impl fmt::Debug for Row<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("table", &self.table)
            .field("name", &self.name)
            .field("columns", &self.columns.len())
            .finish_non_exhaustive()
    }
}

impl<'a> Row<'_, 'a> {
    /// Returns the same, with what may not be repeated hidden.
    pub(super) fn scrubbed_by(mut self, scrub: Option<&'a dyn Scrub>) -> Self {
        self.scrub = scrub;
        self
    }

    /// Returns the element that holds the table, as `DT_Bilgi`.
    pub fn table(&self) -> &'a str {
        self.table
    }

    /// Returns the row's own element, as `Table1`: a data set holds the rows of several tables, each under
    /// a name of its own.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Returns the row's place, from 0.
    pub fn position(&self) -> usize {
        self.position
    }

    /// Returns a column's text.
    pub fn text(&self, column: &str) -> Option<&str> {
        let (_, node) = self.columns.iter().find(|(name, _)| name == column)?;
        match &node.value {
            Kind::Text(text) => Some(text),
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

    fn note_damaged(&self, notes: &mut Notes) {
        let steps = [
            path::Step::Field(self.table.into()),
            path::Step::Item(self.position),
        ];
        for (name, node) in self.columns.iter() {
            if matches!(&node.value, Kind::Text(text) if text.contains(DAMAGED)) {
                notes.tolerated(&steps, name, Form::DamagedLetter);
            }
        }
    }

    fn read_noting<T: DeserializeOwned>(self, notes: &mut Notes) -> Result<T, Unreadable> {
        let noted_before = notes.sizes();
        if self.is_damaged {
            self.note_damaged(notes);
        }
        let columns = std::mem::take(self.columns);
        let node = Node {
            raw: Some(""),
            value: Kind::Object(columns),
        };
        let document = Document::row(self.table, self.position, node);
        let document = document.maybe_scrubbed_by(self.scrub);
        let result = document.read_noting(notes);
        if let Some(scrub) = self.scrub {
            notes.scrub_since(noted_before, scrub);
        }
        // The next row takes over the room.
        if let Kind::Object(columns) = document.into_value() {
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

    /// Returns the rows, and how the table differs from its documentation.
    pub fn finish(self) -> (Vec<T>, Drift) {
        (self.rows, self.notes.finish())
    }
}

/// Returns the part of a path after the row.
fn column(path: &str) -> &str {
    path.rsplit("].").next().unwrap_or(path)
}

/// The blocks of a diffgram beside its data set: rows as they were before a change, and their errors.
const DIFFGRAM_BLOCKS: [&str; 2] = ["before", "errors"];

/// Hands out the rows of a diffgram whose start was read: the children of its first child, whatever
/// their names. Blocks of the diffgram's own (`before`, `errors`) are ignored. Contents of another shape are
/// an error, not an empty table.
pub(super) fn rows<'a>(
    cursor: &mut Cursor<'a>,
    table: &'a str,
    rows: &mut impl FnMut(Row<'_, 'a>) -> Result<(), Unreadable>,
) -> Result<(), Unreadable> {
    let mut position = 0;
    let mut columns = Vec::new();
    let is_damaged = cursor.is_damaged();
    while let Some(block) = next_inside(cursor, table, "a table")? {
        if block.space == Space::Diffgram {
            // A data set that has lost its namespace would be passed over as well, and its rows with it.
            if !DIFFGRAM_BLOCKS.contains(&block.local) {
                return Err(unexpected(table, "a data set"));
            }
            cursor.skip()?;
            continue;
        }
        while let Some(element) = next_inside(cursor, table, "rows")? {
            row(cursor, table, element, &mut columns)?;
            rows(Row {
                table,
                name: element.local,
                position,
                columns: &mut columns,
                is_damaged,
                scrub: None,
            })?;
            position += 1;
        }
    }
    Ok(())
}

/// Returns the next element inside of another one, `None` at its end. A text is an error.
fn next_inside<'a>(
    cursor: &mut Cursor<'a>,
    table: &str,
    expected: &'static str,
) -> Result<Option<Element<'a>>, Unreadable> {
    loop {
        match cursor.next()? {
            Step::Start(element) => return Ok(Some(element)),
            Step::Text(text) if text.trim().is_empty() => {}
            Step::Text(_) => return Err(unexpected(table, expected)),
            Step::End(_) => return Ok(None),
            Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
        }
    }
}

fn unexpected(table: &str, what: &'static str) -> Unreadable {
    Unreadable::at(
        path(&[path::Step::Field(table.into())], None),
        Reason::Unexpected(what.into()),
    )
}

/// Reads the columns of a row whose start was read.
fn row<'a>(
    cursor: &mut Cursor<'a>,
    table: &str,
    row: Element<'a>,
    columns: &mut Vec<(Cow<'a, str>, Node<'a>)>,
) -> Result<(), Unreadable> {
    columns.clear();
    loop {
        while let Some((name, node)) = cursor.plain_element() {
            columns.push((Cow::Borrowed(name), node));
        }
        let Some(column) = next_inside(cursor, table, "columns")? else {
            break;
        };
        columns.push((Cow::Borrowed(column.local), read_column(cursor, column)?));
    }
    if columns.is_empty() && !row.attributes.is_empty() {
        return Err(unexpected(table, "columns"));
    }
    Ok(())
}

/// Reads a column whose start was read: a text, or nothing.
fn read_column<'a>(cursor: &mut Cursor<'a>, column: Element<'a>) -> Result<Node<'a>, Unreadable> {
    let mut text: Cow<'a, str> = Cow::Borrowed("");
    let mut has_elements = false;
    let end = loop {
        match cursor.next()? {
            Step::Text(more) if text.is_empty() => text = more,
            Step::Text(more) => text.to_mut().push_str(&more),
            Step::Start(_) => {
                has_elements = true;
                cursor.skip()?;
            }
            Step::End(at) => break at,
            Step::Done => return Err(Unreadable::whole(Reason::CutOff)),
        }
    };
    let raw = cursor.slice(column.content, end);
    let is_blank = text.trim().is_empty();
    let value = if column.nil {
        Kind::Null
    } else if has_elements && is_blank {
        Kind::Markup(raw)
    } else if is_blank && !column.attributes.is_empty() {
        Kind::Markup(column.attributes)
    } else {
        Kind::Text(text)
    };
    let raw = Some(raw);
    Ok(Node { raw, value })
}
