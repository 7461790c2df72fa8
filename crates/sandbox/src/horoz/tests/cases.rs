//! The cases of the fixtures, played at a world that knows their numbers.

use super::*;
use crate::values::replay;

/// Cases whose answer has another shape, with the reason.
const DIFFERENCES: &[(&str, &str)] = &[
    (
        "createBarcode/success-number",
        "one list holds a number and a word",
    ),
    (
        "listShippingDetails/success-new-field",
        "invented members; one part is missing and another one is new",
    ),
    (
        "listShippingDetails/success-no-state",
        "invented members; none of them is a state",
    ),
    (
        "listShippingDetails/success-odd-number",
        "invented members; a state without a movement",
    ),
    (
        "listShippingDetails/success-problem",
        "invented members; a movement in a wrapper, day and time apart",
    ),
    (
        "listShippingDetails/success-two-states",
        "invented members; two states that differ",
    ),
];

/// Returns a world with the objects and the dialect of a case.
fn known(case: &str) -> Story {
    let mut story = Story::new();
    let (operation, name) = case.split_once('/').unwrap();
    let one = order()
        .replace("\"shipmentCount\": 2", "\"shipmentCount\": 1")
        .replace("\"quantity\": 2", "\"quantity\": 1");
    let body = if name == "success-nested" {
        order()
    } else {
        one
    };
    let plain = body.replace("PaysSupplier", "Standart");
    match operation {
        "cancelPaysSupplierShipping" => assert_eq!(story.code(CREATE, &body), "STA-100"),
        "cancelShipping" | "createBarcode" | "cancelBarcode" => {
            assert_eq!(story.code("createShipping", &plain), "STA-100");
        }
        "listShippingDetails" => {
            let number = if name == "success-odd-number" {
                "KV-1 ş&=?#/%"
            } else {
                "KV-1001"
            };
            let body = body.replace("KV-1001", number);
            assert_eq!(story.code(CREATE, &body), "STA-100");
            story.world.accept(number, NOON, &mut story.chance);
        }
        _ => {}
    }
    if operation == "cancelBarcode" {
        let order = story.world.orders.get_mut("KV-1001").unwrap();
        order.accept("01234567890".to_owned(), NOON);
    }
    prepare(&mut story, case);
    story
}

/// Prepares what one case needs beyond its operation.
fn prepare(story: &mut Story, case: &str) {
    let (operation, name) = case.split_once('/').unwrap();
    let settings = &mut story.world.settings;
    let dialect = &mut settings.dialect;
    let pair = || ("ADANA".to_owned(), "ALADAĞ".to_owned());
    match (operation, name) {
        (_, "success-without-envelope") => dialect.envelope = Envelope::Bare,
        (_, "success-other-envelope") => dialect.envelope = Envelope::Method,
        (_, "success-status-500") => dialect.success_status = 500,
        (_, "success-windows-1254") => dialect.charset = Charset::Windows1254,
        (_, "success-no-ip") => dialect.shows_address = false,
        (_, "success-no-barcode") => dialect.label = LabelForm::Hidden,
        ("createBarcode", "success-number") => dialect.label = LabelForm::Numbers,
        ("listShippingDetails", _) => dialect.tracking = TrackingNames::Few,
        ("listCounties", "success-empty-list") => settings.places = Places::Only(Vec::new()),
        ("listCounties", "success-single-county") => {
            dialect.lone_county = true;
            settings.places = Places::Only(vec![pair()]);
        }
        (_, "success-new-field") => {
            dialect.has_new_member = true;
            dialect.has_message = operation != CREATE;
        }
        (_, "refused-20001") => settings.process_key = "another".to_owned(),
        (_, "refused-20003") => {
            story.code(CREATE, &order());
        }
        (_, "refused-20071") => {
            let bad = order().replace("KARŞIYAKA", "KARŞIYAKKA");
            assert_eq!(story.code(CREATE, &bad), "ERR-29005");
        }
        _ => {}
    }
}

/// The request of a documented refusal: every such case has the same good order, so the rule is broken
/// here.
fn broken(name: &str, request: &Request) -> Request {
    let (from, to) = match name {
        "createPaysSupplierShipping/refused-20002-missing" => {
            ("\"requestNumber\": \"KV-1001\"", "\"requestNumber\": \"\"")
        }
        "createPaysSupplierShipping/refused-20002-too-long" => {
            let long = format!("\"senderTitle\": \"{}\"", "A".repeat(101));
            return replaced(request, "\"senderTitle\": \"\"", &long);
        }
        "createPaysSupplierShipping/refused-20005" => ("801452", "801453"),
        "createPaysSupplierShipping/refused-20006" => {
            ("\"recipientCode\": 0", "\"recipientCode\": 5")
        }
        "createPaysSupplierShipping/refused-20007" => {
            ("\"shipmentCount\": 2", "\"shipmentCount\": null")
        }
        "createPaysSupplierShipping/refused-20008" => (
            "\"productName\": \"ÇİFT KİŞİLİK YATAK\"",
            "\"productName\": \"\"",
        ),
        "createPaysSupplierShipping/refused-20009" => ("\"desi\": 320", "\"desi\": 0"),
        "createPaysSupplierShipping/refused-20012" => ("\"totalDesi\": 320", "\"totalDesi\": 0"),
        "createPaysSupplierShipping/refused-20056" => ("\"PaysSupplier\"", "\"\""),
        "createPaysSupplierShipping/refused-20071" => ("KARŞIYAKA", "KARŞIYAKKA"),
        _ => return request.clone(),
    };
    replaced(request, from, to)
}

fn replaced(request: &Request, from: &str, to: &str) -> Request {
    let body = String::from_utf8(request.body.clone()).unwrap();
    assert!(body.contains(from), "{from}: {body}");
    Request {
        body: body.replace(from, to).into_bytes(),
        ..request.clone()
    }
}

#[test]
fn every_case_is_answered_in_its_own_shape() {
    let cases = replay::documented("horoz-shipping");
    let play = |case: &replay::Case, _| {
        let name = case.name.as_str();
        let (operation, kind) = name.split_once('/').unwrap();
        let (answer, effects) = known(name).send_raw(&broken(name, &case.request));
        let body = text(&answer);
        if kind.starts_with("refused") {
            let refused = answer.refused.as_ref().unwrap();
            assert_eq!(refused.code, reached(&case.answer), "{name}: {body}");
            assert_eq!(effects, [], "{name}: {body}");
        } else {
            let writes = operation.starts_with("create") || operation.starts_with("cancel");
            assert_eq!(effects.len(), usize::from(writes), "{name}: {body}");
            assert_eq!(answer.refused, None, "{name}: {body}");
        }
        answer
    };
    replay::compare("horoz-shipping", &cases, DIFFERENCES, replay::shape, play);
}
