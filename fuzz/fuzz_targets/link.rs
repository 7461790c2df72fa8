//! Tracking links as people paste them, and addresses as they configure them.

#![no_main]

use kervan_core::BaseUrl;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = aras_tracking::parse(text);
    let _ = aras_tracking::LinkReport::of(text);
    if let Ok(base) = BaseUrl::parse(text) {
        // What was taken once is taken again, and means the same.
        assert_eq!(BaseUrl::parse(base.as_str()).as_ref(), Ok(&base));
    }
});
