//! Registering and updating orders: warnings, refusals, and outcomes that are not known.

use std::time::Duration;

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::shipments::{
    CollectedBy, Destination, ORDER_CODES, OrderState, Payment, Piece, Pieces, SetOrder, SetOrders,
    UpdateNumbers,
};
use aras_tracking::{
    CustomerReference, Error, Language, NextStep, Outcome, Problem, RejectionKind, Resumed, Sent,
    Settle, Settled, ShipmentClient, ShipmentSettings, Why,
};
use kervan_testing::MovableHost;
use testkit::Peer;

use crate::support::{body, new_order, set_order, shipment_client};

/// The settling time of a client, and the time within which an attempt may be sent.
const SETTLED: Duration = Duration::from_secs(600 + 60);

fn xml(body: &str) -> Fault {
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

fn answered(code: &str) -> Fault {
    let row = format!(
        "<OrderResultInfo><ResultCode>{code}</ResultCode><ResultMessage>-</ResultMessage>\
         <OrgReceiverCustId>KV-1001</OrgReceiverCustId></OrderResultInfo>"
    );
    xml(&body("SetOrder", &row))
}

/// An order as a service may keep it: in capitals, with a comma and a leading 0.
const KEPT: &str = "<Order><UserName>x</UserName><Password>y</Password>\
    <TradingWaybillNumber>SVK-1</TradingWaybillNumber><ReceiverName>SENTINEL AYŞE</ReceiverName>\
    <ReceiverAddress>SENTINEL  SOK. 3</ReceiverAddress><ReceiverPhone1>05550000017</ReceiverPhone1>\
    <ReceiverCityName>SENTINELI</ReceiverCityName><ReceiverTownName>SENTİNEL</ReceiverTownName>\
    <VolumetricWeight>7,000</VolumetricWeight><Weight>5.000</Weight><PieceCount>2</PieceCount>\
    <SpecialField1>SENTINEL</SpecialField1><CodAmount>349.9</CodAmount>\
    <CodCollectionType>0</CodCollectionType><CodBillingType>0</CodBillingType>\
    <IntegrationCode>KV-1001</IntegrationCode><Description>SENTINEL</Description>\
    <TaxNumber>SENTINEL1</TaxNumber><ReceiverStreetName>sentinel sok.</ReceiverStreetName>\
    <PayorTypeCode>1</PayorTypeCode><IsWorldWide>0</IsWorldWide><IsCod>1</IsCod><UnitID>12</UnitID>\
    <PieceDetails><PieceDetail><VolumetricWeight>3</VolumetricWeight><Weight>2,0</Weight>\
    <BarcodeNumber>202600041702</BarcodeNumber></PieceDetail><PieceDetail>\
    <VolumetricWeight>4</VolumetricWeight><Weight>3</Weight><BarcodeNumber>202600041701</BarcodeNumber>\
    </PieceDetail></PieceDetails></Order>";

fn kept(orders: &str) -> Fault {
    xml(&body("GetOrderWithIntegrationCode", orders))
}

fn lost() -> Fault {
    Fault::ResetBeforeAnswer
}

/// A client, and the answers that it gets one after the other.
struct Line {
    server: FaultServer,
    client: ShipmentClient,
    host: MovableHost,
}

fn line(script: Vec<Fault>) -> Line {
    let server = FaultServer::start(Fault::Script(script));
    let peer = Peer::from(&server);
    let host = peer.host.clone();
    Line {
        client: shipment_client(peer, 1),
        server,
        host,
    }
}

impl Line {
    /// Returns what was asked, as a word for each request.
    fn asked(&self) -> Vec<&'static str> {
        let seen = self.server.requests_seen().into_iter();
        seen.map(|request| {
            let body = String::from_utf8(request.body).unwrap();
            if body.contains("<SetOrder ") {
                "set"
            } else {
                "find"
            }
        })
        .collect()
    }
}

/// Returns the members that differ, by an answer to a question about a lost order.
async fn differing(order: &SetOrder, found: &str) -> Option<Vec<String>> {
    let before = if order.needs_before() {
        vec![kept(KEPT)]
    } else {
        vec![]
    };
    let line = line([before, vec![lost(), kept(found)]].concat());
    let attempt = line.client.prepare(order).await.unwrap();
    line.client.send(order, &attempt).await.unwrap_err();
    match line.client.settle(order, &attempt).await {
        Settled::InState => None,
        Settled::Open(open) => {
            assert_eq!(open.next_step(), NextStep::AskAPerson, "{open}");
            let text = open.to_string();
            assert!(text.ends_with("it may have happened"), "{text}");
            match open.why {
                Why::Other(members) => Some(members),
                why => panic!("{why:?}"),
            }
        }
        other => panic!("{other:?}"),
    }
}

trait NeedsBefore {
    fn needs_before(&self) -> bool;
}

impl NeedsBefore for SetOrder {
    fn needs_before(&self) -> bool {
        Settle::needs_baseline(self)
    }
}

#[tokio::test]
async fn a_new_order_is_settled_by_what_decides() {
    assert_eq!(differing(&set_order(), KEPT).await, None);
    // The shipper's own notes do not make it another parcel.
    let noted = KEPT
        .replace("SVK-1", "SVK-2")
        .replace("12</UnitID>", "13</UnitID>");
    assert_eq!(differing(&set_order(), &noted).await, None);
    for (from, to, members) in [
        ("SOK. 3", "SOK. 4", "receiver.address"),
        ("05550000017", "5550000018", "receiver.phone"),
        ("05550000017", "", "receiver.phone"),
        ("AYŞE", "ALİ", "receiver.name"),
        ("SENTİNEL<", "BAŞKA<", "receiver.town"),
        ("7,000", "70", "desi"),
        (">5.000", ">50", "weight_kg"),
        ("<PieceCount>2", "<PieceCount>3", "pieces"),
        ("202600041702", "202600041703", "pieces"),
        ("2,0</Weight>", "20</Weight>", "pieces[1].weight_kg"),
        ("349.9", "3499", "payment.amount"),
        ("349.9", "34990", "payment.amount"),
        ("<IsCod>1", "<IsCod>0", "payment"),
        ("CollectionType>0", "CollectionType>1", "payment.by"),
        ("<PayorTypeCode>1", "<PayorTypeCode>2", "payment"),
        ("<IsWorldWide>0", "<IsWorldWide>1", "destination"),
    ] {
        assert!(KEPT.contains(from), "{from}");
        let found = KEPT.replacen(from, to, 1);
        let members = Some(vec![members.to_owned()]);
        assert_eq!(differing(&set_order(), &found).await, members, "{from}");
    }
}

#[tokio::test]
async fn an_order_that_is_not_there_is_sent_again_under_its_key() {
    let line = line(vec![lost(), kept(""), answered("0")]);
    let sent = line.client.send_or_settle(&set_order()).await.unwrap();
    assert!(matches!(sent, Sent::Done(_)));
    assert_eq!(line.asked(), ["set", "find", "set"]);
}

#[tokio::test]
async fn nothing_is_sent_over_another_order() {
    let other = KEPT.replace("SOK. 3", "SOK. 4");
    let line = line(vec![lost(), kept(&other), kept(&other)]);
    let order = set_order();
    let attempt = line.client.prepare(&order).await.unwrap();
    line.client.send(&order, &attempt).await.unwrap_err();
    for _ in 0..2 {
        let resumed = line.client.resume(&order, &attempt).await.unwrap();
        let Resumed::Settled(Settled::Open(open)) = resumed else {
            panic!("{resumed:?}")
        };
        assert_eq!(open.next_step(), NextStep::AskAPerson);
        line.host.advance(SETTLED);
    }
    assert_eq!(line.asked(), ["set", "find", "find"]);
}

#[tokio::test]
async fn an_update_is_told_from_the_order_of_before() {
    let update = || SetOrder::update(new_order().description("SENTINEL 2"));
    let updated = KEPT.replace("<Description>SENTINEL", "<Description>sentinel 2");
    assert_eq!(differing(&update(), &updated).await, None);
    let odd = KEPT.replace("<Description>SENTINEL", "<Description>SENTINEL 3");
    let line = line(vec![
        kept(KEPT),
        lost(),
        kept(KEPT),
        kept(KEPT),
        kept(KEPT),
        answered("0"),
    ]);
    let attempt = line.client.prepare(&update()).await.unwrap();
    let shown = serde_json::to_string(&attempt).unwrap();
    assert!(shown.contains("piece 1=3;2"), "{shown}");
    assert!(shown.contains("Description differs"), "{shown}");
    assert!(!shown.contains("SENTINEL"), "{shown}");
    line.client.send(&update(), &attempt).await.unwrap_err();
    let early = line.client.settle(&update(), &attempt).await;
    assert!(matches!(early, Settled::Open(open) if matches!(open.why, Why::TooEarly)));
    line.host.advance(SETTLED);
    let late = line.client.settle(&update(), &attempt).await;
    assert!(matches!(late, Settled::NotDone));
    let Resumed::Prepared(next) = line.client.resume(&update(), &attempt).await.unwrap() else {
        panic!("not prepared")
    };
    line.client.send(&update(), &next).await.unwrap();
    assert_eq!(line.asked(), ["find", "set", "find", "find", "find", "set"]);
    // What is neither the old order nor the new one is nobody's to overwrite. That the personal member which differed
    // before differs still is not told apart.
    let other = odd.replace("349.9<", "350<");
    let members = ["description", "payment.amount"].map(str::to_owned);
    assert_eq!(differing(&update(), &other).await, Some(members.to_vec()));
}

#[tokio::test]
async fn an_update_needs_an_order_and_proves_nothing_where_it_was_there_before() {
    let update = SetOrder::update(new_order());
    let none = line(vec![kept("")]);
    let error = none.client.prepare(&update).await.unwrap_err();
    assert!(matches!(error, Error::Unsent(_)), "{error:?}");
    assert_eq!(error.outcome(), Outcome::NotDone);
    assert_eq!(none.asked(), ["find"]);
    // Identical before and after.
    assert_eq!(differing(&update, KEPT).await, None);
    // Somebody has cancelled it since.
    let gone = line(vec![kept(KEPT), lost(), kept("")]);
    let attempt = gone.client.prepare(&update).await.unwrap();
    gone.client.send(&update, &attempt).await.unwrap_err();
    gone.host.advance(SETTLED);
    let settled = gone.client.settle(&update, &attempt).await;
    assert!(matches!(settled, Settled::Open(open) if matches!(open.why, Why::Unclear)));
}

#[tokio::test]
async fn a_code_with_two_meanings_offers_both_and_is_settled_by_the_order() {
    let mut doubtful = 0;
    for row in &ORDER_CODES {
        let line = line(vec![answered(row.code), kept(KEPT)]);
        let order = set_order();
        let attempt = line.client.prepare(&order).await.unwrap();
        let failed = line.client.send(&order, &attempt).await.unwrap_err();
        let refusal = failed.error.rejection().unwrap();
        assert_eq!((refusal.kind, refusal.code.as_str()), (row.kind, row.code));
        for language in [Language::English, Language::Turkish] {
            let meanings = refusal.meanings(language);
            let is_doubtful = row.kind == RejectionKind::TwoMeanings;
            assert!(!meanings.is_empty() && (meanings.len() == 2 || !is_doubtful));
            assert_eq!(meanings, row.meanings(language));
        }
        let is_open = matches!(row.kind, RejectionKind::TwoMeanings | RejectionKind::Failed);
        let outcome = if is_open {
            Outcome::Unknown
        } else {
            Outcome::NotDone
        };
        assert_eq!(failed.outcome(), outcome, "{}", row.code);
        doubtful += usize::from(row.kind == RejectionKind::TwoMeanings);
        if is_open {
            let settled = line.client.settle(&order, &attempt).await;
            assert!(matches!(settled, Settled::InState), "{}", row.code);
        }
    }
    assert_eq!(doubtful, 7);
}

#[tokio::test]
async fn what_is_doubtful_is_a_warning() {
    let client = shipment_client("http://127.0.0.1:9", 1);
    let warned = |order| {
        let problems = client.check(&SetOrder::new(order));
        assert!(!problems.stop_the_call(), "{problems:?}");
        let said = problems.iter().map(|problem| {
            let suggestions = problem.suggestions().join(",");
            format!("{} {} {suggestions}", problem.code(), problem.path())
        });
        said.collect::<Vec<_>>()
    };
    let mut order = new_order();
    order.reference = CustomerReference::new("2026000417").unwrap();
    assert_eq!(warned(order.clone()), [""; 0]);
    let mut unnamed = order.clone();
    unnamed.waybill = None;
    assert_eq!(
        warned(unnamed.clone()),
        ["aras.waybill_missing order.waybill 2026000417"]
    );
    // A substitute that does not fit is not suggested.
    unnamed.reference = CustomerReference::new("20260004170000000").unwrap();
    assert_eq!(warned(unnamed), ["aras.waybill_missing order.waybill "]);
    let mut lettered = order.clone().destination(Destination::Abroad);
    lettered.receiver.phone = "5550000017".into();
    lettered.pieces = Piece::new("KV-1").desi(1).weight_kg(1).into();
    let codes = [
        "aras.not_only_digits order.pieces[0].barcode ",
        "aras.abroad_not_described order.destination ",
    ];
    assert_eq!(warned(lettered), codes);
    for (amount, is_usual) in [
        ("4.99", false),
        ("5", true),
        ("5000", true),
        ("5000.01", false),
    ] {
        let mut order = order.clone();
        order.payment = Payment::CashOnDelivery {
            amount: amount.parse().unwrap(),
            by: CollectedBy::Card,
        };
        let unusual = vec!["aras.collection_unusual order.payment.amount ".to_owned()];
        let expected = if is_usual { vec![] } else { unusual };
        assert_eq!(warned(order), expected, "{amount}");
    }
}

#[tokio::test]
async fn each_of_several_orders_has_a_state_and_is_settled_by_itself() {
    let mut second = new_order();
    second.reference = CustomerReference::new("KV-1002").unwrap();
    second.pieces = Piece::new("5").desi(1).weight_kg(1).into();
    let orders = SetOrders::new([new_order(), second]);
    let line = line(vec![answered("0"), kept("")]);
    let mut each = Vec::new();
    for order in orders.each() {
        let attempt = line.client.prepare(&order).await.unwrap();
        each.push((order, attempt.supposed_sent()));
    }
    let results = line.client.call(&orders).await.unwrap().value.orders;
    assert!(matches!(results[0].state, OrderState::Registered(_)));
    assert_eq!(results[1].state, OrderState::Unknown(None));
    let (order, attempt) = &each[1];
    let settled = line.client.settle(order, attempt).await;
    assert!(matches!(settled, Settled::Open(open) if matches!(open.why, Why::NotFound)));
    assert_eq!(line.asked(), ["set", "find"]);
}

/// Two orders of one call.
fn two_orders() -> SetOrders {
    let mut second = new_order();
    second.reference = CustomerReference::new("KV-1002").unwrap();
    second.pieces = Piece::new("5").desi(1).weight_kg(1).into();
    SetOrders::new([new_order(), second])
}

#[tokio::test]
async fn one_refusal_without_a_name_shows_nothing_about_several_orders() {
    let row = |code: &str| {
        let row = format!("<OrderResultInfo><ResultCode>{code}</ResultCode></OrderResultInfo>");
        line(vec![xml(&body("SetOrder", &row))])
    };
    // It may be of one order, and the other is registered.
    for code in ["70018", "1006", "60022", "70035"] {
        let error = row(code).client.call(&two_orders()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
        let refusal = error.rejection().unwrap();
        assert_eq!(
            (refusal.kind, refusal.code.as_str()),
            (RejectionKind::Nameless, code)
        );
    }
    // A login is that of the whole call.
    let error = row("1000").client.call(&two_orders()).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::NotDone);
    assert!(error.rejection().is_some());
}

#[tokio::test]
async fn a_code_below_a_row_is_not_the_code_of_the_order() {
    let nested = "<Row><ResultCode>0</ResultCode><OrgReceiverCustId>KV-2</OrgReceiverCustId></Row>";
    let within = format!("<OrderResultInfo>{nested}</OrderResultInfo>");
    for answer in [nested, &within] {
        let line = line(vec![xml(&body("SetOrder", answer))]);
        let error = line.client.call(&set_order()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{answer}");
    }
}

#[tokio::test]
async fn nothing_is_sent_over_another_order_beside_the_own_one() {
    let other = KEPT.replace("SOK. 3", "SOK. 4");
    let unnamed = other.replace("<IntegrationCode>KV-1001</IntegrationCode>", "");
    for found in [format!("{KEPT}{other}"), unnamed] {
        let line = line(vec![lost(), kept(&found)]);
        let failed = line.client.send_or_settle(&set_order()).await.unwrap_err();
        assert_eq!(failed.next_step(), NextStep::AskAPerson, "{failed}");
        assert_eq!(line.asked(), ["set", "find"]);
    }
}

#[tokio::test]
async fn an_update_is_told_from_that_of_another_by_a_member_that_differs_in_both() {
    let update = || SetOrder::update(new_order().description("SENTINEL 2"));
    let odd = KEPT.replace("<Description>SENTINEL", "<Description>SENTINEL 3");
    let members = Some(vec!["description".to_owned()]);
    assert_eq!(differing(&update(), &odd).await, members);
    // Nor is the barcode of a piece that it does not have.
    let mut update = update();
    update.order.pieces = Piece::new("202600041701").desi(4).weight_kg(3).into();
    let odd = KEPT.replace("202600041702", "202600041703");
    let members = ["description", "desi", "pieces", "weight_kg"].map(str::to_owned);
    assert_eq!(differing(&update, &odd).await, Some(members.to_vec()));
}

#[test]
fn keys_that_the_carrier_may_write_alike_are_one_key() {
    let key = |reference: &str| {
        let mut order = new_order();
        order.reference = CustomerReference::new(reference).unwrap();
        SetOrder::new(order).key()
    };
    assert_eq!(key("kv-i1"), key("KV-İ1"));
    assert_ne!(key("KV-1"), key("KV1"));
    let client = shipment_client("http://127.0.0.1:9", 1);
    let mut order = new_order();
    let piece = |barcode| Piece::new(barcode).desi(1).weight_kg(1);
    order.pieces = Pieces::one(piece("KV-A")).and(piece("kv-a"));
    let problems = client.check(&SetOrder::new(order));
    let errors: Vec<_> = problems.errors().map(Problem::code).collect();
    assert_eq!(errors, ["aras.barcode_twice"]);
}

/// Returns an attempt as it is stored, prepared where each member of the registered order is another text.
async fn stored<O: Settle<Service = ShipmentSettings>>(write: &O) -> String {
    let mut odd = KEPT.to_owned();
    for member in [
        "InvoiceNumber",
        "TradingWaybillNumber",
        "ReceiverPhone1",
        "Weight",
        "BarcodeNumber",
    ] {
        let (open, end) = (format!("<{member}>"), format!("</{member}>"));
        let parts: Vec<_> = odd
            .split(&end)
            .map(|part| match part.split_once(&open) {
                Some((before, _)) => format!("{before}{open}SENTINEL 5321112233"),
                None => part.to_owned(),
            })
            .collect();
        odd = parts.join(&end);
    }
    let line = line(vec![kept(&odd)]);
    let attempt = line.client.prepare(write).await.unwrap();
    assert!(attempt.baseline().is_some());
    serde_json::to_string(&attempt).unwrap()
}

#[tokio::test]
async fn no_text_of_the_carrier_is_in_a_baseline() {
    let numbers = UpdateNumbers::of(new_order().reference).invoice("F-2");
    for shown in [
        stored(&SetOrder::update(new_order())).await,
        stored(&numbers).await,
    ] {
        assert!(
            !shown.contains("SENTINEL") && !shown.contains("5321112233"),
            "{shown}"
        );
    }
}
