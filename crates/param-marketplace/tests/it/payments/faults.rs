//! Payments over a broken connection, which are never sent twice.

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::Outcome;
use param_marketplace::payments::{CompleteReservation, QueryPayment, Security};

use super::{charged, model_payment, payment, payment_refund, second_step, status};
use crate::faults::{TRIES, fails_as_expected};
use crate::support::{Write, body, client, detail, orders, said, word};

#[tokio::test]
async fn pay() {
    fails_as_expected("Pos_Odeme", true, |client| async move {
        client.call(&payment(Security::None)).await
    })
    .await;
}

#[tokio::test]
async fn pay_with_model() {
    fails_as_expected("TP_WMD_UCD", true, |client| async move {
        client.call(&model_payment(Security::ThreeD)).await
    })
    .await;
}

#[tokio::test]
async fn complete_payment() {
    fails_as_expected("TP_WMD_Pay", true, |client| async move {
        client.call(&second_step()).await
    })
    .await;
}

#[tokio::test]
async fn complete_reservation() {
    fails_as_expected("TP_WMD_Pay", true, |client| async move {
        let step: CompleteReservation = second_step().into();
        client.call(&step).await
    })
    .await;
}

#[tokio::test]
async fn refund_payment() {
    fails_as_expected("TP_Islem_Iptal_Iade_Kismi2", true, |client| async move {
        client.call(&payment_refund()).await
    })
    .await;
}

#[tokio::test]
async fn query_payment() {
    fails_as_expected("TP_Islem_Sorgulama4", false, |client| async move {
        client.call(&QueryPayment::by_key("KV-2001-1")).await
    })
    .await;
}

/// Cuts the connection after every single byte of an answer. Each time the write is sent once, its outcome
/// is unknown, and the read-back settles it. A delta reads the state before the write.
pub(super) async fn cut_at_every_byte<O: Write>(
    write: &O,
    good: &str,
    before: Option<&str>,
    now: &str,
    expected: &str,
) {
    let answer = |text: &str| Format::Xml.answer(200, text.as_bytes());
    let whole = answer(good);
    let (before, now) = (before.map(said), said(now));
    let cuts = whole.len();
    let script = (0..cuts).flat_map(|at| {
        let before = before.clone().into_iter();
        before.chain([Fault::CloseAt(at), now.clone()])
    });
    let script: Vec<_> = script.collect();
    let each = script.len() / cuts;
    let server = FaultServer::start_with(whole, Fault::Script(script));
    let client = client(&server, TRIES);
    for at in 0..cuts {
        let attempt = client.prepare(write).await.unwrap();
        let Err(failed) = client.send(write, &attempt).await else {
            panic!("succeeded, cut at {at}")
        };
        assert_eq!(failed.outcome(), Outcome::Unknown, "cut at {at}");
        assert_eq!(server.requests(), each * (at + 1) - 1, "cut at {at}");
        let settled = client.settle(write, &attempt).await;
        assert_eq!(word(&settled), expected, "cut at {at}");
        assert_eq!(server.requests(), each * (at + 1), "cut at {at}");
    }
}

#[tokio::test]
async fn a_payment_cut_at_every_byte() {
    cut_at_every_byte(
        &payment(Security::None),
        &charged("Pos_Odeme", "UCD_URL"),
        None,
        &status("1", "SUCCESS", "3007300695", "0"),
        "done",
    )
    .await;
}

#[tokio::test]
async fn a_second_step_cut_at_every_byte() {
    let paid = "<Sonuc>1</Sonuc><Dekont_ID>3007300695</Dekont_ID>";
    cut_at_every_byte(
        &second_step(),
        &body("TP_WMD_Pay", paid),
        None,
        &status("1", "SUCCESS", "3007300695", "0"),
        "done",
    )
    .await;
}

#[tokio::test]
async fn a_refund_cut_at_every_byte() {
    cut_at_every_byte(
        &payment_refund(),
        &body("TP_Islem_Iptal_Iade_Kismi2", "<Sonuc>1</Sonuc>"),
        Some(&status("1", "SUCCESS", "3007300695", "0")),
        &status("13", "REFUND", "3007300695", "10.01"),
        "done",
    )
    .await;
}

#[tokio::test]
async fn an_order_entry_cut_at_every_byte() {
    let seller = crate::support::SELLER;
    cut_at_every_byte(
        &detail(),
        &body(
            "Pazaryeri_TP_Siparis_Detay_Ekle",
            "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID>",
        ),
        Some(&orders(&[])),
        &orders(&[["k", "0", "9.83", "1.75", seller]]),
        "done",
    )
    .await;
}
