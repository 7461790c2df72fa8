//! The clock of a world.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Problem, Reply, body};
use crate::world::World;
use crate::{Clock, Moment, Request};

/// One change of the clock.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Change {
    /// So many milliseconds forward.
    AdvanceMs(i64),
    /// Forward to a point that has a name.
    To(Point),
    /// A clock that only moves when told to, at a time as `2026-11-28T10:00:00+03:00`.
    Manual(String),
    /// The time of the machine.
    Real(bool),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Point {
    IstanbulMidnight,
}

/// Describes the clock.
pub(crate) fn shown(world: &World, machine: Moment) -> Value {
    let clock = world.clock();
    json!({
        "now": clock.now(machine).iso(),
        "mode": if clock.is_real() { "real" } else { "manual" },
    })
}

/// `POST clock`: moves or replaces it.
pub(super) fn change(world: &mut World, request: &Request, machine: Moment) -> Reply {
    match body::<Change>(request)? {
        Change::AdvanceMs(millis) if millis < 0 => {
            return Err(Problem::new(400, "the clock only moves forward"));
        }
        Change::AdvanceMs(millis) if world.clock().now(machine).plus(millis) > Moment::LAST => {
            return Err(Problem::new(400, "the clock ends with the year 9999"));
        }
        Change::AdvanceMs(millis) => world.advance(millis, machine),
        Change::To(Point::IstanbulMidnight) => world.to_istanbul_midnight(machine),
        Change::Manual(text) => world.set_clock(Clock::Manual(moment(&text)?), machine)?,
        Change::Real(true) => world.set_clock(Clock::Real(0), machine)?,
        Change::Real(false) => {
            return Err(Problem::new(
                400,
                "`real` is true; a manual clock is `manual` with its time",
            ));
        }
    }
    Ok((200, shown(world, machine)))
}

/// Reads a time with its offset.
pub(crate) fn moment(text: &str) -> Result<Moment, String> {
    Moment::parse_iso(text)
        .ok_or_else(|| format!("`{text}` is not a time as 2026-11-28T10:00:00+03:00"))
}
