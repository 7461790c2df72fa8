//! Codes of products.

use super::*;

#[test]
fn t9_codes_of_ascii_have_capitals_of_ascii() {
    let as_given = client(
        Quirks::default().product_codes(ProductCodeCase::AsGiven),
        PlaceBook::default(),
    );
    for (code, upper) in [
        ("wifi-kit-i5", "WIFI-KIT-I5"),
        // Two more: one in capitals, and a text with Turkish letters.
        ("MINI_iPad/11", "MINI_IPAD/11"),
        ("ışık-i5", "IŞIK-İ5"),
        (" kit\n1 ", "KIT 1"),
    ] {
        let order = with_text("lines[0].product_code", code);
        assert_eq!(sent(&order)["shippingDetail"][0]["productCode"], upper);
        let left = body(&as_given, &order);
        let code = code.trim().replace('\n', " ");
        assert_eq!(left["shippingDetail"][0]["productCode"], code);
        // Names stay Turkish texts.
        let order = with_text("lines[0].product_name", "wifi kit");
        assert_eq!(sent(&order)["shippingDetail"][0]["productName"], "WİFİ KİT");
    }
}

#[test]
fn t9_products_are_told_apart_by_the_code_as_it_is_sent() {
    let as_given = client(
        Quirks::default().product_codes(ProductCodeCase::AsGiven),
        PlaceBook::default(),
    );
    for (one, other, is_twice, is_twice_as_given) in [
        ("kit-i5", "KIT-I5", true, false),
        ("kit-i5", "KİT-İ5", false, false),
        ("şişe", "s\u{327}is\u{327}e", true, true),
        ("a", " a", true, true),
    ] {
        let mut order = order();
        let mut second = line();
        one.clone_into(&mut order.lines[0].product_code);
        other.clone_into(&mut second.product_code);
        order.lines.push(second);
        let twice = |client: &horoz_shipping::Client| {
            let found = client.check(&order);
            found
                .iter()
                .any(|problem| problem.code() == "horoz.product_twice")
        };
        assert_eq!(
            (twice(&plain()), twice(&as_given)),
            (is_twice, is_twice_as_given),
            "{one} {other}"
        );
        for (case, is_one) in [
            (ProductCodeCase::Capitals, is_twice),
            (ProductCodeCase::AsGiven, is_twice_as_given),
        ] {
            let merged = order.clone().merge_equal_products(case);
            assert_eq!(merged.lines.len() == 1, is_one, "{one} {other} {case:?}");
        }
    }
}
