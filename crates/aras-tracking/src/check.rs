//! The checks of texts that both services share. A text is sent as one line, so it is checked as one.

use std::borrow::Cow;

use kervan_core::Problems;
use kervan_turkiye::problems::check_line;

use crate::ids::CustomerReference;

/// Checks a required text. No guide gives a maximum length.
pub(crate) fn text<P: Into<Cow<'static, str>>>(
    problems: &mut Problems,
    path: impl Fn() -> P,
    text: &str,
) {
    check_line(problems, path, text, usize::MAX, true);
}

/// Checks a required text with a maximum of characters.
#[cfg(feature = "shipments")]
pub(crate) fn limited(
    problems: &mut Problems,
    path: &'static str,
    text: &str,
    max_characters: usize,
) {
    check_line(problems, || path, text, max_characters, true);
}

/// Checks the shipper's reference.
pub(crate) fn reference(problems: &mut Problems, reference: &CustomerReference) {
    problems.extend(reference.warnings());
    text(problems, || CustomerReference::FIELD, reference.as_str());
}
