//! Tracking links as people paste them, and addresses as they configure them.

use kervan_core::BaseUrl;

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn link(text: &[u8]) {
    let Ok(text) = std::str::from_utf8(text) else {
        return;
    };
    let _ = aras_tracking::parse_link(text);
    let _ = aras_tracking::LinkReport::of(text);
    if let Ok(base) = BaseUrl::parse(text) {
        // What was taken once is taken again, and means the same.
        assert_eq!(BaseUrl::parse(base.as_str()).as_ref(), Ok(&base));
    }
}
