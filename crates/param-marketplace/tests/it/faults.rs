//! Errors after a broken connection or a foreign answer, and the number of requests at the server.

use std::future::Future;

use contract_kit::faults::{Fault, FaultServer, refused_url};
use contract_kit::matrix::{self, Format};
use param_marketplace::{
    Client, Error, ListProvinces, ListProvincesOfTestService, ListSubMerchants, OrderKey, Outcome,
    QueryOrders, RefundAmount,
};

use crate::support::{
    ORDER, approval, body, changed_seller, changed_seller_v2, client, detail, districts, limit,
    new_seller, new_seller_v2, raw, refund, removal, trace,
};

/// The number of tries of a read in these tests.
pub(crate) const TRIES: u32 = 3;

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
    for row in matrix::rows(Format::Xml, &good) {
        let name = row.name;
        let answer = Format::Xml.answer(200, good.as_bytes());
        let server = FaultServer::start_with(answer, row.fault);
        let Err(error) = call(client(&server, TRIES)).await else {
            panic!("{name}: succeeded")
        };
        let report = error.report();
        let found = (report.kind, report.code.as_deref(), report.outcome);
        assert_eq!(
            found,
            (row.kind, row.code, Outcome::Unknown),
            "{name}: {error:?}"
        );
        let tries = if row.passing && !is_write {
            TRIES as usize
        } else {
            1
        };
        assert_eq!(
            server.requests(),
            tries,
            "{name}: requests that the server saw"
        );
    }
    let Err(error) = call(client(refused_url(), TRIES)).await else {
        panic!("refused: succeeded")
    };
    let report = error.report();
    let found = (report.kind, report.code.as_deref(), report.outcome);
    assert_eq!(found, ("transport", Some("connect"), Outcome::NotDone));
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
