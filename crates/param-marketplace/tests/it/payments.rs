//! Payments: faults, settling, callbacks, planted cards.

mod callbacks;
mod faults;
mod lists;
mod odd_callbacks;
pub(crate) mod others;
mod page;
pub(crate) mod sentinel;
mod settling;
mod starts;
mod stored;

use std::net::{IpAddr, Ipv4Addr};

use kervan_core::Personal;
use kervan_turkiye::Money;
use param_marketplace::payments::{
    Card, CompletePayment, ModelPayment, PaymentKey, PaymentOrder, PosPayment, RefundPayment,
    ReturnUrls, Sale, Security,
};

use crate::support::body;

/// A published test card. Its number, expiry and code are planted, and nothing may show them.
pub(crate) const CARD: [&str; 4] = ["4546711234567894", "12", "2031", "987"];

pub(crate) fn money(text: &str) -> Money {
    text.parse().unwrap()
}

pub(crate) fn card() -> Card {
    let [number, month, year, code] = CARD;
    Card::new(number)
        .holder("SENTINEL Holder")
        .month(month)
        .year(year)
        .code(code)
}

pub(crate) fn sale() -> Sale {
    let urls = ReturnUrls::after_success("https://shop.example/paid")
        .after_failure("https://shop.example/failed");
    let customer = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 77));
    Sale::new(
        PaymentOrder::from("KV-2001"),
        PaymentKey::from("KV-2001-1"),
        money("10.01"),
        urls,
        customer,
    )
    .phone("5000000000")
}

pub(crate) fn payment(security: Security) -> PosPayment {
    PosPayment::new(sale(), card(), security)
}

pub(crate) fn model_payment(security: Security) -> ModelPayment {
    ModelPayment::new(sale(), card(), security)
}

pub(crate) fn second_step() -> CompletePayment {
    CompletePayment::new(
        Personal::from("1:SENTINELPROOF:2:##3"),
        "35513153-9902-4a4c-a256-af6ed9cadc52",
        PaymentOrder::from("KV-2001"),
    )
    .of_attempt("KV-2001-1", money("10.01"))
}

pub(crate) fn payment_refund() -> RefundPayment {
    RefundPayment::refund("KV-2001", money("10.01"))
}

/// Returns a status query's answer: result, state, receipt, refunded so far.
pub(crate) fn status(result: &str, state: &str, receipt: &str, refunded: &str) -> String {
    let payment = format!(
        "<DT_Bilgi><Odeme_Sonuc>{result}</Odeme_Sonuc><Dekont_ID>{receipt}</Dekont_ID><Siparis_ID>KV-2001</Siparis_ID>\
         <Islem_ID>KV-2001-1</Islem_ID><Durum>{state}</Durum><Toplam_Tutar>10.01</Toplam_Tutar>\
         <Komisyon_Tutar>0.18</Komisyon_Tutar><Toplam_Iade_Tutar>{refunded}</Toplam_Iade_Tutar>\
         <Islem_Tip>SALE</Islem_Tip></DT_Bilgi><Sonuc>1</Sonuc>"
    );
    body("TP_Islem_Sorgulama4", &payment)
}

/// Returns the successful answer of a call without 3-D.
pub(crate) fn charged(operation: &str, word: &str) -> String {
    let result =
        format!("<Islem_ID>3007300695</Islem_ID><{word}>NONSECURE</{word}><Sonuc>1</Sonuc>");
    body(operation, &result)
}
