//! Blanks and invisible marks that travel with pasted text.

/// Encoded blanks, the longer ones first: `%C2%A0` ends with `%A0`.
const ENCODED: [&str; 6] = ["%c2%a0", "%a0", "%20", "%09", "%0a", "%0d"];

/// Returns whether a character is a blank, or one of the invisible marks that messengers, word processors and
/// right-to-left text leave around copied numbers.
pub(crate) fn is_blank(character: char) -> bool {
    character.is_whitespace() || is_invisible(character)
}

/// Returns whether a character has no width. These are the characters that Unicode lets programs leave out
/// (`Default_Ignorable_Code_Point`).
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Drops characters without width, and makes every blank a plain one, because references that look the same
/// are equal.
pub(super) fn plain(text: &str) -> String {
    let seen = text.chars().filter(|&character| !is_invisible(character));
    seen.map(|character| {
        if character.is_whitespace() {
            ' '
        } else {
            character
        }
    })
    .collect()
}

/// Cuts blanks off both ends.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(is_blank)
}

/// Drops every blank, plain or encoded, at the ends and inside.
///
/// The result holds no encoded blank, not even one that appears when another is dropped.
pub(super) fn drop_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars().filter(|&character| !is_blank(character)) {
        out.push(character);
        if let Some(blank) = ENCODED.iter().find(|blank| ends_with(&out, blank)) {
            out.truncate(out.len() - blank.len());
        }
    }
    out
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len()
        .checked_sub(end.len())
        .and_then(|start| text.get(start..))
        .is_some_and(|tail| tail.eq_ignore_ascii_case(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drops_plain_encoded_and_invisible_blanks() {
        assert_eq!(
            drop_all(" %203513\u{a0}773 163%C2%a0316\u{200b}\r\n"),
            "3513773163316"
        );
        assert_eq!(drop_all("%2%200"), "");
        assert_eq!(drop_all("% 20"), "");
    }

    #[test]
    fn leaves_a_code_of_the_digits_20_alone() {
        assert_eq!(drop_all("2020"), "2020");
    }
}
