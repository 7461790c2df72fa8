//! The posts to shops.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Reply, body, number};
use crate::outbox::{Entry, Rule};
use crate::world::World;
use crate::{Moment, Request};

/// `GET callbacks`: the posts that are kept, the oldest first.
pub(super) fn list(world: &World) -> Value {
    let entries: Vec<&Entry> = world.outbox().entries().collect();
    json!({ "callbacks": entries })
}

/// `POST callbacks/rules`: what happens to a post that comes up.
pub(super) fn rule(world: &mut World, request: &Request) -> Reply {
    let rule: Rule = body(request)?;
    world.rule(rule)?;
    Ok((201, json!({ "unused": world.unused() })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Send {
    /// New values of fields; `null` leaves one out.
    #[serde(default)]
    changes: BTreeMap<String, Option<String>>,
}

/// `POST callbacks/{number}/send`: sends a post once more.
pub(super) fn send(world: &mut World, text: &str, request: &Request, machine: Moment) -> Reply {
    let number = number(text)?;
    let send: Send = body(request)?;
    let changes: Vec<_> = send.changes.into_iter().collect();
    let now = world.clock().now(machine);
    let new = world.outbox_mut().send_again(number, &changes, now)?;
    Ok((202, json!({ "number": new })))
}
