//! The desk: what is open, since when, why, and what settles it.

mod watches;

use std::sync::Arc;
use std::time::SystemTime;

use axum::Form;
use axum::extract::State;
use axum::response::Response;
use haso_bnpl::Unverified;
use haso_bnpl::callbacks::{OrderCallback, OrderFail};
use kervan_axum::Callback as _;
use kervan_core::{Language, NextStep};
use kervan_ledger::{
    ChangeError, Entry, Listed, Past, Post, PostState, Resolution, State as WriteState, Unreadable,
};
use maud::{Markup, html};
use param_marketplace::payments::callback::PayCallback;

use crate::failure::Failure;
use crate::form::Fields;
use crate::note::Note;
use crate::orders::Whole;
use crate::pages::{Words, field, page};
use crate::payments;
use crate::shop::Shop;
use crate::store::posts::Judged;
use crate::store::{Order, PaymentRow, Stored, Write, millis, posts};

/// Returns the name of a kind of write.
pub(crate) fn kind(kind: &str) -> Note {
    Note::of(match kind {
        "add_seller" => ("Add a seller", "Satıcı ekleme"),
        "enter_share" => ("Enter a seller's share", "Satıcı payını girme"),
        "approve" => ("Pay a seller", "Satıcıya ödeme"),
        "refund" => ("Refund", "İade"),
        "horoz_order" => ("Order a parcel at Horoz", "Horoz gönderisi oluşturma"),
        "activate" => ("Activate at HASO", "HASO siparişini etkinleştirme"),
        "haso_refund" => ("Refund at HASO", "HASO iadesi"),
        other => (other, other),
    })
}

/// Returns the name of a kind of message.
fn post(words: Words, post: &Post) -> &str {
    match (post.account.provider.as_str(), post.kind.as_str()) {
        ("param", PayCallback::KIND) => words.say("Return from the bank", "Bankadan dönüş"),
        ("haso", Unverified::<OrderCallback>::KIND) => {
            words.say("HASO: completed", "HASO: tamamlandı")
        }
        ("haso", Unverified::<OrderFail>::KIND) => words.say("HASO: given up", "HASO: vazgeçildi"),
        (_, other) => other,
    }
}

/// Shows how far a write has come.
pub(crate) fn state(words: Words, write: &Write) -> Markup {
    let Some(entry) = &write.entry else {
        return html! {
            span data-state="waits" { (words.say("waits for its turn", "sırasını bekliyor")) }
        };
    };
    let class = match entry.state {
        WriteState::Prepared | WriteState::Sending => "",
        state if state.is_done() => "good",
        _ => "bad",
    };
    let why = entry.why.as_ref().filter(|_| !entry.state.is_done());
    html! {
        span class=(class) data-state=(entry.state.name()) { (entry.state.text(words.language)) }
        @if let Some(why) = why {
            ": " (write.note.as_ref().map_or_else(|| Note::from(why), Clone::clone).show(words))
        }
    }
}

/// Returns the lines in which something new happened: that a program has taken a write is none of it.
fn told(history: &[Past]) -> impl Iterator<Item = &Past> {
    let same = |one: &Past, other: &Past| {
        (one.revision, one.state, &one.why) == (other.revision, other.state, &other.why)
    };
    let mut last = None;
    history.iter().filter(move |past| {
        let is_new = last.is_none_or(|last| !same(last, past));
        last = Some(*past);
        is_new
    })
}

/// Shows what happened to a write, oldest first.
pub(crate) fn history(words: Words, history: &[Past]) -> Markup {
    html! {
        ol.history {
            @for past in told(history) {
                li {
                    small { (Shop::shown(millis(past.at))) } " "
                    @if past.revision > 1 {
                        (words.say("corrected", "düzeltildi")) " " (past.revision - 1) "×, "
                    }
                    span data-past=(past.state.name()) { (past.state.text(words.language)) }
                    @if let Some(why) = &past.why { ": " (Note::from(why).show(words)) }
                }
            }
        }
    }
}

/// Says what settles a write, and who does it.
fn next(words: Words, write: &Write) -> &'static str {
    let Some(entry) = &write.entry else {
        return words.say(
            "The shop sends it when the one before it has ended.",
            "Mağaza, önceki işlem bitince gönderir.",
        );
    };
    match entry.next_step() {
        NextStep::SendAgain if entry.tries == 0 => words.say(
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

/// Shows the form for what a person has seen at the provider.
fn resolution(words: Words, write: &Write, entry: &Entry) -> Markup {
    let (id, field_id) = (write.id, format!("by-{}", write.id));
    html! {
        form id={ "resolve-" (id) } method="post" action=(words.link("/desk/resolve")) {
            p {
                (words.say(
                    "Look at the provider's panel for this order. Another one may have the same amount.",
                    "Sağlayıcının panelinde bu siparişe bakın. Başka bir siparişin tutarı da aynı olabilir.",
                ))
            }
            input type="hidden" name="id" value=(id);
            input type="hidden" name="version" value=(entry.version);
            (field(words, &field_id, "by", ""))
            button id={ "resolve-done-" (id) } name="outcome" value="done" {
                (words.say("It happened", "Yapılmış"))
            }
            button id={ "resolve-not-done-" (id) } name="outcome" value="not_done" {
                (words.say("It did not happen", "Yapılmamış"))
            }
        }
    }
}

/// Shows since when a write is open, why, and what settles it.
fn open(words: Words, now: SystemTime, (write, past): &(Write, Vec<Past>)) -> Markup {
    let cell = |[english, turkish]: [&'static str; 2], content: Markup| {
        html! { td { span.label { (words.say(english, turkish)) } (content) } }
    };
    let name = kind(&write.key.kind);
    let name = name.text(words.language);
    let entry = write.entry.as_ref();
    let due = entry.and_then(|entry| entry.due);
    html! {
        tr id=(format!("write-{}", write.id)) {
            (cell(WHAT, html! {
                @if let Some(order) = write.order {
                    a href=(words.link(&format!("/orders/{order}"))) { (name) }
                } @else { (name) }
                " " small { (write.key.own) }
            }))
            (cell(SINCE, html! {
                @if let Some(entry) = entry { (Shop::shown(millis(entry.created_at))) }
            }))
            (cell(WHY, html! {
                (state(words, write))
                (history(words, past))
                @if let Some(entry) = entry { p { small.report { (entry.report(now, words.language)) } } }
            }))
            (cell(NEXT, html! {
                (next(words, write))
                @if let Some(due) = due { " (" (Shop::shown(millis(due))) ")" }
                @match entry {
                    Some(entry) if entry.state == WriteState::NeedsAPerson => (resolution(words, write, entry)),
                    Some(_) => form method="post" action=(words.link("/desk/ask")) {
                        input type="hidden" name="id" value=(write.id);
                        button id=(format!("ask-{}", write.id)) { (words.say("Go on now", "Şimdi sürdür")) }
                    },
                    None => {},
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
    let (orders, twice, writes, waiting, open_payments, posts) = shop.store.read(|store| {
        let orders = Order::all(store)?;
        let open = Write::going_on(store)?.into_iter().map(|write| {
            let history = write.history(store)?;
            Ok((write, history))
        });
        let writes = open.collect::<Stored<Vec<_>>>()?;
        let mut payments = Vec::new();
        for payment in PaymentRow::going_on(store)? {
            let whole = Whole::read(store, payment.order)?;
            payments.push((payment, whole.is_some_and(|whole| whole.is_paid())));
        }
        let twice = Order::paid_twice(store)?;
        let (waiting, posts) = (watches::read(store)?, posts::latest(store)?);
        Ok((orders, twice, writes, waiting, payments, posts))
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
                    tbody { @for write in &writes { (open(words, shop.host.now(), write)) } }
                }
            }
        }
        (watches::section(words, &waiting))
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
        (arrived(words, &posts))
    };
    Ok(page(words, "/desk", say("Desk", "Yönetim"), &main))
}

/// Says that a row cannot be read: a later version of the shop has written it, or a person by hand.
fn unreadable(words: Words, row: &Unreadable) -> String {
    let Unreadable { number, why, .. } = row;
    match words.language {
        Language::Turkish => format!("{number}. satır okunamıyor: {why}"),
        _ => format!("Row {number} cannot be read: {why}"),
    }
}

/// Shows what anybody has posted, and what became of it.
fn arrived(words: Words, posts: &[Listed<Judged>]) -> Markup {
    html! {
        section {
            h2 { (words.say("Messages that arrived", "Gelen bildirimler")) }
            ul #callbacks {
                @for post in posts { @match post {
                    Err(row) => li.bad { (unreadable(words, row)) },
                    Ok((post, verdict)) => li data-post=(post.state.name()) {
                        (self::post(words, post)) ", " (Shop::shown(millis(post.arrived_at))) ", "
                        (post.times) "×"
                        @if let Some(verdict) = verdict { ": " (verdict.show(words)) }
                        @else if post.why.as_ref().is_some_and(|why| why.kind == "unreadable") {
                            ": " (words.say("it cannot be read", "okunamıyor"))
                        }
                        @if post.state == PostState::Rejected {
                            ", " span.bad { (words.say("refused", "reddedildi")) }
                        }
                    },
                } }
            }
        }
    }
}

/// Lets a write go on now.
pub(crate) async fn ask(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let id = fields.number("id")?;
    let write = shop.store.read(|store| Write::by_id(store, id))?;
    shop.go_on_now(&write.ok_or(Failure::NotFound)?).await?;
    Ok(words.go("/desk"))
}

/// Stores what a person has seen at the provider.
pub(crate) async fn resolve(
    State(shop): State<Arc<Shop>>,
    words: Words,
    Form(fields): Form<Fields>,
) -> Result<Response, Failure> {
    let (by, id) = (fields.required("by")?, fields.number("id")?);
    let version: i64 = fields.number("version")?;
    let (outcome, end) = match fields.get("outcome") {
        "done" => (Resolution::Done, WriteState::ResolvedDone),
        "not_done" => (Resolution::NotDone, WriteState::ResolvedNotDone),
        _ => {
            return Err(Failure::wrong(
                "Choose one of the two.",
                "İkisinden birini seçin.",
            ));
        }
    };
    let write = shop.store.read(|store| Write::by_id(store, id))?;
    let write = write.ok_or(Failure::NotFound)?;
    // A click that comes twice, or after something else has happened, finds another version.
    let is_seen = |entry: &&Entry| i64::try_from(entry.version) == Ok(version);
    let entry = write.entry.as_ref().filter(is_seen);
    let entry = entry.ok_or_else(has_changed)?;
    let change = shop.after_a_person(&write, end);
    match shop.ledger.resolve(entry, by, outcome, change).await {
        Ok(_) => {
            // The next one of its object may begin.
            shop.wake_worker();
            Ok(words.go("/desk"))
        }
        Err(ChangeError::Store { cause, .. }) => Err(cause.into()),
        Err(_) => Err(has_changed()),
    }
}

fn has_changed() -> Failure {
    Failure::not_now(
        "Something has happened to this write in the meantime. Load the desk again.",
        "Bu işlemde bu arada bir değişiklik oldu. Yönetim sayfasını yeniden yükleyin.",
    )
}
