//! Addresses of customers in the network.

use super::*;

#[tokio::test]
async fn t8_a_mapped_address_is_sent_as_version_4() {
    for (typed, bare) in [
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("88.255.1.2", "88.255.1.2"),
        // Two more: in hexadecimal digits, and with a port.
        ("::FFFF:58ff:0102", "88.255.1.2"),
        ("[2a00:1450:4001::1]:443", "2a00:1450:4001::1"),
    ] {
        let payment = sale_with(|it| it.customer_ip = typed.into());
        assert_eq!(found(&payment), [], "{typed}");
        assert_eq!(text(&sent(&payment).await, "IPAdr"), bare);
        let of_stored = stored(payment.sale.clone());
        assert_eq!(text(&sent(&of_stored).await, "IPAdr"), bare);
        let bkm = bkm("KV-2001", "5550000001", typed);
        assert_eq!(found(&bkm), [], "{typed}");
        assert_eq!(text(&sent(&bkm).await, "IPAddress"), bare);
        // A program that stores the request stores the text, and reads it back.
        let stored = serde_json::to_string(&payment.sale).unwrap();
        assert_eq!(serde_json::from_str::<Sale>(&stored).unwrap(), payment.sale);
    }
    let mapped: IpAddr = "::ffff:203.0.113.7".parse().unwrap();
    let payment = sale_with(|it| it.customer_ip = mapped.into());
    assert_eq!(text(&sent(&payment).await, "IPAdr"), "203.0.113.7");
}

#[test]
fn t8_an_address_is_judged_as_what_it_is() {
    for (typed, code) in [
        ("::ffff:10.0.0.5", "client_address.not_public"),
        ("100.64.3.2", "client_address.not_public"),
        ("255.255.255.255", "client_address.not_public"),
        // Two more: of this machine inside of version 6, and of many machines.
        ("::ffff:7f00:1", "client_address.not_public"),
        ("ff02::1", "client_address.not_public"),
        ("88.255.1.2, 10.0.0.1", "client_address.several"),
        ("localhost", "client_address.form"),
        ("", "text.missing"),
    ] {
        let payment = sale_with(|it| it.customer_ip = typed.into());
        assert_eq!(
            only(&payment),
            problem(code, "sale.customer_ip", None),
            "{typed}"
        );
        let bkm = bkm("KV-2001", "5550000001", typed);
        assert_eq!(only(&bkm), problem(code, "customer_ip", None), "{typed}");
        let stops = Desk::new([]).client.check(&bkm).stop_the_call();
        assert_eq!(stops, code != "client_address.not_public", "{typed}");
    }
}
