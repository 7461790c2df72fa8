//! Names in the paths of fields, as the provider writes them.

/// The most characters of a name in a path. The names that providers document have half of it.
pub const LONGEST_NAME: usize = 64;
/// Stands for a longer name.
pub const DROPPED: char = '…';

/// What stands for a character that cannot be shown.
const HIDDEN: char = '\u{fffd}';

fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    if is_short(name) {
        path.extend(name.chars().map(shown));
    } else {
        // Half of a credential would not be recognised as one.
        path.push(DROPPED);
    }
}

/// A path with its names as they can be shown.
pub(crate) fn tidy(path: &str) -> String {
    let mut tidied = String::new();
    for step in path.split('.') {
        let name =
            step.trim_end_matches(|letter: char| "[]".contains(letter) || letter.is_ascii_digit());
        let (name, places) = match step.get(name.len()..) {
            Some(places) if places.starts_with('[') => (name, places),
            _ => (step, ""),
        };
        push_name(&mut tidied, name);
        tidied.push_str(places);
    }
    tidied
}

/// Whether a name fits into a path as it is.
pub fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}

/// A name comes from the provider and goes to logs: nothing in it turns a line or moves a cursor.
fn shown(letter: char) -> char {
    let is_graphic = matches!(letter, '"' | '\'' | '\\') || letter.escape_debug().nth(1).is_none();
    if is_graphic { letter } else { HIDDEN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_the_paths_of_others() {
        let long = "x".repeat(65);
        for (path, tidied) in [
            ("", ""),
            ("Data.a[0][12].b", "Data.a[0][12].b"),
            (
                &format!("a.{}[3].b{long}", "x".repeat(64)),
                &format!("a.{}[3].…", "x".repeat(64)),
            ),
            (&format!("{long}[3].b\nc"), "…[3].b\u{fffd}c"),
            ("a1.12", "a1.12"),
        ] {
            assert_eq!(tidy(path), tidied);
        }
    }

    #[test]
    fn hides_what_cannot_be_seen() {
        let hidden = "\0\t\n\r\u{1b}\u{7f}\u{85}\u{ad}\u{200b}\u{202e}\u{2028}\u{feff}\u{e000}";
        for letter in hidden.chars() {
            let shown = tidy(&format!("a{letter}b"));
            assert_eq!(shown, "a\u{fffd}b", "{letter:?}");
        }
        let kept = "A z_0-9:.\"'\\şİ€";
        assert_eq!(tidy(kept), kept);
    }
}
