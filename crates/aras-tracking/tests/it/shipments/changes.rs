//! The changes of an order or parcel.

use super::answering;
use crate::support::{body, reference, shipment_client};
use ::contract_kit::faults::{Fault, FaultServer};
use ::contract_kit::matrix::Format;
use aras_tracking::Outcome;
use aras_tracking::shipments::{
    CancelDispatch, CancelRecall, RawLogin, RawWrite, Recall, UpdateNumbers,
};
use kervan_core::Operation as _;
use testkit::faults::{self, TRIES};

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
