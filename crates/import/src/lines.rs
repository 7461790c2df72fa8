//! Orders from JSON lines.

use kervan_wire::json::from_stored;
use serde::de::DeserializeOwned;

use crate::imported::Imported;
use crate::mistakes::{ImportError, ImportErrors, ImportMistake};

/// Reads all orders of a text.
pub(crate) fn read<O: DeserializeOwned>(text: &str) -> Result<Imported<O>, ImportErrors> {
    let mut errors = ImportErrors::new();
    let (mut orders, mut rows) = (Vec::new(), Vec::new());
    for (line, row) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        match from_stored(line) {
            Ok(order) => {
                orders.push(order);
                rows.push(vec![row]);
            }
            Err(wrong) => {
                let error = ImportError::new(row, ImportMistake::Json);
                errors.add(match wrong.path() {
                    "" => error,
                    path => error.named(path),
                });
            }
        }
    }
    if errors.is_empty() {
        Ok(Imported {
            orders,
            rows,
            columns: Vec::new(),
        })
    } else {
        Err(errors)
    }
}
