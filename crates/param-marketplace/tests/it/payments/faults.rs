//! What a broken connection makes of a payment, and that none is ever sent twice.

use std::future::Future;

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::payments::{QueryPayment, Security};
use param_marketplace::{Client, Error, Outcome, Settled};

use super::{charged, model_payment, payment, payment_refund, second_step, status};
use crate::faults::{TRIES, fails_as_expected};
use crate::support::{body, client, detail, orders};

#[tokio::test]
async fn pay() {
    fails_as_expected("Pos_Odeme", true, |client| async move {
        client.pay(&payment(Security::None)).await
    })
    .await;
}

#[tokio::test]
async fn pay_with_model() {
    fails_as_expected("TP_WMD_UCD", true, |client| async move {
        client
            .pay_with_model(&model_payment(Security::ThreeD))
            .await
    })
    .await;
}

#[tokio::test]
async fn complete_payment() {
    fails_as_expected("TP_WMD_Pay", true, |client| async move {
        client.complete_payment(&second_step()).await
    })
    .await;
}

#[tokio::test]
async fn complete_reservation() {
    fails_as_expected("TP_WMD_Pay", true, |client| async move {
        let step = second_step().into();
        client.complete_reservation(&step).await
    })
    .await;
}

#[tokio::test]
async fn refund_payment() {
    fails_as_expected("TP_Islem_Iptal_Iade_Kismi2", true, |client| async move {
        client.refund_payment(&payment_refund()).await
    })
    .await;
}

#[tokio::test]
async fn query_payment() {
    fails_as_expected("TP_Islem_Sorgulama4", false, |client| async move {
        client
            .query_payment(&QueryPayment::by_key("KV-2001-1"))
            .await
    })
    .await;
}

/// Cuts the connection after every single byte of an answer. Each time the call is sent once, its
/// outcome is unknown, and the query settles it.
pub(super) async fn cut_at_every_byte<T, S, C, F>(
    good: &str,
    query: &str,
    call: impl Fn(Client) -> C,
    settle: impl Fn(Client) -> S,
    is_settled: impl Fn(F) -> bool,
) where
    C: Future<Output = Result<T, Error>>,
    S: Future<Output = F>,
{
    let whole = Format::Xml.answer(200, good.as_bytes());
    let found = Format::Xml.answer(200, query.as_bytes());
    let cuts = whole.len();
    let script = (0..cuts).flat_map(|at| [Fault::CloseAt(at), Fault::Answer(found.clone())]);
    let server = FaultServer::start_with(whole, Fault::Script(script.collect()));
    let client = client(&server, TRIES);
    for at in 0..cuts {
        let Err(error) = call(client.clone()).await else {
            panic!("succeeded, cut at {at}")
        };
        assert_eq!(error.outcome(), Outcome::Unknown, "cut at {at}");
        assert_eq!(server.requests(), 2 * at + 1, "cut at {at}");
        assert!(is_settled(settle(client.clone()).await), "cut at {at}");
        assert_eq!(server.requests(), 2 * at + 2, "cut at {at}");
    }
}

#[tokio::test]
async fn a_payment_cut_at_every_byte() {
    cut_at_every_byte(
        &charged("Pos_Odeme", "UCD_URL"),
        &status("1", "SUCCESS", "3007300695", "0"),
        |client| async move { client.pay(&payment(Security::None)).await },
        |client| async move { client.settle_payment(&payment(Security::None)).await },
        |settled| matches!(settled, Settled::Done(_)),
    )
    .await;
}

#[tokio::test]
async fn a_second_step_cut_at_every_byte() {
    let paid = "<Sonuc>1</Sonuc><Dekont_ID>3007300695</Dekont_ID>";
    cut_at_every_byte(
        &body("TP_WMD_Pay", paid),
        &status("1", "SUCCESS", "3007300695", "0"),
        |client| async move { client.complete_payment(&second_step()).await },
        |client| async move { client.settle_completion(&second_step()).await },
        |settled| matches!(settled, Settled::Done(_)),
    )
    .await;
}

#[tokio::test]
async fn a_refund_cut_at_every_byte() {
    cut_at_every_byte(
        &body("TP_Islem_Iptal_Iade_Kismi2", "<Sonuc>1</Sonuc>"),
        &status("13", "REFUND", "3007300695", "10.01"),
        |client| async move { client.refund_payment(&payment_refund()).await },
        |client| async move { client.settle_payment_refund(&payment_refund()).await },
        |settled| matches!(settled, Settled::AlreadyDone),
    )
    .await;
}

#[tokio::test]
async fn an_order_entry_cut_at_every_byte() {
    let seller = crate::support::SELLER;
    cut_at_every_byte(
        &body(
            "Pazaryeri_TP_Siparis_Detay_Ekle",
            "<Sonuc>1</Sonuc><PYSiparis_GUID>k</PYSiparis_GUID>",
        ),
        &orders(&[["k", "0", "9.83", "1.75", seller]]),
        |client| async move { client.add_order_detail(&detail()).await },
        |client| async move { client.settle_order_detail(&detail()).await },
        |settled| matches!(settled, Settled::Done(_)),
    )
    .await;
}
