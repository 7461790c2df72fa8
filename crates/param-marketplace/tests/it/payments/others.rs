//! Less common payments: currencies, reservations, BKM Express, checks of cards, pages of the provider.

use kervan_core::Answer;
use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use contract_kit::faults::{Fault, FaultServer};
use contract_kit::matrix::Format;
use param_marketplace::payments::{
    BkmPayment, CaptureReservation, CompleteReservation, ComputeHash, Currency, CurrencyPayment,
    ModalCurrencyPayment, ModalPayment, ModelPaymentV2, Payment, Reservation, ReserveAmount,
    ReserveWithModel, ReturnUrls, Security, VerifyCard, VoidReservation,
};
use param_marketplace::{Client, Settled};

use super::{CARD, card, model_payment, money, sale, second_step, status};
use crate::faults::fails_as_expected;
use crate::sentinel::{answered, show, show_settled};
use crate::support::{body, client, settled, settled_after, settled_late};

fn in_dollars(security: Security) -> CurrencyPayment {
    CurrencyPayment::new(
        Currency::Dollar,
        sale().described("A bag"),
        card(),
        security,
    )
}

fn reservation(security: Security) -> ReserveAmount {
    ReserveAmount::new(sale(), card(), security)
}

fn model_reservation(security: Security) -> ReserveWithModel {
    ReserveWithModel::new(sale(), card(), security)
}

fn capture() -> CaptureReservation {
    CaptureReservation::new("KV-2001", money("10.01")).provision("6021847062")
}

fn void() -> VoidReservation {
    VoidReservation::new("KV-2001").provision("6021847062")
}

fn bkm() -> BkmPayment {
    let urls = ReturnUrls::after_success("https://shop.example/paid")
        .after_failure("https://shop.example/failed");
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    BkmPayment::new(
        "KV-2001".into(),
        "KV-2001-1".into(),
        money("10.01"),
        "5000000000",
        urls,
        customer,
    )
    .customer("SENTINEL Customer")
}

fn check() -> VerifyCard {
    VerifyCard::new(card(), "SENTINELTOKEN-0001").return_url("https://shop.example/checked")
}

fn modal() -> ModalPayment {
    ModalPayment::new(
        "KV-2001".into(),
        "KV-2001-1".into(),
        money("10.01"),
        "https://shop.example/paid",
    )
    .phone("5000000000")
}

fn modal_in_euros() -> ModalCurrencyPayment {
    ModalCurrencyPayment::new(modal(), Currency::Euro)
}

fn model_payment_v2(security: Security) -> ModelPaymentV2 {
    model_payment(security).into()
}

/// Every write is sent once, even when its connection breaks.
#[tokio::test]
async fn every_start_is_sent_once() {
    fails_as_expected("TP_WMD_UCD_v2", true, |client| async move {
        let payment = model_payment_v2(Security::ThreeD);
        client.call(&payment).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_WD", true, |client| async move {
        client.call(&in_dollars(Security::None)).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_OnProv", true, |client| async move {
        client.call(&reservation(Security::None)).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_OnProv_WMD", true, |client| async move {
        let reservation = model_reservation(Security::None);
        client.call(&reservation).await
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_reservation_is_sent_once() {
    fails_as_expected("TP_Islem_Odeme_OnProv_Kapa", true, |client| async move {
        client.call(&capture()).await
    })
    .await;
    fails_as_expected("TP_Islem_Iptal_OnProv", true, |client| async move {
        client.call(&void()).await
    })
    .await;
}

#[tokio::test]
async fn what_leads_to_an_address_is_sent_once() {
    fails_as_expected("TP_Islem_Odeme_BKM", true, |client| async move {
        client.call(&bkm()).await
    })
    .await;
    fails_as_expected("TP_KK_Verify", true, |client| async move {
        client.call(&check()).await
    })
    .await;
    fails_as_expected("TP_Modal_Payment", true, |client| async move {
        client.call(&modal()).await
    })
    .await;
    fails_as_expected("TP_Modal_Payment_WD", true, |client| async move {
        client.call(&modal_in_euros()).await
    })
    .await;
}

#[tokio::test]
async fn a_hash_is_asked_for_again() {
    fails_as_expected("SHA2B64", false, |client| async move {
        client.call(&ComputeHash::new(["1"])).await
    })
    .await;
}

/// Returns the status query's answer, with the kind of the payment.
fn kind(kind: &str, result: &str, state: &str, receipt: &str) -> String {
    status(result, state, receipt, "0").replace(">SALE<", &format!(">{kind}<"))
}

#[tokio::test]
async fn a_reservation_is_settled_as_one() {
    let reserved = kind("PRE_AUTH", "1", "SUCCESS", "6021847062");
    let found = settled_after(Duration::ZERO, &[&reserved], &reservation(Security::None)).await;
    let Settled::Done(Some(Answer {
        value: Reservation::Reserved(found),
        ..
    })) = found
    else {
        panic!("the amount is reserved")
    };
    assert_eq!(found.provision.as_str(), "6021847062");
    for (answer, expected) in [
        // A payment is no reservation.
        (kind("SALE", "1", "SUCCESS", "3007300695"), "unclear"),
        (kind("PRE_AUTH", "2", "BANK_FAIL", "0"), "refused"),
        (kind("PRE_AUTH", "12", "CANCEL", "6021847062"), "unclear"),
        (kind("PRE_AUTH", "1", "SUCCESS", "0"), "unclear"),
    ] {
        let plain = reservation(Security::None);
        assert_eq!(settled(&[&answer], &plain).await, expected, "{answer}");
        let model = model_reservation(Security::None);
        assert_eq!(settled(&[&answer], &model).await, expected, "{answer}");
    }
    // And no reservation is a payment, nor a payment a reservation.
    let dollars = in_dollars(Security::None);
    assert_eq!(settled(&[&reserved], &dollars).await, "unclear");
    assert_eq!(settled(&[&reserved], &second_step()).await, "unclear");
    let paid = kind("SALE", "1", "SUCCESS", "3007300695");
    for (answer, expected) in [(&reserved, "done"), (&paid, "unclear")] {
        let step: CompleteReservation = second_step().into();
        assert_eq!(settled(&[answer], &step).await, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_capture_stays_open_where_the_query_does_not_tell() {
    let whole = CaptureReservation::new("KV-2001", money("10.01"));
    for (answer, captured, voided) in [
        (
            kind("POST_AUTH", "1", "SUCCESS", "3007300695"),
            // By whomever.
            "in state",
            "unclear",
        ),
        (
            kind("PRE_AUTH", "1", "SUCCESS", "6021847062"),
            "unclear",
            "not done",
        ),
        (
            kind("PRE_AUTH", "12", "CANCEL", "6021847062"),
            "unclear",
            "in state",
        ),
        (kind("PRE_AUTH", "2", "FAIL", "0"), "unclear", "unclear"),
        (
            body("TP_Islem_Sorgulama4", "<Sonuc>1</Sonuc>"),
            "not found",
            "unclear",
        ),
        (
            body("TP_Islem_Sorgulama4", "<Sonuc>-101</Sonuc>"),
            "failed",
            "failed",
        ),
        (
            kind("PRE_AUTH", "12", "CANCEL", "6021847062").replace(">KV-2001<", ">KV-1999<"),
            "unclear",
            "unclear",
        ),
    ] {
        assert_eq!(settled_late(&[&answer], &whole).await, captured, "{answer}");
        assert_eq!(settled_late(&[&answer], &void()).await, voided, "{answer}");
    }
}

#[tokio::test]
async fn a_start_whose_payment_is_made_is_over() {
    for (answer, expected) in [
        (kind("SALE", "1", "SUCCESS", "3007300695"), "done"),
        (kind("SALE", "2", "BANK_FAIL", "0"), "refused"),
        (body("TP_Islem_Sorgulama4", "<Sonuc>1</Sonuc>"), "not found"),
    ] {
        assert_eq!(settled_late(&[&answer], &bkm()).await, expected, "{answer}");
        assert_eq!(settled_late(&[&answer], &modal()).await, expected);
        assert_eq!(settled_late(&[&answer], &modal_in_euros()).await, expected);
    }
    let paid = kind("SALE", "1", "SUCCESS", "3007300695");
    let payment = model_payment_v2(Security::None);
    let found = settled_after(Duration::ZERO, &[&paid], &payment).await;
    assert!(matches!(
        found,
        Settled::Done(Some(Answer {
            value: Payment::Charged(_),
            ..
        }))
    ));
}

/// Makes every call and shows its results.
pub(crate) async fn every_other_call(shown: &mut Vec<String>, client: &Client) {
    for security in [Security::ThreeD, Security::None] {
        let payment = model_payment_v2(security);
        answered(shown, client.call(&payment).await);
        answered(shown, client.call(&in_dollars(security)).await);
        answered(shown, client.call(&reservation(security)).await);
        let reservation = model_reservation(security);
        answered(shown, client.call(&reservation).await);
    }
    let step: CompleteReservation = second_step().into();
    answered(shown, client.call(&step).await);
    answered(shown, client.call(&capture()).await);
    answered(shown, client.call(&void()).await);
    answered(shown, client.call(&bkm()).await);
    answered(shown, client.call(&check()).await);
    answered(shown, client.call(&modal()).await);
    let in_euros = modal_in_euros();
    answered(shown, client.call(&in_euros).await);
    answered(shown, client.call(&ComputeHash::new(["1"])).await);
    show_settled(shown, client, &capture()).await;
}

/// The answers have other names for the code, and planted messages and addresses.
#[tokio::test]
async fn no_answer_shows_its_message_or_its_address() {
    let echo = "SENTINELCODE SENTINELPASS SENTINELKEY0 Sentinel";
    let mut shown = Vec::new();
    for (operation, code, message, url) in [
        (
            "TP_Islem_Odeme_BKM",
            "Response_Code",
            "Response_Message",
            "Redirect_URL",
        ),
        ("TP_Modal_Payment", "ResultCode", "ResultDescription", "URL"),
        (
            "TP_Modal_Payment_WD",
            "ResultCode",
            "ResultDescription",
            "URL",
        ),
    ] {
        for (number, address) in [
            ("1", "https://x.example/SENTINEL"),
            ("1", echo),
            ("-101", echo),
            (echo, echo),
        ] {
            let answer = body(
                operation,
                &format!(
                    "<{code}>{number}</{code}><{message}>{echo}</{message}><{url}>{address}</{url}><X>{echo}</X>"
                ),
            );
            let answer = Format::Xml.answer(200, answer.as_bytes());
            let server = FaultServer::start(Fault::Answer(answer));
            every_other_call(&mut shown, &client(&server, 1)).await;
        }
    }
    for text in shown {
        assert!(!text.to_uppercase().contains("SENTINEL"), "{text}");
    }
}

#[test]
fn no_request_shows_its_card_or_its_token() {
    let mut shown = Vec::new();
    let security = Security::ThreeD;
    show(&mut shown, &model_payment_v2(security));
    show(&mut shown, &in_dollars(security));
    show(&mut shown, &reservation(security));
    show(&mut shown, &model_reservation(security));
    show(&mut shown, &bkm());
    show(&mut shown, &check());
    show(&mut shown, &modal_in_euros());
    let client = client("http://127.0.0.1:9", 1);
    let dry = [
        client.dry_run(&model_payment_v2(security)).unwrap(),
        client.dry_run(&in_dollars(security)).unwrap(),
        client.dry_run(&reservation(security)).unwrap(),
        client.dry_run(&model_reservation(security)).unwrap(),
        client.dry_run(&check()).unwrap(),
        client.dry_run(&modal_in_euros()).unwrap(),
        client.dry_run(&ComputeHash::new(["1"])).unwrap(),
    ];
    shown.extend(dry.map(|request| String::from_utf8(request.body).unwrap()));
    let mut wrong = check();
    wrong.token = "SENTINEL".into();
    show(&mut shown, &client.check(&wrong));
    let [number, _, year, code] = CARD;
    for text in shown {
        for planted in [
            number,
            year,
            code,
            "SENTINELTOKEN",
            "SENTINEL Holder",
            "SENTINELCODE",
            "SENTINELPASS",
            "SENTINELKEY0",
        ] {
            assert!(!text.contains(planted), "{planted}: {text}");
        }
    }
}
