//! The calls of a world, and one of them with everything that is known of it.

use maud::{Markup, html};

use super::{Board, Shown, faults, numbered, save};
use crate::control::{Problem, query};
use crate::page::facts;
use crate::world::{Outcome, PROVIDERS, Record, Shown as Seen, World};
use crate::{Fault, Origin, Request};

/// How many lines a page has.
const LINES: usize = 200;

/// Lists the records, the newest first.
pub(super) fn list(board: &Board<'_>, world: &World, request: &Request) -> Shown {
    let filter = Filter::read(request)?;
    let records = world.records().rev().filter(|record| filter.fits(record));
    let mut records: Vec<&Record> = records.take(LINES + 1).collect();
    let has_more = records.len() > LINES;
    records.truncate(LINES);
    let older = records.last().filter(|_| has_more).map(|last| {
        let rest = format!("calls?before={}&{}", last.number, filter.written());
        board.href(&rest)
    });
    let title = format!("{} · {}", board.pick("Çağrılar", "Calls"), board.world);
    let heads = [
        board.pick("İşlem", "Operation"),
        board.pick("Sonuç", "Result"),
        board.pick("Anahtar", "Key"),
        board.pick("Saat", "Time"),
        board.pick("Sağlayıcı", "Provider"),
    ];
    let table = html! {
        @if records.is_empty() {
            p.soft { (board.pick(
                "Henüz bir şey olmadı. Mağazanızı aşağıdaki adreslere yöneltin.",
                "Nothing has happened yet. Point your shop at the addresses below.",
            )) }
            (facts(PROVIDERS.map(|provider| (provider, world.address(provider)))))
        } @else {
            (numbered(&heads, records.iter().map(|record| line(board, record))))
        }
        @if let Some(older) = older {
            p { a href=(older) { (board.pick("Daha eskiler", "Older ones")) } }
        }
    };
    let content = html! { (filter.form(board)) (board.live(world, &table)) };
    Ok((title, content))
}

fn line(board: &Board<'_>, record: &Record) -> Markup {
    let iso = record.at.iso();
    let time = iso.get(11..19).unwrap_or_default();
    html! {
        tr {
            td.number { a href=(board.href(&format!("calls/{}", record.number))) { (record.number) } }
            td {
                (record.operation)
                @if record.origin != Origin::Request { " " span.soft { (origin(board, record.origin)) } }
            }
            td { (result(board, record)) }
            td { code { (record.key.as_deref().unwrap_or_default()) } }
            td.time { time datetime=(iso) { (time) } }
            td { (record.provider) }
        }
    }
}

/// Says in a few words how it went: what the client saw, and why the provider refused.
fn result(board: &Board<'_>, record: &Record) -> Markup {
    let seen = seen(board, record);
    html! {
        @if let Some(refused) = &record.refused {
            span.bad { (board.pick("reddedildi", "refused")) " " strong { (refused.code) } }
            br;
            span.soft { (refused.rule) }
        } @else if record.status != 0 && record.is_call() {
            span.good { (record.status) }
        }
        @if let Some(seen) = seen { " " span.odd { (seen) } }
        @if record.fault != Fault::None {
            br;
            span.odd { (board.pick("arıza", "fault")) ": " (faults::words(board, record.fault)) }
        }
        @if !record.effects.is_empty() {
            " " span.soft { (record.effects.len()) " " (board.pick("etki", if record.effects.len() == 1 { "effect" } else { "effects" })) }
        }
    }
}

/// Says how the client was left without an answer.
fn seen<'t>(board: &Board<'_>, record: &Record) -> Option<&'t str> {
    let (turkish, english) = match record.outcome? {
        Outcome::Cut => ("bağlantı koptu", "connection cut"),
        Outcome::Silence => ("yanıt yok", "no answer"),
        Outcome::Refused => ("bağlantı reddedildi", "connection refused"),
        Outcome::Answer => return None,
    };
    Some(board.lang.pick(turkish, english))
}

/// Shows one record with its request and its answer.
pub(super) fn one(board: &Board<'_>, world: &World, number: &str) -> Shown {
    let record = find(world, number)?;
    let title = format!("{} {}", board.pick("Çağrı", "Call"), record.number);
    let mut lines = vec![
        (board.pick("Saat", "Time"), record.at.iso()),
        (
            board.pick("Sağlayıcı", "Provider"),
            record.provider.to_owned(),
        ),
        (board.pick("İşlem", "Operation"), record.operation.clone()),
        (
            board.pick("Anahtar", "Key"),
            record.key.clone().unwrap_or_default(),
        ),
        (
            board.pick("Kimden", "From"),
            origin(board, record.origin).to_owned(),
        ),
    ];
    if record.status != 0 {
        lines.push((
            board.pick("Durum kodu", "Status"),
            record.status.to_string(),
        ));
    }
    if let Some(seen) = seen(board, record) {
        lines.push((
            board.pick("Mağazanın gördüğü", "The shop saw"),
            seen.to_owned(),
        ));
    }
    if record.fault != Fault::None {
        lines.push((
            board.pick("Arıza", "Fault"),
            faults::words(board, record.fault),
        ));
    }
    let content = html! {
        @if let Some(refused) = &record.refused {
            div.said.bad {
                strong { (board.pick("Reddedildi", "Refused")) " " (refused.code) }
                br;
                (refused.rule)
            }
        }
        (facts(lines))
        @if !record.effects.is_empty() {
            h2 { (board.pick("Etkiler", "Effects")) }
            pre { @for effect in &record.effects { (effect) "\n" } }
        }
        @if let Some(request) = &record.request {
            h2 { (board.pick("İstek", "Request")) }
            (cut(board, request))
            pre { (save::written(request)) }
            h3 { "curl" }
            p.soft { (board.pick(
                "[redacted] yerine kendi bilgilerinizi yazın.",
                "Write your own values in the place of [redacted].",
            )) }
            pre #curl { (save::curl(&world.address(record.provider), request)) }
            (copy(board, "curl"))
        }
        @if let Some(answer) = &record.answer {
            h2 { (board.pick("Yanıt", "Answer")) }
            (cut(board, answer))
            pre { (save::written(answer)) }
            p {
                a.button href=(board.href(&format!("calls/{}.case", record.number))) download {
                    (board.pick("Test verisi olarak kaydet", "Save as a fixture"))
                }
            }
        }
    };
    Ok((title, content))
}

/// Says that something is longer than what is kept.
fn cut(board: &Board<'_>, shown: &Seen) -> Markup {
    html! {
        @if shown.is_cut {
            p.odd { (board.pick(
                "Yalnızca başı saklandı; sonu burada yok.",
                "Only the beginning was kept; the rest is not here.",
            )) }
        }
    }
}

/// A button that the script shows.
fn copy(board: &Board<'_>, of: &str) -> Markup {
    html! {
        button type="button" hidden data-copy=(of) data-done=(board.pick("Kopyalandı", "Copied")) {
            (board.pick("Kopyala", "Copy"))
        }
    }
}

/// Returns the record with a number.
pub(super) fn find<'w>(world: &'w World, number: &str) -> Result<&'w Record, Problem> {
    let found = number.parse().ok();
    let found = found.and_then(|number: u64| world.records().find(|one| one.number == number));
    found.ok_or_else(|| Problem::new(404, format!("there is no record {number}")))
}

fn origin<'t>(board: &Board<'_>, origin: Origin) -> &'t str {
    let (turkish, english) = match origin {
        Origin::Request => ("mağaza", "the shop"),
        Origin::LateRequest => ("mağaza, geç işlendi", "the shop, done late"),
        Origin::Provider => ("sağlayıcının kendisi", "the provider itself"),
        Origin::Outside => ("mağaza dışından biri", "somebody outside"),
    };
    board.lang.pick(turkish, english)
}

/// Which records are listed.
#[derive(Default)]
struct Filter {
    provider: String,
    only_refused: bool,
    before: Option<u64>,
}

impl Filter {
    fn read(request: &Request) -> Result<Self, Problem> {
        let mut filter = Filter::default();
        for (name, value) in query(request)? {
            match name.as_str() {
                "provider" => filter.provider = value,
                "refused" => filter.only_refused = value == "1",
                "before" => filter.before = value.parse().ok(),
                _ => {}
            }
        }
        Ok(filter)
    }

    fn fits(&self, record: &Record) -> bool {
        (self.provider.is_empty() || record.provider == self.provider)
            && (!self.only_refused || record.refused.is_some())
            && self.before.is_none_or(|before| record.number < before)
    }

    fn written(&self) -> String {
        let provider = PROVIDERS.iter().find(|one| **one == self.provider);
        let provider = provider.copied().unwrap_or_default();
        format!(
            "provider={provider}&refused={}",
            u8::from(self.only_refused)
        )
    }

    fn form(&self, board: &Board<'_>) -> Markup {
        html! {
            form.row method="get" {
                input type="hidden" name="lang" value=(board.lang.code());
                label {
                    span { (board.pick("Sağlayıcı", "Provider")) }
                    select name="provider" {
                        option value="" { (board.pick("hepsi", "all")) }
                        @for provider in PROVIDERS {
                            option value=(provider) selected[provider == self.provider] { (provider) }
                        }
                    }
                }
                label {
                    input type="checkbox" name="refused" value="1" checked[self.only_refused];
                    " " (board.pick("yalnız reddedilenler", "refused ones only"))
                }
                button type="submit" { (board.pick("Göster", "Show")) }
            }
        }
    }
}
