//! The desk: what is open, since when, why, and what settles it.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use kervan_core::NextStep;
use maud::{Markup, html};

use crate::failure::Failure;
use crate::form::Fields;
use crate::orders::Whole;
use crate::pages::{Words, page};
use crate::shop::Shop;
use crate::store::{Order, PaymentRow, State as WriteState, Write, callbacks};
use crate::{payments, writes};

/// Returns the name of a kind of write.
pub(crate) fn kind(words: Words, write: &Write) -> String {
    let named = match write.kind.as_str() {
        "add_seller" => words.say("Add a seller", "Satıcı ekleme"),
        "enter_share" => words.say("Enter a seller's share", "Satıcı payını girme"),
        "approve" => words.say("Pay a seller", "Satıcıya ödeme"),
        "refund" => words.say("Refund", "İade"),
        "horoz_order" => words.say("Order a parcel at Horoz", "Horoz gönderisi oluşturma"),
        "activate" => words.say("Activate at HASO", "HASO siparişini etkinleştirme"),
        "haso_refund" => words.say("Refund at HASO", "HASO iadesi"),
        other => other,
    };
    named.to_owned()
}

/// Returns the name of a kind of message.
fn post(words: Words, kind: &str) -> &str {
    match kind {
        "param return" => words.say("Return from the bank", "Bankadan dönüş"),
        "haso ok" => words.say("Return from HASO", "HASO'dan dönüş"),
        "haso fail" => words.say("Return from HASO, given up", "HASO'dan dönüş, vazgeçildi"),
        "haso callback" => words.say("Message of HASO's server", "HASO sunucusunun bildirimi"),
        other => other,
    }
}

/// Shows how far a write has come.
pub(crate) fn state(words: Words, write: &Write) -> Markup {
    let (class, text) = match write.state {
        WriteState::Stored => ("", words.say("not sent yet", "henüz gönderilmedi")),
        WriteState::Sending => ("", words.say("is being sent", "gönderiliyor")),
        WriteState::Open => (
            "bad",
            words.say("it may have happened", "yapılmış olabilir"),
        ),
        WriteState::Done => ("good", words.say("done", "yapıldı")),
        WriteState::IsSo => ("good", words.say("is so already", "zaten yapılmış")),
        WriteState::Exists => (
            "good",
            words.say("done, it is on record", "yapıldı, kaydı var"),
        ),
        WriteState::Refused => ("bad", words.say("refused", "reddedildi")),
    };
    html! {
        span class=(class) data-state=(format!("{:?}", write.state)) { (text) }
        @if let Some(note) = &write.note { ": " (note.show(words)) }
    }
}

/// Says what settles a write, and who does it.
fn next(words: Words, write: &Write) -> &'static str {
    let step = writes::step(write).unwrap_or(NextStep::SendAgain);
    match step {
        _ if write.step.is_none() => words.say(
            "The shop sends it by itself, and waits for the answer.",
            "Mağaza kendisi gönderir ve yanıtı bekler.",
        ),
        NextStep::SendAgain => words.say(
            "The shop sends it again by itself. That cannot do it twice.",
            "Mağaza kendisi yeniden gönderir. İşlem iki kez yapılmaz.",
        ),
        NextStep::AskAgain { .. } => words.say(
            "The shop asks again by itself.",
            "Mağaza sonucu kendisi yeniden sorar.",
        ),
        step => step.text(words.language),
    }
}

/// Shows since when a write is open, why, and what settles it.
fn open(words: Words, write: &Write) -> Markup {
    let cell = |[english, turkish]: [&'static str; 2], content: Markup| {
        html! { td { span.label { (words.say(english, turkish)) } (content) } }
    };
    html! {
        tr id=(format!("write-{}", write.id)) {
            (cell(WHAT, html! {
                @if let Some(order) = write.order {
                    a href=(words.link(&format!("/orders/{order}"))) { (kind(words, write)) }
                } @else { (kind(words, write)) }
                " " small { (write.key) }
            }))
            (cell(SINCE, html! { (Shop::shown(write.since)) }))
            (cell(WHY, state(words, write)))
            (cell(NEXT, html! {
                (next(words, write))
                @if let Some(due) = write.due { " (" (Shop::shown(due)) ")" }
                form method="post" action=(words.link("/desk/ask")) {
                    input type="hidden" name="key" value=(write.key);
                    button id=(format!("ask-{}", write.id)) { (words.say("Go on now", "Şimdi sürdür")) }
                }
            }))
        }
    }
}

// The heads of the table of open writes. On a narrow screen each write is a card, and each cell has its own.
const WHAT: [&str; 2] = ["Write", "İşlem"];
const SINCE: [&str; 2] = ["Since", "Başlangıç"];
const WHY: [&str; 2] = ["Why it is open", "Neden açık"];
const NEXT: [&str; 2] = ["Next", "Sonraki adım"];

pub(crate) async fn show(State(shop): State<Arc<Shop>>, words: Words) -> Result<Response, Failure> {
    let (orders, twice, writes, open_payments, posts) = shop.store.read(|store| {
        let orders = Order::all(store)?;
        let writes = Write::going_on(store)?;
        let mut payments = Vec::new();
        for payment in PaymentRow::going_on(store)? {
            let whole = Whole::read(store, payment.order)?;
            payments.push((payment, whole.is_some_and(|whole| whole.is_paid())));
        }
        let twice = Order::paid_twice(store)?;
        Ok((orders, twice, writes, payments, callbacks::latest(store)?))
    })?;
    // Nobody waits for the bank's page of an order that is paid by now.
    let (left_pages, open_payments): (Vec<_>, Vec<_>) = open_payments
        .into_iter()
        .partition(|(payment, is_paid)| *is_paid && payment.is_on_a_page());
    let say = |english, turkish| words.say(english, turkish);
    let list = |payments: &[(PaymentRow, bool)]| {
        html! {
            @for (payment, is_paid) in payments {
                li {
                    a href=(words.link(&format!("/orders/{}", payment.order))) { (payment.key) }
                    ", " (Shop::shown(payment.at)) ": " (payments::state(words, payment, *is_paid))
                }
            }
        }
    };
    let main = html! {
        @if !twice.is_empty() {
            section {
                h2 { (say("Paid more than once", "Birden fazla kez ödenen siparişler")) }
                ul #paid-twice {
                    @for order in &twice {
                        li.bad {
                            a href=(words.link(&format!("/orders/{}", order.id))) { (order.number) }
                            ", " (order.total.comma()) " TL: "
                            (say("give one payment back", "bir ödemeyi iade edin"))
                        }
                    }
                }
            }
        }
        section {
            h2 { (say("Open writes", "Açık işlemler")) ": " span #open-count { (writes.len()) } }
            @if !writes.is_empty() {
                table.cards #open {
                    thead { tr {
                        @for [english, turkish] in [WHAT, SINCE, WHY, NEXT] {
                            th scope="col" { (say(english, turkish)) }
                        }
                    } }
                    tbody { @for write in &writes { (open(words, write)) } }
                }
            }
        }
        section {
            h2 {
                (say("Payments without an end", "Sonucu bilinmeyen ödemeler")) ": "
                span #payments-count { (open_payments.len()) }
            }
            ul #payments { (list(&open_payments)) }
        }
        @if !left_pages.is_empty() {
            section {
                h2 { (say("Bank pages that were left, of paid orders", "Ödenmiş siparişlerin bırakılan banka sayfaları")) }
                ul #left-pages { (list(&left_pages)) }
            }
        }
        section {
            h2 { (say("Orders", "Siparişler")) }
            ul #orders {
                @for order in &orders {
                    li {
                        a href=(words.link(&format!("/orders/{}", order.id))) { (order.number) }
                        ", " (order.total.comma()) " TL, " (Shop::shown(order.at))
                    }
                }
            }
        }
        section {
            h2 { (say("Messages that arrived", "Gelen bildirimler")) }
            ul #callbacks {
                @for post in &posts {
                    li {
                        (self::post(words, &post.kind)) ", " (Shop::shown(post.at)) ", " (post.times) "×"
                        @if let Some(verdict) = &post.verdict { ": " (verdict.show(words)) }
                    }
                }
            }
        }
    };
    Ok(page(words, "/desk", say("Desk", "Yönetim"), &main))
}

/// Lets a write go on now.
pub(crate) async fn ask(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (key, now) = (fields.required("key")?, shop.now());
    shop.store.write(|store| Write::ask_now(store, key, now))?;
    shop.drive(key);
    shop.wait(key).await?;
    Ok(words.go("/desk"))
}
