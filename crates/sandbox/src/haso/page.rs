//! The page of an order or a limit.

use maud::{DOCTYPE, Markup, html};
use rust_decimal::Decimal;

use super::activation::MOST_INSTALLMENTS;
use super::effect::Effect;
use super::plan;
use super::sessions::{Session, SessionKind, SessionState};
use super::step::GIVEN_UP;
use super::world::Haso;
use crate::page::{Lang, Page, Reach, amount, facts, form_to_shop};
use crate::values::{answers, decimal, form};
use crate::{Answer, Chance, Moment, Post, PostBody, Request};

/// The plans that the page offers. Another one can be chosen by a step.
const OFFERED: u32 = 12;

/// Returns the number of the page that a path names: `…/page/<number>`.
pub(super) fn session_of(request: &Request) -> Option<&str> {
    let mut segments = answers::path(request).rsplit('/');
    let (session, folder) = (segments.next()?, segments.next()?);
    (folder == "page").then_some(session)
}

/// Returns whether a request for a page leaves everything as it is: the customer looks at it, or closes it.
pub(super) fn only_looks(request: &Request) -> bool {
    request.method != "POST" || value(request, "choice").as_deref() == Some("close")
}

fn value(request: &Request, name: &str) -> Option<String> {
    let pairs = form::pairs(str::from_utf8(&request.body).ok()?)?;
    let pair = pairs.into_iter().find(|(listed, _)| listed == name);
    pair.map(|(_, value)| value)
}

/// Shows a page, or does what its form asks.
pub(super) fn answer(
    world: &mut Haso,
    id: &str,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let lang = Lang::of(request);
    let Some(session) = world.sessions.get(id).cloned() else {
        let words = lang.pick("Bu numarada bir sayfa yok.", "No page has this number.");
        let answer = page(lang, "", Reach::Own, 404, &html! { p { (words) } });
        return (answer.refusing("", "no page has this number"), Vec::new());
    };
    let here = format!("{}/{id}", world.settings.pages);
    if session.is_over(now) {
        let words = lang.pick("Bu sayfanın süresi doldu.", "This page has expired.");
        let answer = page(lang, &here, Reach::Own, 410, &html! { p { (words) } });
        return (answer.refusing("", "the page has expired"), Vec::new());
    }
    match request.method.as_str() {
        "POST" if session.state == SessionState::Open => {
            if only_looks(request) {
                return (closed(lang, &here), Vec::new());
            }
            let Some(effects) = choose(world, id, request, now, chance) else {
                let words = lang.pick("Form okunamadı.", "The form cannot be read.");
                let rule = "choice: neither `approve` nor `decline`, or installments out of range";
                let answer = page(lang, &here, Reach::Own, 400, &html! { p { (words) } });
                return (answer.refusing("", rule), Vec::new());
            };
            let ended = world.sessions.get(id).unwrap_or(&session);
            (show(world, ended, lang, &here), effects)
        }
        // A form that is sent twice shows the page again.
        "GET" | "HEAD" | "POST" => (show(world, &session, lang, &here), Vec::new()),
        _ => (answers::unknown(request), Vec::new()),
    }
}

fn choose(
    world: &mut Haso,
    id: &str,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> Option<Vec<Effect>> {
    match value(request, "choice")?.as_str() {
        "approve" => {
            let count = match value(request, "installments") {
                None => world.settings.installments,
                Some(count) => count.parse().ok()?,
            };
            let is_possible = (1..=MOST_INSTALLMENTS).contains(&count);
            is_possible.then(|| world.complete_on_page(id, count, now, chance))
        }
        "decline" => Some(world.decline_on_page(id, GIVEN_UP)),
        _ => None,
    }
}

fn show(world: &Haso, session: &Session, lang: Lang, here: &str) -> Answer {
    let (reach, content) = match (&session.state, &session.result) {
        (SessionState::Open, _) => (Reach::Own, open(world, session, lang)),
        (_, Some(post)) => (Reach::ToShop, go_on(post, lang)),
        (_, None) => {
            let words = lang.pick(
                "Bu sayfa kapandı. Sonuç mağazaya gönderildi.",
                "This page is closed. The result was sent to the shop.",
            );
            (Reach::Own, html! { p { (words) } })
        }
    };
    page(lang, here, reach, 200, &content)
}

/// One form: approve, with a plan where there is one, decline, or leave.
fn open(world: &Haso, session: &Session, lang: Lang) -> Markup {
    let (lines, plans) = match &session.kind {
        SessionKind::Order { order, amount } => {
            let lines = vec![
                (lang.pick("Sipariş", "Order"), order.clone()),
                (lang.pick("Tutar", "Amount"), lira(lang, *amount)),
            ];
            (lines, plans(world, *amount, lang))
        }
        SessionKind::Limit => {
            let lines = vec![
                (
                    lang.pick("Başvuru", "Application"),
                    lang.pick("Limit", "Limit").to_owned(),
                ),
                (
                    lang.pick("Yeni müşterinin limiti", "Limit of a new customer"),
                    lira(lang, world.settings.first_limit),
                ),
            ];
            (lines, html! {})
        }
    };
    html! {
        (facts(lines))
        form method="post" {
            input type="hidden" name="lang" value=(lang.code());
            (plans)
            button.main type="submit" name="choice" value="approve" { (lang.pick("Onayla", "Approve")) }
            button type="submit" name="choice" value="decline" { (lang.pick("Vazgeç", "Decline")) }
            details {
                summary { (lang.pick("Mağazaya bildirmeden çık", "Leave without telling the shop")) }
                button type="submit" name="choice" value="close" { (lang.pick("Sayfayı kapat", "Close the page")) }
            }
        }
    }
}

/// Offers the plans, each with what is paid every month.
fn plans(world: &Haso, price: Decimal, lang: Lang) -> Markup {
    let monthly = |count: u32| {
        let shares = plan::shares(price, world.settings.fee_rate, count);
        let total = decimal::sum(shares.iter().map(|(share, _)| *share));
        let last = shares.last().map_or(Decimal::ZERO, |(share, _)| *share);
        let words = lang.pick("toplam", "in all");
        format!(
            "{count} × {} ({words} {})",
            lira(lang, last),
            lira(lang, total)
        )
    };
    let usual = world.settings.installments;
    html! {
        label {
            span { (lang.pick("Taksit planı", "Payment plan")) }
            select name="installments" {
                @for count in 1..=OFFERED.max(usual) {
                    option value=(count) selected[count == usual] { (monthly(count)) }
                }
            }
        }
    }
}

fn lira(lang: Lang, sum: Decimal) -> String {
    format!("{} TL", amount(lang, &format!("{sum:.2}")))
}

/// A form that takes the result to the shop.
fn go_on(post: &Post, lang: Lang) -> Markup {
    let PostBody::Form(fields) = &post.body else {
        return html! {};
    };
    html! {
        @match form_to_shop(lang, &post.to, fields) {
            Some(form) => {
                p { (lang.pick("Bu sayfadaki işlem tamamlandı. Sonucu mağazaya tarayıcınız iletir.",
                    "This page is done. Your browser takes the result to the shop.")) }
                (form)
            },
            None => p.bad { (lang.pick("Mağazanın adresi http veya https değil.",
                "The shop's address is neither http nor https.")) },
        }
    }
}

fn closed(lang: Lang, here: &str) -> Answer {
    let content = html! {
        p { (lang.pick(
            "Bu sekmeyi şimdi kapatın. Mağaza bir şey duymaz, sipariş bekler.",
            "Close this tab now. The shop hears nothing, and the order waits.",
        )) }
        p { a href=(here) { (lang.pick("Fikrimi değiştirdim", "I have changed my mind")) } }
    };
    page(lang, here, Reach::Own, 200, &content)
}

/// Returns the provider's own answer that leads to a page, in the dialect that has no redirect.
pub(super) fn link(to: &str) -> Answer {
    let document = html! {
        (DOCTYPE)
        html lang="tr" {
            head { meta charset="utf-8"; title { "HASO · kervan-sandbox" } }
            body {
                p { strong { "Deneme ortamı (sandbox): HASO'nun kendisi değildir." } }
                p { a href=(to) { "Devam et" } }
            }
        }
    };
    Answer::new(200, "text/html; charset=utf-8", document.into_string())
}

fn page(lang: Lang, here: &str, reach: Reach, status: u16, content: &Markup) -> Answer {
    Page::new(lang, "HASO", here, reach).answer(status, content)
}
