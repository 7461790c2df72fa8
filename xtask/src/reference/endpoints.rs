//! The page of all calls.

use std::fmt::Write as _;

use super::calls::Call;
use super::{GENERATED, cell};

pub(super) fn page(calls: &[Call]) -> String {
    let mut page = format!(
        "# Calls\n\n{GENERATED} Each row is the first line of the call's file.\n\n\
         | crate | call | request type | form | effect | what it does |\n|---|---|---|---|---|---|\n"
    );
    for call in calls {
        let headline = &call.headline;
        let _ = writeln!(
            page,
            "| `{}` | [`{}`](../../{}) | `{}` | {} | {} | {} |",
            call.package,
            headline.wire,
            call.path,
            call.request,
            headline.form,
            headline.effect,
            cell(&headline.summary),
        );
    }
    page.push_str(
        "\nLinks of `aras-tracking` are no calls: they are built and read without a network. See\n\
         [its page](../providers/aras-tracking.md).\n",
    );
    page
}
