//! Answers in odd forms, by the number of their kind.

use ::contract_kit::faults::{Fault, FaultServer, answer};
use ::contract_kit::matrix::Format;
use aras_tracking::pages::MovementsTab;
use aras_tracking::query::{FindMany, FindParcels, ListMovements, SentOn};
use aras_tracking::shipments::FindOrder;
use aras_tracking::tracking::TrackingStatus;
use aras_tracking::{Error, QueryMethod};
use kervan_wire::tree::Form;

use crate::support::{
    body, cancel, delivery, info, label, number, order, orders, page, page_client, query_client,
    reference, shipment_client, transactions,
};

fn server(body: &[u8]) -> FaultServer {
    FaultServer::start(Fault::Answer(Format::Xml.answer(200, body)))
}

pub(crate) fn answering(operation: &str, result: &str) -> FaultServer {
    server(body(operation, result).as_bytes())
}

pub(crate) fn json(result: &str) -> FaultServer {
    answering(
        "GetQueryJSON",
        &result.replace('&', "&amp;").replace('<', "&lt;"),
    )
}

fn code(error: &Error) -> Option<String> {
    error.report().code
}

#[test]
fn p1_arguments_have_the_names_of_the_service_in_its_order() {
    let client = shipment_client("http://127.0.0.1:9", 1);
    let day = String::from_utf8(client.dry_run(&orders()).unwrap().body).unwrap();
    assert!(day.contains("<Date>20.11.2026</Date>"), "{day}");
    let bodies = [
        client.dry_run(&orders()).unwrap(),
        client.dry_run(&order()).unwrap(),
        client.dry_run(&cancel()).unwrap(),
        client.dry_run(&label()).unwrap(),
        client.dry_run(&info()).unwrap(),
        client.dry_run(&transactions()).unwrap(),
        client.dry_run(&delivery()).unwrap(),
    ];
    let names = [
        "GetOrder userName password Date",
        "GetOrderWithIntegrationCode userName password integrationCode",
        "CancelDispatch userName password integrationCode",
        "GetBarcode Username Password integrationCode",
        "GetCargoInfo username password customerCode integrationCode",
        "GetCargoTransaction username password code integrationCode",
        "GetDeliveryInfodocID userName password language docID string string",
    ];
    for (request, expected) in bodies.into_iter().zip(names) {
        let text = String::from_utf8(request.body).unwrap();
        let inside = text.split_once("<soap:Body>").unwrap().1;
        let starts = inside
            .split('<')
            .filter(|part| part.starts_with(|letter: char| letter.is_ascii_alphabetic()));
        let found: Vec<_> = starts
            .map(|part| part.split([' ', '>', '/']).next().unwrap())
            .collect();
        assert_eq!(found.join(" "), expected);
    }
}

const LABELS: &str = "<ZebraZpl><string>^XA1^XZ</string></ZebraZpl><ZebraEpl><string>N\nq812</string></ZebraEpl>\
    <BarcodeModelLst><BarcodeModel><TrackingNumber>6513100200317</TrackingNumber></BarcodeModel></BarcodeModelLst>";

#[tokio::test]
async fn p4_a_refusal_keeps_the_text_in_message() {
    let empty = "<Images/><ZebraZpl/><ZebraEpl/><BarcodeModelLst><BarcodeModel><Volume>0</Volume>\
        <BarcodeDate>0001-01-01T00:00:00</BarcodeDate></BarcodeModel></BarcodeModelLst>";
    for (result, kind) in [
        (
            "<Message>Kayıt bulunamadı</Message><ResultCode>-1</ResultCode>".to_owned(),
            "-1",
        ),
        (
            format!("{empty}<Message>Kayıt bulunamadı</Message><ResultCode>17</ResultCode>"),
            "17",
        ),
        (
            format!("{empty}<Message>Kayıt bulunamadı</Message><ResultCode>0</ResultCode>"),
            "sentence",
        ),
        ("<Message>Kayıt bulunamadı</Message>".to_owned(), "sentence"),
        (
            "<ResultCode>-1</ResultCode><ResultMessage>Kayıt bulunamadı</ResultMessage>".to_owned(),
            "-1",
        ),
    ] {
        let server = answering("GetBarcode", &result);
        let error = shipment_client(&server, 1).call(&label()).await;
        let error = error.unwrap_err();
        let refusal = error
            .rejection()
            .unwrap_or_else(|| panic!("{result}: {error}"));
        assert_eq!(refusal.code, kind, "{result}");
        assert_eq!(
            refusal.message.as_ref().unwrap().as_str(),
            "Kayıt bulunamadı"
        );
    }
}

#[tokio::test]
async fn p4_labels_with_an_unknown_code_are_labels() {
    for code in ["17", "1", "-5"] {
        let result =
            format!("{LABELS}<Message>Etiket tekrar</Message><ResultCode>{code}</ResultCode>");
        let server = answering("GetBarcode", &result);
        let label = shipment_client(&server, 1).call(&label()).await.unwrap();
        assert_eq!(label.zpl[0].as_str(), "^XA1^XZ");
        assert_eq!(label.epl[0].as_str(), "N\nq812");
        let number = label.pieces[0].tracking_number.as_ref().unwrap();
        assert_eq!(number.as_received(), "6513100200317");
        assert_eq!(label.message.as_ref().unwrap().as_str(), "Etiket tekrar");
        assert_eq!(label.unknown_code.as_deref(), Some(code));
        let noted: Vec<_> = label
            .drift
            .unread
            .iter()
            .map(|unread| unread.path.as_str())
            .collect();
        assert_eq!(noted, ["ResultCode"]);
    }
    let server = answering("GetBarcode", &format!("{LABELS}<ResultCode>0</ResultCode>"));
    let label = shipment_client(&server, 1).call(&label()).await.unwrap();
    assert!(label.drift.is_empty() && label.unknown_code.is_none());
    // One label of any kind is enough.
    let server = answering(
        "GetBarcode",
        "<ZebraEpl><string>N</string></ZebraEpl><ResultCode>3</ResultCode>",
    );
    assert!(
        shipment_client(&server, 1)
            .call(&crate::support::label())
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn r11_reasons_in_words_are_typed() {
    let words = |words: &str| {
        json(&format!(
            r#"{{"QueryResult":{{"Collection":{{"MUSTERI_OZEL_KODU":"KV-1001","DEVIR_NEDENI":"{words}"}}}}}}"#
        ))
    };
    for (text, code) in [
        ("ADRES YANLIŞ/YETERSİZ", "wrong_address"),
        ("ALICI KARGOYU KABUL ETMİYOR", "refused"),
        ("TESLİMAT GÜN İÇERİSİNDE YAPILAMADI", "not_within_the_day"),
    ] {
        let server = words(text);
        let request = FindMany::new([reference()]);
        let client = query_client(&server, 1, QueryMethod::Json);
        let answer = client.call(&request).await.unwrap();
        assert_eq!(answer.rows[0].tracking().non_delivery.unwrap().code(), code);
    }
    let attempt = page(
        "<span id=Son_Durum>YOLDA</span><table id=notDeliveredDataGrid>\
         <tr><td>20.11.2026 09:00:00<td>UĞRAMA NOTU BIRAKILDI (1-2)<td>-</table>",
    );
    let server = FaultServer::start(Fault::Answer(attempt));
    let found = page_client(&server, 1)
        .fetch_number(number())
        .await
        .unwrap();
    let reason = found.found().unwrap().tracking().non_delivery.unwrap();
    assert_eq!(reason.code(), "note_left");
}

#[tokio::test]
async fn r13_half_a_page_is_unreadable_or_unknown() {
    let delivered = "<span id=\"Son_Durum\">TESLİM EDİLDİ</span>";
    for cut in [
        format!("{delivered}<span id=\"Teslim_Al"),
        format!("<html><body>{delivered}"),
        format!("{delivered}<span id=LabelGonTipi>İA"),
        format!("{delivered}<span id=LabelGonTipi>NORMAL</span><table id=notDeliveredDataGrid><tr><td>20.11"),
        format!("{delivered}<!-- "),
        "<html><body><div id=\"tabs\">".to_owned(),
        "<html><body><div id=\"tabs\"><a href=\"CargoInfoWaybillAndDelivered.aspx?shipmentid=1\">a</a>".to_owned(),
    ] {
        let server = FaultServer::start(Fault::Answer(page(&cut)));
        let error = page_client(&server, 1).fetch_number(number()).await.unwrap_err();
        assert_eq!(code(&error).as_deref(), Some("cut_off"), "{cut}");
    }
    for whole in [
        delivered.to_owned(),
        format!("<html><body>{delivered}</body></html>"),
        format!("{delivered}<span id=Teslim_Alan>AYŞE</span>"),
    ] {
        let server = FaultServer::start(Fault::Answer(page(&whole)));
        let answer = page_client(&server, 1)
            .fetch_number(number())
            .await
            .unwrap();
        let status = answer.found().unwrap().tracking().status;
        assert!(
            matches!(status, TrackingStatus::Unknown(_)),
            "{whole}: {status:?}"
        );
    }
}

#[tokio::test]
async fn the_drift_of_every_page_is_kept() {
    let entry = "<html><div id=\"tabs\"><a href=\"CargoInfoWaybillAndDelivered.aspx?shipmentid=1\">a</a>\
        <a href=\"CargoInfoTransactionAndRedirection.aspx?barcode=3\">b</a></div></html>";
    let waybill = "<html><span id=Son_Durum>TESLİM@</span></html>";
    let row = "<tr><td>19.11.2026 08:20:41<td>İZMİR<td>KARŞIYAKA@<td>X";
    let movements = format!("<html><table id=transactionsDataGrid>{row}</table></html>");
    let headers = [("Content-Type", "text/html; charset=utf-8")];
    let pages = [entry, waybill, &movements].map(|page| {
        let parts: Vec<_> = page.split('@').map(str::as_bytes).collect();
        Fault::Answer(answer(200, &headers, &parts.join(&b"\xc5"[..])))
    });
    let server = FaultServer::start(Fault::Script(pages.into()));
    let client = page_client(&server, 1);
    let found = client.fetch_number(number()).await.unwrap();
    assert_eq!(found.found().unwrap().movements, MovementsTab::Read);
    let noted = found.drift.tolerated.iter();
    let noted: Vec<_> = noted.map(|value| value.path.as_str()).collect();
    assert_eq!(noted, ["Son_Durum", "transactionsDataGrid"]);
}

#[tokio::test]
async fn r13_half_a_tab_of_movements_takes_only_the_movements_away() {
    let entry = "<div id=\"tabs\"><a href=\"CargoInfoWaybillAndDelivered.aspx?shipmentid=1\">a</a>\
        <a href=\"CargoInfoTransactionAndRedirection.aspx?barcode=3\">b</a></div>";
    let waybill = "<span id=Son_Durum>TESLİM EDİLDİ</span><span id=LabelGonTipi>NORMAL</span>";
    let row =
        "<table id=transactionsDataGrid><tr><td>19.11.2026 08:20:41<td>İZMİR<td>KARŞIYAKA<td>X";
    let pages = [entry.to_owned(), waybill.to_owned(), format!("<html>{row}")];
    let script = pages.map(|text| Fault::Answer(page(&text)));
    let server = FaultServer::start(Fault::Script(script.into()));
    let found = page_client(&server, 1)
        .fetch_number(number())
        .await
        .unwrap();
    let found = found.found().unwrap();
    assert_eq!(found.tracking().status, TrackingStatus::Delivered);
    assert_eq!(
        (found.movements, found.steps.len()),
        (MovementsTab::Failed, 0)
    );
}

#[tokio::test]
async fn r8_additions_beside_rows_are_drift() {
    let row = r#"{"MUSTERI_OZEL_KODU":"KV-1001","DURUM_KODU":"2"}"#;
    for addition in [r#"{"Adet":"1"}"#, r#"[{"Adet":"1"}]"#, r#"["x"]"#] {
        let server = json(&format!(
            r#"{{"QueryResult":{{"Cargo":[{row},{row}],"Bilgi":{addition}}}}}"#
        ));
        let client = query_client(&server, 1, QueryMethod::Json);
        let answer = client.call(&FindParcels::new(reference())).await.unwrap();
        assert_eq!(
            (answer.rows.len(), answer.drift.unread.len()),
            (2, 1),
            "{addition}"
        );
        assert_eq!(answer.drift.unread[0].path, "Bilgi");
    }
    let list =
        "<Order><IntegrationCode>KV-1001</IntegrationCode></Order><Bilgi><Adet>1</Adet></Bilgi>";
    let server = answering("GetOrderWithIntegrationCode", list);
    let answer = shipment_client(&server, 1).call(&order()).await.unwrap();
    assert_eq!((answer.rows.len(), answer.drift.unread.len()), (1, 1));
    let movements = "<QueryResult xmlns=\"\"><CargoTransaction><ISLEM>x</ISLEM></CargoTransaction><Bilgi><Adet>1</Adet></Bilgi></QueryResult>";
    let server = answering("GetQueryXML", &movements.replace('<', "&lt;"));
    let client = query_client(&server, 1, QueryMethod::Xml);
    let answer = client.call(&ListMovements::new(reference())).await.unwrap();
    assert_eq!((answer.rows.len(), answer.drift.unread.len()), (1, 1));
}

#[tokio::test]
async fn r1_a_list_in_another_shape_is_not_empty() {
    let row = "<Order IntegrationCode=\"KV-1001\" PieceCount=\"2\"/>";
    for (result, response) in [
        (row, ""),
        ("<Order>KV-1001;2</Order>", ""),
        (
            "&lt;Order&gt;&lt;IntegrationCode&gt;KV-1001&lt;/IntegrationCode&gt;&lt;/Order&gt;",
            "",
        ),
        ("<![CDATA[<Order/>]]>", ""),
        ("", " Adet=\"1\""),
    ] {
        let text = body("GetOrderWithIntegrationCode", result);
        let text = text.replace("CodeResult>", &format!("CodeResult{response}>"));
        let text = text.replace(
            &format!("/GetOrderWithIntegrationCodeResult{response}"),
            "/GetOrderWithIntegrationCodeResult",
        );
        let server = server(text.as_bytes());
        let found = shipment_client(&server, 1)
            .call(&FindOrder::new(reference()))
            .await;
        assert!(found.is_err(), "{result}: {found:?}");
    }
    for result in [
        r#"{"QueryResult":{"Cargo":{"@MUSTERI_OZEL_KODU":"KV-1001","@DURUM_KODU":"6"}}}"#,
        r##"{"QueryResult":{"Cargo":{"#text":"KV-1001;6"}}}"##,
        r#"{"QueryResult":{"Cargo":"KV-1001;6"}}"#,
    ] {
        let server = json(result);
        let client = query_client(&server, 1, QueryMethod::Json);
        let found = client.call(&FindParcels::new(reference())).await;
        assert!(found.is_err(), "{result}: {found:?}");
    }
    let table = |rows: &str| {
        format!(
            "<d:diffgram xmlns:d=\"urn:schemas-microsoft-com:xml-diffgram-v1\"><NewDataSet xmlns=\"\">{rows}</NewDataSet></d:diffgram>"
        )
    };
    for rows in [
        "<Cargo MOK=\"KV-1001\" DURUM_KODU=\"6\"/>",
        "<Cargo>KV-1001;6</Cargo>",
        "<Cargo><Row><MOK>KV-1001</MOK></Row></Cargo>",
    ] {
        let server = answering("GetQueryDS", &table(rows));
        let client = query_client(&server, 1, QueryMethod::DataSet);
        let found = client.call(&FindParcels::new(reference())).await;
        assert!(found.is_err(), "{rows}: {found:?}");
    }
}

#[tokio::test]
async fn r4_a_declared_charset_that_the_bytes_contradict_is_drift() {
    let headers = [("Content-Type", "text/xml; charset=windows-1254")];
    let text = body(
        "GetOrder",
        "<Order><IntegrationCode>KV-1</IntegrationCode><ReceiverName>AYŞE IŞIK</ReceiverName></Order>",
    );
    let server = FaultServer::start(Fault::Answer(answer(200, &headers, text.as_bytes())));
    let found = shipment_client(&server, 1).call(&orders()).await.unwrap();
    assert_eq!(found.rows[0].other["ReceiverName"].as_str(), "AYŞE IŞIK");
    assert_eq!(found.drift.tolerated[0].form, Form::Charset);
    let fields = "<span id=Son_Durum>TESLİM EDİLDİ</span><span id=LabelGonTipi>NORMAL</span>";
    for (content_type, page) in [
        ("text/html; charset=iso-8859-9", fields.to_owned()),
        (
            "text/html",
            format!("<meta charset='windows-1254'>{fields}"),
        ),
        (
            "text/html",
            format!(
                "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-9\" />{fields}"
            ),
        ),
    ] {
        let headers = [("Content-Type", content_type)];
        let server = FaultServer::start(Fault::Answer(answer(200, &headers, page.as_bytes())));
        let found = page_client(&server, 1)
            .fetch_number(number())
            .await
            .unwrap();
        let status = found.found().unwrap().tracking().status;
        assert_eq!(status, TrackingStatus::Delivered, "{page}");
        assert_eq!(found.drift.tolerated[0].form, Form::Charset, "{page}");
    }
}

#[tokio::test]
async fn r5_a_cut_letter_costs_that_letter_only() {
    let cut = |text: &str| {
        let parts: Vec<_> = text.split('@').map(str::as_bytes).collect();
        parts.join(&b"\xc5"[..])
    };
    let text = body(
        "CancelDispatch",
        "<ResultCode>0</ResultCode><ResultMessage>İPTAL EDİLMİ@</ResultMessage><CargoKey>S-1</CargoKey>",
    );
    let server = server(&cut(&text));
    let cancelled = shipment_client(&server, 1).call(&cancel()).await.unwrap();
    assert_eq!(
        (cancelled.code.as_str(), cancelled.cargo_key.as_deref()),
        ("0", Some("S-1"))
    );
    assert_eq!(cancelled.message.unwrap().as_str(), "İPTAL EDİLMİ\u{fffd}");
    assert_eq!(cancelled.drift.tolerated[0].form, Form::DamagedLetter);
    let text = body(
        "GetQueryJSON",
        r#"{"QueryResult":{"Cargo":{"MOK":"KV-1001","DURUM_KODU":"6","ALICI":"AYŞE ATE@"}}}"#,
    );
    let server = self::server(&cut(&text));
    let client = query_client(&server, 1, QueryMethod::Json);
    let answer = client
        .call(&SentOn::new(
            "2026-11-20".parse::<chrono::NaiveDate>().unwrap(),
        ))
        .await
        .unwrap();
    assert_eq!(answer.rows[0].status(), TrackingStatus::Delivered);
    assert_eq!(answer.drift.tolerated[0].form, Form::DamagedLetter);
    let page = cut(
        "<html><span id=Son_Durum>TESLİMATTA</span><span id=LabelGonTipi>NORMAL</span><span id=alici_adi_soyadi>AYŞE ATE@</span></html>",
    );
    let headers = [("Content-Type", "text/html; charset=utf-8")];
    let server = FaultServer::start(Fault::Answer(::contract_kit::faults::answer(
        200, &headers, &page,
    )));
    let found = page_client(&server, 1)
        .fetch_number(number())
        .await
        .unwrap();
    let status = found.found().unwrap().tracking().status;
    assert_eq!(status, TrackingStatus::OutForDelivery);
    assert_eq!(found.drift.tolerated[0].path, "alici_adi_soyadi");
}
