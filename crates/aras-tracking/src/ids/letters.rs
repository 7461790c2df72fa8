//! Turkish letters that are written as two characters, as some systems keep names.
//!
//! Links need no other crate for letters, so these few are here. The services send whole lines composed,
//! letters of other languages too.

/// A letter, the mark behind it, and the letter that both are.
pub(super) const PARTS: [(char, char, char); 19] = [
    ('c', '\u{327}', 'ç'),
    ('C', '\u{327}', 'Ç'),
    ('g', '\u{306}', 'ğ'),
    ('G', '\u{306}', 'Ğ'),
    ('i', '\u{307}', 'i'),
    ('ı', '\u{307}', 'i'),
    ('I', '\u{307}', 'İ'),
    ('o', '\u{308}', 'ö'),
    ('O', '\u{308}', 'Ö'),
    ('s', '\u{327}', 'ş'),
    ('S', '\u{327}', 'Ş'),
    ('u', '\u{308}', 'ü'),
    ('U', '\u{308}', 'Ü'),
    ('a', '\u{302}', 'â'),
    ('A', '\u{302}', 'Â'),
    ('i', '\u{302}', 'î'),
    ('I', '\u{302}', 'Î'),
    ('u', '\u{302}', 'û'),
    ('U', '\u{302}', 'Û'),
];

/// Puts the letters of a text together.
pub(super) fn composed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        let last = out.chars().next_back();
        let whole = PARTS
            .iter()
            .find(|(first, mark, _)| Some(*first) == last && *mark == letter);
        if let Some((_, _, whole)) = whole {
            out.pop();
            out.push(*whole);
        } else {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t10_letters_in_parts_become_one() {
        for (parts, whole) in [
            ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
            ("g\u{306}u\u{308}l", "ğül"),
            // Two more: a dot that JavaScript leaves, and one letter of two marks.
            ("i\u{307}z\u{307}", "iz\u{307}"),
            ("i\u{307}\u{302}", "î"),
        ] {
            assert_eq!(composed(parts), whole);
            assert_eq!(composed(whole), whole);
        }
    }

    #[cfg(any(feature = "query", feature = "pages", feature = "push"))]
    #[test]
    fn t10_links_and_services_compose_alike() {
        for (first, mark, whole) in PARTS {
            let sent = kervan_turkiye::line::sent(&format!("{first}{mark}")).into_owned();
            assert_eq!(sent, whole.to_string());
        }
    }
}
