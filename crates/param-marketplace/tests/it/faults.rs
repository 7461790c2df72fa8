//! Errors after a broken connection or a foreign answer, and the number of requests at the server.

use std::future::Future;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::{
    Client, Error, ListProvinces, ListProvincesOfTestService, ListSubMerchants, OrderKey, Outcome,
    QueryOrders, RefundAmount,
};
use testkit::faults;
pub(crate) use testkit::faults::TRIES;

use crate::support::{
    ORDER, approval, body, changed_seller, changed_seller_v2, client, detail, districts, limit,
    new_seller, new_seller_v2, raw, refund, removal, trace,
};

pub(crate) async fn fails_as_expected<T, F>(
    operation: &str,
    is_write: bool,
    call: impl Fn(Client) -> F,
) where
    F: Future<Output = Result<T, Error>>,
{
    let good = body(
        operation,
        "<Sonuc>1</Sonuc><PYSiparis_GUID>x</PYSiparis_GUID>",
    );
    let call = |peer| call(client(peer, TRIES));
    faults::fails_as_expected(Format::Xml, &good, is_write, |_| true, call).await;
}

#[tokio::test]
async fn add_order_detail() {
    fails_as_expected(
        "Pazaryeri_TP_Siparis_Detay_Ekle",
        true,
        |client| async move { client.call(&detail()).await },
    )
    .await;
}

#[tokio::test]
async fn set_order_status() {
    fails_as_expected("Pazaryeri_TP_Siparis_Onay", true, |client| async move {
        client.call(&approval()).await
    })
    .await;
}

#[tokio::test]
async fn cancel_or_refund() {
    fails_as_expected("Pazaryeri_TP_Iptal_Iade", true, |client| async move {
        client.call(&refund(RefundAmount::Full)).await
    })
    .await;
}

#[tokio::test]
async fn query_orders() {
    fails_as_expected("Pazaryeri_TP_Islem_Sorgulama", false, |client| async move {
        client
            .call(&QueryOrders::by_order(OrderKey::from(ORDER)))
            .await
    })
    .await;
}

#[tokio::test]
async fn check_limit() {
    fails_as_expected("Pazaryeri_TP_Limit_Kontrol", false, |client| async move {
        client.call(&limit()).await
    })
    .await;
}

#[tokio::test]
async fn trace_transactions() {
    fails_as_expected("Param_Pazaryeri_Islem_Izleme", false, |client| async move {
        client.call(&trace()).await
    })
    .await;
}

#[tokio::test]
async fn list_provinces() {
    fails_as_expected("IL_LISTESI", false, |client| async move {
        client.call(&ListProvinces::new()).await
    })
    .await;
}

#[tokio::test]
async fn list_provinces_of_test_service() {
    fails_as_expected("Il_Liste", false, |client| async move {
        client.call(&ListProvincesOfTestService::new()).await
    })
    .await;
}

#[tokio::test]
async fn list_districts() {
    fails_as_expected("ILCE_LISTESI", false, |client| async move {
        client.call(&districts()).await
    })
    .await;
}

/// Calls an operation by its wire names. It may be a write, so it is sent once.
#[tokio::test]
async fn call_raw() {
    fails_as_expected("MP_OrderDetailAdd", true, |client| async move {
        client.call(&raw()).await
    })
    .await;
}

#[tokio::test]
async fn add_sub_merchant() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme",
        true,
        |client| async move { client.call(&new_seller()).await },
    )
    .await;
}

#[tokio::test]
async fn add_sub_merchant_v2() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2",
        true,
        |client| async move { client.call(&new_seller_v2()).await },
    )
    .await;
}

#[tokio::test]
async fn update_sub_merchant() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme",
        true,
        |client| async move { client.call(&changed_seller()).await },
    )
    .await;
}

#[tokio::test]
async fn update_sub_merchant_v2() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Guncelleme_v2",
        true,
        |client| async move { client.call(&changed_seller_v2()).await },
    )
    .await;
}

#[tokio::test]
async fn remove_sub_merchant() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Silme",
        true,
        |client| async move { client.call(&removal()).await },
    )
    .await;
}

#[tokio::test]
async fn list_sub_merchants() {
    fails_as_expected(
        "Pazaryeri_TP_AltUyeIsyeri_Liste",
        false,
        |client| async move { client.call(&ListSubMerchants::all()).await },
    )
    .await;
}

/// The connection is cut after every single byte of the answer. The refund is sent once each time,
/// and its outcome is always unknown.
#[tokio::test]
async fn a_refund_cut_at_every_byte_stays_unknown_and_is_sent_once() {
    let good = body("Pazaryeri_TP_Iptal_Iade", "<Sonuc>1</Sonuc>");
    let whole = Format::Xml.answer(200, good.as_bytes());
    let cuts: Vec<_> = (0..whole.len()).map(Fault::CloseAt).collect();
    let server = FaultServer::start_with(whole, Fault::Script(cuts.clone()));
    let client = client(&server, TRIES);
    for (sent, cut) in cuts.iter().enumerate() {
        let error = client.call(&refund(RefundAmount::Full)).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{cut:?}");
        assert_eq!(server.requests(), sent + 1, "{cut:?}");
    }
}
