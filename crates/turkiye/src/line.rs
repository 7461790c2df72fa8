//! Texts of one line: names, titles, addresses, references.

use std::borrow::Cow;
use std::fmt;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::fault::{InputError, REDACTED};
use crate::letters::{
    control_character, is_control, is_invisible, is_joiner, is_line_end, trimmed,
};

const NAME: &str = "line";

/// A text of one line, as it is sent.
///
/// - Line ends and tabs become one blank, with the blanks beside them, because text areas send them.
///   Other control characters are refused.
/// - Letters and their marks become one character (NFC): two spellings of a reference would be two
///   references. A dot over an `i`, which JavaScript leaves when it writes `İ` small, is dropped.
/// - Marks of direction, soft hyphens and other characters without width are dropped, and blanks at the
///   ends. Joiners stay in a text with letters of other scripts or pictures, where they have a meaning.
/// - Each blank of another kind, as that which does not break, becomes a plain blank: two references that
///   look the same are one.
///
/// As many blanks as there are inside are kept, and so are letters of other scripts. `Debug` shows the notes and
/// nothing of the text.
///
/// ```
/// use kervan_turkiye::line::{Line, Note};
/// let line = Line::from_input("Örnek Mah.\r\n 1. Sok. No: 5")?;
/// assert_eq!(line.as_str(), "Örnek Mah. 1. Sok. No: 5");
/// assert_eq!(line.notes(), [Note::LineEnds]);
/// assert_eq!(Line::from_input("A\0B").unwrap_err().code(), "text.control_character");
/// # Ok::<(), kervan_turkiye::fault::InputError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    text: String,
    notes: Vec<Note>,
}

/// A change that reading a line has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Note {
    /// Line ends or tabs became blanks.
    LineEnds,
    /// Characters without width were dropped.
    Invisible,
    /// Blanks of other kinds became plain ones.
    Blanks,
    /// Letters and their marks became one character.
    Composed,
}

impl Note {
    /// Every note.
    pub const ALL: [Self; 4] = [
        Self::LineEnds,
        Self::Invisible,
        Self::Blanks,
        Self::Composed,
    ];

    /// Returns the stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LineEnds => "line.line_ends",
            Self::Invisible => "line.invisible",
            Self::Blanks => "line.blanks",
            Self::Composed => "line.composed",
        }
    }

    /// Returns the English text. It holds `{path}`.
    pub const fn english(self) -> &'static str {
        match self {
            Self::LineEnds => "the line ends in `{path}` are sent as blanks",
            Self::Invisible => "`{path}` is sent without characters that cannot be seen",
            Self::Blanks => "blanks of other kinds in `{path}` are sent as plain blanks",
            Self::Composed => {
                "letters of `{path}` are sent together with their marks as one character"
            }
        }
    }

    /// Returns the Turkish text. It holds `{path}`.
    pub const fn turkish(self) -> &'static str {
        match self {
            Self::LineEnds => "`{path}` alanındaki satır sonları boşluk olarak gönderilir",
            Self::Invisible => "`{path}` görünmeyen karakterler olmadan gönderilir",
            Self::Blanks => {
                "`{path}` alanındaki başka türden boşluklar normal boşluk olarak gönderilir"
            }
            Self::Composed => {
                "`{path}` alanındaki harfler işaretleriyle birlikte tek karakter olarak gönderilir"
            }
        }
    }
}

impl Line {
    /// Reads a text that a person typed.
    ///
    /// An empty line is right; whether one is required is for the caller to say. Guards of spreadsheets
    /// stay, because a name may begin with an apostrophe: take
    /// [`unguarded`](crate::spreadsheet::unguarded) for the fields of a file.
    ///
    /// # Errors
    ///
    /// [`CONTROL_CHARACTER`](crate::fault::CONTROL_CHARACTER).
    pub fn from_input(text: &str) -> Result<Self, InputError> {
        let mut notes = Vec::new();
        let mut line = String::with_capacity(text.len());
        let mut after_end = false;
        let keeps_joiners = text.contains(is_joiner) && has_joined_letters(text);
        for letter in trimmed(text).chars() {
            if is_line_end(letter) {
                note(&mut notes, Note::LineEnds);
                line.truncate(line.trim_end().len());
                after_end = true;
            } else if is_control(letter) {
                return Err(control_character(NAME, letter));
            } else if is_invisible(letter) || (is_joiner(letter) && !keeps_joiners) {
                note(&mut notes, Note::Invisible);
            } else if !(after_end && letter.is_whitespace()) {
                if after_end {
                    line.push(' ');
                    after_end = false;
                }
                if letter.is_whitespace() && letter != ' ' {
                    note(&mut notes, Note::Blanks);
                    line.push(' ');
                } else {
                    line.push(letter);
                }
            }
        }
        // A joiner may have been before the first blank, or behind the last.
        let line = line.trim();
        let text = match composed(line) {
            Some(composed) => {
                note(&mut notes, Note::Composed);
                composed
            }
            None => line.to_owned(),
        };
        Ok(Self { text, notes })
    }

    /// Reads the form that is sent: a text that reading does not change.
    ///
    /// # Errors
    ///
    /// [`CONTROL_CHARACTER`](crate::fault::CONTROL_CHARACTER), also for a line end, and
    /// [`NOT_AS_SENT`].
    pub fn new(text: &str) -> Result<Self, InputError> {
        if let Some(letter) = text.chars().find(|letter| letter.is_control()) {
            return Err(control_character(NAME, letter));
        }
        let line = Self::from_input(text)?;
        if line.text == text {
            Ok(line)
        } else {
            Err(NOT_AS_SENT.of(NAME))
        }
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns what reading has changed, in the order of first occurrence. Blanks at the ends are not
    /// mentioned.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

/// The text is not in the form in which it is sent.
pub static NOT_AS_SENT: crate::fault::Fault = crate::fault::Fault::new(
    "line.not_as_sent",
    crate::fault::FaultKind::Form,
    "`{path}` has blanks at its ends, characters that cannot be seen, or letters in parts",
    "`{path}` alanının başında ya da sonunda boşluk, içinde görünmeyen karakter ya da parçalı harf var",
);

/// The faults of a line.
pub static ALL: &[&crate::fault::Fault] = &[&NOT_AS_SENT];

fn note(notes: &mut Vec<Note>, note: Note) {
    if !notes.contains(&note) {
        notes.push(note);
    }
}

/// Returns whether a text has a letter or a picture that a joiner can join: anything but Latin letters, marks
/// on them and punctuation.
fn has_joined_letters(text: &str) -> bool {
    let is_latin = |letter: char| {
        let is_seen = !letter.is_whitespace() && !is_invisible(letter) && !is_joiner(letter);
        !is_seen
            || matches!(letter, ..'\u{370}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{20cf}')
    };
    // Of signs with two codes, one may be among the Latin letters.
    !text.nfc().all(is_latin)
}

const DOT_ABOVE: char = '\u{307}';

/// Returns a text with its letters composed, and `None` for one that is composed.
///
/// ```
/// use kervan_turkiye::line::composed;
/// assert_eq!(composed("s\u{327}is\u{327}e-1").as_deref(), Some("şişe-1"));
/// assert_eq!(composed("şişe-1"), None);
/// ```
pub fn composed(text: &str) -> Option<String> {
    if is_nfc(text) && !text.contains(DOT_ABOVE) {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    for letter in text.nfc() {
        // No character is an `i` with one more dot.
        if letter == DOT_ABOVE && out.ends_with(['i', 'ı']) {
            if out.ends_with('ı') {
                out.pop();
                out.push('i');
            }
        } else {
            out.push(letter);
        }
    }
    // A mark behind the dot may now belong to the `i`.
    let out: String = out.nfc().collect();
    (out != text).then_some(out)
}

/// Returns a text as it is sent: what [`Line::from_input`] reads, without a copy where nothing inside of it
/// changes.
///
/// A text that cannot be sent is returned whole; checks refuse it before.
///
/// ```
/// use kervan_turkiye::line::sent;
/// assert_eq!(sent("ORD-1 "), "ORD-1");
/// assert_eq!(sent("Örnek Mah.\n1. Sok."), "Örnek Mah. 1. Sok.");
/// ```
pub fn sent(text: &str) -> Cow<'_, str> {
    let is_kept = |letter: char| letter == ' ' || !letter.is_whitespace();
    let changes = |letter: char| {
        !is_kept(letter) || is_control(letter) || is_invisible(letter) || is_joiner(letter)
    };
    let trimmed = trimmed(text);
    let is_sent = if trimmed.is_ascii() {
        !trimmed.bytes().any(|byte| byte.is_ascii_control())
    } else {
        !trimmed.chars().any(changes) && composed(trimmed).is_none()
    };
    if is_sent {
        return Cow::Borrowed(trimmed);
    }
    Cow::Owned(Line::from_input(text).map_or_else(|_| text.to_owned(), String::from))
}

impl From<Line> for String {
    fn from(line: Line) -> Self {
        line.text
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("text", &format_args!("{REDACTED}"))
            .field("notes", &self.notes)
            .finish()
    }
}

/// Reads the form that is sent and no other, as [`new`](Self::new) does.
impl std::str::FromStr for Line {
    type Err = InputError;

    fn from_str(text: &str) -> Result<Self, InputError> {
        Self::new(text)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Line {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Line {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::number_type::read_stored(deserializer, Self::new)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn t7_line_ends_become_blanks_with_a_note() {
        for text in [
            "Örnek Mah.\r\n1. Sok.",
            "Örnek Mah. \n\n  1. Sok.",
            "Örnek Mah.\t1. Sok.",
            // Two more: the separators of Unicode, and the line end of large machines.
            "Örnek Mah.\u{2028}1. Sok.",
            "Örnek Mah.\u{85}1. Sok.",
        ] {
            let line = Line::from_input(text).unwrap();
            assert_eq!(line.as_str(), "Örnek Mah. 1. Sok.", "{text:?}");
            assert_eq!(line.notes(), [Note::LineEnds], "{text:?}");
        }
        let line = Line::from_input("\r\nÖrnek  A.Ş.\u{a0}\n").unwrap();
        assert_eq!(
            (line.as_str(), line.notes()),
            ("Örnek  A.Ş.", [].as_slice())
        );
    }

    #[test]
    fn t7_control_characters_are_refused() {
        for (text, actual) in [
            ("Örnek\0", "U+0000"),
            ("Ör\u{8}nek", "U+0008"),
            // Two more: an escape of a terminal, and one of the second set.
            ("\u{1b}[31mÖrnek", "U+001B"),
            ("Örnek\u{9f}A.Ş.", "U+009F"),
            ("Örnek\u{fffe}", "U+FFFE"),
        ] {
            let error = Line::from_input(text).unwrap_err();
            assert_eq!(error.code(), "text.control_character");
            assert_eq!(error.found(), Some(actual));
        }
    }

    #[test]
    fn t10_both_spellings_are_one() {
        for (parts, whole) in [
            ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
            ("g\u{306}u\u{308}l", "ğül"),
            // Two more: a dot that JavaScript leaves, and letters of another language.
            ("i\u{307}stanbul", "istanbul"),
            ("e\u{301}cole", "école"),
            ("ı\u{307}\u{307}", "i"),
            ("i\u{307}\u{302}", "î"),
        ] {
            let line = Line::from_input(parts).unwrap();
            assert_eq!(
                (line.as_str(), line.notes()),
                (whole, [Note::Composed].as_slice())
            );
            assert_eq!(Line::from_input(whole).unwrap().notes(), []);
        }
    }

    #[test]
    fn invisible_characters_are_dropped_with_a_note() {
        let line = Line::from_input("Ör\u{ad}nek\u{200b} A.Ş.").unwrap();
        assert_eq!(
            (line.as_str(), line.notes()),
            ("Örnek A.Ş.", [Note::Invisible].as_slice())
        );
    }

    #[test]
    fn t10_references_that_look_alike_are_one() {
        for (text, note) in [
            ("KV\u{a0}1", Note::Blanks),
            ("KV\u{202f}1", Note::Blanks),
            ("KV\u{3000}1", Note::Blanks),
            ("KV\u{200d} 1", Note::Invisible),
            ("K\u{200c}V 1", Note::Invisible),
            ("KV \u{fe0f}1", Note::Invisible),
            ("KV\u{34f} 1", Note::Invisible),
            ("K\u{3164}V 1", Note::Invisible),
            ("KV 1\u{e0041}\u{e007f}\u{1160}x", Note::Invisible),
        ] {
            let line = Line::from_input(text).unwrap();
            assert_eq!(line.as_str().trim_end_matches('x'), "KV 1", "{text:?}");
            assert_eq!(line.notes(), [note], "{text:?}");
            assert_eq!(sent(text), line.as_str());
        }
        for text in [
            "KV-1\u{200d}",
            "\u{200d} KV-1 \u{200c}",
            "\u{200c}\nKV-1\u{200c}\t",
            "\u{212a}\u{200c}V-1",
        ] {
            assert_eq!(sent(text), "KV-1");
        }
        // Joined pictures and letters stay what they are, and so do two blanks.
        for text in ["👨\u{200d}👩 Aile", "می\u{200c}خواهم", "Örnek  A.Ş."] {
            let line = Line::from_input(text).unwrap();
            assert_eq!((line.as_str(), line.notes()), (text, [].as_slice()));
        }
    }

    #[test]
    fn reading_twice_changes_nothing() {
        let small = (0..=0x33ff).chain(0xf900..=0xffff);
        let all = small.chain(0x1_bc00..=0x1_d1ff).chain(0xe_0000..=0xe_0fff);
        for letter in all.filter_map(char::from_u32) {
            for text in [
                format!("a{letter}1"),
                format!("{letter}a \u{3b1}{letter}"),
                format!("\u{200c} {letter}\u{200d}\u{301}a\n\u{200d}{letter}"),
            ] {
                let once = sent(&text).into_owned();
                assert_eq!(sent(&once), once, "{text:?}");
                if let Ok(line) = Line::from_input(&text) {
                    assert_eq!(line.as_str(), once, "{text:?}");
                    assert_eq!(Line::from_input(&once).unwrap().notes(), [], "{text:?}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing_in_any_order(
            text in "[aiıİK \n\u{a0}\u{34f}\u{200b}-\u{200d}\u{feff}\u{301}\u{307}\u{327}\u{338}=\u{f73}\u{212a}\u{3b1}👨]{0,8}",
        ) {
            let once = sent(&text).into_owned();
            prop_assert_eq!(sent(&once), once.as_str());
            let line = Line::from_input(&text).unwrap();
            prop_assert_eq!(line.as_str(), once.as_str());
            prop_assert!(Line::new(&once).is_ok());
        }
    }

    #[test]
    fn the_strict_constructor_reads_one_form() {
        assert!(Line::new("Örnek A.Ş.").is_ok());
        for (text, code) in [
            (" Örnek", "line.not_as_sent"),
            ("O\u{308}rnek", "line.not_as_sent"),
            ("Örnek\nA.Ş.", "text.control_character"),
        ] {
            assert_eq!(Line::new(text).unwrap_err().code(), code);
        }
    }
}
