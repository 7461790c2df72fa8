//! The labels, the table of reads, the changes of an order or parcel, and raw calls of the shipment service.

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::query::{FindParcels, QueryRows, TableRow};
use aras_tracking::shipments::{
    AddressIds, Between, CancelDispatch, CancelRecall, CargoSearch, CustomerAddressIds,
    FetchArasLabel, FetchDummyLabel, FetchLabel, GetAddresById, GetAddressById, GetAddressList,
    GetBackList, GetCargoInfo, GetCargoPieceList, GetCargoReturn, GetCargoSearch,
    GetCargoSearchByCode, GetCargoSendList, GetCargoTransaction, GetCargoTransactionByWaybillId,
    GetCityList, GetDeliveryInfo, GetDeliveryInfoOf, GetDeliveryList, GetDeliveryList2,
    GetDuration, GetParentUnitAddress, GetPriceCalculation, GetRedirectionList, GetRegions,
    GetServiceList, GetServiceType, GetSortedCargoInfo, GetTown, GetUndeliveredCargoSearch,
    GetUnit, GetUnitAddress, GetUnitBranch, GetUnitCard, GetWaitingCargoList, PriceOf, RawArgument,
    RawLogin, RawRead, RawWrite, Recall, ReturnOf, UnitsIn, UpdateNumbers,
};
use aras_tracking::{Error, Outcome, QueryMethod, ShipmentSettings};
use kervan_core::Operation;
use testkit::faults::{self, TRIES};

use crate::support::{CODE, PASSWORD, USER, body, query_client, reference, shipment_client};

/// Does the same with a request of each read of the table, and lists the results.
macro_rules! each_read {
    ($do:ident) => {{
        let day = "2026-11-20".parse::<chrono::NaiveDate>().unwrap();
        let way = Between::starting("06").to("35");
        [
            $do!(FetchLabel::new(reference())),
            $do!(FetchArasLabel::new(reference())),
            $do!(FetchDummyLabel::new(reference())),
            $do!(GetCargoInfo::new(reference())),
            $do!(GetCargoTransaction::new(reference())),
            $do!(GetCargoTransactionByWaybillId::new("6f9619ff")),
            $do!(GetCargoSearch::new(CargoSearch::from(
                "AB 100200".parse::<aras_tracking::WaybillNumber>().unwrap()
            ))),
            $do!(GetCargoSearchByCode::new("6513100200317")),
            $do!(GetSortedCargoInfo::new("1")),
            $do!(GetCargoReturn::new(ReturnOf::new(1, reference()))),
            $do!(GetUndeliveredCargoSearch::new(reference())),
            $do!(GetDeliveryInfoOf::new(["D-1".to_owned()])),
            $do!(GetDeliveryInfo::new(2)),
            $do!(GetWaitingCargoList::new(())),
            $do!(GetDeliveryList::new(day)),
            $do!(GetDeliveryList2::new(day)),
            $do!(GetCargoSendList::new(day)),
            $do!(GetCargoPieceList::new(day)),
            $do!(GetRedirectionList::new(day)),
            $do!(GetBackList::new(day)),
            $do!(GetCityList::new(())),
            $do!(GetTown::new("35")),
            $do!(GetUnit::new(())),
            $do!(GetUnitBranch::new(())),
            $do!(GetUnitCard::new(())),
            $do!(GetRegions::new(())),
            $do!(GetParentUnitAddress::new(())),
            $do!(GetServiceList::new(())),
            $do!(GetUnitAddress::new(UnitsIn::default().province("İZMİR"))),
            $do!(GetDuration::new(way.clone())),
            $do!(GetServiceType::new(1)),
            $do!(GetPriceCalculation::new(
                PriceOf::new("2.5".parse().unwrap(), way, "1")
                    .further_services(vec!["3".to_owned()])
            )),
            $do!(GetAddressList::new(())),
            $do!(GetAddresById::new(
                AddressIds::default().reference("DEPO-1")
            )),
            $do!(GetAddressById::new(
                CustomerAddressIds::default().account_address("12")
            )),
        ]
    }};
}

/// Returns the names of the elements of a request, from the operation on.
fn elements(request: &impl Operation<Service = ShipmentSettings>) -> String {
    let client = shipment_client("http://127.0.0.1:9", 1);
    let sent = client.dry_run(request).unwrap();
    let text = String::from_utf8(sent.body).unwrap();
    let (_, inside) = text.split_once("<soap:Body>").unwrap();
    let starts = inside
        .split('<')
        .filter(|part| part.starts_with(|letter: char| letter.is_ascii_alphabetic()));
    let names: Vec<_> = starts
        .map(|part| part.split([' ', '>', '/']).next().unwrap())
        .collect();
    names.join(" ")
}

#[test]
fn each_read_has_the_arguments_of_the_service_in_its_order() {
    macro_rules! of {
        ($request:expr) => {
            elements(&$request)
        };
    }
    let expected = "GetBarcode Username Password integrationCode
GetArasBarcode Username Password integrationCode
GetLabelDummy Username Password integrationCode
GetCargoInfo username password customerCode integrationCode
GetCargoTransaction username password code integrationCode
GetCargoTransactionByWaybillId username password waybillId
GetCargoSearch username password seri document_no
GetCargoSearchByCode username password code
GetSortedCargoInfo username password barcode
GetCargoReturn username password customerCode ukod integrationCode
GetUndeliveredCargoSearch username password integrationCode
GetDeliveryInfodocID userName password language docID string
GetDeliveryInfo userName password language recordCount
GetWaitingCargoList username password customerCode
GetDeliveryList username password customerCode tarih
GetDeliveryList2 username password customerCode testarih
GetCargoSendList username password customerCode tarih
GetCargoPieceList username password customerCode tarih
GetRedirectionList username password customerCode tarih
GetBackList username password customerCode tarih
GetCityList username password
GetTown username password il
GetUnit username password
GetUnitBranch username password
GetUnitCard username password
GetRegions username password
GetParentUnitAddress username password
GetServiceList username password
GetUnitAddress username password il
GetDuration username password gonderici_ilkodu alici_ilkodu
GetServiceType username password service
GetPriceCalculation username password desi gonderici_ilkodu alici_ilkodu serviceid ekserviceid
GetAddressList userName password
GetAddresById userName password AddressIntegrationCode
GetAddressById request Username Password AccountAddressId";
    let found = each_read!(of);
    assert_eq!(found.join("\n"), expected);
}

/// The matrix of faults: nothing but a complete answer of the right call succeeds, and each read is repeated only
/// where it may pass.
#[tokio::test]
async fn each_read_fails_as_expected() {
    macro_rules! fails {
        ($request:expr) => {{
            let request = $request;
            let name = kervan_core::Endpoint::name(&request.endpoint());
            let good = body(name, "<ResultCode>0</ResultCode>");
            let call = |base| async { shipment_client(base, TRIES).call(&request).await };
            faults::fails_as_expected(Format::Xml, &good, false, |_| true, call).await;
        }};
    }
    each_read!(fails);
    let login = RawLogin::LOWER;
    fails!(RawRead::new("GetMissingNewDoc", login));
}

#[tokio::test]
async fn a_null_table_has_no_rows_and_another_shape_is_not_empty() {
    macro_rules! answers {
        ($request:expr) => {{
            let request = $request;
            let name = kervan_core::Endpoint::name(&request.endpoint());
            let null = format!("<{name}Response xmlns=\"http://tempuri.org/\"/>");
            let other = format!("<{name}Response xmlns=\"http://tempuri.org/\"><Hata>x</Hata></{name}Response>");
            let mut found = Vec::new();
            for inside in [null, other] {
                let text = format!(
                    "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{inside}</s:Body></s:Envelope>"
                );
                let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())));
                let answer = shipment_client(&server, 1).call(&request).await;
                found.push(answer.is_ok());
            }
            // Labels are never empty.
            (name, found)
        }};
    }
    for (name, found) in each_read!(answers) {
        let is_label = matches!(name, "GetBarcode" | "GetArasBarcode" | "GetLabelDummy");
        assert_eq!(found, [!is_label, false], "{name}");
    }
}

fn update() -> UpdateNumbers {
    UpdateNumbers::of(reference()).invoice("F-2")
}

#[tokio::test]
async fn each_change_is_sent_once_and_fails_as_expected() {
    macro_rules! fails {
        ($request:expr) => {{
            let request = $request;
            let name = kervan_core::Endpoint::name(&request.endpoint());
            let good = body(name, "<ResultCode>0</ResultCode>");
            let call = |base| async { shipment_client(base, TRIES).call(&request).await };
            faults::fails_as_expected(Format::Xml, &good, true, |_| true, call).await;
            // Cut after every byte, it may have happened each time.
            let whole = Format::Xml.answer(200, good.as_bytes());
            let cuts: Vec<_> = (0..whole.len()).map(Fault::CloseAt).collect();
            let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
            let client = shipment_client(&server, TRIES);
            for (sent, cut) in cuts.iter().enumerate() {
                let error = client.call(&request).await.unwrap_err();
                assert_eq!(error.outcome(), Outcome::Unknown, "{name} {cut:?}");
                assert_eq!(server.requests(), sent + 1, "{name} {cut:?}");
            }
        }};
    }
    fails!(update());
    fails!(Recall::new("6513100200317"));
    fails!(CancelRecall::new("6513100200317"));
    let login = RawLogin::USER_NAME;
    fails!(RawWrite::new("SetDispatchXML", login.last()));
}

#[tokio::test]
async fn changed_numbers_are_those_of_the_order_in_any_form_of_the_answer() {
    let row = |code: &str, of: &str| {
        format!(
            "<OrderResultInfo><ResultCode>{code}</ResultCode>\
             <OrgReceiverCustId>{of}</OrgReceiverCustId></OrderResultInfo>"
        )
    };
    for (result, is_done) in [
        (row("0", "KV-1001"), true),
        (row("0", "KV-1002"), false),
        (row("0", "KV-1001") + &row("0", "KV-1002"), false),
        (
            row("0", "KV-1001") + "<OrderResultInfo><InvoiceKey>1</InvoiceKey></OrderResultInfo>",
            false,
        ),
    ] {
        let server = answering("UpdateInvoiceWaybillNumber", &result);
        match shipment_client(&server, 1).call(&update()).await {
            Ok(_) => assert!(is_done, "{result}"),
            Err(error) => {
                assert!(!is_done, "{result}");
                assert_eq!(error.outcome(), Outcome::Unknown, "{result}");
            }
        }
    }
}

fn answering(operation: &str, result: &str) -> FaultServer {
    let text = body(operation, result);
    FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())))
}

#[tokio::test]
async fn a_code_of_a_change_that_is_not_0_leaves_its_outcome_open() {
    for code in ["1", "-1", "-2", "936", "999", "x"] {
        let result =
            format!("<ResultCode>{code}</ResultCode><ResultMessage>Olmadı</ResultMessage>");
        let server = answering("UpdateInvoiceWaybillNumber", &result);
        let error = shipment_client(&server, 1)
            .call(&update())
            .await
            .unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
        assert_eq!(error.rejection().unwrap().code, code);
        let server = answering("Recall", &format!("<RecallResult>{result}</RecallResult>"));
        let error = shipment_client(&server, 1)
            .call(&Recall::new("1"))
            .await
            .unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{code}");
        assert!(
            error.to_string().ends_with("it may have happened"),
            "{error}"
        );
    }
}

fn label(images: &str) -> String {
    format!(
        "<Images><base64Binary>{images}</base64Binary></Images><ZebraZpl><string>^XA^FD{USER} SENTINEL&lt;&amp;PASS^XZ</string></ZebraZpl>\
         <BarcodeModelLst><BarcodeModel><ReceiverAccountName>AYŞE SENTINELNAME</ReceiverAccountName>\
         <ReceiverAddress>SENTINELADDRESS</ReceiverAddress><ReceiverPhone>5550000017</ReceiverPhone><TrackingNumber>6513100200317</TrackingNumber>\
         <IntegrationCode>KV-1001</IntegrationCode><SpecialField1>{USER} {CODE}</SpecialField1><Password>SENTINEL2</Password>\
         <CashPrice>1349.9000</CashPrice></BarcodeModel></BarcodeModelLst><ResultCode>0</ResultCode>"
    )
}

#[tokio::test]
async fn a_label_hides_the_login_and_prints_nobody() {
    let server = answering("GetBarcode", &label("QUFB"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    // It is for a printer, so that only the password is taken out.
    assert_eq!(label.zpl[0].as_str(), format!("^XA^FD{USER} [redacted]^XZ"));
    let stored = serde_json::to_string(&label).unwrap();
    assert!(!stored.contains(PASSWORD) && !stored.contains("SENTINEL2") && !stored.contains(CODE));
    let piece = &label.pieces[0];
    assert_eq!(
        piece.special_field.as_ref().unwrap().as_str(),
        "[redacted] [redacted]"
    );
    assert_eq!(piece.cash().unwrap().kurus(), 134_990);
    let shown = format!("{label:?}");
    for hidden in ["SENTINEL", "AYŞE", "5550000017", "QUFB", "AAA"] {
        assert!(!shown.contains(hidden), "{hidden}: {shown}");
    }
    assert_eq!(label.images[0].as_bytes(), b"AAA");
}

#[tokio::test]
async fn a_file_that_is_not_base64_is_unreadable_and_not_shown() {
    for images in ["SENTINEL_", "QU", "QUFB=", "<x>QUFB</x>"] {
        let server = answering("GetBarcode", &label(images));
        let answer = shipment_client(&server, 1)
            .call(&FetchLabel::new(reference()))
            .await;
        let error = answer.unwrap_err();
        assert!(matches!(error, Error::Decode(_)), "{images}: {error:?}");
        assert!(
            !format!("{error} {:?}", error.report()).contains("SENTINEL"),
            "{error}"
        );
    }
    // XML allows whitespace in it.
    let server = answering("GetBarcode", &label("QU\r\nFB\n"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    assert_eq!(label.images[0].as_bytes(), b"AAA");
}

#[tokio::test]
async fn a_number_of_a_label_is_confirmed_by_query_type_1() {
    let server = answering("GetBarcode", &label("QUFB"));
    let label = shipment_client(&server, 1)
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap();
    let [early] = label.tracking_numbers()[..] else {
        panic!("{:?}", label.tracking_numbers())
    };
    for (rows, number) in [
        ("null", None),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1001","KARGO_TAKIP_NO":"6513100200318"}}"#,
            None,
        ),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1002","KARGO_TAKIP_NO":"6513100200317"}}"#,
            None,
        ),
        (
            r#"{"Cargo":{"MUSTERI_OZEL_KODU":"KV-1001","KARGO_TAKIP_NO":"6513100200317"}}"#,
            Some("6513100200317"),
        ),
    ] {
        let server = answering("GetQueryJSON", &format!("{{\"QueryResult\":{rows}}}"));
        let client = query_client(&server, 1, QueryMethod::Json);
        let parcels = client.call(&FindParcels::new(reference())).await.unwrap();
        let confirmed = early.confirmed_by(&parcels);
        assert_eq!(
            confirmed
                .as_ref()
                .map(aras_tracking::TrackingNumber::as_str),
            number,
            "{rows}"
        );
    }
    // A placeholder is not a number.
    let zero = "<ZebraZpl><string>^XA^XZ</string></ZebraZpl><BarcodeModelLst><BarcodeModel><TrackingNumber>0</TrackingNumber>\
        <Barcode>2</Barcode></BarcodeModel></BarcodeModelLst><ResultCode>0</ResultCode><TrackingNumber>0</TrackingNumber>";
    let server = answering("GetLabelDummy", zero);
    let label = shipment_client(&server, 1)
        .call(&FetchDummyLabel::new(reference()))
        .await
        .unwrap();
    assert!(label.tracking_numbers().is_empty());
}

#[test]
fn a_raw_call_has_the_login_where_it_is_said_to_be() {
    let write = |login| {
        let text = |name| RawArgument::text(name, "1");
        let piece = RawArgument::of("piece", [text("Weight"), text("Weight")]);
        RawWrite::new("SetOrderPiece", login).argument(piece)
    };
    for (login, expected) in [
        (
            RawLogin::USER_NAME.last(),
            "SetOrderPiece piece Weight Weight userName password",
        ),
        (
            RawLogin::LOWER.with_customer_code(),
            "SetOrderPiece username password customerCode piece Weight Weight",
        ),
        (
            RawLogin::CAPITAL.within("dto"),
            "SetOrderPiece dto Username Password piece Weight Weight",
        ),
        (
            RawLogin::spelled("UserName", "Sifre"),
            "SetOrderPiece UserName Sifre piece Weight Weight",
        ),
        (RawLogin::NONE, "SetOrderPiece piece Weight Weight"),
    ] {
        assert_eq!(elements(&write(login)), expected);
    }
    let client = shipment_client("http://127.0.0.1:9", 1);
    for odd in [
        RawWrite::new("Set Order", RawLogin::NONE),
        RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a b", "1")),
        RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a", "\u{1}")),
        RawWrite::new("X", RawLogin::NONE)
            .argument(RawArgument::of("a", [RawArgument::text("", "1")])),
    ] {
        assert!(client.check(&odd).errors().next().is_some(), "{odd:?}");
    }
    // A text is sent as it is, and the arguments are not printed.
    let odd = RawWrite::new("X", RawLogin::NONE).argument(RawArgument::text("a", " SENTINEL <x>"));
    let sent = String::from_utf8(client.dry_run(&odd).unwrap().body).unwrap();
    assert!(sent.contains("<a> SENTINEL &lt;x"), "{sent}");
    assert!(!format!("{odd:?}").contains("SENTINEL"));
}

#[tokio::test]
async fn a_raw_answer_is_judged_by_its_code_alone() {
    let write = RawWrite::new("SetShipment", RawLogin::NONE);
    for (result, is_success, text) in [
        (
            "<Row><ResultCode>0</ResultCode></Row>",
            true,
            r#"{"Row":{"ResultCode":"0"}}"#,
        ),
        (
            "Tamam SENTINEL&lt;&amp;PASS",
            false,
            r#""Tamam [redacted]""#,
        ),
        ("", false, r#""""#),
    ] {
        let server = answering("SetShipment", result);
        let done = shipment_client(&server, 1).call(&write).await.unwrap();
        assert_eq!(
            (done.is_success, done.text.as_str()),
            (is_success, text),
            "{result}"
        );
    }
    let server = answering("SetShipment", "<Row><ResultCode>1006</ResultCode></Row>");
    let error = shipment_client(&server, 1).call(&write).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    assert!(error.to_string().contains("`SetShipment`"), "{error}");
    let server = answering("GetMissingNewDoc", "<Doc><A>1</A></Doc><Doc><A>2</A></Doc>");
    let read = RawRead::new("GetMissingNewDoc", RawLogin::USER_NAME);
    let rows: QueryRows<TableRow> = shipment_client(&server, 1).call(&read).await.unwrap().value;
    assert_eq!(rows.rows.len(), 2);
}

#[tokio::test]
async fn a_label_beside_a_piece_of_another_order_is_unreadable() {
    let piece = |of: &str| {
        format!(
            "<BarcodeModelLst><BarcodeModel><IntegrationCode>{of}</IntegrationCode></BarcodeModel></BarcodeModelLst>"
        )
    };
    let zpl = "<ZebraZpl><string>^XA^XZ</string></ZebraZpl>";
    for (of, code, is_read) in [("KV-1001", "0", true), ("KV-1002", "0", false)] {
        let result = format!("{zpl}{}<ResultCode>{code}</ResultCode>", piece(of));
        let server = answering("GetBarcode", &result);
        let client = shipment_client(&server, 1);
        let label = client.call(&FetchLabel::new(reference())).await;
        assert_eq!(label.is_ok(), is_read, "{of}");
    }
    // A refusal has a piece too, and stays one.
    let refused = format!("{}<ResultCode>-1</ResultCode>", piece("KV-1002"));
    let server = answering("GetBarcode", &refused);
    let client = shipment_client(&server, 1);
    let error = client
        .call(&FetchLabel::new(reference()))
        .await
        .unwrap_err();
    assert_eq!(error.rejection().unwrap().code, "-1");
}

#[tokio::test]
async fn a_row_without_a_code_beside_one_with_it_is_no_success() {
    let coded = "<Row><ResultCode>0</ResultCode></Row>";
    for (rows, is_done) in [
        (coded.to_owned(), true),
        (format!("{coded}<Row/>"), true),
        (format!("{coded}{coded}"), true),
        (
            format!("{coded}<Row><ResultMessage>Hata</ResultMessage></Row>"),
            false,
        ),
        (
            format!("<Row><ResultMessage>Hata</ResultMessage></Row>{coded}"),
            false,
        ),
        (
            format!("{coded}<Row><ResultCode/><ResultMessage>Hata</ResultMessage></Row>"),
            false,
        ),
    ] {
        let server = answering("Recall", &rows);
        let recalled = shipment_client(&server, 1).call(&Recall::new("1")).await;
        assert_eq!(recalled.is_ok(), is_done, "{rows}");
        let server = answering("CancelDispatch", &rows);
        let cancel = CancelDispatch::new(reference());
        let cancelled = shipment_client(&server, 1).call(&cancel).await;
        assert_eq!(cancelled.is_ok(), is_done, "{rows}");
        let server = answering("SetDispatchXML", &rows);
        let raw = RawWrite::new("SetDispatchXML", RawLogin::USER_NAME.last());
        match shipment_client(&server, 1).call(&raw).await {
            Ok(answer) => assert!(answer.value.is_success && is_done, "{rows}"),
            Err(error) => assert_eq!((error.outcome(), is_done), (Outcome::Unknown, false)),
        }
    }
}
