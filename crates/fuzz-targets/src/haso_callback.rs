//! Posts as anybody may send them, in every form that the reader takes.

use haso_bnpl::callbacks::{
    LimitCallback, LimitFail, LimitOk, OrderCallback, OrderFail, OrderOk, Unverified,
};
use haso_bnpl::{Quirks, StoredOrder};
use kervan_testing::delivery;
use kervan_turkiye::moment::MomentForm;
use kervan_turkiye::net_number::NumberForm;

const TYPES: [Option<&str>; 4] = [
    None,
    Some("application/x-www-form-urlencoded; charset=windows-1254"),
    Some("application/json"),
    Some("multipart/form-data; boundary=x"),
];

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn haso_callback(body: &[u8]) {
    let Ok(amount) = "500.00".parse() else {
        return;
    };
    let stored = StoredOrder::open("1905231436-1", amount);
    let quirks = Quirks::default();
    for content_type in TYPES {
        if let Ok(post) = OrderOk::read(&delivery(content_type, body)) {
            // The same bytes mean the same to both endpoints.
            let callback = OrderCallback::read(&delivery(content_type, body));
            assert_eq!(callback.as_ref().map(Unverified::key), Ok(post.key()));
            if let Ok(order) = post.confirm(&stored, &quirks) {
                // What may be activated is the stored order, to the kuruş.
                assert_eq!(order.plan().order, stored.number);
                assert_eq!(order.plan().order_amount(&quirks), Some(stored.amount));
            }
        }
        let _ = OrderFail::read(&delivery(content_type, body));
        let _ = LimitOk::read(&delivery(content_type, body));
        let _ = LimitCallback::read(&delivery(content_type, body));
        let _ = LimitFail::read(&delivery(content_type, body));
    }
    if let Ok(text) = std::str::from_utf8(body) {
        let _ = MomentForm::new().read(text);
        for form in NumberForm::ALL {
            let _ = form.kurus(text);
        }
    }
}
