//! Paths to a field, in the provider's names.

use std::borrow::Cow;

use kervan_core::drift::path::{LONGEST_NAME, is_short, short};

/// One step from a value to a part of it.
#[derive(Clone, Debug)]
pub(crate) enum Step<'a> {
    /// The member of this name.
    Field(Cow<'a, str>),
    /// The item at this place, from 0.
    Item(usize),
}

/// Returns the path of these steps, and of a member below them.
pub(crate) fn path(steps: &[Step<'_>], member: Option<&str>) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Field(name) => push_name(&mut path, name),
            Step::Item(index) => path.extend(["[", &index.to_string(), "]"]),
        }
    }
    if let Some(member) = member {
        push_name(&mut path, member);
    }
    path
}

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(short(name));
}

/// Returns the part of a name that tells it from others.
pub(crate) fn head(name: &str) -> &str {
    if is_short(name) {
        return name;
    }
    let mut places = name.char_indices().map(|(at, _)| at);
    let end = places.nth(LONGEST_NAME - 1).unwrap_or(name.len());
    &name[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str) -> Step<'_> {
        Step::Field(Cow::Borrowed(name))
    }

    #[test]
    fn writes_names_and_positions() {
        let steps = [field("response"), field("rows"), Step::Item(3)];
        assert_eq!(path(&steps, Some("Ad")), "response.rows[3].Ad");
        assert_eq!(path(&[], Some("Ad")), "Ad");
        assert_eq!(path(&[], None), "");
    }

    #[test]
    fn drops_long_names() {
        let exact = "ş".repeat(64);
        assert_eq!(path(&[field(&exact)], None), exact);
        let dropped = path(&[field(&"ş".repeat(65)), Step::Item(1)], Some("x"));
        assert_eq!(dropped, "…[1].x");
    }
}
