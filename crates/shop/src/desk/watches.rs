//! The results that the shop waits for: since when, the latest word, and when it asks again.

use aras_tracking::tracking::TrackingStatus;
use kervan_ledger::{Listed, Watch, WatchState};
use maud::{Markup, html};

use super::unreadable;
use crate::pages::Words;
use crate::parcels::digits;
use crate::shop::Shop;
use crate::store::{Installments, Parcel, PaymentRow, Stored, Transaction, millis, watches};
use crate::watching::{CALLBACK, PARCEL, PAYMENT, PLAN};

/// An expectation, and what the desk calls its subject.
pub(super) struct Waiting {
    watch: Watch,
    name: String,
    order: Option<i64>,
}

// The heads of the table. On a narrow screen each row is a card, and each cell has its own.
const WHAT: [&str; 2] = ["Waited for", "Beklenen"];
const SINCE: [&str; 2] = ["Since", "Başlangıç"];
const SEEN: [&str; 2] = ["Latest word", "Son bilgi"];
const NEXT: [&str; 2] = ["Next question", "Sonraki sorgu"];

/// Reads what is waited for, the oldest first.
pub(super) fn read(store: &Transaction<'_>) -> Stored<Vec<Listed<Waiting>>> {
    let open = watches::open(store)?.into_iter().map(|watch| match watch {
        Ok(watch) => {
            let (name, order) = subject(store, &watch)?;
            Ok(Ok(Waiting { watch, name, order }))
        }
        Err(row) => Ok(Err(row)),
    });
    open.collect()
}

fn subject(store: &Transaction<'_>, watch: &Watch) -> Stored<(String, Option<i64>)> {
    let subject = watch.subject.clone();
    let order = if watch.kind == PAYMENT.name {
        PaymentRow::find(store, &subject)?.map(|row| row.order)
    } else if watch.kind == PARCEL.name {
        let parcel = Parcel::find(store, subject.parse().unwrap_or_default())?;
        let named = parcel.map(|parcel| (digits(&parcel), Some(parcel.order)));
        return Ok(named.unwrap_or((subject, None)));
    } else {
        Installments::find(store, &subject)?.map(|row| row.order)
    };
    Ok((subject, order))
}

fn kind(words: Words, name: &str) -> &str {
    if name == PAYMENT.name {
        words.say("The end of a payment", "Bir ödemenin sonucu")
    } else if name == CALLBACK.name {
        words.say("HASO's message", "HASO'nun bildirimi")
    } else if name == PLAN.name {
        words.say("HASO's plan", "HASO'nun ödeme planı")
    } else if name == PARCEL.name {
        words.say("The delivery of a parcel", "Bir gönderinin teslimi")
    } else {
        name
    }
}

/// Returns what was seen, for people: a word of the shop's own, or the status of a parcel.
fn seen(words: Words, word: &str) -> &'static str {
    match word {
        "unfinished" => words.say("not finished", "tamamlanmadı"),
        "not_paid" => words.say("not paid", "ödenmedi"),
        "not_accepted" => words.say("not accepted yet", "henüz teslim alınmadı"),
        status => {
            let status = serde_json::from_value::<TrackingStatus>(status.into());
            let is_known = |status: &TrackingStatus| !matches!(status, TrackingStatus::Unknown(_));
            status.ok().filter(is_known).map_or(
                words.say("nothing that ends it", "sonucu göstermeyen bir yanıt"),
                |status| status.text(words.language),
            )
        }
    }
}

fn next(words: Words, watch: &Watch) -> Markup {
    let due = watch.due.map(|due| Shop::shown(millis(due)));
    html! {
        @match (watch.state, &watch.holder, due) {
            (WatchState::Late, ..) => span.bad { (watch.state.text(words.language)) },
            (_, Some(_), _) => (words.say("a program asks now", "bir program şimdi soruyor")),
            (_, None, Some(due)) => {
                @if watch.kind == CALLBACK.name {
                    (words.say(
                        "none: HASO tells it by itself. The end of the wait: ",
                        "yok: HASO kendisi bildirir. Beklemenin sonu: ",
                    ))
                }
                (due)
            },
            (_, None, None) => {},
        }
    }
}

/// Shows what is waited for.
pub(super) fn section(words: Words, all: &[Listed<Waiting>]) -> Markup {
    let cell = |[english, turkish]: [&'static str; 2], content: Markup| {
        html! { td { span.label { (words.say(english, turkish)) } (content) } }
    };
    html! {
        section {
            h2 {
                (words.say("What the shop waits for", "Mağazanın beklediği sonuçlar")) ": "
                span #watches-count { (all.len()) }
            }
            @if !all.is_empty() {
                table.cards #watches {
                    thead { tr {
                        @for [english, turkish] in [WHAT, SINCE, SEEN, NEXT] {
                            th scope="col" { (words.say(english, turkish)) }
                        }
                    } }
                    tbody { @for one in all { @match one {
                        Err(row) => tr { td.bad colspan="4" { (unreadable(words, row)) } },
                        Ok(one) => tr data-watch=(one.watch.kind) data-watch-state=(one.watch.state.name()) {
                            (cell(WHAT, html! {
                                @if let Some(order) = one.order {
                                    a href=(words.link(&format!("/orders/{order}"))) { (kind(words, &one.watch.kind)) }
                                } @else { (kind(words, &one.watch.kind)) }
                                " " small { (one.name) }
                            }))
                            (cell(SINCE, html! { (Shop::shown(millis(one.watch.created_at))) }))
                            (cell(SEEN, html! {
                                @match &one.watch.seen {
                                    Some(word) => (seen(words, word)),
                                    None => (words.say("nothing yet", "henüz yok")),
                                }
                            }))
                            (cell(NEXT, next(words, &one.watch)))
                        },
                    } } }
                }
            }
        }
    }
}
