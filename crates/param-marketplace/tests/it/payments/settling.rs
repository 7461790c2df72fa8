//! What a status query says about a payment whose answer was lost.

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::payments::{Payment, QueryPayment, RefundPayment, Security};
use param_marketplace::{Client, Outcome, Settled};

use super::{money, payment, payment_refund, second_step, status};
use crate::support::{body, client};

pub(super) async fn after<T>(answer: &str, ask: impl AsyncFn(Client) -> T) -> T {
    let answer = Format::Xml.answer(200, answer.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    ask(client(&server, 1)).await
}

async fn settled(answer: &str) -> &'static str {
    let pay = async |client: Client| client.settle_payment(&payment(Security::None)).await;
    match after(answer, pay).await {
        Settled::Done(Payment::Charged(charged)) => {
            assert_eq!(charged.receipt.as_str(), "3007300695");
            "done"
        }
        Settled::Done(Payment::Started(_)) => "started",
        settled => word(&settled),
    }
}

pub(super) fn word<T, R>(settled: &Settled<T, R>) -> &'static str {
    match settled {
        Settled::Done(_) => "done",
        Settled::AlreadyDone => "already",
        Settled::NotDone => "not done",
        Settled::Refused(_) => "refused",
        Settled::Open(_) => "open",
    }
}

#[tokio::test]
async fn a_payment_is_what_the_query_proves() {
    for (result, state, receipt, expected) in [
        ("1", "SUCCESS", "3007300695", "done"),
        ("1", "PARTIAL_REFUND", "3007300695", "done"),
        ("12", "CANCEL", "3007300695", "already"),
        ("13", "REFUND", "3007300695", "already"),
        ("2", "BANK_FAIL", "0", "not done"),
        ("2", "FAIL", "0", "not done"),
        // A payment that the customer has not finished yet looks like this.
        ("-1", "FAIL", "0", "open"),
        // What contradicts itself, and what is new, decides nothing.
        ("1", "SUCCESS", "0", "open"),
        ("2", "SUCCESS", "3007300695", "open"),
        ("1", "FAIL", "3007300695", "open"),
        ("1", "WAITING", "3007300695", "open"),
        ("1", "", "3007300695", "open"),
    ] {
        let answer = status(result, state, receipt, "0");
        assert_eq!(
            settled(&answer).await,
            expected,
            "{result} {state} {receipt}"
        );
    }
}

#[tokio::test]
async fn what_is_not_found_may_still_be_on_its_way() {
    let nothing = body("TP_Islem_Sorgulama4", "<Sonuc>1</Sonuc>");
    assert_eq!(settled(&nothing).await, "open");
    let refused = body("TP_Islem_Sorgulama4", "<Sonuc>-209</Sonuc>");
    assert_eq!(settled(&refused).await, "open");
}

#[tokio::test]
async fn a_reservation_is_no_payment() {
    let reserved = status("1", "SUCCESS", "6021847062", "0").replace("SALE", "PRE_AUTH");
    assert_eq!(settled(&reserved).await, "open");
}

#[tokio::test]
async fn a_payment_of_a_new_kind_or_of_another_amount_settles_nothing() {
    let paid = status("1", "SUCCESS", "3007300695", "0");
    assert_eq!(settled(&paid).await, "done");
    for (from, to) in [
        ("SALE", "PRE_AUTH_V2"),
        ("<Islem_Tip>SALE</Islem_Tip>", ""),
        ("<Islem_ID>KV-2001-1</Islem_ID>", ""),
        (
            "<Toplam_Tutar>10.01</Toplam_Tutar>",
            "<Toplam_Tutar>1.00</Toplam_Tutar>",
        ),
        ("<Toplam_Tutar>10.01</Toplam_Tutar>", ""),
    ] {
        let other = paid.replace(from, to);
        assert_ne!(other, paid, "{from}");
        assert_eq!(settled(&other).await, "open", "{from} {to}");
    }
}

#[tokio::test]
async fn another_attempts_payment_settles_nothing() {
    let other = status("1", "SUCCESS", "3007300695", "0").replace("KV-2001-1", "KV-2001-0");
    assert_eq!(settled(&other).await, "open");
    let other = status("1", "SUCCESS", "3007300695", "0").replace(">KV-2001<", ">KV-1999<");
    let step = async |client: Client| client.settle_completion(&second_step()).await;
    assert_eq!(word(&after(&other, step).await), "open");
    let refund = async |client: Client| client.settle_payment_refund(&payment_refund()).await;
    assert_eq!(word(&after(&other, refund).await), "open");
}

/// The general code came where the state of the charge could not be queried.
#[tokio::test]
async fn a_second_step_that_failed_without_detail_is_open() {
    let step = async |client: Client| client.complete_payment(&second_step()).await;
    for (code, outcome) in [("-1", Outcome::Unknown), ("-100", Outcome::NotDone)] {
        let answer = body("TP_WMD_Pay", &format!("<Sonuc>{code}</Sonuc>"));
        let refused = after(&answer, step).await.unwrap_err();
        assert_eq!(refused.outcome(), outcome, "{code}");
    }
    let plain = async |client: Client| client.pay(&payment(Security::None)).await;
    let refused = body("Pos_Odeme", "<Sonuc>-1</Sonuc>");
    let refused = after(&refused, plain).await.unwrap_err();
    assert_eq!(refused.outcome(), Outcome::NotDone);
}

#[tokio::test]
async fn a_refund_is_told_by_the_sum_of_refunds() {
    let first = RefundPayment::refund("KV-2001", money("4.00"));
    let second = first.clone().after(money("2.00"));
    let cancel = RefundPayment::cancel("KV-2001", money("10.01"));
    for (refund, state, sum, expected) in [
        (&first, "SUCCESS", "0", "not done"),
        (&first, "PARTIAL_REFUND", "4.00", "open"),
        (&second, "PARTIAL_REFUND", "2.00", "not done"),
        (&second, "PARTIAL_REFUND", "6.0", "already"),
        (&second, "PARTIAL_REFUND", "5.00", "open"),
        (&second, "PARTIAL_REFUND", "?", "open"),
        (&second, "REFUND", "10.01", "already"),
        (&cancel, "SUCCESS", "0", "not done"),
        (&cancel, "CANCEL", "0", "already"),
        (&cancel, "WAITING", "0", "open"),
    ] {
        let answer = status("1", state, "3007300695", sum);
        let ask = async |client: Client| client.settle_payment_refund(refund).await;
        let settled = after(&answer, ask).await;
        assert_eq!(word(&settled), expected, "{refund:?} {state} {sum}");
    }
}

#[tokio::test]
async fn a_query_reads_the_net_amount() {
    let answer = status("1", "SUCCESS", "3007300695", "0");
    let ask = async |client: Client| {
        client
            .query_payment(&QueryPayment::by_key("KV-2001-1"))
            .await
    };
    let found = after(&answer, ask).await.unwrap();
    assert_eq!(found.payment.unwrap().net(), Some(money("9.83")));
}
