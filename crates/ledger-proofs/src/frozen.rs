//! A program that stands still in the middle of a write, as on a machine that is suspended, and another one that goes on,
//! with a clock that is right, ahead or behind. Then the first one wakes up.

use std::fs;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use kervan_ledger::State;

use crate::Failure;
use crate::child::{AT_SEND, OPEN};
use crate::matrix::{MOST_STARTS, Numbers};
use crate::proxy::{Fate, Proxy};
use crate::stage::{AHEAD, FREEZES_AT, On, Stage, Task};
use crate::writes::{self, Kind};

/// The moment of the ledger when a write is stored as sending: behind its second change.
const STORED_AS_SENDING: &str = "3";

/// The stories: a name, where the first program freezes, and how many seconds the other's clock is ahead.
const STORIES: [(&str, &str, i64); 4] = [
    ("frozen before its last check", STORED_AS_SENDING, 0),
    ("frozen behind its last check", AT_SEND, 0),
    ("the other's clock an hour ahead", AT_SEND, 3_600),
    ("the other's clock an hour behind", AT_SEND, -3_600),
];

pub(crate) fn run(on: On) -> Result<(), Failure> {
    let Some(stage) = Stage::start(on)? else {
        return Ok(());
    };
    let mut next = Numbers::default();
    let proxy = stage.proxy(Box::new(|_| Fate::Good))?;
    println!(
        "{:<34} {:<10} {:>8} in the ledger",
        "story", "write", "happened"
    );
    for (story, freezes_at, ahead) in STORIES {
        for kind in Kind::ALL {
            let number = next.of(kind);
            writes::seed(&stage.sandbox, number)?;
            let frozen = (FREEZES_AT, freezes_at.to_owned());
            let mut first = stage.program_with(&proxy, Task::One(number), frozen)?;
            until_frozen(&mut first)?;
            let is_done = other(&stage, &proxy, number, ahead)?;
            wake(&first)?;
            first.wait()?;
            if !is_done {
                // The lease of the first one holds until now by the other's clock.
                other(&stage, &proxy, number, 0)?;
            }
            let effects = writes::effects(&stage.sandbox, number);
            let states = stage.states(number..number + 1)?;
            let state = states.keys().next().copied();
            let name = state.map_or("nothing", State::name);
            println!("{story:<34} {:<10} {effects:>8} {name}", kind.name());
            let is_right = match (effects, state) {
                (1, Some(state)) => state.is_done(),
                // A write that adds something may happen twice, and then a person is asked.
                (2, Some(State::NeedsAPerson)) => kind == Kind::Share && freezes_at == AT_SEND,
                _ => false,
            };
            if !is_right {
                return Err("that is not what the ledger promises".into());
            }
        }
    }
    println!("each write has happened once, or twice where a person is asked");
    Ok(())
}

/// Lets another program go on until the write is done, and says whether it is. With a clock that is behind it waits for
/// a lease, and gives up soon.
fn other(stage: &Stage, proxy: &Proxy, number: usize, ahead: i64) -> Result<bool, Failure> {
    let starts = if ahead < 0 { 10 } else { MOST_STARTS };
    for _ in 0..starts {
        let clock = (AHEAD, ahead.to_string());
        let mut other = stage.program_with(proxy, Task::One(number), clock)?;
        match other.wait()?.code() {
            Some(0) => return Ok(true),
            Some(code) if code == i32::from(OPEN) => thread::sleep(Duration::from_millis(20)),
            ended => return Err(format!("write {number}: the program ended with {ended:?}").into()),
        }
        let states = stage.states(number..number + 1)?;
        if states.contains_key(&State::NeedsAPerson) {
            return Ok(true);
        }
    }
    if ahead < 0 {
        return Ok(false);
    }
    Err(format!("write {number} is open after {starts} starts").into())
}

fn until_frozen(program: &mut Child) -> Result<(), Failure> {
    let status = format!("/proc/{}/stat", program.id());
    for _ in 0..10_000 {
        let stat = fs::read_to_string(&status)?;
        // Behind the name of the program, which is in brackets.
        let state = stat.rsplit(')').next().unwrap_or_default().trim_start();
        if state.starts_with('T') {
            return Ok(());
        }
        if program.try_wait()?.is_some() {
            return Err("a program ended before it froze".into());
        }
        thread::sleep(Duration::from_millis(1));
    }
    Err("a program did not freeze".into())
}

fn wake(program: &Child) -> Result<(), Failure> {
    let woken = Command::new("kill")
        .args(["-CONT", &program.id().to_string()])
        .status()?;
    if woken.success() {
        return Ok(());
    }
    Err("a program could not be woken".into())
}
