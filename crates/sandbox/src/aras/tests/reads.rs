//! Tables, deliveries and labels of the shipment service.

use super::hosted::step;
use super::*;

fn call(name: &str, arguments: &str) -> Request {
    let user = match name {
        "GetBarcode" => "<Username>neodyum</Username><Password>nd2580</Password>",
        "GetCargoInfo" | "GetCargoTransaction" => {
            "<username>neodyum</username><password>nd2580</password>"
        }
        _ => "<userName>neodyum</userName><password>nd2580</password>",
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
