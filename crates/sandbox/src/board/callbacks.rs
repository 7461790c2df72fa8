//! The posts to shops: where each is, how its tries went, and sending one again with changed fields.

use maud::{Markup, html};
use serde_json::{Map, Value};

use super::{Board, Fields, Shown, numbered};
use crate::control::Problem;
use crate::outbox::{Entry, How, State};
use crate::page::facts;
use crate::values::json;
use crate::world::{PROVIDERS, World};
use crate::{Moment, PostBody, Sender};

/// The plans that need nothing but their name, with their Turkish and English words.
const PLANS: [(&str, [&str; 2]); 7] = [
    ("hold", ["beklet", "hold"]),
    (
        "double",
        ["kabul edilince bir daha", "again after it was accepted"],
    ),
    (
        "double_at_once",
        ["aynı anda iki kez", "twice at the same moment"],
    ),
    ("before_answer", ["yanıttan önce", "before the answer"]),
    ("after_next", ["sonrakinden sonra", "after the next one"]),
    ("never", ["hiç gönderme", "never"]),
    ("deliver", ["gönder", "deliver"]),
];

/// Lists the posts, the newest first, with a form for a rule.
pub(super) fn list(board: &Board<'_>, world: &World) -> (String, Markup) {
    let entries: Vec<&Entry> = world.outbox().entries().rev().collect();
    let title = format!(
        "{} · {}",
        board.pick("Bildirimler", "Callbacks"),
        board.world
    );
    let heads = [
        board.pick("Tür", "Kind"),
        board.pick("Durum", "State"),
        board.pick("Konu", "About"),
        board.pick("Saat", "Time"),
        board.pick("Sağlayıcı", "Provider"),
    ];
    let table = html! {
        @if entries.is_empty() {
            p.soft { (board.pick("Henüz bildirim yok.", "There are no callbacks yet.")) }
        } @else {
            (numbered(&heads, entries.into_iter().map(|entry| line(board, world, entry))))
        }
    };
    let content = html! {
        (board.live(world, &table))
        h2 { (board.pick("Sıradaki için kural", "A rule for one to come")) }
        (rule_form(board))
    };
    (title, content)
}

fn line(board: &Board<'_>, world: &World, entry: &Entry) -> Markup {
    let time = entry.at.iso();
    let redaction = world.redaction();
    html! {
        tr {
            td.number { a href=(board.href(&format!("callbacks/{}", entry.number))) { (entry.number) } }
            td { (entry.post.kind) }
            td { (state(board, entry)) }
            td { code { (redaction.text(&entry.post.about)) } }
            td.time { time datetime=(time) { (time.get(11..19).unwrap_or_default()) } }
            td { (entry.provider) }
        }
    }
}

fn rule_form(board: &Board<'_>) -> Markup {
    html! {
        form.row method="post" action=(board.href("callbacks/rules")) {
            label {
                span { (board.pick("Sağlayıcı", "Provider")) }
                select name="provider" {
                    option value="" { (board.pick("hepsi", "any")) }
                    @for provider in PROVIDERS { option { (provider) } }
                }
            }
            label { span { (board.pick("Kaçıncı", "Which one")) } input name="nth" type="number" min="1" value="1"; }
            label {
                span { (board.pick("Ne olsun", "What happens")) }
                select name="how" {
                    @for (name, words) in PLANS { option value=(name) { (board.pick(words[0], words[1])) } }
                }
            }
            button type="submit" { (board.pick("Ekle", "Add")) }
        }
    }
}

/// Returns what the form asks of the control API.
pub(super) fn rule(fields: &Fields) -> (String, Value) {
    let mut body = fields.object(&["provider", "how"]);
    body.extend(fields.number("nth").map(|nth| ("nth".to_owned(), nth)));
    ("callbacks/rules".to_owned(), Value::Object(body))
}

/// Shows one post, with a form that sends it again.
pub(super) fn one(board: &Board<'_>, world: &World, number: &str) -> Shown {
    let entry = find(world, number)?;
    let redaction = world.redaction();
    let by = match entry.post.by {
        Sender::Browser => board.pick("müşterinin tarayıcısı", "the customer's browser"),
        Sender::Server => board.pick("sağlayıcının sunucusu", "the provider's server"),
    };
    let lines = [
        (board.pick("Saat", "Time"), entry.at.iso()),
        (board.pick("Sağlayıcı", "Provider"), entry.provider.clone()),
        (board.pick("Tür", "Kind"), entry.post.kind.clone()),
        (board.pick("Gönderen", "From"), by.to_owned()),
        (
            board.pick("Adres", "Address"),
            redaction.text(&entry.post.to).into_owned(),
        ),
        (
            board.pick("Konu", "About"),
            redaction.text(&entry.post.about).into_owned(),
        ),
        (
            board.pick("İçerik türü", "Content type"),
            entry.post.body.content_type().to_owned(),
        ),
    ];
    let content = html! {
        (facts(lines))
        p { (state(board, entry)) }
        @if !entry.attempts.is_empty() {
            h2 { (board.pick("Mağazanın yanıtları", "The shop's answers")) }
            div.wide {
                table {
                    tbody {
                        @for attempt in &entry.attempts {
                            tr {
                                td.time { (attempt.at.iso()) }
                                td { (attempt.status.map_or_else(String::new, |status| status.to_string())) }
                                td { code { (redaction.text(&attempt.text)) } }
                            }
                        }
                    }
                }
            }
        }
        h2 { (board.pick("Yeniden gönder", "Send again")) }
        form method="post" action=(board.href(&format!("callbacks/{number}/send"))) {
            @match fields_of(&entry.post.body) {
                Some(fields) => {
                    p.soft { (board.pick(
                        "Değiştirdiğiniz alanlar değişmiş olarak gider. İşareti kaldırılan alan gitmez.",
                        "Fields that you change go out changed. A field without its mark is left out.",
                    )) }
                    @for (name, value) in &fields {
                        @let shown = redaction.text(value);
                        label {
                            span {
                                input type="checkbox" name=(format!("keep {name}")) value="1" checked;
                                " " (name)
                            }
                            input name=(format!("value {name}")) value=(shown) size="60";
                        }
                    }
                },
                None => p.soft { (board.pick("Bu içeriğin alanı yok.", "This body has no fields.")) },
            }
            button.main type="submit" { (board.pick("Gönder", "Send")) }
        }
    };
    let title = format!("{} {}", board.pick("Bildirim", "Callback"), entry.number);
    Ok((title, content))
}

/// Returns what the form asks of the control API. What is as the page showed it is no change, so that
/// a secret that the page hides goes out as it is.
pub(super) fn send(world: &World, number: &str, form: &Fields) -> Result<(String, Value), Problem> {
    let entry = find(world, number)?;
    let mut changes = Map::new();
    for (name, value) in fields_of(&entry.post.body).unwrap_or_default() {
        if form.get(&format!("keep {name}")).is_none() {
            changes.insert(name, Value::Null);
            continue;
        }
        let new = form.get(&format!("value {name}"));
        if let Some(new) = new.filter(|new| **new != world.redaction().text(&value)) {
            changes.insert(name, Value::from(new));
        }
    }
    Ok((
        format!("callbacks/{number}/send"),
        serde_json::json!({ "changes": changes }),
    ))
}

/// Returns the fields of a form, or the texts of an object of JSON.
fn fields_of(body: &PostBody) -> Option<Vec<(String, String)>> {
    match body {
        PostBody::Form(fields) => Some(fields.clone()),
        PostBody::Text { text, .. } => {
            let value: Value = serde_json::from_str(text).ok()?;
            let members = value.as_object()?.iter();
            let texts = members.filter_map(|(name, value)| {
                let text = value.as_str()?;
                Some((name.clone(), text.to_owned()))
            });
            Some(texts.collect())
        }
    }
}

fn find<'w>(world: &'w World, number: &str) -> Result<&'w Entry, Problem> {
    let found = number.parse().ok();
    let found = found.and_then(|number| world.outbox().entry(number));
    found.ok_or_else(|| Problem::new(404, format!("there is no callback {number}")))
}

/// Returns the plan for a post in words, and by its name in the control API.
pub(super) fn words(board: &Board<'_>, how: &How) -> String {
    let name = json::name(how);
    let plan = PLANS.iter().find(|(listed, _)| *listed == name);
    let words = match how {
        How::Late(_) => ["geç", "late"],
        How::Tamper { .. } => ["bir alanı değiştirilmiş", "with a changed field"],
        How::ContentType(_) => ["başka içerik türüyle", "of another content type"],
        _ => plan.map_or(["", ""], |(_, words)| *words),
    };
    format!("{} ({name})", board.pick(words[0], words[1]))
}

/// Says where a post is, and by which plan.
fn state(board: &Board<'_>, entry: &Entry) -> Markup {
    let has_plan = entry.how != How::Deliver && entry.state != State::ByBrowser;
    let plan = has_plan.then(|| words(board, &entry.how));
    html! {
        (place(board, entry.state))
        @if let Some(plan) = plan { " " span.odd { (plan) } }
    }
}

fn place(board: &Board<'_>, state: State) -> Markup {
    let (class, turkish, english) = match state {
        State::Waiting(at) => return waiting(board, at),
        State::Behind => ("soft", "sonrakini bekliyor", "waits for the next one"),
        State::Held => ("odd", "bekletiliyor", "held"),
        State::ByBrowser => ("soft", "tarayıcı gönderir", "a browser posts it"),
        State::Replaced => (
            "soft",
            "yerine başkası gitti",
            "another one went in its place",
        ),
        State::Sending => ("soft", "yolda", "on its way"),
        State::Accepted => ("good", "kabul edildi", "accepted"),
        State::GivenUp => ("bad", "kabul edilmedi", "not accepted"),
        State::Dropped => ("odd", "gönderilmedi", "dropped by a rule"),
        State::NotAllowed => ("bad", "adrese izin yok", "address not allowed"),
    };
    html! { span class=(class) { (board.pick(turkish, english)) } }
}

fn waiting(board: &Board<'_>, at: Moment) -> Markup {
    html! { span.soft { (board.pick("bekliyor:", "waits until")) " " (at.iso()) } }
}
