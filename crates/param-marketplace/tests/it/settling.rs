//! Settling of writes after an unknown outcome, by the query.

mod codes;
mod late;
mod rows;
mod sellers;

use std::time::Duration;

use contract_kit::faults::Fault;
use param_marketplace::raw::RawCall;
use param_marketplace::{
    CancelOrRefund, Class, Error, Failed, NextStep, Open, OrderKey, Outcome, PaymentId,
    RefundAmount, Rejection, RejectionKind, Resumed, Sent, SetOrderStatus, Settled, SubMerchantId,
};

use crate::support::{
    Desk, IBAN, NUMBER, ORDER, SECRETS, SELLER, SETTLED, Write, approval, body, changed_seller,
    changed_seller_v2, detail, new_seller, new_seller_v2, orders, refund, removal, said, sellers,
    settled, settled_after, settled_late, stored, table, word,
};

pub(crate) const QUERY: &str = "Pazaryeri_TP_Islem_Sorgulama";
const ENTRY: &str = "Pazaryeri_TP_Siparis_Detay_Ekle";
const STEP: &str = "Pazaryeri_TP_Siparis_Onay";
pub(crate) const UNDO: &str = "Pazaryeri_TP_Iptal_Iade";
const LIST: &str = "Pazaryeri_TP_AltUyeIsyeri_Liste";
const ADD: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme";
const ADD_V2: &str = "Pazaryeri_TP_AltUyeIsyeri_Ekleme_v2";

/// The row of the entry that `detail()` makes.
const ENTERED: [&str; 5] = [ORDER, "0", "9.8300", "1,75", SELLER];

fn part(amount: &str, new_payable: &str) -> CancelOrRefund {
    let money = |text: &str| text.parse().unwrap();
    refund(
        RefundAmount::part(money(amount))
            .leaving(money(new_payable))
            .unwrap(),
    )
}

pub(crate) fn row(state: &str, payable: &str) -> String {
    orders(&[[ORDER, state, "9.83", payable, SELLER]])
}

type Columns<'a> = &'a [(&'a str, &'a str)];

const OTHER: Columns<'_> = &[("GUID", "o2"), ("TC_VN", "20000000046"), ("IBAN_No", IBAN)];
const SAME: Columns<'_> = &[("GUID", SELLER), ("TC_VN", NUMBER), ("IBAN_No", IBAN)];

/// Sends a write to a server with this result.
async fn answered<O: Write>(write: &O, operation: &str, before: &str, result: &str) -> Error {
    let before = (write.class() == Class::Delta).then(|| said(before));
    let answer = said(&body(operation, result));
    let desk = Desk::new(before.into_iter().chain([answer]));
    let attempt = desk.client.prepare(write).await.unwrap();
    match desk.client.send(write, &attempt).await {
        Err(failed) => failed.error,
        Ok(_) => panic!("{operation}: {result} is not a success"),
    }
}

#[tokio::test]
async fn an_entry_that_differs_or_is_there_twice_stays_open() {
    let differs = [ORDER, "0", "9.83", "1.76", SELLER];
    let unreadable = [ORDER, "0", "9.83", "?", SELLER];
    let nobodys = [ORDER, "0", "9.83", "1.75", ""];
    let other = ["o3", "0", "9.83", "1.75", SELLER];
    let before = orders(&[]);
    for rows in [
        &[ENTERED, other][..],
        &[differs],
        &[unreadable],
        &[nobodys],
        &[ENTERED, differs],
    ] {
        let found = [&*before, &*orders(rows)];
        assert_eq!(settled_late(&found, &detail()).await, "unclear", "{rows:?}");
    }
}

#[tokio::test]
async fn a_step_is_settled_by_the_orders_state() {
    for odd in ["13", "-1", "77", ""] {
        assert_eq!(
            settled_late(&[&row(odd, "1")], &approval()).await,
            "unclear"
        );
    }
    let cancel = SetOrderStatus::cancel(ORDER.into());
    assert_eq!(settled(&[&row("-1", "1")], &cancel).await, "in state");
}

#[tokio::test]
async fn a_query_that_fails_leaves_the_question_open() {
    let no = said(&body(QUERY, "<Sonuc>-209</Sonuc>"));
    for fault in [no, Fault::CloseBeforeAnswer, Fault::Stall(0)] {
        let desk = Desk::new([said(&orders(&[])), Fault::ResetBeforeAnswer, fault.clone()]);
        let attempt = desk.client.prepare(&detail()).await.unwrap();
        assert!(desk.client.send(&detail(), &attempt).await.is_err());
        desk.host.advance(SETTLED);
        let settled = desk.client.settle(&detail(), &attempt).await;
        assert_eq!(word(&settled), "failed");
        // Without the state before it, an entry is not sent at all.
        let desk = Desk::new([fault]);
        let failed = desk.client.send_or_settle(&detail()).await.unwrap_err();
        assert_eq!(failed.outcome(), Outcome::NotDone);
        assert_eq!(desk.count(ENTRY), 0);
    }
}

#[tokio::test]
async fn an_attempt_holds_neither_number_nor_account() {
    let desk = Desk::new([said(&sellers("1", &[SAME]))]);
    for attempt in [
        desk.client.prepare(&new_seller()).await.unwrap(),
        desk.client.prepare(&new_seller_v2()).await.unwrap(),
    ] {
        let text = format!("{} {attempt:?}", serde_json::to_string(&attempt).unwrap());
        assert!(!text.contains(NUMBER) && !text.contains(IBAN), "{text}");
        assert!(!text.contains("SENTINEL"), "{text}");
        assert!(attempt.baseline().unwrap().has(SELLER));
        assert_eq!(attempt.key().len(), 16);
    }
}

#[test]
fn an_open_write_says_that_it_may_have_happened() {
    fn says<R: std::fmt::Debug>(open: &Open<R>) -> String {
        open.to_string()
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let nothing = orders(&[]);
    let found = runtime.block_on(settled_after(
        Duration::ZERO,
        &[&nothing, &nothing],
        &detail(),
    ));
    let Settled::Open(open) = found else {
        panic!("settled")
    };
    assert_eq!(says(&open), "it is not there yet; it may have happened");
    assert_eq!(detail().payment, PaymentId::new(1_247_910_825));
}
