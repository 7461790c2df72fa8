//! Planted login, account and personal data, and everything of the clients that could show them.

use std::error::Error as StdError;
use std::fmt::Debug;

use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::query::{FindWithWeights, ListMovements, Pace};
use aras_tracking::shipments::{SetOrder, SetOrders};
use aras_tracking::{
    Error, Link, QueryMethod, Settle, Settled, ShipmentClient, ShipmentSettings, Why,
};
use testkit::logs;

use crate::support::{
    ACCOUNT, CODE, LINK_PASSWORD, PASSWORD, USER, account_link, body, cancel, delivery, find, info,
    label, order, orders, page, page_client, query_client, raw, redirect, reference, set_order,
    shipment_client, transactions,
};

fn show(shown: &mut Vec<String>, value: &impl Debug) {
    shown.push(format!("{value:?} {value:#?}"));
}

fn answered<T: Debug>(shown: &mut Vec<String>, answer: Result<T, Error>) {
    match answer {
        Ok(output) => show(shown, &output),
        Err(error) => show_error(shown, &error),
    }
}

fn show_error(shown: &mut Vec<String>, error: &Error) {
    let mut next: Option<&dyn StdError> = Some(error);
    while let Some(cause) = next {
        shown.push(format!("{cause} {cause:?}"));
        next = cause.source();
    }
    shown.push(serde_json::to_string(&error.report()).unwrap());
}

fn echo() -> String {
    format!("{USER} SENTINEL&lt;&amp;PASS {CODE} SENTINEL")
}

/// Makes every call of both services and shows the results.
async fn ask_services(shown: &mut Vec<String>, server: &FaultServer) {
    for method in [QueryMethod::Json, QueryMethod::Xml, QueryMethod::DataSet] {
        let client = query_client(server, 1, method);
        show(shown, &client);
        answered(shown, client.call(&find()).await);
        answered(shown, client.call(&ListMovements::new(reference())).await);
        answered(shown, client.call(&FindWithWeights::new(reference())).await);
        answered(shown, client.call(&raw()).await);
        answered(shown, client.track(reference()).await);
        let pace = Pace::default().listed(2);
        let mut batch = client.batch([reference()], pace);
        while let Some(item) = batch.next().await {
            show(shown, &item);
        }
        show(shown, &batch);
    }
    let client = shipment_client(server, 1);
    show(shown, &client);
    answered(shown, client.call(&order()).await);
    answered(shown, client.call(&orders()).await);
    answered(shown, client.call(&info()).await);
    answered(shown, client.call(&transactions()).await);
    answered(shown, client.call(&delivery()).await);
    answered(shown, client.call(&label()).await);
    write(shown, &client, &cancel()).await;
    show(shown, &set_order());
    write(shown, &client, &set_order()).await;
    let update = SetOrder::update(set_order().order);
    write(shown, &client, &update).await;
    let several = SetOrders::new([update.order]);
    answered(shown, client.call(&several).await);
    if let Err(error) = client.call(&SetOrders::new([])).await {
        show_error(shown, &error);
    }
}

/// Makes a write, and settles it.
async fn write<O>(shown: &mut Vec<String>, client: &ShipmentClient, write: &O)
where
    O: Settle<Service = ShipmentSettings, Output: Debug>,
{
    let attempt = match client.prepare(write).await {
        Ok(attempt) => attempt,
        Err(error) => return show_error(shown, &error),
    };
    show(shown, &attempt);
    shown.push(serde_json::to_string(&attempt).unwrap());
    match client.send(write, &attempt).await {
        Ok(done) => show(shown, &done),
        Err(failed) => {
            shown.push(failed.to_string());
            show_error(shown, &failed.error);
        }
    }
    match client.settle(write, &attempt).await {
        Settled::Open(open) => {
            show(shown, &open);
            shown.push(open.to_string());
            if let Why::Failed(error) = &open.why {
                show_error(shown, error);
            }
        }
        settled => show(shown, &settled),
    }
}

async fn services(shown: &mut Vec<String>) {
    let echo = echo();
    // Columns with personal data, and those that nobody knows.
    let row = format!(
        "<ALICI>{echo}</ALICI><TESLIM_ALAN>{echo}</TESLIM_ALAN><ACIKLAMA>{echo}</ACIKLAMA>\
         <MUSTERI_KODU>{echo}</MUSTERI_KODU><DURUM_KODU>2</DURUM_KODU><PieceCount>1</PieceCount>\
         <ReceiverName>{echo}</ReceiverName><DeliveryPerson>{echo}</DeliveryPerson>"
    );
    let xml =
        format!("<QueryResult xmlns=\"\"><Row>{row}</Row><Beside>{echo}</Beside></QueryResult>");
    let label = format!("<ZebraZpl><string>{echo}</string></ZebraZpl>");
    let status = |code: &str| {
        format!("<ResultCode>{code}</ResultCode><ResultMessage>{echo}</ResultMessage>")
    };
    let order_row = |code: &str| {
        let key = "<OrgReceiverCustId>KV-1001</OrgReceiverCustId>";
        let status = status(code);
        format!("<OrderResultInfo>{status}<InvoiceKey>{echo}</InvoiceKey>{key}</OrderResultInfo>")
    };
    let results = [
        xml,
        label,
        status("0"),
        status("-2"),
        status(&echo),
        // Letters alone, as a code or a name may have them.
        status(USER),
        order_row("0"),
        order_row("936"),
        order_row("70121") + &order_row("0"),
        // An order whose every member repeats them.
        format!(
            "<Order><IntegrationCode>KV-1001</IntegrationCode><ReceiverName>{echo}</ReceiverName>\
             <Weight>{echo}</Weight><PieceDetails><PieceDetail><BarcodeNumber>{USER} {CODE}</BarcodeNumber>\
             <Password>{echo}</Password></PieceDetail></PieceDetails></Order>"
        ),
        format!("<QueryResult xmlns=\"\"><{CODE}><x>1</x></{CODE}></QueryResult>"),
        echo.clone(),
        "{".to_owned(),
    ];
    for operation in [
        "GetQueryJSON",
        "GetQueryXML",
        "GetQueryDS",
        "GetOrderWithIntegrationCode",
        "GetOrder",
        "GetCargoInfo",
        "GetCargoTransaction",
        "GetDeliveryInfodocID",
        "GetBarcode",
        "CancelDispatch",
        "SetOrder",
    ] {
        let fault = body(operation, "x").replace(
            &format!("<{operation}Response"),
            &format!("<soap:Fault><faultcode>{echo}</faultcode><faultstring>{echo}</faultstring></soap:Fault><{operation}Response"),
        );
        let plain = fault.replace(
            &format!("<faultcode>{echo}"),
            &format!("<faultcode>s:{CODE}"),
        );
        let bodies = results.iter().map(|result| body(operation, result));
        for answer in bodies.chain([fault, plain, format!("<html>{echo}</html>")]) {
            let answer = Format::Xml.answer(200, answer.as_bytes());
            let server = FaultServer::start(Fault::Answer(answer));
            ask_services(shown, &server).await;
        }
    }
}

async fn pages(shown: &mut Vec<String>) {
    let link = Link::Account(account_link());
    let secret = format!("{ACCOUNT} {LINK_PASSWORD}");
    for answer in [
        page(&format!(
            "<span id=alici_adi_soyadi>{secret}</span><span id=Teslim_Alan>{secret}</span>"
        )),
        page(&format!("<html>{secret}</html>")),
        redirect(&format!("https://{ACCOUNT}.example.com/{ACCOUNT}")),
        redirect(&format!("a.aspx?accountid={ACCOUNT}")),
        ::contract_kit::faults::answer(500, &[], secret.as_bytes()),
    ] {
        let server = FaultServer::start(Fault::Answer(answer));
        let client = page_client(&server, 2);
        show(shown, &client);
        answered(shown, client.fetch_parcel(&link).await);
    }
    let client = page_client(::contract_kit::faults::refused_url(), 1);
    answered(shown, client.fetch_parcel(&link).await);
}

async fn everything_that_speaks(shown: &mut Vec<String>) {
    services(shown).await;
    pages(shown).await;
    let client = query_client("http://127.0.0.1:9", 1, QueryMethod::Json);
    for request in [
        client.dry_run(&find()).unwrap(),
        client.dry_run(&FindWithWeights::new(reference())).unwrap(),
    ] {
        shown.push(format!("{request:?}"));
        shown.push(String::from_utf8(request.body).unwrap());
    }
    let client = shipment_client("http://127.0.0.1:9", 1);
    shown.push(String::from_utf8(client.dry_run(&info()).unwrap().body).unwrap());
    // A request shows its own contents, and never the login.
    let dry = client.dry_run(&set_order()).unwrap();
    let body = String::from_utf8(dry.body.clone()).unwrap();
    assert!(
        !body.contains(USER) && !body.contains("&lt;&amp;PASS"),
        "{body}"
    );
    shown.push(format!("{dry:?}"));
    show(shown, &(raw(), account_link()));
}

#[test]
fn nothing_planted_is_ever_shown() {
    let lines = logs::of_this_thread();
    let mut shown = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(everything_that_speaks(&mut shown));
    let log = lines.text();
    assert!(log.contains("call failed"), "the log was captured");
    shown.push(log);
    let planted = [PASSWORD, "SENTINEL"];
    for text in shown {
        let upper = text.to_uppercase();
        assert!(
            !planted.iter().any(|secret| upper.contains(secret)),
            "{text}"
        );
    }
}
