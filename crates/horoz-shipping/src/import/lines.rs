//! Orders from JSON lines.

use kervan_wire::json::from_stored;

use super::imported::ImportedOrders;
use super::mistakes::{ImportErrors, ImportMistake};

pub(super) fn read(text: &str) -> Result<ImportedOrders, ImportErrors> {
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
                let field = Some(wrong.path()).filter(|path| !path.is_empty());
                errors.add(row, field, ImportMistake::Json);
            }
        }
    }
    if errors.is_empty() {
        Ok(ImportedOrders {
            orders,
            rows,
            names: Vec::new(),
        })
    } else {
        Err(errors)
    }
}
