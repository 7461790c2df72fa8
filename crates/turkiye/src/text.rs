//! Turkish letters: casing, folding for comparison, blanks.
//!
//! Turkish has two letters where English has one: dotted `i`/`İ` and dotless `ı`/`I`. The standard
//! library's casing follows English, so texts for a provider go through [`to_upper`] and
//! [`to_lower`]. Everything that is not Turkish text (header names, hash inputs, codes) must use
//! ASCII casing instead.

use std::borrow::Cow;

/// Converts text to upper case by Turkish rules: `i` becomes `İ`, `ı` becomes `I`. Text that is
/// in upper case already is not copied.
///
/// A Turkish letter that is written as two characters, such as `s` and a combining cedilla, becomes
/// one.
///
/// ```
/// assert_eq!(kervan_turkiye::text::to_upper("ılık diyarbakır'ın işi"), "ILIK DİYARBAKIR'IN İŞİ");
/// ```
pub fn to_upper(text: &str) -> Cow<'_, str> {
    let Some(first) = text.char_indices().find(|&(_, letter)| !is_upper(letter)) else {
        return Cow::Borrowed(text);
    };
    // What stops there may be a mark that belongs to the letter before.
    let before = text[..first.0].char_indices().next_back();
    let (kept, rest) = text.split_at(before.map_or(0, |(at, _)| at));
    let mut out = String::with_capacity(text.len() + 8);
    out.push_str(kept);
    let is_turkish = rest.chars().all(|letter| {
        let upper = turkish_upper(letter);
        out.extend(upper);
        upper.is_some()
    });
    if !is_turkish {
        out.truncate(kept.len());
        out.extend(upper(rest));
    }
    Cow::Owned(out)
}

/// Returns how many characters [`to_upper`] makes of a text. Some letters become two.
pub fn upper_len(text: &str) -> usize {
    let simple = |count: usize, letter| turkish_upper(letter).map(|_| count + 1);
    text.chars()
        .try_fold(0, simple)
        .unwrap_or_else(|| upper(text).count())
}

/// Returns the upper case of a letter of the Turkish alphabet or of ASCII, which is what texts are made of
/// nearly always; `None` for any other.
fn turkish_upper(letter: char) -> Option<char> {
    Some(match letter {
        'i' => 'İ',
        'ı' => 'I',
        'ç' => 'Ç',
        'ğ' => 'Ğ',
        'ö' => 'Ö',
        'ş' => 'Ş',
        'ü' => 'Ü',
        'Ç' | 'Ğ' | 'İ' | 'Ö' | 'Ş' | 'Ü' => letter,
        _ if letter.is_ascii() => letter.to_ascii_uppercase(),
        _ => return None,
    })
}

fn upper(text: &str) -> impl Iterator<Item = char> {
    composed(text.chars().flat_map(|letter| {
        let simple = match letter {
            'i' => Some('İ'),
            'ı' => Some('I'),
            _ if letter.is_ascii() => Some(letter.to_ascii_uppercase()),
            _ => None,
        };
        let other = simple.is_none().then(|| letter.to_uppercase());
        // Of the other letters, ligatures such as `ﬁ` hold an `i`.
        let other = other.into_iter().flatten();
        simple
            .into_iter()
            .chain(other.map(|letter| if letter == 'I' { 'İ' } else { letter }))
    }))
}

/// Returns whether a character stays as it is in upper case. The short way for most of them.
fn is_upper(letter: char) -> bool {
    match letter {
        'a'..='z' | 'ı' => false,
        _ if letter.is_ascii() => true,
        'Ç' | 'Ğ' | 'İ' | 'Ö' | 'Ş' | 'Ü' => true,
        CIRCUMFLEX | BREVE | DOT_ABOVE | DIAERESIS | CEDILLA => false,
        other => other.to_uppercase().eq([other]),
    }
}

/// Converts text to lower case by Turkish rules: `I` becomes `ı`, `İ` becomes `i`.
///
/// A Turkish letter that is written as two characters becomes one: an `I` and a combining dot above
/// are a decomposed `İ` and become `i`.
pub fn to_lower(text: &str) -> String {
    let letters = text.chars().flat_map(|letter| {
        let simple = match letter {
            'İ' => Some('i'),
            'I' => Some('ı'),
            _ => None,
        };
        let other = simple.is_none().then(|| letter.to_lowercase());
        simple.into_iter().chain(other.into_iter().flatten())
    });
    composed(letters).collect()
}

const CIRCUMFLEX: char = '\u{302}';
const BREVE: char = '\u{306}';
const DOT_ABOVE: char = '\u{307}';
const DIAERESIS: char = '\u{308}';
const CEDILLA: char = '\u{327}';

/// Puts the letters of Turkish together that are written as a letter and a combining mark, as some
/// systems keep the names of files and people.
fn composed(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    let mut letters = letters.peekable();
    std::iter::from_fn(move || {
        let mut letter = letters.next()?;
        while let Some(whole) = letters.peek().and_then(|mark| compose(letter, *mark)) {
            letter = whole;
            letters.next();
        }
        Some(letter)
    })
}

/// Returns the letter that a letter and a mark are together. Changing case has left either `i` with or
/// without its dot, so both take the marks.
fn compose(letter: char, mark: char) -> Option<char> {
    Some(match (letter, mark) {
        ('a', CIRCUMFLEX) => 'â',
        ('A', CIRCUMFLEX) => 'Â',
        ('i' | 'ı', CIRCUMFLEX) => 'î',
        ('I' | 'İ', CIRCUMFLEX) => 'Î',
        ('u', CIRCUMFLEX) => 'û',
        ('U', CIRCUMFLEX) => 'Û',
        ('g', BREVE) => 'ğ',
        ('G', BREVE) => 'Ğ',
        ('i' | 'ı', DOT_ABOVE) => 'i',
        ('I' | 'İ', DOT_ABOVE) => 'İ',
        ('o', DIAERESIS) => 'ö',
        ('O', DIAERESIS) => 'Ö',
        ('u', DIAERESIS) => 'ü',
        ('U', DIAERESIS) => 'Ü',
        ('c', CEDILLA) => 'ç',
        ('C', CEDILLA) => 'Ç',
        ('s', CEDILLA) => 'ş',
        ('S', CEDILLA) => 'Ş',
        _ => return None,
    })
}

/// Folds text to a key for comparison: ASCII upper case without blanks and punctuation.
///
/// `İ`, `I`, `ı` and `i` fold to `I`; `Ş Ğ Ü Ö Ç` to `S G U O C`; `Â Î Û` to `A I U`. Letters and
/// digits of other scripts are kept in upper case, combining marks are left out. The result is for comparing, never for sending.
///
/// ```
/// use kervan_turkiye::text::fold;
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

/// Folds a text as [`fold`] does and keeps its blanks and punctuation: for references and sentences, which
/// differ in them.
///
/// ```
/// use kervan_turkiye::text::fold_letters;
/// assert_eq!(fold_letters("s\u{327}ipariş-1 a"), "SIPARIS-1 A");
/// ```
pub fn fold_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_alphanumeric() {
            fold_into(letter.encode_utf8(&mut [0; 4]), &mut out);
        } else if !is_mark(letter) {
            out.push(letter);
        }
    }
    out
}

/// Returns whether a character belongs to the letter before it.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

/// Folds the name of a column or an element as [`fold`] does, with the characters that .NET wrote as
/// `_xHHHH_` into it, because no name in XML may have them.
///
/// ```
/// use kervan_turkiye::text::fold_name;
/// assert_eq!(fold_name("_x0130_ŞLEM_x0020_TARİHİ"), fold_name("İşlem_tarihi"));
/// ```
pub fn fold_name(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        fold_into(before, &mut out);
        rest = match unescaped(escape) {
            Some((letter, after)) => {
                fold_into(letter.encode_utf8(&mut [0; 4]), &mut out);
                after
            }
            // The line is no part of the key.
            None => &escape[1..],
        };
    }
    fold_into(rest, &mut out);
    out
}

/// Returns a character that .NET wrote as `_xHHHH_`, and what follows.
fn unescaped(text: &str) -> Option<(char, &str)> {
    let (digits, after) = text.strip_prefix("_x")?.split_at_checked(4)?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_number)?;
    Some((char::from_u32(code)?, after.strip_prefix('_')?))
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

    /// Returns a text with its Turkish letters as letter and mark.
    fn decomposed(text: &str) -> String {
        let pairs = [
            ("ç", "c\u{327}"),
            ("Ç", "C\u{327}"),
            ("ş", "s\u{327}"),
            ("Ş", "S\u{327}"),
            ("ğ", "g\u{306}"),
            ("Ğ", "G\u{306}"),
            ("ö", "o\u{308}"),
            ("Ö", "O\u{308}"),
            ("ü", "u\u{308}"),
            ("Ü", "U\u{308}"),
            ("İ", "I\u{307}"),
            ("â", "a\u{302}"),
            ("Â", "A\u{302}"),
            ("î", "i\u{302}"),
            ("Î", "I\u{302}"),
            ("û", "u\u{302}"),
            ("Û", "U\u{302}"),
        ];
        pairs
            .iter()
            .fold(text.to_owned(), |text, (one, two)| text.replace(one, two))
    }

    #[test]
    fn composes_decomposed_letters() {
        let (lower, upper) = ("çşğöüâîûiı", "ÇŞĞÖÜÂÎÛİI");
        for text in [lower, upper, &decomposed(lower), &decomposed(upper)] {
            assert_eq!(to_upper(text), upper);
            assert_eq!(to_lower(text), lower);
            assert_eq!(upper_len(text), 10);
            assert_eq!(fold(text), "CSGOUAIUII");
        }
        assert_eq!(to_upper("i\u{307}"), "İ");
        assert_eq!(to_lower("i\u{307}"), "i");
        assert_eq!(to_upper("N\u{327}"), "N\u{327}");
    }

    #[test]
    fn ligatures_hold_a_dotted_i() {
        assert_eq!(to_upper("ﬁ ﬃ ﬂ"), "Fİ FFİ FL");
        assert_eq!(upper_len("ﬁﬃ"), 5);
    }

    #[test]
    fn upper_case_is_not_copied() {
        assert!(matches!(to_upper("ÇİĞ ŞIK, Ö-Ü 12"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_are_one_in_every_spelling() {
        for name in [
            "İŞLEM TARİHİ",
            "ISLEM_TARIHI",
            "İşlem_tarihi",
            "islem tarihi",
            "_x0130_ŞLEM_x0020_TARİHİ",
            "_x0049_s\u{327}lem__x0054_arihi",
        ] {
            assert_eq!(fold_name(name), "ISLEMTARIHI", "{name}");
        }
        for (name, folded) in [
            ("TUTAR(KDV'SİZ)", "TUTARKDVSIZ"),
            ("TUTAR_x0028_KDV_x0027_SİZ_x0029_", "TUTARKDVSIZ"),
            ("_x00ZZ_ _x_ _x12", "X00ZZXX12"),
            ("_x+130_", "X130"),
            ("_x0130", "X0130"),
            ("_x013ı_", "X013I"),
            ("_xD800_", "XD800"),
            ("_x", "X"),
        ] {
            assert_eq!(fold_name(name), folded, "{name}");
        }
    }

    #[test]
    fn t10_folded_letters_are_one_with_their_punctuation() {
        for text in ["Şİ-1 a", "s\u{327}i\u{307}-1 A", "ŞI\u{307}-1 A", "şı-1 a"] {
            assert_eq!(fold_letters(text), "SI-1 A", "{text}");
        }
        assert_ne!(fold_letters("KV-1"), fold_letters("KV1"));
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
        fn marks_anywhere_are_cased_once(text in "[a-zA-ZıİßŉﬁſçÇ\u{302}\u{306}-\u{308}\u{327}]{0,20}") {
            let once = to_upper(&text);
            prop_assert_eq!(to_upper(&once), once.as_ref());
            prop_assert_eq!(upper_len(&text), once.chars().count());
            let once = to_lower(&text);
            prop_assert_eq!(&to_lower(&once), &once);
        }

        #[test]
        fn decomposed_text_reads_the_same(text in "[a-zçğıöşüâîûA-ZÇĞİÖŞÜÂÎÛ ]{0,40}") {
            let two = decomposed(&text);
            prop_assert_eq!(to_upper(&two), to_upper(&text));
            prop_assert_eq!(to_lower(&two), to_lower(&text));
            prop_assert_eq!(fold(&two), fold(&text));
        }

        #[test]
        fn names_and_letters_fold_as_texts_do(
            text in "[a-zA-ZçğıöşüâîûÇĞİÖŞÜÂÎÛ\u{302}\u{306}-\u{308}\u{327} .,-]{0,40}",
        ) {
            prop_assert_eq!(fold_name(&text), fold(&text));
            prop_assert_eq!(fold(&fold_letters(&text)), fold(&text));
        }

        #[test]
        fn folding_never_panics(text in "\\PC{0,40}|[_x0-9A-Fşı ]{0,24}") {
            let once = fold_name(&text);
            prop_assert_eq!(fold(&once), fold_name(&once));
            let _ = (fold(&text), fold_letters(&text));
        }

        #[test]
        fn folding_ignores_case(text in "[a-zA-ZçğıöşüÇĞİÖŞÜ0-9 ]{0,60}") {
            prop_assert_eq!(fold(&to_upper(&text)), fold(&text));
            prop_assert_eq!(fold(&to_lower(&text)), fold(&text));
        }
    }
}
