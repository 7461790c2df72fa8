//! Checks of texts that the shipment service takes.

use kervan_core::Problems;
use kervan_core::problem::MISSING;
use kervan_wire::soap;

/// Checks a text that may not be empty and that XML has to carry.
pub(super) fn check_text(problems: &mut Problems, path: String, text: &str) {
    if text.trim().is_empty() {
        problems.push(MISSING.at(path));
    } else {
        problems.extend(soap::not_carried(|| path, text));
    }
}
