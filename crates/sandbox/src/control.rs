//! The control API of one world, as a function of the world and a request.
//!
//! Everything is JSON. The addresses below are those behind `/_sandbox/worlds/{name}`.

mod callbacks;
mod calls;
mod clock;
mod faults;
mod wait;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

pub(crate) use clock::moment;
pub(crate) use wait::Wait;

use crate::redact::Redaction;
use crate::values::form;
use crate::world::{PROVIDERS, World, WorldFile};
use crate::{Answer, Moment, Request};

/// An answer of the control API, or a sentence with a status.
pub(crate) type Reply = Result<(u16, Value), Problem>;

/// A sentence for the one who asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) status: u16,
    pub(crate) text: String,
}

impl Problem {
    pub(crate) fn new(status: u16, text: impl Into<String>) -> Self {
        Problem {
            status,
            text: text.into(),
        }
    }

    /// Hides the secrets that the one who asked has sent.
    pub(crate) fn hidden(self, redaction: &Redaction) -> Self {
        Problem {
            text: redaction.words(&self.text),
            ..self
        }
    }

    pub(crate) fn unknown(request: &Request) -> Self {
        let text = format!(
            "the control API has no {} {}; docs/sandbox.md lists its addresses",
            request.method,
            request.route()
        );
        Problem::new(404, text)
    }
}

impl From<String> for Problem {
    fn from(text: String) -> Self {
        Problem::new(400, text)
    }
}

/// Writes a reply.
pub(crate) fn written(reply: Reply) -> Answer {
    let (status, value) = match reply {
        Ok(reply) => reply,
        Err(problem) => (problem.status, json!({ "error": problem.text })),
    };
    let body = serde_json::to_string_pretty(&value).unwrap_or_default();
    Answer::new(status, "application/json", body + "\n")
}

/// Describes a world: its addresses, services, logins, time and seed.
pub(crate) fn describe(world: &World, name: &str, machine: Moment) -> Value {
    let address = |provider: &&str| ((*provider).to_owned(), json!(world.address(provider)));
    let object = |pairs: Vec<(&'static str, String)>| {
        let pairs = pairs.into_iter();
        let pairs: Map<String, Value> = pairs
            .map(|(name, value)| (name.to_owned(), json!(value)))
            .collect();
        Value::Object(pairs)
    };
    let services = |provider: &&str| ((*provider).to_owned(), object(world.services(provider)));
    let login = |provider: &&str| ((*provider).to_owned(), object(world.login(provider)));
    json!({
        "name": name,
        "seed": world.seed(),
        "clock": clock::shown(world, machine),
        "addresses": PROVIDERS.iter().map(address).collect::<Map<_, _>>(),
        "services": PROVIDERS.iter().map(services).collect::<Map<_, _>>(),
        "logins": PROVIDERS.iter().map(login).collect::<Map<_, _>>(),
    })
}

/// Answers one request to a world, without secrets. `rest` is the address behind the world's name, split at
/// its slashes.
///
/// Only the description of a world and its file have the logins, because they are asked for them. Records
/// have lost their secrets when they were written.
pub(crate) fn answer(
    world: &mut World,
    name: &str,
    rest: &[&str],
    request: &Request,
    machine: Moment,
) -> Reply {
    let reply = reply(world, name, rest, request, machine);
    let redaction = world.redaction();
    match reply {
        Ok(reply) if matches!(rest, [] | ["state" | "steps"] | ["calls", ..]) => Ok(reply),
        Ok((status, value)) => Ok((status, redaction.value(value))),
        Err(problem) => Err(problem.hidden(redaction)),
    }
}

fn reply(
    world: &mut World,
    name: &str,
    rest: &[&str],
    request: &Request,
    machine: Moment,
) -> Reply {
    let method = match request.method.as_str() {
        "HEAD" => "GET",
        other => other,
    };
    match (method, rest) {
        ("GET", []) => Ok((200, describe(world, name, machine))),
        ("GET", ["calls"]) => calls::list(world, request),
        ("GET", ["calls", number]) => calls::one(world, number),
        ("GET", ["faults"]) => Ok((200, json!({ "unused": world.unused() }))),
        ("POST", ["faults"]) => faults::add(world, request),
        ("DELETE", ["faults"]) => {
            world.forget_unused();
            Ok((200, json!({ "unused": [] })))
        }
        ("GET", ["clock"]) => Ok((200, clock::shown(world, machine))),
        ("POST", ["clock"]) => clock::change(world, request, machine),
        ("GET", ["callbacks"]) => Ok((200, callbacks::list(world))),
        ("POST", ["callbacks", "rules"]) => callbacks::rule(world, request),
        ("POST", ["callbacks", number, "send"]) => callbacks::send(world, number, request, machine),
        ("POST", ["steps"]) => step(world, request, machine),
        ("GET", ["states", provider]) => states(world, provider),
        ("GET", ["state"]) => {
            let file = world.export()?;
            let file = serde_json::to_value(file).map_err(|why| why.to_string())?;
            Ok((200, file))
        }
        ("PUT", ["state"]) => {
            let text = str::from_utf8(&request.body)
                .map_err(|why| format!("the body is not UTF-8: {why}"))?;
            world.import(&WorldFile::read(text)?, machine)?;
            Ok((200, describe(world, name, machine)))
        }
        _ => Err(Problem::unknown(request)),
    }
}

/// Lets somebody outside act.
fn step(world: &mut World, request: &Request, machine: Moment) -> Reply {
    let mut step: Value = body(request)?;
    let members = step
        .as_object_mut()
        .ok_or_else(|| "the body is not an object".to_owned())?;
    let provider = members.remove("provider");
    let provider = provider.as_ref().and_then(Value::as_str);
    let provider = provider.ok_or_else(|| "the body has no member `provider`".to_owned())?;
    let provider = provider.to_owned();
    world.act(&provider, step, machine)?;
    let last = world.records().next_back();
    Ok((200, json!({ "record": last })))
}

fn states(world: &World, provider: &str) -> Reply {
    if !PROVIDERS.contains(&provider) {
        let text = format!(
            "there is no provider {provider}; there are {}",
            PROVIDERS.join(", ")
        );
        return Err(Problem::new(404, text));
    }
    let states = world.states(provider).into_iter();
    let states: Map<String, Value> = states.map(|(key, state)| (key, json!(state))).collect();
    Ok((200, Value::Object(states)))
}

/// Reads the body of a request.
pub(crate) fn body<T: DeserializeOwned>(request: &Request) -> Result<T, Problem> {
    let text = if request.body.is_empty() {
        b"{}".as_slice()
    } else {
        &request.body
    };
    serde_json::from_slice(text).map_err(|why| Problem::new(400, format!("the body: {why}")))
}

/// Returns the query of a request.
pub(crate) fn query(request: &Request) -> Result<Vec<(String, String)>, Problem> {
    let query = request.path.split_once('?').map_or("", |(_, query)| query);
    form::pairs(query).ok_or_else(|| Problem::new(400, "the query is not UTF-8"))
}

/// Returns the number in an address.
fn number(text: &str) -> Result<u64, Problem> {
    text.parse()
        .map_err(|_| Problem::new(404, format!("`{text}` is not a number")))
}

#[cfg(test)]
mod tests;
