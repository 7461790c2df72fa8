//! A row of a table whose columns no public document names.

use std::collections::BTreeMap;

use kervan_core::Personal;
use serde::{Deserialize, Serialize};

use super::asked::Named;
use super::columns::{Columns, QueryRow};
use kervan_turkiye::text::fold_name;

/// A row with its columns as received. For the query types whose column names are not public.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct TableRow {
    /// The row's own element or table, as `Cargo` or `Table1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The columns by their names as received.
    pub columns: BTreeMap<String, Personal>,
}

impl TableRow {
    /// Returns a column by its name, in any spelling: `get("ŞUBE ADI")` finds `SUBE_ADI`.
    pub fn get(&self, name: &str) -> Option<&str> {
        let wanted = fold_name(name);
        let mut columns = self.columns.iter();
        let (_, value) = columns.find(|(name, _)| fold_name(name) == wanted)?;
        Some(value.as_str())
    }
}

impl QueryRow for TableRow {
    fn read(columns: &mut Columns) -> Option<Self> {
        let table = columns.table().map(str::to_owned);
        let columns = columns.rest();
        Some(Self { table, columns })
    }

    fn named(&self) -> Named<'_> {
        Named::of(&self.columns)
    }
}
