//! Posts as they arrive, for tests.

use std::time::SystemTime;

use kervan_core::Delivery;

/// Makes a post with a content type, or without one. It arrived on the first day of 1970.
///
/// ```
/// let post = kervan_testing::delivery("application/json", r#"{"Success":true}"#);
/// assert_eq!(post.content_type(), Some("application/json"));
/// assert_eq!(kervan_testing::delivery(None, "").content_type(), None);
/// ```
pub fn delivery<'t>(content_type: impl Into<Option<&'t str>>, body: impl AsRef<[u8]>) -> Delivery {
    let content_type = content_type.into().map(|text| ("Content-Type", text));
    Delivery::new(content_type, body.as_ref(), SystemTime::UNIX_EPOCH)
}
