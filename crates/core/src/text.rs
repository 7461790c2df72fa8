//! Turkish letters: casing, folding for comparison, blanks.
//!
//! Turkish has two letters where English has one: dotted `i`/`İ` and dotless `ı`/`I`. The standard
//! library's casing follows English, so texts for a provider go through [`to_upper`] and
//! [`to_lower`]. Everything that is not Turkish text (header names, hash inputs, codes) must use
//! ASCII casing instead.

use std::borrow::Cow;

/// Combining dot above: what the standard library leaves behind when it lowers `İ`.
const DOT_ABOVE: char = '\u{307}';

/// Converts text to upper case by Turkish rules: `i` becomes `İ`, `ı` becomes `I`. Text that is
/// in upper case already is not copied.
///
/// ```
/// assert_eq!(kervan_core::text::to_upper("ılık diyarbakır'ın işi"), "ILIK DİYARBAKIR'IN İŞİ");
/// ```
pub fn to_upper(text: &str) -> Cow<'_, str> {
    let Some(first) = text.char_indices().find(|&(_, letter)| !is_upper(letter)) else {
        return Cow::Borrowed(text);
    };
    let (kept, rest) = text.split_at(first.0);
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(kept);
    for letter in rest.chars() {
        match letter {
            'i' => out.push('İ'),
            'ı' => out.push('I'),
            _ if letter.is_ascii() => out.push(letter.to_ascii_uppercase()),
            other => out.extend(other.to_uppercase()),
        }
    }
    Cow::Owned(out)
}

/// How many characters [`to_upper`] makes of a text. Some letters become two.
pub fn upper_len(text: &str) -> usize {
    let length = |letter: char| {
        if letter.is_ascii() {
            1
        } else {
            letter.to_uppercase().count()
        }
    };
    text.chars().map(length).sum()
}

/// Whether a character stays as it is in upper case. The short way for most of them.
fn is_upper(letter: char) -> bool {
    match letter {
        'a'..='z' | 'ı' => false,
        _ if letter.is_ascii() => true,
        'Ç' | 'Ğ' | 'İ' | 'Ö' | 'Ş' | 'Ü' => true,
        other => other.to_uppercase().eq([other]),
    }
}

/// Converts text to lower case by Turkish rules: `I` becomes `ı`, `İ` becomes `i`.
///
/// An `I` followed by a combining dot above is a decomposed `İ` and becomes `i` as well.
pub fn to_lower(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'İ' => out.push('i'),
            'I' if letters.next_if_eq(&DOT_ABOVE).is_some() => out.push('i'),
            'I' => out.push('ı'),
            other => out.extend(other.to_lowercase()),
        }
    }
    out
}

/// Folds text to a key for comparison: ASCII upper case without blanks and punctuation.
///
/// `İ`, `I`, `ı` and `i` fold to `I`; `Ş Ğ Ü Ö Ç` to `S G U O C`; `Â Î Û` to `A I U`. Letters and
/// digits of other scripts are kept in upper case. The result is for comparing, never for sending.
///
/// ```
/// use kervan_core::text::fold;
/// assert_eq!(fold("Hakkâri"), fold("HAKKARİ"));
/// assert_eq!(fold("19 Mayıs"), "19MAYIS");
/// ```
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Appends what [`fold`] makes of a text.
pub(crate) fn fold_into(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            'ı' | 'i' | 'I' | 'İ' | 'î' | 'Î' => out.push('I'),
            'ş' | 'Ş' => out.push('S'),
            'ğ' | 'Ğ' => out.push('G'),
            'ü' | 'Ü' | 'û' | 'Û' => out.push('U'),
            'ö' | 'Ö' => out.push('O'),
            'ç' | 'Ç' => out.push('C'),
            'â' | 'Â' => out.push('A'),
            other if other.is_ascii_alphanumeric() => out.push(other.to_ascii_uppercase()),
            other if other.is_alphanumeric() => out.extend(other.to_uppercase()),
            _ => {}
        }
    }
}

/// Tells whether a text has nothing to read in it: empty, or blanks only.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every Turkish letter with its partner, from the alphabet's own order.
    const PAIRS: [(char, char); 29] = [
        ('a', 'A'),
        ('b', 'B'),
        ('c', 'C'),
        ('ç', 'Ç'),
        ('d', 'D'),
        ('e', 'E'),
        ('f', 'F'),
        ('g', 'G'),
        ('ğ', 'Ğ'),
        ('h', 'H'),
        ('ı', 'I'),
        ('i', 'İ'),
        ('j', 'J'),
        ('k', 'K'),
        ('l', 'L'),
        ('m', 'M'),
        ('n', 'N'),
        ('o', 'O'),
        ('ö', 'Ö'),
        ('p', 'P'),
        ('r', 'R'),
        ('s', 'S'),
        ('ş', 'Ş'),
        ('t', 'T'),
        ('u', 'U'),
        ('ü', 'Ü'),
        ('v', 'V'),
        ('y', 'Y'),
        ('z', 'Z'),
    ];

    #[test]
    fn cases_every_letter_of_the_alphabet() {
        for (lower, upper) in PAIRS {
            assert_eq!(to_upper(&lower.to_string()), upper.to_string());
            assert_eq!(to_lower(&upper.to_string()), lower.to_string());
        }
    }

    #[test]
    fn lowers_a_decomposed_dotted_i() {
        assert_eq!(to_lower("I\u{307}STANBUL"), "istanbul");
    }

    #[test]
    fn folds_the_four_letters_i_to_one() {
        assert_eq!(fold("İIıi"), "IIII");
        assert_eq!(fold("K.Maraş"), "KMARAS");
    }

    proptest! {
        #[test]
        fn turkish_text_survives_upper_and_lower(text in "[a-zçğıöşü0-9 .,/-]{0,60}") {
            prop_assert_eq!(to_lower(&to_upper(&text)), text);
        }

        #[test]
        fn upper_casing_twice_changes_nothing(text in "\\PC{0,60}") {
            let once = to_upper(&text);
            prop_assert_eq!(to_upper(&once), once.as_ref());
            prop_assert_eq!(upper_len(&text), once.chars().count());
        }

        #[test]
        fn folding_ignores_case(text in "[a-zA-ZçğıöşüÇĞİÖŞÜ0-9 ]{0,60}") {
            prop_assert_eq!(fold(&to_upper(&text)), fold(&text));
            prop_assert_eq!(fold(&to_lower(&text)), fold(&text));
        }
    }
}
