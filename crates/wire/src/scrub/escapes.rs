//! A credential in a text that escapes it.

use kervan_core::secret::REDACTED;

/// A letter of a text and its place, its escape included.
struct Letter {
    is: char,
    start: usize,
    end: usize,
}

impl Letter {
    /// Returns whether a word goes on here. An escape such as `\n` ends one.
    fn is_of_a_word(&self) -> bool {
        let is_escaped = self.end - self.start == 2 && "bfnrt".contains(self.is);
        self.is.is_alphanumeric() && !is_escaped
    }
}

/// How a key is looked for.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// Only where it is a word of its own.
    only_words: bool,
    /// In any case of ASCII letters.
    any_case: bool,
    /// As XML escapes it too.
    xml: bool,
}

impl Form {
    pub(super) fn new(only_words: bool) -> Self {
        Self {
            only_words,
            any_case: false,
            xml: false,
        }
    }

    pub(super) fn in_any_case(self) -> Self {
        Self {
            any_case: true,
            ..self
        }
    }

    fn in_xml(self) -> Self {
        Self { xml: true, ..self }
    }

    fn is_same(self, found: char, wanted: char) -> bool {
        found == wanted || self.any_case && found.eq_ignore_ascii_case(&wanted)
    }
}

/// Returns the letters of a text without its backslashes, however many JSON put before each.
fn letters(text: &str, xml: bool) -> Vec<Letter> {
    let mut letters = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = text.get(at..).unwrap_or_default();
        let escaped = if at > start {
            unicode(rest).map(|letter| (letter, 5))
        } else if xml {
            reference(rest)
        } else {
            None
        };
        let (is, length) = escaped.unwrap_or((first, first.len_utf8()));
        at += length;
        if is != '\\' {
            letters.push(Letter { is, start, end: at });
            start = at;
        }
    }
    letters
}

/// Returns the letter of `u002f`.
fn unicode(text: &str) -> Option<char> {
    let digits = text.strip_prefix('u')?.get(..4)?;
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_plain)?;
    char::from_u32(code)
}

/// The most bytes of a reference between its signs.
const LONGEST_REFERENCE: usize = 12;

/// Returns the letter of `&amp;`, `&#47;` or `&#x2f;`, and the length of that.
fn reference(text: &str) -> Option<(char, usize)> {
    let inside = text.strip_prefix('&')?;
    // The longest, `&#x10ffff;` with zeros, is looked for no further: a text may be nothing but `&`.
    let end = inside
        .bytes()
        .take(LONGEST_REFERENCE)
        .position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let number = name.strip_prefix('#')?;
            let (digits, radix) = match number.strip_prefix(['x', 'X']) {
                Some(digits) => (digits, 16),
                None => (number, 10),
            };
            let code = u32::from_str_radix(digits, radix);
            char::from_u32(code.ok().filter(|_| !digits.starts_with('+'))?)?
        }
    };
    Some((letter, name.len() + 2))
}

/// Hides a key wherever it occurs in a text with escapes, or where it is a word of its own.
/// Backslashes are not compared: it may hide a little too much, never too little.
pub(super) fn scrub(text: &str, key: &str, form: Form) -> String {
    let wanted: Vec<char> = letters(key, false).iter().map(|it| it.is).collect();
    let letters = letters(text, form.xml);
    if wanted.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut at, mut copied) = (0, 0);
    while let Some(window) = letters.get(at..at + wanted.len()) {
        let mut pairs = window.iter().zip(&wanted);
        let (Some(first), Some(last), true) = (
            window.first(),
            window.last(),
            pairs.all(|(found, wanted)| form.is_same(found.is, *wanted))
                && !(form.only_words && is_inside_of_a_word(&letters, at, wanted.len())),
        ) else {
            at += 1;
            continue;
        };
        out.push_str(text.get(copied..first.start).unwrap_or_default());
        out.push_str(REDACTED);
        copied = last.end;
        if key.ends_with('\\') {
            // Those of the text that stand for a backslash of the key.
            let rest = text.get(copied..).unwrap_or_default();
            copied += rest.bytes().take_while(|byte| *byte == b'\\').count();
        }
        at += wanted.len();
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// Hides a key as it is, as JSON escapes it and as XML does.
pub(super) fn scrub_any(text: &str, key: &str, form: Form) -> String {
    scrub_xml(scrub(text, key, form), key, form)
}

/// Hides a key as XML escapes it.
pub(super) fn scrub_xml(text: String, key: &str, form: Form) -> String {
    if text.contains('&') {
        scrub(&text, key, form.in_xml())
    } else {
        text
    }
}

/// Returns whether a word goes on before or behind some letters.
fn is_inside_of_a_word(letters: &[Letter], at: usize, count: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    let behind = letters.get(at + count);
    before.is_some_and(Letter::is_of_a_word) || behind.is_some_and(Letter::is_of_a_word)
}

#[cfg(test)]
mod tests {
    use super::Form;

    fn scrub(text: &str, key: &str) -> String {
        super::scrub(text, key, Form::new(false))
    }

    #[test]
    fn r9_a_short_key_is_a_word_of_its_own() {
        let words = |text| super::scrub(text, "10738", Form::new(true));
        let hidden = [
            (r#"{"a":"10738"}"#, r#"{"a":"[redacted]"}"#),
            (r"x\n10738\u002e", r"x\n[redacted]\u002e"),
            (r#"\"10738\""#, r#"\"[redacted]\""#),
            ("10738", "[redacted]"),
            ("İ10738 10738", "İ10738 [redacted]"),
        ];
        for (text, expected) in hidden {
            assert_eq!(words(text), expected);
        }
        for kept in ["110738", "10738a", "x10738", r"\u006110738"] {
            assert_eq!(words(kept), kept);
        }
    }

    #[test]
    fn finds_a_key_in_every_form_of_escape() {
        let key = r#"ab/"c\d"#;
        for form in [
            r#"ab/"c\d"#,
            r#"ab\/\"c\\d"#,
            r#"ab/\"c\\d"#,
            r"ab\u002f\u0022c\u005cd",
            r"ab\u002F\u0022c\u005Cd",
            r#"\u0061b\/\"c\\d"#,
            r#"ab\\\/\\\"c\\\\d"#,
        ] {
            let text = format!(r#"{{"x":"{form}\n{form}"}}"#);
            let expected = r#"{"x":"[redacted]\n[redacted]"}"#;
            assert_eq!(scrub(&text, key), expected, "{form}");
        }
        assert_eq!(scrub(r#"{"x":"k\\"}"#, "k\\"), r#"{"x":"[redacted]"}"#);
        assert_eq!(scrub(r"ş\/ğ\", "key"), r"ş\/ğ\");
        assert_eq!(scrub(r"a\u00", "a\\u002f"), r"a\u00");
    }
}
