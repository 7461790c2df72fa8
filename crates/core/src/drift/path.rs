//! Paths to a field, in the provider's names, for readers of answers.

use std::borrow::Cow;

/// The most characters of a name in a path. The names that providers document have half of it.
const LONGEST_NAME: usize = 64;

/// What stands for a character that cannot be shown.
const HIDDEN: char = '\u{fffd}';

/// One step from a value to a part of it.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_enums, reason = "answers have objects and lists")]
pub enum Step<'a> {
    /// The member of this name.
    Field(Cow<'a, str>),
    /// The item at this place, from 0.
    Item(usize),
}

/// The path of these steps, and of a member below them.
pub fn path(steps: &[Step<'_>], member: Option<&str>) -> String {
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
    let head = head(name);
    path.extend(head.chars().map(shown));
    if head.len() < name.len() {
        path.push('…');
    }
}

/// Whether a name fits into a path as it is.
pub fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}

/// What a path shows of a name: all of it, or one character less than fits, before a mark.
pub fn head(name: &str) -> &str {
    if is_short(name) {
        return name;
    }
    let mut places = name.char_indices().map(|(at, _)| at);
    let end = places.nth(LONGEST_NAME - 1).unwrap_or(name.len());
    &name[..end]
}

/// A name comes from the provider and goes to logs: nothing in it turns a line or moves a cursor.
fn shown(letter: char) -> char {
    let is_graphic = matches!(letter, '"' | '\'' | '\\') || letter.escape_debug().nth(1).is_none();
    if is_graphic { letter } else { HIDDEN }
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
    fn cuts_long_names() {
        let exact = "ş".repeat(64);
        assert_eq!(path(&[field(&exact)], None), exact);
        let cut = path(&[field(&"ş".repeat(65))], None);
        assert_eq!(cut, "ş".repeat(63) + "…");
        let long = "x".repeat(1 << 20);
        assert_eq!(path(&[], Some(&long)).chars().count(), 64);
    }

    #[test]
    fn hides_what_cannot_be_seen() {
        let hidden = "\0\t\n\r\u{1b}\u{7f}\u{85}\u{ad}\u{200b}\u{202e}\u{2028}\u{feff}\u{e000}";
        for letter in hidden.chars() {
            let shown = path(&[], Some(&format!("a{letter}b")));
            assert_eq!(shown, "a\u{fffd}b", "{letter:?}");
        }
        let kept = "A z_0-9:.\"'\\şİ€";
        assert_eq!(path(&[], Some(kept)), kept);
    }
}
