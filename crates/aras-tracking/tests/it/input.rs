//! Texts as people type them, and impossible dates, through the public calls.

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::query::{
    Contract, FindManyBriefly, FindParcels, Incoming, PieceBarcode, RawQuery,
};
use aras_tracking::shipments::{
    CancelDispatch, FetchLabel, FindOrder, GetCargoInfo, GetCargoTransaction, GetDeliveryInfoOf,
    TransactionsOf,
};
use aras_tracking::{CustomerReference, Problem, QueryClient, QueryMethod};

use crate::support::{body, query_client, shipment_client};

fn offline() -> FaultServer {
    FaultServer::start(Fault::Script(Vec::new()))
}

fn client(server: &FaultServer) -> QueryClient {
    query_client(server, 1, QueryMethod::Json)
}

fn reference(text: &str) -> CustomerReference {
    CustomerReference::new(text).unwrap()
}

/// The code and path of each problem of a call.
macro_rules! problems {
    ($client:expr, $call:expr) => {
        $client
            .check(&$call)
            .iter()
            .map(|problem: &Problem| (problem.code(), problem.path().to_owned()))
            .collect::<Vec<_>>()
    };
}

/// The body of a call, without a login.
macro_rules! sent {
    ($client:expr, $call:expr) => {
        String::from_utf8($client.dry_run(&$call).unwrap().body).unwrap()
    };
}

#[tokio::test]
async fn t7_one_rule_for_every_text_of_a_call() {
    let server = offline();
    let client = shipment_client(&server, 1);
    for (text, codes) in [
        ("D-1", [].as_slice()),
        ("D\0-1", &["text.control_character"]),
        ("D-1\r\n2", &["line.line_ends"]),
        // Two more: a character that XML excludes, and a mark that a copy brings along.
        ("D-1\u{fffe}", &["text.control_character"]),
        ("D\u{200b}-1", &["line.invisible"]),
        ("1,01202E+14", &["text.shortened_by_spreadsheet"]),
        (" \u{a0}", &["text.missing"]),
    ] {
        let wanted =
            |path: &str| -> Vec<_> { codes.iter().map(|code| (*code, path.to_owned())).collect() };
        let documents = GetDeliveryInfoOf::new([text.to_owned()]);
        assert_eq!(
            problems!(client, documents),
            wanted("documents[0]"),
            "{text:?}"
        );
        let query = self::client(&server);
        let piece = aras_tracking::query::FindByBarcode::new(PieceBarcode::from(text));
        assert_eq!(problems!(query, piece), wanted("barcode"), "{text:?}");
    }
    let documents = GetDeliveryInfoOf::new(["D-1\r\n 2".to_owned()]);
    assert!(sent!(client, documents).contains(">D-1 2<"));
    // A reference may hold what no line has: it is checked in lists too.
    let many = FindManyBriefly::new([reference("1"), reference("2\u{fffe}")]);
    let found = problems!(self::client(&server), many);
    assert_eq!(
        found,
        [("text.control_character", "references[1]".to_owned())]
    );
    // A blank of any kind is one, in links too.
    let one = FindOrder::new(reference("1\u{2028}2"));
    assert_eq!(problems!(client, one), []);
    assert!(sent!(client, one).contains(">1 2<"));
}

#[tokio::test]
async fn t7_a_raw_call_keeps_what_it_is_given() {
    let server = offline();
    let client = client(&server);
    let raw = |text: &str| RawQuery::new(36).parameter("CampaignCode", text);
    for text in [" a\nb ", "s\u{327}", "a\u{200b}b", "a\tb"] {
        assert!(problems!(client, raw(text)).is_empty(), "{text:?}");
        assert!(
            sent!(client, raw(text)).contains(&format!("&gt;{text}&lt;")),
            "{text:?}"
        );
        let at = raw("1").address_id(text);
        assert!(
            sent!(client, at).contains(&format!("&gt;{text}&lt;")),
            "{text:?}"
        );
    }
    for text in ["a\0", "a\r\nb", "\u{ffff}"] {
        let found = problems!(client, raw(text).address_id(text));
        let paths: Vec<_> = found.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["parameters[0]", "address_id"], "{text:?}");
        assert!(client.dry_run(&raw(text)).is_err());
    }
    // No blank that anybody sees.
    let found = problems!(client, raw("1").address_id("\u{a0}"));
    assert_eq!(found, [("text.missing", "address_id".to_owned())]);
}

#[tokio::test]
async fn t10_both_spellings_are_one_on_the_wire() {
    let server = offline();
    let (query, shipments) = (client(&server), shipment_client(&server, 1));
    for (parts, whole) in [
        ("S\u{327}I\u{307}S\u{327}E-1", "ŞİŞE-1"),
        ("go\u{308}ru\u{308}s\u{327}-2", "görüş-2"),
        // Two more: letters of other languages, and blanks around.
        ("e\u{301}cole-3", "école-3"),
        (" n\u{303}-4\u{a0}", "ñ-4"),
    ] {
        let (parts_too, whole_too) = (reference(parts), reference(whole));
        macro_rules! same {
            ($client:expr, $call:expr) => {
                let call = $call;
                let bodies = [&parts_too, &whole_too].map(|one| sent!($client, call(one.clone())));
                assert_eq!(bodies[0], bodies[1]);
                assert!(
                    bodies[0].contains(&format!("{whole}<"))
                        || bodies[0].contains(&format!("{whole}&lt;"))
                );
            };
        }
        same!(query, |one: CustomerReference| FindParcels::new(one));
        same!(query, |one: CustomerReference| FindManyBriefly::new([one]));
        same!(shipments, CancelDispatch::new);
        same!(shipments, FindOrder::new);
        same!(shipments, GetCargoInfo::new);
        same!(shipments, GetCargoTransaction::new);
        same!(shipments, FetchLabel::new);
        // Texts that are no reference: a contract, a number of a bar code, a code.
        for (one, other) in [
            (
                sent!(
                    query,
                    aras_tracking::query::ParcelsOfContract::new(Contract::new(
                        parts,
                        reference("1")
                    ))
                ),
                sent!(
                    query,
                    aras_tracking::query::ParcelsOfContract::new(Contract::new(
                        whole,
                        reference("1")
                    ))
                ),
            ),
            (
                sent!(
                    query,
                    aras_tracking::query::FindIncoming::new(Incoming::Barcode(parts.to_owned()))
                ),
                sent!(
                    query,
                    aras_tracking::query::FindIncoming::new(Incoming::Barcode(whole.to_owned()))
                ),
            ),
            (
                sent!(
                    shipments,
                    GetCargoTransaction::new(TransactionsOf::from(reference("1")).code(parts))
                ),
                sent!(
                    shipments,
                    GetCargoTransaction::new(TransactionsOf::from(reference("1")).code(whole))
                ),
            ),
        ] {
            assert_eq!(one, other);
        }
        let keys = [
            shipments.prepare(&CancelDispatch::new(parts_too)).await,
            shipments.prepare(&CancelDispatch::new(whole_too)).await,
        ];
        let keys = keys.map(|attempt| attempt.unwrap().key().to_owned());
        let key = kervan_turkiye::text::fold_letters(whole);
        assert_eq!(keys, [key.as_str(), key.as_str()]);
    }
}

#[tokio::test]
async fn t12_an_empty_date_of_net_is_no_date() {
    // The last two are more: a zone, and American settings.
    for empty in [
        "0001-01-01T00:00:00",
        "0001-01-01T00:00:00+03:00",
        "1/1/0001 12:00:00 AM",
    ] {
        let row = serde_json::json!({"QueryResult": {"Collection": {
            "MUSTERI_OZEL_KODU": "KV-1", "CIKIS_TARIHI": empty, "TESLIM_TARIHI": empty,
            "ISLEM_TARIHI": empty, "VALOUR_DATE": empty, "ODEME_TARIHI": empty,
            "TAHSILAT_TUTARI": "149.90",
        }}});
        let answer = body("GetQueryJSON", &row.to_string());
        let answer = Format::Xml.answer(200, answer.as_bytes());
        let server = FaultServer::start(Fault::Answer(answer));
        let found = client(&server)
            .call(&FindParcels::new(reference("KV-1")))
            .await;
        let parcel = &found.unwrap().value.rows[0];
        let collection = parcel.collection.as_ref().unwrap();
        let dates = [
            &parcel.waybill_date,
            &parcel.delivered_at,
            &parcel.last_step_at,
            &collection.due,
            &collection.paid_at,
        ];
        assert_eq!(dates, [&None; 5], "{empty}");
        // The texts are kept among the rest.
        assert_eq!(parcel.other.len(), 5, "{empty}");
    }
}
