//! The control API above single worlds: opening and closing them, readiness, waiting.

use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::deliver;
use super::guard::Guard;
use super::machine::{after, now, until};
use super::registry::{Registry, Slot};
use crate::control::{self, Problem, Reply, Wait};
use crate::redact::Redaction;
use crate::{Answer, Clock, Request};

/// Answers one request behind the prefix of the control API.
pub(super) async fn answer(
    registry: &Arc<Registry>,
    guard: &Arc<Guard>,
    parts: &[&str],
    request: &Request,
) -> Answer {
    let reply = reply(registry, guard, parts, request).await;
    // A sentence may repeat what was sent, also where no world knows its logins.
    control::written(reply.map_err(|problem| problem.hidden(&Redaction::default())))
}

/// Asks the control API as a page of the dashboard does.
pub(super) async fn ask(
    registry: &Arc<Registry>,
    guard: &Arc<Guard>,
    parts: &[&str],
    method: &str,
    body: &Value,
) -> Reply {
    let json = [("Content-Type", "application/json")];
    let request = Request::new(method, "", &json, body.to_string());
    let reply = reply(registry, guard, parts, &request).await;
    reply.map_err(|problem| problem.hidden(&Redaction::default()))
}

async fn reply(
    registry: &Arc<Registry>,
    guard: &Arc<Guard>,
    parts: &[&str],
    request: &Request,
) -> Reply {
    has_json(request)?;
    // A question whose answer has no body, as some programs ask whether a server is ready.
    let method = match request.method.as_str() {
        "HEAD" => "GET",
        other => other,
    };
    match (method, parts) {
        ("GET", [] | ["ready"]) => Ok((
            200,
            json!({ "ready": true, "version": env!("CARGO_PKG_VERSION") }),
        )),
        ("GET", ["worlds"]) => {
            let describe = |slot: &Arc<Slot>| describe(slot);
            let worlds: Vec<_> = registry.all().iter().map(describe).collect();
            Ok((200, json!({ "worlds": worlds })))
        }
        ("POST", ["worlds"]) => open(registry, request),
        ("DELETE", ["worlds", name]) => close(registry, name),
        ("GET", ["worlds", name, "wait"]) => wait(&*named(registry, name)?, request).await,
        (_, ["worlds", name, rest @ ..]) => {
            let slot = named(registry, name)?;
            let reply = if method == "GET" {
                // Waiting requests are not woken by those that only look.
                slot.peek(|world| control::answer(world, name, rest, request, now()))
            } else {
                slot.with(|world| control::answer(world, name, rest, request, now()))
            };
            deliver::flush(&slot, guard);
            reply
        }
        _ => Err(Problem::unknown(request)),
    }
}

fn named(registry: &Registry, name: &str) -> Result<Arc<Slot>, Problem> {
    let slot = registry.get(name);
    slot.ok_or_else(|| Problem::new(404, format!("there is no world `{name}`")))
}

fn describe(slot: &Slot) -> serde_json::Value {
    slot.look(|world| control::describe(world, slot.name(), now()))
}

/// The settings of a world that is opened.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Open {
    #[serde(default)]
    name: Option<String>,
    #[serde(default)]
    seed: Option<u64>,
    /// The time of a clock that only moves when told to. Absent: the clock is that of the machine.
    #[serde(default)]
    manual: Option<String>,
}

fn open(registry: &Registry, request: &Request) -> Reply {
    let open: Open = control::body(request)?;
    let clock = match &open.manual {
        Some(time) => Clock::Manual(control::moment(time)?),
        None => Clock::Real(0),
    };
    let slot = registry.open(open.name.as_deref(), open.seed, clock)?;
    Ok((201, describe(&slot)))
}

/// Frees a world. One that leaves a planned fault or a rule of a post is a failed test: status 409.
fn close(registry: &Registry, name: &str) -> Reply {
    if name == super::DEFAULT_WORLD {
        let text = "the default world ends with the server";
        return Err(Problem::new(400, text));
    }
    let slot = registry
        .close(name)
        .ok_or_else(|| Problem::new(404, format!("there is no world `{name}`")))?;
    let unused = slot.look(crate::world::World::unused);
    let status = if unused.is_empty() { 200 } else { 409 };
    Ok((status, json!({ "closed": name, "unused": unused })))
}

async fn wait(slot: &Slot, request: &Request) -> Reply {
    let wait = slot.look(|world| Wait::read(world, request))?;
    let end = after(Duration::from_millis(wait.timeout));
    loop {
        let mut change = std::pin::pin!(slot.change());
        // Registered before the look, so that no change between both is missed.
        change.as_mut().enable();
        if let Some(found) = slot.look(|world| wait.found(world)) {
            return Ok((200, found));
        }
        if slot.is_closed() {
            return Err(Problem::new(404, "the world was closed"));
        }
        if until(end, change).await.is_err() {
            return Err(slot.look(|world| wait.missed(world)));
        }
    }
}

/// A page of another site cannot send JSON without asking first, and nobody answers that question.
fn has_json(request: &Request) -> Result<(), Problem> {
    let content_type = request.header("content-type").unwrap_or_default();
    let media = content_type.split(';').next().unwrap_or_default().trim();
    if request.body.is_empty() || media.eq_ignore_ascii_case("application/json") {
        return Ok(());
    }
    let text = "the body of a request to the control API has the content type application/json";
    Err(Problem::new(415, text))
}
