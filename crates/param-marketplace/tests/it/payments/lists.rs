//! Lists, lookups and refunds with receipts: faults, settling, planted people.

use chrono::{NaiveDate, NaiveDateTime};
use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::Client;
use param_marketplace::payments::{
    ListCustomerRates, ListMerchantRates, ListPayments, LookUpCards, PaymentOrder, ReconcileDay,
    RefundWithReceipt, SummarizePayments,
};

use super::faults::cut_at_every_byte;
use super::settling::after;
use super::{money, payment_refund, status};
use crate::faults::fails_as_expected;
use crate::sentinel::{answered, show};
use crate::support::{SECRETS, body, client, table};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()
}

fn period() -> (NaiveDateTime, NaiveDateTime) {
    let from = day().and_hms_opt(0, 0, 0).unwrap();
    (from, day().and_hms_opt(23, 59, 59).unwrap())
}

fn history() -> ListPayments {
    let (from, to) = period();
    ListPayments::between(from, to)
}

fn summary() -> SummarizePayments {
    let (from, to) = period();
    SummarizePayments::between(from, to)
}

fn refund() -> RefundWithReceipt {
    RefundWithReceipt::new(payment_refund())
}

#[tokio::test]
async fn list_payments() {
    fails_as_expected("TP_Islem_Izleme", false, |client| async move {
        client.call(&history()).await
    })
    .await;
}

#[tokio::test]
async fn summarize_payments() {
    fails_as_expected("TP_Mutabakat_Ozet", false, |client| async move {
        client.call(&summary()).await
    })
    .await;
}

#[tokio::test]
async fn reconcile_day() {
    fails_as_expected("TP_Mutabakat_Detay", false, |client| async move {
        client.call(&ReconcileDay::new(day())).await
    })
    .await;
}

#[tokio::test]
async fn look_up_cards() {
    fails_as_expected("BIN_SanalPos", false, |client| async move {
        client.call(&LookUpCards::by_bin("454671")).await
    })
    .await;
}

#[tokio::test]
async fn list_merchant_rates() {
    fails_as_expected("TP_Ozel_Oran_Liste", false, |client| async move {
        client.call(&ListMerchantRates::new()).await
    })
    .await;
}

#[tokio::test]
async fn list_customer_rates() {
    fails_as_expected("TP_Ozel_Oran_SK_Liste", false, |client| async move {
        client.call(&ListCustomerRates::new()).await
    })
    .await;
}

#[tokio::test]
async fn refund_with_receipt() {
    fails_as_expected("TP_Islem_Iptal_Iade_Kismi4", true, |client| async move {
        client.call(&refund()).await
    })
    .await;
}

#[tokio::test]
async fn a_refund_with_receipt_cut_at_every_byte() {
    cut_at_every_byte(
        &refund(),
        &body("TP_Islem_Iptal_Iade_Kismi4", "<Sonuc>1</Sonuc>"),
        Some(&status("1", "SUCCESS", "3007300695", "0")),
        &status("13", "REFUND", "3007300695", "10.01"),
        "done",
    )
    .await;
}

/// After a charge without 3-D, the list has the number and the net amount for the marketplace.
#[tokio::test]
async fn the_list_hands_a_payment_over() {
    let answer = body(
        "TP_Islem_Izleme",
        &table(&[&[
            ("SanalPOS_Islem_ID", "6021847062"),
            ("Tip_Str", "Satış"),
            ("Net_Tutar", "9.8300"),
            ("Tutar", "10.0100"),
            ("Dekont_ID", "3007300695"),
            ("ORJ_ORDER_ID", "KV-2001"),
            ("Sonuc", "1"),
            ("PB", "TRL"),
        ]]),
    );
    let ask = async |client: Client| client.call(&history()).await;
    let found = after(&answer, ask).await.unwrap();
    let paid = found.order(&PaymentOrder::from("KV-2001")).unwrap();
    assert_eq!(paid.payment.get(), 6_021_847_062);
    assert_eq!((paid.net, paid.total), (money("9.83"), money("10.01")));
}

/// Every column of every table is planted, and the rates contain the merchant's own key.
#[tokio::test]
async fn no_person_and_no_key_is_shown() {
    let columns = [
        "Sonuc_Str",
        "Odeme_Yapan_Bilgisi",
        "Odeme_Yapan_AdSoyad",
        "Odeme_Yapan_GSM",
        "Odeme_Yapan_TC",
        "Odeme_Aciklama",
        "KART_NO",
        "Yeni",
    ];
    let mut row: Vec<_> = columns.map(|column| (column, "PLANTED")).into();
    row.push(("GUID", SECRETS[3]));
    row.push(("Anahtar", SECRETS[3]));
    let mut shown = Vec::new();
    for operation in [
        "TP_Islem_Izleme",
        "TP_Mutabakat_Ozet",
        "TP_Mutabakat_Detay",
        "BIN_SanalPos",
        "TP_Ozel_Oran_Liste",
        "TP_Ozel_Oran_SK_Liste",
        "TP_Islem_Iptal_Iade_Kismi4",
    ] {
        let good = table(&[&row, &row]);
        let text = format!(
            "<Sonuc_Str>PLANTED {}</Sonuc_Str><Y>PLANTED</Y>",
            SECRETS[3]
        );
        for result in [format!("{good}{text}"), format!("<Sonuc>-1</Sonuc>{text}")] {
            let answer = Format::Xml.answer(200, body(operation, &result).as_bytes());
            let server = FaultServer::start(Fault::Answer(answer));
            let client = client(&server, 1);
            answered(&mut shown, client.call(&history()).await);
            answered(&mut shown, client.call(&summary()).await);
            let day = ReconcileDay::new(day());
            answered(&mut shown, client.call(&day).await);
            answered(&mut shown, client.call(&LookUpCards::all()).await);
            let rates = client.call(&ListMerchantRates::new()).await;
            if let Ok(rates) = &rates {
                shown.push(serde_json::to_string(&rates.rows).unwrap());
            }
            answered(&mut shown, rates);
            answered(&mut shown, client.call(&ListCustomerRates::new()).await);
            answered(&mut shown, client.call(&refund()).await);
        }
    }
    show(&mut shown, &(history(), summary(), refund()));
    assert!(shown.iter().any(|text| text.contains("HistoryRow")));
    for text in shown {
        for planted in SECRETS.into_iter().chain(["PLANTED"]) {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
    }
}
