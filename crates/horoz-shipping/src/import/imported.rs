//! Orders with the rows that they are from.

use super::columns::Column;
use crate::supplier_pays::CreateSupplierPaysOrder;

/// Orders with the rows that they are from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ImportedOrders {
    /// The orders, in the order of the file.
    pub orders: Vec<CreateSupplierPaysOrder>,
    /// The row of each line of each order; of JSON lines the one row of the order.
    pub(super) rows: Vec<Vec<u64>>,
    /// The columns' names as the file has them.
    pub(super) names: Vec<(Column, String)>,
}

impl ImportedOrders {
    /// Returns the row of the file, from one, that has a field of an order, and its column where the
    /// file has columns. `path` is that of a [`Problem`](crate::Problem), as `lines[1].desi`.
    pub fn place_of(&self, order: usize, path: &str) -> Option<(u64, Option<&str>)> {
        let rows = self.rows.get(order)?;
        let (line, field) = match path
            .strip_prefix("lines[")
            .and_then(|rest| rest.split_once(']'))
        {
            Some((line, field)) => (line.parse().unwrap_or(0), field.trim_start_matches('.')),
            None => (0, path),
        };
        let row = *rows.get(line).or(rows.first())?;
        let column = Column::of_path(field);
        let name = self.names.iter().find(|(known, _)| Some(*known) == column);
        Some((row, name.map(|(_, name)| name.as_str())))
    }
}
