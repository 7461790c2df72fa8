//! What becomes of a write after an unknown outcome: each is read back by the query.

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::{Error, Outcome, RefundAmount, Sent};

use crate::support::{ORDER, SELLER, approval, body, client, detail, orders, refund};

fn said(body: &str) -> Fault {
    Fault::Answer(Format::Xml.answer(200, body.as_bytes()))
}

/// A server that loses the first answer and then follows the script.
fn lost_then(script: Vec<Fault>) -> FaultServer {
    let script = std::iter::once(Fault::ResetBeforeAnswer)
        .chain(script)
        .collect();
    FaultServer::start(Fault::Script(script))
}

/// The operations that arrived, in order.
fn arrived(server: &FaultServer) -> Vec<String> {
    let seen = server.requests_seen().into_iter();
    let action = |seen: fixtures::http::Arrived| seen.header("SOAPAction").unwrap().to_owned();
    seen.map(|seen| {
        action(seen)
            .trim_matches('"')
            .rsplit('/')
            .next()
            .unwrap()
            .to_owned()
    })
    .collect()
}

const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";

fn unknown<T: std::fmt::Debug>(result: Result<T, Error>) {
    assert_eq!(result.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn an_entry_found_by_its_payment_gives_its_key() {
    let other = ["o2", "0", "5.0000", "5.0000", "another seller"];
    let server = lost_then(vec![said(&orders(&[
        other,
        [ORDER, "0", "9.8300", "1,75", SELLER],
    ]))]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_order_detail(&detail())
        .await
        .unwrap();
    let Sent::Done(entered) = sent else {
        panic!("the key is needed")
    };
    assert_eq!(entered.order.as_str(), ORDER);
    assert_eq!(arrived(&server), ["Pazaryeri_TP_Siparis_Detay_Ekle", QUERY]);
}

#[tokio::test]
async fn an_entry_that_is_not_there_is_sent_once_more() {
    let done = body(
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID>",
    );
    let server = lost_then(vec![said(&orders(&[])), said(&done)]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_order_detail(&detail())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))), "{sent:?}");
    let entry = "Pazaryeri_TP_Siparis_Detay_Ekle";
    assert_eq!(arrived(&server), [entry, QUERY, entry]);
}

#[tokio::test]
async fn an_entry_that_differs_or_stands_there_twice_stays_open() {
    let same = [ORDER, "0", "9.83", "1.75", SELLER];
    let differs = [ORDER, "0", "9.83", "1.76", SELLER];
    let unreadable = [ORDER, "0", "9.83", "?", SELLER];
    for rows in [
        &[same, same][..],
        &[differs],
        &[unreadable],
        &[same, differs],
    ] {
        let server = lost_then(vec![said(&orders(rows))]);
        unknown(
            client(&server.base_url(), 2)
                .send_or_settle_order_detail(&detail())
                .await,
        );
        assert_eq!(
            arrived(&server),
            ["Pazaryeri_TP_Siparis_Detay_Ekle", QUERY, QUERY]
        );
    }
}

#[tokio::test]
async fn an_approval_is_settled_by_the_orders_state() {
    let approve = "Pazaryeri_TP_Siparis_Onay";
    let state = |state| said(&orders(&[[ORDER, state, "1", "1", SELLER]]));
    let server = lost_then(vec![state("1")]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_order_status(&approval())
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);
    assert_eq!(arrived(&server), [approve, QUERY]);

    let server = lost_then(vec![state("0"), said(&body(approve, "<Sonuc>1</Sonuc>"))]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_order_status(&approval())
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))));
    assert_eq!(arrived(&server), [approve, QUERY, approve]);

    for odd in ["13", "-1", "77", ""] {
        let server = lost_then(vec![state(odd)]);
        unknown(
            client(&server.base_url(), 1)
                .send_or_settle_order_status(&approval())
                .await,
        );
    }
}

#[tokio::test]
async fn a_full_refund_is_settled_by_the_orders_state() {
    let refunding = "Pazaryeri_TP_Iptal_Iade";
    let full = refund(RefundAmount::Full);
    let state = |state| said(&orders(&[[ORDER, state, "1", "1", SELLER]]));
    for done in ["12", "13"] {
        let server = lost_then(vec![state(done)]);
        let sent = client(&server.base_url(), 2)
            .send_or_settle_cancel_or_refund(&full)
            .await;
        assert_eq!(sent.unwrap(), Sent::AlreadyDone);
        assert_eq!(arrived(&server), [refunding, QUERY]);
    }
    let server = lost_then(vec![state("1"), said(&body(refunding, "<Sonuc>1</Sonuc>"))]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_cancel_or_refund(&full)
        .await;
    assert!(matches!(sent, Ok(Sent::Done(_))));
    assert_eq!(arrived(&server), [refunding, QUERY, refunding]);
}

#[tokio::test]
async fn a_partial_refund_is_never_sent_again_by_itself() {
    let money = |text: &str| text.parse().unwrap();
    let part = refund(RefundAmount::partial(money("5.50"), money("1.25")).unwrap());
    let payable = |payable| said(&orders(&[[ORDER, "1", "9.83", payable, SELLER]]));
    let server = lost_then(vec![payable("1.2500")]);
    let sent = client(&server.base_url(), 2)
        .send_or_settle_cancel_or_refund(&part)
        .await;
    assert_eq!(sent.unwrap(), Sent::AlreadyDone);

    let server = lost_then(vec![payable("6.75")]);
    unknown(
        client(&server.base_url(), 2)
            .send_or_settle_cancel_or_refund(&part)
            .await,
    );
    assert_eq!(arrived(&server), ["Pazaryeri_TP_Iptal_Iade", QUERY, QUERY]);
}

#[tokio::test]
async fn a_refusal_that_says_it_is_done_is_no_error_when_settling() {
    let refunding = "Pazaryeri_TP_Iptal_Iade";
    for code in ["-211", "-212"] {
        let no = said(&body(refunding, &format!("<Sonuc>{code}</Sonuc>")));
        let server = FaultServer::start(no);
        let client = client(&server.base_url(), 2);
        let full = refund(RefundAmount::Full);
        let sent = client.send_or_settle_cancel_or_refund(&full).await;
        assert_eq!(sent.unwrap(), Sent::AlreadyDone, "{code}");
        unknown(client.cancel_or_refund(&full).await);
    }
}

#[tokio::test]
async fn a_query_that_fails_leaves_the_question_open() {
    let no = said(&body(QUERY, "<Sonuc>-209</Sonuc>"));
    for fault in [no, Fault::CloseBeforeAnswer, Fault::Stall(0)] {
        let server = lost_then(vec![fault]);
        unknown(
            client(&server.base_url(), 1)
                .send_or_settle_order_detail(&detail())
                .await,
        );
        assert_eq!(arrived(&server)[0], "Pazaryeri_TP_Siparis_Detay_Ekle");
        assert!(arrived(&server)[1..].iter().all(|name| name == QUERY));
    }
}
