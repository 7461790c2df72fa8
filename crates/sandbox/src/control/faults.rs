//! The fault script of a world.

use serde::Deserialize;
use serde_json::json;

use super::{Reply, body};
use crate::world::World;
use crate::{Fault, Plan, Request};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WirePlan {
    provider: String,
    #[serde(default)]
    operation: Option<String>,
    #[serde(default = "first")]
    nth: u32,
    #[serde(default)]
    fault: Option<Fault>,
    #[serde(default)]
    per_thousand: Option<u32>,
}

const fn first() -> u32 {
    1
}

/// `POST faults`: one planned fault, or how often one is drawn.
pub(super) fn add(world: &mut World, request: &Request) -> Reply {
    let wire: WirePlan = body(request)?;
    match (wire.fault, wire.per_thousand) {
        (Some(fault), None) => {
            let plan = Plan {
                operation: wire.operation,
                nth: wire.nth,
                fault,
            };
            world.plan(&wire.provider, plan)?;
        }
        (None, Some(per_thousand)) if per_thousand <= 1000 => {
            world.draw(&wire.provider, per_thousand)?;
        }
        (None, Some(_)) => return Err("`per_thousand` is at most 1000".to_owned().into()),
        _ => {
            let text = "the body has either `fault` or `per_thousand`";
            return Err(text.to_owned().into());
        }
    }
    Ok((201, json!({ "unused": world.unused() })))
}
