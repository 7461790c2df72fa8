//! The page of all calls.

use std::fmt::Write as _;

use super::{GENERATED, cell};
use crate::contract::registry::Row;

pub(super) fn page(rows: &[Row]) -> String {
    let mut page = format!(
        "# Calls\n\n{GENERATED} Each row is an entry of the registry of operations.\n\n\
         | crate | call | request type | form | effect | what it does |\n|---|---|---|---|---|---|\n"
    );
    for row in rows {
        let _ = writeln!(
            page,
            "| `{}` | [`{}`](../../{}) | `{}` | {} | {} | {} |",
            row.package,
            row.wire,
            row.path,
            row.request,
            row.form,
            row.effect,
            cell(row.summary),
        );
    }
    page.push_str(
        "\nLinks of `aras-tracking` are no calls: they are built and read without a network. See\n\
         [its page](../providers/aras-tracking.md).\n",
    );
    page
}
