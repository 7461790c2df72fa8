//! Aras: what it reads.

use fixtures::case::Case;
use serde_json::Value;

use super::{Entry, reads, value_of};

/// Everything that is read.
pub(super) fn entries() -> Vec<Entry> {
    vec![reads("aras-tracking", "links", link)]
}

fn link(case: &Case) -> Result<Value, String> {
    let link = case.link.as_deref().ok_or("link.txt is missing")?;
    Ok(value_of(&aras_tracking::LinkReport::of(link)))
}
