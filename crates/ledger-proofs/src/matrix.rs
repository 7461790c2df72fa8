//! One write of each class, killed at each moment.

use std::process::Child;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use postgres_cluster::way::{Loss, Way};

use crate::Failure;
use crate::child::OPEN;
use crate::proxy::{Fate, Proxy};
use crate::stage::{APPLICATION, On, Stage, Task};
use crate::writes::{self, Kind};

/// How many steps of bytes are one of messages, of which there are fewer.
const STEPS_OF_MESSAGES: usize = 300;

/// How often a program is started for one write before the trial gives up.
pub(crate) const MOST_STARTS: usize = 2000;

pub(crate) fn run(on: On, step: usize) -> Result<(), Failure> {
    let Some(stage) = Stage::start(on)? else {
        return Ok(());
    };
    let mut next = Numbers::default();
    println!(
        "{:<10} {:>22} {:>8} {:>22} {:>8}",
        "write", "moments of the ledger", "killed", "bytes of an answer", "killed"
    );
    for kind in Kind::ALL {
        let (moments, killed) = changes(&stage, kind, &mut next)?;
        let (bytes, killed_at_bytes) = answers(&stage, kind, &mut next, step.max(1))?;
        println!(
            "{:<10} {moments:>22} {killed:>8} {bytes:>22} {killed_at_bytes:>8}",
            kind.name()
        );
    }
    if let Some(server) = stage.server() {
        println!(
            "{:<10} {:>22} {:>8} {:>22} {:>8}",
            "write", "messages to the server", "lost", "its answers", "lost"
        );
        let step = u32::try_from(1 + step / STEPS_OF_MESSAGES)?;
        for kind in Kind::ALL {
            let lost = |loss, next: &mut Numbers| {
                let way = Way::start(server, APPLICATION, loss);
                messages(&stage, &way, kind, next, step)
            };
            let (count, lost_messages) = lost(Loss::Message, &mut next)?;
            let (answers, lost_answers) = lost(Loss::Answer, &mut next)?;
            println!(
                "{:<10} {count:>22} {lost_messages:>8} {answers:>22} {lost_answers:>8}",
                kind.name()
            );
        }
    }
    println!("each write has happened once, and none is open");
    Ok(())
}

/// Loses one message of a program to its server, or the answer to it, from the first message on. Returns how many
/// messages a write takes, and how many were lost.
fn messages(
    stage: &Stage,
    way: &Way,
    kind: Kind,
    next: &mut Numbers,
    step: u32,
) -> Result<(u32, u32), Failure> {
    let proxy = stage.proxy(Box::new(|_| Fate::Good))?;
    let (mut message, mut lost) = (0, 0);
    loop {
        let number = next.of(kind);
        writes::seed(&stage.sandbox, number)?;
        way.lose(message);
        let mut first = stage.program_by(way, &proxy, Task::One(number))?;
        first.wait()?;
        let was_lost = way.was_lost();
        finish(stage, &proxy, number)?;
        if !was_lost {
            return Ok((message, lost));
        }
        lost += 1;
        message += step;
    }
}

/// The numbers of writes that were not used yet.
#[derive(Default)]
pub(crate) struct Numbers(usize);

impl Numbers {
    pub(crate) fn of(&mut self, kind: Kind) -> usize {
        while Kind::of(self.0) != kind {
            self.0 += 1;
        }
        self.0 += 1;
        self.0 - 1
    }
}

/// Dies before and after each change. Returns how many moments there are, and how many programs died.
fn changes(stage: &Stage, kind: Kind, next: &mut Numbers) -> Result<(usize, usize), Failure> {
    let proxy = stage.proxy(Box::new(|_| Fate::Good))?;
    for moment in 0.. {
        let number = next.of(kind);
        writes::seed(&stage.sandbox, number)?;
        let mut first = stage.program(&proxy, Task::One(number), Some(moment))?;
        let has_died = first.wait()?.code().is_none();
        finish(stage, &proxy, number)?;
        if !has_died {
            return Ok((moment, moment));
        }
    }
    Err("a write has no end of changes".into())
}

/// Is killed at each byte of the answer to the write. Returns the length of the answer, and how many programs
/// were killed.
fn answers(
    stage: &Stage,
    kind: Kind,
    next: &mut Numbers,
    step: usize,
) -> Result<(usize, usize), Failure> {
    let proxy = stage.proxy(Box::new(|_| Fate::Good))?;
    let (mut at, mut killed) = (0, 0);
    loop {
        let number = next.of(kind);
        writes::seed(&stage.sandbox, number)?;
        proxy.choose(Box::new(move |head| {
            if head.contains(kind.operation()) {
                Fate::KillAt(at)
            } else {
                Fate::Good
            }
        }));
        let first = Arc::new(Mutex::new(stage.program(
            &proxy,
            Task::One(number),
            None,
        )?));
        let to_kill = Arc::clone(&first);
        proxy.kills_by(Box::new(move || {
            // It may have ended by itself, with the last byte.
            let _ = locked(&to_kill).kill();
        }));
        loop {
            if let Some(status) = locked(&first).try_wait()? {
                killed += usize::from(status.code().is_none());
                break;
            }
            thread::sleep(Duration::from_millis(1));
        }
        proxy.choose(Box::new(|_| Fate::Good));
        finish(stage, &proxy, number)?;
        if at >= proxy.longest_answer() {
            return Ok((proxy.longest_answer(), killed));
        }
        at = (at + step).min(proxy.longest_answer());
    }
}

fn locked(child: &Mutex<Child>) -> std::sync::MutexGuard<'_, Child> {
    child.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts the program again until the write is done, and counts what has happened.
fn finish(stage: &Stage, proxy: &Proxy, number: usize) -> Result<(), Failure> {
    for _ in 0..MOST_STARTS {
        let mut again = stage.program(proxy, Task::One(number), None)?;
        match again.wait()?.code() {
            Some(0) => {
                let effects = writes::effects(&stage.sandbox, number);
                let states = stage.states(number..number + 1)?;
                if effects == 1 && states.keys().all(|state| state.is_done()) {
                    return Ok(());
                }
                let name = Kind::of(number).name();
                let found = format!("{name} {number} has happened {effects} times: {states:?}");
                return Err(found.into());
            }
            Some(code) if code == i32::from(OPEN) => thread::sleep(Duration::from_millis(20)),
            other => return Err(format!("write {number}: the program ended with {other:?}").into()),
        }
    }
    Err(format!("write {number} is open after {MOST_STARTS} starts").into())
}
