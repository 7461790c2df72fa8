//! A text as its reader decodes it, with the place of each letter in the text as it was sent.

use std::ops::Range;

/// A text that was decoded some times, and where each of its bytes comes from.
pub(super) struct Layer {
    text: String,
    /// For each byte, the range of the letter in the text as it was sent.
    from: Vec<(usize, usize)>,
}

impl Layer {
    /// Returns the text as it was sent.
    pub(super) fn of(text: &str) -> Self {
        let mut layer = Layer::empty();
        for (at, letter) in text.char_indices() {
            layer.push(letter, (at, at + letter.len_utf8()));
        }
        layer
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range in the text as it was sent.
    pub(super) fn source(&self, range: Range<usize>) -> Range<usize> {
        let first = self.from.get(range.start).map_or(0, |from| from.0);
        let last = range
            .end
            .checked_sub(1)
            .and_then(|last| self.from.get(last));
        first..last.map_or(first, |from| from.1)
    }

    /// Decodes once: characters of queries, of XML and of JSON, without the marks of CDATA and without
    /// comments. `None` when nothing is encoded.
    pub(super) fn decoded(&self) -> Option<Self> {
        let mut layer = Layer::empty();
        let mut is_changed = false;
        let mut at = 0;
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some((letters, length)) = encoded(rest) {
                let from = self.source(at..at + length);
                for letter in letters.chars() {
                    layer.push(letter, (from.start, from.end));
                }
                is_changed = true;
                at += length;
            } else {
                let letter = rest.chars().next().unwrap_or_default();
                let from = self.source(at..at + letter.len_utf8());
                layer.push(letter, (from.start, from.end));
                at += letter.len_utf8();
            }
        }
        is_changed.then_some(layer)
    }

    fn empty() -> Self {
        Layer {
            text: String::new(),
            from: Vec::new(),
        }
    }

    fn push(&mut self, letter: char, from: (usize, usize)) {
        self.text.push(letter);
        let bytes = self.text.len() - self.from.len();
        self.from.extend(std::iter::repeat_n(from, bytes));
    }
}

/// Returns the letters that the beginning of a text stands for, and its length. `None` when the text
/// begins with a letter that means itself.
fn encoded(text: &str) -> Option<(String, usize)> {
    match text.as_bytes().first()? {
        b'%' => percent(text),
        b'&' => entity(text),
        b'\\' => escape(text),
        b'<' if text.starts_with("<![CDATA[") => Some((String::new(), "<![CDATA[".len())),
        b'<' if text.starts_with("<!--") => {
            let end = text.find("-->").map_or(text.len(), |end| end + "-->".len());
            Some((String::new(), end))
        }
        b']' if text.starts_with("]]>") => Some((String::new(), "]]>".len())),
        _ => None,
    }
}

/// All bytes of one letter.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    while let Some(byte) = hexadecimal(text, bytes.len() * 3) {
        bytes.push(byte);
        match std::str::from_utf8(&bytes) {
            Ok(letter) => return Some((letter.to_owned(), bytes.len() * 3)),
            Err(error) if error.error_len().is_some() => break,
            Err(_) => {}
        }
    }
    // Bytes of another character set.
    (!bytes.is_empty()).then(|| ('\u{fffd}'.to_string(), 3))
}

fn hexadecimal(text: &str, at: usize) -> Option<u8> {
    let digits = text.get(at..)?.strip_prefix('%')?.get(..2)?;
    let is_digits = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    u8::from_str_radix(digits, 16).ok().filter(|_| is_digits)
}

fn entity(text: &str) -> Option<(String, usize)> {
    // No further than the longest one, with a few zeros.
    let end = text.bytes().take(32).position(|byte| byte == b';')?;
    let letter = match text.get(1..end)? {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((letter.to_string(), end + 1))
}

fn escape(text: &str) -> Option<(String, usize)> {
    let letter = match text.chars().nth(1)? {
        letter @ ('"' | '\\' | '/' | '\'') => letter,
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => {
            let digits = text.get(2..6)?;
            let code = u32::from_str_radix(digits, 16).ok()?;
            return Some((char::from_u32(code).unwrap_or('\u{fffd}').to_string(), 6));
        }
        _ => return None,
    };
    Some((letter.to_string(), 2))
}
