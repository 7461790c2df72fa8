//! Stories with hand-written requests.

mod cases;
mod codes;
mod hosted;
mod stored;
mod tracking;

use rust_decimal::Decimal;
use serde_json::Value;

use super::*;

const KEY: &str = "0123456789abcdef0123456789abcdef";
const NOON: Moment = Moment(1_795_770_000_000);
const HOUR: i64 = 3_600_000;

struct Story {
    world: Horoz,
    chance: Chance,
    now: Moment,
}

impl Story {
    fn new() -> Self {
        Story {
            world: Horoz::demo(),
            chance: Chance::new(1),
            now: NOON,
        }
    }

    /// Sends a request. The answer says why exactly when its code is not `STA-100`.
    #[track_caller]
    fn send(&mut self, request: &Request) -> (Value, Vec<Effect>) {
        let (answer, effects) = self.world.handle(request, self.now, &mut self.chance);
        let code = reached(&answer);
        let refused = answer.refused.as_ref().map(|refused| refused.code.clone());
        assert_eq!(refused, Some(code).filter(|code| code != "STA-100"));
        assert_eq!(answer.status, 200, "{}", text(&answer));
        (serde_json::from_slice(&answer.body).unwrap(), effects)
    }

    fn send_raw(&mut self, request: &Request) -> (Answer, Vec<Effect>) {
        self.world.handle(request, self.now, &mut self.chance)
    }

    fn post(&mut self, name: &str, body: &str) -> (Value, Vec<Effect>) {
        self.send(&post(name, body))
    }

    /// Returns the code of an answer that is in `response`.
    fn code(&mut self, name: &str, body: &str) -> String {
        let (answer, effects) = self.post(name, body);
        let code = answer["response"]["responseCode"].as_str().unwrap();
        assert!(code == "STA-100" || effects.is_empty(), "{code}");
        code.to_owned()
    }

    fn track(&mut self, number: &str) -> Value {
        let target = format!("/listShippingDetails?requestNumber={number}");
        self.send(&get(&target)).0
    }
}

/// Returns the result code, wherever it is.
fn reached(answer: &Answer) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap();
    let inside = ["response", "listCountiesOutput"].map(|name| &body[name]["responseCode"]);
    let code = [&body["responseCode"], inside[0], inside[1]];
    let code = code.into_iter().find_map(Value::as_str);
    code.unwrap_or_else(|| panic!("{body}")).to_owned()
}

fn text(answer: &Answer) -> String {
    String::from_utf8_lossy(&answer.body).into_owned()
}

fn post(name: &str, body: &str) -> Request {
    Request {
        method: "POST".to_owned(),
        path: format!("/{name}"),
        headers: vec![
            ("processKey".to_owned(), KEY.to_owned()),
            ("Content-Type".to_owned(), "application/json".to_owned()),
        ],
        body: body.as_bytes().to_vec(),
    }
}

fn get(target: &str) -> Request {
    Request {
        method: "GET".to_owned(),
        path: target.to_owned(),
        headers: vec![("processKey".to_owned(), KEY.to_owned())],
        body: Vec::new(),
    }
}

fn order() -> String {
    r#"{"requestNumber": "KV-1001", "customerRefNo": "KV-1001", "senderCode": 801452, "senderTitle": "",
    "senderCity": "", "senderCounty": "", "senderAdress": "", "senderPhoneNumber": "", "senderEmail": "",
    "recipientCode": 0, "recipientTitle": "AYŞE ÖRNEK", "recipientCity": "İZMİR", "recipientCounty": "KARŞIYAKA",
    "recipientAdress": "DENEME MAH. 1", "recipientPhoneNumber": "05550000001", "recipientEmail": "", "taxOffice": "",
    "taxNumber": "", "shipmentCount": 2, "totalDesi": 320.5, "shippingType": "PaysSupplier",
    "requestDate": "2026-11-20", "requestedDeliveryDate": "2026-11-23", "shippingDetail": [{"productCode": "YT-160",
    "productName": "YATAK", "quantity": 2, "weightInKg": 41.3, "desi": 320.5, "productCategory": "YATAK"}]}"#
        .to_owned()
}

const NUMBER: &str = r#"{"requestNumber": "KV-1001"}"#;
const CREATE: &str = "createPaysSupplierShipping";

#[test]
fn an_order_is_created_once_and_cancelled_once() {
    let mut story = Story::new();
    let (answer, effects) = story.post(CREATE, &order());
    assert_eq!(
        answer["response"]["responseMessage"],
        "Kayit islemi basarili"
    );
    let created = Effect::OrderCreated {
        number: "KV-1001".to_owned(),
        pieces: 2,
        desi: Decimal::new(3205, 1),
    };
    assert_eq!(effects, [created]);
    assert!(story.world.is_active("KV-1001"));

    let (again, effects) = story.post(CREATE, &order());
    assert_eq!(again["response"]["responseCode"], "ERR-20003");
    let message = again["response"]["responseMessage"].as_str().unwrap();
    assert!(
        message.ends_with("Key: 801452 TalepNo: KV-1001"),
        "{message}"
    );
    assert_eq!(effects, []);

    assert_eq!(story.code("cancelShipping", NUMBER), "ERR-29002");
    assert_eq!(story.code("cancelPaysSupplierShipping", NUMBER), "STA-100");
    assert_eq!(
        story.code("cancelPaysSupplierShipping", NUMBER),
        "ERR-29003"
    );
    assert!(!story.world.is_active("KV-1001"));
    assert_eq!(story.code(CREATE, &order()), "ERR-20003");
    let writes = story.world.writes_of("KV-1001");
    let operations: Vec<_> = writes
        .iter()
        .map(|entry| entry.operation.as_str())
        .collect();
    assert_eq!(operations, [CREATE, "cancelPaysSupplierShipping"]);
}

#[test]
fn each_documented_refusal_of_an_order_is_reached() {
    for (from, to, code, part, field) in [
        (
            "\"KV-1001\", \"cust",
            "\"\", \"cust",
            "ERR-20002",
            "TALEP NUMARASI",
            "requestNumber",
        ),
        (
            "DENEME MAH. 1",
            &"A".repeat(501),
            "ERR-20002",
            "ÇOK UZUN: recipientAdress",
            "recipientAdress",
        ),
        ("801452", "801453", "ERR-20005", "GÖNDEREN", "senderCode"),
        (
            "\"recipientCode\": 0",
            "\"recipientCode\": 5",
            "ERR-20006",
            "ALICI",
            "recipientCode",
        ),
        (
            "\"shipmentCount\": 2",
            "\"shipmentCount\": null",
            "ERR-20007",
            "TOPLAM",
            "shipmentCount",
        ),
        (
            "\"productName\": \"YATAK\"",
            "\"productName\": \"\"",
            "ERR-20008",
            "KARGO",
            "shippingDetail",
        ),
        (
            "\"desi\": 320.5",
            "\"desi\": 0",
            "ERR-20009",
            "DESI",
            "desi",
        ),
        (
            "\"totalDesi\": 320.5",
            "\"totalDesi\": 0",
            "ERR-20012",
            "TOPLAM DESI",
            "totalDesi",
        ),
        (
            "\"PaysSupplier\"",
            "\"\"",
            "ERR-20056",
            "shippingType",
            "shippingType",
        ),
        (
            "\"KARŞIYAKA\"",
            "\"KARSIYAKA\"",
            "ERR-29005",
            "İL/İLÇE",
            "recipientCounty",
        ),
        (
            "\"totalDesi\": 320.5",
            "\"totalDesi\": 320",
            "ERR-29090",
            "totalDesi",
            "totalDesi",
        ),
        (
            "AYŞE ÖRNEK",
            "Ayşe Örnek",
            "ERR-29090",
            "recipientTitle",
            "recipientTitle",
        ),
    ] {
        let mut story = Story::new();
        let body = order();
        assert!(body.contains(from), "{from}");
        let (answer, effects) = story.send_raw(&post(CREATE, &body.replace(from, to)));
        let refused = answer.refused.clone().unwrap();
        assert_eq!(refused.code, code);
        assert!(refused.rule.contains(field), "{field}: {}", refused.rule);
        let answer: Value = serde_json::from_slice(&answer.body).unwrap();
        let response = &answer["response"];
        assert_eq!(response["responseCode"], code, "{answer}");
        let message = response["responseMessage"].as_str().unwrap();
        assert!(message.contains(part), "{message}");
        assert_eq!(effects, []);
        assert!(!story.world.is_active("KV-1001"));
        assert_eq!(story.world.journal(), []);
    }
}

#[test]
fn a_wrong_key_is_refused_everywhere_but_at_service_control() {
    let mut story = Story::new();
    story.world.settings_mut().process_key = "another".to_owned();
    assert_eq!(story.code(CREATE, &order()), "ERR-20001");
    let (counties, _) = story.send(&get("/listCounties"));
    assert_eq!(counties["listCountiesOutput"]["responseCode"], "ERR-20001");
    assert_eq!(story.track("KV-1001")["responseCode"], "ERR-20001");
    let (control, _) = story.send(&get("/serviceControl"));
    assert_eq!(control["responseCode"], "STA-100");
    assert_eq!(control["ipBilgisi"], "127.0.0.1");

    story.world.settings_mut().is_address_allowed = false;
    let (answer, _) = story
        .world
        .handle(&get("/serviceControl"), NOON, &mut story.chance);
    assert_eq!(answer.status, 403);
    assert!(answer.refused.is_some());
}

#[test]
fn a_broken_order_is_corrected_under_its_number() {
    let mut story = Story::new();
    let bad = order().replace("KARŞIYAKA", "KARŞIYAKKA");
    assert_eq!(story.code(CREATE, &bad), "ERR-29005");
    assert_eq!(story.world.order("KV-1001").unwrap().state, State::Broken);
    assert_eq!(story.code(CREATE, &bad), "ERR-20071");
    assert_eq!(
        story.code("cancelPaysSupplierShipping", NUMBER),
        "ERR-29002"
    );
    assert_eq!(story.code(CREATE, &order()), "STA-100");
    assert!(story.world.is_active("KV-1001"));
}

#[test]
fn a_label_blocks_the_cancel_until_it_is_cancelled_itself() {
    let mut story = Story::new();
    assert_eq!(story.code("createBarcode", NUMBER), "ERR-29002");
    let plain = order().replace("PaysSupplier", "Standart");
    assert_eq!(story.code("createShipping", &plain), "STA-100");
    let (label, effects) = story.post("createBarcode", NUMBER);
    let pieces = &label["response"]["pieces"];
    let barcode = pieces[0]["barcode"].as_str().unwrap().to_owned();
    assert_eq!(pieces[1]["barcode"], story.world.labels_of("KV-1001")[1]);
    assert_eq!(effects.len(), 1);
    let (again, effects) = story.post("createBarcode", NUMBER);
    assert_eq!(again, label);
    assert_eq!(effects, []);

    let cancel = |atf: &str| format!(r#"{{"atfId": "{atf}", "requestNumber": "KV-1001"}}"#);
    assert_eq!(story.code("cancelShipping", NUMBER), "ERR-29001");
    assert_eq!(story.code("cancelBarcode", &cancel("1")), "ERR-29006");
    story.world.read_label("KV-1001");
    assert_eq!(
        story.code("cancelBarcode", &cancel(&barcode[..11])),
        "ERR-29004"
    );
    story.world.orders.get_mut("KV-1001").unwrap().is_label_read = false;
    assert_eq!(
        story.code("cancelBarcode", &cancel(&barcode[..11])),
        "STA-100"
    );
    assert_eq!(story.code("cancelShipping", NUMBER), "STA-100");
    assert_eq!(story.code("createBarcode", NUMBER), "ERR-29003");
}

#[test]
fn the_envelope_is_a_choice() {
    let mut story = Story::new();
    story.world.settings_mut().dialect.envelope = Envelope::Bare;
    assert_eq!(story.post(CREATE, &order()).0["responseCode"], "STA-100");
    let (counties, _) = story.send(&get("/listCounties"));
    let rows = &counties["listCountiesOutput"]["listCounties"]["county"];
    assert_eq!(rows.as_array().unwrap().len(), 973);
    assert_eq!(rows[0]["countyName"], "ALADAĞ");
}

#[test]
fn reads_are_told_from_writes() {
    let world = Horoz::demo();
    for target in [
        "/listCounties",
        "/a/serviceControl",
        "/listShippingDetails?x=1",
    ] {
        assert!(world.is_read(&get(target)), "{target}");
    }
    for name in [CREATE, "createBarcode", "cancelBarcode", "cancelShipping"] {
        assert!(!world.is_read(&post(name, "")), "{name}");
    }
    let (answer, _) = Horoz::demo().handle(&post("listOrders", ""), NOON, &mut Chance::new(1));
    assert!(answer.refused.is_some());
    assert_eq!(
        (
            answer.status,
            text(&answer).starts_with("sandbox: unknown operation")
        ),
        (404, true)
    );
    let (answer, _) = Horoz::demo().handle(&post(CREATE, "<a/>"), NOON, &mut Chance::new(1));
    assert!(answer.refused.is_some());
    assert_eq!(
        (
            answer.status,
            text(&answer).starts_with("sandbox: unreadable")
        ),
        (400, true)
    );
}
