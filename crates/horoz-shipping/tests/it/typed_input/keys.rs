//! The number of an order in all its spellings, and the contents that last.

use super::*;

#[test]
fn t10_two_spellings_of_a_number_are_one_key() {
    let plain = plain();
    for (parts, whole) in [
        ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
        ("go\u{308}l-7", "göl-7"),
        // Two more: blanks at the ends, and the dot that JavaScript leaves.
        (" KV-1\u{a0}", "KV-1"),
        ("i\u{307}z-1", "iz-1"),
    ] {
        let (one, other) = (RequestNumber::from(parts), RequestNumber::from(whole));
        assert_eq!((&one, one.as_str()), (&other, whole));
        assert_eq!(serde_json::to_string(&one).unwrap(), format!("\"{whole}\""));
        let stored: RequestNumber = serde_json::from_value(Value::from(parts)).unwrap();
        assert_eq!(stored, other);
        let spelled = |number: &str| {
            let mut order = order();
            order.number = number.into();
            order
        };
        let (first, second) = (spelled(parts), spelled(whole));
        assert_eq!(first.key(), whole);
        let bytes = |order: &CreateSupplierPaysOrder| order.encode(&plain.context()).unwrap().body;
        assert_eq!(bytes(&first), bytes(&second));
        assert_eq!(body(&plain, &first)["customerRefNo"], whole);
        // A run takes them for one number too.
        let found = crate::support::check_all(&plain, [&first, &second]);
        let last = found.last().unwrap().problems.iter().last().unwrap();
        assert_eq!(
            (found.last().unwrap().index, last.code()),
            (1, "horoz.number_twice")
        );
        // Every other call that names the order.
        assert_eq!(
            body(&plain, &CancelSupplierPaysOrder::new(parts))["requestNumber"],
            whole
        );
        assert_eq!(
            body(&plain, &CancelShippingOrder::new(parts))["requestNumber"],
            whole
        );
        assert_eq!(
            body(&plain, &CreateLabel::new(parts))["requestNumber"],
            whole
        );
        let url = |number: &str| {
            let request = TrackOrder::new(number).encode(&plain.context()).unwrap();
            request.url.as_str().to_owned()
        };
        assert_eq!(url(parts), url(whole));
        let mut shipping = shipping_order();
        shipping.number = parts.into();
        assert_eq!(body(&plain, &shipping)["requestNumber"], whole);
    }
    let mut composed = order();
    composed.number = "o\u{308}-1".into();
    assert_eq!(codes(&composed)[0], ("line.composed", "number".to_owned()));
}

#[test]
fn t10_numbers_that_look_alike_are_one_order() {
    let of = |number: &str| {
        let mut order = order();
        order.number = number.into();
        order
    };
    let (one, two) = (of("KV 1"), of("KV\u{a0}1"));
    assert_eq!(one.number, two.number);
    assert_eq!((one.key(), sent(&one)), (two.key(), sent(&two)));
    let found = crate::support::check_all(&plain(), [&one, &two]);
    let found: Vec<_> = found[0].problems.iter().map(Problem::code).collect();
    assert_eq!(found, ["line.blanks", "horoz.number_twice"]);
}

#[test]
fn t10_an_order_that_is_sent_alike_has_the_same_contents() {
    let plain = order().lasting_contents();
    for other in [
        to(consumer().phone("+90 555 000 00 01")),
        to(consumer().address("deneme mah.\n1")),
        to(titled("AYS\u{327}E ÖRNEK ")),
        order().declare_totals(2, "320".parse().unwrap()),
    ] {
        assert_eq!(other.lasting_contents(), plain);
    }
    let mut number = order();
    number.number = "KV-2".into();
    assert_eq!(number.lasting_contents(), plain);
    let mut code = order();
    code.lines[0].product_code = "yt-160".to_owned();
    for other in [
        code,
        to(consumer().phone("05550000002")),
        to(consumer().address("Deneme Mah. 2")),
        order().reference("KV-1001"),
    ] {
        assert_ne!(other.lasting_contents(), plain);
    }
}
