//! Answers in a form that differs from the documented one, and are read all the same. The number in a
//! test's name is the kind's.

use contract_kit::faults::{Fault, FaultServer};
use horoz_shipping::tracking::{NonDeliveryReason, TrackingStatus};
use horoz_shipping::{CreateLabel, ListCounties, RawCall, RejectionKind, TrackOrder};
use kervan_core::{Drift, Form};

use crate::support::{KEY, client, client_of, json, order};

fn answers(body: impl AsRef<[u8]>) -> FaultServer {
    FaultServer::start(Fault::Answer(json(200, body.as_ref())))
}

fn tolerated(drift: &Drift) -> Vec<(&str, Form)> {
    let each = drift.tolerated.iter();
    each.map(|value| (value.path.as_str(), value.form))
        .collect()
}

fn unread(drift: &Drift) -> Vec<&str> {
    let each = drift.unread.iter();
    each.map(|field| field.path.as_str()).collect()
}

#[tokio::test]
async fn r5_a_cut_letter_in_a_message_does_not_cost_the_order() {
    for (message, read) in [
        (&b"KAYIT \xc4\xb0\xc5\x9eLEM\xc4"[..], "KAYIT İŞLEM\u{fffd}"),
        (
            b"Kayit islemi basarili \\ud83d",
            "Kayit islemi basarili \u{fffd}",
        ),
    ] {
        let body = [
            &b"{\"response\":{\"responseCode\":\"STA-100\",\"responseMessage\":\""[..],
            message,
            b"\"}}",
        ]
        .concat();
        let server = answers(&body);
        let created = client(&server, 1).call(&order()).await.unwrap();
        assert_eq!(created.message.unwrap().as_str(), read);
        assert_eq!(
            tolerated(&created.drift),
            [("response.responseMessage", Form::DamagedLetter)]
        );
    }
}

#[tokio::test]
async fn r6_a_bad_row_costs_only_itself() {
    let row = r#"{"cityName":"ADANA","countyName":"ALADAĞ"}"#;
    for bad in [
        "null",
        "\"Toplam: 973\"",
        r#"{"cityName":"ADANA"}"#,
        r#"{"cityName":[],"countyName":"X"}"#,
    ] {
        let list = format!(
            r#"{{"listCountiesOutput":{{"responseCode":"STA-100","responseMessage":"-","listCounties":{{"county":[{bad},{row}]}}}}}}"#
        );
        let server = answers(&list);
        let read = client(&server, 1).call(&ListCounties::new()).await.unwrap();
        assert_eq!(read.counties.len(), 1, "{bad}");
        assert_eq!(
            unread(&read.drift),
            ["listCountiesOutput.listCounties.county[0]"]
        );
    }
    let none = r#"{"listCountiesOutput":{"responseCode":"STA-100","responseMessage":"-","listCounties":{"county":["a","b"]}}}"#;
    let server = answers(none);
    let error = client(&server, 1)
        .call(&ListCounties::new())
        .await
        .unwrap_err();
    assert_eq!(error.report().kind, "decode");
}

#[tokio::test]
async fn r6_a_bad_movement_costs_neither_the_state_nor_the_others() {
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    for (movements, count, drift) in [
        (
            format!(r#"[null,"x",{{"status":"GİRİŞ","statusDate":"2026-11-20","z":{deep}}}]"#),
            1,
            3,
        ),
        ("\"yok\"".to_owned(), 0, 1),
        (r#"{"movement":[{"status":"ÇIKIŞ"}]}"#.to_owned(), 1, 0),
    ] {
        let body = format!(
            r#"{{"responseCode":"STA-100","responseMessage":"-","shippingDeliveryState":{{"state":"TESLİM","z":{deep}}},"listOfShipments":[],"listOfMovements":{movements}}}"#
        );
        let server = answers(&body);
        let read = client(&server, 1)
            .track_order(&TrackOrder::new("KV-1"))
            .await
            .unwrap();
        assert_eq!(read.tracking.timeline.events().len(), count, "{movements}");
        let in_movements = unread(&read.drift);
        let in_movements = in_movements
            .iter()
            .filter(|path| path.contains("Movements"));
        assert_eq!(in_movements.count(), drift, "{movements}");
    }
}

#[tokio::test]
async fn r6_a_label_is_found_beside_what_nobody_reads() {
    let deep = format!("{}{}", "[".repeat(60), "]".repeat(60));
    let body = format!(
        r#"{{"response":{{"responseCode":"STA-100","responseMessage":"-","zpl":{deep},"Barcode":"01234567890001"}}}}"#
    );
    let server = answers(&body);
    let label = client(&server, 1)
        .call(&CreateLabel::new("KV-1"))
        .await
        .unwrap();
    assert_eq!(label.atf_id().unwrap().as_str(), "01234567890");
}

#[tokio::test]
async fn r7_a_success_is_not_lost_for_a_blank_a_tab_or_a_letter_case() {
    for (body, path, form) in [
        (
            r#"{"response":{"responseCode":" STA-100 ","responseMessage":"-"}}"#,
            "response.responseCode",
            Form::Blanks,
        ),
        (
            r#"{"response":{"responseCode":"sta-100","responseMessage":"-"}}"#,
            "response.responseCode",
            Form::LetterCase,
        ),
        (
            r#"{"response":{"ResponseCode":"STA-100","responseMessage":"-"}}"#,
            "response.ResponseCode",
            Form::LetterCase,
        ),
        (
            "{\"response\":{\"responseCode\":\"STA-100\",\"responseMessage\":\"Kayit\tislemi\"}}",
            "response.responseMessage",
            Form::ControlCharacter,
        ),
        (
            "{\"response\":{\"responseCode\":\"STA-100\t\",\"responseMessage\":\"-\"}}",
            "response.responseCode",
            Form::ControlCharacter,
        ),
    ] {
        let server = answers(body);
        let client = client(&server, 1);
        let created = client.call(&order()).await.unwrap();
        let noted = tolerated(&created.drift);
        assert!(noted.contains(&(path, form)), "{body}: {noted:?}");
        let raw = client.call(&RawCall::get("x")).await.unwrap();
        assert!(raw.is_success, "{body}");
    }
    let refused = r#"{"Response":{"RESPONSECODE":" err-20003 ","responseMessage":"-"}}"#;
    let server = answers(refused);
    let error = client(&server, 1).call(&order()).await.unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, RejectionKind::NumberTaken);
    for not_it in ["STA-1000", "STA 100", "STA-100x", "STA-10O"] {
        let body =
            format!(r#"{{"response":{{"responseCode":" {not_it} ","responseMessage":"-"}}}}"#);
        let server = answers(&body);
        let result = client(&server, 1).call(&order()).await;
        assert!(result.is_err(), "{not_it}");
    }
}

#[tokio::test]
async fn r8_additions_beside_what_is_known_are_drift() {
    let list = r#"{"responseCode":"STA-100","listCountiesOutput":{"responseCode":"STA-100","responseMessage":"-","Bilgi":{"Adet":"1"},"listCounties":{"county":[{"cityName":"ADANA","countyName":"ALADAĞ","plaka":"01"}],"Bilgi":{"Adet":"1"}}},"meta":{"responseCode":"sta-100"}}"#;
    let server = answers(list);
    let read = client(&server, 1).call(&ListCounties::new()).await.unwrap();
    assert_eq!(read.counties.len(), 1);
    let mut found = unread(&read.drift);
    found.sort_unstable();
    assert_eq!(
        found,
        [
            "listCountiesOutput.Bilgi",
            "listCountiesOutput.listCounties.Bilgi",
            "listCountiesOutput.listCounties.county[0].plaka",
            "meta",
            "responseCode"
        ]
    );
    // Two that differ still contradict each other.
    let differ = list.replace("sta-100", "ERR-20001");
    let server = answers(&differ);
    assert!(client(&server, 1).call(&ListCounties::new()).await.is_err());
}

#[tokio::test]
async fn r9_keys_of_any_length_are_taken_out_of_what_comes_back() {
    for key in ["KV", "a/b", "ANAHTAR", "key\"0123456789"] {
        let escaped = key.replace('"', "\\\"").replace('/', "\\/");
        let body = format!(
            r#"{{"responseCode":"STA-100","responseMessage":"Key: {escaped} ok","shippingDeliveryState":{{"state":"{escaped}"}},"{escaped}":"{escaped}","listOfShipments":[],"listOfMovements":[{{"status":"{escaped}","statusDate":"2026-11-20"}}]}}"#
        );
        let server = answers(&body);
        let client = client_of(&server, 1, key);
        let read = client.track_order(&TrackOrder::new("5")).await.unwrap();
        let shown = serde_json::to_string(&read).unwrap();
        let twice = key.replace('"', "\\\\\\\"");
        for form in [key, &*escaped, &*twice] {
            assert!(!shown.contains(form), "{form} in {shown}");
        }
    }
}

#[tokio::test]
async fn p3_the_movements_of_the_one_known_answer_have_their_states() {
    let movement = |date: &str, status: &str, problem: &str| {
        format!(
            r#"{{"requestNumber":"KV-1","atfNumber":"1","deliveryType":"ADRES","quantity":1,"desi":3,"status":"{status}","statusDate":"{date}","deliveryStatus":"TESLİM","deliveryProblem":{problem},"amount":0}}"#
        )
    };
    let movements = [
        movement("20.11.2026 10:30", "GİRİŞ", "null"),
        movement("2026-11-21T08:00:00", "TESLİM SORUN", "\"ADRES YETERSİZ\""),
        movement("21.11.2026", "TESLİM", "\"\""),
    ];
    let body = format!(
        r#"{{"responseCode":"STA-100","responseMessage":"-","shippingDeliveryState":{{"requestNumber":"KV-1","totalPieces":1,"deliveryStatus":"TESLİM"}},"listOfShipments":[],"listOfMovements":[{}]}}"#,
        movements.join(",")
    );
    let server = answers(&body);
    let read = client(&server, 1)
        .track_order(&TrackOrder::new("KV-1"))
        .await
        .unwrap();
    assert_eq!(read.tracking.status, TrackingStatus::Delivered);
    let events = read.tracking.timeline.events();
    let statuses: Vec<_> = events.iter().map(|event| event.status.clone()).collect();
    let expected = [
        Some(TrackingStatus::InTransit),
        None,
        Some(TrackingStatus::Delivered),
    ];
    // A day without a time is sorted as the carrier's own order says.
    assert_eq!(statuses.len(), 3);
    for status in &expected {
        assert!(statuses.contains(status), "{statuses:?}");
    }
    let failed = events.iter().find_map(|event| event.non_delivery.clone());
    let reason = NonDeliveryReason::Other("ADRES YETERSİZ".to_owned());
    assert_eq!(failed, Some(reason));
    let beside = unread(&read.drift);
    assert!(
        beside.contains(&"listOfMovements[0].deliveryStatus"),
        "{beside:?}"
    );
}

#[tokio::test]
async fn a_key_that_is_a_name_in_the_answer_is_not_in_an_error() {
    for answer in [
        format!(r#"{{"{KEY}":{{"responseCode":{{"a":1}}}}}}"#),
        format!(r#"{{"{KEY}":{{"responseCode":"STA-100","responseMessage":{{"a":1}}}}}}"#),
        format!(r#"{{"a{KEY}b":{{"responseCode":["STA-100"]}}}}"#),
    ] {
        let server = answers(&answer);
        let error = client(&server, 1).call(&order()).await.unwrap_err();
        let cause = std::error::Error::source(&error);
        let shown = format!(
            "{error} {error:?} {cause:?} {} {}",
            cause.map(ToString::to_string).unwrap_or_default(),
            serde_json::to_string(&error.report()).unwrap()
        );
        assert!(
            !shown.contains(KEY) && shown.contains("[redacted]"),
            "{shown}"
        );
    }
}
