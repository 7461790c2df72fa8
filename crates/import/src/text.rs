//! The text of a file.

use std::io::Read;

use kervan_wire::charset::body_text;

use crate::mistakes::{ImportErrors, ImportMistake};

/// The longest file that is read.
const MAX_BYTES: usize = 256 << 20;

/// Reads a whole file as text.
pub(crate) fn text_of(reader: impl Read) -> Result<String, ImportErrors> {
    let mut bytes = Vec::new();
    let read = reader.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    if read.is_err() || bytes.len() > MAX_BYTES {
        return Err(ImportErrors::one(1, ImportMistake::Unreadable));
    }
    match body_text(&bytes, false) {
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(ImportErrors::one(1, ImportMistake::Charset)),
    }
}
