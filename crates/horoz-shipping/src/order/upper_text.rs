//! The length of a text that is sent in capitals.

use std::borrow::Cow;

use kervan_core::Problems;
use kervan_core::problem::check_length;
use kervan_turkiye::text::upper_len;

/// Checks one text as [`check_text`](kervan_core::problem::check_text) does, by its length in Turkish
/// capitals.
pub(crate) fn check_upper_text<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl FnOnce() -> P,
    text: &str,
    max_characters: usize,
    required: bool,
) {
    // No character grows to more than three.
    let length = if text.len() > max_characters / 3 {
        upper_len(text)
    } else {
        0
    };
    check_length(problems, path, text, length, max_characters, required);
}
