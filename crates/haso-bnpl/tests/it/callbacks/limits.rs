//! Posts about a limit.

use super::*;
use kervan_testing::delivery;

#[test]
fn posts_of_a_limit_are_read_in_every_form() {
    let post = json!({"Success": "True", "Data": {"NameSurname": "Nilüfer Örnek", "CustomerId": "5004", "CustomerLimit": "12.500,75"}});
    for (name, encode) in ENCODINGS {
        let (content_type, body) = encode(&post);
        let ok = LimitOk::read(&delivery(content_type.as_str(), &body))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let LimitResult::Granted(granted) = ok.claim().result() else {
            panic!("{name}")
        };
        assert_eq!(granted.limit, money("12500.75"), "{name}");
        assert!(
            LimitFail::read(&delivery(content_type.as_str(), &body)).is_err(),
            "{name}"
        );
    }
    assert!(LimitFail::read(&delivery(None, b"whatever=1")).is_ok());
}
