//! Addresses of customers in the network.

use super::*;

#[test]
fn t8_addresses_are_sent_as_version_4() {
    for (typed, address, code) in [
        ("::ffff:203.0.113.7", "203.0.113.7", None),
        (
            "::ffff:10.0.0.5",
            "10.0.0.5",
            Some("client_address.not_public"),
        ),
        (
            "100.64.3.2",
            "100.64.3.2",
            Some("client_address.not_public"),
        ),
        (
            "255.255.255.255",
            "255.255.255.255",
            Some("client_address.not_public"),
        ),
        // More: with a port, in brackets, in digits of version 6, of many machines.
        (" 203.0.113.7:51234", "203.0.113.7", None),
        ("[2001:DB8::1]:443", "2001:db8::1", None),
        ("::ffff:cb00:7107", "203.0.113.7", None),
        ("ff02::1", "ff02::1", Some("client_address.not_public")),
    ] {
        let common = CommonFields::new().ip_address(typed);
        let form = OrderForm::new(order().common(common.clone()), "T");
        let path = "common.ip_address".to_owned();
        let wanted: Vec<_> = code.map(|code| (code, path, vec![])).into_iter().collect();
        assert_eq!(found(&form), wanted, "{typed}");
        assert_eq!(field(&sent(&form), "IpAddress").unwrap(), address);
        let form = LimitForm::new(limit().common(common.clone()), "T");
        assert_eq!(field(&sent(&form), "IpAddress").unwrap(), address);
        // The signature is that of the address as it is sent.
        let asked = sent(&GetPlan::new("TRX-1".into(), "O-1".into()).common(common));
        assert_eq!(field(&asked, "ipAddress").unwrap(), address);
        let token = signing(KEY, SALT).request_token(["1001", "O-1", "TRX-1", address]);
        assert_eq!(field(&asked, "requestToken").unwrap(), token.expose());
    }
    for (typed, code) in [
        ("x", "client_address.form"),
        ("203.0.113.7, 10.0.0.1", "client_address.several"),
        ("", "text.missing"),
    ] {
        let common = CommonFields::new().ip_address(typed);
        let call = ListTransactions::new("5004").common(common);
        assert_eq!(
            found(&call),
            [(code, "common.ip_address".to_owned(), vec![])]
        );
        assert!(offline().check(&call).stop_the_call());
    }
}
