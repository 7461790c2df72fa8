//! A credential in a text that escapes it.

use super::REDACTED;

/// A letter of a text and where it stands, its escape included.
struct Letter {
    is: char,
    start: usize,
    end: usize,
}

impl Letter {
    /// Whether a word goes on here. An escape such as `\n` ends one.
    fn is_of_a_word(&self) -> bool {
        let is_escaped = self.end - self.start == 2 && "bfnrt".contains(self.is);
        self.is.is_alphanumeric() && !is_escaped
    }
}

/// The letters of a text without its backslashes, however many JSON put before each.
fn letters(text: &str) -> Vec<Letter> {
    let mut letters = Vec::new();
    let (mut start, mut at) = (0, 0);
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let code = (at > start)
            .then(|| text.get(at..).and_then(unicode))
            .flatten();
        at += if code.is_some() { 5 } else { first.len_utf8() };
        let is = code.unwrap_or(first);
        if is != '\\' {
            letters.push(Letter { is, start, end: at });
            start = at;
        }
    }
    letters
}

/// The letter of `u002f`.
fn unicode(text: &str) -> Option<char> {
    let digits = text.strip_prefix('u')?.get(..4)?;
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let code = u32::from_str_radix(digits, 16).ok().filter(|_| is_plain)?;
    char::from_u32(code)
}

/// Hides a key wherever it occurs in a text with escapes, or where it is a word of its own.
/// Backslashes are not compared: it may hide a little too much, never too little.
pub(super) fn scrub(text: &str, key: &str, only_words: bool) -> String {
    let wanted: Vec<char> = letters(key).iter().map(|letter| letter.is).collect();
    let letters = letters(text);
    if wanted.is_empty() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let (mut at, mut copied) = (0, 0);
    while let Some(window) = letters.get(at..at + wanted.len()) {
        let found = window.iter().map(|letter| letter.is);
        let (Some(first), Some(last), true) = (
            window.first(),
            window.last(),
            found.eq(wanted.iter().copied())
                && !(only_words && is_inside_of_a_word(&letters, at, wanted.len())),
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

/// Whether a word goes on before or behind some letters.
fn is_inside_of_a_word(letters: &[Letter], at: usize, count: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| letters.get(before));
    let behind = letters.get(at + count);
    before.is_some_and(Letter::is_of_a_word) || behind.is_some_and(Letter::is_of_a_word)
}

#[cfg(test)]
mod tests {
    fn scrub(text: &str, key: &str) -> String {
        super::scrub(text, key, false)
    }

    #[test]
    fn r9_a_short_key_is_a_word_of_its_own() {
        let words = |text| super::scrub(text, "10738", true);
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
