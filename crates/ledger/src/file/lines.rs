//! The lines of a ledger's file.

use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use serde_json::{Map, Value as Json};

use super::failed;
use crate::entry::Entry;
use crate::row::{COLUMNS, Value};
use crate::store::{StoreError, StoreErrorKind};
use crate::writes::Writes;

/// The version that is written, and the latest that is read.
const VERSION: u32 = 1;

/// The longest line that is read. Without a kept request they are about a thousand bytes.
const LONGEST_LINE: u64 = 16 << 20;

/// The field of the first line.
const HEAD: &str = "kervan_ledger";

/// The field of a line that forgets a write.
const FORGOTTEN: &str = "forgotten";

/// The column that holds bytes; in the file they are hexadecimal digits.
const BYTES: &str = "request";

/// A change, as a line.
pub(super) enum Line {
    /// An entry as it is from now on.
    Entry(Entry),
    /// An entry that is forgotten.
    Forgotten(Entry),
}

impl Line {
    pub(super) fn of(entry: &Entry) -> Self {
        Self::Entry(entry.clone())
    }

    pub(super) fn apply(self, writes: &mut Writes) -> Result<(), StoreError> {
        match self {
            Self::Entry(entry) => writes.put(&entry)?,
            Self::Forgotten(entry) => writes.remove(&entry),
        }
        Ok(())
    }

    fn write(&self, text: &mut Vec<u8>) -> Result<(), StoreError> {
        let mut fields = Map::new();
        match self {
            Self::Forgotten(entry) => {
                fields.insert(FORGOTTEN.to_owned(), entry.number.into());
            }
            Self::Entry(entry) => {
                for (name, value) in COLUMNS.into_iter().zip(entry.to_row()?) {
                    let value = match value {
                        Value::Null => continue,
                        Value::Integer(number) => number.into(),
                        Value::Text(text) => text.into(),
                        Value::Bytes(bytes) => hexadecimal(&bytes).into(),
                    };
                    fields.insert(name.to_owned(), value);
                }
            }
        }
        let written = serde_json::to_writer(&mut *text, &fields);
        written.map_err(|error| StoreError::new(StoreErrorKind::Other).caused_by(error))?;
        text.push(b'\n');
        Ok(())
    }
}

/// Returns the first line.
pub(super) fn head() -> Vec<u8> {
    format!("{{\"{HEAD}\":{VERSION}}}\n").into_bytes()
}

/// Returns lines as they are appended.
pub(super) fn text(lines: &[Line]) -> Result<Vec<u8>, StoreError> {
    let mut text = Vec::with_capacity(1024 * lines.len());
    lines.iter().try_for_each(|line| line.write(&mut text))?;
    Ok(text)
}

/// Reads all whole lines; returns the writes and the end of the last whole line.
///
/// A file without a whole line is a ledger only if it is the beginning of this one's first line.
pub(super) fn read(file: &File) -> Result<(Writes, u64), StoreError> {
    let mut reader = BufReader::new(file);
    reader.seek(SeekFrom::Start(0)).map_err(failed)?;
    let mut writes = Writes::default();
    let (mut whole, mut number) = (0, 0);
    let mut line = Vec::new();
    loop {
        line.clear();
        let mut rest = (&mut reader).take(LONGEST_LINE);
        let count = rest.read_until(b'\n', &mut line).map_err(failed)?;
        number += 1;
        if line.last() != Some(&b'\n') {
            // Either torn, which is the end of the file, or too long to be a line of a ledger.
            return if line.len() as u64 == LONGEST_LINE {
                Err(damaged(format!("line {number}")))
            } else if number == 1 && !head().starts_with(&line) {
                Err(damaged("it is not a ledger"))
            } else {
                writes.end_leases()?;
                Ok((writes, whole))
            };
        }
        whole += count as u64;
        if number == 1 {
            check_head(&line)?;
        } else {
            let read = read_line(&line, &mut writes);
            read.map_err(|_| damaged(format!("line {number}")))?;
        }
    }
}

fn check_head(line: &[u8]) -> Result<(), StoreError> {
    let head: Option<Map<String, Json>> = serde_json::from_slice(line).ok();
    let version = head
        .filter(|head| head.len() == 1)
        .and_then(|head| head.get(HEAD)?.as_u64());
    match version.map(|version| u32::try_from(version).unwrap_or(u32::MAX)) {
        Some(found) if found > VERSION => Err(StoreError::new(StoreErrorKind::Schema {
            found,
            needed: VERSION,
        })),
        Some(1..) => Ok(()),
        _ => Err(damaged("it is not a ledger")),
    }
}

fn read_line(line: &[u8], writes: &mut Writes) -> Result<(), StoreError> {
    let unreadable = || damaged("a line");
    let fields: Map<String, Json> = serde_json::from_slice(line).map_err(|_| unreadable())?;
    if let Some(number) = fields.get(FORGOTTEN) {
        let number = number.as_u64().ok_or_else(unreadable)?;
        let entry = writes.numbered(number)?.ok_or_else(unreadable)?;
        writes.remove(&entry);
        return Ok(());
    }
    if fields.keys().any(|name| !COLUMNS.contains(&&**name)) {
        return Err(unreadable());
    }
    let row: Option<Vec<Value>> = COLUMNS.iter().map(|name| value_of(&fields, name)).collect();
    writes.put(&Entry::from_row(&row.ok_or_else(unreadable)?)?)
}

fn value_of(fields: &Map<String, Json>, name: &str) -> Option<Value> {
    match fields.get(name) {
        None => Some(Value::Null),
        Some(Json::Number(number)) => number.as_i64().map(Value::Integer),
        Some(Json::String(text)) if name == BYTES => bytes(text).map(Value::Bytes),
        Some(Json::String(text)) => Some(Value::Text(text.clone())),
        Some(_) => None,
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits.filter(|digits| digits.len().is_multiple_of(2))?;
    let pairs = digits.chunks_exact(2);
    pairs
        .map(|pair| u8::try_from(pair[0] * 16 + pair[1]).ok())
        .collect()
}

fn damaged(cause: impl Into<String>) -> StoreError {
    StoreError::new(StoreErrorKind::Damaged).caused_by(cause.into())
}
