//! The text of a case: a head in TOML, and sections below lines that begin with `====`.
//!
//! ```text
//! provenance = "synthetic"
//! source = "written to the documented shape"
//!
//! ==== response
//! HTTP/1.1 200 OK
//!
//! <html>
//!
//! ==== outcome
//! {"ok": true}
//! ```
//!
//! A section holds the bytes between its line and the blank line before the next one, or the line feed
//! that ends the file. Bytes that no editor keeps, as a carriage return or a letter of another
//! charset, are written in a section marked `(escaped)`: `\r`, `\xfd`, and `\\` for a backslash.

use std::fmt;
use std::fmt::Write as _;

/// The beginning of the line above a section.
const MARK: &str = "==== ";
const ESCAPED: &str = " (escaped)";

/// The sections that a text may have, in the order in which they are written.
pub const SECTIONS: [&str; 7] = [
    "call", "request", "response", "callback", "page", "link", "outcome",
];

/// A head and its sections.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct CaseText {
    /// The head, in TOML, without the blank line behind it.
    pub head: String,
    sections: Vec<Section>,
}

/// As the file.
impl fmt::Debug for CaseText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.write())
    }
}

#[derive(Clone, Eq)]
struct Section {
    name: &'static str,
    contents: Vec<u8>,
    /// The line of the file on which it begins; 0 for one that was never read.
    line: usize,
}

/// Where it begins says nothing about what it is.
impl PartialEq for Section {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.contents == other.contents
    }
}

/// The error of a text, and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Malformed {
    /// The line, from 1.
    pub line: usize,
    /// The message, without the contents.
    pub message: String,
}

impl CaseText {
    /// Starts a text without sections.
    pub fn new(head: impl Into<String>) -> Self {
        Self {
            head: head.into(),
            sections: Vec::new(),
        }
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    ///
    /// The first line that is not of this form.
    pub fn parse(file: &[u8]) -> Result<Self, Malformed> {
        let at = |line, message: &str| Malformed {
            line,
            message: message.to_owned(),
        };
        let text = std::str::from_utf8(file).map_err(|error| {
            let before = file.get(..error.valid_up_to()).unwrap_or_default();
            at(line_of(before), "not UTF-8; see `(escaped)` sections")
        })?;
        let mut marks: Vec<(usize, usize)> = Vec::new();
        let (mut offset, mut line) = (0, 0);
        for part in text.split_inclusive('\n') {
            line += 1;
            if part.starts_with(MARK) {
                marks.push((offset, line));
            }
            offset += part.len();
        }
        let end_of_head = marks.first().map_or(text.len(), |(offset, _)| *offset);
        // No line of TOML begins like this.
        let is_odd_mark = |line: &str| line.starts_with("==");
        if let Some(index) = text[..end_of_head].lines().position(is_odd_mark) {
            return Err(at(index + 1, "a section begins with `==== ` and its name"));
        }
        let mut read = Self::new(text[..end_of_head].trim_end_matches('\n'));
        for (index, &(start, line)) in marks.iter().enumerate() {
            let next = marks.get(index + 1);
            let end = next.map_or(text.len(), |(offset, _)| *offset);
            let (mark, contents) = text[start..end]
                .split_once('\n')
                .unwrap_or((&text[start..end], ""));
            let named = &mark[MARK.len()..];
            let (name, is_escaped) = match named.strip_suffix(ESCAPED) {
                Some(name) => (name, true),
                None => (named, false),
            };
            let Some(name) = SECTIONS.iter().find(|known| **known == name) else {
                let known = SECTIONS.join(", ");
                return Err(at(
                    line,
                    &format!("`{name}` is not a section; the sections are {known}"),
                ));
            };
            if read.section(name).is_some() {
                return Err(at(line, "the section is there twice"));
            }
            let (close, message) = match next {
                Some(_) => ("\n\n", "a blank line is missing above this section"),
                None => ("\n", "a line feed is missing at the end"),
            };
            let contents = contents.strip_suffix(close).ok_or_else(|| {
                let last = line
                    + text[start..end]
                        .trim_end_matches('\n')
                        .matches('\n')
                        .count();
                at(next.map_or(last, |(_, line)| *line), message)
            })?;
            let contents = if is_escaped {
                unescaped(contents).map_err(|(lines, message)| at(line + 1 + lines, message))?
            } else {
                contents.as_bytes().to_vec()
            };
            read.sections.push(Section {
                name,
                contents,
                line: line + 1,
            });
        }
        read.sort();
        Ok(read)
    }

    /// Writes the file.
    pub fn write(&self) -> String {
        let mut text = self.head.clone();
        if !text.is_empty() {
            text.push('\n');
        }
        for section in &self.sections {
            let plain = plain(&section.contents);
            let escaped = if plain.is_some() { "" } else { ESCAPED };
            let blank = if text.is_empty() { "" } else { "\n" };
            let _ = writeln!(text, "{blank}{MARK}{}{escaped}", section.name);
            match plain {
                Some(plain) => text.push_str(plain),
                None => text.push_str(&escape(&section.contents)),
            }
            text.push('\n');
        }
        text
    }

    /// Returns a section's contents.
    pub fn section(&self, name: &str) -> Option<&[u8]> {
        self.at(name).map(|section| section.contents.as_slice())
    }

    /// Returns the line on which a section's contents begin in the file that was read.
    pub fn line(&self, name: &str) -> Option<usize> {
        self.at(name).map(|section| section.line)
    }

    /// Sets or adds a section. A name that is not one of [`SECTIONS`] changes nothing.
    pub fn set(&mut self, name: &str, contents: impl Into<Vec<u8>>) {
        let Some(name) = SECTIONS.iter().find(|known| **known == name) else {
            return;
        };
        self.remove(name);
        self.sections.push(Section {
            name,
            contents: contents.into(),
            line: 0,
        });
        self.sort();
    }

    /// Takes a section out.
    pub fn remove(&mut self, name: &str) {
        self.sections.retain(|section| section.name != name);
    }

    fn sort(&mut self) {
        let place = |section: &Section| SECTIONS.iter().position(|name| *name == section.name);
        self.sections.sort_by_key(place);
    }

    fn at(&self, name: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.name == name)
    }
}

fn line_of(before: &[u8]) -> usize {
    before.split(|byte| *byte == b'\n').count()
}

/// Returns contents as text if they can be written to a file unescaped.
fn plain(contents: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(contents).ok()?;
    let is_kept = |letter: char| matches!(letter, '\n' | '\t') || !is_lost(letter);
    let is_plain =
        text.chars().all(is_kept) && !text.split('\n').any(|line| line.starts_with(MARK));
    is_plain.then_some(text)
}

/// Returns whether editors and terminals drop or change a character.
fn is_lost(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn escape(contents: &[u8]) -> String {
    let mut text = String::with_capacity(contents.len() * 2);
    for chunk in contents.utf8_chunks() {
        for letter in chunk.valid().chars() {
            match letter {
                '\\' => text.push_str("\\\\"),
                '\r' => text.push_str("\\r"),
                '\n' | '\t' => text.push(letter),
                letter if is_lost(letter) || (letter == '=' && is_line_start(&text)) => {
                    let mut bytes = [0; 4];
                    push_bytes(&mut text, letter.encode_utf8(&mut bytes).as_bytes());
                }
                letter => text.push(letter),
            }
        }
        push_bytes(&mut text, chunk.invalid());
    }
    text
}

fn is_line_start(text: &str) -> bool {
    text.is_empty() || text.ends_with('\n')
}

fn push_bytes(text: &mut String, bytes: &[u8]) {
    for byte in bytes {
        let _ = write!(text, "\\x{byte:02x}");
    }
}

/// Returns the bytes of an escaped text, or the number of lines before what is wrong.
fn unescaped(text: &str) -> Result<Vec<u8>, (usize, &'static str)> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        let escape = &rest[at + 1..];
        let hexadecimal = escape.strip_prefix('x').and_then(|hex| hex.get(..2));
        let (byte, length) = match (escape.as_bytes().first(), hexadecimal) {
            (Some(b'\\'), _) => (Some(b'\\'), 1),
            (Some(b'r'), _) => (Some(b'\r'), 1),
            (_, Some(hex)) => (u8::from_str_radix(hex, 16).ok(), 3),
            _ => (None, 0),
        };
        let Some(byte) = byte else {
            let before = text.len() - escape.len();
            let lines = text[..before].matches('\n').count();
            return Err((lines, "an escape is `\\r`, `\\xfd` or `\\\\`"));
        };
        bytes.push(byte);
        rest = &escape[length..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn section(contents: &[u8]) -> String {
        let mut text = CaseText::new("a = 1");
        text.set("response", contents);
        text.write()
    }

    #[test]
    fn a_file_is_its_head_and_its_sections() {
        let file = "a = 1\nb = 2\n\n==== call\n{}\n\n==== response\nHTTP/1.1 200 OK\n\n\n\n==== outcome\n{\n}\n";
        let text = CaseText::parse(file.as_bytes()).unwrap();
        assert_eq!(text.head, "a = 1\nb = 2");
        assert_eq!(text.section("call"), Some(b"{}".as_slice()));
        assert_eq!(
            text.section("response"),
            Some(b"HTTP/1.1 200 OK\n\n".as_slice())
        );
        assert_eq!(text.section("outcome"), Some(b"{\n}".as_slice()));
        assert_eq!(text.section("page"), None);
        assert_eq!(
            (text.line("call"), text.line("outcome")),
            (Some(5), Some(13))
        );
        assert_eq!(text.write(), file);
    }

    #[test]
    fn bytes_that_are_lost_are_escaped() {
        for (contents, written) in [
            (b"a\r\nb".as_slice(), "a\\r\nb"),
            (b"\xddzmir \\", "\\xddzmir \\\\"),
            (b"\xef\xbb\xbfx", "\\xef\\xbb\\xbfx"),
            (b"\n==== call\n", "\n\\x3d=== call\n"),
            (b"\0", "\\x00"),
        ] {
            let expected = format!("a = 1\n\n==== response (escaped)\n{written}\n");
            assert_eq!(section(contents), expected);
        }
        for contents in ["", "\n\n", "\tş = \\x41", "=== x"] {
            let expected = format!("a = 1\n\n==== response\n{contents}\n");
            assert_eq!(section(contents.as_bytes()), expected);
        }
    }

    #[test]
    fn an_error_names_its_line() {
        for (file, line) in [
            ("a = 1\n\n==== calls\n{}\n", 3),
            ("==== call\n{}\n\n==== call\n{}\n", 4),
            ("==== call\n{}\n==== outcome\n{}\n", 3),
            ("==== call\n{}", 2),
            ("==== call", 1),
            ("==== call (escaped)\na\n\\q\n", 3),
            ("==== call (escaped)\n\\x4\n", 2),
            ("==== call (escaped) \n{}\n", 1),
            ("a = 1\n\n===== call\n{}\n", 3),
            ("a = 1\n\n====call\n{}\n\n==== outcome\n{}\n", 3),
        ] {
            let error = CaseText::parse(file.as_bytes()).unwrap_err();
            assert_eq!(error.line, line, "{file:?}: {}", error.message);
        }
        let error = CaseText::parse(b"a\nb\xff\n").unwrap_err();
        assert_eq!(error.line, 2);
    }

    #[test]
    fn a_section_is_changed_added_and_removed() {
        let mut text = CaseText::new("");
        text.set("outcome", "1");
        text.set("call", "2");
        text.set("outcome", "3");
        text.set("unknown", "4");
        assert_eq!(text.write(), "==== call\n2\n\n==== outcome\n3\n");
        text.remove("call");
        assert_eq!(text.write(), "==== outcome\n3\n");
    }

    proptest! {
        #[test]
        fn every_text_round_trips(
            head in "([a-z]{1,4} = [0-9]{1,3}(\n[a-z]{1,4} = [0-9]{1,3}){0,3})?",
            sections in proptest::collection::vec(
                (0_usize..7, proptest::collection::vec(any::<u8>(), 0..40)), 0..5),
            lines in "(\n|==== |=|\\\\|\r|ş|x|[\\PC]){0,30}",
        ) {
            let mut text = CaseText::new(head);
            for (section, contents) in sections {
                text.set(SECTIONS[section], contents);
            }
            text.set("response", lines);
            let written = text.write();
            let read = CaseText::parse(written.as_bytes()).unwrap();
            prop_assert_eq!(read.write(), written);
            for name in SECTIONS {
                prop_assert_eq!(read.section(name), text.section(name));
            }
            prop_assert_eq!(read.head, text.head);
        }

        #[test]
        fn reading_never_panics(file in proptest::collection::vec(any::<u8>(), 0..200), text in "(==== call|\n| \\(escaped\\)|\\\\x|[a-f0-9]){0,40}") {
            let _ = CaseText::parse(&file);
            let _ = CaseText::parse(text.as_bytes());
        }
    }
}
