//! Members whose names are in another letter case than their fields.

use std::borrow::Cow;

use super::node::Node;
use kervan_core::error::Reason;

/// Returns the member that is meant by a field although its name is in another letter case. A member of the
/// field's own name goes before it, unless nothing is in it.
///
/// # Errors
///
/// [`Reason::Twice`] when two of them say different things.
pub(super) fn in_other_case(
    entries: &[(Cow<'_, str>, Node<'_>)],
    field: &str,
    is_there: bool,
) -> Result<Option<usize>, Reason> {
    let says = |node: &Node<'_>| !matches!(&*node.shown(), "null" | "\"\"");
    let is_other = |name: &str| name != field && name.eq_ignore_ascii_case(field);
    let others = || {
        let named = entries.iter().enumerate();
        named.filter(|(_, (name, _))| is_other(name))
    };
    if others().next().is_none() {
        return Ok(None);
    }
    let own = entries.iter().find(|(name, _)| name == field);
    let own = own.map(|(_, node)| node).filter(|node| says(node));
    let mut saying = others().filter(|(_, (_, node))| says(node));
    let first = saying.next();
    let texts = saying.map(|(_, (_, node))| node.shown());
    let meant = own.or(first.map(|(_, (_, node))| node));
    let all = texts.chain(first.map(|(_, (_, node))| node.shown()));
    if let Some(meant) = meant
        && all.into_iter().any(|text| text != meant.shown())
    {
        return Err(Reason::Twice);
    }
    Ok(match (own, first) {
        (Some(_), _) => None,
        (None, Some((at, _))) => Some(at),
        (None, None) if is_there => None,
        (None, None) => others().next().map(|(at, _)| at),
    })
}
