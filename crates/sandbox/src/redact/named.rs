//! Values by their names: of elements, attributes, members and fields.

use std::ops::Range;

use percent_encoding::percent_decode_str;

use super::is_secret;

/// Returns where the values of secret names are.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_mark(text, from) {
        let value = match text.as_bytes().get(at) {
            Some(b'>') => of_element(text, at),
            Some(b':') => of_member(text, at),
            _ => of_field(text, at),
        };
        match value {
            Some(value) if !value.is_empty() => {
                from = value.end.max(at + 1);
                found.push(value);
            }
            _ => from = at + 1,
        }
    }
    found
}

fn next_mark(text: &str, from: usize) -> Option<usize> {
    let found = text.get(from..)?.find(['>', ':', '='])?;
    Some(from + found)
}

/// `<soap:KK_No a="b">`: everything to the next end of an element.
fn of_element(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('<')? + 1;
    let tag = text.get(start..at)?;
    if tag.starts_with(['/', '!', '?']) || tag.ends_with('/') {
        return None;
    }
    let name = tag.split(char::is_whitespace).next()?;
    if !is_secret(name) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    Some(at + 1..at + 1 + rest.find("</").unwrap_or(rest.len()))
}

/// `"token": "…"`, a list, an object or a number.
fn of_member(text: &str, at: usize) -> Option<Range<usize>> {
    let head = text.get(..at)?.trim_end();
    let quote = head
        .chars()
        .next_back()
        .filter(|last| "\"'".contains(*last))?;
    let name = head.strip_suffix(quote)?;
    let name = name.get(name.rfind(quote)? + 1..)?;
    if !is_secret(name) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let value = rest.trim_start();
    let begin = at + 1 + (rest.len() - value.len());
    let length = match value.chars().next()? {
        quote @ ('"' | '\'') => {
            return Some(begin + 1..begin + 1 + quoted(value.get(1..)?, quote));
        }
        '[' => value.find(']'),
        '{' => value.find('}'),
        _ => value.find([',', '}', '\n']),
    };
    Some(begin..begin + length.unwrap_or(value.len()))
}

/// Returns the length of a text up to its closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        if letter == quote && !is_escaped {
            return at;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    text.len()
}

/// `&token=…` of a form or a query, also with an encoded name, and `Password="…"` of an element.
fn of_field(text: &str, at: usize) -> Option<Range<usize>> {
    let head = text.get(..at)?.trim_end();
    let before = head.trim_end_matches(|letter: char| is_name(letter) || "[]".contains(letter));
    let name = head.get(before.len()..)?;
    let name = name.split('[').next().unwrap_or(name);
    let is_begun = before.is_empty()
        || before.ends_with(|last: char| "&?;".contains(last) || last.is_whitespace());
    let name = percent_decode_str(name).decode_utf8_lossy();
    if !is_begun || !is_secret(&name) {
        return None;
    }
    let rest = text.get(at + 1..)?;
    let begin = at + 1;
    if let Some(quote) = rest.chars().next().filter(|first| "\"'".contains(*first)) {
        let inner = rest.get(1..)?;
        return Some(begin + 1..begin + 1 + inner.find(quote).unwrap_or(inner.len()));
    }
    let end = rest.find(['&', '\n', '\r', '"', '<', '>']);
    Some(begin..begin + end.unwrap_or(rest.len()))
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || "_-%".contains(letter)
}
