//! The name of a province, read from what people and other systems write.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::table::provinces;
use crate::text::fold;

/// Names that provinces had by law, folded. A list may still have them.
const FORMER: [(u8, &str); 3] = [(3, "AFYON"), (33, "ICEL"), (63, "URFA")];

/// Other names in use, folded: the city instead of the province, names of long ago, abbreviations without a
/// dot.
const IN_USE: [(u8, &str); 11] = [
    (3, "AKARAHISAR"),
    (21, "DBAKIR"),
    (27, "ANTEP"),
    (27, "GANTEP"),
    (31, "ANTAKYA"),
    (41, "IZMIT"),
    (46, "MARAS"),
    (46, "KMARAS"),
    (54, "ADAPAZARI"),
    (62, "DERSIM"),
    (63, "SURFA"),
];

/// Words beside a name that say nothing more, folded.
const EMPTY_WORDS: [&str; 9] = [
    "IL",
    "ILI",
    "VILAYETI",
    "BUYUKSEHIR",
    "BELEDIYESI",
    "MERKEZ",
    "TURKIYE",
    "TURKEY",
    "TR",
];

/// Words for the two sides of İstanbul, folded.
const SIDES: [&str; 5] = ["AVRUPA", "ANADOLU", "ASYA", "YAKA", "YAKASI"];

/// The plate of İstanbul.
const ISTANBUL: u8 = 34;

/// Texts longer than this, in bytes, are not names.
const LONGEST: usize = 120;

/// The fewest letters behind the dot of an abbreviation.
const SHORTEST_REST: usize = 3;

/// Returns the folded names that a list may have for a province: the official one first.
pub(super) fn names_of(plate: u8) -> impl Iterator<Item = &'static str> {
    let former = FORMER.iter().filter(move |(of, _)| *of == plate);
    official_of(plate)
        .into_iter()
        .chain(former.map(|(_, name)| *name))
}

/// Returns the official name of a province, folded.
pub(super) fn official_of(plate: u8) -> Option<&'static str> {
    officials()
        .get(usize::from(plate).checked_sub(1)?)
        .map(String::as_str)
}

/// Returns whether a folded name was that of a province by law.
pub(super) fn is_former(folded: &str) -> bool {
    FORMER.iter().any(|(_, name)| *name == folded)
}

/// Returns the plate of the province that a text names: by an official or other name, shortened
/// (`Ş.Urfa`), with its plate (`34 İstanbul`), with a word like `ili`, with the side of İstanbul, with an
/// addition in brackets, or by several of its names (`Mersin(İçel)`).
///
/// A text with another plate than that of its name, or with the names of two provinces, names none.
pub(super) fn plate_of(text: &str) -> Option<u8> {
    if text.len() > LONGEST {
        return None;
    }
    let (mut province, mut plates, mut has_side) = (None, Vec::new(), false);
    for part in parts(text) {
        let mut names = Vec::new();
        for word in words(part.text) {
            if word.starts_with(|first: char| first.is_ascii_digit()) {
                plates.push(plate_of_digits(&word)?);
            } else if SIDES.contains(&word.as_str()) {
                has_side = true;
            } else if !EMPTY_WORDS.contains(&word.as_str()) {
                names.push(word);
            }
        }
        match named(&names) {
            Some(plate) if province.is_none_or(|known| known == plate) => province = Some(plate),
            // Brackets may hold anything but another province.
            None if names.is_empty() || part.is_in_brackets => {}
            _ => return None,
        }
    }
    let province = province?;
    let fits = plates.iter().all(|plate| *plate == province) && (!has_side || province == ISTANBUL);
    fits.then_some(province)
}

/// A part of a text between strokes, dashes, commas and brackets.
struct Part<'a> {
    text: &'a str,
    is_in_brackets: bool,
}

fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut depth = 0_usize;
    text.split_inclusive(is_mark).map(move |piece| {
        let text = piece.trim_end_matches(is_mark);
        let part = Part {
            text,
            is_in_brackets: depth > 0,
        };
        match piece.chars().next_back() {
            Some('(' | '[' | '{') => depth += 1,
            Some(')' | ']' | '}') => depth = depth.saturating_sub(1),
            _ => {}
        }
        part
    })
}

fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '(' | ')' | '[' | ']' | '{' | '}' | '/' | '\\' | '|' | '-' | ',' | ';' | ':' | '\u{2010}'
            ..='\u{2015}'
    )
}

/// Returns the words of a text, folded: runs of letters and runs of digits.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut pieces: Vec<String> = vec![String::new()];
    let mut was_digit = false;
    for letter in text.chars() {
        let ends = letter.is_whitespace() || matches!(letter, '.' | '_' | '+' | '*' | '#');
        if ends || letter.is_ascii_digit() != was_digit {
            pieces.push(String::new());
        }
        was_digit = letter.is_ascii_digit();
        if let Some(piece) = pieces.last_mut()
            && !ends
        {
            piece.push(letter);
        }
    }
    let folded = pieces.into_iter().map(|piece| fold(&piece));
    folded.filter(|word| !word.is_empty())
}

/// Returns the province of a plate, `34` or `034`, or of a postal code, which begins with the plate: `34387`.
fn plate_of_digits(digits: &str) -> Option<u8> {
    let plate = match digits.len() {
        1..=3 => digits,
        5 => digits.get(..2)?,
        _ => return None,
    };
    plate.parse().ok().filter(|plate| (1..=81).contains(plate))
}

/// Returns the province of some words: of their name, of an initial and the end of the name, or of each word.
fn named(words: &[String]) -> Option<u8> {
    let (first, rest) = words.split_first()?;
    let known = known();
    if let Some(plate) = known.get(&words.concat()) {
        return Some(*plate);
    }
    if rest.is_empty() {
        return None;
    }
    if first.chars().count() == 1 {
        return shortened(first, &rest.concat());
    }
    let plate = known.get(first)?;
    let is_same = |word| known.get(word) == Some(plate);
    rest.iter().all(is_same).then_some(*plate)
}

/// Returns the only province whose name begins with this letter and ends like this.
fn shortened(initial: &str, end: &str) -> Option<u8> {
    if end.chars().count() < SHORTEST_REST {
        return None;
    }
    let is_meant = |name: &String| {
        name.strip_prefix(initial)
            .is_some_and(|rest| rest.len() > end.len() && rest.ends_with(end))
    };
    let mut fits = officials()
        .iter()
        .zip(1..)
        .filter(|(name, _)| is_meant(name));
    let (_, plate) = fits.next()?;
    fits.next().is_none().then_some(plate)
}

/// Returns the official names by plate, folded.
fn officials() -> &'static [String] {
    static OFFICIALS: OnceLock<Vec<String>> = OnceLock::new();
    OFFICIALS.get_or_init(|| {
        provinces()
            .iter()
            .map(|province| fold(province.name))
            .collect()
    })
}

/// Every name of one word or more that a province has, folded.
fn known() -> &'static HashMap<String, u8> {
    static KNOWN: OnceLock<HashMap<String, u8>> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let official = officials().iter().cloned().zip(1..);
        let other = FORMER.iter().chain(&IN_USE);
        official
            .chain(other.map(|(plate, name)| ((*name).to_owned(), *plate)))
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{to_lower, to_upper};

    #[test]
    fn t4_every_province_is_found_with_its_plate_and_with_additions() {
        for province in provinces() {
            let (name, plate) = (province.name, province.plate);
            for text in [
                name.to_owned(),
                format!("{plate} {name}"),
                format!("{plate:02}-{name}"),
                format!("{name} {plate}"),
                format!("{}{plate:02}", to_upper(name)),
                format!("{name} ({plate:03})"),
                format!("{name} ili"),
                format!("{} İL", to_upper(name)),
                format!("{} (Merkez)", to_lower(name)),
                format!("{name}/Türkiye"),
                format!("{plate:02}000 {name}"),
                format!("{name} ({name})"),
            ] {
                assert_eq!(plate_of(&text), Some(plate), "{text}");
            }
            let other = plate % 81 + 1;
            for text in [
                format!("{other} {name}"),
                format!("{name} ({other})"),
                format!("{name}/{}", provinces()[usize::from(other) - 1].name),
                format!("82 {name}"),
                format!("{name} x"),
            ] {
                assert_eq!(plate_of(&text), None, "{text}");
            }
        }
    }

    #[test]
    fn t4_other_names_and_abbreviations() {
        for (plate, texts) in [
            (
                54,
                ["Adapazarı", "Sakarya (Adapazarı)", "ADAPAZARI/SAKARYA"],
            ),
            (41, ["İzmit", "izmit-kocaeli", "Kocaeli İzmit"]),
            (31, ["Antakya", "Hatay (Antakya)", "31 ANTAKYA"]),
            (63, ["Ş.Urfa", "ş. urfa", "Ş URFA"]),
            (27, ["G.Antep", "Antep", "gazi antep"]),
            (21, ["D.Bakır", "D. BAKIR", "dbakır"]),
            (33, ["Mersin(İçel)", "İçel", "İçel - Mersin"]),
            (
                34,
                [
                    "İstanbul (Anadolu)",
                    "İstanbul Avrupa Yakası",
                    "istanbul-asya",
                ],
            ),
            (46, ["K.Maraş", "Maraş", "Kahraman Maraş"]),
            (3, ["A.Karahisar", "Afyon Karahisar", "Afyon (03)"]),
            (62, ["Dersim", "Tunceli (Dersim)", "T.Celi"]),
            (26, ["E.Şehir", "Eskişehir Merkez", "Eski Şehir"]),
            (10, ["B.Kesir", "Balıkesir*", "balıkesir ili"]),
            (
                34,
                ["I\u{307}stanbul 34", "TR-34 İstanbul", "İstanbul (Kadıköy)"],
            ),
        ] {
            for text in texts {
                assert_eq!(plate_of(text), Some(plate), "{text}");
            }
        }
    }

    #[test]
    fn t4_what_is_not_certain_is_no_match() {
        for text in [
            "",
            "34",
            "06 İstanbul",
            "İstanbul 34 06",
            "Ankara (Anadolu)",
            "Ankara/İzmir",
            "Ankara (İzmir)",
            // Kırklareli or Kocaeli.
            "K.Eli",
            "K.Rs",
            "Kale",
            "Anadolu",
            "ili",
            "İstanbul/Kadıköy",
            "Merkez",
            "İstanbul 340",
        ] {
            assert_eq!(plate_of(text), None, "{text}");
        }
        assert_eq!(plate_of(&"İstanbul ".repeat(20)), None);
        assert_eq!(plate_of("(İstanbul"), Some(34));
    }

    #[test]
    fn no_name_is_that_of_two_provinces() {
        assert_eq!(known().len(), 81 + FORMER.len() + IN_USE.len());
        for (plate, name) in FORMER.iter().chain(&IN_USE) {
            assert_eq!(plate_of(name), Some(*plate), "{name}");
        }
    }
}
