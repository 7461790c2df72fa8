//! What becomes of a cancelling whose outcome is unknown.

use ::fixtures::faults::{Fault, FaultServer};
use ::fixtures::matrix::Format;
use aras_tracking::{Kind, Outcome};
use kervan_core::{Sent, Settled};

use crate::support::{body, cancel, shipment_client};

fn answer(code: &str) -> Fault {
    let result = format!("<ResultCode>{code}</ResultCode><ResultMessage>-</ResultMessage>");
    let body = body("CancelDispatch", &result);
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_cancelling_again() {
    for (code, done) in [("0", true), ("1", true), ("-1", false)] {
        let script = vec![Fault::ResetBeforeAnswer, answer(code)];
        let server = FaultServer::start(Fault::Script(script));
        let client = shipment_client(&server, 3);
        let sent = client
            .send_or_settle_cancel_dispatch(&cancel())
            .await
            .unwrap();
        assert_eq!(matches!(sent, Sent::Done(_)), done, "{code}");
        assert_eq!(server.requests(), 2, "{code}");
    }
}

#[tokio::test]
async fn an_order_that_never_was_is_refused_not_done() {
    let server = FaultServer::start(answer("-1"));
    let client = shipment_client(&server, 3);
    let error = client
        .send_or_settle_cancel_dispatch(&cancel())
        .await
        .unwrap_err();
    assert_eq!(error.rejection().unwrap().kind, Kind::NotFound);
    assert_eq!((error.outcome(), server.requests()), (Outcome::NotDone, 1));
}

#[tokio::test]
async fn a_cut_waybill_is_refused_and_faults_stay_open() {
    let settled = async |fault| {
        let server = FaultServer::start(fault);
        shipment_client(&server, 1)
            .settle_cancel_dispatch(&cancel())
            .await
    };
    assert!(
        matches!(settled(answer("999")).await, Settled::Refused(no) if no.kind == Kind::WaybillCut)
    );
    assert!(matches!(settled(answer("936")).await, Settled::Open(_)));
    assert!(matches!(settled(answer("-2")).await, Settled::Open(_)));
    assert!(matches!(
        settled(Fault::CloseBeforeAnswer).await,
        Settled::Open(_)
    ));
}

#[tokio::test]
async fn an_outcome_that_stays_unknown_is_told_so() {
    let server = FaultServer::start(Fault::ResetBeforeAnswer);
    let client = shipment_client(&server, 3);
    let error = client
        .send_or_settle_cancel_dispatch(&cancel())
        .await
        .unwrap_err();
    assert_eq!(error.outcome(), Outcome::Unknown);
    // The write, and three times its settling.
    assert_eq!(server.requests(), 4);
}
