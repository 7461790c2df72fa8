//! The customer on HASO's pages, HASO's own posts, and whoever else posts to the shop.

use kervan_sandbox::haso::{Effect, Haso, Page, SessionState, Step};
use kervan_sandbox::{Hosted as _, Post, PostBody, Provider as _, Request};

use super::HasoSale;
use crate::sale::{Arrival, Outside};
use crate::stage::arrived;

pub(super) const EVENTS: &[&str] = &[
    "the browser posts the order's form",
    "the customer completes the page",
    "HASO's callback is posted",
    "the browser comes back",
    "HASO's callback is posted twice",
    "a callback with another number of HASO's is posted",
    "a callback with a smaller amount is posted",
    "the browser posts the form with a smaller amount",
    "the oldest callback is posted",
    "a failure is forged",
    "the customer gives the page up",
];

/// The address of a form, and its fields.
pub(super) type Form = (String, Vec<(String, String)>);

/// A post that HASO or a browser has for the shop.
pub(super) struct Browsed {
    post: Post,
    /// Whether the order is the one that the shop has asked for.
    is_own: bool,
}

type People<'a> = Outside<'a, HasoSale>;

pub(super) fn happens(
    sale: &mut HasoSale,
    which: usize,
    outside: &mut People<'_>,
) -> Option<Vec<Effect>> {
    match which {
        0 => browse(sale, outside, |_| {}),
        1 => on_page(sale, outside, |page| Step::Complete {
            page,
            installments: Some(2),
        }),
        2 => deliver(sale, outside, "callback", 1, false),
        3 => deliver_browser(sale, outside),
        4 => deliver(sale, outside, "callback", 2, false),
        5 => forge(sale, outside, "TransactionCode", |text| format!("{text}9")),
        6 => forge(sale, outside, "TotalAmount", |_| "1.00".to_owned()),
        7 => browse(sale, outside, |fields| {
            for (name, value) in fields {
                if name == "orderAmount" {
                    "2500".clone_into(value);
                }
            }
        }),
        8 => deliver(sale, outside, "callback", 1, true),
        9 => fail(outside),
        _ => on_page(sale, outside, |page| Step::Decline { page, reason: None }),
    }
}

/// Posts the form of the browser as it is, or changed by the customer.
fn browse(
    sale: &HasoSale,
    outside: &mut People<'_>,
    change: impl Fn(&mut Vec<(String, String)>),
) -> Option<Vec<Effect>> {
    let (action, mut fields) = sale.form.take()?;
    change(&mut fields);
    let (_, after) = action.split_once("://")?;
    let path = &after[after.find('/')?..];
    let body = PostBody::Form(fields);
    let headers = [("content-type", body.content_type())];
    let request = Request::new("POST", path, &headers, body.encoded().into_bytes());
    let (_, effects) = outside.world.handle(&request, outside.now, outside.chance);
    Some(effects)
}

/// Lets the customer act on the newest page, and takes the posts that follow.
fn on_page(
    sale: &mut HasoSale,
    outside: &mut People<'_>,
    step: impl Fn(Page) -> Step,
) -> Option<Vec<Effect>> {
    let open = |world: &Haso| {
        let mut sessions = world.sessions();
        let open = sessions.find(|one| one.state == SessionState::Open)?;
        Some(open.id.clone())
    };
    let session = open(outside.world)?;
    let step = step(Page::Session { session });
    let acted = outside.world.act(step, outside.now, outside.chance);
    let total = sale.total.to_decimal();
    for post in outside.world.take_posts() {
        let truth = outside.world.transaction_of(&post.about);
        let is_own = truth.is_none_or(|one| one.amount == total);
        sale.browsed.push(Browsed { post, is_own });
    }
    acted.ok()
}

fn arrival(browsed: &Browsed, is_genuine: bool) -> Arrival {
    let kind = match browsed.post.kind.as_str() {
        "callback" => "callback",
        "ok" => "ok",
        _ => "fail",
    };
    Arrival {
        kind,
        delivery: arrived(&browsed.post),
        // The shop has not asked for the form that its customer has changed.
        is_genuine: is_genuine && browsed.is_own,
        repeats: if kind == "callback" { 4 } else { 0 },
    }
}

fn newest(sale: &HasoSale, is_it: impl Fn(&str) -> bool) -> Option<&Browsed> {
    sale.browsed.iter().rev().find(|one| is_it(&one.post.kind))
}

fn deliver(
    sale: &HasoSale,
    outside: &mut People<'_>,
    kind: &str,
    times: usize,
    is_oldest: bool,
) -> Option<Vec<Effect>> {
    let mut own = sale.browsed.iter().filter(|one| one.post.kind == kind);
    let post = if is_oldest {
        own.next()
    } else {
        own.next_back()
    };
    let post = arrival(post?, true);
    outside.posts.extend(std::iter::repeat_n(post, times));
    Some(Vec::new())
}

/// Brings the browser back from its page, to one address or the other.
fn deliver_browser(sale: &HasoSale, outside: &mut People<'_>) -> Option<Vec<Effect>> {
    let post = newest(sale, |kind| kind != "callback")?;
    outside.posts.push(arrival(post, true));
    Some(Vec::new())
}

/// Posts a callback in which one value of HASO's is another one.
fn forge(
    sale: &HasoSale,
    outside: &mut People<'_>,
    name: &str,
    change: fn(&str) -> String,
) -> Option<Vec<Effect>> {
    let genuine = newest(sale, |kind| kind == "callback")?;
    let mut post = genuine.post.clone();
    let mut has_changed = false;
    let mut put = |text: &str| {
        let changed = changed(text, name, change);
        has_changed |= changed.is_some();
        changed.unwrap_or_else(|| text.to_owned())
    };
    post.body = match post.body {
        PostBody::Form(fields) => {
            let fields = fields.into_iter();
            PostBody::Form(fields.map(|(name, value)| (name, put(&value))).collect())
        }
        PostBody::Text { content_type, text } => {
            let text = put(&text);
            PostBody::Text { content_type, text }
        }
        other => other,
    };
    let forged = Browsed {
        post,
        is_own: false,
    };
    outside.posts.push(Arrival {
        repeats: 0,
        ..arrival(&forged, false)
    });
    has_changed.then(Vec::new)
}

/// Returns a text with another value behind a name of JSON, in quotation marks or bare, escaped or not.
fn changed(text: &str, name: &str, change: fn(&str) -> String) -> Option<String> {
    let at = text.find(name)? + name.len();
    let is_value = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-');
    let start = at + text[at..].find(is_value)?;
    let end = start + text[start..].find(|letter| !is_value(letter))?;
    let value = change(&text[start..end]);
    Some([&text[..start], &value, &text[end..]].concat())
}

/// Posts a failure of the newest order to the shop, as anybody can.
fn fail(outside: &mut People<'_>) -> Option<Vec<Effect>> {
    let number = outside.stored.orders.last()?.number.clone();
    let field = |name: &str, value: String| (name.to_owned(), value);
    let fields = vec![
        field("Success", "False".to_owned()),
        field("Errors", "vazgeçildi".to_owned()),
        field("MercantOid", number),
    ];
    let body = PostBody::Form(fields);
    outside.posts.push(Arrival {
        kind: "fail",
        delivery: kervan_testing::delivery(body.content_type(), body.encoded()),
        is_genuine: false,
        repeats: 0,
    });
    Some(Vec::new())
}
