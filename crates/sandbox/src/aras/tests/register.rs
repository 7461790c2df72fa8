//! Registering and updating orders.

use super::*;

const LOGIN: &str = "<userName>neodyum</userName><password>nd2580</password>";

pub(super) fn order() -> String {
    "<Order><UserName>neodyum</UserName><Password>nd2580</Password>\
     <TradingWaybillNumber>SVK-1</TradingWaybillNumber><InvoiceNumber>FTR-1</InvoiceNumber>\
     <ReceiverName>Ayşe Örnek</ReceiverName><ReceiverAddress>Deneme Sok. 3</ReceiverAddress>\
     <ReceiverPhone1>5550000017</ReceiverPhone1><ReceiverCityName>İZMİR</ReceiverCityName>\
     <ReceiverTownName>KONAK</ReceiverTownName><PieceCount>2</PieceCount>\
     <CodAmount>349.90</CodAmount><CodCollectionType>0</CodCollectionType>\
     <IntegrationCode>KV-2001</IntegrationCode><PayorTypeCode>1</PayorTypeCode><IsCod>1</IsCod>\
     <PieceDetails><PieceDetail><VolumetricWeight>4</VolumetricWeight><Weight>3</Weight>\
     <BarcodeNumber>B-1</BarcodeNumber></PieceDetail><PieceDetail><VolumetricWeight>3</VolumetricWeight>\
     <Weight>2.5</Weight><BarcodeNumber>B-2</BarcodeNumber></PieceDetail></PieceDetails></Order>"
        .to_owned()
}

pub(super) fn set_request(orders: &str) -> Request {
    // The login follows the list.
    let mut request = request("SetOrder", &format!("<orderInfo>{orders}</orderInfo>"));
    let body = String::from_utf8(request.body).unwrap();
    let (head, tail) = body.split_once(LOGIN).unwrap();
    let (list, end) = tail.split_once("</SetOrder>").unwrap();
    request.body = format!("{head}{list}{LOGIN}</SetOrder>{end}").into_bytes();
    request
}

fn set(world: &mut Aras, orders: &str) -> (String, Vec<Effect>) {
    send(world, &set_request(orders))
}

/// Returns the codes of an answer's rows.
fn codes(answer: &str) -> Vec<&str> {
    let rows = answer.split("<ResultCode>").skip(1);
    rows.filter_map(|row| row.split('<').next()).collect()
}

#[test]
fn an_order_is_registered_updated_and_read_back() {
    let mut world = Aras::demo();
    let (answer, effects) = set(&mut world, &order());
    assert!(
        answer.contains(
            "<SetOrderResult><OrderResultInfo><ResultCode>0</ResultCode>\
             <ResultMessage>Başarılı</ResultMessage><InvoiceKey>FTR-1</InvoiceKey>\
             <OrgReceiverCustId>KV-2001</OrgReceiverCustId></OrderResultInfo></SetOrderResult>"
        ),
        "{answer}"
    );
    let code = "KV-2001".to_owned();
    assert_eq!(effects, [Effect::Registered { code, pieces: 2 }]);
    let (_, effects) = set(&mut world, &order().replace("Sok. 3", "Sok. 4"));
    let code = "KV-2001".to_owned();
    assert_eq!(effects, [Effect::Updated { code, pieces: 2 }]);
    let read = by_code("GetOrderWithIntegrationCode", "KV-2001");
    let (found, _) = send(&mut world, &read);
    assert!(found.contains("<ReceiverAddress>Deneme Sok. 4</ReceiverAddress>"));
    assert!(found.contains("<BarcodeNumber>B-2</BarcodeNumber></PieceDetail></PieceDetails>"));
    assert!(!found.contains("nd2580"), "{found}");
    assert_eq!(world.writes_of("KV-2001").len(), 2);
    world.cut_waybill("KV-2001");
    let (answer, effects) = set(&mut world, &order());
    assert_eq!((codes(&answer), effects), (vec!["60022"], Vec::new()));
}

/// A text of the order, what replaces it, and the codes of both lists.
pub(super) const RULES: [(&str, &str, &str, &str); 28] = [
    ("KV-2001", "K", "937", "935"),
    ("SVK-1", "SVK-1234567890123", "70121", "70121"),
    ("FTR-1", "FTR-12345678901234567", "70019", "70019"),
    ("Ayşe Örnek", "", "939", "936"),
    ("Ayşe Örnek", "101 A", "934", "934"),
    ("Deneme Sok. 3", " ", "938", "936"),
    ("Deneme Sok. 3", "251 A", "70018", "70018"),
    ("5550000017", "555 000", "935", "935"),
    ("İZMİR", "", "940", "936"),
    ("KONAK", "", "941", "936"),
    ("İZMİR", "33 A", "936", "936"),
    ("KONAK", "33 A", "936", "936"),
    (
        "<PieceCount>",
        "<VolumetricWeight>x</VolumetricWeight><PieceCount>",
        "70026",
        "70026",
    ),
    (
        "<PieceCount>",
        "<Weight>x</Weight><PieceCount>",
        "70028",
        "70027",
    ),
    ("<PayorTypeCode>1", "<PayorTypeCode>3", "70032", "936"),
    ("<PayorTypeCode>1", "<PayorTypeCode>2", "942", "936"),
    ("<IsCod>1", "<IsCod>2", "70034", "936"),
    (
        "<CodCollectionType>0",
        "<CodCollectionType>6",
        "70033",
        "936",
    ),
    ("349.90", "4.99", "70026", "70026"),
    ("<PieceCount>2", "<PieceCount>", "70021", "70021"),
    ("<PieceCount>2", "<PieceCount>3", "70020", "70021"),
    ("B-2", "", "70022", "70022"),
    ("B-2", "B-1", "70030", "70028"),
    ("B-2", "B-9", "70027", "70026"),
    ("Weight>4<", "Weight><", "70023", "70023"),
    ("Weight>4<", "Weight>4,x<", "70026", "70026"),
    ("<Weight>3", "<Weight>", "70024", "70024"),
    ("<Weight>3", "<Weight>x", "70028", "70027"),
];

/// Returns the order that breaks a rule.
pub(super) fn broken(from: &str, to: &str) -> String {
    let long = match to {
        "33 A" => "A".repeat(33),
        "101 A" => "A".repeat(101),
        "251 A" => "A".repeat(251),
        _ => to.to_owned(),
    };
    assert!(order().contains(from), "{from}");
    order().replacen(from, &long, 1)
}

#[test]
fn each_rule_has_its_code_in_both_lists() {
    for (from, to, printed, later) in RULES {
        for (list, code) in [(CodeList::Printed, printed), (CodeList::Later, later)] {
            let mut world = Aras::demo();
            world.settings_mut().codes = list;
            world.barcodes.insert("B-9".to_owned(), "KV-9".to_owned());
            let (answer, effects) = set(&mut world, &broken(from, to));
            assert_eq!(codes(&answer), [code], "{from}: {to}");
            assert_eq!((effects.len(), world.orders().count()), (0, 0));
        }
    }
}

#[test]
fn orders_of_one_call_are_answered_one_by_one() {
    let mut world = Aras::demo();
    let other = order().replace("KV-2001", "KV-2002");
    let both = order() + &other + &other.replace("B-1", "B-3").replace("B-2", "B-4");
    let (answer, effects) = set(&mut world, &both);
    assert_eq!(codes(&answer), ["0", "70026", "0"]);
    assert_eq!(effects.len(), 2);
    let (answer, _) = set(&mut world, "");
    assert_eq!(codes(&answer), ["60020"]);
    world.settings_mut().password = "another".to_owned();
    let (answer, _) = set(&mut world, &order());
    assert_eq!(codes(&answer), ["1000"]);
}

#[test]
fn an_order_is_sent_twenty_times_at_most() {
    let mut world = Aras::demo();
    for _ in 0..20 {
        let (answer, _) = set(&mut world, &order());
        assert_eq!(codes(&answer), ["0"]);
    }
    let (answer, effects) = set(&mut world, &order());
    assert_eq!((codes(&answer), effects), (vec!["935"], Vec::new()));
}

#[test]
fn what_nobody_published_is_a_choice_of_the_world() {
    let both = || {
        let other = order().replace("KV-2001", "KV-2002");
        order() + &other + &other.replace("B-1", "B-3").replace("B-2", "B-4")
    };
    for (answers, expected) in [
        (OrderAnswers::Reversed, ["0", "70026", "0"].as_slice()),
        (OrderAnswers::AcceptedOnly, &["0", "0"]),
    ] {
        let mut world = Aras::demo();
        world.settings_mut().order_answers = answers;
        let (answer, _) = set(&mut world, &both());
        assert_eq!(codes(&answer), expected);
        let last = answer.rsplit("<OrgReceiverCustId>").next().unwrap();
        assert_eq!(
            last.starts_with("KV-2001"),
            answers == OrderAnswers::Reversed
        );
        let (answer, _) = set(&mut world, &order().replace("KONAK", ""));
        assert_eq!(codes(&answer), ["936"]);
    }

    let mut world = Aras::demo();
    world.settings_mut().refuses_own_barcodes = true;
    assert_eq!(codes(&set(&mut world, &order()).0), ["0"]);
    assert_eq!(codes(&set(&mut world, &order()).0), ["70026"]);

    let mut world = Aras::demo();
    world.settings_mut().keeps_removed_codes = true;
    set(&mut world, &order());
    send(&mut world, &by_code("CancelDispatch", "KV-2001"));
    assert_eq!(codes(&set(&mut world, &order()).0), ["70028"]);
    world.settings_mut().keeps_removed_codes = false;
    assert_eq!(codes(&set(&mut world, &order()).0), ["0"]);
}

#[test]
fn an_order_may_be_kept_in_the_services_own_spelling() {
    let mut world = Aras::demo();
    world.settings_mut().normalises_orders = true;
    set(&mut world, &order());
    let (found, _) = send(
        &mut world,
        &by_code("GetOrderWithIntegrationCode", "KV-2001"),
    );
    for kept in [
        "<ReceiverName>AYŞE ÖRNEK</ReceiverName>",
        "<ReceiverPhone1>05550000017</ReceiverPhone1>",
        "<VolumetricWeight>4,000</VolumetricWeight><Weight>3,000</Weight>",
        "<Weight>2,500</Weight><BarcodeNumber>B-2</BarcodeNumber>",
        "<IntegrationCode>KV-2001</IntegrationCode>",
    ] {
        assert!(found.contains(kept), "{kept} {found}");
    }
}
