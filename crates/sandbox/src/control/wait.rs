//! Waiting for a call, a post or a state.

use serde_json::{Value, json};

use super::calls::{self, Filter};
use super::{Problem, query};
use crate::Request;
use crate::outbox::{Entry, State};
use crate::world::{Record, World};

/// The longest time that one request waits, in milliseconds.
const LONGEST: u64 = 60_000;

/// Something that a test waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wait {
    what: What,
    count: usize,
    /// How long, in milliseconds.
    pub(crate) timeout: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Call(Filter),
    /// A post that the shop has accepted, or that is in another state by its name.
    Callback {
        provider: Option<String>,
        kind: Option<String>,
        state: String,
        after: u64,
    },
    State {
        provider: String,
        key: String,
        is: String,
    },
    /// Anything that people can see, after the change with this number.
    Change(u64),
}

impl What {
    fn check(&self, world: &World) -> Result<(), String> {
        match self {
            What::Call(filter) => {
                let provider = filter.provider.as_deref();
                match filter.operation.as_deref() {
                    // A request at an unknown address is logged by its path.
                    Some(operation) if !operation.starts_with('/') => {
                        world.check_operation(provider, operation)
                    }
                    _ => world.check_provider(provider),
                }
            }
            What::Callback {
                provider,
                kind,
                state,
                ..
            } => {
                world.check_kind(provider.as_deref(), kind.as_deref())?;
                if STATES.contains(&state.as_str()) {
                    return Ok(());
                }
                Err(format!(
                    "`{state}` is not a state of a callback; there are {}",
                    STATES.join(", ")
                ))
            }
            What::State { provider, .. } => world.check_provider(Some(provider)),
            What::Change(_) => Ok(()),
        }
    }
}

impl Wait {
    /// Reads `wait?for=call`, `for=callback`, `for=state` or `for=change` with their parameters. A name that
    /// nothing in the world can have is refused, because it would be waited for in vain.
    pub(crate) fn read(world: &World, request: &Request) -> Result<Self, Problem> {
        let mut pairs = query(request)?;
        let mut take = |name: &str| {
            let at = pairs.iter().position(|(listed, _)| listed == name)?;
            Some(pairs.remove(at).1)
        };
        let number = |name: &str, value: Option<String>, default: u64| match value {
            None => Ok(default),
            Some(value) => value
                .parse()
                .map_err(|_| Problem::new(400, format!("`{name}` is not a number"))),
        };
        let count = number("count", take("count"), 1)?;
        let timeout = number("timeout_ms", take("timeout_ms"), 10_000)?.min(LONGEST);
        let what = match take("for").as_deref() {
            Some("call") => What::Call(Filter {
                provider: take("provider"),
                operation: take("operation"),
                after: number("after", take("after"), 0)?,
            }),
            Some("callback") => What::Callback {
                provider: take("provider"),
                kind: take("kind"),
                state: take("state").unwrap_or_else(|| "accepted".to_owned()),
                after: number("after", take("after"), 0)?,
            },
            Some("state") => {
                let (Some(provider), Some(key), Some(is)) =
                    (take("provider"), take("key"), take("is"))
                else {
                    let text = "waiting for a state needs `provider`, `key` and `is`";
                    return Err(Problem::new(400, text));
                };
                What::State { provider, key, is }
            }
            Some("change") => What::Change(number("after", take("after"), 0)?),
            _ => {
                let text = "`for` is `call`, `callback`, `state` or `change`";
                return Err(Problem::new(400, text));
            }
        };
        if let Some((name, _)) = pairs.first() {
            return Err(Problem::new(
                400,
                format!("`{name}` is not a parameter of this address"),
            ));
        }
        what.check(world)
            .map_err(|why| Problem::from(why).hidden(world.redaction()))?;
        Ok(Wait {
            what,
            count: usize::try_from(count).unwrap_or(usize::MAX),
            timeout,
        })
    }

    /// Returns what was waited for, when it is there.
    pub(crate) fn found(&self, world: &World) -> Option<Value> {
        match &self.what {
            What::Call(filter) => {
                let records = world.records().filter(|record| record.is_call());
                let found: Vec<&Record> = records.filter(|record| filter.fits(record)).collect();
                (found.len() >= self.count).then(|| calls::written(&found))
            }
            What::Callback {
                provider,
                kind,
                state,
                after,
            } => {
                let is = |asked: &Option<String>, is: &str| {
                    asked.as_ref().is_none_or(|asked| asked == is)
                };
                let fits = |entry: &&Entry| {
                    entry.number > *after
                        && is(provider, &entry.provider)
                        && is(kind, &entry.post.kind)
                        && name(entry.state) == state
                };
                let found: Vec<&Entry> = world.outbox().entries().filter(fits).collect();
                let shown = || world.redaction().value(json!({ "callbacks": found }));
                (found.len() >= self.count).then(shown)
            }
            What::State { provider, key, is } => {
                let states = world.states(provider);
                let is_it = states
                    .iter()
                    .any(|(listed, state)| listed == key && state == is);
                is_it.then(|| json!({ "key": key, "state": is }))
            }
            What::Change(after) => {
                let changes = world.changes();
                (changes > *after).then(|| json!({ "change": changes }))
            }
        }
    }

    /// Says what did not come.
    pub(crate) fn missed(&self, world: &World) -> Problem {
        let text = match &self.what {
            What::Call(filter) => format!(
                "no call came that fits, of {}",
                filter.operation.as_deref().unwrap_or("any operation")
            ),
            What::Callback { kind, state, .. } => format!(
                "no callback of {} is {state}",
                kind.as_deref().unwrap_or("any kind")
            ),
            What::Change(after) => format!("nothing has changed after {after}"),
            What::State { provider, key, is } => {
                let states = world.states(provider);
                let state = states.iter().find(|(listed, _)| listed == key);
                match state {
                    Some((_, state)) => format!("{key} is {state}, not {is}"),
                    None => format!("{provider} has no {key}"),
                }
            }
        };
        Problem::new(408, text).hidden(world.redaction())
    }
}

/// The names of a post's states.
pub(super) const STATES: [&str; 10] = [
    "waiting",
    "behind",
    "held",
    "by_browser",
    "replaced",
    "sending",
    "accepted",
    "given_up",
    "dropped",
    "not_allowed",
];

/// Returns the name of a state of a post.
fn name(state: State) -> &'static str {
    match state {
        State::Waiting(_) => "waiting",
        State::Behind => "behind",
        State::Held => "held",
        State::ByBrowser => "by_browser",
        State::Replaced => "replaced",
        State::Sending => "sending",
        State::Accepted => "accepted",
        State::GivenUp => "given_up",
        State::Dropped => "dropped",
        State::NotAllowed => "not_allowed",
    }
}
