//! Tables, deliveries and labels of the shipment service.

use super::hosted::step;
use super::*;

fn call(name: &str, arguments: &str) -> Request {
    let user = match name {
        "GetBarcode" | "GetArasBarcode" | "GetLabelDummy" => {
            "<Username>neodyum</Username><Password>nd2580</Password>"
        }
        "GetAddressList"
        | "GetAddresById"
        | "GetDeliveryInfo"
        | "GetDeliveryInfodocID"
        | "GetOrderWithIntegrationCode" => {
            "<userName>neodyum</userName><password>nd2580</password>"
        }
        "GetAddressById" => "",
        _ => "<username>neodyum</username><password>nd2580</password>",
    };
    let mut request = request(name, arguments);
    let body = String::from_utf8(request.body).unwrap();
    let usual = "<userName>neodyum</userName><password>nd2580</password>";
    request.body = body.replace(usual, user).into_bytes();
    request
}

const CODE: &str = "<integrationCode>KV-1001</integrationCode>";

fn ask(world: &mut Aras, name: &str, arguments: &str) -> Answer {
    world
        .handle(&call(name, arguments), NOON, &mut Chance::new(1))
        .0
}

#[test]
fn labels_have_a_tracking_number_once_the_waybill_is_cut() {
    let mut world = Aras::demo();
    let register = r#"{"step": "register", "code": "KV-1001", "members": {"ReceiverName": "A"},
        "pieces": [{"BarcodeNumber": "P-1", "VolumetricWeight": "4"}, {"BarcodeNumber": "P-2"}]}"#;
    step(&mut world, register).unwrap();
    let before = ask(&mut world, "GetBarcode", CODE);
    assert_eq!(before.refused, None);
    let text = before.text();
    assert!(
        text.contains("<Barcode>P-2</Barcode>") && !text.contains("TrackingNumber"),
        "{text}"
    );
    assert!(
        text.contains("<Volume>4</Volume>") && text.contains("<ResultCode>0</ResultCode>"),
        "{text}"
    );
    step(&mut world, r#"{"step": "cut_waybill", "code": "KV-1001"}"#).unwrap();
    let parcel = world.parcel("KV-1001").unwrap().clone();
    let text = ask(&mut world, "GetBarcode", CODE).text();
    for part in [
        format!(
            "<TrackingNumber>{}</TrackingNumber>",
            parcel.tracking_number
        ),
        format!("<Barcode>{}</Barcode>", parcel.piece_barcodes()[1]),
        "<WaybillSerial>AB</WaybillSerial>".to_owned(),
        "<PieceNumber>2</PieceNumber><PieceCount>2</PieceCount>".to_owned(),
    ] {
        assert!(text.contains(&part), "{part}: {text}");
    }
}

#[test]
fn tables_are_data_sets_of_one_parcel() {
    let mut world = Aras::demo();
    step(&mut world, r#"{"step": "add_parcel", "code": "KV-1001", "waybill": "AB000009", "dispatch_note": "S-9"}"#).unwrap();
    step(
        &mut world,
        r#"{"step": "move", "key": "KV-1001", "to": "in_transfer"}"#,
    )
    .unwrap();
    step(
        &mut world,
        r#"{"step": "move", "key": "KV-1001", "to": "delivered"}"#,
    )
    .unwrap();
    let account = format!("<customerCode>1932448851342</customerCode>{CODE}");
    let text = ask(&mut world, "GetCargoInfo", &account).text();
    assert!(text.contains("<IrsData diffgr:id=\"IrsData1\""), "{text}");
    assert!(text.contains("<DURUM_KODU>6</DURUM_KODU>"), "{text}");
    let text = ask(
        &mut world,
        "GetCargoTransaction",
        &format!("<code></code>{CODE}"),
    )
    .text();
    assert_eq!(text.matches("<WEBCARGODATA13 ").count(), 2, "{text}");
    let text = ask(
        &mut world,
        "GetCargoTransaction",
        &format!("<code>C-1</code>{CODE}"),
    )
    .text();
    assert!(
        !text.contains("<NewDataSet") && text.contains("<diffgr:diffgram"),
        "{text}"
    );
    let documents =
        "<language>tr</language><docID><string>AB000009</string><string>X</string></docID>";
    let text = ask(&mut world, "GetDeliveryInfodocID", documents).text();
    assert_eq!(text.matches("<DeliveryInfo>").count(), 1, "{text}");
    assert!(
        text.contains("<OrgDocNumber>S-9</OrgDocNumber><DocID>AB000009</DocID>"),
        "{text}"
    );
    let text = ask(
        &mut world,
        "GetDeliveryInfo",
        "<language>tr</language><recordCount>5</recordCount>",
    )
    .text();
    assert!(
        text.contains("<DeliveryPerson>AYŞE ÖRNEK</DeliveryPerson>"),
        "{text}"
    );
}

#[test]
fn a_read_is_refused_by_login_account_and_right() {
    let mut world = world();
    let customer = format!("<customerCode>1</customerCode>{CODE}");
    let answer = ask(&mut world, "GetCargoInfo", &customer);
    assert!(answer.refused.is_some() && !answer.text().contains("<NewDataSet"));
    assert_eq!(
        ask(
            &mut world,
            "GetBarcode",
            "<integrationCode>X</integrationCode>"
        )
        .refused
        .unwrap()
        .code,
        "-1"
    );
    // Another spelling of the login is not bound.
    let (answer, _) = world.handle(&request("GetBarcode", CODE), NOON, &mut Chance::new(1));
    assert_eq!(answer.refused.unwrap().code, "-2");
    let (answer, _) = world.handle(
        &request("GetCargoTransaction", CODE),
        NOON,
        &mut Chance::new(1),
    );
    assert!(answer.refused.is_some());
    world.settings_mut().only_orders = true;
    for (name, arguments) in [("GetBarcode", CODE), ("GetCargoTransaction", CODE)] {
        let answer = ask(&mut world, name, arguments);
        assert!(
            answer.refused.is_some() && answer.text().contains("Yetkiniz yok."),
            "{name}"
        );
    }
    assert_eq!(
        ask(&mut world, "GetOrderWithIntegrationCode", CODE).refused,
        None
    );
}

#[test]
fn pdf_files_and_a_number_are_in_the_calls_that_have_them() {
    let mut world = Aras::demo();
    let register = r#"{"step": "register", "code": "KV-1001", "members": {"ReceiverName": "A"},
        "pieces": [{"BarcodeNumber": "P-1", "VolumetricWeight": "4"}]}"#;
    step(&mut world, register).unwrap();
    let texts = ["GetBarcode", "GetArasBarcode", "GetLabelDummy"]
        .map(|name| ask(&mut world, name, CODE).text());
    let has = |part: &str| texts.each_ref().map(|text| text.contains(part));
    assert_eq!(has("</ZebraEpl><ZebraPdf>"), [false, true, true]);
    assert_eq!(has("TrackingNumber"), [false; 3]);
    world.cut_waybill("KV-1001");
    let text = ask(&mut world, "GetLabelDummy", CODE).text();
    let number = &world.parcel("KV-1001").unwrap().tracking_number;
    let beside = format!("</ResultCode><TrackingNumber>{number}</TrackingNumber>");
    assert!(text.contains(&beside), "{text}");
}

/// Returns the rows of a table in an answer.
fn count(answer: &Answer) -> usize {
    answer.text().matches("diffgr:id=").count()
}

#[test]
fn searches_find_a_parcel_by_each_of_its_numbers() {
    let mut world = world();
    world.cut_waybill("KV-1001");
    let parcel = world.parcel("KV-1001").unwrap().clone();
    let (series, number) = parcel.waybill.split_at(2);
    let mut rows = |name: &str, arguments: &str| count(&ask(&mut world, name, arguments));
    let waybill = format!("<seri>{series}</seri><document_no>{number}</document_no>");
    assert_eq!(rows("GetCargoSearch", &waybill), 1);
    assert_eq!(
        rows(
            "GetCargoSearch",
            "<seri>ZZ</seri><document_no>1</document_no>"
        ),
        0
    );
    assert_eq!(rows("GetCargoSearch", "<ref_code>F-9</ref_code>"), 0);
    assert_eq!(rows("GetCargoSearch", ""), 0);
    let code = format!("<code>{}</code>", parcel.tracking_number);
    assert_eq!(rows("GetCargoSearchByCode", &code), 1);
    let barcode = format!("<barcode>{}</barcode>", parcel.piece_barcodes()[0]);
    assert_eq!(rows("GetSortedCargoInfo", &barcode), 1);
    assert_eq!(rows("GetSortedCargoInfo", "<barcode></barcode>"), 0);
    let id = format!("<waybillId>{}</waybillId>", labels::waybill_id(&parcel));
    assert_eq!(rows("GetCargoTransactionByWaybillId", &id), 0);
    step(
        &mut world,
        r#"{"step": "move", "key": "KV-1001", "to": "in_transfer"}"#,
    )
    .unwrap();
    assert_eq!(
        count(&ask(&mut world, "GetCargoTransactionByWaybillId", &id)),
        1
    );
}

#[test]
fn a_return_an_attempt_and_a_day_are_found_in_their_own_lists() {
    let mut world = world();
    world.cut_waybill("KV-1001");
    let account = "<customerCode>1932448851342</customerCode>";
    let day = format!("{account}<tarih>27.11.2026</tarih>");
    let ukod = format!("{account}<ukod>1</ukod>{CODE}");
    let rows = |world: &mut Aras| {
        [
            ("GetCargoSendList", day.as_str()),
            ("GetCargoPieceList", &day),
            ("GetUndeliveredCargoSearch", CODE),
            ("GetWaitingCargoList", account),
            ("GetRedirectionList", &day),
            ("GetCargoReturn", &ukod),
            ("GetBackList", &day),
            ("GetDeliveryList", &day),
        ]
        .map(|(name, arguments)| count(&ask(world, name, arguments)))
    };
    let to = |world: &mut Aras, to: &str| {
        let json = format!(r#"{{"step": "move", "key": "KV-1001", "to": "{to}", "reason": "NT"}}"#);
        step(world, &json).unwrap();
    };
    assert_eq!(rows(&mut world), [1, 1, 0, 0, 0, 0, 0, 0]);
    to(&mut world, "undelivered");
    assert_eq!(rows(&mut world), [1, 1, 1, 1, 0, 0, 0, 0]);
    to(&mut world, "redirected");
    assert_eq!(rows(&mut world), [1, 1, 0, 0, 1, 0, 0, 0]);
    to(&mut world, "returned");
    assert_eq!(rows(&mut world), [1, 1, 0, 0, 1, 1, 1, 0]);
    let delivered_on = format!("{account}<testarih>27.11.2026</testarih>");
    assert_eq!(
        count(&ask(&mut world, "GetDeliveryList2", &delivered_on)),
        0
    );
    let odd = format!("{account}<ukod>x</ukod>{CODE}");
    assert_eq!(ask(&mut world, "GetCargoReturn", &odd).status, 500);
}

#[test]
fn places_addresses_and_prices_are_listed() {
    let mut world = world();
    let mut rows = |name: &str, arguments: &str| count(&ask(&mut world, name, arguments));
    assert_eq!(rows("GetCityList", ""), 6);
    assert_eq!(rows("GetTown", "<il>35</il>"), 2);
    assert_eq!(rows("GetTown", "<il>99</il>"), 0);
    assert_eq!(
        [
            rows("GetUnit", ""),
            rows("GetUnitBranch", ""),
            rows("GetUnitCard", "")
        ],
        [9, 8, 8]
    );
    assert_eq!(
        [rows("GetRegions", ""), rows("GetParentUnitAddress", "")],
        [4, 1]
    );
    assert_eq!(
        [
            rows("GetServiceList", ""),
            rows("GetServiceType", "<service>3</service>")
        ],
        [4, 1]
    );
    assert_eq!(
        rows("GetUnitAddress", "<il>İZMİR</il><ilce>BORNOVA</ilce>"),
        1
    );
    let way = "<gonderici_ilkodu>06</gonderici_ilkodu><alici_ilkodu>35</alici_ilkodu>";
    assert_eq!(rows("GetDuration", way), 1);
    let price = format!("<desi>2</desi>{way}<serviceid>1</serviceid><ekserviceid>3</ekserviceid>");
    let text = ask(&mut world, "GetPriceCalculation", &price).text();
    assert!(
        text.contains("<TUTAR>50.50</TUTAR><KDV>10.10</KDV><TOPLAM>60.60</TOPLAM>"),
        "{text}"
    );
    let unknown = price.replace("<serviceid>1<", "<serviceid>77<");
    assert_eq!(count(&ask(&mut world, "GetPriceCalculation", &unknown)), 0);
    assert_eq!(ask(&mut world, "GetPriceCalculation", way).status, 500);
    let addresses = ask(&mut world, "GetAddressList", "").text();
    assert_eq!(
        addresses.matches("<CustomerAddress>").count(),
        2,
        "{addresses}"
    );
    let one = ask(&mut world, "GetAddresById", "<AddresId>13</AddresId>").text();
    assert!(
        one.contains("<AddressIntegrationCode>DEPO-2</AddressIntegrationCode>"),
        "{one}"
    );
    let none = ask(
        &mut world,
        "GetAddresById",
        "<AddresId>13</AddresId><AddressIntegrationCode>DEPO-1</AddressIntegrationCode>",
    );
    assert!(!none.text().contains("AddressId"), "{}", none.text());
    let within = |ids: &str| {
        format!("<request><Username>neodyum</Username><Password>nd2580</Password>{ids}</request>")
    };
    let found = ask(
        &mut world,
        "GetAddressById",
        &within("<CustomerAddressId>34</CustomerAddressId>"),
    );
    assert!(found.refused.is_none() && found.text().contains("<ResultCode>0</ResultCode>"));
    let refused = ask(
        &mut world,
        "GetAddressById",
        &within("<CustomerAddressId>9</CustomerAddressId>"),
    );
    assert_eq!(refused.refused.unwrap().code, "-1");
    let login = ask(&mut world, "GetAddressById", "<request/>");
    assert_eq!(login.refused.unwrap().code, "-2");
}
