//! Letters, line ends and control characters.

use super::*;

#[tokio::test]
async fn t7_line_ends_are_sent_as_blanks_with_a_warning() {
    for typed in [
        "Örnek Mah.\r\n1. Sok. No: 5",
        "Örnek Mah. \n\n 1. Sok. No: 5",
        // Two more: a stop of the tabulator, and a separator of Unicode.
        "Örnek Mah.\t1. Sok. No: 5",
        "Örnek Mah.\u{2028}1. Sok. No: 5\n",
    ] {
        let line = "Örnek Mah. 1. Sok. No: 5";
        let warned = |path| problem("line.line_ends", path, None);
        let adding = new_seller().address(typed);
        assert_eq!(only(&adding), warned("address"));
        assert_eq!(text(&sent(&adding).await, "Adres"), line);
        let changing = changed_seller().address(typed);
        assert_eq!(only(&changing), warned("address"));
        assert_eq!(text(&sent(&changing).await, "Adres"), line);
        let payment = sale_with(|it| it.description = Some(typed.into()));
        assert_eq!(only(&payment), warned("sale.description"));
        assert_eq!(text(&sent(&payment).await, "Siparis_Aciklama"), line);
        let returned = sale_with(|it| it.data = vec![typed.into()]);
        assert_eq!(only(&returned), warned("sale.data"));
        assert_eq!(text(&sent(&returned).await, "Data1"), line);
    }
    // The holder of a card is a name, though dry runs hide it.
    let mut holder = numbered("4546711234567894");
    holder.card = Card::new("4546711234567894")
        .holder("Ays\u{327}e\nÖrnek ")
        .month("12")
        .year("2031")
        .code("987");
    let codes: Vec<_> = found(&holder).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes, ["line.line_ends", "line.composed"]);
    assert_eq!(text(&sent(&holder).await, "KK_Sahibi"), "Ayşe Örnek");
}

#[test]
fn t7_control_characters_are_a_problem_everywhere() {
    for typed in [
        "Örnek\0",
        "Örnek\u{8} A.Ş.",
        "\u{1b}[31mÖrnek",
        "Örnek\u{9f}",
    ] {
        let refused = |path| problem("text.control_character", path, None);
        assert_eq!(only(&new_seller().address(typed)), refused("address"));
        let owner = seller_with(|it| it.account.owner = typed.into());
        assert_eq!(only(&owner), refused("account.owner"));
        assert_eq!(only(&changed_seller().name(typed)), refused("name"));
        let described = sale_with(|it| it.description = Some(typed.into()));
        assert_eq!(only(&described), refused("sale.description"));
        let keyed = sale_with(|it| it.key = typed.into());
        assert_eq!(only(&keyed), refused("sale.key"));
        assert_eq!(only(&to_store("4546711234567894", typed)), refused("owner"));
        assert_eq!(
            only(&RefundPayment::refund(
                PaymentOrder::from("A\0"),
                money("1.00")
            )),
            refused("order")
        );
        assert_eq!(
            only(&QueryOrders::by_seller(SubMerchantId::from("A\u{7f}"))),
            refused("seller")
        );
        assert_eq!(only(&modal(typed)).1, "phone");
    }
}

#[tokio::test]
async fn t10_letters_are_sent_composed_with_a_warning() {
    for (parts, whole) in [
        ("S\u{327}is\u{327}e Ltd.", "Şişe Ltd."),
        ("gu\u{308}l", "gül"),
        // Two more: a dot that JavaScript leaves, and a letter of another language.
        ("i\u{307}stanbul", "istanbul"),
        ("e\u{301}cole", "école"),
    ] {
        let warned = |path| problem("line.composed", path, None);
        let named = seller_with(|it| it.account.owner = parts.into());
        assert_eq!(only(&named), warned("account.owner"));
        assert_eq!(text(&sent(&named).await, "IBAN_Unvan"), whole);
        let keyed = sale_with(|it| it.key = parts.into());
        assert_eq!(only(&keyed), warned("sale.key"));
        assert_eq!(text(&sent(&keyed).await, "Islem_ID"), whole);
        let asked = QueryPayment::by_key(parts);
        assert_eq!(only(&asked), warned("key"));
        assert_eq!(text(&sent(&asked).await, "Islem_ID"), whole);
        let listed = ListStoredCards::of_owner(parts);
        assert_eq!(only(&listed), warned("owner"));
        assert_eq!(text(&sent(&listed).await, "KK_Islem_ID"), whole);
    }
}

/// One order, typed by a person on one computer and by a person on another.
#[tokio::test]
async fn t10_one_order_in_two_spellings_is_one_attempt_with_one_hash() {
    let whole = |order: &str| {
        let order_key = OrderKey::from(ORDER);
        CancelOrRefund::new(order_key, order, Undo::Cancel, RefundAmount::Full).key()
    };
    let pay = |key: &str| sale_with(|it| it.key = key.into()).key();
    let refund = |order: &str| RefundPayment::refund(order, money("1.00")).key();
    let store = |owner: &str| to_store("4546711234567894", owner).key();
    for key in [&whole as &dyn Fn(&str) -> String, &pay, &refund, &store] {
        assert_eq!(key(COMPOSED), key(IN_PARTS));
        assert_eq!(key(COMPOSED), key(&format!(" {COMPOSED}\n")));
        assert_ne!(key(COMPOSED), key("SISE-2001"));
    }
    assert_eq!(pay(IN_PARTS), COMPOSED);
    assert_eq!(CardOwner::from(COMPOSED), CardOwner::from(IN_PARTS));

    // Letters in parts have no byte in the charset of the hash.
    assert_eq!(hash([IN_PARTS]), None);
    for spelled in [COMPOSED, IN_PARTS] {
        let payment = sale_with(|it| it.order = spelled.into());
        let bkm = bkm(spelled, "5550000001", "88.255.1.2");
        let (payment, bkm) = (sent(&payment).await, sent(&bkm).await);
        assert_eq!(text(&payment, "Siparis_ID"), COMPOSED);
        assert_eq!(text(&bkm, "Order_ID"), COMPOSED);
        let signed = ["1", "10,01", "10,01", COMPOSED];
        let urls = ["https://shop.example/failed", "https://shop.example/paid"];
        let login = ["SENTINELCODE", "SENTINELKEY0"];
        let right = hash(login.into_iter().chain(signed).chain(urls)).unwrap();
        assert_eq!(text(&payment, "Islem_Hash"), right);
        let url = "https://shop.example/back";
        let right = hash(login.into_iter().chain(["10,01", COMPOSED, url, url])).unwrap();
        assert_eq!(text(&bkm, "Payment_Hash"), right);
    }
}

#[tokio::test]
async fn t10_an_answer_in_the_other_spelling_settles() {
    let status = |key: &str, order: &str| {
        let columns = [
            ("Odeme_Sonuc", "1"),
            ("Durum", "SUCCESS"),
            ("Dekont_ID", "3007300695"),
            ("Siparis_ID", order),
            ("Islem_ID", key),
            ("Islem_Tip", "SALE"),
            ("Toplam_Tutar", "10.01"),
            ("Toplam_Iade_Tutar", "0"),
        ];
        let columns = columns.map(|(name, text)| format!("<{name}>{text}</{name}>"));
        let result = format!("<DT_Bilgi>{}</DT_Bilgi><Sonuc>1</Sonuc>", columns.concat());
        crate::support::body("TP_Islem_Sorgulama4", &result)
    };
    for (asked, answered) in [(IN_PARTS, COMPOSED), (COMPOSED, IN_PARTS)] {
        let payment = sale_with(|it| it.key = asked.into());
        let paid = status(answered, "KV-2001");
        assert_eq!(settled_late(&[&paid], &payment).await, "done");
        let other = status("SISE-2001", "KV-2001");
        assert_eq!(settled_late(&[&other], &payment).await, "failed");
        let refund = RefundPayment::refund(asked, money("1.00"));
        let before = status("K-1", answered);
        let after = before
            .replace(">0<", ">1.00<")
            .replace("SUCCESS", "PARTIAL_REFUND");
        assert_eq!(settled_late(&[&before, &after], &refund).await, "done");
        let mut sale = sale();
        sale.key = asked.into();
        let reserving = ReserveAmount::new(sale, card(), Security::None);
        let reserved = status(answered, "KV-2001").replace("SALE", "PRE_AUTH");
        assert_eq!(settled_late(&[&reserved], &reserving).await, "done");
    }
}
