//! Aras's tracking pages, and what is posted to a shipper's own service.

use aras_tracking::pages::{PageContent, read_page};
use kervan_testing::delivery;

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn aras_page(body: &[u8]) {
    for content_type in ["text/html", "text/html; charset=windows-1254"] {
        let content = read_page(body, content_type).map(|answer| answer.value);
        if let Ok(PageContent::Parcel(page)) = content {
            let _ = page.tracking();
        }
    }
    if let Ok(push) = aras_tracking::push::read(&delivery("text/xml", body)) {
        let _ = push.event();
    }
}
