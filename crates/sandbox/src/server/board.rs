//! The dashboard above single worlds, and the rule that only its own pages may post to it.

use std::sync::Arc;

use serde_json::json;

use super::deliver;
use super::guard::Guard;
use super::machine::now;
use super::manage;
use super::registry::Registry;
use crate::board::{self, Fields, PREFIX, problem, see_other};
use crate::control::Problem;
use crate::page::Lang;
use crate::world::PROVIDERS;
use crate::{Answer, Request};

/// Answers one request to a page of the dashboard. `parts` is the address behind its prefix.
pub(super) async fn answer(
    registry: &Arc<Registry>,
    guard: &Arc<Guard>,
    parts: &[&str],
    request: &Request,
) -> Answer {
    let lang = Lang::of(request);
    let is_post = request.method == "POST";
    if is_post && !is_own(request) {
        let text = "only pages of this dashboard may post to it";
        return problem(lang, &Problem::new(403, text));
    }
    match parts {
        [] if is_post => {
            let name = Fields::of(request);
            let body = json!({ "name": name.filled("name") });
            match manage::ask(registry, guard, &["worlds"], "POST", &body).await {
                Ok(_) => see_other(&home(lang)),
                Err(why) => list(registry, lang, Some(&why)),
            }
        }
        [] => list(registry, lang, None),
        [name, "close"] if is_post => {
            match manage::ask(registry, guard, &["worlds", name], "DELETE", &json!({})).await {
                Ok((200, _)) => see_other(&home(lang)),
                Ok((status, left)) => {
                    let left = left["unused"].as_array().cloned().unwrap_or_default();
                    let left: Vec<&str> = left.iter().filter_map(|one| one.as_str()).collect();
                    let text = format!("the world is closed; never met: {}", left.join("; "));
                    list(registry, lang, Some(&Problem::new(status, text)))
                }
                Err(why) => list(registry, lang, Some(&why)),
            }
        }
        [name, rest @ ..] => match registry.get(name) {
            None => {
                let text = format!("there is no world `{name}`");
                problem(lang, &Problem::new(404, text))
            }
            Some(slot) => {
                let act = |world: &mut _| board::answer(world, name, rest, request, now());
                if is_post {
                    let answer = slot.with(act);
                    deliver::flush(&slot, guard);
                    answer
                } else {
                    slot.peek(act)
                }
            }
        },
    }
}

fn home(lang: Lang) -> String {
    format!("{PREFIX}?lang={}", lang.code())
}

fn list(registry: &Registry, lang: Lang, said: Option<&Problem>) -> Answer {
    let slots = registry.all();
    let worlds = slots.iter().map(|slot| {
        slot.look(|world| {
            let calls = world.records().count();
            (
                slot.name().to_owned(),
                calls,
                world.clock().now(now()).iso(),
            )
        })
    });
    let worlds: Vec<_> = worlds.collect();
    let root = registry.root();
    let addresses = PROVIDERS.map(|provider| (provider, format!("{root}/{provider}")));
    board::list_worlds(lang, &addresses, &worlds, said)
}

/// Returns whether a form comes from a page of this server, not from one of another server on this
/// machine. A program that is no browser says nothing, and may post.
fn is_own(request: &Request) -> bool {
    let host = request.header("host").unwrap_or_default();
    let is_same = |origin: &str| {
        let name = origin.strip_prefix("http://");
        name.is_some_and(|name| name.eq_ignore_ascii_case(host))
    };
    let site = request.header("sec-fetch-site");
    request.header("origin").is_none_or(is_same)
        && site.is_none_or(|site| site == "same-origin" || site == "none")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_pages_post() {
        let from = |headers: &[(&str, &str)]| {
            let mut all = vec![("Host", "127.0.0.1:4747")];
            all.extend_from_slice(headers);
            is_own(&Request::new("POST", "/_sandbox/board", &all, ""))
        };
        assert!(from(&[]));
        assert!(from(&[
            ("Origin", "http://127.0.0.1:4747"),
            ("Sec-Fetch-Site", "same-origin")
        ]));
        for other in [
            [("Origin", "http://127.0.0.1:3000"), ("X", "")],
            [("Origin", "null"), ("X", "")],
            [("Origin", "https://127.0.0.1:4747"), ("X", "")],
            [("Sec-Fetch-Site", "same-site"), ("X", "")],
            [
                ("Sec-Fetch-Site", "cross-site"),
                ("Origin", "http://127.0.0.1:4747"),
            ],
        ] {
            assert!(!from(&other), "{other:?}");
        }
    }
}
