//! The payments beside the common ones: currencies, reservations, BKM Express, checks of cards, pages
//! of the provider.

use std::net::{IpAddr, Ipv4Addr};

use fixtures::faults::{Fault, FaultServer};
use fixtures::matrix::Format;
use param_marketplace::payments::{
    BkmPayment, CaptureReservation, ComputeHash, Currency, CurrencyPayment, ModalCurrencyPayment,
    ModalPayment, ModelPaymentV2, Payment, Reservation, ReserveAmount, ReserveWithModel, Security,
    VerifyCard, VoidReservation,
};
use param_marketplace::{Client, Settled};

use super::{CARD, card, model_payment, money, sale, second_step, status};
use crate::faults::fails_as_expected;
use crate::sentinel::{answered, show, show_error};
use crate::support::{body, client};

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
    let urls = ["https://shop.example/failed", "https://shop.example/paid"];
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    BkmPayment::new(
        "KV-2001",
        "KV-2001-1",
        money("10.01"),
        "5000000000",
        urls[0],
        urls[1],
        customer,
    )
    .customer("SENTINEL Customer")
}

fn check() -> VerifyCard {
    VerifyCard::new(card(), "SENTINELTOKEN-0001").return_url("https://shop.example/checked")
}

fn modal() -> ModalPayment {
    ModalPayment::new(
        "KV-2001",
        "KV-2001-1",
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

/// Every write is sent once, whatever becomes of its connection.
#[tokio::test]
async fn every_start_is_sent_once() {
    fails_as_expected("TP_WMD_UCD_v2", true, |client| async move {
        let payment = model_payment_v2(Security::ThreeD);
        client.pay_with_model_v2(&payment).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_WD", true, |client| async move {
        client.pay_in_currency(&in_dollars(Security::None)).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_OnProv", true, |client| async move {
        client.reserve_amount(&reservation(Security::None)).await
    })
    .await;
    fails_as_expected("TP_Islem_Odeme_OnProv_WMD", true, |client| async move {
        let reservation = model_reservation(Security::None);
        client.reserve_with_model(&reservation).await
    })
    .await;
}

#[tokio::test]
async fn the_end_of_a_reservation_is_sent_once() {
    fails_as_expected("TP_Islem_Odeme_OnProv_Kapa", true, |client| async move {
        client.capture_reservation(&capture()).await
    })
    .await;
    fails_as_expected("TP_Islem_Iptal_OnProv", true, |client| async move {
        client.void_reservation(&void()).await
    })
    .await;
}

#[tokio::test]
async fn what_leads_to_an_address_is_sent_once() {
    fails_as_expected("TP_Islem_Odeme_BKM", true, |client| async move {
        client.pay_with_bkm(&bkm()).await
    })
    .await;
    fails_as_expected("TP_KK_Verify", true, |client| async move {
        client.verify_card(&check()).await
    })
    .await;
    fails_as_expected("TP_Modal_Payment", true, |client| async move {
        client.start_modal_payment(&modal()).await
    })
    .await;
    fails_as_expected("TP_Modal_Payment_WD", true, |client| async move {
        client.start_modal_currency_payment(&modal_in_euros()).await
    })
    .await;
}

#[tokio::test]
async fn a_hash_is_asked_for_again() {
    fails_as_expected("SHA2B64", false, |client| async move {
        client.compute_hash(&ComputeHash::new(["1"])).await
    })
    .await;
}

/// What the status query says, with the kind of the payment.
fn kind(kind: &str, result: &str, state: &str, receipt: &str) -> String {
    status(result, state, receipt, "0").replace(">SALE<", &format!(">{kind}<"))
}

async fn after<T>(answer: &str, ask: impl AsyncFn(Client) -> T) -> T {
    let answer = Format::Xml.answer(200, answer.as_bytes());
    let server = FaultServer::start(Fault::Answer(answer));
    ask(client(&server, 1)).await
}

fn word<T, R>(settled: &Settled<T, R>) -> &'static str {
    match settled {
        Settled::Done(_) => "done",
        Settled::AlreadyDone => "already",
        Settled::NotDone => "not done",
        Settled::Refused(_) => "refused",
        Settled::Open(_) => "open",
    }
}

#[tokio::test]
async fn a_reservation_is_settled_as_one() {
    let reserve = async |client: Client| {
        client
            .settle_reservation(&reservation(Security::None))
            .await
    };
    let reserved = kind("PRE_AUTH", "1", "SUCCESS", "6021847062");
    let Settled::Done(Reservation::Reserved(found)) = after(&reserved, reserve).await else {
        panic!("the amount is reserved")
    };
    assert_eq!(found.provision.as_str(), "6021847062");
    for (answer, expected) in [
        // A payment is no reservation.
        (kind("SALE", "1", "SUCCESS", "3007300695"), "open"),
        (kind("PRE_AUTH", "2", "BANK_FAIL", "0"), "not done"),
        (kind("PRE_AUTH", "12", "CANCEL", "6021847062"), "already"),
        (kind("PRE_AUTH", "1", "SUCCESS", "0"), "open"),
    ] {
        assert_eq!(word(&after(&answer, reserve).await), expected, "{answer}");
        let model = after(&answer, async |client: Client| {
            let reservation = model_reservation(Security::None);
            client.settle_model_reservation(&reservation).await
        });
        assert_eq!(word(&model.await), expected, "{answer}");
    }
    // And no reservation is a payment, nor a payment a reservation.
    let paid = after(&reserved, async |client: Client| {
        client
            .settle_currency_payment(&in_dollars(Security::None))
            .await
    });
    assert_eq!(word(&paid.await), "open");
    let second = after(&reserved, async |client: Client| {
        client.settle_completion(&second_step()).await
    });
    assert_eq!(word(&second.await), "open");
    let paid = kind("SALE", "1", "SUCCESS", "3007300695");
    for (answer, expected) in [(&reserved, "done"), (&paid, "open")] {
        let second = after(answer, async |client: Client| {
            let step = second_step().into();
            client.settle_reservation_completion(&step).await
        });
        assert_eq!(word(&second.await), expected, "{answer}");
    }
}

#[tokio::test]
async fn a_capture_stays_open_where_the_query_does_not_tell() {
    for (answer, captured, voided) in [
        (
            kind("POST_AUTH", "1", "SUCCESS", "3007300695"),
            "done",
            "open",
        ),
        (
            kind("PRE_AUTH", "1", "SUCCESS", "6021847062"),
            "open",
            "not done",
        ),
        (
            kind("PRE_AUTH", "12", "CANCEL", "6021847062"),
            "open",
            "already",
        ),
        (kind("PRE_AUTH", "2", "FAIL", "0"), "open", "open"),
        (
            body("TP_Islem_Sorgulama4", "<Sonuc>1</Sonuc>"),
            "open",
            "open",
        ),
        (
            body("TP_Islem_Sorgulama4", "<Sonuc>-101</Sonuc>"),
            "open",
            "open",
        ),
        (
            kind("PRE_AUTH", "12", "CANCEL", "6021847062").replace(">KV-2001<", ">KV-1999<"),
            "open",
            "open",
        ),
    ] {
        let settled = after(&answer, async |client: Client| {
            client.settle_capture(&capture()).await
        });
        assert_eq!(word(&settled.await), captured, "{answer}");
        let settled = after(&answer, async |client: Client| {
            client.settle_void(&void()).await
        });
        assert_eq!(word(&settled.await), voided, "{answer}");
    }
}

#[tokio::test]
async fn a_start_whose_payment_is_made_is_over() {
    for (answer, expected) in [
        (kind("SALE", "1", "SUCCESS", "3007300695"), "already"),
        (kind("SALE", "2", "BANK_FAIL", "0"), "not done"),
        (body("TP_Islem_Sorgulama4", "<Sonuc>1</Sonuc>"), "open"),
    ] {
        let settled = after(&answer, async |client: Client| {
            client.settle_bkm_payment(&bkm()).await
        });
        assert_eq!(word(&settled.await), expected, "{answer}");
        let settled = after(&answer, async |client: Client| {
            client.settle_modal_payment(&modal()).await
        });
        assert_eq!(word(&settled.await), expected, "{answer}");
        let settled = after(&answer, async |client: Client| {
            let payment = modal_in_euros();
            client.settle_modal_currency_payment(&payment).await
        });
        assert_eq!(word(&settled.await), expected, "{answer}");
    }
    let paid = kind("SALE", "1", "SUCCESS", "3007300695");
    let settled = after(&paid, async |client: Client| {
        let payment = model_payment_v2(Security::None);
        client.settle_model_payment_v2(&payment).await
    });
    assert!(matches!(settled.await, Settled::Done(Payment::Charged(_))));
}

/// Makes every call and shows what comes of it.
pub(crate) async fn every_other_call(shown: &mut Vec<String>, client: &Client) {
    for security in [Security::ThreeD, Security::None] {
        let payment = model_payment_v2(security);
        answered(shown, client.pay_with_model_v2(&payment).await);
        answered(shown, client.pay_in_currency(&in_dollars(security)).await);
        answered(shown, client.reserve_amount(&reservation(security)).await);
        let reservation = model_reservation(security);
        answered(shown, client.reserve_with_model(&reservation).await);
    }
    let step = second_step().into();
    answered(shown, client.complete_reservation(&step).await);
    answered(shown, client.capture_reservation(&capture()).await);
    answered(shown, client.void_reservation(&void()).await);
    answered(shown, client.pay_with_bkm(&bkm()).await);
    answered(shown, client.verify_card(&check()).await);
    answered(shown, client.start_modal_payment(&modal()).await);
    let in_euros = modal_in_euros();
    answered(shown, client.start_modal_currency_payment(&in_euros).await);
    answered(shown, client.compute_hash(&ComputeHash::new(["1"])).await);
    match client.settle_capture(&capture()).await {
        Settled::Open(error) => show_error(shown, &error),
        settled => show(shown, &settled),
    }
}

/// Answers whose code has another name, with planted messages and addresses.
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
