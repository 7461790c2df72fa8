//! Errors of broken connections and foreign answers, and how often the server was asked.

use std::future::Future;

use ::contract_kit::faults::{Fault, FaultServer, refused_url};
use ::contract_kit::matrix::{self, Format};
use aras_tracking::shipments::SetOrders;
use aras_tracking::{Error, Outcome, QueryMethod, RejectionKind};
use testkit::Peer;
use testkit::faults::{self, TRIES, is_refused};

use crate::support::{
    body, cancel, delivery, find, info, label, number, order, orders, page_client, query_client,
    raw, set_order, shipment_client, transactions,
};

async fn fails_as_expected<T, F>(operation: &str, is_write: bool, call: impl Fn(Peer) -> F)
where
    F: Future<Output = Result<T, Error>>,
{
    let good = body(operation, "<ResultCode>0</ResultCode>");
    faults::fails_as_expected(Format::Xml, &good, is_write, |_| true, call).await;
}

async fn queries(operation: &'static str, method: QueryMethod) {
    fails_as_expected(operation, false, move |base| async move {
        query_client(base, TRIES, method).call(&find()).await
    })
    .await;
}

#[tokio::test]
async fn query_json() {
    queries("GetQueryJSON", QueryMethod::Json).await;
}

#[tokio::test]
async fn query_xml() {
    queries("GetQueryXML", QueryMethod::Xml).await;
}

#[tokio::test]
async fn query_data_set() {
    queries("GetQueryDS", QueryMethod::DataSet).await;
}

#[tokio::test]
async fn query_raw() {
    fails_as_expected("GetQueryJSON", false, |base| async move {
        query_client(base, TRIES, QueryMethod::Json)
            .call(&raw())
            .await
    })
    .await;
}

#[tokio::test]
async fn an_error_names_the_query_type_that_was_asked() {
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, b"<html/>")));
    let client = query_client(&server, 1, QueryMethod::Json);
    let unreadable = client.call(&raw()).await.unwrap_err().to_string();
    assert!(unreadable.contains("`GetQuery-36`"), "{unreadable}");
    let sentence = body("GetQueryJSON", "Hata");
    let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, sentence.as_bytes())));
    let client = query_client(&server, 1, QueryMethod::Json);
    let refused = client.call(&raw()).await.unwrap_err().to_string();
    assert!(refused.contains("`GetQuery-36`"), "{refused}");
}

#[tokio::test]
async fn cancel_dispatch() {
    fails_as_expected("CancelDispatch", true, |base| async move {
        shipment_client(base, TRIES).call(&cancel()).await
    })
    .await;
}

#[tokio::test]
async fn set_one_order() {
    fails_as_expected("SetOrder", true, |base| async move {
        shipment_client(base, TRIES).call(&set_order()).await
    })
    .await;
}

#[tokio::test]
async fn set_several_orders() {
    fails_as_expected("SetOrder", true, |base| async move {
        let orders = SetOrders::new([set_order().order]);
        shipment_client(base, TRIES).call(&orders).await
    })
    .await;
}

#[tokio::test]
async fn find_order() {
    fails_as_expected("GetOrderWithIntegrationCode", false, |base| async move {
        shipment_client(base, TRIES).call(&order()).await
    })
    .await;
}

#[tokio::test]
async fn list_orders() {
    fails_as_expected("GetOrder", false, |base| async move {
        shipment_client(base, TRIES).call(&orders()).await
    })
    .await;
}

#[tokio::test]
async fn get_cargo_info() {
    fails_as_expected("GetCargoInfo", false, |base| async move {
        shipment_client(base, TRIES).call(&info()).await
    })
    .await;
}

#[tokio::test]
async fn get_cargo_transaction() {
    fails_as_expected("GetCargoTransaction", false, |base| async move {
        shipment_client(base, TRIES).call(&transactions()).await
    })
    .await;
}

#[tokio::test]
async fn get_delivery_info() {
    fails_as_expected("GetDeliveryInfodocID", false, |base| async move {
        shipment_client(base, TRIES).call(&delivery()).await
    })
    .await;
}

#[tokio::test]
async fn fetch_label() {
    fails_as_expected("GetBarcode", false, |base| async move {
        shipment_client(base, TRIES).call(&label()).await
    })
    .await;
}

/// Pages cannot be cut off or be too deep, and redirects are followed; the rest of the matrix holds for them
/// too.
#[tokio::test]
async fn fetch_parcel() {
    let good = "<span id=\"Son_Durum\">YOLDA</span>";
    for row in matrix::rows(Format::Xml, good) {
        let name = row.name;
        let code = match name {
            "redirect" | "no charset" => continue,
            "page with 200" | "deep nesting" | "half a body" => Some("unexpected"),
            _ => row.code,
        };
        let answer = Format::Xml.answer(200, good.as_bytes());
        let server = FaultServer::start_with(answer, row.fault);
        let result = page_client(&server, TRIES).fetch_number(number()).await;
        if matches!(name, "deep nesting" | "half a body") {
            // Whatever is left of the page is read, or is none.
            assert!(
                result.is_ok() || matches!(result, Err(Error::Decode(_))),
                "{name}"
            );
            continue;
        }
        let Err(error) = result else {
            panic!("{name}: succeeded")
        };
        let report = error.report();
        let found = (report.kind, report.code.as_deref(), report.outcome);
        assert_eq!(
            found,
            (row.kind, code, Outcome::Unknown),
            "{name}: {error:?}"
        );
        let tries = if row.passing { TRIES as usize } else { 1 };
        assert_eq!(
            server.requests(),
            tries,
            "{name}: requests that the server saw"
        );
    }
    is_refused(
        page_client(refused_url(), TRIES)
            .fetch_number(number())
            .await,
    );
}

/// The connection is cut after every single byte of the answer: the order is cancelled once each time, and
/// the outcome never counts as known.
#[tokio::test]
async fn a_cancelling_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let good = body("CancelDispatch", "<ResultCode>0</ResultCode>");
    let whole = Format::Xml.answer(200, good.as_bytes());
    let cuts: Vec<_> = (0..whole.len()).map(Fault::CloseAt).collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = shipment_client(&server, TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client.call(&cancel()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}

/// The same for a new order.
#[tokio::test]
async fn a_registration_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let row = "<OrderResultInfo><ResultCode>0</ResultCode></OrderResultInfo>";
    let whole = Format::Xml.answer(200, body("SetOrder", row).as_bytes());
    let cuts: Vec<_> = (0..whole.len()).map(Fault::CloseAt).collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = shipment_client(&server, TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client.call(&set_order()).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}

#[tokio::test]
async fn w10_raw_queries_read_refusals_as_typed_ones_do() {
    let fault = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>\
                 <soap:Fault><faultcode>soap:Client</faultcode><faultstring>hata</faultstring>\
                 </soap:Fault></soap:Body></soap:Envelope>";
    let answer = |text: &str| body("GetQueryJSON", text);
    for (text, kind) in [
        (
            answer("Kullanıcı adı veya şifre hatalı"),
            Some(RejectionKind::Sentence),
        ),
        (
            answer("{\"QueryResult\":\"Kayıt bulunamadı\"}"),
            Some(RejectionKind::Sentence),
        ),
        (fault.to_owned(), Some(RejectionKind::Fault)),
        (body("GetQueryXML", "{}"), None),
        (answer("{\"QueryResult\":"), None),
        ("<html>Hata</html>".to_owned(), None),
    ] {
        let server = FaultServer::start(Fault::Answer(Format::Xml.answer(200, text.as_bytes())));
        let client = query_client(&server, 1, QueryMethod::Json);
        let typed = client.call(&find()).await.map(|answer| answer.rows.len());
        let raw = client.call(&raw()).await.map(|answer| answer.rows.len());
        for answer in [typed, raw] {
            let error = answer.unwrap_err();
            assert_eq!(
                error.rejection().map(|no| no.kind),
                kind,
                "{text}: {error:?}"
            );
            assert_eq!(matches!(error, Error::Decode(_)), kind.is_none(), "{text}");
        }
    }
}
