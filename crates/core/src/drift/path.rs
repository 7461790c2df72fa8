//! Names in the paths of fields, as the provider writes them.

/// The most characters of a name in a path. The names that providers document have half of it.
pub const LONGEST_NAME: usize = 64;
/// The most bytes of a path. The paths that providers document have a quarter of it.
const LONGEST_PATH: usize = 512;
/// Replaces a longer name, and a longer path.
pub(super) const DROPPED: &str = "…";

/// Replaces a character that cannot be shown.
const HIDDEN: char = '\u{fffd}';

/// Returns a path as it can be shown. One that is too long is dropped as a whole: a dot may be a part of a
/// name, and half of a credential would not be recognised as one.
pub(crate) fn tidy(path: &str) -> String {
    if path.len() > LONGEST_PATH || !path.split(['.', '[']).all(is_short) {
        return DROPPED.to_owned();
    }
    path.chars().map(shown).collect()
}

/// Returns whether a name fits into a path as it is.
pub fn is_short(name: &str) -> bool {
    name.chars().nth(LONGEST_NAME).is_none()
}

/// Returns a name as a path shows it: `…` for one that does not fit. Pass each name of an answer through this
/// before it becomes a part of a path, dots and all.
pub fn short(name: &str) -> &str {
    if is_short(name) { name } else { DROPPED }
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
    fn a_path_that_is_too_long_is_dropped_as_a_whole() {
        let exact = "ş".repeat(64);
        for (path, tidied) in [
            ("", ""),
            ("Data.a[0][12].b", "Data.a[0][12].b"),
            (
                &format!("a.{exact}[3].b\nc"),
                &format!("a.{exact}[3].b\u{fffd}c"),
            ),
            ("a1.12", "a1.12"),
            // The half of a credential `gizli.word99` that is shorter than a name.
            (&format!("a.{}gizli.word99", "x".repeat(60)), "…"),
            (&format!("gizli.word99{}", "x".repeat(60)), "…"),
            (&"x".repeat(65), "…"),
            (&"a.".repeat(256), &"a.".repeat(256)),
            (&"a.".repeat(257), "…"),
            (&format!("a{}", "[1]".repeat(200)), "…"),
        ] {
            assert_eq!(tidy(path), tidied);
        }
        assert_eq!(
            (short(&exact), short(&format!("{exact}x"))),
            (exact.as_str(), "…")
        );
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
