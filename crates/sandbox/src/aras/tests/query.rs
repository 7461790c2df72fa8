//! The query service: types, forms, and what it refuses.

use super::hosted::step;
use super::*;
use crate::{Hosted, Refused};

/// A request of the query service. `query` is the inside of `QueryInfo`.
pub(super) fn query_as(method: &str, login: &str, query: &str) -> Request {
    let inner = |name: &str, text: &str| {
        let text = format!("<{name}>{text}</{name}>");
        quick_xml::escape::escape(text.as_str()).into_owned()
    };
    let (login, query) = (inner("LoginInfo", login), inner("QueryInfo", query));
    let body = format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><{method} \
         xmlns=\"http://tempuri.org/\"><loginInfo>{login}</loginInfo><queryInfo>{query}</queryInfo>\
         </{method}></s:Body></s:Envelope>"
    );
    let action = format!("\"http://tempuri.org/IArasCargoIntegrationService/{method}\"");
    let headers = [("SOAPAction", action.as_str())];
    Request::new("POST", "/ArasCargoIntegrationService.svc", &headers, body)
}

pub(super) const LOGIN: &str = "<UserName>neodyum</UserName><Password>nd2580</Password>\
                                <CustomerCode>1932448851342</CustomerCode><AddressID>7</AddressID>";

/// Returns the text of the result.
pub(super) fn ask(world: &mut Aras, method: &str, query: &str) -> (String, Option<Refused>) {
    let request = query_as(method, LOGIN, query);
    let (answer, _) = world.handle(&request, NOON, &mut Chance::new(1));
    let result = xml::call(&answer.body).and_then(|call| call.children.first().cloned());
    (result.unwrap_or_default().text, answer.refused)
}

pub(super) fn json(world: &mut Aras, kind: &str, parameters: &str) -> serde_json::Value {
    let query = format!("<QueryType>{kind}</QueryType>{parameters}");
    let (text, refused) = ask(world, "GetQueryJSON", &query);
    assert_eq!(refused, None, "{kind}: {text}");
    let value: serde_json::Value = serde_json::from_str(&text).unwrap();
    value["QueryResult"].clone()
}

/// A parcel `KV-1` with two pieces, for which 349.90 is collected.
fn parcel() -> Aras {
    let mut world = Aras::demo();
    let add = r#"{"step": "add_parcel", "code": "KV-1", "tracking_number": "6513000001001",
        "cargo_code": "0805513000001331600", "waybill": "AB000001", "pieces": ["P-1", "P-2"],
        "desi": "3.5", "weight": "2", "collection": "349.90", "reference": "F-1"}"#;
    step(&mut world, add).unwrap();
    world
}

fn go(world: &mut Aras, to: &str) {
    step(
        world,
        &format!(r#"{{"step": "move", "key": "KV-1", "to": {to}}}"#),
    )
    .unwrap();
}

const CODE: &str = "<IntegrationCode>KV-1</IntegrationCode>";

#[test]
fn the_services_are_at_their_addresses() {
    let mut world = world();
    let path = |name: &str| {
        let mut services = Aras::SERVICES.iter();
        let found = services.find(|(listed, _)| *listed == name).unwrap();
        found.1
    };
    let mut query = query_as("GetQueryJSON", LOGIN, "<QueryType>1</QueryType>");
    let mut read = by_code("GetOrderWithIntegrationCode", "KV-1001");
    for (right, wrong) in [("query", "shipments"), ("shipments", "query")] {
        let request = if right == "query" {
            &mut query
        } else {
            &mut read
        };
        request.path = path(wrong).to_owned();
        assert_eq!(
            world.handle(request, NOON, &mut Chance::new(1)).0.status,
            500
        );
        request.path = path(right).to_owned();
        assert_eq!(
            world.handle(request, NOON, &mut Chance::new(1)).0.status,
            200
        );
    }
    let page = format!("{}/mainpage.aspx?code=1", path("pages"));
    let page = Request::new("GET", &page, &[], "");
    assert_eq!(world.handle(&page, NOON, &mut Chance::new(1)).0.status, 200);
}

#[test]
fn type_1_has_its_columns_in_the_order_of_the_wire() {
    let mut world = parcel();
    go(&mut world, r#""delivered", "received_by": "KAPICI""#);
    let query = format!("<QueryType>1</QueryType>{CODE}");
    let (text, _) = ask(&mut world, "GetQueryJSON", &query);
    let names: Vec<&str> = text
        .split("\":\"")
        .filter_map(|part| part.rsplit('"').next())
        .collect();
    let expected = "MUSTERI_OZEL_KODU IRSALIYE_NUMARA GONDERICI ALICI KARGO_TAKIP_NO CIKIS_SUBE \
                    VARIS_SUBE CIKIS_TARIH ADET DESI ODEME_TIPI TUTAR REFERANS TESLIM_ALAN \
                    TESLIM_TARIHI TESLIM_SAATI VARIS_KODU TIP_KODU DURUM_KODU DURUMU IADE_SEBEBI \
                    KARGO_LINK_NO WORLDWIDE KARGO_KODU DURUM_EN DEVIR_KODU ISLEM_TARIHI \
                    HACIMSEL_AGIRLIK AGIRLIK";
    assert_eq!(
        names[..names.len() - 1],
        expected.split_whitespace().collect::<Vec<_>>()
    );
    let row = &json(&mut world, "1", CODE)["Cargo"];
    for (name, value) in [
        ("CIKIS_TARIH", "2026-11-27T00:00:00+03:00"),
        ("TESLIM_TARIHI", "27.11.2026"),
        ("TESLIM_SAATI", "12:00"),
        ("ISLEM_TARIHI", "2026-11-27T12:00:00"),
        ("ADET", "2"),
        ("DESI", "3.500"),
        ("ODEME_TIPI", "ÜG"),
        ("TESLIM_ALAN", "KAPICI"),
        ("DURUM_KODU", "6"),
        ("VARIS_KODU", "0616"),
    ] {
        assert_eq!(row[name], value, "{name}");
    }
}

#[test]
fn nothing_is_there_before_the_waybill() {
    let mut world = world();
    let code = "<IntegrationCode>KV-1001</IntegrationCode>";
    assert_eq!(json(&mut world, "1", code), serde_json::Value::Null);
    step(&mut world, r#"{"step": "accept", "code": "KV-1001"}"#).unwrap();
    let row = &json(&mut world, "1", code)["Cargo"];
    assert_eq!(
        (&row["DURUM_KODU"], &row["TESLIM_ALAN"]),
        (&"1".into(), &serde_json::Value::Null)
    );
    // The waybill is cut, and nothing has moved.
    assert_eq!(json(&mut world, "9", code), serde_json::Value::Null);
}

#[test]
fn every_state_has_its_codes() {
    let states = [
        (r#""in_transfer""#, "1", "2"),
        (r#""at_delivery_branch""#, "1", "3"),
        (r#""out_for_delivery""#, "1", "4"),
        (r#""undelivered", "reason": "KE""#, "1", "3"),
        (r#""partly_delivered""#, "1", "5"),
        (r#""redirected""#, "2", "7"),
        (r#""returning", "reason": "KABUL ETMEDİ""#, "3", "2"),
        (r#""returned""#, "3", "6"),
    ];
    let mut world = parcel();
    for (state, kind, status) in states {
        go(&mut world, state);
        let row = &json(&mut world, "1", CODE)["Cargo"];
        assert_eq!(
            (&row["TIP_KODU"], &row["DURUM_KODU"]),
            (&kind.into(), &status.into()),
            "{state}"
        );
    }
    let row = &json(&mut world, "1", CODE)["Cargo"];
    assert_eq!(
        (&row["IADE_SEBEBI"], &row["DEVIR_KODU"]),
        (&"KABUL ETMEDİ".into(), &"KE".into())
    );
}

#[test]
fn each_type_selects_its_parcels() {
    let day = "<Date>27.11.2026</Date>";
    let other = "<Date>28.11.2026</Date>";
    let period = "<StartDate>01-11-2026</StartDate><EndDate>27/11/2026</EndDate>";
    let earlier = "<StartDate>01.11.2026</StartDate><EndDate>26.11.2026</EndDate>";
    let contract = format!("<AccountContractID>C</AccountContractID>{CODE}");
    let of_contract =
        "<AccountContractID>C</AccountContractID><IntegrationCode>KV-2</IntegrationCode>";
    let number = "<TrackingNumber>6513000001001</TrackingNumber>";
    let wrong_number = "<TrackingNumber>6513000001002</TrackingNumber>";
    let piece = "<IntegrationCode>P-2</IntegrationCode>";
    let barcode = "<Barcode>1108055130000013316000916000010022</Barcode>";
    let wrong_barcode = "<Barcode>1108055130000013316000916000010033</Barcode>";
    let collected = "<DateType>3</DateType>";
    let both = "<IntegrationCode>KV-2, KV-1</IntegrationCode>";
    let wrong = "<IntegrationCode>KV-2</IntegrationCode>";
    let cases = [
        ("1", number, wrong_number, "delivered"),
        ("2", day, other, "in_transfer"),
        ("3", day, other, "delivered"),
        ("4", day, other, "delivered"),
        ("6", day, other, "redirected"),
        ("8", day, other, "returned"),
        ("9", number, wrong_number, "in_transfer"),
        ("11", both, wrong, "delivered"),
        ("12", period, earlier, "in_transfer"),
        ("13", period, earlier, "in_transfer"),
        ("14", number, wrong_number, "in_transfer"),
        ("15", CODE, wrong, "in_transfer"),
        ("16", period, earlier, "undelivered"),
        ("18", period, earlier, "in_transfer"),
        ("19", period, earlier, "undelivered"),
        ("21", piece, CODE, "in_transfer"),
        ("24", barcode, wrong_barcode, "in_transfer"),
        ("25", collected, "<DateType>2</DateType>", "delivered"),
        ("37", CODE, wrong, "in_transfer"),
        ("39", both, wrong, "in_transfer"),
        ("40", &contract, of_contract, "in_transfer"),
        ("41", period, earlier, "in_transfer"),
        ("100", both, wrong, "in_transfer"),
        ("101", CODE, wrong, "in_transfer"),
        ("102", CODE, wrong, "in_transfer"),
    ];
    for (kind, found, empty, state) in cases {
        let mut world = parcel();
        go(&mut world, &format!(r#""{state}", "reason": "NT""#));
        let rows = json(&mut world, kind, found);
        assert!(rows.is_object(), "{kind}: {rows}");
        assert_eq!(
            json(&mut world, kind, empty),
            serde_json::Value::Null,
            "{kind}"
        );
    }
    let mut world = parcel();
    assert_eq!(json(&mut world, "5", ""), serde_json::Value::Null);
    assert_eq!(json(&mut world, "31", "")["Cargo"]["Count"], "0");
    go(&mut world, r#""undelivered", "reason": "ŞA""#);
    assert_eq!(json(&mut world, "5", "")["Cargo"]["DEVIR_KODU"], "ŞA");
    go(&mut world, r#""delivered""#);
    assert_eq!(json(&mut world, "5", ""), serde_json::Value::Null);
    assert_eq!(json(&mut world, "31", "")["Cargo"]["Count"], "1");
    assert_eq!(
        json(&mut world, "10", "")["Cargo"]
            .as_array()
            .unwrap()
            .len(),
        8
    );
    // Incoming parcels are those of type 30, and of no other one.
    let ktf = "<KtfBarcodeNo>0000805513000001331600</KtfBarcodeNo>";
    for parameters in [period, CODE, number, barcode, ktf] {
        let mut world = parcel();
        assert_eq!(json(&mut world, "30", parameters), serde_json::Value::Null);
        world.parcels[0].is_incoming = true;
        assert!(
            json(&mut world, "30", parameters).is_object(),
            "{parameters}"
        );
        assert_eq!(json(&mut world, "1", CODE), serde_json::Value::Null);
    }
}

#[test]
fn collected_money_is_paid_a_week_after_the_delivery() {
    let mut world = parcel();
    go(&mut world, r#""delivered""#);
    let row = &json(&mut world, "39", CODE)["Collection"];
    assert_eq!(row["TAHSILAT_TUTARI"], "349.90");
    assert_eq!(
        (&row["TAHSILAT_TIPI"], &row["ODEMETARIHI"]),
        (&"1".into(), &serde_json::Value::Null)
    );
    assert_eq!(row["VALOUR_DATE"], "2026-12-04T00:00:00");
    let query = format!("<QueryType>39</QueryType>{CODE}");
    let request = query_as("GetQueryJSON", LOGIN, &query);
    let later = NOON.plus(7 * 86_400_000);
    let (answer, _) = world.handle(&request, later, &mut Chance::new(1));
    assert!(
        answer.text().contains("ODEMETARIHI\":\"04.12.2026"),
        "{}",
        answer.text()
    );
}

#[test]
fn the_three_methods_have_their_forms() {
    let mut world = parcel();
    world.parcels[0].recipient = "AYŞE & <ÖRNEK>".to_owned();
    let query = format!("<QueryType>1</QueryType>{CODE}");
    let (text, _) = ask(&mut world, "GetQueryXML", &query);
    assert!(
        text.starts_with("<?xml version=\"1.0\" encoding=\"utf-16\"?><QueryResult><Cargo>"),
        "{text}"
    );
    assert!(
        text.contains("<ALICI>AYŞE &amp; &lt;ÖRNEK&gt;</ALICI>"),
        "{text}"
    );
    let request = query_as("GetQueryDS", LOGIN, &query);
    let (answer, _) = world.handle(&request, NOON, &mut Chance::new(1));
    let call = xml::call(&answer.body).unwrap();
    let diffgram = call.children[0].child("diffgram").unwrap();
    let row = diffgram
        .child("NewDataSet")
        .and_then(|set| set.child("Table"))
        .unwrap();
    assert_eq!(row.child("ALICI").unwrap().text, "AYŞE & <ÖRNEK>");
    let tables = query_as(
        "GetQueryDS",
        LOGIN,
        &format!("<QueryType>26</QueryType>{CODE}"),
    );
    let (answer, _) = world.handle(&tables, NOON, &mut Chance::new(1));
    assert!(
        answer
            .text()
            .contains("<Table diffgr:id=\"Table1\" msdata:rowOrder=\"0\">")
    );
    assert!(!answer.text().contains("<Table2 "));
}

#[test]
fn a_query_is_refused_as_documented() {
    let refusals = |world: &mut Aras, login: &str, query: &str| {
        let request = query_as("GetQueryJSON", login, query);
        let (answer, effects) = world.handle(&request, NOON, &mut Chance::new(1));
        assert_eq!(effects, []);
        let refused = answer.refused.clone().unwrap();
        (answer.status, refused.code, answer.text())
    };
    let mut world = parcel();
    let one = format!("<QueryType>1</QueryType>{CODE}");
    for part in ["neodyum", "nd2580"] {
        let (status, code, text) = refusals(&mut world, &LOGIN.replace(part, "x"), &one);
        assert_eq!((status, code.as_str()), (500, "s:Client"));
        assert!(text.contains("<faultcode>s:Client</faultcode>"), "{text}");
    }
    let (status, _, text) = refusals(&mut world, &LOGIN.replace("1932448851342", "1"), &one);
    assert!(
        status == 200 && text.contains("{\"QueryResult\":null}"),
        "{text}"
    );
    let (_, _, text) = refusals(&mut world, LOGIN, "<QueryType>99</QueryType>");
    assert!(text.contains("Sorgu tipi için yetkiniz"), "{text}");
    for bad in [
        "",
        "<Date>2026-11-27</Date>",
        "<date>27.11.2026</date>",
        "<Date>31.02.2026</Date>",
    ] {
        let (status, code, _) =
            refusals(&mut world, LOGIN, &format!("<QueryType>2</QueryType>{bad}"));
        assert_eq!(
            (status, code.as_str()),
            (500, "a:InternalServiceFault"),
            "{bad}"
        );
    }
    let week =
        "<QueryType>101</QueryType><StartDate>01.11.2026</StartDate><EndDate>09.11.2026</EndDate>";
    assert!(refusals(&mut world, LOGIN, week).2.contains("bir haftalık"));
    let (status, ..) = refusals(&mut world, LOGIN, "<QueryType>23</QueryType>");
    assert_eq!(status, 501);
    for query in [
        "<QueryType>1</QueryType>".to_owned(),
        format!("<QueryType>26</QueryType>{CODE}"),
        format!("<QueryType>39</QueryType><CustomerCode>1</CustomerCode>{CODE}"),
        "<QueryType>25</QueryType><DateType>4</DateType>".to_owned(),
        "<QueryType>41</QueryType><StartDate>01.09.2026</StartDate><EndDate>02.10.2026</EndDate>"
            .to_owned(),
        "<QueryType>41</QueryType><StartDate>01.09.2025</StartDate><EndDate>02.09.2025</EndDate>"
            .to_owned(),
    ] {
        assert_eq!(refusals(&mut world, LOGIN, &query).0, 200, "{query}");
    }
    world.settings_mut().method = Some(Method::Xml);
    let (_, _, text) = refusals(&mut world, LOGIN, &one);
    assert!(
        text.contains("<GetQueryJSONResult></GetQueryJSONResult>"),
        "{text}"
    );
}

#[test]
fn the_two_services_do_not_know_each_other() {
    let mut world = parcel();
    let mut chance = Chance::new(1);
    let mut query = query_as(
        "GetQueryJSON",
        LOGIN,
        &format!("<QueryType>1</QueryType>{CODE}"),
    );
    assert_eq!(world.operation(&query), "GetQueryJSON-1");
    assert!(world.is_read(&query));
    query.path = "/arascargoservice.asmx".to_owned();
    assert_eq!(
        world
            .handle(&query, NOON, &mut chance)
            .0
            .refused
            .unwrap()
            .code,
        "soap:Client"
    );
    query.path = "/ArasCargoService.asmx".to_owned();
    assert_eq!(world.handle(&query, NOON, &mut chance).0.status, 404);
    let mut cancel = by_code("CancelDispatch", "KV-1");
    assert_eq!(world.operation(&cancel), "CancelDispatch");
    assert_eq!(world.own_key(&cancel).as_deref(), Some("KV-1"));
    cancel.path = "/ArasCargoIntegrationService.svc".to_owned();
    let (answer, _) = world.handle(&cancel, NOON, &mut chance);
    assert_eq!(answer.refused.unwrap().code, "a:ActionNotSupported");
}
