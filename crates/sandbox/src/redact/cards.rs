//! Card numbers: by their length, their first digit and their check digit.

use std::ops::Range;

/// The letters between groups of a card's digits.
const BETWEEN: [char; 5] = [' ', '-', '+', '\t', '\u{a0}'];

/// The codes of HASO's app have sixteen digits behind these letters.
const OWN: &str = "QR";

/// Returns where card numbers are, in one piece or in groups.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let groups = groups(text);
    let mut found = Vec::new();
    let mut first = 0;
    while first < groups.len() {
        match end_of_card(text, &groups, first) {
            Some(last) => {
                found.push(groups[first].start..groups[last].end);
                first = last + 1;
            }
            None => first += 1,
        }
    }
    found
}

/// Returns the last group of a card that begins with this one.
fn end_of_card(text: &str, groups: &[Range<usize>], first: usize) -> Option<usize> {
    let mut digits = String::new();
    let mut before: Option<&Range<usize>> = None;
    let mut last = None;
    for (index, group) in groups.iter().enumerate().skip(first) {
        if before.is_some_and(|before| !is_between(text.get(before.end..group.start))) {
            break;
        }
        digits.push_str(text.get(group.clone()).unwrap_or_default());
        if digits.len() > 19 {
            break;
        }
        if is_card(&digits) {
            last = Some(index);
        }
        before = Some(group);
    }
    last
}

/// The lengths of the groups of a GUID, whose digits are no card either.
const GUID: [usize; 5] = [8, 4, 4, 4, 12];

/// Returns the runs of digits, without those of GUIDs and of the world's own codes.
fn groups(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut groups = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(length) = guid(&bytes[at..]) {
            at += length;
            continue;
        }
        let length = bytes
            .iter()
            .skip(at)
            .take_while(|byte| byte.is_ascii_digit());
        let end = at + length.count();
        let is_own = text.get(..at).is_some_and(|before| before.ends_with(OWN));
        if end > at && !is_own {
            groups.push(at..end);
        }
        at = end.max(at + 1);
    }
    groups
}

/// Returns the length of the GUID that bytes begin with.
fn guid(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    for (index, length) in GUID.into_iter().enumerate() {
        if index > 0 {
            bytes.get(at).filter(|byte| **byte == b'-')?;
            at += 1;
        }
        let group = bytes.get(at..at + length)?;
        if !group.iter().all(u8::is_ascii_hexdigit) {
            return None;
        }
        at += length;
    }
    let next = bytes.get(at);
    next.is_none_or(|next| !next.is_ascii_alphanumeric())
        .then_some(at)
}

fn is_between(text: Option<&str>) -> bool {
    let mut letters = text.unwrap_or_default().chars();
    let letter = letters.next();
    letter.is_some_and(|letter| BETWEEN.contains(&letter)) && letters.next().is_none()
}

/// Numbers of parcels have 13 digits, and no card that is issued today has.
fn is_card(digits: &str) -> bool {
    let has_issuer = matches!(digits.as_bytes().first(), Some(b'2'..=b'6' | b'9'));
    (14..=19).contains(&digits.len()) && has_issuer && has_card_check_digit(digits)
}

fn has_card_check_digit(digits: &str) -> bool {
    let digit = |(place, byte): (usize, u8)| {
        let digit = u32::from(byte - b'0');
        match (place % 2, digit) {
            (0, digit) => digit,
            (_, digit) if digit < 5 => digit * 2,
            (_, digit) => digit * 2 - 9,
        }
    };
    let sum: u32 = digits.bytes().rev().enumerate().map(digit).sum();
    sum.is_multiple_of(10)
}
