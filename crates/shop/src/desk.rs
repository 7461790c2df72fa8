//! The desk: what is open, since when, why, and what settles it.

use std::sync::Arc;

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use kervan_core::NextStep;
use maud::{Markup, html};

use crate::failure::Failure;
use crate::form::Fields;
use crate::pages::{Words, page};
use crate::shop::Shop;
use crate::store::{Order, PaymentRow, State as WriteState, Write, callbacks};
use crate::{payments, writes};

/// Returns the name of a kind of write.
fn kind(words: Words, write: &Write) -> String {
    let named = match write.kind.as_str() {
        "add_seller" => words.say("add a seller", "satıcı ekleme"),
        "enter_share" => words.say("enter a seller's share", "satıcı payı girişi"),
        "approve" => words.say("approve a share", "pay onayı"),
        "refund" => words.say("refund", "iade"),
        "horoz_order" => words.say("order a parcel at Horoz", "Horoz siparişi"),
        "activate" => words.say("activate at HASO", "HASO aktivasyonu"),
        other => other,
    };
    named.to_owned()
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
        WriteState::IsSo | WriteState::Exists => ("good", words.say("is so", "durum böyle")),
        WriteState::Refused => ("bad", words.say("refused", "reddedildi")),
    };
    html! {
        span class=(class) data-state=(format!("{:?}", write.state)) { (text) }
        @if let Some(note) = &write.note { ": " (note) }
    }
}

/// Shows since when a write is open, why, and what settles it.
fn open(words: Words, write: &Write) -> Markup {
    let step = writes::step(write).unwrap_or(NextStep::SendAgain);
    html! {
        tr id=(format!("write-{}", write.id)) {
            td {
                @if let Some(order) = write.order {
                    a href=(words.link(&format!("/orders/{order}"))) { (kind(words, write)) }
                } @else { (kind(words, write)) }
                " " small { (write.key) }
            }
            td { (Shop::shown(write.since)) }
            td { (state(words, write)) }
            td {
                (step.text(words.language))
                @if let Some(due) = write.due {
                    " (" (Shop::shown(due)) ")"
                }
                form method="post" action=(words.link("/desk/ask")) {
                    input type="hidden" name="key" value=(write.key);
                    button id=(format!("ask-{}", write.id)) { (words.say("Go on now", "Şimdi devam et")) }
                }
            }
        }
    }
}

pub(crate) async fn show(State(shop): State<Arc<Shop>>, words: Words) -> Result<Response, Failure> {
    let (orders, twice, writes, open_payments, posts) = shop.store.read(|store| {
        let orders = Order::all(store)?;
        let writes = Write::going_on(store)?;
        let payments = PaymentRow::going_on(store)?;
        let twice = Order::paid_twice(store)?;
        Ok((orders, twice, writes, payments, callbacks::latest(store)?))
    })?;
    let say = |english, turkish| words.say(english, turkish);
    let main = html! {
        @if !twice.is_empty() {
            section {
                h2 { (say("Paid more than once", "Birden fazla kez ödenenler")) }
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
                div.wide tabindex="0" {
                    table #open {
                        thead { tr {
                            th scope="col" { (say("What", "Ne")) }
                            th scope="col" { (say("Since", "Ne zamandan beri")) }
                            th scope="col" { (say("Why", "Neden")) }
                            th scope="col" { (say("Next", "Sonraki adım")) }
                        } }
                        tbody { @for write in &writes { (open(words, write)) } }
                    }
                }
            }
        }
        section {
            h2 {
                (say("Payments without an end", "Sonucu bilinmeyen ödemeler")) ": "
                span #payments-count { (open_payments.len()) }
            }
            ul #payments {
                @for payment in &open_payments {
                    li {
                        a href=(words.link(&format!("/orders/{}", payment.order))) { (payment.key) }
                        ", " (Shop::shown(payment.at)) ": " (payments::state(words, payment))
                    }
                }
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
                        (post.kind) ", " (Shop::shown(post.at)) ", " (post.times) "×: "
                        (post.verdict.as_deref().unwrap_or("-"))
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
