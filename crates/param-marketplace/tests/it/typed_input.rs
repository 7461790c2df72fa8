//! Values and texts as people type them: the problems, the bytes that are sent, and later comparisons.

use std::net::IpAddr;

use contract_kit::faults::{Fault, FaultServer};
use kervan_core::{Operation, Severity};
use param_marketplace::payments::stored::{
    CardOwner, CardToStore, ChargeStoredCard, ListStoredCards, StoreCard,
};
use param_marketplace::payments::{
    BkmPayment, Card, CustomerIp, ModalPayment, PaymentOrder, PosPayment, QueryPayment,
    RefundPayment, ReserveAmount, ReturnUrls, Sale, Security, hash,
};
use param_marketplace::{
    AddSubMerchant, BirthDate, CancelOrRefund, Company, NewSubMerchant, OrderKey, PayoutAccount,
    Person, QueryOrders, RefundAmount, SellerPlace, Settings, Settle, SubMerchantId, Undo,
    UpdateSubMerchant,
};

use crate::payments::{card, money, sale};
use crate::support::{
    Desk, IBAN, NUMBER, ORDER, SELLER, changed_seller, client, new_seller, sellers, settled,
    settled_late,
};

/// One number in composed and in decomposed letters.
const COMPOSED: &str = "ŞİŞE-2001";
const IN_PARTS: &str = "S\u{327}I\u{307}S\u{327}E-2001";

trait Call: Operation<Service = Settings> {}

impl<O: Operation<Service = Settings>> Call for O {}

/// Returns code, path and first suggestion of each problem.
fn found(call: &impl Call) -> Vec<(&'static str, String, Option<String>)> {
    let desk = Desk::new([]);
    let problems = desk.client.check(call);
    problems
        .iter()
        .map(|problem| {
            let suggestion = problem.suggestions().first().cloned();
            (problem.code(), problem.path().to_owned(), suggestion)
        })
        .collect()
}

/// Returns the one problem of a call.
fn only(call: &impl Call) -> (&'static str, String, Option<String>) {
    let mut found = found(call);
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0)
}

fn problem(
    code: &'static str,
    path: &str,
    suggestion: Option<&str>,
) -> (&'static str, String, Option<String>) {
    (code, path.to_owned(), suggestion.map(str::to_owned))
}

/// Returns the body that arrives at the provider.
async fn sent(call: &impl Call) -> String {
    let server = FaultServer::start(Fault::CloseBeforeAnswer);
    assert!(client(&server, 1).call(call).await.is_err());
    let seen = server.requests_seen();
    String::from_utf8(seen[0].body.clone()).unwrap()
}

/// Returns the text of an element.
fn text<'a>(body: &'a str, name: &str) -> &'a str {
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let from = body.find(&open).unwrap_or_else(|| panic!("{name}: {body}")) + open.len();
    let length = body[from..].find(&close).unwrap();
    &body[from..from + length]
}

fn seller_with(change: impl FnOnce(&mut AddSubMerchant)) -> AddSubMerchant {
    let mut seller = new_seller();
    change(&mut seller);
    seller
}

fn seller_of(person: Person) -> AddSubMerchant {
    seller_with(|it| {
        let NewSubMerchant::SoleProprietorship(seller) = &mut it.seller else {
            panic!("the seller is one")
        };
        seller.person = person;
    })
}

fn company(tax_number: &str) -> AddSubMerchant {
    let company = Company::new("Ayşe Örnek", Person::new(NUMBER, "1.5.1990"))
        .title("Örnek A.Ş.")
        .tax_office("Beşiktaş")
        .tax_number(tax_number);
    let account = PayoutAccount::new(IBAN).owner("Örnek A.Ş.");
    AddSubMerchant::new(
        company,
        "5000000000",
        account,
        SellerPlace::in_province(34).district(1183),
    )
}

fn sale_with(change: impl FnOnce(&mut Sale)) -> PosPayment {
    let mut sale = sale();
    change(&mut sale);
    PosPayment::new(sale, card(), Security::None)
}

fn urls() -> ReturnUrls {
    ReturnUrls::both("https://shop.example/back")
}

fn bkm(order: &str, phone: &str, address: impl Into<CustomerIp>) -> BkmPayment {
    BkmPayment::new(
        order.into(),
        "K-1".into(),
        money("10.01"),
        phone,
        urls(),
        address,
    )
}

fn modal(phone: &str) -> ModalPayment {
    let url = "https://shop.example/back";
    ModalPayment::new("KV-2001".into(), "K-1".into(), money("10.01"), url).phone(phone)
}

fn stored(sale: Sale) -> ChargeStoredCard {
    ChargeStoredCard::without_3d(sale, ORDER)
}

fn numbered(number: &str) -> PosPayment {
    let card = Card::new(number)
        .holder("Ayşe Örnek")
        .month("12")
        .year("2031")
        .code("987");
    PosPayment::new(sale(), card, Security::None)
}

fn to_store(number: &str, owner: &str) -> StoreCard {
    let card = CardToStore::new(number)
        .holder("Ayşe Örnek")
        .month("12")
        .year("2031");
    StoreCard::new(card, owner)
}

#[tokio::test]
async fn t6_mobile_numbers_are_sent_as_ten_digits() {
    for typed in [
        "05550000001",
        "+90 555 000 00 01",
        "0090 555 000 00 01",
        "555\u{a0}000\u{a0}00\u{a0}01",
        // Two more: with brackets and dashes, and in full width.
        "(0555) 000-00-01",
        "５５５ ０００ ００ ０１",
    ] {
        let adding = seller_with(|it| it.mobile = typed.into());
        let changing = changed_seller().mobile(typed);
        let payment = sale_with(|it| it.phone = Some(typed.into()));
        let of_stored = stored(payment.sale.clone());
        let (bkm, modal) = (bkm("KV-2001", typed, "88.255.1.2"), modal(typed));
        assert_eq!(found(&adding), [], "{typed}");
        assert_eq!(found(&changing), [], "{typed}");
        assert_eq!(found(&payment), [], "{typed}");
        assert_eq!(found(&of_stored), [], "{typed}");
        assert_eq!(found(&bkm), [], "{typed}");
        assert_eq!(found(&modal), [], "{typed}");
        for (body, name) in [
            (sent(&adding).await, "GSM_No"),
            (sent(&changing).await, "GSM_No"),
            (sent(&payment).await, "KK_Sahibi_GSM"),
            (sent(&of_stored).await, "KK_Sahibi_GSM"),
            (sent(&bkm).await, "Customer_GSM"),
            (sent(&modal).await, "GSM"),
        ] {
            assert_eq!(text(&body, name), "5550000001", "{typed}");
        }
    }
}

#[test]
fn t6_what_is_no_mobile_number_is_a_problem() {
    for (typed, code, suggestion) in [
        ("ev yok", "mobile_number.not_a_number", None),
        ("", "text.missing", None),
        // Two more: a letter in the place of a zero, and a line.
        (
            "0555 000 00 O1",
            "mobile_number.not_a_number",
            Some("5550000001"),
        ),
        ("0212 000 00 01", "mobile_number.first_digit", None),
        ("+49 170 0000001", "mobile_number.country", None),
        ("5,55E+09", "text.shortened_by_spreadsheet", None),
    ] {
        let at = |path| problem(code, path, suggestion);
        let adding = seller_with(|it| it.mobile = typed.into());
        assert_eq!(only(&adding), at("mobile"));
        assert_eq!(only(&changed_seller().mobile(typed)), at("mobile"));
        let payment = sale_with(|it| it.phone = Some(typed.into()));
        assert_eq!(only(&payment), at("sale.phone"));
        assert_eq!(only(&bkm("KV-2001", typed, "88.255.1.2")), at("phone"));
        assert_eq!(only(&modal(typed)), at("phone"));
    }
}

#[tokio::test]
async fn t6_grouped_numbers_of_people_companies_and_accounts_are_sent_bare() {
    for typed in [
        "100 0000 0146",
        "100\u{a0}000\u{a0}001\u{a0}46",
        "\u{202a}10000000146\u{202c}",
    ] {
        let seller = seller_of(Person::new(typed, "1990-05-01"));
        assert_eq!(found(&seller), [], "{typed}");
        assert_eq!(text(&sent(&seller).await, "TC_VN"), NUMBER);
        let mut company = company("123 456 78 90");
        let NewSubMerchant::Company(of) = &mut company.seller else {
            panic!("it is one")
        };
        of.authorised.identity_number = typed.into();
        let body = sent(&company).await;
        assert_eq!(text(&body, "Yetkili_Kisi_TC"), NUMBER);
        assert_eq!(text(&body, "TC_VN"), "1234567890");
    }
    for typed in [
        "tr33 0006 1005 1978 6457 8413 26",
        "TR33\u{a0}0006\u{a0}1005\u{a0}1978\u{a0}6457\u{a0}8413\u{a0}26",
        "TR33-0006-1005-1978-6457-8413-26\n",
    ] {
        let adding = seller_with(|it| it.account.iban = typed.into());
        let changing = changed_seller().account(PayoutAccount::new(typed).owner("Ayşe"));
        assert_eq!(found(&adding), [], "{typed}");
        assert_eq!(found(&changing), [], "{typed}");
        assert_eq!(text(&sent(&adding).await, "IBAN_No"), IBAN);
        assert_eq!(text(&sent(&changing).await, "IBAN_No"), IBAN);
    }
}

#[test]
fn t6_wrong_numbers_of_people_companies_and_accounts_are_problems() {
    let number = "seller.person.identity_number";
    for (typed, code, suggestion) in [
        ("1000000014", "identity_number.length", None),
        ("01000000146", "identity_number.first_digit", None),
        (
            "TC 10000000146",
            "identity_number.not_a_number",
            Some(NUMBER),
        ),
        ("1OOOOOOO146", "identity_number.not_a_number", Some(NUMBER)),
        ("1,0E+10", "text.shortened_by_spreadsheet", None),
    ] {
        let seller = seller_of(Person::new(typed, "1990-05-01"));
        assert_eq!(only(&seller), problem(code, number, suggestion), "{typed}");
    }
    let number = "seller.tax_number";
    for (typed, code, suggestion) in [
        ("123456789", "tax_number.length", Some("0123456789")),
        (NUMBER, "tax_number.is_identity_number", None),
        (
            "VKN 1234567890",
            "tax_number.not_a_number",
            Some("1234567890"),
        ),
    ] {
        assert_eq!(
            only(&company(typed)),
            problem(code, number, suggestion),
            "{typed}"
        );
    }
    for (typed, code, suggestion) in [
        (&IBAN[2..], "iban.country", Some(IBAN)),
        ("DE89370400440532013000", "iban.country", None),
        ("TR3300061005197864578413", "iban.length", None),
        ("TR330006100519786457841327", "iban.check_digits", None),
        // A letter that the standard takes and Param's page does not.
        ("TR13000610A519786457841326", "iban.form", None),
    ] {
        let adding = seller_with(|it| it.account.iban = typed.into());
        let at = problem(code, "account.iban", suggestion);
        assert_eq!(only(&adding), at, "{typed}");
        let account = PayoutAccount::new(typed).owner("Ayşe Örnek");
        assert_eq!(only(&changed_seller().account(account)), at, "{typed}");
    }
}

#[tokio::test]
async fn t6_wrong_check_digits_of_people_and_companies_warn_and_are_sent_bare() {
    let person = seller_of(Person::new("100 0000 0147", "1990-05-01"));
    let company = company("123 456 78 91");
    let desk = Desk::new([]);
    for (problems, code) in [
        (desk.client.check(&person), "identity_number.check_digits"),
        (desk.client.check(&company), "tax_number.check_digit"),
    ] {
        let found: Vec<_> = problems.iter().collect();
        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].code(), found[0].severity()),
            (code, Severity::Warning)
        );
    }
    assert_eq!(text(&sent(&person).await, "TC_VN"), "10000000147");
    assert_eq!(text(&sent(&company).await, "TC_VN"), "1234567891");
}

#[tokio::test]
async fn t6_grouped_card_numbers_are_sent_bare() {
    for typed in [
        "4546 7112 3456 7894",
        "4546\u{a0}7112\u{a0}3456\u{a0}7894",
        "4546-7112-3456-7894",
        " 4546711234567894\r\n",
    ] {
        let (payment, storing) = (numbered(typed), to_store(typed, "C-1"));
        assert_eq!(found(&payment), [], "{typed:?}");
        assert_eq!(found(&storing), [], "{typed:?}");
        assert!(payment.card.has_right_check_digit());
        assert_eq!(text(&sent(&payment).await, "KK_No"), "4546711234567894");
        assert_eq!(text(&sent(&storing).await, "KK_No"), "4546711234567894");
    }
    // The card of a test system that nobody issued.
    let wrong = numbered("4546 7112 3456 7895");
    assert_eq!(
        only(&wrong),
        problem("card_number.check_digit", "card.number", None)
    );
    assert_eq!(text(&sent(&wrong).await, "KK_No"), "4546711234567895");
}

#[test]
fn t6_wrong_card_numbers_are_problems_without_suggestions() {
    for (typed, code) in [
        ("454671******7894", "card_number.masked"),
        ("4546 7112", "card_number.length"),
        // More digits than Param has room for, though cards have them.
        ("4546711234567894001", "card_number.length"),
        ("4546 7112 3456 789O", "card_number.not_a_number"),
        ("4,54671E+15", "text.shortened_by_spreadsheet"),
        ("", "text.missing"),
    ] {
        let at = problem(code, "card.number", None);
        assert_eq!(only(&numbered(typed)), at, "{typed}");
        assert_eq!(only(&to_store(typed, "C-1")), at, "{typed}");
    }
}

#[tokio::test]
async fn t2_guards_of_spreadsheets_are_taken_off_numbers() {
    for (typed, bare) in [(r#"="10000000146""#, NUMBER), ("'10000000146", NUMBER)] {
        let seller = seller_of(Person::new(typed, "'01.05.1990"));
        assert_eq!(found(&seller), [], "{typed}");
        let body = sent(&seller).await;
        assert_eq!(text(&body, "TC_VN"), bare);
        assert_eq!(text(&body, "Kisi_DogumTarihi"), "01.05.1990");
    }
    for typed in [r#"="05550000001""#, "'05550000001"] {
        let seller = seller_with(|it| it.mobile = typed.into());
        assert_eq!(text(&sent(&seller).await, "GSM_No"), "5550000001");
    }
    for typed in [r#"="0000000198""#, "'0000000198"] {
        assert_eq!(text(&sent(&company(typed)).await, "TC_VN"), "0000000198");
    }
}

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
        assert_eq!(settled_late(&[&other], &payment).await, "unclear");
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

#[tokio::test]
async fn t6_a_seller_typed_in_another_way_is_found_in_the_list() {
    let row = [
        ("GUID", SELLER),
        ("TC_VN", NUMBER),
        ("IBAN_No", IBAN),
        ("Ad_Soyad", "Ayşe Şişe"),
        ("GSM_No", "5550000001"),
        ("Adres", "Örnek Mah. 1. Sok."),
        ("Vergi_Daire", "Beşiktaş"),
    ];
    let (before, now) = (sellers("0", &[]), sellers("1", &[&row]));
    for (number, iban) in [
        ("100 0000 0146", "tr33 0006 1005 1978 6457 8413 26"),
        (
            "'10000000146",
            "TR33\u{a0}0006\u{a0}1005\u{a0}1978\u{a0}6457\u{a0}8413\u{a0}26",
        ),
    ] {
        let mut typed = seller_of(Person::new(number, "1.5.1990"));
        typed.account.iban = iban.into();
        assert_eq!(typed.key(), new_seller().key());
        assert_eq!(settled_late(&[&before, &now], &typed).await, "done");
    }
    for mobile in ["+90 555 000 00 01", "0555 000 00 01"] {
        let change = UpdateSubMerchant::new(SubMerchantId::from(SELLER), "Bes\u{327}iktas\u{327}")
            .name("Ays\u{327}e S\u{327}is\u{327}e")
            .mobile(mobile)
            .address("Örnek Mah.\r\n1. Sok.");
        assert_eq!(settled(&[&now], &change).await, "in state", "{mobile}");
        let other = change.mobile("0555 000 00 02");
        assert_eq!(settled(&[&now], &other).await, "unclear");
    }
}

#[tokio::test]
async fn t6_a_stored_card_typed_in_groups_is_found_in_the_list() {
    let list = |rows: &[&[(&str, &str)]]| {
        crate::support::body("KS_Kart_Liste", &crate::support::table(rows))
    };
    let row = [("KK_GUID", ORDER), ("KK_No", "454671******7894")];
    for typed in ["4546 7112 3456 7894", "4546-7112-3456-7894"] {
        let storing = to_store(typed, "C-1");
        let found = settled_late(&[&list(&[]), &list(&[&row])], &storing).await;
        assert_eq!(found, "done", "{typed}");
    }
}

#[tokio::test]
async fn t12_the_empty_date_of_net_is_missing() {
    let born = "seller.person.birth_date";
    for (typed, code, suggestion) in [
        ("0001-01-01T00:00:00", "text.missing", None),
        ("01.01.0001 00:00:00", "text.missing", None),
        ("", "text.missing", None),
        ("31.02.1990", "day.not_in_calendar", None),
        ("1.5.90", "day.short_year", None),
        ("32994", "day.number_of_spreadsheet", Some("01.05.1990")),
        ("1.5.1900", "birth_date.not_possible", None),
        ("1.5.2990", "birth_date.not_possible", None),
    ] {
        let seller = seller_of(Person::new(NUMBER, typed));
        assert_eq!(only(&seller), problem(code, born, suggestion), "{typed}");
        // As an ERP's JSON has it.
        let json = serde_json::to_string(&new_seller()).unwrap();
        let json = json.replace("1990-05-01", typed);
        let read = serde_json::from_str::<AddSubMerchant>(&json).unwrap();
        assert_eq!(only(&read), problem(code, born, suggestion), "{typed}");
    }
    let first_day = chrono::NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
    let mut company = company("1234567890");
    let NewSubMerchant::Company(of) = &mut company.seller else {
        panic!("it is one")
    };
    of.authorised.birth_date = BirthDate::from(first_day);
    assert_eq!(
        only(&company),
        problem("text.missing", "seller.authorised.birth_date", None)
    );
    for typed in ["1.5.1990", "01/05/1990", "1990-05-01T00:00:00+03:00"] {
        let seller = seller_of(Person::new(NUMBER, typed));
        assert_eq!(found(&seller), [], "{typed}");
        assert_eq!(text(&sent(&seller).await, "Kisi_DogumTarihi"), "01.05.1990");
    }
}

/// Two orders that a spreadsheet shortened have one number: the second would be settled as the first.
#[test]
fn t1_a_number_that_a_spreadsheet_shortened_stops_a_payment() {
    let is_stopped = |call: &PosPayment, path: &str| {
        let (code, at, suggestion) = only(call);
        assert_eq!(
            (code, at.as_str(), suggestion),
            ("text.shortened_by_spreadsheet", path, None)
        );
    };
    for number in ["1,01202E+14", "5.32E+9", " 1,01202E+14\u{a0}"] {
        is_stopped(&sale_with(|sale| sale.order = number.into()), "sale.order");
        is_stopped(&sale_with(|sale| sale.key = number.into()), "sale.key");
    }
}
