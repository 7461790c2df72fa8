//! The part of an order's page that is about its payments.

use maud::{Markup, html};

use super::next_key;
use crate::orders::Whole;
use crate::pages::{Words, field};
use crate::store::{PaymentRow, PaymentState};

/// Shows the payments of an order, and the form for the next one.
pub(crate) fn section(words: Words, whole: &Whole) -> Markup {
    let say = |english, turkish| words.say(english, turkish);
    let is_verified = whole
        .payments
        .iter()
        .any(|payment| payment.state == PaymentState::Verified);
    let is_beginning = whole
        .payments
        .iter()
        .any(|payment| payment.state == PaymentState::Starting);
    let is_open = whole
        .payments
        .iter()
        .any(|payment| payment.state == PaymentState::Waiting);
    let is_payable = !whole.is_paid() && !is_verified && !is_beginning && !whole.has_haso();
    if whole.payments.is_empty() && !is_payable && whole.times_paid() < 2 {
        return html! {};
    }
    html! {
        section {
            h2 { (say("Payment", "Ödeme")) }
            @if whole.times_paid() > 1 {
                p.bad #paid-twice {
                    (say(
                        "The order is paid more than once. Give one payment back.",
                        "Sipariş birden fazla kez ödenmiş. Birini iade edin.",
                    ))
                }
            }
            ul #payments {
                @for payment in &whole.payments {
                    li id={ "payment-" (payment.key) } data-state=(payment.state.name()) {
                        (payment.key) ": " (state(words, payment, whole.is_paid()))
                    }
                }
            }
            @if whole.payments.iter().any(|payment| payment.state.is_asked_for()) {
                form #check method="post" action=(whole.action(words, "check")) {
                    button #check-button { (say("Ask the bank", "Bankaya sor")) }
                }
            }
            @if is_payable {
                @if is_open {
                    p {
                        (say(
                            "A payment is on the bank's page. Ask the bank before you pay again.",
                            "Banka sayfasında açık bir ödeme var. Yeniden ödemeden önce bankaya sorun.",
                        ))
                    }
                }
                form #pay method="post" action=(whole.action(words, "pay")) autocomplete="on" {
                    input type="hidden" name="key" value=(next_key(&whole.order, whole.payments.len()));
                    div.fields {
                        (field(words, "card-holder", "holder", "Nilüfer Örnek"))
                        (field(words, "card-number", "number", "4546711234567894"))
                        (field(words, "card-month", "month", "12"))
                        (field(words, "card-year", "year", "2031"))
                        (field(words, "card-code", "code", "000"))
                    }
                    button #pay-button {
                        @let total = whole.order.total.comma();
                        (words.say(&format!("Pay {total} TL"), &format!("{total} TL öde")))
                    }
                }
            }
        }
    }
}

/// Shows how far a payment has come. The bank's page of an order that is paid by now is not waited for.
pub(crate) fn state(words: Words, payment: &PaymentRow, order_is_paid: bool) -> Markup {
    let (class, text) = match payment.state {
        _ if order_is_paid && payment.is_on_a_page() => (
            "",
            words.say(
                "left, because the order is paid by another payment; the shop goes on asking, and money that \
                 comes is shown as paid twice",
                "bırakıldı: sipariş başka bir ödemeyle ödendi. Mağaza sormayı sürdürür; para gelirse iki kez \
                 ödendiği gösterilir",
            ),
        ),
        PaymentState::Starting => ("", words.say("it begins", "başlıyor")),
        PaymentState::Waiting => ("", words.say("on the bank's page", "banka sayfasında")),
        PaymentState::Left => (
            "bad",
            words.say("the bank's page was left", "banka sayfası terk edildi"),
        ),
        PaymentState::Verified => (
            "",
            words.say(
                "paid by its signature, not confirmed yet",
                "imzaya göre ödendi, teyit bekliyor",
            ),
        ),
        PaymentState::Paid => ("good", words.say("paid", "ödendi")),
        PaymentState::NotPaid => ("bad", words.say("not paid", "ödenmedi")),
        PaymentState::NotStarted => ("bad", words.say("it did not begin", "başlamadı")),
        PaymentState::Abandoned => (
            "bad",
            words.say(
                "nobody has seen its page: pay anew",
                "sayfası gösterilmedi: yeniden ödeyin",
            ),
        ),
    };
    html! {
        span class=(class) { (text) }
        @if let Some(note) = &payment.note { ": " (note.show(words)) }
    }
}
