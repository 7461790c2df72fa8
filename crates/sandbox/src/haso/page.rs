//! The page of an order or a limit, in plain HTML: it works without a script.

use std::fmt::Write as _;

use super::activation::MOST_INSTALLMENTS;
use super::effect::Effect;
use super::sessions::{Session, SessionKind, SessionState};
use super::step::GIVEN_UP;
use super::world::Haso;
use crate::values::{answers, form};
use crate::{Answer, Chance, Moment, Post, PostBody, Request};

/// Returns the number of the page that a path names: `…/page/<number>`.
pub(super) fn session_of(request: &Request) -> Option<&str> {
    let mut segments = answers::path(request).rsplit('/');
    let (session, folder) = (segments.next()?, segments.next()?);
    (folder == "page").then_some(session)
}

/// Shows a page, or does what its form asks.
pub(super) fn answer(
    world: &mut Haso,
    id: &str,
    request: &Request,
    now: Moment,
    chance: &mut Chance,
) -> (Answer, Vec<Effect>) {
    let Some(session) = world.sessions.get(id).cloned() else {
        let text = "<p>Bu numarada bir sayfa yok.</p>";
        let answer = page(404, text).refusing("", "no page has this number");
        return (answer, Vec::new());
    };
    if session.is_over(now) {
        let answer = page(410, "<p>Bu sayfanın süresi doldu.</p>");
        return (answer.refusing("", "the page has expired"), Vec::new());
    }
    match request.method.as_str() {
        "POST" if session.state == SessionState::Open => {
            let Some(effects) = choose(world, id, request, now, chance) else {
                let text = "<p>Form okunamadı.</p>";
                let rule = "choice: neither `approve` nor `decline`, or installments out of range";
                return (page(400, text).refusing("", rule), Vec::new());
            };
            let ended = world.sessions.get(id).unwrap_or(&session);
            (show(world, ended), effects)
        }
        // A form that is sent twice shows the page again.
        "GET" | "HEAD" | "POST" => (show(world, &session), Vec::new()),
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
    let pairs = form::pairs(str::from_utf8(&request.body).ok()?)?;
    let value = |name: &str| {
        let pair = pairs.iter().find(|(listed, _)| listed == name);
        pair.map(|(_, value)| value.as_str())
    };
    match value("choice")? {
        "approve" => {
            let count = match value("installments") {
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

fn show(world: &Haso, session: &Session) -> Answer {
    match (&session.state, &session.result) {
        (SessionState::Open, _) => page(200, &open(world, session)),
        (_, Some(post)) => page(200, &go_on(post)),
        (_, None) => page(200, "<p>Bu sayfa kapandı. Sonuç mağazaya gönderildi.</p>"),
    }
}

/// Two forms: approve, with a plan where there is one, and decline.
fn open(world: &Haso, session: &Session) -> String {
    let mut html = String::new();
    let mut plan = String::new();
    // Writing to a text cannot fail.
    match &session.kind {
        SessionKind::Order { order, amount } => {
            let _ = writeln!(html, "<p>Sipariş {}: {amount} TL</p>", escape(order));
            plan.push_str("<label>Taksit <select name=\"installments\">");
            for count in 1..=12 {
                let is_usual = count == world.settings.installments;
                let selected = if is_usual { " selected" } else { "" };
                let _ = write!(plan, "<option{selected}>{count}</option>");
            }
            plan.push_str("</select></label>\n");
        }
        SessionKind::Limit => html.push_str("<p>Limit başvurusu</p>\n"),
    }
    let _ = write!(
        html,
        "<form method=\"post\">\n<input type=\"hidden\" name=\"choice\" value=\"approve\">\n\
         {plan}<button>Onayla</button>\n</form>\n\
         <form method=\"post\">\n<input type=\"hidden\" name=\"choice\" value=\"decline\">\n\
         <button>Vazgeç</button>\n</form>"
    );
    html
}

/// A form that takes the result to the shop.
fn go_on(post: &Post) -> String {
    let is_web = ["http://", "https://"]
        .iter()
        .any(|scheme| post.to.starts_with(scheme));
    let PostBody::Form(fields) = &post.body else {
        return String::new();
    };
    if !is_web {
        return "<p>Mağazanın adresi http veya https değil.</p>".to_owned();
    }
    let mut html = format!("<form method=\"post\" action=\"{}\">\n", escape(&post.to));
    for (name, value) in fields {
        let (name, value) = (escape(name), escape(value));
        let _ = writeln!(
            html,
            "<input type=\"hidden\" name=\"{name}\" value=\"{value}\">"
        );
    }
    html.push_str("<button>Mağazaya dön</button>\n</form>");
    html
}

/// Returns a page with a link to another page.
pub(super) fn link(to: &str) -> String {
    document(&format!("<p><a href=\"{}\">Devam et</a></p>", escape(to)))
}

fn document(content: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"tr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <title>HASO deneme ortamı</title>\n</head>\n<body>\n\
         <p><strong>Deneme ortamı (sandbox): HASO'nun kendisi değildir.</strong></p>\n\
         {content}\n</body>\n</html>\n"
    )
}

fn page(status: u16, content: &str) -> Answer {
    let mut answer = Answer::new(status, "text/html; charset=utf-8", document(content));
    let headers = [
        ("Cache-Control", "no-store"),
        (
            "Content-Security-Policy",
            "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
        ),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
    answer.headers.extend(headers);
    answer
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
