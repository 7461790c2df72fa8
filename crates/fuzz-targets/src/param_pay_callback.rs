//! The result of a 3D Pay payment, as anybody may post it.

use kervan_wire::form::Fields;
use param_marketplace::payments::callback::{ExpectedPayment, PayCallback, PayResult};

use crate::account::{KEY, SETTINGS};
use kervan_testing::delivery;

/// Reads the bytes.
///
/// # Panics
///
/// When a reader is wrong.
pub fn param_pay_callback(body: &[u8]) {
    let Ok(callback) = PayCallback::read(&delivery(None, body)) else {
        return;
    };
    let stored = r#"{"order":"20250119BACB","key":"1944A39AD0AEA92E173D665B","total":"10.01","payment":6021847062}"#;
    let expected: ExpectedPayment = serde_json::from_str(stored).unwrap();
    if let Ok(PayResult::Paid(paid)) = callback.verify(&SETTINGS, &expected) {
        // Whatever was posted, only the signed payment of this order is taken for paid.
        assert_eq!((paid.order, paid.key), (expected.order, expected.key));
        assert_eq!(
            (paid.receipt.as_str(), paid.total),
            ("3007300695", expected.total)
        );
        assert_eq!(
            (paid.currency, paid.payment),
            (expected.currency, expected.payment)
        );
        // Nor does what is not signed say anything else.
        let fields = Fields::parse(None, body).unwrap();
        let one = |name: &str| {
            let value = fields.one(&format!("TURKPOS_RETVAL_{name}")).unwrap();
            value
                .map(|value| value.trim().to_owned())
                .unwrap_or_default()
        };
        assert!(one("Sonuc").parse::<i32>().unwrap() > 0);
        assert_eq!(one("PB"), "TL");
        assert_eq!(one("SanalPOS_Islem_ID").parse(), Ok(6_021_847_062_u64));
        let merchant = one("GUID");
        assert!(merchant.is_empty() || merchant.eq_ignore_ascii_case(KEY));
    }
}
